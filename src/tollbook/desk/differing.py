"""differing: a claim as it is read and as it would be -> what of it is another, in words."""

from collections.abc import Mapping
from dataclasses import replace

from tollbook.model.rereading import ClaimChange, Fate, Part
from tollbook.model.testimony import Testimony


def changes(before: Testimony, after: Testimony) -> bool:
    """Tell whether a claim is read otherwise: whatever differs but the program that read it, and less than a hundredth of
    how sure it is."""
    return _bare(before) != _bare(after)


def _bare(one: Testimony) -> Testimony:
    sure = one.claim.confidence
    return replace(
        one,
        recorded="",
        claim=replace(one.claim, reader="", confidence=None if sure is None else round(sure, 2)),
    )


def told(fate: Fate, before: Testimony | None, after: Testimony | None) -> ClaimChange:
    """Return what becomes of a claim, with each part that is another."""
    one = after or before
    assert one is not None
    parts: tuple[Part, ...] = ()
    if before is not None and after is not None:
        old, new = _parts(before), _parts(after)
        parts = tuple(Part(name, old[name], new[name]) for name in new if old[name] != new[name])
        parts = parts or (Part("the rest", None, None),)
    claim = one.claim
    return ClaimChange(one.id, fate, claim.harm, claim.count.quote, claim.evidence.quote[:300], parts)


def _parts(one: Testimony) -> Mapping[str, str | None]:
    """Return the parts of a claim as words, by the names that people correct them by where they can."""
    claim, count = one.claim, one.claim.count
    days = one.days
    return {
        "count": f"{count.kind} {_figure(count.low)}/{_figure(count.best)}/{_figure(count.high)}",
        "harm": claim.harm,
        "victims": " ".join(
            v for v in (claim.victims.status, claim.victims.sex, claim.victims.age_group) if v
        ),
        "scope": claim.scope,
        "modality": claim.modality,
        "place": ", ".join(site.name for site in one.sites) or None,
        "days": None
        if days is None
        else days.start
        if days.start == days.end
        else f"{days.start}/{days.end}",
        "origin": one.origin.name,
        "by": ", ".join(f"{party.name} ({party.basis})" for party in claim.by) or None,
        "means": ", ".join(means.name for means in claim.means) or None,
        "names": ", ".join(one.names) or None,
        "carried by": " ← ".join(one.chain) or None,
        "part_of": claim.part_of.claim if claim.part_of else None,
        "supersedes": claim.supersedes,
        "ledger": None if one.entry is None else one.entry.use,
        "confidence": None if claim.confidence is None else f"{claim.confidence:.2f}",
    }


def _figure(value: int | None) -> str:
    return "–" if value is None else str(value)


__all__ = ["changes", "told"]
