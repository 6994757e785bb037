"""charged: a deed that people are charged with, or that two sides may have done -> who is said to have done it."""

from tollbook.grammar.view import View
from tollbook.model.claim import Basis, Party
from tollbook.stages._acting import BASES, Acting, group_to, party_of

_CHARGE = 4  # words of a charge: "believed to have also"
_NEAR = 5  # words between people and the charge against them: "men on motorcycles accused of"
_ADVERB = 2  # words from the comma before a participle: ", reportedly killing"


def charged(view: View, words: Acting, first: int, harm: int) -> tuple[Party, ...] | None:
    """Return whom words right before a harm charge with it: "police held two gunmen accused of killing five".

    Nobody where they are people of no group, or where both sides of a fight struck; None where the words charge nobody.
    """
    k = harm - 1
    while k > first and view.folded[k] in words.helpers:
        k -= 1
    if not words.charging.lasts.isdisjoint(view.folded[max(first, k) : harm]):  # few
        for i in range(max(first + 1, k - _CHARGE), k + 1):
            hit = words.charging.at(view.folded, i, harm)
            if hit is not None and hit.last >= k:
                return _charged_with(view, words, first, hit.first, hit.sense)
    return () if _both_strike(view, words, first, harm) else None


def _charged_with(view: View, words: Acting, first: int, charge: int, sense: str) -> tuple[Party, ...] | None:
    """Return the people right before a charge, or its subject: "soldiers are accused of"; None where nobody is told there."""
    bare = sense not in BASES  # "arrested two soldiers for killing", but "apologised for killing"
    are = not bare and charge - 1 > first and view.folded[charge - 1] in words.stops
    charge -= are
    for k in range(charge - 1, max(first, charge - (1 if bare or are else _NEAR)) - 1, -1):
        if not view.words[k][0].isalnum() or view.folded[k] in words.stops:
            return None
        group = group_to(view, words, k, first)
        if group is not None:
            if bare and (group[0] == first or view.folded[group[0] - 1] in words.openers):
                return None
            basis: Basis = "stated" if bare else sense  # type: ignore[assignment]  # the pack's keys are the bases
            return (party_of(view, words, *group, first, basis),)
        if words.people.get(view.folded[k]) is not None:
            return ()
    return None if bare or are else ()


def _both_strike(view: View, words: Acting, first: int, harm: int) -> bool:
    """Tell whether one group attacks and another strikes beside it, and a participle tells the harm of either.

    "Militants attacked the post as soldiers opened fire, killing 12"; not so "as soldiers fired at them".
    """
    if "," not in view.words[harm - _ADVERB : harm] or view.folded[harm] not in words.harming - words.finite:
        return False
    parted = next((k for k in range(harm - 1, first, -1) if view.folded[k] in words.beside), first)
    if parted == first or not words.pronouns.isdisjoint(view.folded[parted:harm]):
        return False
    struck = any(words.attacking.find(view.folded, parted, harm)) or not words.striking.isdisjoint(
        view.folded[parted:harm]
    )
    return struck and _attacks(view, words, first, parted) and _acts(view, words, parted + 1, harm)


def _attacks(view: View, words: Acting, first: int, last: int) -> bool:
    """Tell whether a group stands right before a verb of attack."""
    hits = words.attacking.find(view.folded, first, last)
    return any(h.first > first and group_to(view, words, h.first - 1, first) is not None for h in hits)


def _acts(view: View, words: Acting, first: int, last: int) -> bool:
    return any(group_to(view, words, k, first) is not None for k in range(first, last))
