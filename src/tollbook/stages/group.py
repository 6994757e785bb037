"""group: testimonies -> incidents: what is one event, and why."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tollbook.model.incident import Incident, incident_id
from tollbook.model.review import Review
from tollbook.model.testimony import Days, Site, Testimony


def neighbourhood_keys(testimony: Testimony) -> tuple[str, ...]:
    """Return the keys by which testimonies that may be of one event meet: place × day.

    Two testimonies that share no key, directly or through others, never come into one incident.
    """
    country = next((s.country for s in testimony.sites if s.country), "?")
    if testimony.days is None:
        return (f"{country}|?",)
    first, last = date.fromisoformat(testimony.days.start), date.fromisoformat(testimony.days.end)
    span = min((last - first).days, 40)
    return tuple(f"{country}|{(first + timedelta(days=i)).isoformat()}" for i in range(-1, span + 2))


def group(
    testimonies: Iterable[Testimony], reviews: Sequence[Review] = (), *, known: Iterable[str] = ()
) -> tuple[Incident, ...]:
    """Group testimonies into incidents, whatever their order. `known` are ids of incidents that must go on leading somewhere."""
    by_telling: dict[str, list[Testimony]] = {}
    for one in sorted(set(testimonies), key=lambda t: t.id):
        by_telling.setdefault(one.telling, []).append(one)
    groups: dict[tuple[str, str], list[Testimony]] = {}
    for members in by_telling.values():
        site = members[0].sites[0].name if members[0].sites else "?"
        day = members[0].days.start if members[0].days else "?"
        groups.setdefault((site, day), []).extend(members)
    made = [_incident(members) for members in groups.values()]
    held = {t: i.id for i in made for t in i.testimonies}
    founders = {incident_id(t): t for t in held}
    former: dict[str, list[str]] = {}
    for old in sorted(known):
        now = held.get(founders.get(old, ""))
        if now is not None and now != old:
            former.setdefault(now, []).append(old)
    return tuple(
        sorted((i if i.id not in former else _with(i, tuple(former[i.id])) for i in made), key=lambda i: i.id)
    )


def _with(incident: Incident, previous: tuple[str, ...]) -> Incident:
    return replace(incident, previous_ids=previous)


def _incident(members: Sequence[Testimony]) -> Incident:
    founder = min(members, key=lambda t: (t.reference.published or "9", t.id))
    sites: tuple[Site, ...] = tuple(dict.fromkeys(s for t in members for s in t.sites))
    days = [t.days for t in members if t.days is not None]
    period = (
        Days(min(d.start for d in days), max(d.end for d in days), min(d.precision for d in days))
        if days
        else None
    )
    return Incident(
        incident_id(founder.id),
        tuple(sorted(t.id for t in members)),
        tuple(sorted({t.report for t in members})),
        founder.reference.title or (sites[0].name if sites else "unnamed place"),
        place=sites[0] if sites else None,
        places=sites,
        period=period,
        means=tuple(sorted({m.name for t in members for m in t.claim.means})),
    )
