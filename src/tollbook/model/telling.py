"""Effect and Statement: what a report tells beside its counts."""

from dataclasses import dataclass
from typing import Literal

from tollbook.model.made import quickly
from tollbook.model.period import Period
from tollbook.model.place import Place
from tollbook.model.text import Evidence, Quote

Act = Literal["condemns", "denies", "blames", "admits", "calls_for", "concern", "announces"]


@quickly
@dataclass(frozen=True, slots=True)
class Effect:
    """Harm to things and to life: looting, arson, displacement, a service cut."""

    kind: str
    quote: str
    start: int
    end: int
    where: tuple[Place, ...]
    when: Period | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks."""

    quote: str
    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what about it; `claims` names the claims a blame or denial concerns."""

    speaker: Speaker
    act: Act
    about: Quote | None
    claims: tuple[str, ...]
    evidence: Evidence
