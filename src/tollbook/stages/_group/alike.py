"""alike: two tellings -> how much speaks for their being one event, and which words say so.

Points are added like the logarithms of odds: what is rare weighs more than what is common (a town more than a province, 47
dead more than two). The weights were set on made-up worlds (benchmarks/grouping.py) and on the cases in the tests.
"""

from dataclasses import dataclass, field
from math import log

from tollbook.model.claim import Harm
from tollbook.stages._group.event import BIG, Event, kilometres

NEVER = -99.0
TOGETHER = 4.6  # points from which two tellings are one event
LINKED = 2.0  # points from which they may become one when nothing else fits better
_NEAR = 3.0  # kilometres within which two spots are one place
_SAME_WORDS = 0.5  # share of the telling words that two tellings have in common
_REGION = 130.0  # and within which the centres of a region and of a division of it may be
_MORE = 1.4  # times as many as a toll rises by when nothing else is said
_AROUND = 12.0  # and within which they may be


@dataclass(slots=True)
class Likeness:
    """Points for two tellings being one event, and the grounds in words."""

    points: float = 0.0
    grounds: list[str] = field(default_factory=list)

    def add(self, points: float, ground: str = "") -> None:
        """Add points, with the ground that gives them."""
        self.points += points
        if ground:
            self.grounds.append(ground)


def alike(a: Event, b: Event) -> Likeness:
    """Weigh whether two tellings are of one event; NEVER where place or time rule it out."""
    found = Likeness()
    if a.country and b.country and a.country != b.country:
        return Likeness(NEVER, ["different countries"])
    _place(a, b, found)
    if found.points == NEVER:
        return found
    _time(a, b, found)
    if found.points <= NEVER / 2:
        return Likeness(NEVER, found.grounds)
    if a.story == b.story and (a.report != b.report):
        found.add(4, "copies of one story")
    if _big(a, b) and len(a.divisions & b.divisions) > 1 and not (a.spots or b.spots):
        found.add(1.5)  # so many dead in the same provinces and days: there are not two such events
    if _sums_up(a, b) or _sums_up(b, a):
        found.add(-4.0)
    _figures(a, b, found)
    _rest(a, b, found)
    return found


def _sums_up(wide: Event, part: Event) -> bool:
    """Tell whether a figure of a country over some days is more than one of a division of it can be a version of."""
    return (
        bool(wide.long and part.divisions and wide.killed and part.killed)
        and not (wide.spots or wide.divisions or wide.region)
        and (wide.killed or 0) > _MORE * (part.killed or 0)
    )


def _place(a: Event, b: Event, found: Likeness) -> None:
    if a.spots and b.spots:
        shared = {s.key for s in a.spots} & {s.key for s in b.spots}
        if shared:
            name = next(s.name for s in a.spots if s.key in shared)
            return found.add(4, f"same place ({name})")
        far = [d for x in a.spots for y in b.spots if (d := kilometres(x, y)) is not None]
        near = min(far, default=None)
        if near is not None and near <= _NEAR:
            return found.add(4, f"the same place ({a.spots[0].name}, {b.spots[0].name})")
        if near is not None and near <= _AROUND and a.divisions & b.divisions:
            return found.add(2.2, f"{a.spots[0].name} and {b.spots[0].name} lie {near:.0f} km apart")
        if near is not None or not (a.divisions & b.divisions):
            return found.add(NEVER, "different places")
        return found.add(-1.5)
    both = a.divisions & b.divisions
    if both:
        name = sorted(both)[0]
        if a.spots or b.spots:
            return found.add(1.0, f"a place within {name.title()}")
        several = len(a.divisions) > 1 and a.divisions == b.divisions
        names = " and ".join(d.title() for d in sorted(both)[:3])
        return found.add(
            3.0 if several else 2.2 if a.divisions == b.divisions else 1.8, f"same area ({names})"
        )
    if a.divisions and b.divisions:
        return found.add(NEVER, "different areas")
    if a.region & b.region:
        return found.add(2.5, f"same area ({sorted(a.region & b.region)[0].title()})")
    if a.country is None or b.country is None:
        return found.add(-1.0)
    if (a.region or b.region) and _centres(a, b) <= _REGION:
        return found.add(1.8, "areas that lie together")
    return found.add(0.6 if a.region or b.region else 0.0, "same country")


def _centres(a: Event, b: Event) -> float:
    """Return how far the nearest centres of two areas lie apart, in kilometres."""
    far = (d for x in a.centres for y in b.centres if (d := kilometres(x, y)) is not None)
    return min(far, default=_REGION + 1)


