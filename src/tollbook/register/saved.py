"""saved: filters that people keep under a name, as rows; what changes about one is an entry in the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, or_, select, update

from tollbook.model.version import VERSION
from tollbook.register import chain, schema
from tollbook.register.rows import next_number

_PROGRAM = f"tollbook {VERSION}"


@dataclass(frozen=True, slots=True)
class Saved:
    """A filter under a name: `query` is the part of an address that asks for it, `by` whose it is, `shared` with everybody."""

    n: int
    name: str
    query: str
    by: str
    shared: bool
    made: str


def seen_by(connection: Connection, name: str) -> list[Saved]:
    """Return the filters that a person kept and those that others share, by name."""
    table = schema.saved
    rows = connection.execute(
        select(table)
        .where(or_(table.c.by == name, table.c.shared == 1))
        .order_by(table.c.name, table.c.by, table.c.n)
    )
    return [Saved(r.n, r.name, r.query, r.by, bool(r.shared), r.made) for r in rows]


def find(connection: Connection, n: int) -> Saved | None:
    """Return a filter by its number; None where there is none."""
    row = connection.execute(select(schema.saved).where(schema.saved.c.n == n)).one_or_none()
    return None if row is None else Saved(row.n, row.name, row.query, row.by, bool(row.shared), row.made)


def keep(connection: Connection, name: str, query: str, *, shared: bool, at: str, by: str) -> int:
    """Keep a filter; one of the same name and person is replaced. Return its number."""
    table = schema.saved
    held = connection.execute(
        select(table.c.n).where(table.c.name == name, table.c.by == by)
    ).scalar_one_or_none()
    n = next_number(connection, table) if held is None else int(held)
    values = {"n": n, "name": name, "query": query, "by": by, "shared": int(shared), "made": at}
    if held is None:
        connection.execute(insert(table), [values])
    else:
        connection.execute(update(table).where(table.c.n == n).values(**values))
    _told(connection, n, {"did": "saved", "name": name, "query": query, "shared": shared}, at, by)
    return n


def share(connection: Connection, one: Saved, shared: bool, *, at: str, by: str) -> None:
    """Share a filter with everybody, or take it back."""
    connection.execute(update(schema.saved).where(schema.saved.c.n == one.n).values(shared=int(shared)))
    _told(connection, one.n, {"did": "shared" if shared else "unshared", "name": one.name}, at, by)


def forget(connection: Connection, one: Saved, *, at: str, by: str) -> None:
    """Remove a filter; what it was stays in the log."""
    connection.execute(delete(schema.saved).where(schema.saved.c.n == one.n))
    _told(connection, one.n, {"did": "removed", "name": one.name, "query": one.query, "of": one.by}, at, by)


def _told(connection: Connection, n: int, detail: Mapping[str, Any], at: str, by: str) -> None:
    chain.append(connection, [chain.Entry("filter", f"filter {n}", detail)], at=at, by=by, program=_PROGRAM)
