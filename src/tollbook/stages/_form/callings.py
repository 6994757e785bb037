"""callings: people whom an order counts -> one of them where their words only tell several callings of him."""

from collections.abc import Set

from tollbook.grammar import role
from tollbook.grammar.mention import Group, Spelled
from tollbook.grammar.order import Found
from tollbook.grammar.people import People

_HELPING = (role.ADVERB, role.HAVE)
_MORE_OF_ONE = (*_HELPING, role.OF, role.COUNT, role.OTHER, role.NAME)
_CIVILIAN = "civilian"  # the status of those who have a calling


def one_of_several_callings(
    spelled: Spelled, found: Found, counted: list[int], opening: Set[str], his: Set[str]
) -> list[int]:
    """Count one whom commas and a verb for one enclose: "Haddad, a cleric and former member of the front, was killed".

    So behind a verb where he is told by another: "killed a cousin of the mayor and member of the council". His last calling
    has no word before it that begins an object (`opening`, `his`). Without commas they are two, "a driver and passenger",
    unless they are callings of one (`one_by_two_callings`).
    """
    if len(counted) < 2:  # most
        return counted
    mentions, last, k = spelled.mentions, counted[-1], found.harms[0] - 1
    group = mentions[last].group
    if group is None or mentions[last - 1].role != role.AND:
        return counted
    word = spelled.folded[group.stated.first]
    if group.stated.low != 1 or word in opening or word in his:
        return counted
    bare = group.stated.first == group.noun_first
    other = last - 2
    while other > counted[-2] and mentions[other].role == role.OTHER:
        other -= 1
    if bare and counted[-2] < other - 1 and mentions[other].role == role.VICTIM:
        return counted[:-1] if mentions[other - 1].role == role.OF else counted
    while k > last and mentions[k].role in _HELPING:
        k -= 1
    if mentions[k].role != role.BE_ONE:
        return counted
    while k > last and mentions[k - 1].role in _HELPING:
        k -= 1
    if mentions[k - 1].role != role.COMMA:
        return counted
    first = counted[:-1]
    named = len(first) == 2 and first[1] == first[0] + 2 and mentions[first[0] + 1].role == role.COMMA
    return first[:1] if named else first


def one_by_two_callings(
    spelled: Spelled, found: Found, counted: list[int], people: People, beside: Set[str]
) -> list[int]:
    """Count one whom two callings and a verb for one tell of: "a journalist and activist was killed".

    One of them is a calling that people have beside another (`beside`): a doctor and nurse are two. What ties somebody to
    others tells of one, too: "a teacher and father of three was killed".
    """
    first, last = counted
    mentions, k = spelled.mentions, last + 1
    if last != first + 2 or mentions[last - 1].role != role.AND or found.harms[0] <= last:
        return counted
    one, other = mentions[first].group, mentions[last].group
    if one is None or other is None or one.stated.low != 1 or not _is_calling(spelled, one, people):
        return counted
    if other.stated.low != 1 or other.stated.first != other.noun_first:
        return counted
    told = mentions[k].role == role.OF or (
        _is_calling(spelled, other, people)
        and not beside.isdisjoint((spelled.folded[one.noun_last], spelled.folded[other.noun_last]))
    )
    while k < found.harms[0] and mentions[k].role in _MORE_OF_ONE:
        k += 1
    return counted[:1] if told and mentions[k].role == role.BE_ONE else counted


def _is_calling(spelled: Spelled, group: Group, people: People) -> bool:
    """Tell whether a noun says what somebody is by profession, of no country and no faith."""
    noun = people.get(spelled.folded[group.noun_last])
    return noun is not None and noun.identity and noun.status == _CIVILIAN
