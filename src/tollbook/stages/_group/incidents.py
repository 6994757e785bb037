"""incidents: a cluster of tellings -> an incident: its place, its days, its title, and why it is one."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tollbook.model.incident import Incident, incident_id
from tollbook.model.testimony import Days, Site
from tollbook.stages._group.clusters import Cluster
from tollbook.stages._group.event import Event

_SHOWN = 12  # links told in words; of more, the number


def speaks(event: Event) -> bool:
    """Tell whether an event is stated to have happened, here and now: such alone found an incident."""
    return any(
        t.claim.scope == "incident" and t.claim.modality in ("asserted", "estimated") for t in event.members
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """The testimonies of a cluster that speak of it, one for each telling."""

    events: tuple[Event, ...]

    def sites(self) -> list[tuple[Site, int]]:
        """Return the places told, with the number of tellings, the most specific and most told first."""
        order = {"point": 0, "locality": 0, None: 1, "adm2": 2, "adm1": 3, "region": 4, "country": 5}
        counts: Counter[str] = Counter()
        by_key: dict[str, Site] = {}
        for event in self.events:
            for key, site in {s.gazetteer_id or s.name: s for t in event.members for s in t.sites}.items():
                counts[key] += 1
                held = by_key.get(key)
                by_key[key] = (
                    site
                    if held is None or (site.name, site.level or "") < (held.name, held.level or "")
                    else held
                )
        ranked = sorted(by_key, key=lambda k: (order.get(by_key[k].level, 1), -counts[k], k))
        return [(by_key[k], counts[k]) for k in ranked]


def incident_of(made: Cluster) -> Incident:
    """Return the incident that a cluster of tellings tells of."""
    members = tuple(sorted((t for e in made.events for t in e.members), key=lambda t: t.id))
    speaking = [e for e in made.events if speaks(e)] or made.events
    told = _Told(tuple(sorted(speaking, key=lambda e: e.key)))
    founder = min(
        (t for e in speaking for t in e.members), key=lambda t: (t.reference.published or "9", t.id)
    )
    places, place = _places(told)
    period = _period(told.events)
    return Incident(
        incident_id(founder.id),
        tuple(t.id for t in members),
        tuple(sorted({t.report for t in members})),
        _title(place, places, period),
        place=place,
        places=places,
        period=period,
        means=tuple(sorted({m.name for e in speaking for t in e.members for m in t.claim.means})),
        reasons=_reasons(made),
    )


def _places(told: _Told) -> tuple[tuple[Site, ...], Site | None]:
    """Return the places that at least a fifth of the tellings name, and the one that stands for the incident."""
    ranked = told.sites()
    least = max(1, len(told.events) // 5)
    kept = [s for s, n in ranked if n >= least] or [s for s, _ in ranked]
    wide = sum(1 for e in told.events if not e.spots and (e.wide or e.region))
    if 2 * wide > len(told.events):
        areas = [s for s in kept if s.level in ("adm1", "region", "country")]
        counted = dict(ranked)
        areas.sort(key=lambda s: (s.level == "country", -counted[s], s.name))
        if areas:
            return (*areas, *(s for s in kept if s not in areas)), areas[0]
    return tuple(kept), kept[0] if kept else None


def _period(events: Sequence[Event]) -> Days | None:
    """Return the days that most tellings give; the first to the last day of those that tell of a longer period."""
    days = [t.days for e in events for t in e.members if t.days is not None and t.claim.scope == "incident"]
    days = days or [t.days for e in events for t in e.members if t.days is not None]
    if not days:
        return None
    stated = [d for d in days if d.stated] or days
    spans = [d for d in stated if _length(d) > 1]
    if 2 * len(spans) > len(stated):
        return Days(min(d.start for d in spans), max(d.end for d in spans), min(d.precision for d in spans))
    counts = Counter(d for d in stated if _length(d) <= 1) or Counter(stated)
    return min(counts, key=lambda d: (-counts[d], d.precision, d.start, d.end, not d.stated))


def _length(days: Days) -> int:
    return (date.fromisoformat(days.end) - date.fromisoformat(days.start)).days


def _title(place: Site | None, places: Sequence[Site], period: Days | None) -> str:
    names = [place.name] if place else []
    if place is not None and place.level in ("adm1", "region"):
        names = [s.name for s in places if s.level == place.level][:4]
    elif place is not None and place.adm1 and place.adm1 != place.name:
        names.append(place.adm1)
    where = ", ".join(names) or "place unknown"
    if period is None:
        return where
    when = period.start if period.start == period.end else f"{period.start} to {period.end}"
    return f"{where}: {when}"


def _reasons(made: Cluster) -> tuple[str, ...]:
    """Tell in words why these tellings are one event."""
    head = {e.key: e.members[0].reference for e in made.events}

    def named(key: str) -> str:
        reference = head[key]
        day = (reference.published or "no date")[:10]
        return f"{reference.publisher or reference.title or reference.url or reference.id[:8]} ({day})"

    lines = []
    for a, b, grounds in made.grounds:
        if a in head and b in head:
            first, second = sorted((a, b))
            lines.append(f"{named(first)} and {named(second)}: {', '.join(grounds)}")
        elif not a:
            lines.append(grounds[0])
    reports = len({e.report for e in made.events})
    if reports == 1 and not lines:
        return ("told by one report",)
    more = len(lines) - _SHOWN
    return tuple(lines[:_SHOWN]) + ((f"and {more} more such links",) if more > 0 else ())
