"""arrivals: people told to come, beside words of flight -> drafts: "over 6,000 persons have arrived from the north".

That people come or live somewhere is flight only where the text speaks of it close by: of refugees, of who fled.
"""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Group, Mention, Spelled
from tollbook.stages._coming import Coming

_MOVED = "displaced"
_REACH = 18  # mentions from people to what they do
_BEHIND = 7  # words behind a verb that say where to
_LONGEST = 4  # words of a phrase
_FEW = 10  # of fewer nobody knows whether they move or only come
_PAIRS = {role.OPEN: role.CLOSE, role.DASH: role.DASH, role.COMMA: role.COMMA}
_PASSED = (role.ADVERB, role.HAVE, role.RELATIVE, role.TIME, role.BE_MANY, role.BE_ONE)
_NAMES = (role.OTHER, role.NAME)
_UNCOUNTED = ("some", "none")


def arrivals(spelled: Spelled, drafts: Sequence[Draft], words: Coming) -> list[Draft]:
    """Read those who arrive, cross, move or live in camps, counted by a plain word for people, where flight is told near."""
    taken = {d.stated.first for d in drafts}
    found: list[Draft] = []
    for k, mention in spelled.mentions.grouped():
        group = mention.group
        if group is None or group.stated.first in taken or not _moves(spelled, group, words):
            continue
        deed = _deed_of(spelled, k, mention, words)
        if deed is None:
            continue
        taken.add(group.stated.first)
        noun = group.noun_first, group.noun_last
        order = "lodged" if deed[2] else "came"
        found.append(Draft(_MOVED, group.stated, *noun, deed[0], deed[1], spelled.sentence, order))
        persons = _in_bracket(spelled, k) if spelled.folded[group.noun_last] in words.families else None
        if persons is not None and persons.stated.first not in taken:
            taken.add(persons.stated.first)
            found.append(found[-1].with_people(persons, order))
    return found


def _in_bracket(spelled: Spelled, k: int) -> Group | None:
    """Return the persons that families are told to be: "200 families (1,000 people)"."""
    if not spelled.letters.startswith(role.OPEN, k + 1) or k + 2 >= len(spelled.mentions):
        return None
    return spelled.mentions[k + 2].group


def _moves(spelled: Spelled, group: Group, words: Coming) -> bool:
    """Tell whether people are many and told by a plain word: "villagers", not "soldiers" and not "40 nurses"."""
    stated = group.stated
    if (
        group.fighters
        or group.definite
        or stated.kind in _UNCOUNTED
        or max(stated.low or 0, stated.high or 0) < _FEW
    ):
        return False
    return _newly(spelled, group, words) is not None or (
        group.noun_first <= group.noun_last and spelled.folded[group.noun_last] in words.movers
    )


def _newly(spelled: Spelled, group: Group, words: Coming) -> tuple[int, int] | None:
    """Return the words behind a number that say that its people came: "5,500 new arrivals"."""
    return _phrase(spelled, group.stated.last + 1, words.new_arrivals)


def _deed_of(spelled: Spelled, k: int, mention: Mention, words: Coming) -> tuple[int, int, bool] | None:
    """Return the words that say that the people of mention k came, and whether they only live there."""
    group = mention.group
    newly = None if group is None else _newly(spelled, group, words)
    if newly is not None:
        return *newly, False
    for length in range(1, _LONGEST + 1):  # "the arrival of 6,125 people"
        first = mention.first - length
        if first >= 0 and " ".join(spelled.folded[first : mention.first]) in words.arrival_of:
            return first, mention.first - 1, False
    return _verb(spelled, k + 1, words)


def _verb(spelled: Spelled, k: int, words: Coming) -> tuple[int, int, bool] | None:
    """Return the words of what people before mention k do; between stand only where from, how many of them, and when."""
    mentions = spelled.mentions
    until, origin = "", False
    for i in range(k, min(len(mentions), k + _REACH)):
        mention = mentions[i]
        if until:
            until = "" if mention.role == until else until
            continue
        found = _does(spelled, mention.first, words)
        if found is not None:
            return found
        if mention.role in _PAIRS:
            until = _PAIRS[mention.role]
        elif mention.role == role.PREPOSITION:
            origin = True
        elif mention.role in _PASSED or spelled.folded[mention.first] in words.passed:
            continue
        elif mention.role not in _NAMES or not origin or not _names_place(spelled, mention, words):
            return None
    return None


def _names_place(spelled: Spelled, mention: Mention, words: Coming) -> bool:
    """Tell whether a word behind a preposition is of a place: its name, or "the area"."""
    named = spelled.words[mention.first][0].isupper()
    return named or spelled.folded[mention.first] in words.areas


def _does(spelled: Spelled, at: int, words: Coming) -> tuple[int, int, bool] | None:
    """Return the words of coming or living somewhere that begin at a word."""
    folded = spelled.folded
    if folded[at] not in words.deeds:
        return None
    came = _phrase(spelled, at, words.came)
    if came is not None:
        return *came, False
    to = _phrase(spelled, at, words.came_to)
    if to is not None and spelled.words[min(to[1] + 1, len(folded) - 1)][0].isupper():
        return *to, False
    lodged = _phrase(spelled, at, words.lodged)
    if lodged is not None and not words.lodging.isdisjoint(folded[lodged[1] + 1 : lodged[1] + _BEHIND]):
        return *lodged, True
    return None


def _phrase(spelled: Spelled, at: int, phrases: frozenset[str]) -> tuple[int, int] | None:
    """Return the first and the last word of the longest of some phrases that begins at a word."""
    for last in range(at + _LONGEST - 1, at - 1, -1):
        if " ".join(spelled.folded[at : last + 1]) in phrases:
            return at, last
    return None
