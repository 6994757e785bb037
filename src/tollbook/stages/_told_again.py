"""_told_again: figures that only say again, in other words or of another voice, what a report counted before."""

from collections.abc import Sequence

from tollbook.stages._claims_apart import origins_differ
from tollbook.stages._figures import HALF, telling
from tollbook.stages._other_people import same_people
from tollbook.stages._toll import Node


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
