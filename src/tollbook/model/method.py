"""Method: how a record is made, as it is really set up: for a page that says so."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Rule:
    """A counting rule with its version and what it says, key by key."""

    name: str
    version: int
    says: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Standard:
    """One demand of the Standards for Casualty Recording: whether it is met, and where one sees that."""

    topic: str
    demand: str
    state: Literal["met", "partly", "not"]
    where: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a register holds, counted. `outlets` and `decisions` are (name, how many); `first` and `last` days of publication."""

    reports: int
    claims: int
    incidents: int
    signed_off: int
    outlets: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    decisions: tuple[tuple[str, int], ...]
    decided: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Method:
    """All that the methodology page tells; `head` is the digest of the newest entry of the log."""

    program: str
    as_of: str
    head: str | None
    readers: tuple[str, ...]
    packs: tuple[tuple[str, str], ...]
    places: str
    rules: tuple[Rule, ...]
    holdings: Holdings
    standards: tuple[Standard, ...]
