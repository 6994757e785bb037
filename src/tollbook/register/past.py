"""past: what the register said, and what was told, at earlier moments -> rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, func, or_, select

from tollbook.register import readings, schema
from tollbook.register.keep import chunks


def tolls(connection: Connection, incidents: Iterable[str], as_of: str) -> list[Any]:
    """Return every version of the tolls of incidents up to a moment, oldest first."""
    table = schema.toll
    rows: list[Any] = []
    for some in chunks(incidents):
        rows += connection.execute(
            select(table).where(table.c.incident.in_(some), table.c.recorded_from <= as_of)
        ).all()
    return sorted(rows, key=lambda r: (r.recorded_from, r.n))


def claims(
    connection: Connection,
    *,
    harm: str,
    scope: str,
    on: str | None,
    place: str | None,
    origin: str | None,
    as_of: str,
    carry: bool,
) -> Sequence[Any]:
    """Return the rows (n, day, recorded) of claims of a harm and scope that were known, and not replaced, at a moment.

    A figure that is told for no day stands for the day on which its report was published.
    """
    table, voice, report = readings.claims_at(as_of).c, schema.origin.c, schema.report.c
    day = func.coalesce(table.day, func.substr(report.published, 1, 10))
    question = select(table.n, day.label("day"), table.recorded).join(schema.report, table.report == report.n)
    question = question.where(
        table.harm == harm,
        table.scope == scope,
        day.is_not(None),
        table.recorded <= as_of,
        or_(table.superseded_at.is_(None), table.superseded_at > as_of),
    )
    if on is not None:
        question = question.where(day <= on if carry else day == on)
    if place is not None:
        question = question.where(or_(func.lower(table.place) == place.lower(), table.country == place))
    if origin is not None:
        named = select(voice.id).where(or_(voice.id == origin, func.lower(voice.name) == origin.lower()))
        question = question.where(table.origin.in_(named))
    return connection.execute(question.order_by(day, table.recorded, table.n)).all()
