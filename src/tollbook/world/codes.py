"""codes: a country's ISO code -> its name, other codes and region, as other people's tables write them."""

from functools import cache
from importlib import resources

from tollbook.model.folio import Land
from tollbook.world.gazetteer import open_gazetteer


@cache
def _codes() -> dict[str, tuple[str, str, str]]:
    text = (resources.files(__package__) / "data" / "codes.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: (row[1], row[2], row[3]) for row in rows}


@cache
def land(iso: str) -> Land:
    """Return what is known of a country by its ISO 3166-1 alpha-2 code; what is not known is empty."""
    entry = open_gazetteer().country(iso)
    alpha3, number, region = _codes().get(iso, ("", "", ""))
    return Land(iso, entry.name if entry else iso, alpha3, number, region)
