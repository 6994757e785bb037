"""as_many: drafts that only mean figures told before -> the same with those figures: "all of the soldiers were found dead"."""

from collections.abc import Sequence
from dataclasses import replace

from tollbook.grammar.draft import Draft
from tollbook.model.made import changed

_DEAD, _TAKEN = "killed", "abducted"
_NEAR = 3  # sentences from a figure to those that it counted


def as_many(
    drafts: Sequence[Draft], words: Sequence[str], every: frozenset[str], captives: frozenset[str]
) -> list[Draft]:
    """Give "all of the soldiers" the figure of the soldiers told before of another harm, "the hostages" that of those taken.

    And let "two others were hurt" be said again where it was said in a sentence before: a second time they are no more.
    """
    out = list(drafts)
    for i, draft in enumerate(drafts):
        uncounted = draft.stated.kind == "some" and draft.parent is None
        if not uncounted and not draft.others:  # most
            continue
        before = [d for d in drafts[:i] if d.sentence < draft.sentence]
        every_one = uncounted and words[draft.stated.first] in every
        if every_one or (uncounted and draft.reference and draft.harm == _DEAD):
            told = next((d for d in reversed(before) if _counted(d, draft, words, captives, every_one)), None)
            if told is not None:
                stated = changed(
                    draft.stated, kind=told.stated.kind, low=told.stated.low, high=told.stated.high
                )
                out[i] = replace(draft, stated=stated)
        elif draft.others and draft.parent is None and any(_same_others(d, draft) for d in before):
            out[i] = replace(draft, others=False)
    return out


def _counted(told: Draft, draft: Draft, words: Sequence[str], captives: frozenset[str], every: bool) -> bool:
    """Tell whether a draft counted the people whom another means by their noun alone."""
    several = told.numbered and (told.stated.low or 0) > 1 and told.harm != draft.harm and told.parent is None
    named = told.noun_first <= told.noun_last and draft.noun_first <= draft.noun_last
    near = draft.sentence - told.sentence <= _NEAR
    if not (several and named and near):
        return False
    same = words[told.noun_last] == words[draft.noun_last]
    return same if every else told.harm == _TAKEN and (same or words[draft.noun_last] in captives)


def _same_others(told: Draft, draft: Draft) -> bool:
    exact = told.stated.kind == draft.stated.kind == "exact" and told.stated.low == draft.stated.low
    return told.others and told.harm == draft.harm and exact and told.parent is None
