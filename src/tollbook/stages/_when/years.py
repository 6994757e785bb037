"""years: days without a year -> the year of the days told in full before them, where a report is about years ago."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from tollbook.grammar import calendar
from tollbook.grammar.view import View
from tollbook.model.period import Period
from tollbook.stages._time_words import Times, Token
from tollbook.stages._when.days import Range, Resolver
from tollbook.stages._when.ranges import between

_LONG_AGO = 120  # days before publication from which a report's own days lie in another year
_NEAR = 90  # days within which a day without a year may be of the year before or after
_BARE = ("day", "days", "month")
_DAY = 2  # precision of a day, or a few

Parts = tuple[str, Mapping[str, Token]]


def of_their_years(
    found: Sequence[Period], told: Sequence[Parts], published: date | None
) -> Sequence[Period]:
    """Give days without a year that of the last day told in full before them.

    Only where all such days lie long before the publication, and nothing in the text counts back from it ("on Monday").
    """
    if published is None or len(found) < 2:
        return found
    full = [p for p in found if p.basis == "stated" and p.start and (p.precision or 9) <= _DAY]
    bare = [_is_bare(*parts) for parts in told]
    if (
        not full
        or not any(bare)
        or max(p.end or "" for p in full) > (published - _LONG_AGO * calendar.DAY).isoformat()
    ):
        return found
    if any(p.basis == "relative" and p.start and not b for p, b in zip(found, bare, strict=True)):
        return found
    out: list[Period] = []
    last: date | None = None
    for period, parts, is_bare in zip(found, told, bare, strict=True):
        days = _in_year(last, *parts) if is_bare and last is not None else None
        if days is not None:
            a, b = days
            whole = calendar.precision_of(a, b)
            out.append(replace(period, start=a.isoformat(), end=b.isoformat(), precision=whole))
            continue
        if period in full:
            last = date.fromisoformat(period.start or "")
        out.append(period)
    return out


def of_the_next_year(
    view: View, times: Times, found: Sequence[Period], told: Sequence[Parts]
) -> Sequence[Period]:
    """Give a day or month without a year that of the one a word joins it to: "May and June 2011", "28 May to 3 June 2011"."""
    out = list(found)
    for k in range(len(out) - 1, 0, -1):
        a, b = out[k - 1], out[k]
        if b.basis != "stated" or b.end is None or a.basis == "stated" or not _is_bare(*told[k - 1]):
            continue
        link = view.word_at(a.end_offset)
        if view.word_at(b.start_offset) != link + 1 or view.folded[link] not in times.links:
            continue
        year = int(b.end[:4])
        for of in (year, year - 1):
            days = _with_year(of, *told[k - 1])
            if days is not None and days[0].isoformat() <= b.end:
                out[k - 1] = between(view, a.start_offset, a.end_offset, days, "stated")
                break
    return out


def _is_bare(means: str, parts: Mapping[str, Token]) -> bool:
    return means in _BARE and "year" not in parts and "edge" not in parts


def _in_year(last: date, means: str, parts: Mapping[str, Token]) -> Range | None:
    """Return the days of the year of a day told before, or of that beside it where that is near: December, January."""
    found: list[Range] = []
    for year in (last.year, last.year - 1, last.year + 1):
        days = _with_year(year, means, parts)
        if days is not None:
            found.append(days)
    near = [d for d in found if abs((d[0] - last).days) <= _NEAR]
    return min(near, key=lambda d: abs((d[0] - last).days)) if near else next(iter(found), None)


def _with_year(year: int, means: str, parts: Mapping[str, Token]) -> Range | None:
    token = next(iter(parts.values()))
    return Resolver(None, None, False).resolve(means, {**parts, "year": token._replace(value=year)})[0]
