"""when: View -> times, resolved against the day of publication; and the time of a claim."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from tollbook.grammar import calendar
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.number import Numbers
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.period import Period

_PARTS = {
    "weekday": "W", "month": "M", "maybe_month": "m", "day": "D", "year": "Y", "number": "N", "relative": "R",
    "part": "P", "unit": "U", "last": "L", "this": "T", "next": "X", "ago": "A", "edge": "E", "of": "f",
    "comma": ",", "dash": "y", "slash": "/", "and": "&", "to": ">", "the": "t", "season": "S", "quarter": "Q",
    "half": "H", "weekend": "G", "recent": "r", "a": "a", "cue": "c", "open": "(", "decade": "d", "numeric": "Z",
    "same": "s", "ordinal": "o", "other": "x", "vague": "v", "stop": ".",
}  # fmt: skip
_ORDER = (
    "same", "recent", "relative", "quarter", "half", "weekday", "month", "maybe_month", "season", "weekend", "part",
    "unit", "last", "this", "next", "ago", "edge", "of", "and", "to", "the", "a", "cue", "vague_number",
)  # fmt: skip
_SIGNS = {",": ",", "-": "y", "–": "y", "—": "y", "/": "/", "(": "(", "[": "(", ".": "."}
_ROLE = re.compile(r"<([a-z_]+)>")
_ORDINAL = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DECADE = re.compile(r"((?:1[5-9]|20)\d0)s")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
Range = calendar.Range


class _Token(NamedTuple):
    """A word with its part and what it stands for."""

    letter: str
    first: int
    last: int
    value: Any = None
    from_named: bool = False


# what a fit is: its meaning, its length in tokens, and where its named parts stand
_Fit = tuple[str, int, tuple[tuple[str, int], ...]]
_MAY_BEGIN = re.compile("[^x.,&(/c]")
_AROUND = 9  # words on each side of a telling word that can belong to its time
_WINDOW = 14  # tokens that a pattern may span
_MOST_KEPT = 20_000


class _Times:
    """The time of one language, compiled once."""

    def __init__(self, pack: Pack) -> None:
        table, fold = pack.parts["time"], pack.fold
        words = table.get("words", {})
        entries: list[tuple[str, tuple[str, Any]]] = []
        for part in _ORDER:
            given = words.get(part, ())
            letter = _PARTS["vague" if part == "vague_number" else part]
            pairs = given.items() if isinstance(given, Mapping) else ((w, w) for w in given)
            entries += [(word, (letter, value)) for word, value in pairs]
        self.lexicon: Lexicon[tuple[str, Any]] = Lexicon(entries, fold)
        triggers = (
            "weekday",
            "month",
            "maybe_month",
            "relative",
            "season",
            "unit",
            "same",
            "quarter",
            "weekend",
        )
        self.triggers = Lexicon([(w, True) for part in triggers for w in words.get(part, ())], fold).firsts
        self.numbers = Numbers(pack.parts["numbers"], fold)
        self.future = frozenset(fold(w) for w in words.get("future", ()))
        self.since = frozenset(fold(w) for w in words.get("since", ()))
        self.speech = frozenset(fold(w) for w in words.get("speech", ()))
        self.from_publication = frozenset(fold(w) for w in words.get("from_publication", ()))
        self.short_years = words.get("two_digit_years") == "capitals"
        self.patterns = [
            (re.compile(_letters(row["pattern"])), row["means"]) for row in table.get("pattern", ())
        ]
        self.ordinary: set[str] = set()  # words that were seen to have no part in time
        self._kept: dict[str, _Fit | None] = {}

    def longest(self, letters: str, i: int) -> _Fit | None:
        """Return the pattern that fits most tokens from i on, the pack's order deciding among equals.

        What fits depends on few letters, and the same few come back; so answers are kept.
        """
        window = letters[max(0, i - 1) : i + _WINDOW] if i else "^" + letters[:_WINDOW]
        if window in self._kept:
            return self._kept[window]
        best: re.Match[str] | None = None
        chosen = ""
        for regex, means in self.patterns:
            match = regex.match(window, 1)
            if match is not None and (best is None or match.end() > best.end()):
                best, chosen = match, means
        fit: _Fit | None = None
        if best is not None:
            groups = tuple((name, best.start(name) - 1) for name, text in best.groupdict().items() if text)
            fit = chosen, best.end() - 1, groups
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        self._kept[window] = fit
        return fit


def _letters(pattern: str) -> str:
    parts = re.split(r"(\(\?P<[a-z0-9]+>)", "".join(pattern.split()))
    for i in range(0, len(parts), 2):
        parts[i] = _ROLE.sub(lambda m: re.escape(_PARTS[m[1]]), parts[i])
    return "".join(parts)


@cache
def _times(pack: Pack) -> _Times:
    return _Times(pack)


def find_dates(view: View, pack: Pack, published: str | None) -> tuple[Period, ...]:
    """Find every time expression in the order of the text.

    `published` is the day (or moment) of publication in ISO form; without it nothing relative is resolved, and the
    words are kept with no dates. Durations are kept with no dates.
    """
    times = _times(pack)
    anchor = _day(published)
    found: list[Period] = []
    last_named: date | None = None
    folded = view.folded
    for index, first, last in _near_triggers(view, times):
        tokens = _tokens(view, times, first, last, view.upper[index])
        letters = "".join(t.letter for t in tokens)
        may_begin = _MAY_BEGIN.search(letters)
        while may_begin is not None:
            i = may_begin.start()
            fit = times.longest(letters, i)
            if fit is None:
                may_begin = _MAY_BEGIN.search(letters, i + 1)
                continue
            means, end_at, groups = fit
            parts = {name: tokens[i + at] for name, at in groups}
            future = anchor is not None and not times.future.isdisjoint(
                folded[view.sentences[index][0] : tokens[i].first]
            )
            resolved, basis = _Resolver(anchor, last_named, future).resolve(means, parts)
            begin, end = tokens[i], tokens[i + end_at - 1]
            found.append(_period(view, begin.first, end.last, resolved, basis))
            if resolved is not None and resolved[0] == resolved[1]:
                last_named = resolved[0]
            may_begin = _MAY_BEGIN.search(letters, i + end_at)
    return tuple(found)


def _near_triggers(view: View, times: _Times) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches (sentence, first word, end) in which a time can stand: around its telling words."""
    triggers, folded = times.triggers, view.folded
    for index, (first, last) in enumerate(view.sentences):
        here = folded[first:last]
        if triggers.isdisjoint(here) and not any(w[0].isdecimal() and len(w) > 3 for w in here):
            continue
        start = stop = -1
        for k, word in enumerate(here, first):
            if word in triggers or (len(word) > 3 and word[0].isdecimal()):
                if k - _AROUND > stop and start >= 0:
                    yield index, start, stop
                    start = -1
                start = max(first, k - _AROUND) if start < 0 else start
                stop = min(last, k + _AROUND + 1)
        if start >= 0:
            yield index, start, stop


