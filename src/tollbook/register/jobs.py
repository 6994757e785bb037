"""jobs: long work of a room as rows: what it is, how far it is, who is at it; so that it outlives the one who was."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, insert, select, update

from tollbook.model.rereading import Standing
from tollbook.register import schema
from tollbook.register.rows import next_number

_JSON = msgspec.json.Encoder()
_STANDING = msgspec.json.Decoder(Standing)
_PLAN = msgspec.json.Decoder(dict[str, Any])


@dataclass(frozen=True, slots=True)
class Kept:
    """Work as it is kept: `plan` is what it takes to go on, `state` running, paused, stopped, done or failed.

    `holder` is the machine and process that is at it, `touched` the moment it last said so.
    """

    id: str
    kind: str
    title: str
    by: str
    made: str
    plan: dict[str, Any]
    state: str
    told: Standing
    error: str
    holder: str
    touched: str


def add(connection: Connection, one: Kept) -> None:
    """Keep new work."""
    row = {
        name: getattr(one, name)
        for name in ("id", "kind", "title", "by", "made", "state", "error", "holder", "touched")
    }
    row |= {"plan": _JSON.encode(one.plan).decode(), "told": _JSON.encode(one.told).decode()}
    connection.execute(insert(schema.job), [{"n": next_number(connection, schema.job), **row}])


def newest(connection: Connection, limit: int) -> list[Kept]:
    """Return the work that was begun last, newest first."""
    rows = connection.execute(select(schema.job).order_by(schema.job.c.n.desc()).limit(limit))
    return [_kept(row) for row in rows]


def find(connection: Connection, id: str) -> Kept | None:
    """Return work by its id; None where there is none."""
    row = connection.execute(select(schema.job).where(schema.job.c.id == id)).one_or_none()
    return None if row is None else _kept(row)


def _kept(row: Any) -> Kept:
    return Kept(
        row.id, row.kind, row.title, row.by, row.made, _PLAN.decode(row.plan), row.state, _STANDING.decode(row.told),
        row.error, row.holder, row.touched,
    )  # fmt: skip


def note(
    connection: Connection,
    id: str,
    *,
    at: str,
    holder: str,
    state: str,
    told: Standing | None = None,
    error: str = "",
) -> None:
    """Note how work stands and who is at it."""
    values: dict[str, Any] = {"touched": at, "holder": holder, "state": state, "error": error}
    if told is not None:
        values["told"] = _JSON.encode(told).decode()
    connection.execute(update(schema.job).where(schema.job.c.id == id).values(**values))


def touch(connection: Connection, ids: Sequence[str], at: str) -> None:
    """Note that somebody is still at some work."""
    connection.execute(update(schema.job).where(schema.job.c.id.in_(list(ids))).values(touched=at))


def forget(connection: Connection, kept: int) -> list[Kept]:
    """Forget the oldest work that is over and is not among so many newest; return what was forgotten."""
    rows = connection.execute(select(schema.job).order_by(schema.job.c.n.desc()).offset(kept)).all()
    gone = [_kept(row) for row in rows if row.state in ("done", "stopped", "failed")]
    if gone:
        ids = [one.id for one in gone]
        connection.execute(delete(schema.job).where(schema.job.c.id.in_(ids)))
        connection.execute(delete(schema.difference).where(schema.difference.c.job.in_(ids)))
    return gone


__all__ = ["Kept", "add", "find", "forget", "newest", "note", "touch"]
