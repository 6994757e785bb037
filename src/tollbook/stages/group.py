"""group: testimonies -> incidents: what is one event, and why.

What one report tells of one event (a *telling*) is compared with what others tell: place by containment and distance,
days, figures, means, parties, names and wording (`_group/alike.py`); the likest are joined first
(`_group/clusters.py`). People's decisions come last and stand: a merge joins what the comparison left apart, a split
parts what it would join.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tollbook.model.incident import Incident, incident_id
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.stages._group.alike import LINKED, alike
from tollbook.stages._group.clusters import Cluster, Link, cluster, families_of, keys_of, links_of, may_link
from tollbook.stages._group.event import Event, event_of
from tollbook.stages._group.incidents import incident_of, speaks

_STANDING = 6  # tellings that stand for all that say the same


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
        for key in keys_of(event) if speaks(event) else ():
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
    speaking = [e for e in events if speaks(e)]
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
        if speaks(event):
            first[event.report] = min(first.get(event.report, event.key), event.key)
    return [Link(0.0, e.key, first[e.report], ()) for e in events if e.report in first and not speaks(e)]


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
    for event in filter(speaks, theirs):
        for key in keys_of(event):
            blocks.setdefault(key, []).append(event)
    found: dict[str, frozenset[str]] = {}
    for one in filter(speaks, mine):
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
    speaking = [e for e in events if speaks(e)]
    apart = _parted(reviews, of)
    first, copies = _first_copies(speaking, apart)
    made = cluster(first, links_of(first), apart)
    _add_copies(made, copies)
    made = _decided(made, reviews, of)
    held = {e.key for e in speaking}
    _context([e for e in events if e.key not in held], made)
    incidents = [incident_of(c) for c in made]
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
