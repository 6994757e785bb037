"""following: the tables that follow from the others, made anew, and compared with what they should be."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from tollbook.model.incident import Incident
from tollbook.register import find, schema, standing, voices
from tollbook.register.moment import NOW
from tollbook.register.rows import chunks

_MANY = 500


def fill(connection: Connection) -> None:
    """Make the tables anew, within the writer's transaction: after an upgrade, or when a register was restored."""
    for table in schema.FOLLOWING:
        connection.execute(table.delete())
    for some in _present(connection):
        standing.insert(connection, some)
    voices.add(connection, voices.counted(connection))


def _present(connection: Connection) -> Iterator[list[tuple[int, Incident]]]:
    """Yield the present incidents with their versions, some at a time."""
    table = schema.incident.c
    numbers = connection.execute(
        select(table.n).where(table.recorded_to.is_(None)).order_by(table.n)
    ).scalars()
    for some in chunks(list(numbers), _MANY):
        rows = connection.execute(select(table.n, table.id, table.body).where(table.n.in_(some))).all()
        made = find.whole(connection, rows, NOW)
        yield [(row.n, made[row.id]) for row in rows]


def faults(connection: Connection) -> Iterator[tuple[str, str | None]]:
    """Yield the id of each present incident and voice with what is wrong with its row, or None."""
    told = {row["n"]: dict(row) for row in standing.rows_of(connection, schema.line)}
    figures: dict[int, list[Mapping[str, Any]]] = {}
    for row in standing.rows_of(connection, schema.figure):
        figures.setdefault(row["line"], []).append(row)
    for some in _present(connection):
        for n, incident in some:
            same = told.pop(n, None) == standing.line_of(n, incident) and _alike(
                figures.pop(n, ()), standing.figures_of(n, incident)
            )
            yield incident.id, None if same else "is listed otherwise than it is"
    for row in told.values():
        yield row["id"], "is listed and is none"
    for n in figures:
        yield str(n), "has figures in the lists and is none"
    table = schema.voice.c
    held = {
        (r.origin, r.publisher): (r.claims, r.reports, r.carried)
        for r in connection.execute(
            select(table.origin, table.publisher, table.claims, table.reports, table.carried)
        )
    }
    made = voices.counted(connection)
    for key in sorted(held.keys() | made.keys()):
        yield key[0], None if held.get(key) == made.get(key) else "is said to give other claims than it does"


def _alike(held: Iterable[Mapping[str, Any]], made: Iterable[Mapping[str, Any]]) -> bool:
    return sorted(map(_values, held)) == sorted(map(_values, made))


def _values(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("harm", "status", "alone", "low", "best", "high"))
