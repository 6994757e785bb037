"""own_deaths: people who die of what they do, though no word of harm says so -> drafts."""

from collections.abc import Sequence
from typing import NamedTuple

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled
from tollbook.grammar.people import People

_BETWEEN = (role.ADVERB, role.RELATIVE)
_ADJUNCT = role.OTHER + role.DASH + role.NAME + role.OF + role.PREPOSITION + role.TIME + role.ADVERB
_GUISE = _ADJUNCT + role.VICTIM + role.BREAK  # "dressed as a nurse"
_FAR = 9  # words of an adjunct
_LONGEST = 4  # words of the longest phrase for what they do
_DOING = (role.PARTICIPLE, role.ACTIVE)
_FIGHTERS = ("armed_group",)


class Bombers(NamedTuple):
    """Words of people who die of what they do, of what they do, of what nobody outlives, and of what opens more of them."""

    suicidal: frozenset[str]
    detonating: frozenset[str]
    fatal_deeds: frozenset[str]
    bearing: frozenset[str]


def own_deaths(spelled: Spelled, drafts: Sequence[Draft], words: Bombers) -> list[Draft]:
    """Read "a suicide bomber drove into the gate", "one of them detonated his vest": a death with the words that imply it.

    Nobody is counted twice in a sentence.
    """
    deeds, fatal = words.detonating, words.fatal_deeds
    taken = {d.stated.first for d in drafts if d.harm == "killed"}
    found = []
    for k, mention in spelled.mentions.grouped():
        group = mention.group
        if group is None or group.stated.kind != "exact" or mention.role != role.VICTIM:
            continue
        named = spelled.folded[group.noun_first : group.noun_last + 1]
        if group.stated.first in taken:
            continue
        meant = not words.suicidal.isdisjoint(named)
        deed = _deed(spelled, k + 1, deeds | fatal if meant else fatal, harming=meant)
        if meant and deed is None:
            behind = _behind_adjunct(spelled, k + 1, deeds, words.bearing)
            deed = _deed(spelled, behind, deeds | fatal, harming=False) if behind else None
        if deed is not None:
            who = group.noun_first, group.noun_last
            found.append(
                Draft(
                    "killed",
                    group.stated,
                    *who,
                    *deed,
                    spelled.sentence,
                    "own death",
                    again=True,
                    implied=True,
                )
            )
    return found


def _deed(spelled: Spelled, k: int, deeds: frozenset[str], *, harming: bool) -> tuple[int, int] | None:
    """Return the first and last word of what people do, told right behind them: a deed, or, `harming`, harm done to others."""
    mentions = spelled.mentions
    while k < len(mentions) and mentions[k].role in _BETWEEN:
        k += 1
    if k + 1 >= len(mentions):
        return None
    at, behind = mentions[k], mentions[k + 1]
    if harming and at.role in _DOING:
        return (at.first, at.last) if behind.group is not None else None
    for last in range(at.first + _LONGEST - 1, at.first - 1, -1):
        if " ".join(spelled.folded[at.first : last + 1]) in deeds:
            return at.first, last
    return None


def _behind_adjunct(spelled: Spelled, k: int, deeds: frozenset[str], bearing: frozenset[str]) -> int:
    """Return the mention of a deed behind "in a truck", "wearing a vest" at mention k; 0 where there is none."""
    letters, mentions, folded = spelled.letters, spelled.mentions, spelled.folded
    guise = k < len(letters) and folded[mentions[k].first] in bearing
    if k >= len(letters) or not (guise or letters[k] == role.PREPOSITION):
        return 0
    passed = _GUISE if guise else _ADJUNCT
    for behind in range(k + 1, min(len(letters), k + _FAR)):
        if letters[behind] == role.OTHER and folded[mentions[behind].first] in deeds:
            return behind
        if letters[behind] not in passed:
            return 0
    return 0


def told_besides(drafts: Sequence[Draft], words: Sequence[str], people: People) -> frozenset[int]:
    """Return the places of implied deaths that other words tell as well: "in addition to the bomber", "including him".

    He is also among more of those who attacked where they are told as a part of the dead: "25 people, including nine assailants".
    """
    told = [d for d in drafts if not d.implied and d.harm == "killed" and _is_doer(d, words, people)]
    figures = {d.stated.low for d in told}
    figures.add(
        sum(d.stated.low or 0 for d in told if d.parent is None)
    )  # one by one: "one detonated, … the second"
    most = max((d.stated.low or 0 for d in told if d.parent is not None), default=0)
    return frozenset(
        i
        for i, d in enumerate(drafts)
        if d.implied and (d.stated.low in figures or 0 < (d.stated.low or 0) <= most)
    )


def hurt_as_well(drafts: Sequence[Draft], words: Sequence[str]) -> frozenset[int]:
    """Return the places of those told hurt whose implied death is told: "in addition to the bomber, 37 people were injured"."""
    dead = {(words[d.noun_last], d.stated.low) for d in drafts if d.implied}
    clauses = [d.harm_first for d in drafts if d.harm == "injured"]
    return frozenset(
        i
        for i, d in enumerate(drafts)
        if d.harm == "injured"
        and d.reference
        and d.noun_first <= d.noun_last
        and (words[d.noun_last], d.stated.low) in dead
        and clauses.count(d.harm_first) > 1
    )


def _is_doer(draft: Draft, words: Sequence[str], people: People) -> bool:
    """Tell whether a draft is of those who did it: its noun is of fighters or attackers, or it is a pronoun."""
    if draft.noun_first > draft.noun_last:
        return draft.reference and not draft.others
    nouns = [people.get(words[k]) for k in range(draft.noun_first, draft.noun_last + 1)]
    return any(n is not None and (n.attacker or n.status in _FIGHTERS) for n in nouns)
