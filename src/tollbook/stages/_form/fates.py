"""fates: drafts of one sentence -> people told shot or stabbed, tied to what became of them."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled

_LEAST = 2  # figures that make up another
_NEXT = 5  # words from those shot to those of them who died: "were shot at a school, two fatally"


def with_fates(spelled: Spelled, drafts: list[Draft]) -> list[Draft]:
    """Read "shot six women, killing one and injuring five" as six in all, and "four died (three shot, one beheaded)" as four.

    Only where the figures make up the first exactly.
    """
    out = list(drafts)
    if len(out) <= _LEAST:  # most
        return out
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].stated.first)
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


def with_those_who_died(
    drafts: list[Draft], words: Sequence[str], may_be_dead: frozenset[str]
) -> list[Draft]:
    """Tie those told dead to those shot right before them: "shot six women, killing one", "shot six, two fatally"."""
    if may_be_dead.isdisjoint(words[k] for d in drafts if d.harm == "injured" for k in _harm_of(d)):  # most
        return drafts
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].stated.first)
    out = list(drafts)
    for i, k in pairwise(order):
        whole, part = out[i], out[k]
        if whole.harm == "injured" and may_be_dead.issuperset(words[n] for n in _harm_of(whole)):
            if _died_of(part, whole, words):
                out[k] = replace(part, parent=i, relation="partition")
    return out


def _harm_of(draft: Draft) -> range:
    return range(draft.harm_first, draft.harm_last + 1)


def _died_of(part: Draft, whole: Draft, words: Sequence[str]) -> bool:
    """Tell whether a bare figure of dead, told next, is of some of those shot."""
    if part.harm != "killed" or part.parent is not None or whole.parent is not None or part.others:
        return False
    bare = part.noun_first > part.noun_last and part.numbered and part.harm_first > whole.harm_last
    exact = part.stated.kind == whole.stated.kind == "exact"
    # not of another place: "shot 12 people on Tuesday in Acapulco and killed three in Iguala"
    near = part.sentence != whole.sentence or min(part.first, part.stated.first) - whole.last <= _NEXT
    # but so, however far behind, "shot 12 people at a school in Acapulco, killing three"
    goes_on = part.first == part.harm_first and words[part.first - 1] == ","
    return bare and exact and (near or goes_on) and 0 < (part.stated.low or 0) < (whole.stated.low or 0)


def with_fates_told_next(
    drafts: list[Draft], words: Sequence[str], may_be_dead: frozenset[str]
) -> list[Draft]:
    """Read "Two men were stabbed. One died and the other was badly hurt." as two in all, of whom one was hurt; of "Four men
    were shot. One died." the one is told as one of the four.

    The next sentence that tells of harm must tell what became of just as many, dead and hurt; the word of harm must be one
    (`may_be_dead`) that leaves open how it ended.
    """
    out = list(drafts)
    for i, whole in enumerate(drafts[:-1]):
        if whole.harm != "injured" or whole.parent is not None or (whole.stated.low or 0) < _LEAST:
            continue
        ended = {words[k] for k in range(whole.harm_first, whole.harm_last + 1)}
        behind = drafts[i + 1].sentence
        if not ended <= may_be_dead or not 0 < behind - whole.sentence <= 1:
            continue
        told = [k for k in range(i + 1, len(drafts)) if drafts[k].sentence == behind]
        tops = [k for k in told if drafts[k].parent in (None, i)]
        sure = all(_may_be_of(drafts[k], whole, words) for k in tops)
        figures = sum(drafts[k].stated.low or 0 for k in tops)
        if sure and figures == whole.stated.low and {drafts[k].harm for k in tops} == {"killed", "injured"}:
            out[i] = replace(whole, harm="killed_or_injured")
        elif not (sure and 0 < figures < (whole.stated.low or 0) and all(_of_them(drafts[k]) for k in tops)):
            continue
        for k in tops:
            out[k] = replace(drafts[k], parent=i, relation="partition")
    return out


def _of_them(draft: Draft) -> bool:
    """Tell whether dead are told as some of those before: "One died at the scene", "Two of the victims died"."""
    some_of = draft.noun_first - draft.stated.last > 1 or draft.noun_first > draft.noun_last
    return draft.harm == "killed" and some_of and draft.numbered and not draft.reference


def _may_be_of(draft: Draft, whole: Draft, words: Sequence[str]) -> bool:
    """Tell whether people are of those told before: by a name, a bare figure, "one of the victims", or the same noun."""
    bare, name = draft.noun_first > draft.noun_last, draft.noun_first == draft.stated.first
    if draft.stated.kind != "exact" or (draft.others and not bare):
        return False
    some_of = draft.noun_first - draft.stated.last > 1
    return bare or name or some_of or words[draft.noun_last] == words[whole.noun_last]


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
