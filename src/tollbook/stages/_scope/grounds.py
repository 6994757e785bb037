"""grounds: words before a death -> whether it is what people protest against, or what others were harmed over."""

from collections.abc import Iterable, Iterator

from tollbook.grammar.draft import Draft
from tollbook.grammar.lexicon import Hit
from tollbook.grammar.view import View
from tollbook.stages._scope_cues import Cues

_GROUNDS = (
    4  # words from what a ground led to to the people: "protested against the police killing of a youth"
)
_AGAINST = 2  # words from "against the" to the word of harm: "against the brutal killing of a youth"
_CHARGE = 4  # words of a charge: "believed to have"
_NEAR = 3  # words from people to the charge against them
_VIOLENT = ("killed", "injured")


def ground(view: View, cues: Cues, draft: Draft, start: int) -> Iterator[Hit[str]]:
    """Yield words that make a figure the ground of what is told: "protested the killing of two", "against the killing of two"."""
    begin = max(start, draft.first - 2 * _GROUNDS)
    for hit in cues.grounds.find(view.folded, begin, draft.first):
        led = view.folded[hit.last + 1 : draft.first]
        if len(led) < _GROUNDS and cues.grounds_end.isdisjoint(led):
            yield hit
    if not cues.protests.isdisjoint(view.folded[start : draft.first]):
        for hit in cues.protests_at.find(view.folded, begin, draft.first):
            if draft.first - hit.last <= _AGAINST and _protests(view, cues, start, hit.first):
                yield hit
    if draft.harm_first == draft.first:
        for hit in cues.against.find(view.folded, begin, draft.first):
            if draft.first - hit.last <= _AGAINST:
                yield hit


def fought_over(view: View, cues: Cues, draft: Draft, drafts: Iterable[Draft]) -> bool:
    """Tell whether a death is what others were harmed over: "a mob lynched a teacher over the deaths of two boys".

    So are bodies whose finding set it off: "was lynched after the body of a girl was found".
    """
    first = draft.harm_first
    if draft.first != first or not any(d.harm in _VIOLENT and d.last < first for d in drafts):
        return False
    once = cues.once.isdisjoint(view.folded[max(0, first - _GROUNDS) : first])
    if not once and not cues.found.isdisjoint(view.folded[draft.last + 1 : draft.last + _GROUNDS]):
        return True
    return any(cues.over.find(view.folded, max(0, first - _AGAINST), first + 1))


def charged_to_the_dead(view: View, cues: Cues, draft: Draft, drafts: Iterable[Draft]) -> bool:
    """Tell whether people killed now are charged with a deed: "troops killed four rebels accused of killing nine"."""
    first = draft.harm_first
    hits = cues.charged.find(view.folded, max(0, first - _CHARGE), first)
    charge = next((hit for hit in hits if hit.last + 1 == first), None)
    if charge is None or draft.first != first:
        return False
    return any(
        d.harm == "killed" and d is not draft and 0 < charge.first - max(d.stated.last, d.noun_last) <= _NEAR
        for d in drafts
    )


def _protests(view: View, cues: Cues, start: int, stop: int) -> bool:
    """Tell whether people protest in a stretch, which is not what became of a protest: "the protest turned violent"."""
    return any(
        view.folded[k] in cues.protests and view.folded[k - 1] not in cues.definite
        for k in range(max(start, 1), stop)
    )
