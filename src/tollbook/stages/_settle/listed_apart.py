"""listed_apart: parts of a figure -> none, where a list of places or days only happens to add up to its first."""

from collections.abc import Sequence

from tollbook.grammar.told import Told
from tollbook.model.claim import Claim
from tollbook.model.made import changed
from tollbook.stages._settle.claims_apart import days_differ, in_towns_apart

_PAIR = 2
_SHARED_OUT = frozenset(":(–—")  # signs between a figure and what only shares it out


def listed_apart(told: Sequence[Told]) -> Sequence[Told]:
    """Read "five died in Aleppo, three in Homs and two in Hama" as a list of ten: each of a place or a day of its own.

    Not "eight died in Lebanon, five in Tyre and three in Sidon", whose first place holds the others.
    """
    if all(t.claim.part_of is None or t.claim.part_of.relation != "partition" for t in told):  # most
        return told
    wholes = {t.claim.id: t for t in told}
    parts: dict[str, list[Told]] = {}
    for item in told:
        part_of = item.claim.part_of
        if part_of is not None and part_of.relation == "partition" and part_of.claim in wholes:
            parts.setdefault(part_of.claim, []).append(item)
    apart = {
        item.claim.id
        for whole, listed in parts.items()
        if _is_list(wholes[whole], listed) and _are_apart(wholes[whole].claim, [t.claim for t in listed])
        for item in listed
    }
    if not apart:
        return told
    return [changed(t, claim=changed(t.claim, part_of=None)) if t.claim.id in apart else t for t in told]


def _is_list(whole: Told, parts: Sequence[Told]) -> bool:
    """Tell whether a figure and all its parts have one verb, each with bare figures that add up to the first."""
    return (
        len(parts) >= _PAIR
        and all(t.group == whole.group and t.claim.victims.quote is None for t in parts)
        and _SHARED_OUT.isdisjoint(parts[0].claim.evidence.quote)
        and sum(t.claim.count.low or 0 for t in parts) == whole.claim.count.low
    )


def _are_apart(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether each part has a day of its own that is not the first's, or a town that is not it, nor in it."""
    return all(days_differ(whole, part) for part in parts) or in_towns_apart(whole, parts)
