"""uncounted: people of whom a note says that it does not count them -> which claims those are."""

from collections.abc import Sequence

from tollbook.grammar.draft import Draft
from tollbook.grammar.lexicon import Hit
from tollbook.grammar.view import View
from tollbook.stages._weigh.cues import Cues

_OPENED = 2  # words from a bracket to what it says: "(also not counted)"
_LISTED = 2  # words of one more of a list without a word of his own: "her husband and daughter (not counted)"
_WHERE = 4  # words of the attack between: "in the same blast (not included)"
_SAID = "uncounted"


def is_uncounted(view: View, cues: Cues, draft: Draft, hits: Sequence[Hit[str]]) -> bool:
    """Tell whether an aside behind a claim, or among its words, says that its people are not counted: "(not included)"."""
    return any(_of(view, cues, draft, hit.first) for hit in hits if hit.sense == _SAID)


def _of(view: View, cues: Cues, draft: Draft, at: int) -> bool:
    folded = view.folded
    opened = at - 1
    if folded[opened] not in cues.opening:
        opened = at - _OPENED
        if opened < 1 or folded[opened] not in cues.brackets:
            return False
    if draft.first <= opened <= draft.last:
        return draft.stated.last < opened
    between = folded[draft.last + 1 : opened]
    if not between:
        return draft.last < opened
    if 1 < len(between) <= _WHERE and between[1] in cues.determiners and cues.joins.isdisjoint(between):
        return folded[opened] in cues.brackets
    shares = len(between) == _LISTED and between[0] in cues.joins and between[1] not in cues.determiners
    return shares and not between[1].isdecimal()
