"""_hit_back: who harms others "before police shot him dead", "before being shot dead" -> his own death or hurt."""

from collections.abc import Sequence
from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Mention, Mentions, Spelled
from tollbook.model.made import changed
from tollbook.stages._by_own_hand import doer_of, noun_of
from tollbook.stages._counted_as_well import OPENS

HIT_BACK = "hit back"  # the order of such drafts
_VIOLENT = ("killed", "injured")
_DOING = (role.PARTICIPLE, role.ACTIVE)
_JOINING = (role.BREAK, role.AND)
_OPENS = (*OPENS, role.COMMA, role.TIME, role.AND, role.BREAK, role.RELATIVE)
_OF_HIM = 10  # mentions from those who hit back to their verb: "an officer who happened to be nearby"


def hit_back(spelled: Spelled, drafts: list[Draft]) -> list[Draft]:
    """Read "a gunman killed five people before an officer shot him dead" as of the gunman, by the officer.

    So too "before being shot dead". Only of the one person who does the harm told before it in the sentence.
    """
    letters = spelled.letters
    if role.BREAK not in letters and role.AND not in letters:
        return drafts
    if role.ONE_PERSON in letters and any(d.reference and d.harm in _VIOLENT for d in drafts):
        drafts = [_of_doer(spelled, d, drafts) for d in drafts]
    k = letters.find(role.BREAK + role.ADVERB + role.PARTICIPLE)
    return drafts if k < 0 else [*drafts, *_after_being(spelled, k, drafts)]


def _of_doer(spelled: Spelled, draft: Draft, drafts: Sequence[Draft]) -> Draft:
    """Return the draft of "him", whom somebody hits who stands behind the harm told before, as of who did that harm."""
    mentions = spelled.mentions
    k = mentions.at(draft.stated.first)
    if draft.harm not in _VIOLENT or k < 1 or mentions[k].role != role.ONE_PERSON:
        return draft
    if mentions[k - 1].role not in _DOING:
        return draft
    by = _subject(mentions, k - 1)
    if by is None:
        return draft
    others = [d for d in drafts if d is not draft and d.stated.first != mentions[by].first]
    who = _doer(spelled, mentions, by - 1, others)
    if who is None:
        return draft
    first, last = noun_of(mentions[by])
    return replace(_own(draft, who), doer=(first, last))


def _own(draft: Draft, who: Mention) -> Draft:
    first, last = noun_of(who)
    return replace(
        draft, noun_first=first, noun_last=last, order=HIT_BACK, again=True, implied=True, reference=False
    )


def _subject(mentions: Mentions, verb: int) -> int | None:
    """Return the people who are the subject of a verb and stand right behind what joins their clause to another."""
    for n in range(verb - 1, max(0, verb - _OF_HIM), -1):
        if mentions[n].group is not None and mentions[n].role == role.VICTIM:
            return n if mentions[n - 1].role in _JOINING else None
        if mentions[n].role in (role.COMMA, role.AND, role.BREAK, role.SAID):
            return None
    return None


def _doer(spelled: Spelled, mentions: Mentions, joint: int, drafts: Sequence[Draft]) -> Mention | None:
    """Return the one person who did the harm told right before a clause; behind "and", where he it hurt cannot be "him"."""
    told = [d for d in drafts if d.harm in _VIOLENT and d.last < mentions[joint].first]
    last = max(told, key=lambda d: d.harm_first, default=None)
    if last is None or not last.done_by_subject:
        return None
    if mentions[joint].role == role.AND and last.stated.low == 1 and last.harm != "killed":
        return None
    who = doer_of(spelled, last.harm_first, drafts)
    if who is None or (who.group is not None and who.group.stated.low != 1):
        return None
    n = mentions.at(who.first)  # not "attacked an Indian base, killing seven"
    return who if n == 0 or mentions[n - 1].role in _OPENS else None


def _after_being(spelled: Spelled, k: int, drafts: Sequence[Draft]) -> list[Draft]:
    """Read "killed five people before being shot dead": k is the mention that opens the clause."""
    mentions = spelled.mentions
    verb = mentions[k + 2]
    if verb.harm not in _VIOLENT or any(d.harm_first == verb.first for d in drafts):
        return []
    if k + 3 < len(mentions) and mentions[k + 3].group is not None:
        return []
    who = _doer(spelled, mentions, k, drafts)
    if who is None:
        return []
    group, (first, last) = who.group, noun_of(who)
    by = mentions[k + 4] if k + 4 < len(mentions) and mentions[k + 3].role == role.BY else None
    stated = changed(drafts[0].stated, first=who.first, last=who.last, kind="exact", low=1, high=1)
    return [
        Draft(
            verb.harm,
            stated if group is None else group.stated,
            first,
            last,
            verb.first,
            verb.last,
            spelled.sentence,
            HIT_BACK,
            again=True,
            implied=True,
            doer=None if by is None or by.group is None else noun_of(by),
        )
    ]
