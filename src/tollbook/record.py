"""record: the order of the stages across reports, written once.

A reading's claims are *traced* to who gave them and *attest* to events; reports that are copies are *matched* into stories;
people's decisions are *heeded*; what is one event is *grouped*, *tallied*, *nested* where one sums up others, and *graded*.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from tollbook.lang.pack import load_pack
from tollbook.model.incident import Incident, incident_id
from tollbook.model.origin import OriginTable
from tollbook.model.reading import Reading
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.pipeline import pack_code
from tollbook.profiles.toll_rule import TollRule, load_toll_rule
from tollbook.stages import group as grouping
from tollbook.stages.attest import attest
from tollbook.stages.grade import grade
from tollbook.stages.group import group, neighbourhood_keys
from tollbook.stages.heed import Heeded, Lost, heed
from tollbook.stages.match import Copy, likeness, match, match_keys, shingles_of
from tollbook.stages.nest import country_of, holds, nest, sums_up
from tollbook.stages.tally import tally
from tollbook.stages.trace import resolve_origin, trace
from tollbook.world.origins import load_origins

__all__ = [
    "Copy",
    "Heeded",
    "Lost",
    "Record",
    "attested",
    "conclude",
    "country_of",
    "families",
    "heed",
    "holds",
    "likeness",
    "linked",
    "match",
    "match_keys",
    "neighbourhood_keys",
    "nest",
    "record_of",
    "resolve_origin",
    "retold",
    "shingles_of",
    "sums_up",
]


@dataclass(frozen=True, slots=True)
class Record:
    """What testimonies and decisions come to: incidents with their tolls, and decisions that lost what they were about.

    `unplaced` are the testimonies that are in no incident: context that belongs to nothing in its report.
    """

    incidents: tuple[Incident, ...]
    testimonies: tuple[Testimony, ...]
    lost: tuple[Lost, ...]
    unplaced: tuple[str, ...] = ()


def attested(
    reading: Reading,
    *,
    story: str | None = None,
    recorded: str = "",
    report: str | None = None,
    table: OriginTable | None = None,
    superseded_by: str | None = None,
) -> tuple[Testimony, ...]:
    """Make the testimonies of one reading; `story` and `report` are the report's own id where None is given."""
    known = table or load_origins()
    voices = {c: (t.origin, t.chain, t.answers) for c, t in trace(reading, known).items()}
    key = report or reading.report.id
    return attest(
        reading,
        voices,
        story=story or key,
        recorded=recorded,
        report=key,
        superseded_by=superseded_by,
        houses=_houses(known),
        feasts=_feasts(reading.report.language),
        ordinary=_ordinary(reading.report.language),
    )


@cache
def _houses(table: OriginTable) -> frozenset[str]:
    """Return the single words for voices that have a place in their name ("X hospital")."""
    return frozenset(f.casefold() for role in table.roles if role.by_name for f in role.forms if " " not in f)


@cache
def _feasts(language: str | None) -> frozenset[str]:
    """Return the names of feasts in a language that are more often a season or a custom than a day."""
    pack = load_pack(pack_code(language))
    return frozenset(map(pack.fold, pack.parts["time"].get("words", {}).get("holiday", ())))


@cache
def _ordinary(language: str | None) -> frozenset[str]:
    """Return the words of a language's pack in which any harm is told: its harms, weapons, people, times, verbs of speech."""
    pack = load_pack(pack_code(language))
    told = (
        pack.parts["words"], pack.parts["means"], pack.parts["time"], pack.parts["people"].get("group", {}),
        pack.parts["voices"].get("speech", {}),
    )  # fmt: skip
    return frozenset(pack.fold(w) for part in told for w in _forms(part))


def _forms(part: object) -> Iterator[str]:
    """Give all single words of a table of a pack."""
    if isinstance(part, str):
        if part.isalpha():
            yield part
    elif isinstance(part, Mapping):
        for value in part.values():
            yield from _forms(value)
    elif isinstance(part, Sequence):
        for value in part:
            yield from _forms(value)


