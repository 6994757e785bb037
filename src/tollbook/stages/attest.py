"""attest: a reading and the voices of its claims -> testimonies, each with the event that its report tells."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from tollbook.model.claim import Claim
from tollbook.model.origin import OriginRef
from tollbook.model.place import Place
from tollbook.model.reading import Reading
from tollbook.model.testimony import Answer, Days, Reference, Site, Testimony, claim_key
from tollbook.stages._setting import NARROW, Setting, settings_of

_WIDTH = {"point": 0, "locality": 1, None: 2, "adm2": 3, "adm1": 4, "region": 5, "country": 6}


def attest(
    reading: Reading,
    voices: Mapping[str, tuple[OriginRef, tuple[str, ...], tuple[Answer, ...]]],
    *,
    story: str,
    recorded: str,
    report: str | None = None,
    superseded_by: str | None = None,
    houses: Collection[str] = (),
    feasts: Collection[str] = (),
    ordinary: Collection[str] = (),
) -> tuple[Testimony, ...]:
    """Make the testimonies of one reading.

    `voices` gives for each claim id its origin, its chain and the answers to it; `report` the id under which the register
    keeps the report, its own id if None. Claims that tell one event share a `telling`: those linked as parts or updates, and
    those of one place and time; where a claim names no place or day, what the report says nearest before stands in.
    `houses` are folded words for hospitals, which a place's name may stand before without the event being there;
    `feasts` those for Christmas and the like, by which no event is dated;
    `ordinary` the folded words in which any harm is told, which tell no event from another.
    """
    key = report or reading.report.id
    head = reading.report
    reference = Reference(
        key, head.url, head.title, head.publisher, head.author, head.published, head.language
    )
    entries = {e.claim: e for toll in reading.toll if toll.status == "all" for e in toll.ledger}
    tellings = _tellings(reading.claims, settings_of(reading, houses, feasts))
    made: list[Testimony] = []
    seen: Counter[str] = Counter()
    for claim in reading.claims:
        own = claim_key(key, claim)
        seen[own] += 1
        origin, chain, answers = voices[claim.id]
        label, sites, days = tellings[claim.id]
        made.append(
            Testimony(
                own if seen[own] == 1 else f"{own}-{seen[own]}", claim, key, reference, story, origin, chain, recorded,
                f"{key}#{label}", sites, days, _names(reading, claim, ordinary), entries.get(claim.id), answers, superseded_by,
            )
        )  # fmt: skip
    return tuple(made)


def _tellings(
    claims: Sequence[Claim], settings: Mapping[str, Setting]
) -> dict[str, tuple[int, tuple[Site, ...], Days | None]]:
    """Return for each claim the number of the event it tells in its report, with that event's places and days."""
    groups: list[list[Claim]] = []
    of: dict[str, int] = {}
    for claim in claims:
        linked = [of[c] for c in _links(claim) if c in of]
        at = linked[0] if linked else _fitting(claim, groups, settings)
        if at is None:
            groups.append([])
            at = len(groups) - 1
        groups[at].append(claim)
        of[claim.id] = at
    told = [(_sites(group, settings), _days(group, settings)) for group in groups]
    return {claim: (at, *told[at]) for claim, at in of.items()}


def _links(claim: Claim) -> list[str]:
    return [c for c in (claim.part_of.claim if claim.part_of else None, claim.supersedes) if c]


def _fitting(claim: Claim, groups: Sequence[Sequence[Claim]], settings: Mapping[str, Setting]) -> int | None:
    """Return the group, nearest before, that tells the same place and time."""
    mine = settings[claim.id]
    for at in range(len(groups) - 1, -1, -1):
        if groups[at][0].scope != claim.scope:
            continue
        theirs = [settings[c.id] for c in groups[at]]
        if _told_apart(groups[at], claim, [*theirs, mine]):
            continue
        if _same_place(theirs, mine) and _same_days(theirs, mine, 1 if _wide([*theirs, mine]) else 0):
            return at
    return None


