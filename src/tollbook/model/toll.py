"""Toll: low, best and high with the ledger that explains them."""

from dataclasses import dataclass
from typing import Literal

from tollbook.model.claim import Harm, Status
from tollbook.model.made import quickly

Use = Literal[
    "used", "superseded", "part_of", "same_origin", "repeated", "out_of_scope", "set_aside", "agrees"
]


@quickly
@dataclass(frozen=True, slots=True)
class Entry:
    """One claim considered for a toll: whether it was used, and why, in words."""

    claim: str
    use: Use
    reason: str


@quickly
@dataclass(frozen=True, slots=True)
class Toll:
    """Documented persons harmed, for one harm and one victim status ("all" for the whole)."""

    harm: Harm
    status: Status | Literal["all"]
    low: int | None
    best: int | None
    high: int | None
    ledger: tuple[Entry, ...]
