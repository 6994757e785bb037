"""finding: View -> every time expression, resolved; and of them those by which events are dated."""

from collections.abc import Mapping
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from tollbook.grammar import calendar
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.period import Period
from tollbook.stages._time_words import Times, Token, times_of_pack
from tollbook.stages._when.dateline import sent_on
from tollbook.stages._when.days import Context, Range, Resolver, is_quarter
from tollbook.stages._when.ranges import between, day_by_day, joined
from tollbook.stages._when.tokens import MAY_BEGIN, Tokens, near_triggers
from tollbook.stages._when.years import Parts, of_the_next_year, of_their_years

_START = attrgetter("start_offset")
_SOON, _LONG_PAST = (
    75,
    290,
)  # days ahead in which a day without a year comes back; days since it was there last
_HELD = 18  # words before a time with what is held against its figure
_SEASON = "season"
_NEAR = 6  # words between one that looks ahead and a month to come
_EXPECTED = 5  # words before a month by which something is to be: not "expects that 40 clerks displaced by May will return"


class TimesTold(NamedTuple):
    """Every time expression of a text, each by itself; and the times of events, two that words join as one stretch."""

    every: tuple[Period, ...]
    dating: tuple[Period, ...]


def find_times(view: View, pack: Pack, published: str | None) -> TimesTold:
    """Find every time expression in the order of the text.

    `published` is the day (or moment) of publication in ISO form; relative times count from it, behind a dateline with a
    day from that day. Without both nothing relative is resolved, and the words are kept with no dates, as durations are.
    """
    times = times_of_pack(pack)
    finding = _Finding(view, times, day_of(published))
    marks = view.marks(times.parts)
    for index, first, last in near_triggers(view, times):
        tokens = Tokens(view, times, marks, (first, last), view.upper[index])
        letters = tokens.letters
        may_begin = MAY_BEGIN.search(letters)
        while may_begin is not None:
            i = may_begin.start()
            fit = times.longest(letters, i)
            if fit is None:
                may_begin = MAY_BEGIN.search(letters, i + 1)
                continue
            means, end_at, groups, dates = fit
            parts: dict[str, Token] = {}
            for name, at in groups:
                parts[name] = tokens[i + at]
            finding.add(index, tokens.words(i, i + end_at), means, parts, dates)
            may_begin = MAY_BEGIN.search(letters, i + end_at)
    return finding.told()


