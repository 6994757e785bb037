"""Site: what a static site of the record shows: what each page says of it, its incidents one by one, what they add up to."""

from dataclasses import dataclass
from typing import Literal

from tollbook.model.answer import Figures, TollRow
from tollbook.model.brief import Dossier
from tollbook.model.folio import Edition, Land


@dataclass(frozen=True, slots=True)
class Front:
    """What every page says of its site; `confirmed` where a person has signed off every incident of it."""

    title: str
    edition: Edition
    confirmed: bool
    incidents: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Another incident of the same site: one that holds this one, or that it holds."""

    id: str
    title: str
    start: str | None
    end: str | None
    figures: tuple[Figures, ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One incident as a site shows it: a dossier of its own card, where it lies, and its ties.

    `division` is the name under which the basemap draws the division it lies in.
    """

    dossier: Dossier
    land: Land | None
    division: str | None
    wider: Tie | None
    parts: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away: its path in the site, bytes, SHA-256."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Totals:
    """What the incidents of a site add up to, nobody counted twice.

    `whole` is by harm, `statuses` by harm and status, `periods` by `unit` and harm; `inside` is how many incidents were left out
    of sums because a wider one of the site holds them.
    """

    whole: tuple[TollRow, ...]
    statuses: tuple[TollRow, ...]
    periods: tuple[TollRow, ...]
    unit: Literal["day", "month", "year"]
    inside: int
