"""clusters: events with the likeness of each pair -> groups of one event each; the strongest links are made first.

Agglomeration over average likeness. Links are taken in the order of their points, ties by key, so that the order in which
reports arrive changes nothing; whether two groups may join is asked of the groups, not of the pair alone, so that one
vague report does not chain two events together.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from tollbook.stages._group.alike import LINKED, NEVER, TOGETHER, Likeness, alike
from tollbook.stages._group.event import BIG, Event

_SPEAKERS = 8  # tellings that speak for a group when it is compared
_LONGEST = 40  # days of a period that are looked up one by one


@dataclass(slots=True)
class Cluster:
    """A group of tellings in the making, and the grounds on which it was joined."""

    events: list[Event]
    grounds: list[tuple[str, str, list[str]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Link:
    """Two tellings that may be one event."""

    points: float
    a: str
    b: str
    grounds: tuple[str, ...]


def keys_of(event: Event) -> list[str]:
    """Return the keys under which events that may be one meet: country × day, and × week for what is long or large."""
    country = event.country or "?"
    if event.start is None or event.end is None:
        return [f"{country}|?"]
    keys = []
    if event.end - event.start <= _LONGEST:
        keys = [f"{country}|{day}" for day in range(event.start, event.end + 2)]
    if event.wide or (event.killed or 0) >= BIG:
        weeks = range((event.start - 6) // 7, (event.end + 6) // 7 + 1)
        keys += [f"{country}|w{week}" for week in weeks]
    return keys


def links_of(events: Sequence[Event]) -> list[Link]:
    """Return all pairs that may be one event, the strongest first."""
    found: dict[tuple[str, str], Link] = {}
    for a, b in _pairs(events):
        pair = (a.key, b.key) if a.key < b.key else (b.key, a.key)
        if pair in found:
            continue
        likeness = alike(a, b)
        if likeness.points >= LINKED:
            found[pair] = Link(likeness.points, *pair, tuple(likeness.grounds))
    return sorted(found.values(), key=lambda link: (-link.points, link.a, link.b))


def _pairs(events: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    """Give the pairs that share a key and no reason to be kept apart at once; equal tellings only once among themselves."""
    blocks: dict[str, list[Event]] = {}
    for event in events:
        for key in keys_of(event):
            blocks.setdefault(key, []).append(event)
    seen: set[tuple[int, int]] = set()
    for block in blocks.values():
        for a, b in combinations(block, 2):
            pair = (id(a), id(b))
            if pair in seen:
                continue
            seen.add(pair)
            if may_link(a, b):
                yield a, b


def may_link(a: Event, b: Event) -> bool:
    """Tell whether two events may be one at first sight: of two reports, not of places apart."""
    return a.report != b.report and not (a.divisions and b.divisions and not a.divisions & b.divisions)


def families_of(events: Sequence[Event], links: Iterable[Link]) -> dict[str, str]:
    """Return for each event's key the lowest key of all that it is linked with, directly or through others."""
    above = {e.key: e.key for e in events}

    def root(key: str) -> str:
        while above[key] != key:
            above[key] = above[above[key]]
            key = above[key]
        return key

    for link in links:
        a, b = sorted((root(link.a), root(link.b)))
        above[b] = a
    return {key: root(key) for key in above}


def cluster(events: Sequence[Event], links: Sequence[Link], apart: Mapping[str, set[str]]) -> list[Cluster]:
    """Join events into groups: first what is alike by itself, then what fits one group only.

    `apart` gives for a key the keys that a person has parted from it.
    """
    ordered = sorted(events, key=lambda e: e.key)
    of: dict[str, Cluster] = {e.key: Cluster([e]) for e in ordered}
    scores: dict[tuple[str, str], Likeness] = {}
    for link in links:
        if link.points < TOGETHER:
            break
        _try(of, link, TOGETHER, apart, scores)
    _attach(of, links, apart, scores)
    unique: dict[int, Cluster] = {id(c): c for c in of.values()}
    return list(unique.values())


def _try(
    of: dict[str, Cluster],
    link: Link,
    least: float,
    apart: Mapping[str, set[str]],
    scores: dict[tuple[str, str], Likeness],
) -> bool:
    one, other = of[link.a], of[link.b]
    if one is other or _parted(one, other, apart):
        return False
    if average(one, other, scores) < least:
        return False
    one.events += other.events
    one.grounds += [*other.grounds, (link.a, link.b, list(link.grounds))]
    for event in other.events:
        of[event.key] = one
    return True


def _attach(
    of: dict[str, Cluster],
    links: Sequence[Link],
    apart: Mapping[str, set[str]],
    scores: dict[tuple[str, str], Likeness],
) -> None:
    """Join a telling that is alone to the group it fits, where only one fits it."""
    by_key: dict[str, list[Link]] = {}
    for link in links:
        by_key.setdefault(link.a, []).append(link)
        by_key.setdefault(link.b, []).append(link)
    wanted = []
    for key in sorted(by_key):
        mine = of[key]
        if len(mine.events) > 1:
            continue
        others: dict[int, tuple[float, str, Link]] = {}
        for link in by_key[key]:
            theirs = of[link.b if link.a == key else link.a]
            if theirs is mine or _parted(mine, theirs, apart):
                continue
            points = average(mine, theirs, scores)
            first = min(e.key for e in theirs.events)
            if points >= LINKED and (id(theirs) not in others or link.points > others[id(theirs)][2].points):
                others[id(theirs)] = (points, first, link)
        ranked = sorted(others.values(), key=lambda o: (-o[0], o[1]))
        if ranked and (len(ranked) == 1 or ranked[0][0] - ranked[1][0] >= 1.0):
            wanted.append((-ranked[0][0], key, ranked[0][2]))
    for points, key, link in sorted(wanted, key=lambda w: (w[0], w[1])):
        if len(of[key].events) == 1:
            _try(of, link, min(-points, LINKED), apart, scores)


def _parted(one: Cluster, other: Cluster, apart: Mapping[str, set[str]]) -> bool:
    if not apart:
        return False
    theirs = {e.key for e in other.events}
    return any(apart.get(e.key, set()) & theirs for e in one.events)


def average(one: Cluster, other: Cluster, scores: dict[tuple[str, str], Likeness]) -> float:
    """Return the mean likeness of the tellings that speak for two groups."""
    points = []
    for a in _speakers(one.events):
        for b in _speakers(other.events):
            pair = (a.key, b.key) if a.key < b.key else (b.key, a.key)
            if pair not in scores:
                scores[pair] = alike(a, b)
            points.append(max(scores[pair].points, -6.0))
    return sum(points) / len(points) if points else NEVER


def _speakers(events: Sequence[Event]) -> Sequence[Event]:
    """Return the tellings that say most: of those with place and day first, spread over the whole."""
    if len(events) <= _SPEAKERS:
        return events
    ordered = sorted(events, key=lambda e: (not e.spots, not e.stated, e.published, e.key))
    step = len(ordered) / _SPEAKERS
    return [ordered[int(i * step)] for i in range(_SPEAKERS)]