def day_of(published: str | None) -> date | None:
    """Return the day of a date or moment in ISO form, None where it is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


class _Finding:
    """The times found so far, and what later ones count from."""

    __slots__ = (
        "_ahead",
        "_anchor",
        "_dating",
        "_last",
        "_named",
        "_others",
        "_parts",
        "_quarter",
        "_times",
        "_to_come",
        "_view",
    )

    def __init__(self, view: View, times: Times, anchor: date | None) -> None:
        self._view, self._times, self._anchor = view, times, anchor
        self._dating: list[Period] = []
        self._others: list[Period] = []
        self._parts: list[Parts] = []
        self._named: date | None = None  # the day last named
        self._last: Range | None = None  # the days last told, of whatever length
        self._quarter: Range | None = None
        self._to_come: dict[int, Period] = {}  # days that may lie ahead, by where their words begin
        self._ahead = -1  # the sentence in which a day to come was told

    def add(
        self, index: int, words: tuple[int, int], means: str, parts: Mapping[str, Token], dates: bool
    ) -> None:
        """Take a time of sentence `index`, by its first and last word."""
        if means == _SEASON and self._is_of_a_thing(words[1] + 1):
            return
        future, soon = self._looks_ahead(index, words) if self._anchor is not None else (False, False)
        first = words[0]
        compared = means == "ago" and self._is_held_against(index, first)
        context = Context(self._last, self._quarter, soon, compared)
        resolved, basis = Resolver(self._anchor, self._named, future, context).resolve(means, parts)
        period = self._period(words, resolved, basis)
        if not dates:
            self._others.append(period)
            return
        self._anchor = sent_on(self._view, index, *words, resolved, self._anchor) or self._anchor
        if means == "day" and resolved is not None and not future and "year" not in parts:
            self._look_forward(resolved[0], period)
        elif means == "month" and resolved is not None and "year" not in parts and "edge" not in parts:
            self._look_forward_by(index, words[0], resolved[0], period)
        self._dating.append(period)
        self._parts.append((means, parts))
        if resolved is not None and not (
            means == "ago" and is_quarter(resolved)
        ):  # nothing counts from what is compared
            self._last = resolved
            if is_quarter(resolved):
                self._quarter = resolved
            if resolved[0] != resolved[1]:
                return
            if self._anchor is None or resolved[0] <= self._anchor:
                self._named = resolved[0]
            else:
                self._ahead = index

    def _is_of_a_thing(self, k: int) -> bool:
        """Tell whether the word behind a season makes it no time: "the summer capital"."""
        return k < len(self._view.folded) and self._view.folded[k] in self._times.season_of

    def _looks_ahead(self, index: int, words: tuple[int, int]) -> tuple[bool, bool]:
        """Tell whether a word of things to come stands before a time in its sentence, and whether near it.

        Not where it is the day on which that was said: "will resign, he said Monday".
        """
        view, times, (first, last) = self._view, self._times, words
        folded, begin = view.folded, view.sentences[index][0]
        before = folded[first - 1] if first > begin else ""
        if before in times.speech or self._is_of_an_event(*words):
            return False, False
        if times.future.isdisjoint(folded[begin:first]):
            owned = folded[last].endswith(times.endings)
            weekday = folded[first] in times.weekdays
            behind = folded[last + 1] if last + 1 < len(folded) else ""
            ahead = before in (times.ahead_of_weekday if weekday else times.ahead) and not owned
            ahead = ahead and not (weekday and behind in times.after)  # "reopens Tuesday after a blast"
            return ahead or (weekday and index == self._ahead and before in times.range_to), False
        return True, not times.future.isdisjoint(folded[max(begin, first - _NEAR) : first])

    def _is_of_an_event(self, first: int, last: int) -> bool:
        """Tell whether a day is that of an event that passed: "the site of Monday's attack"."""
        view, times = self._view, self._times
        if last + 1 >= len(view.folded) or view.folded[last + 1] not in times.unannounced:  # most
            return False
        bare = next(
            (view.folded[first][: -len(e)] for e in times.endings if view.folded[last].endswith(e)), ""
        )
        return bare in times.weekdays

    def _is_held_against(self, index: int, first: int) -> bool:
        """Tell whether a figure is held against that of a time: "to 40 from 30 a year ago"."""
        begin = max(self._view.sentences[index][0], first - _HELD)
        return not self._times.against.isdisjoint(self._view.folded[begin:first])

    def _look_forward_by(self, index: int, first: int, day: date, period: Period) -> None:
        """Keep of a month by which something is to be that it lies ahead: "supposed to end by May"; see `_look_forward`."""
        view, times, begin = self._view, self._times, self._view.sentences[index][0]
        if self._anchor is None or first == begin or view.folded[first - 1] not in times.ahead:
            return
        span = calendar.month_range(self._anchor.year + (day.month < self._anchor.month), day.month)
        before, near = view.folded[begin:first], view.folded[max(begin, first - _EXPECTED) : first]
        if span[0] > day and not times.expecting.isdisjoint(near) and times.expected_once.isdisjoint(before):
            start, end = period.start_offset, period.end_offset
            self._to_come[start] = between(view, start, end, span, period.basis)

    def _look_forward(self, day: date, period: Period) -> None:
        """Keep of a day of a month that comes back soon that it lies ahead: "the trial opens April 9", told in March.

        An event told by it is still of the year before: no death that is told lies ahead.
        """
        if self._anchor is None or (self._anchor - day).days < _LONG_PAST:
            return
        near = calendar.day_near(self._anchor, day.month, day.day, _SOON)
        if near is not None and near > self._anchor:
            start, end = period.start_offset, period.end_offset
            self._to_come[start] = between(self._view, start, end, (near, near), period.basis)

    def _period(self, words: tuple[int, int], resolved: Range | None, basis: str) -> Period:
        view, last = self._view, words[1]
        if last > words[0] and view.folded[last] in self._times.signal:
            following = view.words[last + 1][0] if last + 1 < len(view.words) else "."
            last -= following.isalnum()
        loose = view.folded[words[0]] in self._times.stretched and self._times.is_loose(
            view.folded[words[0] + 1]
        )
        start, end = view.starts[words[0] + loose], view.ends[last]
        if view.folded[last].endswith(self._times.endings):
            end -= next(len(e) for e in self._times.endings if view.folded[last].endswith(e))
        if resolved is None:
            quote = view.text[start:end]
            return Period(quote, start, end, None, None, None, basis)  # type: ignore[arg-type]  # stated or relative
        return between(view, start, end, resolved, basis)

    def told(self) -> TimesTold:
        """Return what was found: each time by itself, and those of events with joined ones as one stretch."""
        view, times = self._view, self._times
        dating = of_their_years(self._dating, self._parts, self._anchor)
        dating = of_the_next_year(view, times, dating, self._parts)
        every = [p for d, parts in zip(dating, self._parts, strict=True) for p in day_by_day(view, d, *parts)]
        if self._to_come:
            known = {p.start_offset for p, d in zip(self._dating, dating, strict=True) if p is d}
            every = [self._to_come.get(p.start_offset, p) if p.start_offset in known else p for p in every]
        if self._others:
            every = sorted((*every, *self._others), key=_START)
        return TimesTold(tuple(every), tuple(joined(view, times, dating)))
