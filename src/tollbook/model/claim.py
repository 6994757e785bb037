"""Claim: so many people suffered this harm, says who."""

from dataclasses import dataclass
from typing import Literal

from tollbook.model.count import Count
from tollbook.model.made import quickly
from tollbook.model.period import Period
from tollbook.model.place import Place
from tollbook.model.text import Evidence

Harm = Literal["killed", "injured", "missing", "abducted", "detained", "displaced", "killed_or_injured"]
Status = Literal["civilian", "armed_forces", "security_forces", "armed_group", "mixed", "unknown"]
Basis = Literal["stated", "alleged", "suspected", "claimed", "admitted", "denied", "implied"]
Scope = Literal["incident", "cumulative", "background"]
Modality = Literal["asserted", "feared", "estimated", "denied", "threatened", "hypothetical"]
State = Literal["machine", "confirmed", "corrected", "rejected", "added"]

HARMS: tuple[Harm, ...] = (
    "killed",
    "injured",
    "killed_or_injured",
    "missing",
    "abducted",
    "detained",
    "displaced",
)


@quickly
@dataclass(frozen=True, slots=True)
class Victims:
    """Who was harmed. `quote` is None when the text has a figure and no word for the people."""

    quote: str | None
    start: int | None
    end: int | None
    status: Status
    sex: Literal["male", "female"] | None = None
    age_group: Literal["child", "adult", "elderly"] | None = None
    identities: tuple[str, ...] = ()
    affiliation: str | None = None


@quickly
@dataclass(frozen=True, slots=True)
class Party:
    """Who is said to have done it, and on what footing."""

    quote: str
    start: int
    end: int
    name: str
    basis: Basis


@quickly
@dataclass(frozen=True, slots=True)
class Means:
    """Weapon or method."""

    quote: str
    start: int
    end: int
    name: str


@quickly
@dataclass(frozen=True, slots=True)
class Origin:
    """Who gave the figure, as the text says."""

    quote: str
    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class PartOf:
    """The claim this one is a part of; parts of a partition are disjoint, those of an overlay are not."""

    claim: str
    relation: Literal["partition", "overlay"]


@quickly
@dataclass(frozen=True, slots=True)
class Claim:
    """One figure for one harm, pinned to the words that state it.

    `confidence` is the share of claims with the same signs that are right, 0 to 1; None where no model says.
    """

    id: str
    harm: Harm
    count: Count
    victims: Victims
    by: tuple[Party, ...]
    means: tuple[Means, ...]
    where: tuple[Place, ...]
    when: Period | None
    origin: Origin | None
    scope: Scope
    modality: Modality
    part_of: PartOf | None
    supersedes: str | None
    evidence: Evidence
    reader: str
    state: State = "machine"
    confidence: float | None = None
