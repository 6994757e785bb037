"""nest: incidents with their tolls -> which of them sums up others.

A summary of a wider area or a longer period holds the incidents inside it; its toll already counts them, so the two are
never added. Each incident has at most one parent: the narrowest that holds it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from tollbook.model.incident import Incident
from tollbook.model.testimony import Days, Site

_NARROW = ("point", "locality", "adm2", None)


def nest(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return the incidents with `parent` and `children` set, in the order of their ids.

    An incident's parent depends on itself and on those that could hold it, all of its country and of days that overlap.
    """
    all_of_them = sorted(incidents, key=lambda i: i.id)
    by_country: dict[str, list[Incident]] = {}
    for one in all_of_them:
        if sums_up(one):
            by_country.setdefault(_country(one) or "?", []).append(one)
    parents: dict[str, str] = {}
    for one in all_of_them:
        held = [p for p in by_country.get(_country(one) or "?", ()) if holds(p, one)]
        if held:
            parents[one.id] = min(held, key=lambda p: (width(p), _length(p.period), _figure(p) or 0, p.id)).id
    children: dict[str, list[str]] = {}
    for child, parent in parents.items():
        children.setdefault(parent, []).append(child)
    return tuple(
        replace(i, parent=parents.get(i.id), children=tuple(sorted(children.get(i.id, ()))))
        for i in all_of_them
    )


def sums_up(incident: Incident) -> bool:
    """Tell whether an incident can hold others: it is wider than a town, or longer than a night and a day."""
    return width(incident) > 0 or _length(incident.period) > 1


def country_of(incident: Incident) -> str | None:
    """Return the country within which an incident can hold others or be held."""
    return _country(incident)


def width(incident: Incident) -> int:
    """Return how wide the area of an incident is: 0 a town, 1 a division, 2 several, 3 a region, 4 a country."""
    place = incident.place
    if place is None or place.level in _NARROW:
        return 0
    if place.level == "adm1":
        return 2 if len(_divisions(incident)) > 1 else 1
    return 3 if place.level == "region" else 4


def holds(whole: Incident, part: Incident) -> bool:
    """Tell whether one incident sums up another: wider or longer, around it in place and time, and no smaller a figure."""
    if whole.id == part.id or whole.period is None or part.period is None:
        return False
    if _rank(whole) <= _rank(part):
        return False
    if not (_within(part.period, whole.period) and _around(whole, part)):
        return False
    mine, theirs = _figure(whole), _figure(part)
    if mine is None:
        return False
    return theirs is None or mine >= theirs


def _rank(incident: Incident) -> tuple[int, int]:
    return width(incident), _length(incident.period)


def _length(days: Days | None) -> int:
    if days is None or not days.stated:
        return 0
    return (date.fromisoformat(days.end) - date.fromisoformat(days.start)).days


def _within(inner: Days, outer: Days) -> bool:
    a, b = date.fromisoformat(inner.start).toordinal(), date.fromisoformat(inner.end).toordinal()
    c, d = date.fromisoformat(outer.start).toordinal(), date.fromisoformat(outer.end).toordinal()
    return c <= a and b <= d


def _around(whole: Incident, part: Incident) -> bool:
    """Tell whether the area of one holds that of the other."""
    size = width(whole)
    if _country(whole) is None or _country(whole) != _country(part):
        return False
    if size == 0:
        mine, theirs = whole.place, part.place
        return mine is not None and theirs is not None and _same(mine, theirs)
    if size in (1, 2):
        inner = _divisions(part)
        return bool(inner) and inner <= _divisions(whole)
    return True


def _same(a: Site, b: Site) -> bool:
    return (a.gazetteer_id or a.name) == (b.gazetteer_id or b.name)


def _divisions(incident: Incident) -> frozenset[str]:
    sites: Sequence[Site] = incident.places
    if incident.place is not None and incident.place.level in _NARROW:
        sites = [incident.place]
    return frozenset(s.adm1.casefold() for s in sites if s.adm1)


def _country(incident: Incident) -> str | None:
    return next((s.country for s in incident.places if s.country), None)


def _figure(incident: Incident) -> int | None:
    """Return the figure by which incidents are compared: the dead, else what else is counted first."""
    for toll in incident.tolls:
        if toll.status == "all":
            return toll.best if toll.best is not None else toll.low
    return None
