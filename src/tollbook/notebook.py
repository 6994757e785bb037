"""notebook: text -> Reading, for programs and notebooks: what a recorder types, with its results shown and tabled."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from tollbook.desk import reading as desk
from tollbook.model.reading import Reading as Record
from tollbook.writers import frames


@dataclass(frozen=True, slots=True, repr=False)
class Reading(Record):
    """A reading that shows itself: as a page in a notebook, as JSON, as a table of its claims."""

    def __repr__(self) -> str:
        """Return one line: what was read, and how much it yields."""
        named = self.report.title or " ".join(self.report.text.split())[:60]
        return f"<Reading of {named!r}: {len(self.claims)} claims, {len(self.warnings)} warnings>"

    def _repr_html_(self) -> str:
        """Return the claims beside the text, which is how a notebook shows a reading."""
        from tollbook.writers.html import reading_html  # noqa: PLC0415  # only a notebook needs it

        return reading_html(self)

    def to_html(self) -> str:
        """Return one self-contained page, as `tollbook read --html` writes it."""
        from tollbook.writers.html import to_html  # noqa: PLC0415  # only who asks needs it

        return to_html([self])

    def to_json(self) -> str:
        """Return one line of JSON, as `tollbook read --json` prints it (schema: writers/reading.schema.json)."""
        from tollbook.writers.json import to_json  # noqa: PLC0415  # only who asks needs it

        return to_json(self).decode()

    def to_pandas(self) -> Any:
        """Return a pandas frame, one row a claim; UsageError when pandas is not installed."""
        return frames.to_pandas([self])

    def to_polars(self) -> Any:
        """Return a Polars frame, one row a claim; UsageError when Polars is not installed."""
        return frames.to_polars([self])


def read(
    text: str,
    *,
    published: str | date | None = None,
    title: str | None = None,
    publisher: str | None = None,
    language: str | None = None,
    profile: str = "house",
) -> Reading:
    """Read a text: claims, effects, statements, places, dates and the toll, as typed objects.

    `published` is the day of publication (a date, or its ISO form), without which nothing relative is resolved;
    `profile` the counting rule (house, acled, gtd, aoav). Raises UsageError where a word of the call is wrong.
    """
    record = desk.read(
        text, published=published, title=title, publisher=publisher, language=language, profile=profile
    )
    return Reading(**{field.name: getattr(record, field.name) for field in fields(Record)})


def to_pandas(readings: Iterable[Record]) -> Any:
    """Return a pandas frame of the claims of many readings; UsageError when pandas is not installed."""
    return frames.to_pandas(readings)


def to_polars(readings: Iterable[Record]) -> Any:
    """Return a Polars frame of the claims of many readings; UsageError when Polars is not installed."""
    return frames.to_polars(readings)
