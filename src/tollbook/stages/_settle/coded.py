"""coded: a coder's note that says what it counts -> the figure that stands for the note."""

from collections.abc import Sequence
from dataclasses import replace

from tollbook.grammar.told import Told
from tollbook.model.claim import Claim
from tollbook.stages._settle.toll import COUNTED, Node


def with_coded(told: Sequence[Told], related: dict[str, Claim]) -> tuple[Sequence[Told], Told | None]:
    """Return the figures, and the one that a coder's note says it counts: no part of another, it stands for the note."""
    k = next(
        (
            k
            for k in reversed(range(len(told)))
            if told[k].coded and not told[k].earlier and told[k].claim.modality in COUNTED
        ),
        None,
    )
    if k is None:
        return told, None
    claim = related[told[k].claim.id] = replace(told[k].claim, part_of=None)
    coded = replace(told[k], claim=claim)
    return [*told[:k], coded, *told[k + 1 :]], coded


def as_coded(node: Node, tops: Sequence[Node], related: dict[str, Claim]) -> None:
    """Let the figure that a coder's note says it counts take the place of all others: it is what the note stands for."""
    old = [t for t in tops if t.use == "used"]
    for top in old:
        top.use, top.reason = "superseded", f"the note counts {node.claim.id} (“{node.claim.count.quote}”)"
    if old:
        related[node.claim.id] = replace(related[node.claim.id], supersedes=old[-1].claim.id)
