"""maps: where it happened: towns as points, everything less exact as the area it is known to lie in."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tollbook.desk.asking import incidents
from tollbook.desk.rooming import Register, country_name, largest
from tollbook.model.answer import Wanted
from tollbook.web.asked import link, wanted_of
from tollbook.web.divisions import division_of
from tollbook.web.filtering import filtering
from tollbook.web.forms import register_of
from tollbook.web.render import page

_MOST = 2000  # incidents of one map, the largest first


def _map(request: Request) -> Response:
    wanted = wanted_of(request)
    found = incidents(register_of(request), wanted, order="largest", limit=40)
    return page(
        request, "map.html", found=found, f=filtering(request, wanted), data=link("/api/map", wanted), country=country_name,
        most=_MOST, tiles=request.app.state.settings.tiles or "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """An incident on a map: a point only where a town or a spot is known, else the area it is known to lie in."""

    id: str
    title: str
    country: str | None
    adm1: str | None
    place: str | None
    lat: float | None
    lon: float | None
    area: str | None
    killed: int | None
    review: str


def on_map(register: Register, wanted: Wanted) -> list[Spot]:
    """Return the incidents of a map, the largest first."""
    return [_spot(row) for row in largest(register, wanted, _MOST)]


def _spot(line: Any) -> Spot:
    exact = line.precision in (1, 2) and line.lat is not None
    area = "division" if line.adm1 and line.precision in (3, 4) else "country"
    return Spot(
        line.id, line.title, line.country, division_of(line.country, line.adm1), line.place,
        line.lat if exact else None, line.lon if exact else None, None if exact else area,
        line.best if line.best is not None else line.low, line.review,
    )  # fmt: skip


routes = [Route("/map", _map)]
