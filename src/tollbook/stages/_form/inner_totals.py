"""inner_totals: figures whose words hold another figure or the people behind -> both told: "12 of the 40 people killed"."""

from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Mention, Mentions, Spelled
from tollbook.grammar.number import Numbers, Stated

_COUNTED_OF = "so many deaths of"
_SOME_OF_HARMED = role.COUNT + role.OF + role.COUNT + role.PARTICIPLE  # "12 of the 40 wounded"
_VERBS = (role.BE_ONE, role.BE_MANY, role.HAVE, role.DIED)
_BEFORE_HARM = (*_VERBS, role.ADVERB)
_ADJUNCT = (role.PREPOSITION, role.OTHER, role.NAME, role.TIME, role.OF, role.BY, role.POSSESSIVE, role.AND)
_FARTHEST = 10  # mentions from "the 40 people killed" to what is told of some of them
_BEFORE = 2  # words between the part and its whole: "of the"
_AUXILIARIES = 5


def add_inner_totals(spelled: Spelled, drafts: list[Draft], numbers: Numbers) -> None:
    """Read "twelve of the 40 people killed were children": 40 killed, twelve of them a part.

    So only where something else is told of the twelve behind; in "twelve of the 40 hostages were killed" twelve died.
    """
    mentions = spelled.mentions
    for i, draft in enumerate(list(drafts)):
        if draft.order == _COUNTED_OF:
            drafts[i] = _with_people_behind(mentions, draft)
        if draft.parent is not None:
            continue
        if draft.noun_first - draft.stated.last <= _BEFORE:  # most
            if draft.noun_first > draft.noun_last:
                _of_so_many_harmed(spelled, drafts, i)
            continue
        k = mentions.at(draft.stated.first)
        if k < 0:
            continue
        total = _inner(spelled, draft, numbers)
        if total is None or (draft.stated.low or 0) >= (total.low or 0):
            continue
        if mentions[k].role == role.PEOPLE and draft.harm == mentions[k].harm:
            drafts[i] = replace(draft, stated=total)  # "27 of the 88 hostages": all were taken
            drafts.append(replace(draft, parent=i, order="part"))
            continue
        if _whole_harmed(mentions, drafts, i, total):
            continue
        n = k + 1 + (k + 1 < len(mentions) and mentions[k + 1].role == role.ADVERB)
        if n < len(mentions) and _befell_all(mentions[n], draft):
            whole = replace(draft, stated=total, order="people killed")
            drafts[i] = replace(whole, harm_first=mentions[n].first, harm_last=mentions[n].last)
            drafts.append(replace(draft, parent=i, order="part"))
            continue
        if n >= len(mentions) or mentions[n].first != draft.harm_first or mentions[n].role != role.PARTICIPLE:
            continue
        verb = _verb_behind(mentions, n + 1)
        if verb is None:
            if _is_one_of(mentions, k, draft) or _is_object(mentions, k):
                drafts[i] = replace(draft, stated=total, order="people killed")
                drafts.append(replace(draft, parent=i, order="part"))
            continue
        _part_behind(mentions, drafts, i, total, verb)


def _part_behind(mentions: Mentions, drafts: list[Draft], i: int, total: Stated, verb: int) -> None:
    """Make draft `i` one of all harmed, and add those of whom a verb behind tells more: as part, or with their own harm."""
    draft = drafts[i]
    drafts[i] = replace(draft, stated=total, order="people killed")
    told = _harm_at(mentions, verb)
    if told is None or draft.harm in (told.harm, "killed"):  # who was shot is among the dead
        drafts.append(replace(draft, parent=i, order="part"))
    else:  # "five of the 12 men arrested were wounded"
        harm = told.harm or draft.harm
        drafts.append(replace(draft, harm=harm, harm_first=told.first, harm_last=told.last))


