"""rows: lists of values in pieces that every database takes, numbers by arrival, rows that are there already."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, any_, bindparam, func, select
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


def among(connection: Connection, column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Return the condition that a column is one of many values, however many, given to the database as one."""
    listed = list(values)
    if dialect(connection) == "sqlite":
        told = func.json_each(bindparam(None, json.dumps(listed))).table_valued("value")
        return column.in_(select(told.c.value))
    return column == any_(bindparam(None, listed, type_=postgresql.ARRAY(column.type)))
