"""of_told: drafts that are of people told already -> parts of the figures that hold them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Group, Mention, Mentions, Spelled
from tollbook.stages._form.listed_parts import listed_after, told_of_one

_BOTH, _EACH = "killed_or_injured", ("killed", "injured")
_HARMED = (role.STATE, role.PARTICIPLE, role.PEOPLE)
_OF_THE = 3  # mentions from a figure to the word of harm behind its preposition
_AMONG = "the wounded are"  # the order that names some of the dead or wounded: "among the soldiers killed were two officers"
_OF_THOSE = "of those harmed"  # "five of those wounded were guards"
_OF_THEM = "some of them died"
_THOSE = 2  # words behind the first of "among those killed", which does not say who they are
_PEOPLE = (role.VICTIM, role.COUNT)
_BEING = (role.BE_ONE, role.BE_MANY, role.ADVERB)
_JOINS = (role.AND, role.COMMA)
_OF_WHOM = (role.OF, role.NAME, role.OTHER, role.PREPOSITION)
_BEHIND = (role.STOP, role.COMMA, role.BREAK, role.AND)
_SHARE = "so many of the deaths"
_SHORTLY = 3  # sentences back to the dead that "the victims" means
_SEVERAL = 2  # people who can have others among them
_OF_SHARE = 8  # words from a share to the bracket that gives its figure
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
            _add_next(spelled, drafts, i)


def _add_next(spelled: Spelled, drafts: list[Draft], i: int) -> None:
    """Tie the next one of a list to its total: "including a boy killed by a shell and a man who was shot"."""
    go_on = told_of_one(spelled.mentions, spelled.mentions.at(drafts[i].stated.first) + 1)
    for k, draft in enumerate(drafts) if go_on else ():
        if (
            draft.parent is None
            and draft.harm == drafts[i].harm
            and draft.stated.first == spelled.mentions[go_on + 1].first
        ):
            drafts[k] = replace(draft, parent=drafts[i].parent)


def add_among(spelled: Spelled, drafts: list[Draft], among: frozenset[str]) -> None:
    """Tie people told before their whole to it: "12 children among the 30 killed", "three were among 30 people killed"."""
    mentions, letters = spelled.mentions, spelled.letters
    for k in [k for k, letter in enumerate(letters[:-1]) if letter == role.OF] if role.OF in letters else ():
        boxed = k == 0 and spelled.letters.startswith(role.OTHER, 1)  # "Among the (224) dead"
        whole = mentions[k + 1 + boxed].group if k + 1 + boxed < len(mentions) else None
        if (
            whole is None
            or spelled.folded[mentions[k].first] not in among
            or (whole.stated.low or 0) < _SEVERAL
        ):
            continue
        if k == 0:
            _tie_behind(drafts, whole)
        parts = _listed_before(mentions, k)
        if not parts or sum(p.stated.low or 0 for p in parts) >= (whole.stated.low or 0):
            continue
        at = {d.stated.first: i for i, d in enumerate(drafts)}
        told = [at[p.stated.first] for p in parts if p.stated.first in at]
        behind = mentions[k + 2] if k + 2 < len(mentions) else None
        held = at.get(whole.stated.first)
        if held is None and told and behind is not None and behind.first == drafts[told[0]].harm_first:
            held = told[0]  # the whole stands before its parts
            drafts[held] = drafts[held].with_people(whole, "people killed")
        if held is None or drafts[held].parent is not None:
            continue
        for part in parts:
            i = at.get(part.stated.first)
            if i is None or i == held:
                drafts.append(drafts[held].with_people(part, "part", held))
            elif drafts[i].harm == drafts[held].harm and drafts[i].parent is None:
                drafts[i] = replace(drafts[i], parent=held)


def _tie_behind(drafts: list[Draft], whole: Group) -> None:
    """Tie the figures of a sentence that opens with their whole to it: "Among the 224 dead, Dara had the most with 75"."""
    held = next((i for i, d in enumerate(drafts) if d.stated.first == whole.stated.first), None)
    for i, draft in enumerate(drafts if held is not None else ()):
        same = draft.harm == drafts[held or 0].harm and draft.parent is None and i != held
        if same and not draft.others and (draft.stated.low or 0) < (whole.stated.low or 0):
            drafts[i] = replace(draft, parent=held)


def _listed_before(mentions: Mentions, k: int) -> list[Group]:
    """Return the figures of people right before mention k, a verb passed over: all of a list."""
    i = k - 1
    while i > 0 and mentions[i].role in _BEING:
        i -= 1
    found: list[Group] = []
    while i >= 0:
        group = mentions[i].group
        if group is None or not group.stated.low or mentions[i].role not in _PEOPLE:
            break
        found.append(group)
        if i < 2 or mentions[i - 1].role not in _JOINS:
            break
        i -= 2
    return found


def of_the_victims(spelled: Spelled, drafts: Sequence[Draft], nouns: frozenset[str]) -> list[Draft]:
    """Read "Four of the victims were soldiers and two were clerks": parts of the dead told shortly before.

    Only where nobody else was hurt: "the victims" may be the wounded, too.
    """
    mentions = spelled.mentions
    first = mentions[0].group if len(mentions) > 0 else None
    if first is None or spelled.folded[first.noun_last] not in nouns:
        return _among_victims(spelled, drafts, nouns)
    whole = _dead_told(spelled, drafts, first.stated.low or 0)
    found: list[Draft] = []
    for k in range(len(mentions) - 2 if whole is not None else 0):
        people, verb, who = mentions[k].group, mentions[k + 1], mentions[k + 2].group
        if people is None or not people.stated.low or (k and mentions[k].role != role.COUNT):
            continue
        if who is None or who.stated.kind != "some" or verb.role not in (role.BE_ONE, role.BE_MANY):
            continue
        part = _part(spelled, drafts, whole or 0, people, verb)
        found.append(replace(part, noun_first=who.noun_first, noun_last=who.noun_last))
    return found


def _dead_told(spelled: Spelled, drafts: Sequence[Draft], least: int) -> int | None:
    """Return the place of the one figure of dead told shortly before that holds more than so many, where nobody was hurt."""
    near = [i for i, d in enumerate(drafts) if spelled.sentence - d.sentence <= _SHORTLY and d.parent is None]
    dead = [i for i in near if (drafts[i].stated.low or 0) > least]
    return dead[0] if len(dead) == 1 and all(drafts[i].harm == "killed" for i in near) else None


def _part(spelled: Spelled, drafts: Sequence[Draft], whole: int, people: Group, told: Mention) -> Draft:
    part = drafts[whole].with_people(people, "pointed back", whole)
    return replace(part, harm_first=told.first, harm_last=told.last, sentence=spelled.sentence)


def _among_victims(spelled: Spelled, drafts: Sequence[Draft], nouns: frozenset[str]) -> list[Draft]:
    """Read "The husband and two brothers of Ana Diaz were among the victims" in the same way."""
    mentions = spelled.mentions
    k = max(spelled.letters.find(letter + role.INCLUDING) for letter in (role.BE_ONE, role.BE_MANY))
    if k < 1 or spelled.folded[mentions[k + 1].last] not in nouns:
        return []
    if k + 2 < len(mentions) and mentions[k + 2].role not in _BEHIND:
        return []
    last = k
    while last > 1 and mentions[last - 1].role in _OF_WHOM:
        last -= 1
    people = _listed_before(mentions, last)
    whole = _dead_told(spelled, drafts, sum(p.stated.low or 0 for p in people)) if people else None
    if whole is None:
        return []
    return [_part(spelled, drafts, whole, p, mentions[k + 1]) for p in reversed(people)]


def this_includes(spelled: Spelled, drafts: Sequence[Draft], this: frozenset[str]) -> list[Draft]:
    """Read "This includes 40 women and 25 children": parts of the one figure told right before.

    Where the sentence before tells several figures or harms nobody knows which "this" is.
    """
    mentions = spelled.mentions
    k = spelled.letters.find(role.INCLUDING, 0, _THOSE + 1)
    if k < 1 or spelled.folded[mentions[k - 1].last] not in this:
        return []
    near = [i for i, d in enumerate(drafts) if d.sentence == spelled.sentence - 1 and d.parent is None]
    listed = [mentions[i].group for i in listed_after(mentions, k + 1)]
    people = [g for g in listed if g is not None and g.stated.low and g.stated.kind != "some"]
    most = max((g.stated.low or 0 for g in people), default=0)
    if len(near) != 1 or len(people) < len(listed) or not 0 < most < (drafts[near[0]].stated.low or 0):
        return []
    return [_part(spelled, drafts, near[0], g, mentions[k]) for g in people]


def _first_of(drafts: Sequence[Draft], harm: str, after: int) -> int | None:
    """Return the first figure of a harm behind a word that is no part yet."""
    behind = [i for i, d in enumerate(drafts) if d.harm == harm and d.stated.first > after]
    first = min(behind, key=lambda i: drafts[i].stated.first, default=None)
    return first if first is not None and drafts[first].parent is None else None


class Back(NamedTuple):
    """A pack's small words that point back: "among" the dead, five "of the" soldiers, "of them", "victims" for all told of.

    And those before who come next in order: "followed".
    """

    among: frozenset[str]
    of_the: frozenset[str]
    of_these: frozenset[str]
    told_before: frozenset[str]
    share: frozenset[str]
    followed: frozenset[str]


def told_among(draft: Draft, spelled: Spelled, drafts: Sequence[Draft], back: Back) -> int | None:
    """Return the place of the figure that holds "eight of the injured", told in its sentence or shortly before."""
    k = spelled.mentions.at(draft.stated.first)
    if k < 0 or draft.parent is not None:
        return None
    if " ".join(spelled.folded[draft.stated.last + 1 : draft.stated.last + 3]) in back.of_the:
        just_told = _of_those_just_told(draft, spelled, drafts, back.told_before)
        if just_told is not None:
            return just_told
    if draft.stated.last < draft.harm_first and spelled.folded[draft.harm_first] in back.among:
        listed = _of_a_list(draft, drafts)
        if listed is not None:
            return listed
    named = (
        draft.order == _AMONG
        and draft.stated.kind != "some"
        and draft.harm_last - draft.harm_first > _THOSE
        and spelled.folded[draft.harm_first] in back.among
    )
    pointed = _is_of_them(spelled, k, back.of_these)
    share = not pointed and _is_share(spelled, k, back.share)
    of_told = named or draft.order in (_SHARE, _OF_THEM) or pointed or share
    if not of_told and not _of_the(draft, spelled.mentions, k):
        return None
    near = _SHORTLY if pointed else _NEAR
    for i in range(len(drafts) - 1, -1, -1):
        told = drafts[i]
        if draft.sentence - told.sentence > near:
            return None
        if (
            told.harm == draft.harm
            and told.parent is None
            and (told.stated.low or 0) > (draft.stated.low or 0)
        ):
            return i
    return None


def _is_of_them(spelled: Spelled, k: int, of_these: frozenset[str]) -> bool:
    """Tell whether the figure at mention k opens its sentence and points back: "Seven of them were wounded in Dara"."""
    if k > 0 or not spelled.letters.startswith(role.INCLUDING, 1):
        return False
    told = spelled.mentions[1]
    return " ".join(spelled.folded[told.first : told.last + 1]) in of_these


def _is_share(spelled: Spelled, k: int, share: frozenset[str]) -> bool:
    """Tell whether the figure at mention k only says in brackets what a share before it is: "90% of the casualties (755)"."""
    mentions = spelled.mentions
    if k < 1 or mentions[k - 1].role != role.OPEN:
        return False
    opened = mentions[k - 1].first
    return not share.isdisjoint(spelled.folded[max(mentions[0].first, opened - _OF_SHARE) : opened])


def _of_a_list(draft: Draft, drafts: Sequence[Draft]) -> int | None:
    """Return the largest of several figures told in one sentence before, where one person more "was among the wounded"."""
    before = [
        i
        for i, d in enumerate(drafts)
        if d.harm == draft.harm and d.parent is None and 0 < draft.sentence - d.sentence <= _SHORTLY
    ]
    several = len(before) > 1 and len({drafts[i].sentence for i in before}) == 1
    if not several or draft.stated.low != 1:
        return None
    largest = max(before, key=lambda i: drafts[i].stated.low or 0)
    return largest if (drafts[largest].stated.low or 0) > 1 else None


def _of_those_just_told(
    draft: Draft, spelled: Spelled, drafts: Sequence[Draft], victims: frozenset[str]
) -> int | None:
    """Return the place of the dead just told whom a figure is some of: "Five of the soldiers died in A"."""
    if draft.noun_first > draft.noun_last or draft.stated.kind in ("some", "none"):
        return None
    noun = spelled.folded[draft.noun_last]
    near = [i for i, d in enumerate(drafts) if d.parent is None and draft.sentence - d.sentence <= 1]
    if noun not in victims:
        near = [i for i in near if spelled.folded[drafts[i].noun_last] == noun and drafts[i].numbered]
    if len({drafts[i].harm for i in near}) != 1 or drafts[near[-1]].harm != draft.harm:
        return None
    return near[-1] if (drafts[near[-1]].stated.low or 0) > (draft.stated.low or 0) else None


def _of_the(draft: Draft, mentions: Mentions, k: int) -> bool:
    """Tell whether the figure at mention k is of people with the same word of harm: "eight of the injured"."""
    if draft.order == _OF_THOSE:
        return True
    if k + 1 >= len(mentions) or mentions[k + 1].role != role.OF:
        return False
    among = next((m for m in mentions[k + 2 : k + 2 + _OF_THE] if m.role in _HARMED), None)
    return among is not None and among.harm == draft.harm and among.first <= draft.harm_first
