"""alternatives: drafts of one sentence -> figures for one harm or another, of which neither is told alone."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tollbook.grammar.draft import Draft
from tollbook.grammar.number import Stated
from tollbook.model.made import changed

_GAP = 4  # words from one harm to the other: "killed, or were then taken away"
_BOUNDED = ("exact", "about", "range", "at_most")


def as_alternatives(drafts: Sequence[Draft], words: Sequence[str], either: frozenset[str]) -> list[Draft]:
    """Read "40 people were killed or arrested" as at most 40 of each; of "more than 40", as some of each.

    One figure for killed and injured is a harm of its own, and is left as it is.
    """
    out = list(drafts)
    if len(out) < 2:  # most
        return out
    shared: dict[int, list[int]] = {}
    for i, draft in enumerate(drafts):
        shared.setdefault(draft.stated.first, []).append(i)
    for places in shared.values():
        if len(places) > 1 and _are_alternatives([drafts[i] for i in places], words, either):
            for i in places:
                out[i] = replace(drafts[i], stated=_of_either(drafts[i].stated), either=True)
    return out


def _are_alternatives(drafts: Sequence[Draft], words: Sequence[str], either: frozenset[str]) -> bool:
    """Tell whether "or" stands between two harms that one figure is told for."""
    return are_either([(d.harm, d.harm_first, d.harm_last) for d in drafts], words, either)


def are_either(harms: Sequence[tuple[str, int, int]], words: Sequence[str], either: frozenset[str]) -> bool:
    """Tell whether "or" stands between two harms, each with its first and last word."""
    told = sorted(harms, key=lambda h: h[1])
    return any(
        one != other and 0 < first - last - 1 <= _GAP and not either.isdisjoint(words[last + 1 : first])
        for (one, _, last), (other, first, _) in pairwise(told)
    )


def _of_either(stated: Stated) -> Stated:
    """Return what a figure for several harms says of one of them."""
    if stated.kind in _BOUNDED:
        return changed(stated, kind="at_most", low=stated.high)
    return Stated(stated.first, stated.last, "some", None, None)
