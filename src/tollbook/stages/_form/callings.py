"""callings: people whom an order counts -> one of them where their words only tell several callings of him."""

from collections.abc import Set

from tollbook.grammar import role
from tollbook.grammar.mention import Spelled
from tollbook.grammar.order import Found

_HELPING = (role.ADVERB, role.HAVE)


def one_of_several_callings(
    spelled: Spelled, found: Found, counted: list[int], opening: Set[str]
) -> list[int]:
    """Count one whom commas and a verb for one enclose: "Haddad, a cleric and former member of the front, was killed".

    His last calling has no word before it that begins an object (`opening`).
    """
    if len(counted) < 2:  # most
        return counted
    mentions, last, k = spelled.mentions, counted[-1], found.harms[0] - 1
    while k > last and mentions[k].role in _HELPING:
        k -= 1
    group = mentions[last].group
    if group is None or mentions[k].role != role.BE_ONE:
        return counted
    while k > last and mentions[k - 1].role in _HELPING:
        k -= 1
    bare = group.stated.low == 1 and spelled.folded[group.stated.first] not in opening
    if not bare or mentions[k - 1].role != role.COMMA or mentions[last - 1].role != role.AND:
        return counted
    first = counted[:-1]
    named = len(first) == 2 and first[1] == first[0] + 2 and mentions[first[0] + 1].role == role.COMMA
    return first[:1] if named else first
