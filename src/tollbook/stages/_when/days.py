"""days: the parts of a time -> the days that it means."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from tollbook.grammar import calendar
from tollbook.stages._time_words import Token

Range = calendar.Range
_AHEAD, _SOON = 300, 10  # days that a day without a year can lie ahead: where words look ahead, and else
_LOOSE = "v6"  # letters of words that say loosely how many: several, some
_STEPS = {"L": -1, "l": -1, "T": 0, "X": 1}  # from the present year, month …: last, past, this, next
_MONTHS, _QUARTER = 12, range(89, 93)  # of a year; days of a quarter
_JUST_OVER = 3  # months since a quarter of which reports still tell, though words far before it look ahead
_DAYS = {"week": 7, "month": 31, "quarter": 92, "year": 366, "decade": 3653}  # days of a unit, at most


class Context(NamedTuple):
    """What the text told before a time: the days last told, the last quarter, and whether words just before look ahead.

    And whether a figure is held against that of the time: "from 30 a year ago".
    """

    told: Range | None = None
    quarter: Range | None = None
    soon: bool = False
    compared: bool = False


class Resolver:
    """Turns the parts of an expression into days."""

    def __init__(
        self, anchor: date | None, named: date | None, future: bool, context: Context | None = None
    ) -> None:
        """Take the day of publication, the day last named in the text, whether the words look ahead, and what else was told."""
        self.anchor, self.named, self.future = anchor, named, future
        self.told, self.quarter, self.soon, self.compared = context or Context()

    def resolve(self, means: str, parts: Mapping[str, Token]) -> tuple[Range | None, str]:
        """Return the days and whether the text states them or gives them relative to publication."""
        rule: Callable[[Mapping[str, Token]], Range | None] | None = getattr(self, f"_{means}", None)
        if rule is None:
            return None, "relative"
        stated = "year" in parts or "decade" in parts or means == "numeric"
        if not stated and self.anchor is None:
            return None, "relative"
        try:
            return rule(parts), "stated" if stated else "relative"
        except (ValueError, OverflowError):
            return None, "stated" if stated else "relative"

    def _day(self, parts: Mapping[str, Token]) -> Range | None:
        month, day = parts["month"].value, parts["day"].value
        if "year" in parts:
            found = date(parts["year"].value, month, day)
            return found, found
        assert self.anchor is not None
        near = calendar.day_near(self.anchor, month, day, _AHEAD if self.future else _SOON)
        return None if near is None else (near, near)

    def _days(self, parts: Mapping[str, Token]) -> Range | None:
        first = self._day(parts)
        second = self._day({**parts, "day": parts["day2"]})
        return (first[0], second[0]) if first and second and first[0] <= second[0] else None

    def _month_of(self, parts: Mapping[str, Token]) -> Range | None:
        assert self.anchor is not None
        if parts["unit"].value != "year":
            return None
        year = self.anchor.year - (parts["edge"].letter == "L")
        return calendar.month_range(year, parts["month"].value)

    def _feast(self, parts: Mapping[str, Token]) -> Range | None:
        rule = parts["feast"].value
        if not rule or ("year" not in parts and self.anchor is None):
            return None
        year = self._year_of(parts) if "year" in parts or "edge" in parts else None
        if year is None:
            assert self.anchor is not None
            year = self.anchor.year
            ahead = (
                calendar.feast_day(year, rule)
                > self.anchor + (_AHEAD if self.future else _SOON) * calendar.DAY
            )
            year -= ahead
        found = calendar.feast_day(year, rule)
        return found, found

    def _numeric(self, parts: Mapping[str, Token]) -> Range | None:
        found: date = parts["numeric"].value
        return found, found

    def _month(self, parts: Mapping[str, Token]) -> Range | None:
        month = parts["month"].value
        if "year" in parts:
            span = calendar.month_range(parts["year"].value, month)
        else:
            assert self.anchor is not None
            letter = parts["edge"].letter if "edge" in parts else ""
            year = self.anchor.year
            if letter == "T":
                return calendar.month_range(year, month)
            if letter in ("L", "l"):
                return calendar.month_range(year - (month >= self.anchor.month), month)
            if letter == "X" or self.soon:
                over = month <= self.anchor.month if letter == "X" else month < self.anchor.month
                return calendar.month_range(year + over, month)
            span = calendar.month_near(self.anchor, month)
        return self._narrow(span, parts)

    def _months(self, parts: Mapping[str, Token]) -> Range | None:
        """Return two months as one stretch: "between January and March"."""
        last = self._month({**{k: v for k, v in parts.items() if k == "year"}, "month": parts["month2"]})
        if last is None:
            return None
        begun = parts["month"].value
        return calendar.month_range(last[0].year - (begun > parts["month2"].value), begun)[0], last[1]

    def _narrow(self, span: Range, parts: Mapping[str, Token]) -> Range:
        """Leave a calendar unit whole: "early March" is March, known to be its beginning."""
        return span

    def _quarter(self, parts: Mapping[str, Token]) -> Range | None:
        return self._part_of_year(parts, 3, parts["quarter"].value)

    def _half(self, parts: Mapping[str, Token]) -> Range | None:
        return self._part_of_year(parts, 6, parts["half"].value)

    def _part_of_year(self, parts: Mapping[str, Token], months: int, part: int) -> Range | None:
        """Return a quarter or half: of the year told, else the last that has begun, or in words that look ahead the next."""
        last = months * part
        year = self._year_of(parts)
        if year is None:
            if self.anchor is None:
                return None
            just_over = 0 < (self.anchor.month - last) % _MONTHS <= _JUST_OVER
            year = self.anchor.year
            if self.future and (self.soon or not just_over):
                year += last < self.anchor.month
            else:
                year -= last - months + 1 > self.anchor.month
        return calendar.months_range(year, last - months + 1, last)

    def _year_of(self, parts: Mapping[str, Token]) -> int | None:
        """Return the year that the words tell: 2012, last year, the year."""
        if "year" in parts:
            return int(parts["year"].value)
        if self.anchor is not None and "edge" in parts:
            return self.anchor.year + _STEPS.get(parts["edge"].letter, 0)
        return self.anchor.year if self.anchor is not None and "whole" in parts else None

    def _first_months(self, parts: Mapping[str, Token]) -> Range | None:
        count = parts["number"].value
        if not isinstance(count, int) or parts["unit"].value not in ("month", "quarter"):
            return None
        count *= 3 if parts["unit"].value == "quarter" else 1
        if count > _MONTHS:
            return None
        if "year" in parts:
            return calendar.months_range(parts["year"].value, 1, count)
        assert self.anchor is not None
        if "whole" in parts and parts["whole"].value != "year":
            return None
        over = ("edge" not in parts or parts["edge"].letter != "L") and count < self.anchor.month
        return calendar.months_range(self.anchor.year - (not over), 1, count)

    def _season(self, parts: Mapping[str, Token]) -> Range | None:
        first, last = parts["season"].value
        if "year" in parts:
            return calendar.months_range(parts["year"].value, first, last)
        assert self.anchor is not None
        year, letter = self.anchor.year, parts["edge"].letter if "edge" in parts else ""
        spans = [calendar.months_range(y, first, last) for y in (year - 2, year - 1, year, year + 1)]
        if letter in ("L", "l"):
            return next(s for s in reversed(spans) if s[1] < self.anchor)
        if letter == "X":
            return next(s for s in spans if s[0] > self.anchor)
        if letter == "T":  # "this winter" in spring is that just over
            return spans[1] if last > _MONTHS and self.anchor.month <= _MONTHS // 2 else spans[2]
        if self.future:
            return next(s for s in spans if s[1] >= self.anchor)
        return next(s for s in reversed(spans) if s[0] <= self.anchor)

    def _year(self, parts: Mapping[str, Token]) -> Range | None:
        return calendar.year_range(parts["year"].value)

    def _decade(self, parts: Mapping[str, Token]) -> Range | None:
        first = parts["decade"].value
        return date(first, 1, 1), date(first + 9, 12, 31)

    def _weekday(self, parts: Mapping[str, Token]) -> Range | None:
        assert self.anchor is not None
        weekday = parts["weekday"].value
        letter = parts["edge"].letter if "edge" in parts else ""
        if letter == "q" and self.named is not None:
            return self._weekday_beside(self.named, weekday, parts["edge"].value)
        if letter == "X" or "next" in parts:
            found = calendar.weekday_after(self.anchor, weekday)
        elif self.future and letter not in ("L", "E"):
            found = calendar.weekday_after(self.anchor - calendar.DAY, weekday)
        else:
            found = calendar.weekday_before(self.anchor, weekday)
            if letter == "L" and found == self.anchor:
                found = found - 7 * calendar.DAY
        return found, found

    def _weekday_beside(self, named: date, weekday: int, step: int) -> Range:
        """Return "the following Friday", "that Friday", "the previous Friday": counted from the day named before."""
        after = calendar.weekday_after(named if step > 0 else named - calendar.DAY, weekday)
        found = calendar.weekday_before(named - calendar.DAY, weekday) if step < 0 else after
        return found, found

    def _relative(self, parts: Mapping[str, Token]) -> Range | None:
        assert self.anchor is not None
        offset = parts["relative"].value
        if offset != int(offset):  # overnight lies between two days
            return self.anchor - calendar.DAY, self.anchor
        found = self.anchor + int(offset) * calendar.DAY
        return found, found

    def _anaphor(self, parts: Mapping[str, Token]) -> Range | None:
        if self.named is None:
            return None
        found = self.named + parts["same"].value * calendar.DAY
        return found, found

    def _beside(self, parts: Mapping[str, Token]) -> Range | None:
        """Return "the previous year", "that month", "the following day": counted from the time told before."""
        unit, step = parts["unit"].value, parts["beside"].value
        if unit == "day":
            found = None if self.named is None else self.named + step * calendar.DAY
            return None if found is None else (found, found)
        if self.told is not None and _within(self.told, unit):
            return calendar.unit_range(self.told[0], unit, step)
        return calendar.unit_range(self.anchor, unit, step) if step < 0 and self.anchor else None

    def _the_unit(self, parts: Mapping[str, Token]) -> Range | None:
        """Return "the end of the year", "the quarter": the quarter told before, else the present unit."""
        unit = parts["unit"].value
        if unit not in ("year", "quarter", "month", "week"):
            return None
        if unit == "quarter" and self.quarter is not None:
            return self.quarter
        return calendar.unit_range(self.anchor, unit, 0) if self.anchor else None

    def _year_end(self, parts: Mapping[str, Token]) -> Range | None:
        """Return "year-end": the last day of the present year, month."""
        span = calendar.unit_range(self.anchor, parts["unit"].value, 0) if self.anchor else None
        return None if span is None else (span[1], span[1])

    def _the_period(self, parts: Mapping[str, Token]) -> Range | None:
        """Return "the latest period", "the 1989 period": the quarter told before, of the year told."""
        if self.quarter is None or "year" not in parts:
            return self.quarter or (calendar.year_range(parts["year"].value) if "year" in parts else None)
        return _years_on(self.quarter, parts["year"].value - self.quarter[0].year)

    def _year_earlier(self, parts: Mapping[str, Token]) -> Range | None:
        assert self.anchor is not None
        if "quarter" in parts:
            span = self._quarter({"quarter": parts["quarter"]})
            return None if span is None else _years_on(span, -1)
        return self._same_quarter(-1) or calendar.unit_range(self.anchor, "year", -1)

    def _same_quarter(self, years: int) -> Range | None:
        """Return the quarter told before, so many years later or earlier."""
        if self.quarter is None:
            return None
        return _years_on(self.quarter, years)

    def _ago(self, parts: Mapping[str, Token]) -> Range | None:
        number, ago, unit = parts["number"], parts["ago"], parts["unit"].value
        if number.letter in _LOOSE or self.anchor is None or (number.letter == "t" and not ago.from_named):
            return None
        if ago.from_named and unit == "hour":
            return None
        count = number.value if isinstance(number.value, int) else 1
        # "two days ago" counts from publication, "two days later" from the day named before it
        named = self.named if ago.from_named else None
        in_step = ago.from_named or (self.compared and count == 1 and self.told == self.quarter)
        quarter = self._same_quarter(ago.value * count) if in_step and unit == "year" else None
        if ago.from_named and self.told is not None and unit != "day" and _within(self.told, unit):
            named = self.told[0]
        return quarter or calendar.units_from(named or self.anchor, unit, count, ago.value)

    def _span(self, parts: Mapping[str, Token]) -> Range | None:
        assert self.anchor is not None
        number = parts["number"]
        if number.letter in _LOOSE or parts["edge"].letter == "X":
            return None
        return calendar.span_back(self.anchor, parts["unit"].value, number.value)

    def _unit(self, parts: Mapping[str, Token]) -> Range | None:
        assert self.anchor is not None
        unit = "weekend" if parts["unit"].letter == "G" else parts["unit"].value
        letter = parts["edge"].letter
        if parts["unit"].letter == "V" or (letter == "L" and unit in ("day", "hour")):
            return None  # "the coming days", "the last day of the talks"
        if letter == "l" and unit != "weekend":  # "the past week" ends now
            return calendar.span_back(self.anchor, unit, 1)
        return calendar.unit_range(self.anchor, unit, _STEPS.get(letter, 0))

    def _weekend(self, parts: Mapping[str, Token]) -> Range | None:
        return calendar.unit_range(self.anchor, "weekend", 0) if self.anchor else None


def _within(told: Range, unit: str) -> bool:
    """Tell whether some days are no longer than a unit, so that they lie in one: a day in a month, but no year."""
    return (told[1] - told[0]).days < _DAYS.get(unit, 0)


def _years_on(quarter: Range, years: int) -> Range:
    first = quarter[0]
    return calendar.months_range(first.year + years, first.month, first.month + 2)


def is_quarter(told: Range) -> bool:
    """Tell whether some days are a quarter of a year."""
    return (told[1] - told[0]).days in _QUARTER and told[0].day == 1 and told[0].month % 3 == 1
