"""ranges: two times that words join -> one: "from Friday to Monday"."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tollbook.grammar import calendar
from tollbook.grammar.view import View
from tollbook.model.period import Period
from tollbook.stages._time_words import Times, Token
from tollbook.stages._when.days import Range

_BETWEEN = 3  # words from a day to the last of two that share a month: "3 to the 5"
_GAP = 12  # characters between two times that words join
_MONTH, _DAY = 4, timedelta(days=1)  # the precision of a month
_ASIDE = 120  # the same, with an aside between them


def day_by_day(view: View, period: Period, means: str, parts: Mapping[str, Token]) -> Sequence[Period]:
    """Return two days that share a month, "March 3 and 4", each with its own words, and two months; any other time as it is."""
    if means == "months" and period.start is not None:
        return _month_by_month(view, period, parts)
    if means != "days" or period.start is None or period.end is None:
        return (period,)
    first, second = parts["day"], parts["day2"]
    if parts["month"].first > first.first or second.first - first.last > _BETWEEN:
        return (period,)  # "3 and 4 March", a list
    a, b = date.fromisoformat(period.start), date.fromisoformat(period.end)
    return (
        between(view, period.start_offset, view.ends[first.last], (a, a), period.basis),
        between(view, view.starts[second.first], period.end_offset, (b, b), period.basis),
    )


def _month_by_month(view: View, period: Period, parts: Mapping[str, Token]) -> Sequence[Period]:
    """Return two months told together, "February and March", each with its own words."""
    a, b = date.fromisoformat(period.start or ""), date.fromisoformat(period.end or "")
    first, second = parts["month"], parts["month2"]
    return (
        between(
            view,
            period.start_offset,
            view.ends[first.last],
            calendar.month_range(a.year, a.month),
            period.basis,
        ),
        between(
            view,
            view.starts[second.first],
            period.end_offset,
            calendar.month_range(b.year, b.month),
            period.basis,
        ),
    )


def joined(view: View, times: Times, found: Sequence[Period]) -> list[Period]:
    """Make one of two times that words join: "from Friday to Monday", "between 30 March and 5 April 2021"."""
    out: list[Period] = []
    for period in found:
        last = out[-1] if out else None
        whole = _range(view, times, last, period) if last is not None else None
        if whole is not None:
            out[-1] = whole
        else:
            out.append(period)
    return out


def _range(view: View, times: Times, a: Period, b: Period) -> Period | None:
    gap = b.start_offset - a.end_offset
    if not (a.start and a.end and b.start and b.end) or gap > _ASIDE:
        return None
    word, following = view.word_at(a.start_offset), view.word_at(a.end_offset)
    if gap > _GAP:
        following = _behind_aside(view, times, word, following, view.word_at(b.start_offset))
    if view.word_at(b.start_offset) != following + 1:
        return None
    bounded = word > 0 and view.folded[word - 1] in times.range_between
    link = view.folded[following]
    spans = link in times.range_to or (link in times.range_and and (bounded or _are_months_in_a_row(a, b)))
    if not spans:
        return None
    first = date.fromisoformat(a.start)
    # the year stands behind the second: "between June and August last year"
    if a.basis == "relative" and (b.basis == "stated" or a.start[:4] > b.end[:4]):
        year = int(b.end[:4])
        first = _in_year(first, year if a.start[4:] <= b.end[4:] else year - 1)
    if first.isoformat() > b.end:
        return None
    basis = "stated" if b.basis == "stated" else a.basis
    return between(view, a.start_offset, b.end_offset, (first, date.fromisoformat(b.end)), basis)


def _are_months_in_a_row(a: Period, b: Period) -> bool:
    """Tell whether two times are whole months, the second right behind the first: "in March and April"."""
    if a.end is None or b.start is None or b.end is None or a.precision != _MONTH or b.precision != _MONTH:
        return False
    return date.fromisoformat(b.start) - date.fromisoformat(a.end) == _DAY


def _behind_aside(view: View, times: Times, word: int, opened: int, end: int) -> int:
    """Return the word that joins two times over an aside, -1 for none: "from 3 May, which was the first day, to 9 July"."""
    begun = word > 0 and view.folded[word - 1] in times.range_from and view.words[opened] == ","
    aside = view.folded[opened + 1 : opened + 3]
    if (
        not begun
        or view.words[end - 2] != ","
        or (times.relative.isdisjoint(aside) and aside[0] not in times.the)
    ):
        return -1
    apart = any(view.words[k] in ".;" for k in range(opened, end))
    return -1 if apart or view.folded[end - 1] not in times.range_to else end - 1


def _in_year(day: date, year: int) -> date:
    return calendar.month_range(year, day.month)[0].replace(
        day=min(day.day, calendar.month_range(year, day.month)[1].day)
    )


def between(view: View, start: int, end: int, days: Range, basis: str) -> Period:
    """Return the time of some days, told by text[start:end]."""
    a, b = days
    precision = calendar.precision_of(a, b)
    return Period(view.text[start:end], start, end, a.isoformat(), b.isoformat(), precision, basis)  # type: ignore[arg-type]  # stated or relative
