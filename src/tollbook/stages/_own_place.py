"""_own_place: a claim -> the town or first-level division that its own sentence names for it."""

from tollbook.model.claim import Claim
from tollbook.model.place import Place

_OWN = ("locality", "adm2", "adm1")


def own_place(claim: Claim) -> Place | None:
    """Return the town or the first-level division that the sentence of a claim names for it."""
    first, sentence = claim.where[0] if claim.where else None, claim.evidence.sentence
    if first is None or first.level not in _OWN or not sentence.start <= first.start < sentence.end:
        return None
    return first