def _tokens(view: View, times: _Times, first: int, last: int, upper: bool) -> list[_Token]:
    """Give each word of a sentence its part."""
    tokens: list[_Token] = []
    ordinary, surfaces, folded = times.ordinary, view.words, view.folded
    i = first
    while i < last:
        word = folded[i]
        if word in ordinary:
            tokens.append(_Token("x", i, i))
            i += 1
            continue
        token = _numeric(view, i, last) if surfaces[i][0].isdecimal() else None
        token = token or _worded(view, times, i, last, upper, tokens)
        tokens.append(token)
        if (
            token.letter == "x"
            and word not in times.lexicon.firsts
            and word not in times.numbers.firsts
            and word[0].isalpha()
        ):
            ordinary.add(word)
        i = token.last + 1
    if len(ordinary) > _MOST_KEPT:
        ordinary.clear()
    return tokens


def _worded(view: View, times: _Times, i: int, last: int, upper: bool, before: Sequence[_Token]) -> _Token:
    word, folded = view.words[i], view.folded[i]
    if word[0].isdecimal():
        return _digits(view, times, i, last, upper, before)
    hit = times.lexicon.at(view.folded, i, last)
    if hit is not None:
        letter, value = hit.sense
        if letter in "Mm" and not word[0].isupper():
            return _Token("x", i, i)
        return _Token(letter, i, hit.last, value, letter == "A" and folded not in times.from_publication)
    if word in _SIGNS:
        return _Token(_SIGNS[word], i, i)
    number = times.numbers.value_at(view.folded, i, last) if folded in times.numbers.firsts else None
    if number is not None:
        return _Token("N", i, number[0], number[1])
    return _Token("x", i, i)


