"""added: a claim that a person added to a report -> a row beside those of its reader."""

from collections.abc import Iterator

import msgspec
from sqlalchemy import Connection, select

from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.register import readings, schema, voices
from tollbook.register.keep import insert_new

_JSON = msgspec.json.Encoder()
_REVIEW = msgspec.json.Decoder(Review)


def keep(connection: Connection, report: str, one: Testimony, *, at: str) -> int:
    """Keep a person's claim; return its number. The decision that adds it holds its words, and the log vouches for that."""
    row = connection.execute(
        select(schema.report.c.n, schema.report.c.superseded_at).where(schema.report.c.key == report)
    ).one()
    n = readings.next_claim(connection)
    claim, site = one.claim, one.sites[0] if one.sites else None
    voices.change(connection, [row.n], -1)
    connection.execute(
        schema.claim.insert(),
        [
            {
                "n": n, "id": one.id, "report": row.n, "harm": claim.harm, "status": claim.victims.status,
                "scope": claim.scope, "modality": claim.modality, "place": site.name if site else None,
                "country": site.country if site else None, "day": one.days.end if one.days else None,
                "origin": one.origin.id, "low": claim.count.low, "best": claim.count.best, "high": claim.count.high,
                "recorded": at, "superseded_at": row.superseded_at, "body": _JSON.encode(one).decode(),
            }
        ],
    )  # fmt: skip
    voice = one.origin
    insert_new(
        connection,
        schema.origin,
        [{"id": voice.id, "name": voice.name, "kind": voice.kind, "party": voice.party}],
    )
    voices.change(connection, [row.n], 1)
    return n


def vouched(connection: Connection) -> dict[str, str]:
    """Return for each claim that a person added the words of it that its decision holds."""
    question = select(schema.review.c.body).where(schema.review.c.action == "add")
    return dict(_words(_REVIEW.decode(body) for body in connection.execute(question).scalars()))


def _words(reviews: Iterator[Review]) -> Iterator[tuple[str, str]]:
    for review in reviews:
        for target in review.targets:
            yield target, review.new or ""
