"""_behind_verbs: people inside a match -> without the objects of a verb of harm before them."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Mention
from tollbook.grammar.order import Found
from tollbook.stages._counted_as_well import MORE_OF

_TOLD = frozenset((role.PARTICIPLE, role.DIED))
_VERBS = (role.PARTICIPLE, role.ACTIVE, role.DIED)
_JOINS = (role.AND, role.COMMA)


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
