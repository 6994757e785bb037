"""divisions: the record's names of first-level divisions -> those under which the basemap draws them."""

import json
from functools import cache
from pathlib import Path

from tollbook.desk.rooming import division_name


@cache
def _divisions(country: str) -> dict[str, str]:
    """Return for the names that the record has for a country's divisions those under which the basemap draws them."""
    path = Path(__file__).parent / "static" / "map" / "divisions" / f"{country}.json"
    if len(country) != 2 or not country.isalpha() or not path.is_file():
        return {}
    shapes = json.loads(path.read_text(encoding="utf-8"))["objects"]["divisions"]["geometries"]
    heads = [shape["properties"] for shape in shapes if "name" in shape["properties"]]
    codes = {head["fips"]: head["name"] for head in heads if "fips" in head}
    own = {head["name"]: head["name"] for head in heads}
    names: dict[str, str] = {}
    for code, drawn in codes.items():
        name = division_name(country, code[2:])
        if name is not None:
            names[name] = drawn
    return {**own, **names}


def division_of(country: str | None, adm1: str | None) -> str | None:
    """Return the name under which the basemap draws a division; None where it does not."""
    return _divisions(country).get(adm1) if country and adm1 else None


__all__ = ["division_of"]
