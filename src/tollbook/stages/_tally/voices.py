"""voices: testimonies of one harm -> what each origin says now, in all and of each status, and what it said before.

Within one origin the newest figure of the same people replaces the older, downward too. A figure is new when it is first
told: an old figure that an outlet repeats late replaces nothing. A loose figure ("more than 1,300") that fits the counted
one says nothing new.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tollbook.model.claim import Status
from tollbook.model.count import Count
from tollbook.model.origin import OriginRef
from tollbook.model.testimony import Testimony
from tollbook.model.toll import Entry, Use

Figures = tuple[int | None, int | None, int | None]
Key = Status | str  # a status, or ALL for everyone
ALL = "all"
GENERIC = ("unknown", "mixed")
_LOOSE = ("at_least", "about", "vague")
_ROUND = 0.05  # how far "about" may lie from a count and still say the same


@dataclass(frozen=True, slots=True)
class Said:
    """What one report lets one origin say of some people: figures added up from its claims."""

    origin: OriginRef
    report: str
    published: str
    figures: Figures
    loose: bool
    revises: frozenset[int]
    testimonies: tuple[str, ...]
    quote: str
    within: frozenset[str] = frozenset()  # the totals that all of it is a part of, where it is nothing else

    @property
    def value(self) -> int | None:
        """Return the figure for comparing: best, else low, else high."""
        return next((f for f in (self.figures[1], self.figures[0], self.figures[2]) if f is not None), None)


@dataclass(slots=True)
class Voice:
    """One origin: for everyone and for each status what it says now, and all it ever said."""

    origin: OriginRef
    now: dict[Key, Said] = field(default_factory=dict)
    ever: dict[Key, list[Said]] = field(default_factory=dict)
    dropped: list[Said] = field(default_factory=list)

    @property
    def tells_whole(self) -> bool:
        """Tell whether it gives a figure of its own, and not only parts of a total that another gave."""
        return not all(said.within for said in self.now.values())


class Ledger:
    """The entries of a toll in the making: one for each claim, the first reason given stays."""

    def __init__(self) -> None:
        """Begin an empty ledger."""
        self.entries: dict[str, Entry] = {}

    def write(self, claims: Iterable[str], use: Use, reason: str) -> None:
        """Write a reason for claims that have none yet."""
        for claim in claims:
            self.entries.setdefault(claim, Entry(claim, use, reason))


def figures_of(count: Count) -> Figures:
    """Return low, best and high of a count."""
    return count.low, count.best, count.high


def add(figures: Sequence[Figures]) -> Figures:
    """Add up figures of different people: an unknown low adds nothing, an open best or high leaves the sum open."""
    if len(figures) == 1:
        return figures[0]
    lows = [f[0] for f in figures if f[0] is not None]
    bests = [f[1] if f[1] is not None else f[0] for f in figures]
    best = sum(b or 0 for b in bests) if any(f[1] is not None for f in figures) else None
    high = None if any(f[2] is None for f in figures) else sum(f[2] or 0 for f in figures)
    return sum(lows) if lows else None, best, high


@dataclass(frozen=True, slots=True)
class Links:
    """What claims of one report have to do with each other, by testimony id: the whole of a part, the figures replaced."""

    whole: Mapping[str, Testimony]
    replaced: Mapping[str, frozenset[int]]

    def among(self, ids: Collection[str]) -> "Links":
        """Return the links to wholes that are among some testimonies."""
        return Links({part: whole for part, whole in self.whole.items() if whole.id in ids}, self.replaced)


def links_of(members: Sequence[Testimony]) -> Links:
    """Find the wholes of parts and the figures that updates replace, each within its own report."""
    at = {(t.report, t.claim.id): t for t in members}
    whole: dict[str, Testimony] = {}
    replaced: dict[str, frozenset[int]] = {}
    for one in members:
        if (
            one.claim.part_of is not None
            and (up := at.get((one.report, one.claim.part_of.claim))) is not None
        ):
            status = one.claim.victims.status
            told_apart = (
                up.origin.id != one.origin.id
                and up.claim.victims.status == status
                and status not in GENERIC
                and one.claim.part_of.relation == "partition"
            )  # what another counts of the same people is no part
            if up.claim.harm == one.claim.harm and not told_apart:
                whole[one.id] = up
        if one.claim.supersedes is not None:
            old = at.get((one.report, one.claim.supersedes))
            value = None if old is None else old.claim.count.best or old.claim.count.low
            if value is not None:
                replaced[one.id] = frozenset((value,))
    return Links(whole, replaced)


def listen(
    testimonies: Sequence[Testimony], counted: Mapping[str, Figures], links: Links, ledger: Ledger
) -> list[Voice]:
    """Return the voices among testimonies that count, each with what it says now; older figures go into the ledger.

    `counted` gives for each testimony the figures that its words come to under the rule in use.
    """
    said: dict[str, Voice] = {}
    by_report: dict[tuple[str, str], list[Testimony]] = {}
    for one in testimonies:
        by_report.setdefault((one.origin.id, one.telling), []).append(one)
    for (origin, _), own in sorted(by_report.items()):
        spoken = _in_report(own, counted, links, ledger)
        if spoken:
            voice = said.setdefault(origin, Voice(own[0].origin))
        for key, telling in spoken.items():
            voice.ever.setdefault(key, []).append(telling)
    for voice in said.values():
        for key, told in voice.ever.items():
            told.sort(key=_moment)
            voice.now[key] = _newest(voice, told, ledger)
    return [said[o] for o in sorted(said)]


def _moment(said: Said) -> tuple[str, int, str, str]:
    return said.published[:10], said.value or 0, said.published, said.report


def _in_report(
    own: Sequence[Testimony], counted: Mapping[str, Figures], links: Links, ledger: Ledger
) -> dict[Key, Said]:
    """Add up what one report lets one origin say: of everyone where it tells of people in general, and of each status."""
    tops = [t for t in own if t.id not in links.whole]
    parts = [t for t in own if t.id in links.whole]
    made: dict[Key, list[Testimony]] = {}
    for one in tops:
        made.setdefault(one.claim.victims.status, []).append(one)
    for one in parts:
        whole = links.whole[one.id]
        relation = one.claim.part_of.relation if one.claim.part_of is not None else "overlay"
        if relation == "partition" and _tells_apart(one, whole):
            made.setdefault(one.claim.victims.status, []).append(one)
        tail = "not added to it" if relation == "partition" else "an overlapping group, never added"
        words = f"“{one.claim.count.quote}” is a part of “{whole.claim.count.quote}”, {tail}"
        ledger.write([one.id], "part_of", words)
    spoken: dict[Key, Said] = {}
    if any(t.claim.victims.status in GENERIC for t in tops):
        spoken[ALL] = _said(tops, counted, links)
    for status, some in made.items():
        chosen = [t for t in some if t.id in links.whole or status not in GENERIC]
        if chosen:
            spoken[status] = _said(chosen, counted, links)
    return spoken


def _tells_apart(part: Testimony, whole: Testimony) -> bool:
    """Tell whether a part says of its people what the whole does not: soldiers among the dead, not "300 in the east"."""
    mine, theirs = part.claim.victims.status, whole.claim.victims.status
    return theirs in GENERIC and mine != theirs and (mine not in GENERIC or theirs == "unknown")


def _said(some: Sequence[Testimony], counted: Mapping[str, Figures], links: Links) -> Said:
    first = some[0]
    revises = frozenset(v for t in some for v in links.replaced.get(t.id, ()))
    return Said(
        first.origin,
        first.report,
        first.reference.published or "",
        add([counted[t.id] for t in some]),
        any(t.claim.count.kind in _LOOSE for t in some),
        revises,
        tuple(t.id for t in some),
        " + ".join(f"“{t.claim.count.quote}”" for t in some),
        frozenset(links.whole[t.id].id for t in some if all(s.id in links.whole for s in some)),
    )


def _newest(voice: Voice, told: Sequence[Said], ledger: Ledger) -> Said:
    """Return what an origin says now of some people, and write down what became of its other figures."""
    now = told[0]
    known = {now.value}
    again: list[Said] = []
    for said in told[1:]:
        if said.value in known and not (said.revises and said.value != now.value):
            again.append(said)
        elif _fits(said, now):
            ledger.write(
                said.testimonies,
                "agrees",
                f"{said.quote} fits {now.quote} of the same origin and says nothing new",
            )
        else:
            _replace(now, said, ledger)
            if (said.value or 0) < (now.value or 0) and not said.revises:
                voice.dropped.append(now)
            now = said
        known.add(said.value)
    for said in again:
        if said.value == now.value:
            ledger.write(said.testimonies, "same_origin", f"{voice.origin.name} heard again: {said.quote}")
        else:
            ledger.write(
                said.testimonies,
                "superseded",
                f"{said.quote} of {voice.origin.name}, told again; it says {now.quote} since",
            )
    return now


def _fits(said: Said, now: Said) -> bool:
    """Tell whether a loose figure says no more than the one that stands."""
    if said.value is None or now.value is None:
        return said.value is None
    if not said.loose or (now.loose and said.value > now.value):
        return False
    if said.figures[2] is None:  # open to the top: it says more only where it is higher
        return said.value <= now.value
    return abs(said.value - now.value) <= _ROUND * now.value


def _replace(old: Said, new: Said, ledger: Ledger) -> None:
    moved = "rose" if (new.value or 0) >= (old.value or 0) else "fell"
    ledger.write(
        old.testimonies, "superseded",
        f"the figure of {new.origin.name} {moved} from {old.quote} to {new.quote} ({new.published[:10] or 'undated'})",
    )  # fmt: skip
