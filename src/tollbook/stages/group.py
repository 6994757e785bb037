"""group: testimonies -> incidents: what is one event, and why.

What one report tells of one event (a *telling*) is compared with what others tell: place by containment and distance, days,
figures, means, parties, names and wording (`_alike.py`); the likest are joined first (`_clusters.py`). People's decisions
come last and stand: a merge joins what the comparison left apart, a split parts what it would join.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tollbook.model.incident import Incident, incident_id
from tollbook.model.review import Review
from tollbook.model.testimony import Days, Site, Testimony
from tollbook.stages._alike import LINKED, alike
from tollbook.stages._clusters import Cluster, Link, cluster, families_of, keys_of, links_of, may_link
from tollbook.stages._event import Event, event_of

_STANDING = 6  # tellings that stand for all that say the same
_SHOWN = 12  # links told in words; of more, the number


def neighbourhood_keys(
    testimonies: Iterable[Testimony], reviews: Sequence[Review] = ()
) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Return for each report the keys under which it is found, and those under which it finds others.

    Country × day (× week for the large and the long) × division, where the text names one. A report finds all with which it
    can be linked by what it tells of an event: what names a division finds those of that division and those that name none.
    Two reports that do not find each other are of one event only through others, or by a person's word. Testimonies are those
    of whole reports.
    """
    found: dict[str, tuple[set[str], set[str]]] = {}
    for unit, members in _units(testimonies, reviews).items():
        event = event_of(unit, members)
        held, asked = found.setdefault(event.report, (set(), set()))
        for key in keys_of(event) if _speaks(event) else ():
            own = [f"{key}|{division}" for division in event.divisions]
            held.update([*own, f"{key}|+"] if own else [f"{key}|-"])
            asked.update([*own, f"{key}|-"] if own else [f"{key}|+", f"{key}|-"])
    return {report: (frozenset(held), frozenset(asked)) for report, (held, asked) in found.items()}


def families(
    testimonies: Iterable[Testimony],
    reviews: Sequence[Review] = (),
    *,
    floors: frozenset[str] = frozenset(),
) -> dict[str, str]:
    """Return for each testimony the family it is of: all that it is linked with, directly or through others.

    A family is the least that must be grouped together: whatever else a register holds, `group` of a whole family gives the
    incidents that `group` of everything gives. What a report tells as context is of the family of what it tells first. The
    name of a family is the lowest id in it. Testimonies and decisions are given as `group` is given them.
    """
    units = _units(testimonies, reviews)
    events = [_event(key, members, floors) for key, members in units.items()]
    speaking = [e for e in events if _speaks(e)]
    roots = families_of(events, [*links_of(speaking), *_beside(events), *_repeated(speaking)])
    names: dict[str, str] = {}
    for key, members in units.items():
        low = min(t.id for t in members)
        names[roots[key]] = min(names.get(roots[key], low), low)
    return {t.id: names[roots[key]] for key, members in units.items() for t in members}


def _beside(events: Sequence[Event]) -> list[Link]:
    """Link what a report tells as context with the first event that it tells, where `_context` puts it."""
    first: dict[str, str] = {}
    for event in events:
        if _speaks(event):
            first[event.report] = min(first.get(event.report, event.key), event.key)
    return [Link(0.0, e.key, first[e.report], ()) for e in events if e.report in first and not _speaks(e)]


def _repeated(events: Sequence[Event]) -> list[Link]:
    """Link what the copies of a story tell alike, which `_first_copies` keeps together."""
    first: dict[tuple[object, ...], str] = {}
    return [
        Link(0.0, e.key, at, ())
        for e in events
        if (at := first.setdefault((e.story, *_told(e)), e.key)) != e.key
    ]


def _told(event: Event) -> tuple[object, ...]:
    """Return what an event is told to be, in so far as copies tell it alike."""
    figures = tuple(sorted(event.figures.items()))
    return event.spots, event.divisions, event.region, event.start, event.end, figures


def _speaks(event: Event) -> bool:
    """Tell whether an event is stated to have happened, here and now: such alone found an incident."""
    return any(
        t.claim.scope == "incident" and t.claim.modality in ("asserted", "estimated") for t in event.members
    )


