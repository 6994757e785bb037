"""Published: events of other people's data sets, laid beside our incidents; never claims of ours."""

from dataclasses import dataclass
from typing import Literal

from tollbook.model.answer import IncidentLine

Outcome = Literal["agree", "differ", "ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Published:
    """One event as another data set tells it.

    `where_prec` and `date_prec` are UCDP's scales (ACLED's are translated); figures are deaths. `warnings` say what the row
    breaks of its own format; it is kept as it stands.
    """

    dataset: str
    row: int
    id: str
    start: str | None
    end: str | None
    date_prec: int
    place: str | None
    adm1: str | None
    country: str | None
    lat: float | None
    lon: float | None
    where_prec: int
    sides: tuple[str, ...]
    low: int | None
    best: int | None
    high: int | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Dataset:
    """A file of others' events beside the register: `kind` is its format, `original` the SHA-256 of its bytes.

    `events` are its rows, `broken` those that break their own format and are kept; `at` and `by` tell who brought it in when.
    """

    id: str
    kind: str
    name: str
    original: str
    size: int
    events: int
    broken: int
    at: str
    by: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of a comparison: an incident of ours, an event of theirs, or both, and why they are taken for one."""

    outcome: Outcome
    ours: IncidentLine | None
    theirs: Published | None
    why: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison. `outside` are incidents of ours on days or in countries that the data set does not cover."""

    dataset: str
    pairs: tuple[Pair, ...]
    outside: int
    broken: tuple[str, ...]