def _time(a: Event, b: Event, found: Likeness) -> None:
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return found.add(-1.0)
    gap = max(a.start - b.end, b.start - a.end)
    if not a.stated or not b.stated:
        return found.add(NEVER) if gap > 1 else found.add(0.7 if gap <= 0 else 0.0)
    if a.long != b.long:  # a day within a longer period: of its events, maybe, but not the whole
        if gap > 3 or not (_big(a, b) or _widely(a, b)):
            return found.add(NEVER, "a day and a longer period")
        return found.add(0.5 if gap <= 0 else -0.5, "a day within the same days" if gap <= 0 else "")
    if a.long and b.long:
        shared = 1 - gap
        union = max(a.end, b.end) - min(a.start, b.start) + 1
        if gap > 3:
            return found.add(NEVER, "different days")
        if shared >= 0.5 * union:
            return found.add(2.5, "same days")
        if shared >= 0.3 * union:
            return found.add(1.0, "days that overlap")
        return found.add(-2.5)  # a week and its month are told of by different sums
    if gap <= 0:
        return found.add(2, "same day")
    if gap == 1:
        return found.add(-0.6, "a day apart")
    if gap <= 5 and _big(a, b):
        return found.add(-1.0, f"{gap} days apart")
    return found.add(NEVER, "different days")


def _big(a: Event, b: Event) -> bool:
    """Tell whether both give figures of dead that few events reach."""
    return min(a.killed or 0, b.killed or 0) >= BIG


def _widely(a: Event, b: Event) -> bool:
    """Tell whether both are told of a whole area, and at least one gives no figure to be compared."""
    return not a.spots and not b.spots and (a.killed is None or b.killed is None)


def _figures(a: Event, b: Event, found: Likeness) -> None:
    harms: tuple[Harm, Harm] = ("killed", "injured")
    for harm in harms:
        x, y = a.figures.get(harm), b.figures.get(harm)
        if x is None or y is None:
            continue
        weight = 1.0 if harm == "killed" else 0.6
        low, high = sorted((x, y))
        if x == y:
            found.add(weight * min(4.0, 0.8 + log(1 + x)), f"the same figure ({x:,} {harm})")
            continue
        if a.floor or b.floor or _fits(harm, a, b):
            continue
        ratio = (high + 1) / (low + 1)
        rising = (y > x) == (b.published > a.published)
        rare = 1.5 if low >= BIG else 0.0
        if ratio <= 1.4:
            found.add(weight * (1.0 + rare), f"figures close to each other ({x:,} and {y:,} {harm})")
        elif ratio <= (3.5 if rising else 2.0):
            found.add(weight * (0.2 + rare), f"figures that a rising toll can have ({x:,} and {y:,} {harm})")
        else:
            found.add(weight * max(-3.0, -0.8 * log(ratio)))


def _fits(harm: Harm, a: Event, b: Event) -> bool:
    """Tell whether the smaller figure is open to the top ("hundreds", "at least 30") and much smaller: it says little."""
    x, y = a.figures[harm], b.figures[harm]
    small = a if x < y else b
    return harm in small.open and max(x, y) > 1.4 * min(x, y)


def _rest(a: Event, b: Event, found: Likeness) -> None:
    if a.means and b.means:
        both = a.means & b.means
        if both:
            found.add(1.0, f"both tell of {_words(both)}")
        else:
            found.add(-2.0)
    names = a.names & b.names
    if names:
        found.add(min(3.0, 1.2 * len(names)), f"both name {_words(names)}")
    if a.identities & b.identities:
        found.add(0.8, f"both tell of {_words(a.identities & b.identities)} victims")
    if a.parties & b.parties:
        found.add(0.5, f"both name {_words(a.parties & b.parties)}")
    if a.words and b.words:
        share = len(a.words & b.words) / min(len(a.words), len(b.words))
        if share >= _SAME_WORDS:
            found.add(1.5, "told in much the same words")
        elif share == 0 and not (a.wide and b.wide):
            # other things are named: the more telling where not even the day is the same for sure
            found.add(-1.2 if a.stated and b.stated and a.start == b.start else -2.6)


def _words(names: frozenset[str]) -> str:
    listed = [n.replace("_", " ") for n in sorted(names)[:3]]
    return listed[0] if len(listed) == 1 else ", ".join(listed[:-1]) + " and " + listed[-1]