def linked(
    new: Iterable[Testimony],
    others: Iterable[Testimony],
    reviews: Sequence[Review] = (),
    *,
    floors: frozenset[str] = frozenset(),
) -> dict[str, frozenset[str]]:
    """Return for new testimonies the ids of those others that they are linked with directly: whose families they join.

    Costs what there is of others, not its square. Others are given by whole reports.
    """
    mine = [_event(key, members, floors) for key, members in _units(new, reviews).items()]
    theirs = [_event(key, members, floors) for key, members in _units(others, reviews).items()]
    blocks: dict[str, list[Event]] = {}
    for event in filter(_speaks, theirs):
        for key in keys_of(event):
            blocks.setdefault(key, []).append(event)
    found: dict[str, frozenset[str]] = {}
    for one in filter(_speaks, mine):
        near = {other.key: other for key in keys_of(one) for other in blocks.get(key, ())}
        joined = [other for other in near.values() if may_link(one, other) and _linked(one, other)]
        found |= dict.fromkeys(
            (t.id for t in one.members), frozenset(t.id for other in joined for t in other.members)
        )
    return found


def _linked(one: Event, other: Event) -> bool:
    repeated = one.story == other.story and _told(one) == _told(other)
    return repeated or alike(one, other).points >= LINKED


def group(
    testimonies: Iterable[Testimony],
    reviews: Sequence[Review] = (),
    *,
    known: Iterable[str] = (),
    floors: frozenset[str] = frozenset(),
) -> tuple[Incident, ...]:
    """Group testimonies into incidents, whatever their order; each testimony is in one at most.

    In none are those that tell only as context (running totals, other events, what is denied or feared) what no incident of
    their report is about.

    `reviews` are the decisions in force, oldest first. `known` are ids of incidents that were given out before: an id
    follows from the testimony that founds the incident, so each goes on leading to the incident that holds its founder, and
    is among that one's `previous_ids`. `floors` are the origins that count only what they verified.
    """
    units = _units(testimonies, reviews)
    of = {t.id: key for key, members in units.items() for t in members}
    events = [_event(key, members, floors) for key, members in units.items()]
    speaking = [e for e in events if _speaks(e)]
    apart = _parted(reviews, of)
    first, copies = _first_copies(speaking, apart)
    made = cluster(first, links_of(first), apart)
    _add_copies(made, copies)
    made = _decided(made, reviews, of)
    held = {e.key for e in speaking}
    _context([e for e in events if e.key not in held], made)
    incidents = [_incident(c) for c in made]
    return _named(incidents, reviews, known)


def _event(key: str, members: Sequence[Testimony], floors: frozenset[str] = frozenset()) -> Event:
    return event_of(key, members, floors)


def _units(testimonies: Iterable[Testimony], reviews: Sequence[Review]) -> dict[str, list[Testimony]]:
    """Return what must stay together: the claims of a telling, but for those that a person took out of it."""
    taken = {t: r.id for r in reviews if r.action in ("split", "assign") for t in r.targets}
    units: dict[str, list[Testimony]] = {}
    for one in sorted(set(testimonies), key=lambda t: t.id):
        out = taken.get(one.id)
        units.setdefault(one.telling if out is None else f"{one.telling}/{out}", []).append(one)
    return units


def _first_copies(
    events: Sequence[Event], apart: Mapping[str, set[str]]
) -> tuple[list[Event], dict[str, list[Event]]]:
    """Return one telling of each that copies of a story repeat, and for its key the others: a copy is no further voice."""
    held: dict[tuple[object, ...], list[Event]] = {}
    for event in sorted(events, key=lambda e: (e.published, e.key)):
        alone = event.key if event.key in apart or "/" in event.key.rpartition("#")[2] else ""
        held.setdefault((event.story, alone, *_told(event)), []).append(event)
    first = [some[0] for some in held.values()]
    copies = {some[0].key: some[1:] for some in held.values()}
    return _few_of_each(first, copies, apart), copies


def _few_of_each(
    events: Sequence[Event], copies: dict[str, list[Event]], apart: Mapping[str, set[str]]
) -> list[Event]:
    """Let a few tellings stand for all that say the same of a town and a day: a great event costs what is said of it.

    Those left out are put with the first of their kind, and so do not make every pair of a thousand reports be compared.
    """
    kinds: dict[tuple[object, ...], list[Event]] = {}
    kept = []
    for event in events:
        if not event.spots or not event.stated or not event.figures or event.key in apart:
            kept.append(event)
            continue
        kind = (event.spots, event.start, event.end, tuple(sorted(event.figures.items())), event.means)
        alike = kinds.setdefault(kind, [])
        if len(alike) < _STANDING:
            kept.append(event)
        else:
            copies[alike[0].key] += [event, *copies.pop(event.key, [])]
        alike.append(event)
    return kept


