"""voices: who gives figures and which outlets carried them, counted as reports come, so that nobody counts them when asked.

The table `voice` follows from `claim` and `report`. What a report adds to it is taken out before the report changes and put
in again afterwards, in the same transaction; `tollbook verify` counts everything and compares.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select, update

from tollbook.model.origin import OriginRef
from tollbook.register import schema
from tollbook.register.rows import chunks, insert_new

Sums = Mapping[tuple[str, str], tuple[int, int, int]]  # (origin, publisher) -> claims, reports, carried


def _by_report() -> Select[Any]:
    """Ask for each report and voice how many claims there are, and how many stand."""
    claim, report = schema.claim.c, schema.report.c
    return (
        select(
            claim.origin,
            func.coalesce(report.publisher, "").label("publisher"),
            (func.count() - func.count(claim.superseded_at)).label("claims"),
        )
        .join(schema.report, claim.report == report.n)
        .where(claim.origin.is_not(None))
        .group_by(claim.report, claim.origin, report.publisher)
    )


def called(connection: Connection, words: str) -> OriginRef | None:
    """Return the voice whose id some words are, else the one whose name they are but for case; None for none or several."""
    table, sought = schema.origin.c, words.strip()
    rows = connection.execute(select(schema.origin).where(table.id == sought)).all()
    if not rows:
        names = connection.execute(select(table.id, table.name)).all()
        ids = [row.id for row in names if row.name.casefold() == sought.casefold()]
        rows = (
            connection.execute(select(schema.origin).where(table.id.in_(ids))).all() if len(ids) == 1 else []
        )
    return OriginRef(rows[0].id, rows[0].name, rows[0].kind or "unknown", rows[0].party) if rows else None


def counted(connection: Connection) -> Sums:
    """Count all claims of all voices anew."""
    each = _by_report().subquery().c
    question = select(
        each.origin, each.publisher, func.sum(each.claims), func.sum(_one(each.claims)), func.count()
    ).group_by(each.origin, each.publisher)
    return {(row[0], row[1]): (int(row[2]), int(row[3]), int(row[4])) for row in connection.execute(question)}


def _one(claims: Any) -> Any:
    return func.coalesce(claims / func.nullif(claims, 0), 0)  # 1 for any number but 0


def change(connection: Connection, reports: Iterable[int], sign: int) -> None:
    """Take what reports add to the table out of it (-1), before they change, or put it in (+1), once they have."""
    claims, held, carried = Counter[tuple[str, str]](), Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for some in chunks(reports):
        for row in connection.execute(_by_report().where(schema.claim.c.report.in_(some))):
            key = (row.origin, row.publisher)
            claims[key] += sign * row.claims
            held[key] += sign * (row.claims > 0)
            carried[key] += sign
    add(connection, {key: (claims[key], held[key], carried[key]) for key in carried})


def add(connection: Connection, sums: Sums) -> None:
    """Add sums to those of the table."""
    table = schema.voice
    if not sums:
        return
    nothing = {"claims": 0, "reports": 0, "carried": 0}
    insert_new(connection, table, [{"origin": o, "publisher": p, **nothing} for o, p in sums])
    connection.execute(
        update(table)
        .where(table.c.origin == bindparam("o"), table.c.publisher == bindparam("p"))
        .values(
            claims=table.c.claims + bindparam("x"),
            reports=table.c.reports + bindparam("y"),
            carried=table.c.carried + bindparam("z"),
        ),
        [{"o": o, "p": p, "x": x, "y": y, "z": z} for (o, p), (x, y, z) in sums.items()],
    )
