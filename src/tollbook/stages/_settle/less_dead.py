"""less_dead: those hurt of whom some are told dead -> how many fewer were only hurt."""

from collections.abc import Sequence

from tollbook.grammar.told import Told
from tollbook.model.made import changed
from tollbook.stages._settle.toll import COUNTED


def less_the_dead(told: Sequence[Told]) -> Sequence[Told]:
    """Tell of each figure of hurt how many of them are told dead: of "shot four people, killing one" three were hurt."""
    dead: dict[str, int] = {}
    for item in told:
        claim = item.claim
        if claim.harm == "killed" and claim.part_of is not None and claim.modality in COUNTED:
            dead[claim.part_of.claim] = dead.get(claim.part_of.claim, 0) + (claim.count.best or 0)
    if not dead:  # most
        return told
    return [
        changed(t, fewer=dead[t.claim.id])
        if t.claim.harm == "injured" and 0 < dead.get(t.claim.id, 0) < (t.claim.count.best or 0)
        else t
        for t in told
    ]
