"""Published: events of other people's data sets, laid beside our incidents; never claims of ours."""

from dataclasses import dataclass
from typing import Literal

from tollbook.model.answer import IncidentLine

Outcome = Literal["agree", "differ", "ours", "theirs"]
# UCDP GED from 23.1 to 26.1, in this order
GED_COLUMNS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id",
    "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a",
    "side_b_dset_id", "side_b_new_id", "side_b", "number_of_sources", "source_article", "source_office", "source_date",
    "source_headline", "source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2",
    "latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region", "event_clarity", "date_prec",
    "date_start", "date_end", "deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low",
    "gwnoa", "gwnob",
)  # fmt: skip


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
