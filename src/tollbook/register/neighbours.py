"""neighbours: claims -> all that could be of one event with them, and what is decided about those.

What is one event is decided by a function of testimonies. A new claim can only change the incidents that it could join:
those that hold a claim with one of its keys. These incidents with all their claims, and the incidents above and below them,
are counted anew; all others stay what they are.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, select

from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.register import schema
from tollbook.register.keep import chunks

_TESTIMONY = msgspec.json.Decoder(Testimony)
_REVIEW = msgspec.json.Decoder(Review)


def around(connection: Connection, claims: Iterable[int]) -> tuple[set[int], set[str]]:
    """Return the claims to count anew when some are new or decided on, and the incidents that they make now."""
    touched = set(claims)
    near = set(touched)
    for some in chunks(_keys_of(connection, touched)):
        near.update(_numbers(connection, select(schema.keys.c.claim).where(schema.keys.c.key.in_(some))))
    incidents: set[str] = set()
    fresh = _incidents_of(connection, near)
    while fresh:  # also what stands above and below them, whose members may be told apart anew
        incidents |= fresh
        fresh = _family(connection, fresh) - incidents
    for some in chunks(incidents):
        near.update(
            _numbers(connection, select(schema.member.c.claim).where(schema.member.c.incident.in_(some)))
        )
    return near, incidents


def _keys_of(connection: Connection, claims: Iterable[int]) -> set[str]:
    found: set[str] = set()
    for some in chunks(claims):
        found.update(
            connection.execute(select(schema.keys.c.key).where(schema.keys.c.claim.in_(some))).scalars()
        )
    return found


def _incidents_of(connection: Connection, claims: Iterable[int]) -> set[str]:
    found: set[str] = set()
    for some in chunks(claims):
        found.update(
            connection.execute(
                select(schema.member.c.incident).where(schema.member.c.claim.in_(some))
            ).scalars()
        )
    return found


def _family(connection: Connection, incidents: Iterable[str]) -> set[str]:
    """Return the incidents right above and below some."""
    table = schema.incident.c
    found: set[str] = set()
    for some in chunks(incidents):
        up = select(table.parent).where(
            table.id.in_(some), table.recorded_to.is_(None), table.parent.is_not(None)
        )
        down = select(table.id).where(table.parent.in_(some), table.recorded_to.is_(None))
        found.update(connection.execute(up).scalars())
        found.update(connection.execute(down).scalars())
    return found


def _numbers(connection: Connection, question: Select[Any]) -> Sequence[int]:
    return connection.execute(question).scalars().all()


_COLUMNS = (
    schema.claim.c.n,
    schema.claim.c.body,
    schema.claim.c.recorded,
    schema.report.c.story,
    schema.report.c.superseded_by,
    schema.report.c.superseded_at,
)


def recall(
    connection: Connection, claims: Iterable[int], *, as_of: str | None = None
) -> dict[int, Testimony]:
    """Return the testimonies of claims by number; as they were known at a moment where one is given."""
    question = select(*_COLUMNS).join(schema.report, schema.claim.c.report == schema.report.c.n)
    found: dict[int, Testimony] = {}
    for some in chunks(claims):
        for row in connection.execute(question.where(schema.claim.c.n.in_(some))):
            if as_of is None or row.recorded <= as_of:
                found[row.n] = _testimony(row, as_of)
    return found


def _testimony(row: Any, as_of: str | None) -> Testimony:
    """Fill in what may change after a claim was stored: its story, and whether its report has a newer version."""
    stored = _TESTIMONY.decode(row.body)
    newer = row.superseded_by
    if newer is not None and as_of is not None and row.superseded_at > as_of:
        newer = None
    return Testimony(
        stored.id, stored.claim, stored.report, stored.reference, row.story, stored.origin, stored.chain,
        row.recorded, stored.telling, stored.sites, stored.days, stored.names, stored.entry, stored.answers, newer,
    )  # fmt: skip


def numbers_of(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """Return the numbers of claims by their ids; ids that name no claim are left out."""
    found: dict[str, int] = {}
    for some in chunks(dict.fromkeys(ids)):
        rows = connection.execute(
            select(schema.claim.c.id, schema.claim.c.n).where(schema.claim.c.id.in_(some))
        )
        found.update({row.id: row.n for row in rows})
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
    return tuple(_REVIEW.decode(body) for body in connection.execute(question).scalars())


def claims_of_report(connection: Connection, report: int) -> Sequence[int]:
    """Return the numbers of the claims of one report, in the order in which they stand."""
    return _numbers(
        connection, select(schema.claim.c.n).where(schema.claim.c.report == report).order_by(schema.claim.c.n)
    )
