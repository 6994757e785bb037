"""geojson: incidents -> a FeatureCollection (RFC 7946): points where the point is known, areas where only an area is."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

from tollbook.model.folio import Area, Edition, Folio
from tollbook.model.toll import Toll
from tollbook.writers.cells import toll_of

_Ring = tuple[tuple[float, float], ...]
_NEAR = 2  # UCDP's where_prec up to which a point is meant


def figures_of(toll: Toll | None) -> dict[str, int | None] | None:
    """Return low, best and high of a toll as JSON has them: unknown is null."""
    return None if toll is None else {"low": toll.low, "best": toll.best, "high": toll.high}


class Geojson:
    """Writes incidents.geojson, feature by feature."""

    areas = True
    claims = False
    beside = False

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the file."""
        self._file = (Path(folder) / "incidents.geojson").open("w", encoding="utf-8", newline="\n")
        self._edition = edition
        self._first = True
        self._file.write('{"type": "FeatureCollection", "features": [')

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Write one incident."""
        geometry, loss = _geometry(folio)
        feature = {
            "type": "Feature", "id": folio.card.incident.id, "geometry": geometry,
            "properties": _properties(folio, self._edition),
        }  # fmt: skip
        self._file.write(("" if self._first else ",") + "\n" + json.dumps(feature, ensure_ascii=False))
        self._first = False
        return loss

    def close(self) -> None:
        """Finish the file."""
        self._file.write("\n]}\n")
        self._file.close()


def _geometry(folio: Folio) -> tuple[dict[str, Any] | None, tuple[str, ...]]:
    incident = folio.card.incident
    place = incident.place
    if place is None:
        return None, ("no place is known: it has no geometry",)
    if (incident.where_prec or 9) <= _NEAR and place.lat is not None and place.lon is not None:
        return {"type": "Point", "coordinates": [place.lon, place.lat]}, ()
    if folio.area is not None:
        return {"type": "MultiPolygon", "coordinates": cut_at_edge(folio.area)}, ()
    return None, ("only an area is known, whose outline is not at hand: it has no geometry",)


def cut_at_edge(area: Area) -> Area:
    """Cut an area that goes on beyond the 180th meridian in two, as RFC 7946 asks for."""
    found: list[tuple[_Ring, ...]] = []
    for polygon in area:
        if all(x <= 180 for ring in polygon for x, _ in ring):
            found.append(polygon)
            continue
        for side, shift in ((-1, 0), (1, -360)):
            rings = [_clipped(ring, side) for ring in polygon]
            if rings[0]:
                moved = (tuple((round(x + shift, 4), y) for x, y in ring) for ring in rings if ring)
                found.append(tuple(moved))
    return tuple(found)


def _clipped(ring: _Ring, side: int) -> _Ring:
    """Return the part of a ring west (-1) or east (1) of the 180th meridian; nothing where none of it lies there."""
    kept: list[tuple[float, float]] = []
    for (ax, ay), (bx, by) in pairwise(ring):
        inside, stays = side * (ax - 180) >= 0, side * (bx - 180) >= 0
        if inside:
            kept.append((ax, ay))
        if inside != stays:
            kept.append((180.0, round(ay + (by - ay) * (180 - ax) / (bx - ax), 4)))
    return (*kept, kept[0]) if len(kept) > 2 else ()


def _properties(folio: Folio, edition: Edition) -> dict[str, Any]:
    incident = folio.card.incident
    period, place = incident.period, incident.place
    found: dict[str, Any] = {
        "title": incident.title, "date_start": period and period.start, "date_end": period and period.end,
        "date_prec": incident.date_prec, "where_prec": incident.where_prec, "place": place and place.name,
        "country": folio.land.alpha3 if folio.land else None, "adm1": place and place.adm1,
        "lat": place and place.lat, "lon": place and place.lon,
    }  # fmt: skip
    for harm in dict.fromkeys(t.harm for t in incident.tolls):
        found[harm] = figures_of(toll_of(incident, harm))
    for toll in incident.tolls:
        if toll.harm == "killed" and toll.status != "all":
            found[f"killed_{toll.status}"] = figures_of(toll)
    return found | {
        "grade": incident.grade, "review": incident.review, "n_reports": len(incident.reports),
        "n_origins": len(incident.independent_origins), "counted_in": folio.counted_in,
        "attribution": [{"actor": s.name, "type": list(s.bases), "by": list(s.origins)} for s in incident.parties],
        "sources": [r.reference.url for r in folio.card.reports if r.reference.url], "rule": edition.profile,
        "as_of": edition.as_of,
    }  # fmt: skip
