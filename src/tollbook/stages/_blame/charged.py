"""charged: a deed that people are charged with, or that two sides may have done -> who is said to have done it."""

from tollbook.grammar.view import View
from tollbook.model.claim import Basis, Party
from tollbook.stages._acting import BASES, Acting, Stretch, group_to, party_of

_CHARGE = 4  # words of a charge: "believed to have also"
_NEAR = 5  # words between people and the charge against them: "men on motorcycles accused of"
_NOBODYS = ("unknown", "civilian")  # statuses of people of no side
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
            if group[0] < group[1] and view.folded[group[0]] in words.laid_on:
                group = (group[0] + 1, group[1])  # "the opposition blames soldiers for"
            if bare and (group[0] == first or view.folded[group[0] - 1] in words.openers):
                return None
            laid = not words.laid_on.isdisjoint(view.folded[max(first, group[0] - 2) : group[0]])
            basis: Basis = "alleged" if laid else "stated" if bare else sense  # type: ignore[assignment]  # the pack's keys
            return (party_of(view, words, *group, first, basis),)
        if words.people.get(view.folded[k]) is not None:
            return ()
    return None if bare or are else ()


def _both_strike(view: View, words: Acting, first: int, harm: int) -> bool:
    """Tell whether one group attacks and another strikes beside it, and a participle tells the harm of either.

    "Militants attacked the post as soldiers opened fire, killing 12"; not so "as soldiers fired at them", nor where both are
    of one side, nor where those killed are of the first.
    """
    verb = view.folded[harm]
    participle = verb in words.harming and verb not in words.finite
    if not participle or "," not in view.words[harm - _ADVERB : harm]:
        return False
    parted = next((k for k in range(harm - 1, first, -1) if view.folded[k] in words.beside), first)
    if parted == first or not words.pronouns.isdisjoint(view.folded[parted:harm]):
        return False
    struck = any(words.attacking.find(view.folded, parted, harm)) or not words.striking.isdisjoint(
        view.folded[parted:harm]
    )
    one = _attacker(view, words, first, parted) if struck else None
    other = None if one is None else _actor(view, words, parted + 1, harm)
    if one is None or other is None or _suffers(view, words, harm, one[1], other[1]):
        return False
    return party_of(view, words, *one, first).name != party_of(view, words, *other, first).name


def _suffers(view: View, words: Acting, harm: int, one: int, other: int) -> bool:
    """Tell whether those harmed are of the one side, and not of the other: ", killing three militants"."""
    behind = view.folded[harm + 1 : min(harm + 1 + _NEAR, view.sentences[view.sentence_at(harm)][1])]
    harmed, side, against = (
        next((noun.status for w in part if (noun := words.people.get(w)) is not None), None)
        for part in (behind, (view.folded[one],), (view.folded[other],))
    )
    return harmed is not None and harmed == side != against and harmed not in _NOBODYS


def _attacker(view: View, words: Acting, first: int, last: int) -> Stretch | None:
    """Return the group that stands right before a verb of attack."""
    hits = words.attacking.find(view.folded, first, last)
    groups = (group_to(view, words, h.first - 1, first) for h in hits if h.first > first)
    return next((group for group in groups if group is not None), None)


def _actor(view: View, words: Acting, first: int, last: int) -> Stretch | None:
    groups = (group_to(view, words, k, first) for k in range(first, last))
    return next((group for group in groups if group is not None), None)