@cache
def _floors(table: OriginTable) -> frozenset[str]:
    """Return the ids of the origins that count only what they verified."""
    return frozenset(resolve_origin(row.name, None, table).id for row in table.rows if row.verified_only)


def families(testimonies: Iterable[Testimony], reviews: Sequence[Review] = ()) -> dict[str, str]:
    """Return for each testimony the family it is of: the least that must be concluded together (`stages/group.py`)."""
    return grouping.families(testimonies, reviews, floors=_floors(load_origins()))


def linked(
    new: Iterable[Testimony], others: Iterable[Testimony], reviews: Sequence[Review] = ()
) -> dict[str, frozenset[str]]:
    """Return for new testimonies the ids of those others that they are linked with directly (`stages/group.py`)."""
    return grouping.linked(new, others, reviews, floors=_floors(load_origins()))


def conclude(
    testimonies: Iterable[Testimony],
    reviews: Iterable[Review] = (),
    *,
    rule: str | TollRule = "house",
    known: Iterable[str] = (),
) -> Record:
    """Turn testimonies and decisions into incidents with tolls and grades.

    Works on a whole register and on any part of it that is made of whole `families`, with the testimonies that a merge, split
    or assignment names. So a new testimony asks for this: those that share a key with it; of these with it the families;
    all members of the families that it is in now and of the incidents that these are in; and the incidents of its country and
    days, which may sum it up or be summed up by it.
    """
    by = load_toll_rule(rule) if isinstance(rule, str) else rule
    heeded = heed(testimonies, reviews)
    held = {t.id: t for t in heeded.testimonies}
    made = []
    floors = _floors(load_origins())
    for incident in group(heeded.testimonies, heeded.reviews, known=known, floors=floors):
        members = [held[i] for i in incident.testimonies]
        made.append(_told(incident, members, heeded.reviews, by, floors))
    placed = {t for i in made for t in i.testimonies}
    unplaced = tuple(t.id for t in heeded.testimonies if t.id not in placed)
    return Record(nest(made), heeded.testimonies, heeded.lost, unplaced)


def retold(
    incident: Incident, testimonies: Iterable[Testimony], reviews: Sequence[Review], rule: str
) -> Incident:
    """Return an incident with the tolls and the grade that some of its testimonies come to, by a rule: that of another
    school, or what was told up to a day. With all of them and its own rule it is the incident as it stands."""
    heeded = heed(testimonies, reviews)
    return _told(
        replace(incident, conflicts=()),
        heeded.testimonies,
        heeded.reviews,
        load_toll_rule(rule),
        _floors(load_origins()),
    )


def _told(
    incident: Incident,
    members: Sequence[Testimony],
    reviews: Sequence[Review],
    rule: TollRule,
    floors: frozenset[str],
) -> Incident:
    """Return an incident with its tolls, its conflicts and its grade."""
    tallied = tally(
        members, reviews, rule, incident=incident.id, previous=incident.previous_ids, floors=floors
    )
    whole = replace(incident, tolls=tallied.tolls, conflicts=tallied.conflicts)
    return _reopened(grade(whole, members, reviews), members, reviews)


def _reopened(incident: Incident, members: Sequence[Testimony], reviews: Sequence[Review]) -> Incident:
    """Return an incident that was signed off before one of its claims came in, or was read so, as one in review again.

    Who signs for an incident signs for what was there.
    """
    if incident.review != "signed_off":
        return incident
    names = {incident.id, *incident.previous_ids, *(incident_id(one.id) for one in members)}
    signed = max(r.at for r in reviews if r.action == "sign_off" and names.intersection(r.targets))
    later = any(one.recorded > signed for one in members)
    return replace(incident, review="in_review") if later else incident


def record_of(
    readings: Sequence[Reading], reviews: Iterable[Review] = (), *, rule: str | TollRule = "house"
) -> Record:
    """Turn readings into the record they come to, without a register: stories, testimonies, incidents."""
    stories = match(Copy(r.report.id, r.report.published, shingles_of(r.report.text)) for r in readings)
    told = [t for r in readings for t in attested(r, story=stories[r.report.id])]
    return conclude(told, reviews, rule=rule)
