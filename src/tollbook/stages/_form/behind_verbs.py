"""behind_verbs: people inside a match -> without the objects of a verb before them."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Mention
from tollbook.grammar.order import Found
from tollbook.stages._counted_as_well import MORE_OF, is_one_person

_TOLD = frozenset((role.PARTICIPLE, role.DIED))
_VERBS = (role.PARTICIPLE, role.ACTIVE, role.DIED)
_JOINS = (role.AND, role.COMMA)
_SUBJECTS = (role.VICTIM, role.NAME, role.PRONOUN)


def after_verb(mentions: Sequence[Mention], found: Found, counted: list[int]) -> list[int]:
    """Leave to a verb the people right behind it: "killed 20 people and another 29 were wounded"."""
    if not counted or not found.harms or found.harms[0] < counted[0]:
        return counted
    verb = _verb_before(mentions, counted[0])
    if verb is None or verb.harm == mentions[found.harms[0]].harm:
        return counted
    end = found.harms[0]
    for i in range(counted[0] + 1, end):  # behind the parts of a total
        group = mentions[i].group
        if i in counted or group is None or mentions[i - 1].role != role.AND:
            continue
        clause = mentions[i - 2].role == role.COMMA and group.stated.kind not in ("some", "none")
        if group.others:
            return [i]
        if (
            clause and len(counted) == 1
        ):  # "killed 14, including three children, and six soldiers and two clerks were hurt"
            return [
                k for k in range(i, end) if k == i or (mentions[k].group and mentions[k - 1].role in _JOINS)
            ]
    behind = [n for n, i in enumerate(counted) if n and mentions[i - 1].role == role.AND]
    apart = [
        n for n in behind if mentions[counted[n] - 2].role == role.COMMA
    ]  # "two and a driver, and six were hurt"
    for n, i in enumerate(counted[1:], 1):
        group = mentions[i].group
        if n in (apart or behind)[:1] or (group is not None and group.others):
            return counted[n:]
    return counted


def _verb_before(mentions: Sequence[Mention], i: int) -> Mention | None:
    """Return the verb of harm whose object, or the last of whose objects, the people at mention i may be."""
    k = i - 1
    while k > 0 and mentions[k].role in (role.ADVERB, role.QUOTE):
        k -= 1
    if (
        k > 0 and mentions[k].role == role.ALONGSIDE
    ):  # "26 were killed along with four gunmen, and 56 others were hurt"
        return next((m for m in reversed(mentions[:k]) if m.role in _TOLD), None)
    if k > 1 and mentions[k].role == role.AND and mentions[k - 1].role in MORE_OF:
        k -= 1
        while (
            k > 1 and mentions[k].role in MORE_OF
        ):  # "killed three clerks from Kenya and a driver, and six were hurt"
            k -= 1
        k -= mentions[k].group is not None
    return mentions[k] if k >= 0 and mentions[k].role in _VERBS else None


def agreeing(mentions: Sequence[Mention], found: Found, counted: list[int]) -> list[int]:
    """Leave to a verb its object where the next one is of one person: "they met the mayor and his driver was killed"."""
    if len(counted) < 2 or found.harms[0] < counted[-1] or counted[0] < 2:
        return counted
    one = any(m.role == role.BE_ONE for m in mentions[counted[-1] + 1 : found.harms[0]])
    verb, subject = mentions[counted[0] - 1], mentions[counted[0] - 2]
    doing = verb.role == role.OTHER and subject.role in _SUBJECTS
    return [counted[-1]] if one and doing and is_one_person(mentions[counted[-1]]) else counted


def after_another_verb(mentions: Sequence[Mention], found: Found, counted: list[int]) -> list[int]:
    """Leave to an ordinary verb its object: "rescuers saved 163 people, and 18 others were wounded".

    A comma before the "and" of two alone joins clauses; a word between the people before it and the object is the verb.
    """
    if len(counted) != 2 or found.harms[0] < counted[-1]:
        return counted
    first, second = counted
    between = [mentions[k].role for k in range(first + 1, second)]
    group = mentions[second].group
    if between[-2:] != [role.COMMA, role.AND] or group is None or first < 2:
        return counted
    verb, subject = mentions[first - 1], mentions[first - 2]
    doing = verb.role == role.OTHER and subject.role in _SUBJECTS
    return [second] if doing and (group.others or len(between) > 2) else counted
