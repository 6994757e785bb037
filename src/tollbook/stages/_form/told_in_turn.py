"""told_in_turn: bare figures of a second deed of one kind -> of other people than the first."""

from collections.abc import Sequence

from tollbook.grammar.draft import Draft
from tollbook.model.made import changed

_DEED = "active"  # the order of people who are the object of a verb


def told_in_turn(drafts: list[Draft], words: Sequence[str], turn: frozenset[str]) -> list[Draft]:
    """Mark those of a deed told behind "before" as others than those of the deed before: "killed his wife before killing 15"."""
    if len(drafts) < 2 or not any(d.order == _DEED and words[d.harm_first - 1] in turn for d in drafts):
        return drafts
    return [changed(d, others=True) if _is_second(d, drafts, words, turn) else d for d in drafts]


def _is_second(draft: Draft, drafts: Sequence[Draft], words: Sequence[str], turn: frozenset[str]) -> bool:
    if draft.order != _DEED or draft.parent is not None or words[draft.harm_first - 1] not in turn:
        return False
    return any(d.order == _DEED and d.harm == draft.harm and d.last < draft.harm_first for d in drafts)
