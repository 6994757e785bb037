"""Folio: one incident as it goes out, with all that a writer may tell of it; and what the whole edition says of itself."""

from dataclasses import dataclass
from typing import Protocol

from tollbook.model.answer import IncidentCard, Step

Area = tuple[tuple[tuple[tuple[float, float], ...], ...], ...]


@dataclass(frozen=True, slots=True)
class Land:
    """A country by its codes: ISO 3166-1 alpha-2, alpha-3, number; `region` as UCDP files it. Unknown is empty."""

    code: str
    name: str
    alpha3: str
    number: str
    region: str


@dataclass(frozen=True, slots=True)
class Folio:
    """One incident as it goes out.

    `counted_in` is the wider incident of the same edition whose toll of the killed already holds this one's: a table whose
    rows people add up must not have both. `steps` are what the register said of its tolls, from when until when. `area` is the
    outline of its place (polygons of rings of lon, lat) and `around` the words before and after each testimony's evidence
    (testimony, before, after), both only for the formats that ask for them.
    """

    card: IncidentCard
    land: Land | None
    counted_in: str | None
    steps: tuple[Step, ...]
    area: Area | None = None
    around: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Edition:
    """What an export says of itself: which program, rules and moment, and what was asked for.

    `as_of` is the moment up to which the register's knowledge counts; `head` the digest of the log's newest entry then.
    `rules` are (name, version) of counting profiles, `reader` the installed version of what reads
    reports, `packs` the language packs it reads by, each with the digest of its files.
    """

    program: str
    profile: str
    rules: tuple[tuple[str, str], ...]
    as_of: str
    head: str | None
    filters: tuple[tuple[str, str], ...]
    review: str
    redacted: tuple[str, ...]
    hxl: bool = False
    reader: str = ""
    packs: tuple[tuple[str, str], ...] = ()


class Format(Protocol):
    """A format that an export can have: made with an open folder, given every incident once, closed at the end.

    A plug-in names a class of this shape under the entry point group `tollbook.formats`. It sees the model only.
    It may say `rule` (the counting rule it is published by, where none was asked for), `areas`, `around` and `steps` (True
    where it needs those of a Folio), `claims` and `beside` (False where it needs of a card no testimonies, ledgers and
    decisions, or no effects and statements: what nobody needs is not read). Many incidents are worded by several processes
    where it has `told(folio, edition)`, a static method that returns what it will write, of lists, tuples, text and numbers
    alone, and the losses; and `put`, which writes that and returns further losses: `add` does both. `heavy` tells that its
    `put` takes about as long as its `told`.
    """

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the format's files in a folder that is there."""

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Write one incident, and return what this format could not say of it, in words."""

    def close(self) -> None:
        """Finish the files."""
