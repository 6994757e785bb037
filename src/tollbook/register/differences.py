"""differences: what a comparison found, report by report, kept until it is taken over or another takes its place."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, func, select, update

from tollbook.model.rereading import Difference, Sum
from tollbook.register import schema
from tollbook.register.rows import chunks

_JSON = msgspec.json.Encoder()
_DIFFERENCE = msgspec.json.Decoder(Difference)


def put(connection: Connection, job: str, found: Iterable[tuple[int, Difference]]) -> None:
    """Keep the differences of reports (by number); those kept of a report before are replaced."""
    rows = [
        {
            "job": job, "report": n, "gained": one.count("gained"), "lost": one.count("lost"), "changed": one.count("changed"),
            "kept": one.count("kept"), "detail": _JSON.encode(one).decode(), "digest": one.digest, "taken": None,
        }
        for n, one in found
    ]  # fmt: skip
    table = schema.difference
    for some in chunks(row["report"] for row in rows):
        connection.execute(delete(table).where(table.c.job == job, table.c.report.in_(some)))
    if rows:
        connection.execute(table.insert(), rows)


def forget_others(connection: Connection, jobs: Sequence[str]) -> None:
    """Forget what all comparisons but some found."""
    connection.execute(delete(schema.difference).where(schema.difference.c.job.not_in(jobs)))


def summed(connection: Connection, job: str) -> Sum:
    """Return how many reports a comparison found to differ, and how many claims in them."""
    table = schema.difference.c
    row = connection.execute(
        select(
            func.count(),
            *(func.coalesce(func.sum(table[name]), 0) for name in ("gained", "lost", "changed", "kept")),
            func.count(table.taken),
        ).where(table.job == job)
    ).one()
    return Sum(*(int(value) for value in row))


def listed(connection: Connection, job: str, *, limit: int, offset: int) -> list[Difference]:
    """Return the differences of a comparison, those of most claims first."""
    table = schema.difference
    size = table.c.gained + table.c.lost + table.c.changed
    question = select(table.c.detail).where(table.c.job == job).order_by(size.desc(), table.c.report)
    return [_DIFFERENCE.decode(d) for d in connection.execute(question.limit(limit).offset(offset)).scalars()]


def fields(connection: Connection, job: str) -> dict[str, int]:
    """Return how many claims changed in which of their parts."""
    found: dict[str, int] = {}
    for detail in connection.execute(
        select(schema.difference.c.detail).where(schema.difference.c.job == job)
    ).scalars():
        for one in _DIFFERENCE.decode(detail).claims:
            for part in one.parts:
                found[part.name] = found.get(part.name, 0) + 1
    return dict(sorted(found.items(), key=lambda f: (-f[1], f[0])))


def waiting(connection: Connection, job: str, limit: int) -> Sequence[Any]:
    """Return number and digest of the next reports that are not taken over yet, in the order of their arrival."""
    table = schema.difference.c
    return connection.execute(
        select(table.report, table.digest)
        .where(table.job == job, table.taken.is_(None))
        .order_by(table.report)
        .limit(limit)
    ).all()


def take(connection: Connection, job: str, reports: Sequence[int], at: str) -> None:
    """Note that the differences of reports are taken over, or need not be any more."""
    table = schema.difference
    for some in chunks(reports):
        connection.execute(update(table).where(table.c.job == job, table.c.report.in_(some)).values(taken=at))


__all__ = ["fields", "forget_others", "listed", "put", "summed", "take", "waiting"]