def _digits(view: View, times: _Times, i: int, last: int, upper: bool, before: Sequence[_Token]) -> _Token:
    """Tell what digits are: a year, a day, a decade, a number."""
    word = view.folded[i]
    if i > 0 and view.words[i - 1] in "$€£¥#":
        return _Token("x", i, i)
    if word.isdecimal():
        value = int(word) if len(word) < 10 else 0
        if len(word) == 4 and 1500 <= value <= 2100:
            return _Token("Y", i, i, value)
        after_month = bool(before) and before[-1].letter in "Mm"
        if (
            times.short_years
            and upper
            and len(word) == 2
            and after_month
            and len(before) > 1
            and before[-2].letter == "D"
        ):
            return _Token("Y", i, i, 1900 + value if value >= 30 else 2000 + value)
        if 1 <= value <= 31 and len(word) <= 2:
            return _Token("D", i, i, value)
        return _Token("N", i, i, value)
    ordinal = _ORDINAL.fullmatch(word)
    if ordinal is not None and 1 <= int(ordinal[1]) <= 31:
        return _Token("D", i, i, int(ordinal[1]))
    decade = _DECADE.fullmatch(word)
    if decade is not None:
        return _Token("d", i, i, int(decade[1]))
    number = times.numbers.value_at(view.folded, i, last)
    return _Token("N", i, number[0], number[1]) if number is not None else _Token("x", i, i)


def _numeric(view: View, i: int, last: int) -> _Token | None:
    """Read 2014-05-03, 05/12/2014, 05.03.2014; a first number above 12 is the day, else American order for slashes."""
    word = view.words[i]
    dotted = _DOTTED.fullmatch(word)
    if dotted is not None:
        return _numeric_token(i, i, int(dotted[3]), int(dotted[2]), int(dotted[1]))
    if i + 4 >= last or view.words[i + 1] not in "-/" or view.words[i + 3] != view.words[i + 1]:
        return None
    parts = [view.words[i + k] for k in (0, 2, 4)]
    if (
        not all(p.isdecimal() and len(p) <= 4 for p in parts)
        or view.ends[i + 4] - view.starts[i] != sum(map(len, parts)) + 2
    ):
        return None
    a, b, c = map(int, parts)
    if len(parts[0]) == 4:
        return _numeric_token(i, i + 4, a, b, c)
    year = c if len(parts[2]) == 4 else 2000 + c if c < 30 else 1900 + c
    return _numeric_token(i, i + 4, year, b, a) if a > 12 else _numeric_token(i, i + 4, year, a, b)


def _numeric_token(first: int, last: int, year: int, month: int, day: int) -> _Token | None:
    try:
        return _Token("Z", first, last, date(year, month, day))
    except ValueError:
        return None


