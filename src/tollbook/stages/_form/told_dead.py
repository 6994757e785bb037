"""told_dead: drafts of people hurt who are told dead as well -> only their deaths."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from itertools import pairwise
from typing import NamedTuple

from tollbook.grammar.draft import Draft
from tollbook.grammar.people import People
from tollbook.stages._form.all_of_them import ALL_OF_THEM

_CAUSE = 4  # words behind "died" for what somebody died of, or behind "by" for who did it
_NAME = 3  # words of a name
_STOPS = (".", "!", "?")
_DOERS = 12  # words before a verb in which its doers stand
_NEXT = 2  # sentences from one who is hurt to his death


class Foe(Enum):
    """What the words for people say of them in a fight."""

    NONE = 0
    FIGHTER = 1
    ATTACKER = 2


def foe_of(draft: Draft, words: Sequence[str], people: People) -> Foe:
    """Tell whether the words for people say that they attacked, or that they fight for an armed group."""
    foe = Foe.NONE
    for word in words[draft.noun_first : draft.noun_last + 1]:
        noun = people.get(word)
        if noun is not None and noun.attacker:
            return Foe.ATTACKER
        if noun is not None and noun.status == "armed_group":
            foe = Foe.FIGHTER
    return foe


class Told(NamedTuple):
    """The drafts of a text, and for each what tells whether another is of the same people.

    `names` are the words of each draft's name, empty where nobody is named; `again` the places of implied deaths that other
    words tell.
    """

    drafts: Sequence[Draft]
    names: Sequence[frozenset[str]]
    again: frozenset[int]
    foes: Sequence[Foe]

    def without(self, gone: set[int], deaths: Mapping[int, Draft]) -> "Told":
        """Leave out some drafts; `deaths` are of people told before only as hurt, in the drafts that they stand for."""
        at = {old: new for new, old in enumerate(i for i in range(len(self.drafts)) if i not in gone)}
        drafts = [_of_those(d, deaths[i]) if i in deaths else d for i, d in enumerate(self.drafts)]
        return Told(
            [replace(drafts[i], parent=None if (p := drafts[i].parent) is None else at[p]) for i in at],
            [self.names[i] for i in at],
            frozenset(at[i] for i in self.again),
            [self.foes[i] for i in at],
        )


class Pointing(NamedTuple):
    """Words of a language that tell whether somebody was told before.

    `definite` point back, `victims` are the words for whoever was harmed, those whom words of `may_be_dead` befell may have died,
    those of `only_hurt` not of that, those of `of_wounds` are what one hurt dies of; `sexes` are those of pronouns.
    """

    definite: frozenset[str]
    victims: frozenset[str]
    may_be_dead: frozenset[str]
    only_hurt: frozenset[str]
    of_wounds: frozenset[str]
    by: frozenset[str]
    of: frozenset[str]
    joins: frozenset[str]
    articles: frozenset[str]
    sexes: Mapping[str, str]
    people: People

    def is_unlike(self, pronouns: Sequence[str], noun: str) -> bool:
        """Tell whether a pronoun is of another sex than a noun: "A girl was hurt. Ali Noor died of his wounds"."""
        told = self.people.get(noun)
        sex = told.sex if told is not None else None
        return sex is not None and any(self.sexes.get(word, sex) != sex for word in pronouns)


def dead_as_well(
    drafts: Sequence[Draft], words: Sequence[str], also: frozenset[str], may_be_dead: frozenset[str]
) -> list[Draft]:
    """Read "The mayor was shot. Two guards were also killed.": he is dead, where no word says that he was only hurt."""
    out = list(drafts)
    for i, (hurt, behind) in enumerate(pairwise(drafts)):
        told = hurt.harm == "injured" and is_one(hurt) and hurt.parent is None and behind.harm == "killed"
        if not told or not 0 <= behind.sentence - hurt.sentence <= 1 or behind.parent is not None:
            continue
        shot = {words[k] for k in range(hurt.harm_first, hurt.harm_last + 1)} <= may_be_dead
        if shot and not also.isdisjoint(words[behind.stated.first : behind.harm_first]):
            out[i] = replace(hurt, harm="killed")
    return out


def dead_among(
    drafts: Sequence[Draft],
    words: Sequence[str],
    victims: frozenset[str],
    of_these: frozenset[str],
    may_be_dead: frozenset[str],
) -> list[Draft]:
    """Read "Twelve people were massacred. Eight of the victims were shot": they are some of the dead, told before.

    So too "one of them had been stabbed", right behind.
    """
    out = list(drafts)
    for i, draft in enumerate(drafts):
        if draft.harm != "injured" or not i:
            continue
        behind = words[draft.stated.last + 1 : min(draft.harm_first, draft.stated.last + 4)]
        near = " ".join(behind[:2]) in of_these
        if not near and victims.isdisjoint(behind):
            continue
        before = [k for k in range(i) if drafts[k].parent is None]
        if any(drafts[k].harm == "injured" for k in before) or not before:
            continue
        shot = not may_be_dead.isdisjoint(words[draft.harm_first : draft.harm_last + 1])
        dead = [k for k in before if drafts[k].harm == "killed"]
        if near:
            dead = [k for k in dead if draft.sentence - drafts[k].sentence <= 1]
        whole = max(dead, key=lambda k: drafts[k].stated.low or 0, default=None)
        if shot and whole is not None and (drafts[whole].stated.low or 0) > (draft.stated.low or 0):
            out[i] = replace(draft, harm="killed", parent=whole)
    return out


def dead_once(told: Told, words: Sequence[str], pointing: Pointing, of_doers: Collection[int] = ()) -> Told:
    """Leave out that somebody was hurt who is told dead: "they shot him; the driver died", "he was wounded and he died".

    A person by name anywhere in the text; without one, where the death is told next, or last before a pronoun. Several
    where as many died as were hurt, by words that point back: "they shot six; all six died". Not by a death that
    is of who hurt him (`of_doers`).
    """
    drafts = told.drafts
    if not any(d.harm == "injured" for d in drafts):  # most texts
        return told
    dead = [n for d, n in zip(drafts, told.names, strict=True) if d.harm == "killed" and n]
    killed = {d.stated.first for d in drafts if d.harm == "killed" and not d.either}
    parents = {d.parent for d in drafts}
    order = sorted(range(len(drafts)), key=lambda i: drafts[i].stated.first)
    gone: set[int] = set()
    deaths: dict[int, Draft] = {}
    behind: int | None = None  # the next draft that is kept
    for k, i in reversed(list(enumerate(order))):
        following, behind = behind, i
        draft = drafts[i]
        if draft.harm != "injured" or i in parents or draft.parent is not None:
            continue
        if draft.others and not (is_one(draft) and draft.stated.first in killed):  # "another, who died"
            continue
        name = told.names[i] if is_one(draft) and draft.stated.first == draft.noun_first else frozenset()
        named = bool(name) and any(name <= other or other <= name for other in dead)
        named = named or _dies_by_name(told, i)
        before = drafts[order[k - 1]] if k else None
        if (
            named
            or draft.stated.first in killed
            or (before is not None and (_was_dead(draft, before) or _is_how(draft, before, words, pointing)))
        ):
            gone.add(i)
        elif (following is not None and following not in of_doers) and (
            _dies(draft, drafts[following], told.foes[following] is Foe.ATTACKER, words)
            or _all_die(draft, drafts[following], words, pointing.definite)
            or (following == order[k + 1] and _dies_of_wounds(told, i, following, words, pointing))
        ):
            gone.add(i)
            deaths[following] = draft
        behind = following if i in gone else i
    return told.without(gone, deaths) if gone else told


def _dies_by_name(told: Told, i: int) -> bool:
    """Tell whether one person named beside the words for him is told dead next by his name: "a clerk, Ali Noor, was shot"."""
    hurt, name = told.drafts[i], told.names[i]
    return bool(name) and any(
        other
        and other <= name
        and death.harm == "killed"
        and death.stated.first == death.noun_first
        and 0 < death.sentence - hurt.sentence <= _NEXT
        for death, other in zip(told.drafts, told.names, strict=True)
    )


def _dies_of_wounds(told: Told, i: int, behind: int, words: Sequence[str], pointing: Pointing) -> bool:
    """Tell whether who is hurt without a name dies by name, of his wounds: "A clerk was shot. Ali Noor died of his wounds".

    By name alone, which nothing stands around: a calling, a place or an age may be another's.
    """
    hurt, death = told.drafts[i], told.drafts[behind]
    if death.harm != "killed" or death.parent is not None or death.sentence != hurt.sentence + 1:
        return False
    unnamed = is_one(hurt) and not told.names[i] and bool(told.names[behind])
    name = range(death.stated.first, death.harm_first)
    if not unnamed or (name.start and words[name.start - 1] != ".") or len(name) > _NAME:
        return False
    if any(pointing.people.get(words[k]) is not None or words[k] == "," for k in name):
        return False
    cause = words[death.harm_last + 1 : death.harm_last + 1 + _CAUSE]
    return not (pointing.of_wounds.isdisjoint(cause) or pointing.is_unlike(cause, words[hurt.noun_last]))


def _of_those(draft: Draft, told: Draft) -> Draft:
    """Return a death as of those told before as hurt; a pronoun takes their words."""
    draft = replace(draft, reference=False)
    return (
        replace(draft, noun_first=told.noun_first, noun_last=told.noun_last)
        if draft.noun_first > draft.noun_last
        else draft
    )


def is_one(draft: Draft) -> bool:
    """Tell whether a draft is of one person exactly."""
    return draft.stated.kind == "exact" and draft.stated.low == 1


def _is_pronoun(draft: Draft) -> bool:
    return draft.reference and draft.noun_first > draft.noun_last


def _was_dead(hurt: Draft, before: Draft) -> bool:
    """Tell whether those who are hurt are those told dead right before: "two were found dead; the men had been beaten"."""
    if before.harm != "killed" or not hurt.reference or before.parent is not None:
        return False
    several = hurt.stated.kind == "some" and hurt.sentence > before.sentence and (before.stated.low or 0) > 1
    one = _is_pronoun(hurt) and is_one(hurt) and is_one(before) and hurt.sentence == before.sentence
    return hurt.sentence - before.sentence <= 1 and (one or several)


def _is_how(hurt: Draft, before: Draft, words: Sequence[str], pointing: Pointing) -> bool:
    """Tell whether one shot is the one told dead in the sentence before: "A guard was killed. He was shot in the back"."""
    if before.harm != "killed" or not hurt.reference or hurt.sentence - before.sentence != 1:
        return False
    if not (is_one(hurt) and is_one(before)) or before.parent is not None:
        return False
    if before.harm_first < before.stated.first and not _by_several(before, words, pointing.people):
        return False  # "A man killed a guard. He was shot": the man, maybe
    harm = words[hurt.harm_first : hurt.harm_last + 1]  # "shot in the back", but not "shot and wounded"
    if harm[0] not in pointing.may_be_dead or not pointing.only_hurt.isdisjoint(harm):
        return False
    if (_is_pronoun(hurt) and _another_between(hurt, before, words, pointing)) or pointing.is_unlike(
        words[hurt.stated.first : hurt.stated.last + 1], words[before.noun_last]
    ):
        return False
    noun = words[hurt.noun_last]
    if words[hurt.noun_last + 1] in pointing.of:  # "the victim of another shooting"
        return False
    return _is_pronoun(hurt) or noun == words[before.noun_last] or noun in pointing.victims


def _another_between(hurt: Draft, before: Draft, words: Sequence[str], pointing: Pointing) -> bool:
    """Tell whether "he" may mean another, told of between: "A woman was killed by her husband. He was shot".

    So whoever did it or does something behind "and", and whoever the sentence of him who is hurt opens with.
    """
    pronoun = words[hurt.stated.first : hurt.stated.last + 1]
    start = max(before.noun_last, before.stated.last, before.harm_last) + 1
    for k in range(start, hurt.stated.first):
        opens = words[k] in _STOPS
        if not opens and words[k] not in pointing.by and words[k] not in pointing.joins:
            continue
        near = range(k + 1, min(k + 1 + _CAUSE, hurt.stated.first))
        nouns = [(words[n], noun) for n in near if (noun := pointing.people.get(words[n])) is not None]
        if any(noun.number == "one" and not pointing.is_unlike(pronoun, word) for word, noun in nouns):
            return True
        if words[k] in pointing.by and not nouns and words[k + 1] not in pointing.articles:
            return True  # "by Ali Noor", not "by a bullet"
    return False


def _by_several(death: Draft, words: Sequence[str], people: People) -> bool:
    """Tell whether only several people stand before the verb of a death: "gunmen killed a guard", whom "he" then means."""
    k, several = death.harm_first - 1, False
    while k >= max(0, death.harm_first - _DOERS) and words[k] != ".":
        noun = people.get(words[k])
        if noun is not None and noun.number == "one":
            return False
        several, k = several or (noun is not None and noun.number == "many"), k - 1
    return several


def _dies(hurt: Draft, behind: Draft, attacker: bool, words: Sequence[str]) -> bool:
    """Tell whether one who is hurt is the one told dead next: "a boy was shot; he died", "shot a boy; the boy died"."""
    if behind.order == ALL_OF_THEM:
        return 0 <= behind.sentence - hurt.sentence <= 1
    if behind.harm != "killed" or not (is_one(hurt) and is_one(behind)) or behind.parent is not None:
        return False
    if not behind.reference or behind.harm_first <= hurt.last or behind.sentence - hurt.sentence > _NEXT:
        return False
    if _is_pronoun(behind) or _is_pronoun(hurt):
        return not attacker
    return words[behind.noun_last] == words[hurt.noun_last]


def _all_die(hurt: Draft, behind: Draft, words: Sequence[str], definite: frozenset[str]) -> bool:
    """Tell whether the next figure is of all who are hurt: "shot two men, both of whom died", "shot six; all six died"."""
    own, first = behind.stated, behind.stated.first
    if behind.harm != "killed" or behind.parent is not None or behind.noun_first <= behind.noun_last:
        return False
    if not own.kind == hurt.stated.kind == "exact" or own.low != hurt.stated.low or first <= hurt.last:
        return False
    if behind.sentence == hurt.sentence:
        goes_on = first > behind.harm_first == behind.first and words[behind.first - 1] == ","
        return behind.order == "part" or goes_on  # "shot two clerks, killing both"
    pointed = not definite.isdisjoint(words[max(0, first - 1) : first + 1])
    return pointed and behind.sentence == hurt.sentence + 1
