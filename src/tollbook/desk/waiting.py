"""waiting: what nobody has looked at -> in the order in which a look matters, with all that is needed to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from sqlalchemy import Connection

from tollbook.desk.asking import resolved
from tollbook.desk.choosing import meant
from tollbook.desk.recounting import Docket, decided
from tollbook.model.answer import Open, Wanted
from tollbook.model.claim import Claim
from tollbook.model.incident import Incident
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.register import deciders, find, neighbours, present
from tollbook.register.moment import NOW
from tollbook.register.register import Register
from tollbook.stages.heed import heed, in_force

_LOOKS = ("confirm", "reject", "correct", "add")


@dataclass(frozen=True, slots=True)
class Work:
    """An incident that waits: its claims as decided, those that nobody looked at, the decisions in force about its claims.

    `last` gives for ids the newest of these decisions: the one that a person may take back.
    """

    item: Open
    incident: Incident
    testimonies: tuple[Testimony, ...]
    open: tuple[Open, ...]
    last: Mapping[str, str]


def queue(
    register: Register, wanted: Wanted | None = None, *, limit: int = 50, offset: int = 0
) -> list[Open]:
    """Return what waits for a person, the weightiest first: conflicts before single voices, many dead before few.

    Incidents that a person has signed off are not in it.
    """
    with register.reading() as connection:
        return [item for item, _ in _queue(connection, wanted or Wanted(), limit, offset)]


def work(register: Register, wanted: Wanted, *, limit: int, offset: int) -> list[Work]:
    """Return what `queue` does, with what a page shows of it, all of one moment."""
    with register.reading() as connection:
        items = _queue(connection, wanted, limit, offset)
        ids = [t for _, incident in items for t in incident.testimonies]
        numbers = neighbours.numbers_of(connection, ids)
        told = {one.id: one for one in neighbours.recall(connection, numbers.values()).values()}
        versions = deciders.claim_versions(connection, ids)
        docket = Docket(decided(connection, told.values(), NOW))
    return [_work(item, incident, told, versions, docket) for item, incident in items]


def _work(
    item: Open,
    incident: Incident,
    told: Mapping[str, Testimony],
    versions: Mapping[str, int],
    docket: Docket,
) -> Work:
    members = [told[t] for t in incident.testimonies if t in told]
    about = docket.concerning(members)
    holding = in_force(about)
    return Work(
        item,
        incident,
        tuple(heed(members, about).testimonies),
        tuple(_open(incident, members, versions, holding)),
        {target: review.id for review in holding for target in review.targets},
    )


def _queue(connection: Connection, wanted: Wanted, limit: int, offset: int) -> list[tuple[Open, Incident]]:
    rows = present.waiting(connection, meant(connection, wanted), limit=limit, offset=offset)
    held = find.present(connection, [row.id for row in rows])
    return [
        (
            Open("incident", row.id, row.id, row.title, _why(held[row.id]), row.weight, row.n),
            held[row.id],
        )
        for row in rows
    ]


def _why(incident: Incident) -> str:
    """Return why an incident needs a look: what disagrees, else why it is graded so, else that nobody looked."""
    return "; ".join(c.message for c in incident.conflicts) or incident.grade_reason or incident.review


def open_claims(register: Register, incident: str) -> list[Open]:
    """Return the claims of an incident that nobody has confirmed, corrected or rejected, with why each needs a look."""
    with register.reading() as connection:
        _, found = resolved(connection, incident, NOW)
        told = neighbours.recall(connection, neighbours.numbers_of(connection, found.testimonies).values())
        versions = deciders.claim_versions(connection, found.testimonies)
        reviews = deciders.decisions_about(connection, found.testimonies) if versions else []
        return _open(found, list(told.values()), versions, in_force(reviews))


def _open(
    incident: Incident, told: Sequence[Testimony], versions: Mapping[str, int], holding: Sequence[Review]
) -> list[Open]:
    """Return the claims of which no decision of somebody who looked at the figure holds, those with most at stake first."""
    looked = {t for r in holding if r.action in _LOOKS for t in r.targets}
    ledger = {e.claim: e for toll in incident.tolls if toll.status == "all" for e in toll.ledger}
    return sorted(
        (
            Open(
                "claim", one.id, incident.id, one.claim.evidence.quote,
                ledger[one.id].reason if one.id in ledger else one.claim.scope,
                _at_stake(one.claim), versions.get(one.id, 0),
            )
            for one in told
            if one.id not in looked
        ),
        key=lambda o: (-o.weight, o.id),
    )  # fmt: skip


def _at_stake(claim: Claim) -> int:
    """Return the persons whose count hangs on a doubt: the figure times the share of such claims that are wrong."""
    figure = claim.count.best or claim.count.low or 0
    return ceil(figure * (1 - (claim.confidence or 0.0)))


__all__ = ["Work", "open_claims", "queue", "work"]
