"""all_of_them: "All of them died", "His body was found" -> the death of those whom the sentence before counts otherwise."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Group, Mention, Spelled
from tollbook.model.made import changed

# "all of them died", "they all died", "all were killed"
_OPENING = re.compile(
    f"{role.PRONOUN}?[{role.INCLUDING}{role.ADVERB}]"
    f"[{role.HAVE}{role.BE_MANY}{role.ADVERB}]*[{role.DIED}{role.PARTICIPLE}{role.STATE}]"
)
# "his body was found", "on Friday their bodies were found"
_FOUND = re.compile(
    f"[{role.PREPOSITION}{role.TIME}{role.OTHER}{role.ADVERB}{role.COMMA}{role.BREAK}]{{0,8}}?{role.DIED}"
)
# "they were later found dead", "on Friday they were killed"
_THEY = re.compile(
    f"(?:[{role.PREPOSITION}{role.TIME}{role.OTHER}{role.ADVERB}{role.COMMA}]{{0,6}}?){role.INCLUDING}"
    f"[{role.HAVE}{role.BE_MANY}{role.ADVERB}{role.TIME}]{{0,3}}[{role.PARTICIPLE}{role.STATE}]"
)
# "they shot them dead", "the rebels later beheaded them in the camp"
_THEM = re.compile(
    f"[{role.PREPOSITION}{role.TIME}{role.OTHER}{role.ADVERB}{role.COMMA}]{{0,4}}"
    f"[{role.PRONOUN}{role.VICTIM}{role.NAME}{role.OTHER}][{role.HAVE}{role.ADVERB}]{{0,2}}"
    f"[{role.PARTICIPLE}{role.ACTIVE}](?P<them>{role.PRONOUN})(?P<dead>{role.STATE}?)(?![{role.COUNT}{role.INCLUDING}{role.OF}])"
)
# ", killing all of them", "and killed them all", ", killing all."
_TO_THE_LAST = re.compile(
    f"[{role.COMMA}{role.AND}]{role.ADVERB}?(?P<harm>[{role.ACTIVE}{role.PARTICIPLE}])"
    f"(?:{role.PRONOUN}?[{role.INCLUDING}{role.ADVERB}]|{role.PRONOUN}{role.COUNT})(?=[{role.COMMA}{role.STOP}{role.BREAK}{role.AND}{role.PREPOSITION}{role.TIME}]|$)"
)
# "a plane carrying 12 soldiers was shot down and all were killed"
_ALL_WERE = re.compile(
    f"{role.AND}{role.PRONOUN}?[{role.INCLUDING}{role.ADVERB}]"
    f"[{role.HAVE}{role.BE_MANY}{role.ADVERB}]*(?P<harm>[{role.DIED}{role.PARTICIPLE}{role.STATE}])"
)
_FAR = 6  # words from "their" to the bodies, and from these to what became of them
_BEFORE_THEM = (role.OTHER, role.PREPOSITION, role.RISING)
_DEAD, _HURT, _HELD = "killed", "injured", "detained"
_GONE = (
    "abducted",
    "missing",
    "detained",
)  # whose body may be found; who was hurt may have hurt whoever "his" means
ALL_OF_THEM = "all of them"  # stands for the order that formed such a draft


class Whom(NamedTuple):
    """Small words for those whom somebody killed, for those who come to free people, and for freeing."""

    them: frozenset[str]
    rescuers: frozenset[str]
    freeing: frozenset[str]


def all_of_them(spelled: Spelled, drafts: Sequence[Draft], every: frozenset[str]) -> list[Draft]:
    """Read "Gunmen shot 14 men. All of them died.": the figure of the one sentence before, by its words for all.

    Where that sentence counts several groups nobody knows whom "them" means, and whose deaths it tells are told.
    """
    fit = _OPENING.match(spelled.letters)
    if fit is None or not drafts:
        return []
    mentions, harm = spelled.mentions, spelled.mentions[fit.end() - 1]
    cue = next((m for m in mentions[: fit.end() - 1] if spelled.folded[m.first] in every), None)
    near = [d for d in drafts if d.sentence == spelled.sentence - 1 and d.parent is None]
    if cue is None or harm.harm != _DEAD or len(near) != 1:
        return []
    told = near[0]
    if told.harm == _DEAD or not told.numbered:
        return []
    return [_dead_of(spelled, told, cue, harm)]


def _dead_of(spelled: Spelled, told: Group | Draft, cue: Mention, harm: Mention) -> Draft:
    """Return the draft of the dead who are all of those told before: the word for all of them is their figure."""
    stated = changed(told.stated, first=cue.first, last=cue.last)
    people = (told.noun_first, told.noun_last)
    return Draft(_DEAD, stated, *people, harm.first, harm.last, spelled.sentence, ALL_OF_THEM)


def killed_to_the_last(spelled: Spelled, drafts: Sequence[Draft], to_the_last: frozenset[str]) -> list[Draft]:
    """Read "shot four clerks, killing all of them", "shot three of his teachers, killing them all": the deaths of those hurt."""
    fit = _TO_THE_LAST.search(spelled.letters) or _ALL_WERE.search(spelled.letters)
    if fit is None:
        return []
    mentions, harm = spelled.mentions, spelled.mentions[fit.start("harm")]
    cue = next((m for m in mentions[fit.start() : fit.end()] if _words(spelled, m) in to_the_last), None)
    told = [d for d in drafts if d.last < harm.first]
    if cue is None or harm.harm != _DEAD or any(d.harm_first == harm.first for d in drafts):
        return []
    hurt = max(told, key=lambda d: d.stated.first, default=None)
    who: Group | Draft | None = hurt
    if hurt is None:
        who = _attacked(spelled, fit.start("harm"))
    elif hurt.harm != _HURT or not hurt.numbered or hurt.parent is not None:
        return []
    if who is None:
        return []
    return [_dead_of(spelled, who, cue, harm)]


def _attacked(spelled: Spelled, verb: int) -> Group | None:
    """Return the several who were set upon before a verb: "opened fire on three clerks, killing them all"."""
    letters, mentions = spelled.letters, spelled.mentions
    k = max(letters.rfind(role.VICTIM, 0, verb), letters.rfind(role.COUNT, 0, verb))
    group = mentions[k].group if k > 1 and letters[k - 1] in _BEFORE_THEM else None
    several = group is not None and group.stated.kind == "exact" and (group.stated.low or 0) > 1
    return group if several else None


def body_of_these(
    spelled: Spelled,
    drafts: Sequence[Draft],
    one: frozenset[str],
    whose: frozenset[str],
    bodies: frozenset[str],
    turned_up: frozenset[str],
) -> list[Draft]:
    """Read "Gunmen kidnapped a priest. His body was found.": the death of the one, or of the several, told right before.

    `whose` are the words for whom a body is of, `one` those of them that are of one person.
    """
    if not drafts or role.NOT in spelled.letters:
        return []
    fit = _FOUND.match(spelled.letters)
    harm = None if fit is None else spelled.mentions[fit.end() - 1]
    at = None if harm is None else harm.first
    if at is None or spelled.folded[at] not in whose:
        first, last = spelled.mentions[0].first, spelled.mentions[-1].last
        if bodies.isdisjoint(spelled.folded[first : last + 1]):  # most
            return []
        harm = next((m for m in spelled.mentions if spelled.folded[m.last] in bodies), None)
        if harm is None or turned_up.isdisjoint(spelled.folded[first : harm.last + _FAR]):
            return []
        at = next(
            (k for k in range(harm.first - 1, harm.first - _FAR, -1) if spelled.folded[k] in whose), None
        )
    if at is None or harm is None or harm.harm != _DEAD:
        return []
    return _deaths(spelled, _gone_before(spelled, drafts, one=spelled.folded[at] in one), at, harm)


def they_were(spelled: Spelled, drafts: Sequence[Draft], they: frozenset[str]) -> list[Draft]:
    """Read "Rebels kidnapped two clerks. They were later found dead.": the deaths of the several told right before."""
    fit = _THEY.match(spelled.letters) if drafts else None
    if fit is None:
        return []
    mentions, harm = spelled.mentions, spelled.mentions[fit.end() - 1]
    cue = next(m for m in mentions if m.role == role.INCLUDING)
    if " ".join(spelled.folded[cue.first : cue.last + 1]) not in they or harm.harm != _DEAD:
        return []
    return _deaths(spelled, _gone_before(spelled, drafts, one=False), cue.first, harm)


def killed_them(spelled: Spelled, drafts: Sequence[Draft], words: Whom) -> list[Draft]:
    """Read "Rebels kidnapped two clerks. They later killed them.": the deaths of the several told right before.

    Where troops kill "them", or people are then freed, "them" are those who took them.
    """
    fit = _THEM.match(spelled.letters) if drafts else None
    if fit is None or role.NOT in fit[0]:
        return []
    whom = spelled.mentions[fit.start("them")]
    harm = spelled.mentions[fit.start("dead") if fit["dead"] else fit.start("them") - 1]
    if spelled.folded[whom.first] not in words.them or harm.harm != _DEAD:
        return []
    told = _gone_before(spelled, drafts, one=False)
    if told is not None and told.harm != _HELD and _by_others(spelled, told, whom, words):
        return []
    return _deaths(spelled, told, whom.first, harm)


def _by_others(spelled: Spelled, told: Draft, whom: Mention, words: Whom) -> bool:
    """Tell whether forces who took nobody killed "them", or people are freed by who killed them, or right after it."""
    folded, (begin, end) = spelled.folded, spelled.mentions.bounds()
    before, behind = folded[max(0, told.first - _FAR) : begin], folded[whom.last : end + 1 + _FAR]
    forces = [w for w in folded[begin : whom.first] if w in words.rescuers]
    return any(w not in before for w in forces) or not words.freeing.isdisjoint(behind)


def _gone_before(spelled: Spelled, drafts: Sequence[Draft], *, one: bool) -> Draft | None:
    """Return those told right before as taken or missing, where the sentence tells of nobody else and they are as many."""
    near = [d for d in drafts if d.sentence == spelled.sentence - 1 and d.parent is None]
    harms = {d.harm for d in near}
    total = sum(d.stated.low or 0 for d in near)
    exact = len(near) == 1 or all(d.stated.kind == "exact" for d in near)
    if len(harms) != 1 or near[0].harm not in _GONE or not exact or (total == 1) is not one or not total:
        return None
    if len(near) == 1:
        return near[0]
    stated = changed(near[0].stated, low=total, high=total)
    return replace(near[0], stated=stated, noun_first=0, noun_last=-1)


def _deaths(spelled: Spelled, told: Draft | None, at: int, harm: Mention) -> list[Draft]:
    """Make the deaths of those told before, counted by the word that points back to them."""
    if told is None:
        return []
    stated = changed(told.stated, first=at, last=at)
    who = told.noun_first, told.noun_last
    return [Draft(_DEAD, stated, *who, harm.first, harm.last, spelled.sentence, ALL_OF_THEM)]


def _words(spelled: Spelled, mention: Mention) -> str:
    return " ".join(spelled.folded[mention.first : mention.last + 1])