def _told_apart(group: Sequence[Claim], claim: Claim, settings: Sequence[Setting]) -> bool:
    """Tell whether a report tells two events of one town and day: other people, in another sentence, by quite other means."""
    if _wide(settings) or claim.harm != "killed" or not claim.means:
        return False
    others = [c for c in group if c.harm == claim.harm]
    means = {m.name for c in others for m in c.means}
    return (
        bool(means)
        and means.isdisjoint(m.name for m in claim.means)
        and all(c.evidence.sentence != claim.evidence.sentence for c in others)
    )


def _narrow(setting: Setting) -> set[str]:
    return {p.gazetteer_id or p.name for p in setting.places if p.level in NARROW}


def _divisions(setting: Setting) -> set[str]:
    return {p.adm1 for p in setting.places if p.adm1}


def _same_place(group: Sequence[Setting], claim: Setting) -> bool:
    mine, theirs = _narrow(claim), set().union(*map(_narrow, group))
    if mine and theirs:
        return bool(mine & theirs)
    wide, wider = _divisions(claim), set().union(*map(_divisions, group))
    return not wide or not wider or bool(wide & wider)


def _wide(group: Sequence[Setting]) -> bool:
    """Tell whether no town is named: figures of an area, of which one day is part of the next."""
    return not any(_narrow(s) for s in group)


def _same_days(group: Sequence[Setting], claim: Setting, apart: int) -> bool:
    if claim.days is None or not claim.days.stated:
        return True
    spans = [(s.days.start, s.days.end) for s in group if s.days is not None and s.days.stated]
    first, last = _day(claim.days.start), _day(claim.days.end)
    return not spans or any(max(first - _day(b), _day(a) - last) <= apart for a, b in spans)


def _day(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _sites(group: Sequence[Claim], settings: Mapping[str, Setting]) -> tuple[Site, ...]:
    """Return the places of a group of claims, most specific first."""
    found: dict[str, Place] = {}
    for claim in group:
        for place in settings[claim.id].places:
            found.setdefault(place.gazetteer_id or place.name, place)
    ordered = sorted(found.values(), key=lambda p: _WIDTH.get(p.level, 2))
    return tuple(
        Site(p.name, p.level, p.country, p.adm1, p.lat, p.lon, p.gazetteer_id, p.precision) for p in ordered
    )


def _days(group: Sequence[Claim], settings: Mapping[str, Setting]) -> Days | None:
    """Return the days of a group of claims: from the first to the last that is stated."""
    days = [d for c in group if (d := settings[c.id].days) is not None]
    stated = [d for d in days if d.stated] or days
    if not stated:
        return None
    return Days(
        min(d.start for d in stated),
        max(d.end for d in stated),
        max(d.precision for d in stated),
        stated[0].stated,
    )


_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_LONG = 5  # letters from which a word says something of its own


def _names(reading: Reading, claim: Claim, ordinary: Collection[str]) -> tuple[str, ...]:
    """Return what a claim's sentence is told with: its longer words, those with a capital inside a sentence as they are.

    Left out are the words of its figure, its victims, its origin, its places and its day, which are compared by themselves.
    """
    text = reading.report.text
    span = claim.evidence.sentence
    spoken = [(claim.count.start, claim.count.end)]
    spoken += [(p.start, p.end) for p in (*claim.where, *reading.places)]
    spoken += [(d.start_offset, d.end_offset) for d in reading.dates]
    if claim.origin is not None:
        spoken.append((claim.origin.start, claim.origin.end))
    if claim.victims.start is not None and claim.victims.end is not None:
        spoken.append((claim.victims.start, claim.victims.end))
    spoken = [(a, b) for a, b in spoken if b > span.start and a < span.end]
    found: set[str] = set()
    for n, word in enumerate(_WORD.finditer(text, span.start, min(span.end, span.start + _REACH))):
        if any(a <= word.start() < b for a, b in spoken):
            continue
        plain = word.group().strip("'’-")
        if plain[:1].isupper() and n > 0 and len(plain) > 3 and not plain.isupper():
            found.add(plain)
        elif len(plain) >= _LONG and plain.casefold() not in ordinary:
            found.add(plain.casefold())
    return tuple(sorted(found))


_REACH = 600  # characters of a sentence that are looked at
