"""deciders: decisions of people as rows: kept, never changed; and the versions by which two people do not overrule each other."""

from collections.abc import Iterable
from functools import lru_cache

import msgspec
from sqlalchemy import Connection, func, select

from tollbook.model.review import Review, voices_led_to
from tollbook.register import chain, schema
from tollbook.register.keep import chunks, insert_new, next_number

_JSON = msgspec.json.Encoder()
_REVIEW = msgspec.json.Decoder(Review)


def claim_version(connection: Connection, claim: str) -> int:
    """Return what a decision on a claim names as seen: the number of the last decision about it, 0 where there is none."""
    return int(
        connection.execute(
            select(func.coalesce(func.max(schema.target.c.review), 0)).where(schema.target.c.id == claim)
        ).scalar_one()
    )


def claim_versions(connection: Connection, claims: Iterable[str]) -> dict[str, int]:
    """Return `claim_version` for many claims at once; those that nobody decided on are not in it."""
    table, found = schema.target.c, dict[str, int]()
    for some in chunks(claims):
        rows = connection.execute(
            select(table.id, func.max(table.review)).where(table.id.in_(some)).group_by(table.id)
        )
        found.update({id: int(number) for id, number in rows})
    return found


def incident_version(connection: Connection, id: str) -> int:
    """Return what a decision on an incident names as seen: the number of its present version, 0 where there is none."""
    table = schema.incident.c
    found = connection.execute(
        select(table.n).where(table.id == id, table.recorded_to.is_(None))
    ).scalar_one_or_none()
    return int(found or 0)


def keep(connection: Connection, review: Review, *, program: str) -> int:
    """Keep a decision with its entry in the log; return its number."""
    n = next_number(connection, schema.review)
    body = _JSON.encode(review).decode()
    connection.execute(
        schema.review.insert(),
        [{"n": n, "id": review.id, "at": review.at, "by": review.by, "action": review.action, "body": body}],
    )
    insert_new(connection, schema.target, [{"id": t, "review": n} for t in dict.fromkeys(review.targets)])
    entry = chain.Entry("review", review.id, {"action": review.action, "digest": chain.digest_of(body)})
    chain.append(connection, [entry], at=review.at, by=review.by, program=program)
    return n


def next_id(connection: Connection) -> int:
    """Return the number that the next decision will have."""
    return next_number(connection, schema.review)


def claims_of_origins(connection: Connection, origins: Iterable[str]) -> set[int]:
    """Return the claims that voices gave."""
    found: set[int] = set()
    for some in chunks(origins):
        found.update(
            connection.execute(select(schema.claim.c.n).where(schema.claim.c.origin.in_(some))).scalars()
        )
    return found


def claims_of_reports(connection: Connection, keys: Iterable[str]) -> set[int]:
    """Return the claims of reports by the reports' keys."""
    found: set[int] = set()
    for some in chunks(keys):
        found.update(
            connection.execute(
                select(schema.claim.c.n)
                .join(schema.report, schema.claim.c.report == schema.report.c.n)
                .where(schema.report.c.key.in_(some))
            ).scalars()
        )
    return found


def decisions_about(connection: Connection, ids: Iterable[str]) -> list[Review]:
    """Return the decisions about some ids, those that take them back, and those about the voices they lead to, oldest first."""
    table, review = schema.target.c, schema.review
    found: dict[int, Review] = {}
    asked = set(ids)
    known = set(asked)
    while asked:
        fresh: dict[int, Review] = {}
        for some in chunks(asked):
            question = (
                select(review.c.n, review.c.body)
                .join(schema.target, table.review == review.c.n)
                .where(table.id.in_(some))
            )
            fresh.update((row.n, decoded(row.body)) for row in connection.execute(question))
        asked = {
            id for n in fresh.keys() - found.keys() for id in (fresh[n].id, *voices_led_to(fresh[n]))
        } - known
        found |= fresh
        known |= asked
    return [found[n] for n in sorted(found)]


def named(connection: Connection, ids: Iterable[str]) -> list[Review]:
    """Return decisions by their ids."""
    table, found = schema.review.c, list[Review]()
    for some in chunks(ids):
        found += [
            decoded(body)
            for body in connection.execute(select(table.body).where(table.id.in_(some))).scalars()
        ]
    return found


@lru_cache(maxsize=20_000)  # decisions never change, and every page of a claim asks for those about it
def decoded(body: str) -> Review:
    """Return a decision from its row."""
    return _REVIEW.decode(body)


def about(connection: Connection, ids: Iterable[str]) -> set[str]:
    """Return those ids that some decision is about."""
    found: set[str] = set()
    for some in chunks(ids):
        found.update(
            connection.execute(select(schema.target.c.id).where(schema.target.c.id.in_(some))).scalars()
        )
    return found
