"""_fates: drafts of one sentence -> people told shot or stabbed, tied to what became of them."""

from collections.abc import Sequence
from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled

_LEAST = 2  # figures that make up another


def with_fates(spelled: Spelled, drafts: list[Draft]) -> list[Draft]:
    """Read "shot six women, killing one and injuring five" as six in all, and "four died (three shot, one beheaded)" as four.

    Only where the figures make up the first exactly.
    """
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].stated.first)
    out = list(drafts)
    for n, i in enumerate(order[:-_LEAST]):
        whole = drafts[i]
        first, second = (drafts[k] for k in order[n + 1 : n + 1 + _LEAST])
        if whole.parent is not None or not _makes_up(whole, (first, second)):
            continue
        tied = {order[n + 1], order[n + 2]}
        if whole.harm == "injured" and {first.harm, second.harm} == {"killed", "injured"}:
            out[i] = replace(whole, harm="killed_or_injured")
            out = [replace(d, parent=i, relation="partition") if k in tied else d for k, d in enumerate(out)]
            break
        if whole.harm == "killed" and _is_bracketed(spelled, whole, first):
            out = [
                replace(d, harm="killed", parent=i, relation="partition") if k in tied else d
                for k, d in enumerate(out)
            ]
            break
    return out


def _makes_up(whole: Draft, parts: Sequence[Draft]) -> bool:
    figures = [d.stated.low or 0 for d in parts]
    others = whole.harm_first not in {d.harm_first for d in parts}
    return (
        others and all(figures) and sum(figures) == whole.stated.low and all(d.parent is None for d in parts)
    )


def _is_bracketed(spelled: Spelled, whole: Draft, part: Draft) -> bool:
    """Tell whether a bracket opens right before a part, behind the whole and its words of harm."""
    mentions = spelled.mentions
    k = mentions.at(part.stated.first)
    return k > 0 and mentions[k - 1].role == role.OPEN and whole.last < mentions[k - 1].first