def _of_so_many_harmed(spelled: Spelled, drafts: list[Draft], i: int) -> None:
    """Read "12 of the 40 wounded are in a coma": 40 hurt, 12 of them a part; "three of the 16 wounded died": 16 hurt, too.

    Not "Two of five wounded in Dara", of which nothing more is told.
    """
    mentions, draft = spelled.mentions, drafts[i]
    k = mentions.at(draft.stated.first)
    if k < 0 or not spelled.letters.startswith(_SOME_OF_HARMED, k):
        return
    told, whole = mentions[k + 3], mentions[k + 2].group
    if whole is None or (draft.stated.low or 0) >= (whole.stated.low or 0):
        return
    if draft.harm != told.harm:
        harm, so_many = told.harm or draft.harm, (whole.stated.low, whole.stated.high)
        if any(d.harm == harm and (d.stated.low, d.stated.high) == so_many for d in drafts):
            return  # "Six were hurt, and one of the six injured died"
        all_of_them = replace(draft, harm=harm, stated=whole.stated, order="people killed")
        drafts.append(replace(all_of_them, harm_first=told.first, harm_last=told.last))
    elif draft.harm_first == told.first:
        verb = _verb_behind(mentions, k + 4)
        if verb is not None:
            _part_behind(mentions, drafts, i, whole.stated, verb)
        elif _is_object(mentions, k):
            drafts[i] = replace(draft, stated=whole.stated, order="people killed")
            drafts.append(replace(draft, parent=i, order="part"))


def _whole_harmed(mentions: Mentions, drafts: list[Draft], i: int, total: Stated) -> bool:
    """Read "two of the five abducted clerks were freed": the words for all say what befell them, whatever some suffered."""
    draft = drafts[i]
    told = mentions[mentions.at(draft.stated.first)]
    if told.role != role.VICTIM or told.harm is None:
        return False
    whole = replace(
        draft, harm=told.harm, stated=total, harm_first=draft.noun_first, harm_last=draft.noun_last
    )
    whole = replace(whole, order="people killed")
    if draft.harm == told.harm:
        drafts[i] = whole
        drafts.append(replace(draft, parent=i, order="part"))
    else:
        drafts.append(whole)
    return True


def _befell_all(told: Mention, draft: Draft) -> bool:
    """Tell whether the harm right behind all is the one told of some: "2,000 of the 3,600 people displaced have returned"."""
    return told.role == role.PARTICIPLE and told.harm == draft.harm and told.last < draft.harm_first


def _is_one_of(mentions: Mentions, k: int, draft: Draft) -> bool:
    """Tell whether somebody told of before is said to be one of the people: "He was one of the 40 people killed"."""
    before = mentions[k - 1].role if k > 0 else ""
    return draft.stated.low == 1 and before in (role.BE_ONE, role.ADVERB)


def _is_object(mentions: Mentions, k: int) -> bool:
    """Tell whether something is done to the people: "named nine of the 14 soldiers killed", "funerals for three of the ten …"."""
    return k > 1 and mentions[k - 1].role in (role.PREPOSITION, role.OTHER)


def _with_people_behind(mentions: Mentions, draft: Draft) -> Draft:
    """Give a figure of deaths the people named behind: "45 deaths of civilians", "three bodies of alleged rebels"."""
    behind = (m.group for m in mentions if m.first >= draft.harm_last + 2)
    group = next((g for g in behind if g is not None), None)
    return draft if group is None else replace(draft, noun_first=group.noun_first, noun_last=group.noun_last)


def _inner(spelled: Spelled, draft: Draft, numbers: Numbers) -> Stated | None:
    """Return the figure that stands between the part and the words for people: "of the 40"."""
    for first in range(draft.stated.last + _BEFORE, draft.noun_first):
        found = numbers.at(spelled.folded, first, draft.noun_first)
        if found is not None and found.last == draft.noun_first - 1:
            return found if found.kind in ("exact", "about", "at_least") else None
    return None


def _verb_behind(mentions: Mentions, k: int) -> int | None:
    """Return the verb behind the adjuncts from mention k on."""
    for n in range(k, min(k + _FARTHEST, len(mentions))):
        if mentions[n].role in _VERBS:
            return n
        if mentions[n].role not in _ADJUNCT:
            return None
    return None


def _harm_at(mentions: Mentions, k: int) -> Mention | None:
    """Return the word of harm that a verb at mention k tells, adverbs and auxiliaries passed over."""
    for n in range(k, min(k + _AUXILIARIES, len(mentions))):
        if mentions[n].harm is not None:
            return mentions[n]
        if mentions[n].role not in _BEFORE_HARM:
            return None
    return None
