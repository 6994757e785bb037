"""held: a plain verb of taking and who took -> whether people were detained or abducted."""

from collections.abc import Sequence

from tollbook.grammar.draft import Draft
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Party
from tollbook.stages._acting import acting_of
from tollbook.stages._hands import is_of_group
from tollbook.world.parties import is_armed_force

_HELD = ("abducted", "detained")


def held_by(draft: Draft, view: View, pack: Pack, by: Sequence[Party]) -> str:
    """Return the harm of those whom a plain verb ("seized", "took away") says to be taken: by whom tells which it is.

    Forces of a state detain, and gunmen abduct. "Abducted" and "arrested" say it themselves.
    """
    harm, words = draft.harm, acting_of(pack)
    if harm not in _HELD or not by:
        return harm
    if words.gripping.isdisjoint(view.folded[draft.harm_first : draft.harm_last + 1]):
        return harm
    heads = [(p, view.word_at(p.end - 1)) for p in by if p.basis == "stated"]
    told = view.folded
    if any(
        is_armed_force(p.name) or not words.arresting.isdisjoint((told[k], " ".join(told[k - 1 : k + 1])))
        for p, k in heads
    ):
        return "detained"
    group = heads and all(told[k] in words.nameless or is_of_group(view, pack, p) for p, k in heads)
    return "abducted" if group else harm
