"""reading: text or source -> Reading, for people and programs."""

from datetime import date

from tollbook.desk.language import language_of
from tollbook.errors import UsageError
from tollbook.model.reading import Reading
from tollbook.model.report import report_of
from tollbook.pipeline import read_report


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

    `published` is the day of publication (a date, or its ISO form), without which nothing relative is resolved.
    """
    day = published.isoformat() if isinstance(published, date) else published
    if day is not None:
        check_date(day)
    report = report_of(
        text, published=day, title=title, publisher=publisher, language=language or language_of(text)
    )
    return read_report(report, profile=profile)


def check_date(day: str) -> None:
    """Raise UsageError where a day is no ISO date."""
    try:
        date.fromisoformat(day[:10])
    except ValueError as problem:
        raise UsageError(f"published '{day}' is not a date - give year-month-day, as 2025-03-09") from problem
