"""calendar: what a day, a month, "last week" mean as dates. Language-free; both ends of a range are included."""

from collections.abc import Sequence
from datetime import date, timedelta

Range = tuple[date, date]
DAY = timedelta(days=1)


def month_range(year: int, month: int) -> Range:
    """Return the first and last day of a month; months past 12 lie in the next year."""
    over, index = divmod(month - 1, 12)
    first = date(year + over, index + 1, 1)
    over, index = divmod(month, 12)
    return first, date(year + over, index + 1, 1) - DAY


def months_range(year: int, first: int, last: int) -> Range:
    """Return the range from the start of one month to the end of another."""
    return month_range(year, first)[0], month_range(year, last)[1]


def year_range(year: int) -> Range:
    """Return the first and last day of a year."""
    return date(year, 1, 1), date(year, 12, 31)


def weekday_before(anchor: date, weekday: int) -> date:
    """Return the last such weekday up to and including the anchor: how reports name the days of the past week."""
    return anchor - timedelta(days=(anchor.weekday() - weekday) % 7)


def weekday_after(anchor: date, weekday: int) -> date:
    """Return the first such weekday after the anchor."""
    return anchor + timedelta(days=(weekday - anchor.weekday() - 1) % 7 + 1)


def feast_day(year: int, rule: Sequence[int]) -> date:
    """Return the day of a feast in a year: of a month and day, or the how manieth weekday of a month (-1: the last)."""
    if len(rule) == 2:
        return date(year, rule[0], rule[1])
    month, nth, weekday = rule
    first, last = month_range(year, month)
    if nth < 0:
        return weekday_before(last, weekday)
    return weekday_after(first - DAY, weekday) + 7 * (nth - 1) * DAY


def day_near(anchor: date, month: int, day: int, ahead: int = 10) -> date | None:
    """Return the day of a month whose year lies nearest to the anchor, at most `ahead` days after it."""
    last = anchor + timedelta(days=ahead)
    for year in (
        anchor.year + 1,
        anchor.year,
        anchor.year - 1,
        anchor.year - 2,
        anchor.year - 3,
        anchor.year - 4,
    ):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= last:
            return found
    return None


def month_near(anchor: date, month: int) -> Range:
    """Return the month of that number at or before the anchor's own."""
    return month_range(anchor.year if month <= anchor.month else anchor.year - 1, month)


def unit_range(anchor: date, unit: str, step: int) -> Range | None:
    """Return the calendar unit `step` units from the one that holds the anchor: -1 is last week, 0 this week."""
    if unit in ("day", "hour"):
        found = anchor + step * DAY
        return found, found
    if unit == "week":
        monday = anchor - anchor.weekday() * DAY + step * 7 * DAY
        return monday, monday + 6 * DAY
    if unit == "weekend":
        saturday = weekday_before(anchor, 5) if step <= 0 else weekday_after(anchor, 5)
        return saturday, saturday + DAY
    if unit == "month":
        index = anchor.year * 12 + anchor.month - 1 + step
        return month_range(index // 12, index % 12 + 1)
    if unit == "quarter":
        index = anchor.year * 4 + (anchor.month - 1) // 3 + step
        return months_range(index // 4, index % 4 * 3 + 1, index % 4 * 3 + 3)
    if unit == "year":
        return year_range(anchor.year + step)
    if unit == "decade":
        first = anchor.year // 10 * 10 + 10 * step
        return date(first, 1, 1), date(first + 9, 12, 31)
    return None


def span_back(anchor: date, unit: str, number: int) -> Range | None:
    """Return the stretch of so many units that ends at the anchor: the past three months."""
    days = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14}.get(unit)
    if days is not None:
        return anchor - timedelta(days=max(round(number * days), 1)), anchor
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}.get(unit)
    start = None if months is None else months_back(anchor, number * months)
    return None if start is None else (start, anchor)


def months_back(anchor: date, months: int) -> date | None:
    """Return the day so many months before, the month's last day where it has no such day; None before year 1."""
    index = anchor.year * 12 + anchor.month - 1 - months
    if not 12 <= index < 9999 * 12:
        return None
    first, last = month_range(index // 12, index % 12 + 1)
    return min(first + (anchor.day - 1) * DAY, last)


def units_from(anchor: date, unit: str, number: int, sign: int) -> Range | None:
    """Return when "three weeks ago" is: a day for days, else the calendar week, month or year that it falls in."""
    if unit in ("hour", "day", "week", "fortnight"):
        days = {"hour": 1 / 24, "day": 1, "week": 7, "fortnight": 14}[unit]
        if number > 50_000:
            return None
        found = anchor + timedelta(days=sign * int(number * days))
        return (found, found) if unit in ("hour", "day") else unit_range(found, "week", 0)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit)
    if months is None or number > 5_000:
        return None
    found_ = months_back(anchor, -sign * number * months)
    if found_ is None:
        return None
    return unit_range(found_, "month" if unit == "month" else "year", 0)


def narrowed(span: Range, part: str) -> Range:
    """Return the third of a month, season or year that "early", "mid" or "late" leaves."""
    first, last = span
    third = (last - first) / 3
    if part == "early":
        return first, first + third
    if part == "mid":
        return first + third, last - third
    return last - third, last


def precision_of(start: date, end: date) -> int:
    """Return UCDP's date_prec: 1 a day, 2 two to six days, 3 a week, 4 up to a month, 5 longer."""
    days = (end - start).days + 1
    return 1 if days == 1 else 2 if days <= 6 else 3 if days <= 7 else 4 if days <= 31 else 5
