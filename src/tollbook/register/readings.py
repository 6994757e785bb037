"""readings: a report's claims as they are read now, and as they were read at earlier moments.

When a report is read anew, what its claims were goes to `former` with the moments between which it stood, and what it told
beside them to `reading`. So every question about an earlier moment has the answer that it had then. Nothing is lost but from
the present: the number and the id of a claim are never given to another.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    Connection,
    FromClause,
    and_,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
    update,
)

from tollbook.register import chain, schema, voices
from tollbook.register.moment import NOW
from tollbook.register.parcel import ClaimRow, Parcel
from tollbook.register.rows import chunks, insert_new

_KEPT = [column.name for column in schema.former.c if column.name not in ("since", "until")]


@dataclass(frozen=True, slots=True)
class Anew:
    """A report read anew: `parcel` is what it is now read as, `changed` and `lost` give numbers of claims there are."""

    report: int
    parcel: Parcel
    gained: tuple[ClaimRow, ...]
    changed: tuple[tuple[int, ClaimRow], ...]
    lost: tuple[int, ...]

    def __bool__(self) -> bool:
        """Tell whether anything is another than before."""
        return bool(self.gained or self.changed or self.lost)


def next_claim(connection: Connection) -> int:
    """Return the number of the next claim: above all that there are or were."""
    most = [
        connection.execute(select(func.coalesce(func.max(table.c.n), 0))).scalar_one()
        for table in (schema.claim, schema.former)
    ]
    return int(max(most)) + 1


def claims_at(as_of: str) -> FromClause:
    """Return the claims as they were read at a moment, with the columns of `claim`."""
    claim, former = schema.claim.c, schema.former.c
    if as_of == NOW:
        return schema.claim
    names = [name for name in _KEPT if name != "recorded"]
    known = func.coalesce(claim.since, claim.recorded).label("recorded")
    present = select(*(claim[name] for name in names), known).where(
        func.coalesce(claim.since, claim.recorded) <= as_of
    )
    was = select(*(former[name] for name in names), former.since.label("recorded"))
    past = was.where(former.since <= as_of, former.until > as_of)
    return union_all(present, past).subquery("claims_then")


def former(connection: Connection, numbers: Iterable[int], as_of: str) -> list[Any]:
    """Return the rows of claims, by number, that were read otherwise at a moment, or are not read any more."""
    table, found = schema.former.c, list[Any]()
    for some in chunks(numbers):
        found += connection.execute(
            select(schema.former).where(table.n.in_(some), table.since <= as_of, table.until > as_of)
        ).all()
    return found


def numbers_then(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Return the numbers of claims by their ids, of those that are not read any more."""
    table, found = schema.former.c, dict[str, int]()
    for some in chunks(ids):
        found.update(
            (row.id, row.n) for row in connection.execute(select(table.id, table.n).where(table.id.in_(some)))
        )
    return found


def rests_then(connection: Connection, keys: Iterable[str], as_of: str) -> dict[str, str]:
    """Return for reports by key what they told beside claims at a moment, as JSON, where it was another reading's."""
    table, report, found = schema.reading.c, schema.report.c, dict[str, str]()
    for some in chunks(keys):
        question = select(report.key, table.rest).join(schema.reading, table.report == report.n)
        rows = connection.execute(
            question.where(report.key.in_(some), table.since <= as_of, table.until > as_of)
        )
        found.update((row.key, row.rest) for row in rows)
    return found


def rows_of(connection: Connection, report: int) -> list[Any]:
    """Return every reading of every claim of a report: rows with id, n, body, since, until (None for the present one)."""
    claim, was = schema.claim.c, schema.former.c
    since = func.coalesce(claim.since, claim.recorded).label("since")
    present = select(claim.n, claim.id, claim.body, since, literal(None).label("until"))
    past = select(was.n, was.id, was.body, was.since, was.until)
    both = [*connection.execute(present.where(claim.report == report)),
            *connection.execute(past.where(was.report == report))]  # fmt: skip
    return sorted(both, key=lambda row: (row.n, row.since))


def replace(
    connection: Connection, some: Sequence[Anew], *, at: str, by: str, program: str, told: dict[str, Any]
) -> tuple[int, ...]:
    """Put new readings in the place of those there are; return the numbers of the claims gained. `told` goes into the log.

    The caller counts anew what the claims lost were in, and what all the others of these reports are in.
    """
    reports = [one.report for one in some]
    voices.change(connection, reports, -1)
    _lay_by(connection, some, at)
    for one in some:
        if one.changed:
            rows = [{**_columns(row), "number": n, "since": at} for n, row in one.changed]
            values: dict[str, Any] = {
                name: bindparam(name) for name in (*_columns(one.changed[0][1]), "since")
            }
            connection.execute(
                update(schema.claim).where(schema.claim.c.n == bindparam("number")).values(**values), rows
            )
        for lost in chunks(one.lost):
            connection.execute(delete(schema.member).where(schema.member.c.claim.in_(lost)))
            connection.execute(delete(schema.claim).where(schema.claim.c.n.in_(lost)))
    gained = _add(connection, some, at)
    for one in some:
        table = schema.report
        count = select(func.count()).where(schema.claim.c.report == one.report).scalar_subquery()
        connection.execute(
            update(table).where(table.c.n == one.report).values(rest=one.parcel.rest.decode(), claims=count)
        )
        connection.execute(delete(schema.keys).where(schema.keys.c.report == one.report))
        insert_new(connection, schema.keys, [{"key": k, "report": one.report} for k in one.parcel.keys])
        insert_new(
            connection, schema.origin,
            [{"id": o.id, "name": o.name, "kind": o.kind, "party": o.party} for o in one.parcel.origins],
        )  # fmt: skip
    voices.change(connection, reports, +1)
    connection.execute(delete(schema.voice).where(schema.voice.c.carried == 0))
    entries = [_entry(connection, one, at, told) for one in some]
    chain.append(connection, entries, at=at, by=by, program=program)
    return gained


