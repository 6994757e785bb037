"""own_losses: bare figures behind a side that suffered them -> figures of that side: "the army suffered four dead"."""

from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled

_BESIDE = frozenset((role.COUNT, role.AND, role.COMMA, role.STATE, role.PARTICIPLE, role.PEOPLE, role.EVENT))
_JOINS = (role.AND, role.BREAK, role.COMMA, role.HAVE)  # before a second verb of one subject


def own_losses(draft: Draft, spelled: Spelled, suffering: frozenset[str], fallen: frozenset[str]) -> Draft:
    """Give bare figures the side that lost them: "the army suffered four dead and 11 wounded"; they are other people.

    Those told only by a word in `fallen` are of that side too: "the rebels lost 20 men".
    """
    mentions = spelled.mentions
    if draft.of_losers and draft.noun_first == draft.noun_last and spelled.folded[draft.noun_last] in fallen:
        k = max(mentions.at(draft.harm_first), 0)
        side = mentions[k - 1].group if k > 0 else None
        if k > 0 and side is None and mentions[k - 1].role in _JOINS:
            # "troops killed 12 rebels but lost two men"
            side = next((m.group for at, m in mentions.grouped() if at < k), None)
        if side is None or not side.fighters:
            return draft
        return replace(draft, noun_first=side.noun_first, noun_last=side.noun_last)
    if not draft.numbered or draft.noun_first <= draft.noun_last or draft.parent is not None:
        return draft
    k = max(mentions.at(draft.stated.first), 0) - 1
    while k > 0 and mentions[k].role in _BESIDE:
        k -= 1
    who = mentions[k - 1].group if k > 0 else None
    if (
        who is None
        or not who.fighters
        or mentions[k].harm is not None
        or spelled.folded[mentions[k].first] not in suffering
    ):
        return draft
    return replace(draft, noun_first=who.noun_first, noun_last=who.noun_last, others=True)