class _Resolver:
    """Turns the parts of an expression into days."""

    def __init__(self, anchor: date | None, named: date | None, future: bool) -> None:
        self.anchor, self.named, self.future = anchor, named, future

    def resolve(self, means: str, parts: Mapping[str, _Token]) -> tuple[Range | None, str]:
        """Return the days and whether the text states them or gives them relative to publication."""
        rule: Callable[[Mapping[str, _Token]], Range | None] | None = getattr(self, f"_{means}", None)
        if rule is None:
            return None, "relative"
        stated = "year" in parts or "decade" in parts or means == "numeric"
        if not stated and self.anchor is None:
            return None, "relative"
        try:
            return rule(parts), "stated" if stated else "relative"
        except (ValueError, OverflowError):
            return None, "stated" if stated else "relative"

    def _day(self, parts: Mapping[str, _Token]) -> Range | None:
        month, day = parts["month"].value, parts["day"].value
        if "year" in parts:
            found = date(parts["year"].value, month, day)
            return found, found
        assert self.anchor is not None
        near = calendar.day_near(self.anchor, month, day, 200 if self.future else 10)
        return None if near is None else (near, near)

    def _days(self, parts: Mapping[str, _Token]) -> Range | None:
        first = self._day(parts)
        second = self._day({**parts, "day": parts["day2"]})
        return (first[0], second[0]) if first and second and first[0] <= second[0] else None

    def _numeric(self, parts: Mapping[str, _Token]) -> Range | None:
        found: date = parts["numeric"].value
        return found, found

    def _month(self, parts: Mapping[str, _Token]) -> Range | None:
        month = parts["month"].value
        if "year" in parts:
            span = calendar.month_range(parts["year"].value, month)
        else:
            assert self.anchor is not None
            letter = parts["edge"].letter if "edge" in parts else ""
            back = letter == "L" and month >= self.anchor.month
            span = calendar.month_near(self.anchor, month)
            if back and span[0].year == self.anchor.year:
                span = calendar.month_range(self.anchor.year - 1, month)
        return self._narrow(span, parts)

    def _narrow(self, span: Range, parts: Mapping[str, _Token]) -> Range:
        """Leave a calendar unit whole: "early March" is March, known to be its beginning."""
        return span

    def _quarter(self, parts: Mapping[str, _Token]) -> Range | None:
        year = parts["year"].value if "year" in parts else self.anchor.year if self.anchor else None
        if year is None:
            return None
        first = 3 * parts["quarter"].value - 2
        return calendar.months_range(year, first, first + 2)

    def _half(self, parts: Mapping[str, _Token]) -> Range | None:
        first = 6 * parts["half"].value - 5
        return calendar.months_range(parts["year"].value, first, first + 5)

    def _season(self, parts: Mapping[str, _Token]) -> Range | None:
        first, last = parts["season"].value
        if "year" in parts:
            return calendar.months_range(parts["year"].value, first, last)
        assert self.anchor is not None
        year = self.anchor.year
        span = calendar.months_range(year, first, last)
        if parts["edge"].letter == "L" and span[1] >= self.anchor:
            span = calendar.months_range(year - 1, first, last)
        return span

    def _year(self, parts: Mapping[str, _Token]) -> Range | None:
        return calendar.year_range(parts["year"].value)

    def _decade(self, parts: Mapping[str, _Token]) -> Range | None:
        first = parts["decade"].value
        return date(first, 1, 1), date(first + 9, 12, 31)

    def _weekday(self, parts: Mapping[str, _Token]) -> Range | None:
        assert self.anchor is not None
        weekday = parts["weekday"].value
        letter = parts["edge"].letter if "edge" in parts else ""
        if letter == "X" or (self.future and letter not in ("L", "E")):
            found = calendar.weekday_after(self.anchor, weekday)
        else:
            found = calendar.weekday_before(self.anchor, weekday)
            if letter == "L" and found == self.anchor:
                found = found - 7 * calendar.DAY
        return found, found

    def _relative(self, parts: Mapping[str, _Token]) -> Range | None:
        assert self.anchor is not None
        offset = parts["relative"].value
        if offset != int(offset):  # overnight lies between two days
            return self.anchor - calendar.DAY, self.anchor
        found = self.anchor + int(offset) * calendar.DAY
        return found, found

    def _anaphor(self, parts: Mapping[str, _Token]) -> Range | None:
        if self.named is None:
            return None
        found = self.named + parts["same"].value * calendar.DAY
        return found, found

    def _ago(self, parts: Mapping[str, _Token]) -> Range | None:
        number, ago = parts["number"], parts["ago"]
        if number.letter == "v" or self.anchor is None:
            return None
        count = number.value if isinstance(number.value, int) else 1
        # "two days ago" counts from publication, "two days later" from the day named before it
        named = self.named if ago.from_named else None
        anchor = named or self.anchor
        return calendar.units_from(anchor, parts["unit"].value, count, ago.value)

    def _span(self, parts: Mapping[str, _Token]) -> Range | None:
        assert self.anchor is not None
        number = parts["number"]
        if number.letter == "v" or parts["edge"].letter == "X":
            return None
        return calendar.span_back(self.anchor, parts["unit"].value, number.value)

    def _unit(self, parts: Mapping[str, _Token]) -> Range | None:
        assert self.anchor is not None
        step = {"L": -1, "T": 0, "X": 1}[parts["edge"].letter]
        unit = "weekend" if parts["unit"].letter == "G" else parts["unit"].value
        return calendar.unit_range(self.anchor, unit, step)

    def _weekend(self, parts: Mapping[str, _Token]) -> Range | None:
        return calendar.unit_range(self.anchor, "weekend", 0) if self.anchor else None


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _period(view: View, first: int, last: int, resolved: Range | None, basis: str) -> Period:
    start, end = view.starts[first], view.ends[last]
    quote = view.text[start:end]
    if resolved is None:
        return Period(quote, start, end, None, None, None, basis)  # type: ignore[arg-type]  # stated or relative
    a, b = resolved
    precision = calendar.precision_of(a, b)
    return Period(quote, start, end, a.isoformat(), b.isoformat(), precision, basis)  # type: ignore[arg-type]  # as above


