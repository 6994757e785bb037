"""_counted_as_well: people whom an order counts -> those beside them whom its pattern does not reach."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Mention, Spelled
from tollbook.grammar.order import Found

OPENS = frozenset((role.COLON, role.DASH, role.BREAK, role.STOP, role.SAID, role.OPEN, role.QUOTE))
MORE_OF = frozenset((role.OF, role.OTHER, role.NAME, role.POSSESSIVE, role.PREPOSITION))
FARTHEST = 10  # mentions between a person and the name that says who it is
BEFORE_ONE = frozenset((*OPENS, role.COMMA, role.TIME))
_DEAD = "killed"
_LEAST = 5  # mentions before those whom a deed harmed, where one is told besides them
_OF_A_DEED = frozenset((role.OTHER, role.EVENT, role.ADVERB))  # "the blast", "the attack also"
_ASIDE = 7  # mentions of an aside on some of those before it
_WITHIN_ASIDE = frozenset((*MORE_OF, role.TIME, role.ADVERB, role.VICTIM))
_BESIDES = frozenset((role.BESIDES, role.ALONGSIDE))
_HELPING = frozenset((role.BE_ONE, role.BE_MANY, role.HAVE))
_COUNTED = frozenset((role.COUNT, role.VICTIM, role.UNSURE))


def with_besides(spelled: Spelled, counted: list[int], spent: set[int]) -> list[int]:
    """Add who stands before the people counted: "in addition to the bomber, six", "the mayor, along with two guards,"."""
    if not counted or _BESIDES.isdisjoint(spelled.letters):  # most
        return counted
    mentions, k = spelled.mentions, counted[0] - 1
    if k > 1 and mentions[k].role == role.ALONGSIDE and mentions[k - 1].role == role.COMMA:
        opened = k == 2 or mentions[k - 3].role in BEFORE_ONE
        one = mentions[k - 2].role == role.NAME or is_one_person(mentions[k - 2])
        return [k - 2, *counted] if opened and one and k - 2 not in spent else counted
    k -= k > 0 and mentions[k].role == role.COMMA
    besides = k > 0 and mentions[k - 1].role == role.BESIDES and mentions[k].group is not None
    if not besides and _opened_besides(mentions, counted[0]):
        return [1, *counted] if 1 not in spent else counted
    return [k, *counted] if besides and k not in spent else counted


def _opened_besides(mentions: Sequence[Mention], first: int) -> bool:
    """Tell whether a sentence opens with one besides whom something killed those at mention `first`: he died, too."""
    if mentions[0].role != role.BESIDES or first < _LEAST or mentions[2].role != role.COMMA:
        return False
    between = {m.role for m in mentions[3 : first - 1]}
    harming = mentions[first - 1].role == role.PARTICIPLE and mentions[first - 1].harm == _DEAD
    return harming and is_one_person(mentions[1]) and bool(between) and between <= _OF_A_DEED


def with_owner(spelled: Spelled, counted: list[int], spent: set[int], his: frozenset[str]) -> list[int]:
    """Add whose companion the only one counted is: "a clerk of the office on rights and his driver were killed"."""
    mentions = spelled.mentions
    group = mentions[counted[0]].group if len(counted) == 1 and counted[0] > 2 else None
    if (
        group is None
        or spelled.folded[group.stated.first] not in his
        or mentions[counted[0] - 1].role != role.AND
    ):
        return counted
    k = counted[0] - 2
    while k > 0 and counted[0] - k < FARTHEST and mentions[k].role in MORE_OF:
        k -= 1
    bare = mentions[k].group
    twice = (
        k > 1
        and bare is not None
        and bare.stated.first == bare.noun_first
        and mentions[k - 1].role == role.AND
    )
    k -= 2 if twice and is_one_person(mentions[k - 2]) else 0  # "a reporter and official of the office"
    opened = k == 0 or mentions[k - 1].role in BEFORE_ONE
    return [k, *counted] if opened and is_one_person(mentions[k]) and k not in spent else counted


def is_one_person(mention: Mention) -> bool:
    """Tell whether a mention is of one person, not by name alone."""
    return mention.role == role.VICTIM and mention.group is not None and mention.group.stated.low == 1


def with_before(spelled: Spelled, found: Found, counted: list[int], spent: set[int]) -> list[int]:
    """Add who stands before a comma in a headline without a verb: "army says 17 rebels, one soldier dead".

    So who stands before an aside on some of them.
    """
    mentions, letters = spelled.mentions, spelled.letters
    counted = _with_before_aside(mentions, found, counted, spent)
    if not counted or found.harms[0] < counted[0]:
        return counted
    k = counted[0] - 2
    if k < 0 or letters[k + 1] != role.COMMA:  # most
        return counted
    if not _HELPING.isdisjoint(letters[counted[-1] : found.harms[0]]):
        return counted
    while k >= 0 and letters[k + 1] == role.COMMA and k not in spent:
        group, opened = mentions[k].group, k == 0 or mentions[k - 1].role in OPENS
        listed = k >= 2 and mentions[k - 1].role == role.COMMA
        if group is None or mentions[k].role not in _COUNTED or group.stated.kind in ("some", "none"):
            break
        if not opened and not listed:
            break
        if opened:
            return [*range(k, counted[0], 2), *counted]
        k -= 2
    return counted


def _with_before_aside(
    mentions: Sequence[Mention], found: Found, counted: list[int], spent: set[int]
) -> list[int]:
    """Add who stands before an aside on some of them: "three boys, two of them from Kano, and a teacher were killed"."""
    k = counted[0] - 3 if counted else 0
    if k < 4 or mentions[k + 2].role != role.AND or mentions[k + 1].role != role.COMMA:
        return counted
    if found.harms[0] < counted[0]:
        return counted
    if not any(m.role == role.BE_MANY for m in mentions[counted[-1] + 1 : found.harms[0]]):
        return counted
    first = max(3, k - _ASIDE)
    while k > first and mentions[k].role in _WITHIN_ASIDE:
        k -= 1
    if mentions[k].role != role.INCLUDING or mentions[k - 1].role != role.COUNT or k < 3:
        return counted
    whole = mentions[k - 3].group
    if mentions[k - 2].role != role.COMMA or whole is None or (whole.stated.low or 0) < 2 or k - 3 in spent:
        return counted
    opened = k == 3 or mentions[k - 4].role in BEFORE_ONE
    return [k - 3, *counted] if opened and mentions[k - 3].role in _COUNTED else counted
