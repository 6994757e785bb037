"""series: a running record that somebody keeps (a table of days, with when each row was written) -> claims with both times.

A ministry's or monitor's daily totals are revised again and again. Each row becomes a report of its own, whose text is the row;
each figure in it a claim in scope `cumulative`, evidence and all; a later row for the same day is a new version of that day's
report. So what was known of any day at any moment is asked as of all reports: `remembering.told_on`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Literal

from tollbook.desk.keeping import Tally, keep_batch
from tollbook.desk.preparing import parcel_of
from tollbook.desk.recounting import sketches
from tollbook.errors import UsageError
from tollbook.model.claim import Claim, Harm, Modality, Origin, Victims
from tollbook.model.count import Count
from tollbook.model.period import Period
from tollbook.model.place import Place
from tollbook.model.reading import Reading
from tollbook.model.report import Report, report_of
from tollbook.model.text import Evidence, Span
from tollbook.register.moment import written
from tollbook.register.parcel import Custody, Parcel, key_of
from tollbook.register.register import Register

READER = "series 1"


@dataclass(frozen=True, slots=True)
class Column:
    """What a column of a series counts. `origin` is whose figure it is where it is another's than the row's."""

    harm: Harm
    age_group: Literal["child", "adult", "elderly"] | None = None
    modality: Modality = "asserted"
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a series is laid out: its name, its columns of figures, and the columns of day, moment of writing and origin.

    `place` is the name of the place it is about, `country` its ISO 3166-1 code.
    """

    name: str
    figures: Mapping[str, Column]
    day: str = "day"
    recorded: str = "recorded"
    origin: str = "origin"
    place: str | None = None
    country: str | None = None


def load_series(
    register: Register, rows: Iterable[Mapping[str, object]], layout: Layout, *, by: str = ""
) -> Tally:
    """Keep a series, each row as known from the moment it was written, oldest first; again changes nothing.

    Rows that were written at the same moment are kept together. Raises UsageError for a row without day or moment.
    """
    tally, memory = Tally(), sketches()
    parcels = sorted(((_moment(row, layout), n, row) for n, row in enumerate(rows)), key=lambda p: p[:2])
    for moment, same in groupby(parcels, key=lambda p: p[0]):
        batch = [
            (_parcel(row, moment, layout), Custody(f"series {layout.name}, row {n + 1}"))
            for _, n, row in same
        ]
        keep_batch(register, batch, tally, memory, by=by, recorded=moment)
    return tally


def _moment(row: Mapping[str, object], layout: Layout) -> str:
    try:
        return written(datetime.fromisoformat(str(row[layout.recorded])))
    except (KeyError, ValueError) as problem:
        raise UsageError(
            f"series {layout.name}: a row without a moment in '{layout.recorded}' - give an ISO date-time"
        ) from problem


def _parcel(row: Mapping[str, object], moment: str, layout: Layout) -> Parcel:
    """Write a row as a text and its figures as claims on it."""
    day = str(row.get(layout.day) or "")
    if not day:
        raise UsageError(f"series {layout.name}: a row without a day in '{layout.day}'")
    origin = str(row.get(layout.origin) or "") or layout.name
    pieces = [layout.name, layout.place or "", day, origin]
    figures: list[tuple[str, Column, int, int]] = []  # quote, column, offsets of the figure
    text = " | ".join(p for p in pieces if p)
    for name, column in layout.figures.items():
        value = row.get(name)
        if value is not None:
            text += f" | {name} "
            figures.append((name, column, len(text), len(text) + len(str(value))))
            text += str(value)
    report = report_of(
        text, url=f"series:{layout.name}/{day}", title=f"{layout.name}, {day}", publisher=layout.name,
        published=moment, media_type="text/plain",
    )  # fmt: skip
    claims = tuple(
        _claim(report, f"c{n}", figure, day, origin, layout) for n, figure in enumerate(figures, 1)
    )
    return parcel_of(Reading(report, claims, (), (), (), (), (), ()), key_of(report))


def _claim(
    report: Report, id: str, figure: tuple[str, Column, int, int], day: str, origin: str, layout: Layout
) -> Claim:
    name, column, start, end = figure
    text = report.text
    value = int(text[start:end])
    first = start - len(name) - 1

    def at(words: str) -> tuple[str, int, int]:
        place = text.index(words)
        return words, place, place + len(words)

    where = (Place(*at(layout.place), layout.place, None, layout.country),) if layout.place else ()
    return Claim(
        id,
        column.harm,
        Count(text[start:end], start, end, "exact", value, value, value, False, "house"),
        Victims(None, None, None, "unknown", age_group=column.age_group),
        (),
        (),
        where,
        Period(*at(day), day, day, 1, "stated"),
        Origin(*at(origin), column.origin or origin),
        "cumulative",
        column.modality,
        None,
        None,
        Evidence(first, end, text[first:end], Span(0, len(text))),
        READER,
    )
