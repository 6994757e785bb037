"""nearby: an incident -> others that may be the same event: near in place and in days."""

from dataclasses import dataclass
from datetime import date
from math import asin, cos, radians, sin, sqrt

from tollbook.desk.asking import incidents
from tollbook.desk.renesting import moved
from tollbook.model.answer import IncidentLine, Wanted
from tollbook.model.incident import Incident
from tollbook.register.register import Register

_DAYS = 3  # between two that may be one: reports are wrong by a day or two
_KILOMETRES = 50.0
_LOOKED_AT = 60  # of a country in those days, the newest first
_EARTH = 6371.0  # kilometres


@dataclass(frozen=True, slots=True)
class Near:
    """An incident that may be the same event: how many days apart, and how far (None where only the area is shared)."""

    line: IncidentLine
    days: int
    kilometres: float | None


def nearby(register: Register, one: Incident, *, most: int = 6) -> list[Near]:
    """Return incidents that may be the same event as one, the nearest first; none where no day or no place is known.

    What lies within the other, by people's or the machine's nesting, is not asked about.
    """
    if one.period is None or one.place is None or not one.period.start or not one.period.end:
        return []
    first, last = date.fromisoformat(one.period.start), date.fromisoformat(one.period.end)
    start, end = moved(one.period.start, -_DAYS), moved(one.period.end, _DAYS)
    known = {one.id, *one.children, *([one.parent] if one.parent else [])}
    found: dict[str, Near] = {}
    for place, limit in ((one.place.name, 20), (one.place.country, _LOOKED_AT)):
        if not place:
            continue
        for line in incidents(register, Wanted(place=place, start=start, end=end), limit=limit).lines:
            if line.id not in known and line.id not in found and (near := _near(one, line, first, last)):
                found[line.id] = near
    return sorted(found.values(), key=lambda n: (n.kilometres or 0.0, n.days, n.line.id))[:most]


def _near(one: Incident, line: IncidentLine, first: date, last: date) -> Near | None:
    if not line.start or one.place is None:
        return None
    begin, end = date.fromisoformat(line.start), date.fromisoformat(line.end or line.start)
    apart = max((begin - last).days, (first - end).days, 0)
    if line.place == one.place.name:
        return Near(line, apart, 0.0)
    if None in (line.lat, line.lon, one.place.lat, one.place.lon) or (line.precision or 7) > 2:
        return None
    far = _kilometres(one.place.lat or 0.0, one.place.lon or 0.0, line.lat or 0.0, line.lon or 0.0)
    return Near(line, apart, round(far, 1)) if far <= _KILOMETRES and (one.where_prec or 7) <= 2 else None


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    a, b = radians(lat), radians(other_lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * _EARTH * asin(sqrt(half))


__all__ = ["Near", "nearby"]
