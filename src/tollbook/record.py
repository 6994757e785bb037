"""record: the order of the stages across reports, written once.

A reading's claims are *traced* to who gave them and *attest* to events; reports that are copies are *matched* into stories;
people's decisions are *heeded*; what is one event is *grouped*, *tallied* and *graded*.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tollbook.model.incident import Incident
from tollbook.model.origin import OriginTable
from tollbook.model.reading import Reading
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.profiles.toll_rule import TollRule, load_toll_rule
from tollbook.stages.attest import attest
from tollbook.stages.grade import grade
from tollbook.stages.group import group, neighbourhood_keys
from tollbook.stages.heed import Heeded, Lost, heed
from tollbook.stages.match import Copy, likeness, match, match_keys, shingles_of
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
    "heed",
    "likeness",
    "match",
    "match_keys",
    "neighbourhood_keys",
    "record_of",
    "resolve_origin",
    "shingles_of",
]


@dataclass(frozen=True, slots=True)
class Record:
    """What testimonies and decisions come to: incidents with their tolls, and decisions that lost what they were about."""

    incidents: tuple[Incident, ...]
    testimonies: tuple[Testimony, ...]
    lost: tuple[Lost, ...]


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
    voices = {c: (t.origin, t.chain, t.answers) for c, t in trace(reading, table or load_origins()).items()}
    key = report or reading.report.id
    return attest(
        reading, voices, story=story or key, recorded=recorded, report=key, superseded_by=superseded_by
    )


def conclude(
    testimonies: Iterable[Testimony],
    reviews: Iterable[Review] = (),
    *,
    rule: str | TollRule = "house",
    known: Iterable[str] = (),
) -> Record:
    """Turn testimonies and decisions into incidents with tolls and grades.

    Works on a whole register and on any set of testimonies that is closed under `neighbourhood_keys`: with every testimony
    also those that share a key with it, directly or through others, and those that a merge, split or assignment names.
    """
    by = load_toll_rule(rule) if isinstance(rule, str) else rule
    heeded = heed(testimonies, reviews)
    held = {t.id: t for t in heeded.testimonies}
    made = []
    for incident in group(heeded.testimonies, heeded.reviews, known=known):
        members = [held[i] for i in incident.testimonies]
        tallied = tally(members, heeded.reviews, by, incident=incident.id)
        whole = replace(incident, tolls=tallied.tolls, conflicts=(*incident.conflicts, *tallied.conflicts))
        made.append(grade(whole, members, heeded.reviews))
    return Record(tuple(made), heeded.testimonies, heeded.lost)


def record_of(
    readings: Sequence[Reading], reviews: Iterable[Review] = (), *, rule: str | TollRule = "house"
) -> Record:
    """Turn readings into the record they come to, without a register: stories, testimonies, incidents."""
    stories = match(Copy(r.report.id, r.report.published, shingles_of(r.report.text)) for r in readings)
    told = [t for r in readings for t in attested(r, story=stories[r.report.id])]
    return conclude(told, reviews, rule=rule)
