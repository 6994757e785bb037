"""maps: where it happened: towns as points, everything less exact as the area it is known to lie in."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tollbook.desk.asking import incidents, newest_entry
from tollbook.desk.rooming import country_name, division_name
from tollbook.model.answer import IncidentLine
from tollbook.web.asked import link, shown, wanted_of
from tollbook.web.forms import register_of
from tollbook.web.memory import remembered
from tollbook.web.render import page

_MOST = 2000  # incidents of one map, the largest first


def _map(request: Request) -> Response:
    wanted = wanted_of(request)
    found = incidents(register_of(request), wanted, order="largest", limit=40)
    return page(
        request, "map.html", found=found, filters=shown(wanted), data=link("/map.json", wanted), country=country_name,
        most=_MOST, tiles=request.app.state.settings.tiles or "",
    )  # fmt: skip


def _data(request: Request) -> Response:
    """Answer with the incidents of a map: a point only where a town or a spot is known."""
    register, wanted = register_of(request), wanted_of(request)
    key = ("map", wanted, newest_entry(register))

    def spots() -> list[dict[str, Any]]:
        return [_spot(line) for line in incidents(register, wanted, order="largest", limit=_MOST).lines]

    return JSONResponse(remembered(request, key, spots))


def _spot(line: IncidentLine) -> dict[str, Any]:
    exact = line.precision in (1, 2) and line.lat is not None
    killed = next((f for f in line.tolls if f.harm == "killed"), None)
    return {
        "id": line.id,
        "title": line.title,
        "country": line.country,
        "adm1": division_of(line.country, line.adm1),
        "place": line.place,
        "lat": line.lat if exact else None,
        "lon": line.lon if exact else None,
        "area": None if exact else "division" if line.adm1 and line.precision in (3, 4) else "country",
        "killed": None if killed is None else killed.best if killed.best is not None else killed.low,
        "review": line.review,
    }


@cache
def _divisions(country: str) -> dict[str, str]:
    """Return for the names that the record has for a country's divisions those under which the basemap draws them."""
    path = Path(__file__).parent.parent / "static" / "map" / "divisions" / f"{country}.json"
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


routes = [Route("/map", _map), Route("/map.json", _data)]
