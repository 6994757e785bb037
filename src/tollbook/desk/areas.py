"""areas: a country, or one of its divisions by name -> its outline, from the maps that come with the program."""

import json
from functools import lru_cache
from importlib import resources
from itertools import pairwise
from typing import Any

from tollbook.model.folio import Area
from tollbook.model.testimony import Site
from tollbook.world.gazetteer import key_of

_MAP = ("web", "static", "map")


def area_of(site: Site) -> Area | None:
    """Return the outline of the division that a place lies in, or of its country; None where none is at hand."""
    if site.country is None:
        return None
    if site.level == "country" or site.adm1 is None:
        return None if site.level == "region" else _countries().get(site.country)
    divisions = _divisions(site.country)
    named = divisions.get(key_of(site.adm1))
    if named is not None or site.lat is None or site.lon is None:
        return named
    around = (area for area in divisions.values() if _holds(area, site.lon, site.lat))
    return next(around, None)  # the map may spell the division otherwise


def drawn_division(site: Site) -> str | None:
    """Return the name under which the maps draw the division that a place lies in; None where they draw none."""
    if site.country is None or site.adm1 is None:
        return None
    drawn = _named(site.country)
    own = next((name for name in drawn if key_of(name) == key_of(site.adm1)), None)
    if own is not None or site.lat is None or site.lon is None:
        return own
    return next((name for name, area in drawn.items() if _holds(area, site.lon, site.lat)), None)


def divisions_of(country: str) -> tuple[Area, ...]:
    """Return the outlines of a country's divisions, for a map to draw; its own outline where none are at hand."""
    found = tuple(_divisions(country).values())
    whole = _countries().get(country)
    return found or ((whole,) if whole is not None else ())


def _holds(area: Area, x: float, y: float) -> bool:
    """Tell whether a point lies in an area: a ray from it crosses the rings an odd number of times."""
    inside = False
    for ring in (ring for polygon in area for ring in polygon):
        for (ax, ay), (bx, by) in pairwise(ring):
            if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
                inside = not inside
    return inside


@lru_cache(maxsize=1)
def _countries() -> dict[str, Area]:
    return _outlines(("world.json",), by="id")


@lru_cache(maxsize=16)
def _named(country: str) -> dict[str, Area]:
    return _outlines(("divisions", f"{country}.json"), by="name")


@lru_cache(maxsize=16)
def _divisions(country: str) -> dict[str, Area]:
    return {key_of(name): area for name, area in _named(country).items()}


def _outlines(path: tuple[str, ...], by: str) -> dict[str, Area]:
    """Read a TopoJSON file; its arcs are differences of whole numbers, scaled and moved to degrees."""
    file = resources.files("tollbook").joinpath(*_MAP, *path)
    if not file.is_file():
        return {}
    topology = json.loads(file.read_text(encoding="utf-8"))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((round(x * sx + tx, 4), round(y * sy + ty, 4)))
        arcs.append(points)
    found: dict[str, Area] = {}
    for shapes in topology["objects"].values():
        for shape in shapes["geometries"]:
            name = shape.get("id") if by == "id" else shape.get("properties", {}).get("name")
            if name and shape["type"] in ("Polygon", "MultiPolygon"):
                polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
                found[str(name)] = tuple(tuple(_ring(ring, arcs) for ring in polygon) for polygon in polygons)
    return found


def _ring(numbers: list[int], arcs: list[list[Any]]) -> tuple[tuple[float, float], ...]:
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return tuple(points)
