"""whole: the present state of a register at once, for checks and tests."""

from sqlalchemy import Connection, select

from tollbook.register import schema


def claims(connection: Connection) -> list[int]:
    """Return the numbers of all claims."""
    return list(connection.execute(select(schema.claim.c.n).order_by(schema.claim.c.n)).scalars())


def present(connection: Connection) -> set[str]:
    """Return the ids of all present incidents."""
    table = schema.incident.c
    return set(connection.execute(select(table.id).where(table.recorded_to.is_(None))).scalars())