def _lay_by(connection: Connection, some: Sequence[Anew], at: str) -> None:
    """Keep what stood until now."""
    claim, report, reading = schema.claim.c, schema.report.c, schema.reading
    names = [*_KEPT, "since", "until"]
    gone = [n for one in some for n in (*one.lost, *(n for n, _ in one.changed))]
    for numbers in chunks(gone):
        rows = select(
            *(claim[name] for name in _KEPT), func.coalesce(claim.since, claim.recorded), literal(at)
        ).where(claim.n.in_(numbers))
        connection.execute(insert(schema.former).from_select(names, rows))
    for one in some:
        last = select(func.max(reading.c.until)).where(reading.c.report == one.report).scalar_subquery()
        rows = select(report.n, report.claims, report.rest, func.coalesce(last, report.recorded), literal(at))
        connection.execute(
            insert(reading).from_select(
                ["report", "claims", "rest", "since", "until"], rows.where(report.n == one.report)
            )
        )


def _columns(row: ClaimRow) -> dict[str, Any]:
    return {
        "harm": row.harm, "status": row.status, "scope": row.scope, "modality": row.modality, "place": row.place,
        "country": row.country, "day": row.day, "origin": row.origin, "low": row.low, "best": row.best, "high": row.high,
        "body": row.body.decode(),
    }  # fmt: skip


def _add(connection: Connection, some: Sequence[Anew], at: str) -> tuple[int, ...]:
    first = next_claim(connection)
    own = [(one.report, row) for one in some for row in one.gained]
    rows = [
        {**_columns(row), "n": first + i, "id": row.id, "report": report, "recorded": at, "superseded_at": None, "since": None}
        for i, (report, row) in enumerate(own)
    ]  # fmt: skip
    if rows:
        connection.execute(schema.claim.insert(), rows)
    return tuple(row["n"] for row in rows)


def _entry(connection: Connection, one: Anew, at: str, told: dict[str, Any]) -> chain.Entry:
    """Return the log's entry of a reading anew: what changed, and the digest of the claims as they are read from now on."""
    rows = [(row.id, row.body) for row in rows_of(connection, one.report) if row.until is None]
    return chain.Entry(
        "reread",
        one.parcel.key,
        {
            **told, "since": at, "gained": sorted(r.id for r in one.gained), "changed": sorted(r.id for _, r in one.changed),
            "lost": len(one.lost), "digest": digest_of(rows),
        },
    )  # fmt: skip


def digest_of(claims: Iterable[tuple[str, str]]) -> str:
    """Return the digest of claims (id, words) of a reading anew, which the log vouches for."""
    return chain.digest_of(sorted([id, body] for id, body in claims))


def standing(connection: Connection, after: int, limit: int) -> Sequence[Any]:
    """Return the reports that stand (no newer version of their page took their place) behind a number, with their texts."""
    table, body = schema.report, schema.body
    return connection.execute(
        select(table, body.c.content)
        .join(body, table.c.id == body.c.id)
        .where(table.c.n > after, table.c.superseded_by.is_(None))
        .order_by(table.c.n)
        .limit(limit)
    ).all()


def how_many(connection: Connection, after: int = 0) -> int:
    """Return how many reports stand behind a number."""
    table = schema.report.c
    return int(
        connection.execute(
            select(func.count())
            .select_from(schema.report)
            .where(and_(table.n > after, table.superseded_by.is_(None)))
        ).scalar_one()
    )


def claims_of(connection: Connection, reports: Iterable[int]) -> dict[int, list[Any]]:
    """Return the rows of the claims of reports, by report, in the order in which they stand."""
    table, found = schema.claim, dict[int, list[Any]]()
    for some in chunks(reports):
        question = select(table.c.n, table.c.id, table.c.report, table.c.body).where(table.c.report.in_(some))
        for row in connection.execute(question.order_by(table.c.n)):
            found.setdefault(row.report, []).append(row)
    return found


__all__ = [
    "Anew", "claims_at", "claims_of", "digest_of", "former", "how_many", "next_claim", "numbers_then", "replace", "rests_then",
    "rows_of", "standing",
]  # fmt: skip
