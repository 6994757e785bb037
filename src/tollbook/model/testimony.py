"""Testimony: a claim as the register holds it, with who gave it and what of an event it tells."""

import hashlib
from dataclasses import dataclass

from tollbook.model.claim import Claim
from tollbook.model.origin import OriginRef
from tollbook.model.place import Level
from tollbook.model.telling import Act
from tollbook.model.toll import Entry


@dataclass(frozen=True, slots=True)
class Reference:
    """The head of a report, without its text."""

    id: str
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A place of an event, free of any text: `precision` is UCDP's where_prec, `lat`/`lon` WGS 84 degrees."""

    name: str
    level: Level | None = None
    country: str | None = None
    adm1: str | None = None
    lat: float | None = None
    lon: float | None = None
    gazetteer_id: str | None = None
    precision: int | None = None


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of an event (ISO dates, both included); `precision` is UCDP's date_prec.

    `stated` is False where the text names no day and the day of publication stands in.
    """

    start: str
    end: str
    precision: int
    stated: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody's word on a claim: who admits, denies or blames."""

    speaker: OriginRef
    act: Act
    quote: str


@dataclass(frozen=True, slots=True)
class Testimony:
    """One claim in the register.

    `id` is stable: it follows from the report and from where the claim's words stand. `claim` is as the reader left it: its
    `part_of` and `supersedes` name claims of the same report. `story` is the id of the story that this report tells among
    its copies; `chain` the names from the outlet to the origin; `recorded` the time the register learned of it;
    `superseded_by` a newer version of the report. `telling` is shared by the claims of one report that tell one event;
    `sites` (most specific first) and `days` are what that report says of the event, `names` the proper names told with it;
    `entry` is what the report's own ledger says of the claim.
    """

    id: str
    claim: Claim
    report: str
    reference: Reference
    story: str
    origin: OriginRef
    chain: tuple[str, ...]
    recorded: str
    telling: str
    sites: tuple[Site, ...] = ()
    days: Days | None = None
    names: tuple[str, ...] = ()
    entry: Entry | None = None
    answers: tuple[Answer, ...] = ()
    superseded_by: str | None = None


def claim_key(report: str, claim: Claim) -> str:
    """Derive the id of a claim from its report, its harm and where its words stand; never from its place in a list."""
    spot = (report, claim.harm, claim.evidence.start, claim.evidence.end, claim.count.start, claim.count.end)
    return "t" + hashlib.sha256("|".join(map(str, spot)).encode()).hexdigest()[:20]
