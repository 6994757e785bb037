"""_time_words: the words and patterns of time of one language, compiled once."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NamedTuple

from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.marks import Marks
from tollbook.grammar.number import Numbers
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of

_PARTS = {
    "weekday": "W", "month": "M", "maybe_month": "m", "day": "D", "year": "Y", "number": "N", "relative": "R",
    "part": "P", "unit": "U", "last": "L", "this": "T", "next": "X", "ago": "A", "edge": "E", "of": "f",
    "comma": ",", "dash": "y", "slash": "/", "and": "&", "to": ">", "the": "t", "season": "S", "quarter": "Q",
    "half": "H", "weekend": "G", "recent": "r", "a": "a", "cue": "c", "open": "(", "decade": "d", "numeric": "Z",
    "same": "s", "ordinal": "o", "other": "x", "vague": "v", "stop": ".", "feast": "F", "age": "g",
    "units": "V", "past": "l", "beside": "q", "about": "b", "adjective": "j", "more": "B", "and_half": "h", "lasting": "O",
    "every": "e", "set": "k", "once": "w", "times": "i", "per": "I", "moment": "n", "at": "@", "then": "u", "clock": "K",
    "near": "J", "within": "!", "period": "p", "fiscal": "%", "apostrophe": "'",
    "holiday": "$", "unit_end": "z", "quarter_unit": "~",
    "quarter_before": "2", "half_before": "1", "circa": "3", "stretching": "4", "or": "5", "some": "6", "one": "7",
    "year_to": "8", "another": "9", "present": "0", "latest": "=", "sooner": "C", "previously": ";",
    "owned_year": "*",
}  # fmt: skip
_ORDER = (
    "ordinal", "feast", "same", "recent", "relative", "quarter", "half", "weekday", "month", "maybe_month", "season",
    "weekend", "part", "unit", "units", "quarter_unit", "last", "past", "beside", "this", "present", "latest", "next",
    "ago", "sooner", "previously", "edge", "within", "of", "and_half", "and", "to", "the", "a", "near", "about", "cue",
    "vague_number", "age", "adjective", "more", "lasting", "every", "set", "once", "times", "per", "moment", "at", "then",
    "period", "fiscal", "decade", "holiday", "unit_end", "quarter_before", "half_before", "circa", "stretching", "or",
    "some", "one", "another", "other",
)  # fmt: skip
_ROLE = re.compile(r"<([a-z_]+)>")
_OWNING = (
    "weekday",
    "relative",
    "month",
    "unit",
    "units",
    "quarter_unit",
    "weekend",
    "part",
    "season",
    "moment",
    "feast",
)  # times that have a possessive
_WINDOW = 14  # tokens that a pattern may span
_MOST_KEPT = 100_000  # answers remembered
_SET, _UNITS = _PARTS["set"], _PARTS["unit"] + _PARTS["units"]
_BY_CAPITALS = _PARTS["month"] + _PARTS["maybe_month"] + _SET  # parts that a capital makes, or unmakes
_LOOSE = _PARTS["vague"] + _PARTS["some"]
LOOK = "?"  # the mark of a word whose part depends on those around it
# the marks of a word around which a time can stand; of figures, and of the first word of a form (both where it is a second
# one too), where the next words say so; of a second word only
TELLING, FIGURE, FIRST, BOTH, SECOND = "TNFBS"
SIGNS = {
    ",": ",",
    "-": "y",
    "–": "y",
    "—": "y",
    "/": "/",
    "(": "(",
    "[": "(",
    ".": ".",
    "'": "'",
    "’": "'",
    "‘": "'",
}


class Token(NamedTuple):
    """A word with its part and what it stands for."""

    letter: str
    first: int
    last: int
    value: Any = None
    from_named: bool = False


# what a fit is: its meaning, its length in tokens, where its named parts stand, and whether events are dated by it
Fit = tuple[str, int, tuple[tuple[str, int], ...], bool]


class _AloneOf(dict[tuple[str, str], str]):
    """The answers of a function of two words, each told once."""

    __slots__ = ("_tell",)

    def __init__(self, tell: Callable[[str, str], str]) -> None:
        super().__init__()
        self._tell = tell

    def __missing__(self, pair: tuple[str, str]) -> str:
        if len(self) > _MOST_KEPT:
            self.clear()
        part = self[pair] = self._tell(*pair)
        return part


class Times:
    """The time of one language, compiled once."""

    def __init__(self, pack: Pack) -> None:
        """Compile the pack's words and patterns of time."""
        table, fold = pack.parts["time"], pack.fold
        words = table.get("words", {})
        entries: list[tuple[str, tuple[str, Any]]] = []
        for part in _ORDER:
            given = words.get(part, ())
            letter = _PARTS["vague" if part == "vague_number" else part]
            pairs = given.items() if isinstance(given, Mapping) else ((w, w) for w in given)
            entries += [(word, (letter, value)) for word, value in pairs]
        self.endings = tuple(
            fold(e) for e in pack.parts["words"].get("small", {}).get("possessive_endings", ())
        )
        owned = [_PARTS[part] for part in _OWNING]  # "Friday's attack"
        entries += [(w + e, sense) for w, sense in entries if sense[0] in owned for e in self.endings]
        self.lexicon: Lexicon[tuple[str, Any]] = Lexicon(entries, fold)
        triggers = (
            "weekday",
            "month",
            "maybe_month",
            "relative",
            "season",
            "unit",
            "units",
            "same",
            "quarter",
            "weekend",
            "part",
            "set",
            "moment",
            "then",
            "meridiem",
            "period",
            "holiday",
            "quarter_unit",
            "quarter_before",
            "half_before",
            "past",
            "unit_end",
            "decade",
            "present",
            "previously",
            "century_told",
        )
        telling = [w for part in (*triggers, "feast") for w in words.get(part, ())]
        telling += [w + e for part in _OWNING for w in words.get(part, ()) for e in self.endings]
        self.triggers = Lexicon([(w, True) for w in telling], fold)
        self.numbers = Numbers(pack.parts["numbers"], fold)
        self.future = frozenset(fold(w) for w in words.get("future", ()))
        (
            self.range_to,
            self.range_from,
            self.range_between,
            self.range_and,
            self.since_apart,
            self.relative,
        ) = (
            frozenset(fold(w) for w in words.get(key, ()))
            for key in ("range_to", "range_from", "range_between", "range_and", "since_apart", "asides")
        )
        self.expecting = self.future | {fold(w) for w in words.get("expecting", ())}
        self.expected_once = frozenset(fold(w) for w in words.get("expected_once", ()))
        self.centuries: Mapping[str, int] = {fold(w): n for w, n in words.get("century_told", {}).items()}
        self.stretched = frozenset(fold(w) for w in words.get("stretched", ()))
        self.owners = frozenset(fold(w) for w in words.get("owners", ()))
        self.people = people_of(pack)
        self.the = frozenset(fold(w) for w in words.get("the", ()))
        self.links = self.range_to | self.range_and
        self.event = frozenset(fold(w) for w in words.get("event", ()))
        self.unannounced = self.event.difference(fold(w) for w in words.get("announced", ()))
        self.event_anew = frozenset(fold(w) for w in words.get("event_anew", ()))
        self.customs = frozenset(fold(w) for w in words.get("customs", ()))
        self.after = frozenset(fold(w) for w in words.get("after", ()))
        self.pointing = frozenset(fold(w) for w in words.get("pointing", ()))
        self.season_of = frozenset(fold(w) for w in words.get("season_of", ()))
        self.counted_back = frozenset(fold(w) for w in words.get("counted_back", ()))
        self.passing = frozenset(fold(w) for w in words.get("passing", ()))
        self.adjunct = frozenset(fold(w) for w in words.get("adjunct", ()))
        self.against = frozenset(fold(w) for w in words.get("against", ()))
        self.rates = frozenset(fold(w) for w in words.get("rates", ()))
        self.issued = frozenset(fold(w) for w in words.get("issued", ()))
        self.issued_what = frozenset(fold(w) for w in words.get("issued_what", ()))
        self.passed = frozenset(fold(w) for w in words.get("passed", ()))
        self.since = frozenset(fold(w) for w in words.get("since", ()))
        self.begun = frozenset(fold(w) for w in words.get("begun", ()))
        self.lasting_events = frozenset(fold(w) for w in words.get("lasting_events", ()))
        self.lasted = frozenset(fold(w) for w in words.get("lasted", ()))
        self.anew = frozenset(fold(w) for w in words.get("anew", ()))
        small = pack.parts["words"].get("small", {})
        self.captives = frozenset(fold(w) for w in small.get("captives", ()))
        self.has = frozenset(fold(w) for w in words.get("has", ()))
        self.speech = frozenset(fold(w) for w in words.get("speech", ()))
        self.from_publication = frozenset(fold(w) for w in words.get("from_publication", ()))
        self.ahead = frozenset(fold(w) for w in words.get("ahead", ()))
        self.ahead_of_weekday = frozenset(fold(w) for w in words.get("ahead_of_weekday", ()))
        self.weekdays = frozenset(fold(w) for w in words.get("weekday", ()))
        self.signal = frozenset(fold(w) for w in words.get("signal", ()))
        self.meridiem = frozenset(fold(w) for w in words.get("meridiem", ()))
        self.zone = frozenset(fold(w) for w in words.get("zone", ()))
        self.short_years = words.get("two_digit_years") == "capitals"
        self.patterns = [
            (re.compile(_letters(row["pattern"])), row["means"], row.get("dates", True))
            for row in table.get("pattern", ())
        ]
        loose = "|".join(f"(?:{_unnamed(regex.pattern)})" for regex, _, _ in self.patterns)
        self._any = re.compile(loose or "(?!)")
        self._fold = fold
        self.parts = Marks(self._part)
        self.telling = Marks(self._tells)
        self._kept: dict[str, Fit | None] = {}
        # the part of a folded word that stands for itself before the one behind it; "" where more decides
        self.alone: dict[tuple[str, str], str] = _AloneOf(self._stands_alone)

    def _tells(self, word: str) -> str:
        """Tell whether a folded word is one around which a time can stand, or may begin words that are."""
        if word in self.triggers:
            return TELLING
        if word[0].isdecimal() and (len(word) > 3 or not word.isdecimal()):
            return TELLING  # a year, 8:15, 8am, 90s
        if word.isdecimal():
            return FIGURE
        second = word in self.triggers.seconds
        if word in self.triggers.firsts:
            return BOTH if second else FIRST
        return SECOND if second else "x"

    def unit(self, word: str) -> Any:
        """Return what unit of time a folded word is, None for none."""
        sense = self.lexicon.get(word)
        return sense[1] if sense is not None and sense[0] in _UNITS else None

    def is_loose(self, word: str) -> bool:
        """Tell whether a folded word says loosely how many: several, some."""
        sense = self.lexicon.get(word)
        return sense is not None and sense[0] in _LOOSE

    def _part(self, word: str) -> str:
        """Tell the part of a word as written, LOOK where the words around it decide."""
        fold = self._fold(word) or word
        if word[0].isdecimal():
            return LOOK
        if fold in self.lexicon.firsts:
            sense = self.lexicon.get(fold)
            if sense is None or not self.lexicon.alone(fold):
                return LOOK
            named = word[0].isupper() == (sense[0] == _SET)  # the Daily News; a small letter is no month
            return "x" if sense[0] in _BY_CAPITALS and named else sense[0]
        return SIGNS.get(word) or (LOOK if fold in self.numbers.firsts else "x")

    def _stands_alone(self, word: str, following: str) -> str:
        sense = self.lexicon.get(word)
        if word[0].isdecimal() or word in SIGNS or self.lexicon.may(word, following):
            return ""
        if sense is None:
            return "" if word in self.numbers.firsts else "x"
        return "" if sense[0] in "Mm" else sense[0]

    def longest(self, letters: str, i: int) -> Fit | None:
        """Return the pattern that fits most tokens from i on, the pack's order deciding among equals.

        What fits depends on few letters, and the same few come back; so answers are kept.
        """
        window = letters[i - 1 : i + _WINDOW] if i else "^" + letters[:_WINDOW]
        if window in self._kept:
            return self._kept[window]
        best: re.Match[str] | None = None
        chosen, dates = "", True
        for regex, means, dating in self.patterns if self._any.match(window, 1) else ():
            match = regex.match(window, 1)
            if match is not None and (best is None or match.end() > best.end()):
                best, chosen, dates = match, means, dating
        fit: Fit | None = None
        if best is not None:
            groups = tuple((name, best.start(name) - 1) for name, text in best.groupdict().items() if text)
            fit = chosen, best.end() - 1, groups, dates
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        self._kept[window] = fit
        return fit


def _unnamed(pattern: str) -> str:
    """Return a pattern without the names of its groups, so that several can stand in one."""
    return re.sub(r"\(\?P<[a-z0-9]+>", "(?:", pattern)


def _letters(pattern: str) -> str:
    parts = re.split(r"(\(\?P<[a-z0-9]+>)", "".join(pattern.split()))
    for i in range(0, len(parts), 2):
        parts[i] = _ROLE.sub(lambda m: re.escape(_PARTS[m[1]]), parts[i])
    return "".join(parts)


@cache
def times_of_pack(pack: Pack) -> Times:
    """Compile a pack's time once."""
    return Times(pack)
