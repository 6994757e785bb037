"""attest: a reading and the voices of its claims -> testimonies, each with the event that its report tells."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from tollbook.model.claim import Claim
from tollbook.model.origin import OriginRef
from tollbook.model.place import Place
from tollbook.model.reading import Reading
from tollbook.model.testimony import Answer, Days, Reference, Site, Testimony, claim_key
from tollbook.model.toll import Entry

_WIDTH = {"point": 0, "locality": 1, None: 2, "adm2": 3, "adm1": 4, "region": 5, "country": 6}
_NARROW = ("point", "locality", "adm2")


def attest(
    reading: Reading,
    voices: Mapping[str, tuple[OriginRef, tuple[str, ...], tuple[Answer, ...]]],
    *,
    story: str,
    recorded: str,
    report: str | None = None,
    superseded_by: str | None = None,
) -> tuple[Testimony, ...]:
    """Make the testimonies of one reading.

    `voices` gives for each claim id its origin, its chain and the answers to it; `report` the id under which the register
    keeps the report, its own id if None. Claims that tell one event share a `telling`: those linked as parts or updates, and
    those of one place and time; where a claim names no place or day, what the report says nearest before stands in.
    """
    key = report or reading.report.id
    head = reading.report
    reference = Reference(
        key, head.url, head.title, head.publisher, head.author, head.published, head.language
    )
    entries = {e.claim: e for toll in reading.toll if toll.status == "all" for e in toll.ledger}
    tellings = _tellings(reading)
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
                f"{key}#{label}", sites, days, _names(reading, claim), _entry(entries.get(claim.id)), answers, superseded_by,
            )
        )  # fmt: skip
    return tuple(made)


def _entry(entry: Entry | None) -> Entry | None:
    return entry


def _tellings(reading: Reading) -> dict[str, tuple[int, tuple[Site, ...], Days | None]]:
    """Return for each claim the number of the event it tells in its report, with that event's places and days."""
    groups: list[list[Claim]] = []
    of: dict[str, int] = {}
    for claim in reading.claims:
        linked = [of[c] for c in _links(claim) if c in of]
        at = linked[0] if linked else _fitting(claim, groups)
        if at is None:
            groups.append([])
            at = len(groups) - 1
        groups[at].append(claim)
        of[claim.id] = at
    whole = _days(reading.claims, reading.report.published)
    told = [(_sites(group, reading), _days(group, reading.report.published) or whole) for group in groups]
    return {claim: (at, *told[at]) for claim, at in of.items()}


def _links(claim: Claim) -> list[str]:
    return [c for c in (claim.part_of.claim if claim.part_of else None, claim.supersedes) if c]


def _fitting(claim: Claim, groups: Sequence[Sequence[Claim]]) -> int | None:
    """Return the group, nearest before, that tells the same place and time."""
    for at in range(len(groups) - 1, -1, -1):
        first = groups[at][0]
        if first.scope != claim.scope:
            continue
        if _same_place(groups[at], claim) and _same_days(groups[at], claim):
            return at
    return None


def _narrow(claim: Claim) -> set[str]:
    return {p.gazetteer_id or p.name for p in claim.where if p.level in _NARROW}


def _same_place(group: Sequence[Claim], claim: Claim) -> bool:
    mine = _narrow(claim)
    theirs = set().union(*(_narrow(c) for c in group))
    return not mine or not theirs or bool(mine & theirs)


def _same_days(group: Sequence[Claim], claim: Claim) -> bool:
    when = claim.when
    if when is None or when.start is None:
        return True
    spans = [(c.when.start, c.when.end or c.when.start) for c in group if c.when is not None and c.when.start]
    return not spans or any(when.start <= b and a <= (when.end or when.start) for a, b in spans)


def _sites(group: Sequence[Claim], reading: Reading) -> tuple[Site, ...]:
    """Return the places of a group of claims, most specific first; the report's own places where the claims name none."""
    quiet = [(c.origin.start, c.origin.end) for c in reading.claims if c.origin is not None]
    places = [p for c in group for p in c.where] or list(reading.places)
    places = [p for p in places if not any(a <= p.start < b for a, b in quiet)]
    found: dict[str, Place] = {}
    for place in places:
        found.setdefault(place.gazetteer_id or place.name, place)
    ordered = sorted(found.values(), key=lambda p: _WIDTH.get(p.level, 2))
    return tuple(
        Site(p.name, p.level, p.country, p.adm1, p.lat, p.lon, p.gazetteer_id, p.precision) for p in ordered
    )


def _days(claims: Sequence[Claim], published: str | None) -> Days | None:
    whens = [c.when for c in claims if c.scope == "incident" and c.when is not None and c.when.start] or [
        c.when for c in claims if c.when is not None and c.when.start
    ]
    spans = [(w.start or "", w.end or w.start or "") for w in whens]
    if spans:
        start, end = min(a for a, _ in spans), max(b for _, b in spans)
        return Days(start, end, max(w.precision or 1 for w in whens))
    if published is None:
        return None
    day = date.fromisoformat(published[:10])
    return Days((day - timedelta(days=3)).isoformat(), day.isoformat(), 2, stated=False)


def _names(reading: Reading, claim: Claim) -> tuple[str, ...]:
    """Return the words with a capital inside the claim's sentence: names of hospitals, squares, camps."""
    span = claim.evidence.sentence
    words = reading.report.text[span.start : span.end].split()[1:]
    skip = claim.origin.quote if claim.origin is not None else ""
    found = {w.strip(".,;:()\"'“”‘’") for w in words if w[:1].isupper()}
    return tuple(sorted(w.casefold() for w in found if len(w) > 3 and w not in skip))
