"""_by_own_hand: who kills others "before turning the gun on himself" -> his own death."""

from collections.abc import Sequence
from functools import cache

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.mention import Mention, Spelled
from tollbook.grammar.number import Stated
from tollbook.lang.pack import Pack

_VIOLENT = ("killed", "injured")
_DOING = (role.PARTICIPLE, role.ACTIVE)
_JOINING = (role.AND, role.COMMA, role.BREAK)
_ALONE = (role.NAME, role.ONE_PERSON)
_LOOSE = role.OTHER + role.ADVERB
_ADJUNCT = (role.PREPOSITION, role.OF)
BY_OWN_HAND = "by own hand"  # the order of such drafts


def by_own_hand(spelled: Spelled, drafts: list[Draft], pack: Pack) -> list[Draft]:
    """Read "a gunman killed five people and then took his own life" as his death too, told of him and not of "himself".

    Only of him who does the harm told before it in the sentence, who stands right before its verb and is not harmed by it.
    """
    ends, harmed = _deaths(pack), _harmed(drafts)
    if not harmed:
        return drafts
    start, stop = min(d.harm_first for d in harmed), spelled.mentions.bounds()[1] + 1
    if ends.lasts.isdisjoint(spelled.folded[start:stop]):
        return drafts
    for first, last, plural in ends.find(spelled.folded, start, stop):
        others = [
            d for d in drafts if d not in harmed or not first <= d.stated.first <= last
        ]  # all but "himself"
        before = [d for d in _harmed(others) if d.harm_last < first]
        if not before or not _joins(spelled, first) or any(first <= d.harm_first <= last for d in others):
            continue
        who = doer_of(spelled, max(d.harm_first for d in before), others)
        if who is not None and (_stated(who).low == 1) is not plural:
            return [*others, _draft(who, first, last, spelled.sentence)]
    return drafts


def _harmed(drafts: Sequence[Draft]) -> list[Draft]:
    """Return the drafts of people killed or hurt: only by that is somebody known to have done it."""
    return [d for d in drafts if d.harm in _VIOLENT]


def _draft(who: Mention, first: int, last: int, sentence: int) -> Draft:
    noun = noun_of(who)
    return Draft("killed", _stated(who), *noun, first, last, sentence, BY_OWN_HAND, again=True, implied=True)


@cache
def _deaths(pack: Pack) -> Lexicon[bool]:
    """Return the words for a death by one's own hand; true for those of several people."""
    small = pack.parts["words"].get("small", {})
    forms = [(form, False) for form in small.get("by_own_hand", ())]
    return Lexicon(forms + [(form, True) for form in small.get("by_their_own_hands", ())], pack.fold)


def _joins(spelled: Spelled, first: int) -> bool:
    """Tell whether what stands before a word joins it to what was told: "and then", "before", a comma."""
    k = spelled.mentions.at(first) - 1
    while k > 0 and spelled.mentions[k].role == role.ADVERB:
        k -= 1
    return k > 0 and spelled.mentions[k].role in _JOINING


def doer_of(spelled: Spelled, harm: int, drafts: Sequence[Draft]) -> Mention | None:
    """Return who does the harm told by a word: the last people before it, where no draft is of them.

    Who stands in an adjunct is no subject: "shot ten girls in Kara Township, killing five".
    """
    mentions = spelled.mentions
    k = mentions.at(harm)
    if k < 0 or mentions[k].role not in _DOING:
        return None
    for n in range(k - 1, -1, -1):
        who = mentions[n]
        if spelled.letters[:n].rstrip(_LOOSE)[-1:] in _ADJUNCT:
            continue
        if who.group is not None or who.role in _ALONE:
            exact = who.group is None or who.group.stated.kind == "exact"
            return who if exact and all(d.stated.first != _stated(who).first for d in drafts) else None
    return None


def _stated(who: Mention) -> Stated:
    return Stated(who.first, who.last, "exact", 1, 1) if who.group is None else who.group.stated


def noun_of(who: Mention) -> tuple[int, int]:
    """Return the words for people; none for a pronoun."""
    if who.group is not None:
        return who.group.noun_first, who.group.noun_last
    return (who.first, who.last) if who.role == role.NAME else (who.last + 1, who.last)
