"""Incident: harm at one place in one period, told by one or more reports."""

from dataclasses import dataclass
from typing import Literal

from tollbook.model.claim import Basis
from tollbook.model.origin import OriginRef
from tollbook.model.testimony import Days, Site
from tollbook.model.toll import Toll

Grade = Literal["confirmed", "fair", "weak", "contested", "discounted"]
ReviewState = Literal["machine", "in_review", "signed_off"]


@dataclass(frozen=True, slots=True)
class Side:
    """A party that reports connect with the harm, on which footings, by how many origins."""

    name: str
    bases: tuple[Basis, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """What disagrees within an incident and deserves a person."""

    kind: str
    message: str
    testimonies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Incident:
    """One event: what was told of it, what it adds up to, and why these reports are one.

    `id` follows from the founding testimony; `previous_ids` are ids it was known by before. `parent` is the incident of the
    wider area or longer period that holds this one: its toll already holds this toll, the two are never added.
    `type_of_violence`, `clarity`, `date_prec` and `where_prec` are UCDP's; `grade` is one of Airwars' five.
    """

    id: str
    testimonies: tuple[str, ...]
    reports: tuple[str, ...]
    title: str
    place: Site | None = None
    places: tuple[Site, ...] = ()
    period: Days | None = None
    previous_ids: tuple[str, ...] = ()
    parent: str | None = None
    children: tuple[str, ...] = ()
    parties: tuple[Side, ...] = ()
    means: tuple[str, ...] = ()
    type_of_violence: int | None = None
    clarity: int | None = None
    date_prec: int | None = None
    where_prec: int | None = None
    grade: Grade | None = None
    grade_reason: str = ""
    independent_origins: tuple[OriginRef, ...] = ()
    tolls: tuple[Toll, ...] = ()
    reasons: tuple[str, ...] = ()
    review: ReviewState = "machine"
    conflicts: tuple[Conflict, ...] = ()


def incident_id(testimony: str) -> str:
    """Derive an incident's id from the testimony that founds it."""
    return "i" + testimony[1:13]
