"""rows: lists of values in pieces that every database takes, numbers by arrival, rows that are there already."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite

from tollbook.register.engine import dialect

_CHUNK = 400  # values in one list of a question: below every database's limit
T = TypeVar("T")


def chunks(values: Iterable[T], size: int = _CHUNK) -> Iterator[list[T]]:
    """Yield values in lists of a size that every database takes."""
    remaining = iter(values)
    while piece := list(islice(remaining, size)):
        yield piece


def next_number(connection: Connection, table: Table) -> int:
    """Return the next number of a table; good until the end of the writer's transaction."""
    return int(connection.execute(select(func.coalesce(func.max(table.c.n), 0))).scalar_one()) + 1


def insert_new(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows; those whose key is there already are left as they are."""
    if rows:
        made = sqlite.insert(table) if dialect(connection) == "sqlite" else postgresql.insert(table)
        connection.execute(made.on_conflict_do_nothing(), list(rows))
