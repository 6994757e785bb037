"""told_again: figures that only say again, in other words or of another voice, what a report counted before."""

from collections.abc import Sequence

from tollbook.grammar.told import Told
from tollbook.model.made import changed
from tollbook.stages._settle.claims_apart import origins_differ
from tollbook.stages._settle.figures import HALF, telling
from tollbook.stages._settle.other_people import same_people
from tollbook.stages._settle.toll import COUNTED, Node

_BOTH, _EACH = "killed_or_injured", ("killed", "injured")


def told_by_another(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether "meanwhile" only turns to another who counts the same: of one place, and no more or fewer than by half."""
    if not node.told.turned or not node.claim.where or not node.value:
        return False
    same = [t for t in tops if t.use == "used" and t.value and t.claim.where and same_people(t, node)]
    return any(
        t.claim.where[0].name == node.claim.where[0].name
        and any(origins_differ(teller.claim, node.claim) for teller in telling(t))
        and 1 / HALF <= (t.value or 0) / node.value <= HALF
        for t in same
    )


def told_loosely(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether a sentence says loosely what one before it counted: "about 50 others", then "dozens of others"."""
    return (
        node.claim.count.vague
        and not node.told.apart
        and any(
            t.use == "used"
            and not t.claim.count.vague
            and t.told.others
            and (t.value or 0) >= (node.value or 0)
            and t.told.sentence != node.told.sentence
            and same_people(t, node)
            for t in tops
        )
    )


def casualties_again(told: Sequence[Told]) -> Sequence[Told]:
    """Set aside casualties that point at as many dead or injured told before: "to identify the three casualties"."""
    if not any(t.definite and t.claim.harm == _BOTH for t in told):  # nearly all
        return told
    out = list(told)
    for i, item in enumerate(told):
        if not item.definite or item.claim.harm != _BOTH:
            continue
        same = next((t for t in told[:i] if t.claim.harm in _EACH and _as_many(t, item)), None)
        if same is not None:
            out[i] = changed(item, aside=f"points at {same.claim.id} (“{same.claim.count.quote}”)")
    return out


def _as_many(one: Told, other: Told) -> bool:
    return one.claim.count.low is not None and one.claim.count.low == other.claim.count.low


def why_aside(item: Told) -> str | None:
    """Return why a figure does not count from the first."""
    if item.claim.modality not in COUNTED:
        return f"“{item.claim.count.quote}” is {item.claim.modality}, not stated as a fact"
    return item.aside or None
