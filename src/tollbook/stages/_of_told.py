"""_of_told: drafts that are of people told already -> parts of the figures that hold them."""

from collections.abc import Sequence
from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Mentions, Spelled

_BOTH, _EACH = "killed_or_injured", ("killed", "injured")
_HARMED = (role.STATE, role.PARTICIPLE, role.PEOPLE)
_OF_THE = 3  # mentions from a figure to the word of harm behind its preposition
_AMONG = "the wounded are"  # the order that names some of the dead or wounded: "among the soldiers killed were two officers"
_THOSE = 2  # words behind the first of "among those killed", which does not say who they are
_NEAR = 12  # sentences back to the figure that "of the injured" means


def add_halves(spelled: Spelled, drafts: list[Draft]) -> None:
    """Tie the dead and the injured of a sentence to the figure for both: "casualties stood at 40: 12 killed and 28 injured".

    So where the two make it up, and where a word of including leads up to one: "40 casualties, including 12 killed".
    """
    for whole, draft in enumerate(list(drafts)):
        if draft.harm != _BOTH or draft.parent is not None or draft.stated.low is None:
            continue
        halves = [_first_of(drafts, harm, draft.stated.last) for harm in _EACH]
        found = [i for i in halves if i is not None and i > whole]
        if len(found) == len(_EACH) and sum(drafts[i].stated.low or 0 for i in found) == draft.stated.low:
            for i in found:
                drafts[i] = replace(drafts[i], parent=whole, relation="partition")
            continue
        for i in found:
            k = spelled.mentions.at(drafts[i].stated.first)
            opened = k > 0 and spelled.mentions[k - 1].role == role.INCLUDING
            if opened and (drafts[i].stated.low or 0) <= draft.stated.low:
                drafts[i] = replace(drafts[i], parent=whole, relation="partition")


def add_included(spelled: Spelled, drafts: list[Draft]) -> None:
    """Tie a figure with words of harm of its own to the one it is among: "27 injured, of whom 6 in critical condition"."""
    mentions = spelled.mentions
    for i, draft in enumerate(drafts):
        k = mentions.at(draft.stated.first) - 1
        if draft.parent is not None or k < 1 or mentions[k].role != role.INCLUDING:
            continue
        before = [
            n
            for n, d in enumerate(drafts[:i])
            if d.harm == draft.harm and d.parent is None and d.stated.last < mentions[k].first
        ]
        whole = max(before, key=lambda n: drafts[n].stated.first, default=None)
        if whole is not None and (drafts[whole].stated.low or 0) > (draft.stated.low or 0):
            drafts[i] = replace(draft, parent=whole)


def _first_of(drafts: Sequence[Draft], harm: str, after: int) -> int | None:
    """Return the first figure of a harm behind a word that is no part yet."""
    behind = [i for i, d in enumerate(drafts) if d.harm == harm and d.stated.first > after]
    first = min(behind, key=lambda i: drafts[i].stated.first, default=None)
    return first if first is not None and drafts[first].parent is None else None


def told_among(draft: Draft, spelled: Spelled, drafts: Sequence[Draft], among: frozenset[str]) -> int | None:
    """Return the place of the figure that holds "eight of the injured", told in its sentence or shortly before."""
    k = spelled.mentions.at(draft.stated.first)
    named = (
        draft.order == _AMONG
        and draft.stated.kind != "some"
        and draft.harm_last - draft.harm_first > _THOSE
        and spelled.folded[draft.harm_first] in among
    )
    if k < 0 or draft.parent is not None or not (named or _of_the(draft, spelled.mentions, k)):
        return None
    for i in range(len(drafts) - 1, -1, -1):
        told = drafts[i]
        if draft.sentence - told.sentence > _NEAR:
            return None
        if (
            told.harm == draft.harm
            and told.parent is None
            and (told.stated.low or 0) > (draft.stated.low or 0)
        ):
            return i
    return None


def _of_the(draft: Draft, mentions: Mentions, k: int) -> bool:
    """Tell whether the figure at mention k is of people with the same word of harm: "eight of the injured"."""
    if k + 1 >= len(mentions) or mentions[k + 1].role != role.OF:
        return False
    among = next((m for m in mentions[k + 2 : k + 2 + _OF_THE] if m.role in _HARMED), None)
    return among is not None and among.harm == draft.harm and among.first <= draft.harm_first