# ---------------------------------------------------------------- the time of a claim


def date_for(
    view: View, pack: Pack, dates: Sequence[Period], start: int, end: int, published: str | None
) -> Period | None:
    """Return when the claim at text[start:end] happened: the time of its sentence, else of those before it.

    A day that stands with a word of speech ("said on Tuesday") yields to one that does not; "since Monday" runs to the
    day of publication. None where the text has no time; the day of publication is never put in its place.
    """
    if not dates or not view.starts:
        return None
    times = _times(pack)
    sentence = view.sentence_at(view.word_at(start))
    for back in range(5):
        if sentence - back < 0:
            break
        span = view.sentence_span(sentence - back)
        here = [d for d in dates if span.start <= d.start_offset < span.end and d.start is not None]
        here = [d for d in here if back == 0 or (d.precision or 9) <= 3]
        if here:
            chosen = min(here, key=lambda d: _distance(view, times, d, start, end))
            return _since(view, times, chosen, published)
    lead = [
        d for d in dates[:4] if d.start is not None and (d.precision or 9) <= 3 and d.start_offset < start
    ]
    return lead[0] if lead else None


def _distance(view: View, times: _Times, period: Period, start: int, end: int) -> float:
    """Rank a time for a claim: near words first, days before years, times of speech last."""
    gap = max(period.start_offset - end, start - period.end_offset, 0)
    word = view.word_at(period.start_offset)
    near = [*view.folded[max(0, word - 3) : word], *view.folded[word + 1 : word + 3]]
    spoken = 400 if any(w in times.speech for w in near) else 0
    coarse = 60 * ((period.precision or 1) - 1)
    return gap + spoken + coarse


def _since(view: View, times: _Times, period: Period, published: str | None) -> Period:
    """Let "since Monday" run up to the day of publication."""
    word = view.word_at(period.start_offset)
    if word == 0 or view.folded[word - 1] not in times.since or period.start is None:
        return period
    anchor, first = _day(published), _day(period.start)
    if anchor is None or first is None or anchor < first:
        return period
    precision = calendar.precision_of(first, anchor)
    return Period(
        period.quote,
        period.start_offset,
        period.end_offset,
        period.start,
        anchor.isoformat(),
        precision,
        period.basis,
    )