def _add_copies(made: Sequence[Cluster], copies: Mapping[str, Sequence[Event]]) -> None:
    for one in made:
        for event in list(one.events):
            for copy in copies.get(event.key, ()):
                one.events.append(copy)
                same = (
                    "copies of one story" if copy.story == event.story else "the same place, day and figures"
                )
                one.grounds.append((event.key, copy.key, [same]))


def _parted(reviews: Sequence[Review], of: dict[str, str]) -> dict[str, set[str]]:
    """Return for each unit those that a person has parted from it: what left from what stayed."""
    apart: dict[str, set[str]] = {}
    founders = {incident_id(t): t for t in of}
    for review in reviews:
        if review.action != "split":
            continue
        gone = {of[t] for t in review.targets if t in of}
        stayed = [*(review.new or "").split(), founders.get(review.old or "", "")]
        left = {of[t] for t in stayed if t in of} - gone
        for one in gone:
            apart.setdefault(one, set()).update(left)
        for one in left:
            apart.setdefault(one, set()).update(gone)
    return apart


def _decided(made: list[Cluster], reviews: Sequence[Review], of: dict[str, str]) -> list[Cluster]:
    """Join what people joined: merged incidents, testimonies assigned, parts that left together; the newest decision holds."""
    founders = {incident_id(t): of[t] for t in of}
    at = {e.key: c for c in made for e in c.events}
    for n, review in enumerate(reviews):
        if review.action == "merge":
            keys = [founders[i] for i in review.targets if i in founders]
            words = f"joined by {review.by}"
        elif review.action == "assign":
            keys = [of[t] for t in review.targets if t in of] + [
                founders[i] for i in (review.new,) if i in founders
            ]
            words = f"assigned by {review.by}"
        elif review.action == "split":
            keys = [of[t] for t in review.targets if t in of]
            words = f"parted from {review.old or 'the rest'} by {review.by}"
        else:
            continue
        keys = [k for k in dict.fromkeys(keys) if k in at]
        if not keys or (review.action == "merge" and _undone(keys, reviews[n + 1 :], of)):
            continue
        whole = at[min(keys)]
        for key in keys:
            if at[key] is not whole:
                other = at[key]
                whole.events += other.events
                whole.grounds += other.grounds
                for event in other.events:
                    at[event.key] = whole
        whole.grounds.append(("", "", [words + (f": {review.reason}" if review.reason else "")]))
    return list({id(c): c for c in at.values()}.values())


def _undone(keys: Sequence[str], later: Sequence[Review], of: dict[str, str]) -> bool:
    """Tell whether a later split parts what a merge joined."""
    for review in later:
        if review.action == "split":
            gone = {of[t] for t in review.targets if t in of}
            if 0 < len(gone & set(keys)) < len(keys):
                return True
    return False


def _context(rest: Sequence[Event], made: Sequence[Cluster]) -> None:
    """Put what reports tell only as context beside what the same report is about; it feeds no toll."""
    by_report: dict[str, list[tuple[str, Cluster]]] = {}
    for one in made:
        for event in one.events:
            by_report.setdefault(event.report, []).append((event.key, one))
    for event in sorted(rest, key=lambda e: e.key):
        own = by_report.get(event.report)
        if own:
            min(own, key=lambda o: o[0])[1].events.append(event)


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


def _incident(made: Cluster) -> Incident:
    members = tuple(sorted((t for e in made.events for t in e.members), key=lambda t: t.id))
    speaking = [e for e in made.events if _speaks(e)] or made.events
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


def _named(
    incidents: Sequence[Incident], reviews: Sequence[Review], known: Iterable[str]
) -> tuple[Incident, ...]:
    """Give each incident the ids it was known by: those given out, and those that a merge named."""
    founders = {incident_id(t): i.id for i in incidents for t in i.testimonies}
    former: dict[str, set[str]] = {}
    merged = [t for r in reviews if r.action == "merge" for t in r.targets]
    for old in {*known, *merged}:
        now = founders.get(old)
        if now is not None and now != old:
            former.setdefault(now, set()).add(old)
    named = [replace(i, previous_ids=tuple(sorted(former[i.id]))) if i.id in former else i for i in incidents]
    return tuple(sorted(named, key=lambda i: i.id))
