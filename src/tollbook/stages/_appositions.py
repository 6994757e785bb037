"""_appositions: drafts of one sentence -> a figure with the list behind it that only says who they were."""

from collections.abc import Sequence
from dataclasses import replace

from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled
from tollbook.grammar.people import People

_UNTOLD = "unknown"  # the status of a noun that tells none


def appositions(spelled: Spelled, drafts: list[Draft], people: People) -> list[Draft]:
    """Make "40 people, 6 guards and 34 civilians" a total with its parts: the list after it adds up to it.

    Not "two soldiers, a policeman and a clerk": none of those behind is one of the first.
    """
    out = list(drafts)
    for i, whole in enumerate(drafts):
        rest = [
            k
            for k, d in enumerate(drafts)
            if k > i
            and d.harm == whole.harm
            and d.harm_first == whole.harm_first
            and d.parent is None
            and not d.again
        ]
        figures = [drafts[k].stated.low or 0 for k in rest]
        adds_up = (
            len(rest) >= 2 and whole.parent is None and whole.stated.low == sum(figures) and all(figures)
        )
        if adds_up and _may_be_among(spelled, whole, [drafts[k] for k in rest], people):
            for k in rest:
                out[k] = replace(out[k], parent=i, relation="partition")
            break
    return out


def _may_be_among(spelled: Spelled, whole: Draft, rest: Sequence[Draft], people: People) -> bool:
    """Tell whether the nouns of a list let its people be those of the figure before it: some say no other status."""
    statuses = [
        {noun.status for k in range(d.noun_first, d.noun_last + 1) if (noun := people.get(spelled.folded[k]))}
        for d in (whole, *rest)
    ]
    told, *others = ({s for s in found if s != _UNTOLD} for found in statuses)
    return not told or any(not found or found & told for found in others)
