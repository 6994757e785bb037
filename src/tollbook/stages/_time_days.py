"""_time_days: the parts of a time -> the days that it means."""

from collections.abc import Callable, Mapping
from datetime import date

from tollbook.grammar import calendar
from tollbook.stages._time_words import Token

Range = calendar.Range


class Resolver:
    """Turns the parts of an expression into days."""

    def __init__(self, anchor: date | None, named: date | None, future: bool) -> None:
        """Take the day of publication, the day last named in the text, and whether the words look ahead."""
        self.anchor, self.named, self.future = anchor, named, future

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
        near = calendar.day_near(self.anchor, month, day, 200 if self.future else 10)
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
        assert self.anchor is not None
        month, day = parts["feast"].value
        near = calendar.day_near(self.anchor, month, day, 200 if self.future else 10)
        return None if near is None else (near, near)

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
            back = letter == "L" and month >= self.anchor.month
            span = calendar.month_near(self.anchor, month)
            if back and span[0].year == self.anchor.year:
                span = calendar.month_range(self.anchor.year - 1, month)
        return self._narrow(span, parts)

    def _narrow(self, span: Range, parts: Mapping[str, Token]) -> Range:
        """Leave a calendar unit whole: "early March" is March, known to be its beginning."""
        return span

    def _quarter(self, parts: Mapping[str, Token]) -> Range | None:
        year = parts["year"].value if "year" in parts else self.anchor.year if self.anchor else None
        if year is None:
            return None
        first = 3 * parts["quarter"].value - 2
        return calendar.months_range(year, first, first + 2)

    def _first_months(self, parts: Mapping[str, Token]) -> Range | None:
        count = parts["number"].value
        if parts["unit"].value != "month" or not isinstance(count, int) or count > 12:
            return None
        if "year" in parts:
            return calendar.months_range(parts["year"].value, 1, count)
        assert self.anchor is not None
        if parts["whole"].value != "year":
            return None
        over = parts["edge"].letter != "L" and count < self.anchor.month
        return calendar.months_range(self.anchor.year - (not over), 1, count)

    def _half(self, parts: Mapping[str, Token]) -> Range | None:
        first = 6 * parts["half"].value - 5
        return calendar.months_range(parts["year"].value, first, first + 5)

    def _season(self, parts: Mapping[str, Token]) -> Range | None:
        first, last = parts["season"].value
        if "year" in parts:
            return calendar.months_range(parts["year"].value, first, last)
        assert self.anchor is not None
        year = self.anchor.year
        span = calendar.months_range(year, first, last)
        if parts["edge"].letter == "L" and span[1] >= self.anchor:
            span = calendar.months_range(year - 1, first, last)
        return span

    def _year(self, parts: Mapping[str, Token]) -> Range | None:
        return calendar.year_range(parts["year"].value)

    def _decade(self, parts: Mapping[str, Token]) -> Range | None:
        first = parts["decade"].value
        return date(first, 1, 1), date(first + 9, 12, 31)

    def _weekday(self, parts: Mapping[str, Token]) -> Range | None:
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

    def _ago(self, parts: Mapping[str, Token]) -> Range | None:
        number, ago = parts["number"], parts["ago"]
        if number.letter == "v" or self.anchor is None:
            return None
        if ago.from_named and parts["unit"].value == "hour":
            return None
        count = number.value if isinstance(number.value, int) else 1
        # "two days ago" counts from publication, "two days later" from the day named before it
        named = self.named if ago.from_named else None
        anchor = named or self.anchor
        return calendar.units_from(anchor, parts["unit"].value, count, ago.value)

    def _span(self, parts: Mapping[str, Token]) -> Range | None:
        assert self.anchor is not None
        number = parts["number"]
        if number.letter == "v" or parts["edge"].letter == "X":
            return None
        return calendar.span_back(self.anchor, parts["unit"].value, number.value)

    def _unit(self, parts: Mapping[str, Token]) -> Range | None:
        assert self.anchor is not None
        step = {"L": -1, "T": 0, "X": 1}[parts["edge"].letter]
        unit = "weekend" if parts["unit"].letter == "G" else parts["unit"].value
        if parts["edge"].value == 1 and unit != "weekend":  # "the past week" ends now
            return calendar.span_back(self.anchor, unit, 1)
        return calendar.unit_range(self.anchor, unit, step)

    def _weekend(self, parts: Mapping[str, Token]) -> Range | None:
        return calendar.unit_range(self.anchor, "weekend", 0) if self.anchor else None
