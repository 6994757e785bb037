"""Origin: who gives figures, by one name, and what kind of voice it is."""

from dataclasses import dataclass
from typing import Literal

OriginKind = Literal[
    "monitor",
    "un",
    "ngo",
    "government",
    "ministry",
    "military",
    "belligerent",
    "hospital",
    "police",
    "agency",
    "outlet",
    "local",
    "unknown",
]

CARRIERS: tuple[OriginKind, ...] = ("agency", "outlet")  # those who pass on what others counted


@dataclass(frozen=True, slots=True)
class OriginRef:
    """One voice that gives figures. `id` is the same for all names of one voice; `party` the side it speaks for."""

    id: str
    name: str
    kind: OriginKind
    party: str | None = None


@dataclass(frozen=True, slots=True)
class OriginRow:
    """One voice of the table: its names, its kind, its side; `country` (ISO 3166-1) where it watches or speaks.

    `described` are the words that point at it without naming it ("the war monitor"), good only in its `countries`.
    """

    name: str
    kind: OriginKind
    aliases: tuple[str, ...] = ()
    party: str | None = None
    countries: tuple[str, ...] = ()
    described: tuple[str, ...] = ()
    verified_only: bool = False


@dataclass(frozen=True, slots=True)
class OriginRole:
    """A voice that every country has one of ("the health ministry"): never one across countries.

    `of_state`: it speaks for its country's government. `by_name`: there are many in a country, told apart by their names.
    """

    key: str
    kind: OriginKind
    forms: tuple[str, ...]
    of_state: bool = False
    by_name: bool = False


@dataclass(frozen=True, slots=True)
class OriginTable:
    """All that is known of voices before a text is read; `parties` are the armed parties with their names, `tails`
    words that may follow a name or be left out: "Emergency Lawyers group"."""

    rows: tuple[OriginRow, ...]
    roles: tuple[OriginRole, ...]
    parties: tuple[tuple[str, tuple[str, ...]], ...] = ()
    tails: tuple[str, ...] = ()
