"""stream: the incidents wanted, many at a time, with all that stands behind them, in a bounded memory."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Float, Table, Text, and_, func, select

from tollbook.model.answer import Wanted
from tollbook.register import schema
from tollbook.register.choosing import at, conditions
from tollbook.register.moment import NOW

_PART = 2_000  # rows in memory at a time


def frames(connection: Connection, wanted: Wanted, as_of: str) -> dict[str, tuple[str | None, bool]]:
    """Return for each incident wanted the wider one it lies in, and whether it has a toll of the killed; oldest first."""
    table = schema.incident.c
    rows = connection.execute(
        select(table.id, table.parent, table.harms)
        .where(and_(at(schema.incident, as_of), *conditions(wanted, as_of=as_of)))
        .order_by(table.start.asc().nulls_last(), table.id)
    )
    return {row.id: (row.parent, "|killed|" in row.harms) for row in rows}


def head_of(connection: Connection, as_of: str) -> tuple[str | None, str | None]:
    """Return the digest and the moment of the newest entry of the log at a moment; None of an empty register."""
    table = schema.log
    question = select(table.c.digest, table.c.at).order_by(table.c.n.desc()).limit(1)
    if as_of != NOW:
        question = question.where(table.c.at <= as_of)
    row = connection.execute(question).one_or_none()
    return (None, None) if row is None else (row.digest, row.at)


def record_tables() -> list[Table]:
    """Return the tables of the record in the order in which they can be filled.

    Passwords, sessions and what people set up for themselves are none of it, nor is what follows from it.
    """
    others = (
        schema.account, schema.attempt, schema.difference, schema.job, schema.saved, schema.session, *schema.FOLLOWING,
    )  # fmt: skip
    return [table for table in schema.metadata.sorted_tables if table not in others]


def everything(connection: Connection) -> Iterator[tuple[str, dict[str, str], Iterator[Sequence[Any]]]]:
    """Yield every table of the record with its columns and its rows, so that it can be made again from them.

    Of each column it tells whether it holds s text, f numbers or i whole ones.
    """
    for table in record_tables():
        kinds = {column.name: _kind(column.type) for column in table.columns}
        key = list(table.primary_key.columns)
        rows = connection.execute(select(table).order_by(*key), execution_options={"yield_per": _PART})
        yield table.name, kinds, rows.partitions()


def _kind(type: Any) -> str:
    return "s" if isinstance(type, Text) else "f" if isinstance(type, Float) else "i"


def is_empty(connection: Connection) -> bool:
    """Tell whether a register holds no report."""
    return not connection.execute(select(func.count()).select_from(schema.report)).scalar_one()
