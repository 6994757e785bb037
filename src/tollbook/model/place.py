"""Place: where, as named and as found in the gazetteer."""

from dataclasses import dataclass
from typing import Literal

from tollbook.model.made import quickly

Level = Literal["point", "locality", "adm2", "adm1", "country", "region"]


@quickly
@dataclass(frozen=True, slots=True)
class Place:
    """A place the text names.

    `country` is ISO 3166-1 alpha-2; `lat`, `lon` are WGS 84 degrees, None when the place is not resolved;
    `precision` is UCDP's where_prec 1-7. An unresolved place keeps its name, with the country and first-level
    division that the text around it gives.
    """

    quote: str
    start: int
    end: int
    name: str
    level: Level | None = None
    country: str | None = None
    adm1: str | None = None
    lat: float | None = None
    lon: float | None = None
    gazetteer_id: str | None = None
    precision: int | None = None
