"""folios: the incidents of an export, some hundred at a time, with all that its formats ask for, each counted by their rules."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from tollbook.desk.areas import area_of
from tollbook.desk.asking import When, counted
from tollbook.desk.choosing import meant
from tollbook.desk.recounting import Docket
from tollbook.desk.telling_names import NOBODY, Hidden, hidden, names_in
from tollbook.desk.withholding import withheld
from tollbook.model.answer import IncidentCard, Wanted
from tollbook.model.folio import Folio
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.register import bulk, neighbours, reports, stream
from tollbook.register.moment import NOW
from tollbook.register.rows import chunks
from tollbook.stages.heed import heed
from tollbook.world.codes import land

MANY = 250  # incidents in memory at a time
_WORDS = 32  # characters before and after a quote
Frames = Mapping[
    str, tuple[str | None, bool]
]  # incident -> the wider one it lies in, whether it has a toll of the killed


@dataclass(frozen=True, slots=True)
class Order:
    """What an export is to hold: see the options of `tollbook export`."""

    formats: tuple[str, ...]
    wanted: Wanted = field(default_factory=Wanted)
    as_of: When = None
    profile: str | None = None
    review: str = "all"
    redact: tuple[str, ...] = ()
    hxl: bool = False


@dataclass(frozen=True, slots=True)
class Needs:
    """What the formats of an export ask for, beside the incidents themselves: see `model.folio.Format`."""

    rules: Sequence[str] = ("house",)
    claims: bool = True
    ledgers: bool = True
    beside: bool = True
    steps: bool = False
    areas: bool = False
    around: bool = False
    hidden: Hidden = NOBODY  # names told in any incident of the export, struck from all


def names_told(connection: Connection, ids: Iterable[str], moment: str, redact: tuple[str, ...]) -> Hidden:
    """Return the names told in any of the incidents of an export, where names are withheld; nothing where they are not."""
    if "names" not in redact:
        return NOBODY
    decisions = neighbours.reviews(connection, as_of=moment)
    found: set[str] = set()
    for some in chunks(ids, MANY):
        for card in cards(connection, list(some), moment, decisions, ledgers=False):
            found |= names_in(card).sure
    return hidden(found)


def frames_of(connection: Connection, order: Order, moment: str) -> Frames:
    """Return the incidents of an export, oldest first, as `stream.frames` does."""
    wanted = meant(connection, order.wanted, moment)
    if order.review == "confirmed":
        wanted = replace(wanted, review="signed_off")
    return stream.frames(connection, wanted, moment)


def folios(
    connection: Connection, order: Order, moment: str, needs: Needs | None = None
) -> Iterator[dict[str, Folio]]:
    """Yield the incidents of an export, oldest first, each counted by every rule asked for."""
    frames = frames_of(connection, order, moment)
    decisions = neighbours.reviews(connection, as_of=moment)
    for ids in chunks(frames, MANY):
        held_by = {id: counted_in(id, frames) for id in ids}
        yield from folios_of(connection, held_by, order, moment, needs or Needs(), decisions)


def folios_of(
    connection: Connection, held_by: Mapping[str, str | None], order: Order, moment: str, needs: Needs,
    decisions: Sequence[Review],
) -> Iterator[dict[str, Folio]]:  # fmt: skip
    """Yield some incidents of an export, given for each id the wider incident that it is counted in."""
    ids = list(held_by)
    steps = bulk.steps(connection, ids, moment) if needs.steps else {}
    read = cards(
        connection, ids, moment, decisions, claims=needs.claims, ledgers=needs.ledgers, beside=needs.beside
    )
    for card in read:
        incident = card.incident
        country = incident.place and incident.place.country
        country = country or next((s.country for s in incident.places if s.country), None)
        shared = Folio(
            card,
            land(country) if country else None,
            held_by[incident.id],
            steps.get(incident.id, ()),
            area_of(incident.place) if needs.areas and incident.place else None,
            _around(connection, card) if needs.around else (),
        )
        yield {
            rule: replace(shared, card=withheld(_by(card, rule), order.redact, needs.hidden))
            for rule in needs.rules
        }


def _by(card: IncidentCard, rule: str) -> IncidentCard:
    """Return a card counted by a rule."""
    if rule == "house":
        return card
    new = counted(card.incident, list(card.testimonies), list(card.reviews), rule)
    return replace(card, incident=new, profile=rule)


def counted_in(id: str, frames: Frames) -> str | None:
    """Return the nearest wider incident of the export that has a toll of the killed."""
    above, seen = frames[id][0], {id}
    while above is not None and above not in seen and above in frames:
        if frames[above][1]:
            return above
        seen.add(above)
        above = frames[above][0]
    return None


def cards(
    connection: Connection, ids: list[str], moment: str, decisions: Sequence[Review], *, claims: bool = True,
    ledgers: bool = True, beside: bool = True,
) -> Iterator[IncidentCard]:  # fmt: skip
    """Yield the cards of incidents by their ids, some hundred at a time, as known at a moment; `decisions` are all of them.

    Without `claims` they have no testimonies and decisions, without `ledgers` none of these, without `beside` no effects and
    statements.
    """
    held = bulk.incidents(connection, ids, moment, ledgers=ledgers)
    found = bulk.behind(connection, (h.incident for h in held), moment, claims=claims, beside=beside)
    docket = Docket(decisions)
    for one in held:
        incident = one.incident
        members = [found.told[t] for t in incident.testimonies if t in found.told]
        about = docket.concerning(members)
        heeded: tuple[Testimony, ...] = tuple(heed(members, about).testimonies) if about else tuple(members)
        own = reports.in_order(found.heads[k] for k in incident.reports if k in found.heads)
        yield IncidentCard(
            incident, one.version, heeded, tuple(own), *reports.beside(own, found.rests), (), None, tuple(about),
            "house", None if moment == NOW else moment,
        )  # fmt: skip


def _around(connection: Connection, card: IncidentCard) -> tuple[tuple[str, str, str], ...]:
    texts: dict[str, str] = {}
    rows = neighbours.numbers_of_reports(connection, [line.key for line in card.reports])
    for row in reports.rows_by_number(connection, list(rows.values())).values():
        texts[row.key] = row.content
    found = []
    for one in card.testimonies:
        text, e = texts.get(one.report, ""), one.claim.evidence
        found.append((one.id, text[max(0, e.start - _WORDS) : e.start], text[e.end : e.end + _WORDS]))
    return tuple(found)


__all__ = [
    "MANY",
    "Frames",
    "Needs",
    "Order",
    "cards",
    "counted_in",
    "folios",
    "folios_of",
    "frames_of",
    "names_told",
]
