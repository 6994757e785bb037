"""neighbours: claims -> what could be of one event with them, and what is decided about those."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, delete, select

from tollbook.model.review import Review
from tollbook.model.testimony import Reference, Testimony
from tollbook.register import deciders, readings, schema
from tollbook.register.moment import NOW
from tollbook.register.rows import chunks, insert_new

_DECODER = msgspec.json.Decoder(Testimony)


def whole_reports(connection: Connection, claims: Iterable[int]) -> set[int]:
    """Return the claims of all reports that some claims are of."""
    reports: set[int] = set()
    for some in chunks(claims):
        reports.update(_numbers(connection, select(schema.claim.c.report).where(schema.claim.c.n.in_(some))))
    return claims_of_reports(connection, reports)


def claims_of_reports(connection: Connection, reports: Iterable[int]) -> set[int]:
    """Return the claims of reports, all by number."""
    found: set[int] = set()
    for some in chunks(reports):
        found.update(_numbers(connection, select(schema.claim.c.n).where(schema.claim.c.report.in_(some))))
    return found


def reports_under(connection: Connection, keys: Iterable[str]) -> set[int]:
    """Return the reports that are found under some keys."""
    found: set[int] = set()
    for some in chunks(keys):
        found.update(_numbers(connection, select(schema.keys.c.report).where(schema.keys.c.key.in_(some))))
    return found


def put_under(connection: Connection, keys: Mapping[int, Iterable[str]]) -> None:
    """Give reports other keys than they had, because a person moved what they tell."""
    for some in chunks(keys):
        connection.execute(delete(schema.keys).where(schema.keys.c.report.in_(some)))
    insert_new(connection, schema.keys, [{"key": k, "report": n} for n, own in keys.items() for k in own])


def numbers_of_reports(connection: Connection, keys: Iterable[str]) -> dict[str, int]:
    """Return the numbers of reports by their ids in the register."""
    found: dict[str, int] = {}
    for some in chunks(keys):
        rows = connection.execute(
            select(schema.report.c.key, schema.report.c.n).where(schema.report.c.key.in_(some))
        )
        found.update((row.key, row.n) for row in rows)
    return found


def places_of(connection: Connection, claims: Iterable[int]) -> dict[int, tuple[str | None, str]]:
    """Return for claims that were counted the incident they are in, None where in none, and their family."""
    found: dict[int, tuple[str | None, str]] = {}
    for some in chunks(claims):
        for row in connection.execute(select(schema.member).where(schema.member.c.claim.in_(some))):
            found[row.claim] = (row.incident, row.family)
    return found


def members_of(connection: Connection, incidents: Iterable[str], families: Iterable[str]) -> set[int]:
    """Return the claims of incidents and of families."""
    found: set[int] = set()
    for column, names in ((schema.member.c.incident, incidents), (schema.member.c.family, families)):
        for some in chunks(names):
            found.update(_numbers(connection, select(schema.member.c.claim).where(column.in_(some))))
    return found


def _numbers(connection: Connection, question: Select[Any]) -> Sequence[int]:
    return connection.execute(question).scalars().all()


_COLUMNS = (
    schema.claim.c.n,
    schema.claim.c.body,
    schema.claim.c.recorded,
    schema.claim.c.since,
    schema.report.c.key,
    schema.report.c.url,
    schema.report.c.title,
    schema.report.c.publisher,
    schema.report.c.author,
    schema.report.c.published,
    schema.report.c.language,
    schema.report.c.story,
    schema.report.c.superseded_by,
    schema.report.c.superseded_at,
)


def recall(
    connection: Connection, claims: Iterable[int], *, as_of: str | None = None
) -> dict[int, Testimony]:
    """Return the testimonies of claims by number; as they were known, and read, at a moment where one is given."""
    question = select(*_COLUMNS).join(schema.report, schema.claim.c.report == schema.report.c.n)
    found: dict[int, Testimony] = {}
    for some in chunks(claims):
        for row in connection.execute(question.where(schema.claim.c.n.in_(some))):
            if as_of is None or (row.since or row.recorded) <= as_of:
                found[row.n] = _testimony(row, row.body, as_of)
        if as_of not in (None, NOW):
            found |= _read_then(connection, [n for n in some if n not in found], as_of)
    return found


def _read_then(connection: Connection, claims: Iterable[int], as_of: str | None) -> dict[int, Testimony]:
    """Return claims that were read otherwise at a moment, or are not read any more."""
    rows = readings.former(connection, claims, as_of or NOW)
    heads = {}
    for some in chunks({row.report for row in rows}):
        for head in connection.execute(select(schema.report).where(schema.report.c.n.in_(some))):
            heads[head.n] = head
    return {row.n: _testimony(heads[row.report], row.body, as_of, row.since) for row in rows}


@lru_cache(maxsize=16_384)  # the neighbours of one batch are mostly those of the next; some 100 MB at most
def _decoded(body: str) -> Testimony:
    return _DECODER.decode(body)


def _testimony(row: Any, body: str, as_of: str | None, recorded: str | None = None) -> Testimony:
    """Fill in what is of its report: the head, the story, whether there is a newer version."""
    stored = _decoded(body)
    newer = row.superseded_by
    if newer is not None and as_of is not None and row.superseded_at > as_of:
        newer = None
    return Testimony(
        stored.id, stored.claim, row.key, reference_of(row), row.story, stored.origin, stored.chain,
        recorded or row.since or row.recorded, row.key + stored.telling, stored.sites, stored.days, stored.names,
        stored.entry, stored.answers, newer,
    )  # fmt: skip


def reference_of(row: Any) -> Reference:
    """Make the head of a report from a row that has its columns."""
    return Reference(row.key, row.url, row.title, row.publisher, row.author, row.published, row.language)


def numbers_of(connection: Connection, ids: Iterable[str], *, then: bool = False) -> dict[str, int]:
    """Return the numbers of claims by their ids; ids that name no claim are left out.

    With `then` also those of claims that are not read any more: for questions about an earlier moment.
    """
    found: dict[str, int] = {}
    ids = list(ids)
    for some in chunks(dict.fromkeys(ids)):
        rows = connection.execute(
            select(schema.claim.c.id, schema.claim.c.n).where(schema.claim.c.id.in_(some))
        )
        found.update({row.id: row.n for row in rows})
    if then:
        found |= readings.numbers_then(connection, [id for id in ids if id not in found])
    return found


def founders_of(connection: Connection, incidents: Iterable[str]) -> dict[str, int]:
    """Return for each incident's id the claim that founded it: an id leads there whatever the incident has become."""
    found: dict[str, int] = {}
    for incident in dict.fromkeys(incidents):
        stem = "t" + incident[1:]
        row = connection.execute(
            select(schema.claim.c.n)
            .where(schema.claim.c.id >= stem, schema.claim.c.id < stem + "~")
            .order_by(schema.claim.c.id)
            .limit(1)
        ).one_or_none()
        if incident.startswith("i") and len(stem) > 4 and row is not None:
            found[incident] = row.n
    return found


def reviews(connection: Connection, *, as_of: str | None = None) -> tuple[Review, ...]:
    """Return all decisions, oldest first; those made up to a moment where one is given."""
    question = select(schema.review.c.body).order_by(schema.review.c.n)
    if as_of is not None:
        question = question.where(schema.review.c.at <= as_of)
    return tuple(deciders.decoded(body) for body in connection.execute(question).scalars())


def claims_of_report(connection: Connection, report: int) -> Sequence[int]:
    """Return the numbers of the claims of one report, in the order in which they stand."""
    return _numbers(
        connection, select(schema.claim.c.n).where(schema.claim.c.report == report).order_by(schema.claim.c.n)
    )


def in_chunks(connection: Connection, size: int = 2000, *, as_of: str = NOW) -> Iterator[Sequence[int]]:
    """Yield the numbers of all claims as they were read at a moment, so many at a time."""
    last, table = 0, readings.claims_at(as_of)
    while some := _numbers(
        connection, select(table.c.n).where(table.c.n > last).order_by(table.c.n).limit(size)
    ):
        yield some
        last = some[-1]
