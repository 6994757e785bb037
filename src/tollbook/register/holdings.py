"""holdings: what a register holds, counted, for the page that says how the record is made."""

from typing import Any

from sqlalchemy import Connection, func, select

from tollbook.model.method import Holdings
from tollbook.register import schema
from tollbook.register.choosing import at
from tollbook.register.moment import NOW

_MOST = 40  # outlets that are named


def holdings(connection: Connection) -> Holdings:
    """Count reports, claims, incidents, decisions; outlets, languages and actions with how many, most first."""
    report, claim, incident, review = schema.report, schema.claim, schema.incident, schema.review
    present = at(incident, NOW)
    return Holdings(
        _count(connection, select(func.count()).select_from(report)),
        _count(connection, select(func.count()).select_from(claim)),
        _count(connection, select(func.count()).select_from(incident).where(present)),
        _count(
            connection,
            select(func.count()).select_from(incident).where(present, incident.c.review == "signed_off"),
        ),
        _groups(connection, report.c.publisher)[:_MOST],
        _groups(connection, report.c.language),
        _groups(connection, review.c.action),
        _count(connection, select(func.count(func.distinct(review.c.by)))),
        _day(connection, func.min(report.c.published)),
        _day(connection, func.max(report.c.published)),
    )


def _count(connection: Connection, question: Any) -> int:
    return int(connection.execute(question).scalar_one())


def _groups(connection: Connection, column: Any) -> tuple[tuple[str, int], ...]:
    rows = connection.execute(select(column, func.count()).group_by(column)).all()
    return tuple(sorted(((row[0] or "not told", row[1]) for row in rows), key=lambda r: (-r[1], r[0])))


def _day(connection: Connection, value: Any) -> str | None:
    found = connection.execute(select(value)).scalar_one_or_none()
    return None if found is None else str(found)[:10]
