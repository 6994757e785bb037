"""apposed: words beside people that only say who those people were, or where -> the people that an order counts."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Group, Mention, Spelled
from tollbook.grammar.order import Found
from tollbook.stages._counted_as_well import is_one_person

_CLAUSE = frozenset(
    (role.BREAK, role.SAID, role.PARTICIPLE, role.ACTIVE, role.DIED, role.BE_ONE, role.BE_MANY)
)
_OF_ONE = (role.ADVERB, role.TIME, role.OTHER, role.VICTIM)  # "a 28-year-old convicted"
_WORDS_OF_ONE = 4
_PLACED = 5  # mentions from people to the second of the places where they were: "farmers in Dara, Homs"
_LISTED = (role.NAME, role.COMMA, role.AND)


def is_figure(group: Group) -> bool:
    """Tell whether words of number are stated, not just people named."""
    return group.noun_first > group.stated.last or group.noun_last < group.noun_first


def names_alone(spelled: Spelled, found: Found, spent: set[int], of_many: frozenset[str]) -> list[int]:
    """Return the names that an order takes by themselves; of a massacre they are places: "the massacre of Rio Hondo"."""
    if found.name and spelled.folded[spelled.mentions[found.harms[0]].last] in of_many:
        return []
    return [i for i in found.name if i not in spent]


def _no_places(mentions: Sequence[Mention], found: Found, counted: list[int]) -> list[int]:
    """Leave out names that are places: "the killing of farmers in Dara, Homs and Hama"."""
    if len(found.counts) < _PLACED:  # most
        return counted
    return [
        i for i in counted if mentions[i].role != role.NAME or not _goes_on_with_places(mentions, i, found)
    ]


def _goes_on_with_places(mentions: Sequence[Mention], i: int, found: Found) -> bool:
    """Tell whether a name is one of a list of names that a preposition opens behind the people of a match."""
    k = i - 1
    while k > found.counts[0] and mentions[k].role in _LISTED:
        k -= 1
    listed = found.counts[0] < k < i - 1 and mentions[k].role == role.PREPOSITION
    return listed and not any(m.role == role.PREPOSITION for m in mentions[i + 1 : i + 2])


def _is_known(mention: Mention) -> bool:
    """Tell whether somebody is named, or one who was told of: "Haddad", "guard Omar Haddad", "the head"."""
    group = mention.group
    return group is None or group.definite or mention.last > group.noun_last


def _told_as_one(mentions: Sequence[Mention], found: Found, counted: list[int]) -> list[int]:
    """Count one where commas enclose what else he was: "Haddad, the Fox, a smuggler and the head of a gang, was shot"."""
    be = found.harms[0] - 1
    if len(counted) < 2 or mentions[be].role != role.BE_ONE or mentions[be - 1].role != role.COMMA:
        return counted
    alone = all(g is None or g.stated.low == 1 for g in (mentions[i].group for i in counted))
    if not any(_is_known(mentions[i]) for i in counted):  # "A judge, a guard, and a driver, was shot dead"
        return counted
    first = counted[0]
    apart = mentions[first + 1].role == role.COMMA or (first > 0 and mentions[first - 1].role == role.COMMA)
    return counted[:1] if alone and apart else counted


def not_apposed(mentions: Sequence[Mention], found: Found, counted: list[int], spent: set[int]) -> list[int]:
    """Count whom the words say more of: "two members of the escort, members of the police, were wounded"."""
    counted = _told_as_one(mentions, found, _no_places(mentions, found, counted))
    if len(counted) != 1 or counted[0] < 2:
        return counted
    enclosing = _enclosing(mentions, counted[0])
    if enclosing is not None and enclosing not in spent:
        joined = enclosing > 1 and mentions[enclosing - 1].role == role.AND and enclosing - 2 not in spent
        return (
            [enclosing - 2, enclosing] if joined and is_one_person(mentions[enclosing - 2]) else [enclosing]
        )
    last = mentions[counted[0] - 1].role
    if (
        last == role.ADVERB
    ):  # "10 aid workers, all Nigerians, were killed", "16 civilians, almost all women, were killed"
        k = counted[0] - 2
        last = mentions[k - (k > 0 and mentions[k].role == role.OTHER)].role
    if last == role.TIME:
        return _past_an_age(mentions, counted, spent)
    if last not in (role.COMMA, role.DASH):
        return counted
    group = mentions[counted[0]].group
    if group is None or group.stated.kind != "some":
        return counted
    for i in range(counted[0] - 2, max(-1, counted[0] - 12), -1):
        mention = mentions[i]
        if mention.role in _CLAUSE or i in spent:
            break
        if mention.group is not None and mention.role != role.OTHER and is_figure(mention.group):
            return [i]
    return counted


def _enclosing(mentions: Sequence[Mention], i: int) -> int | None:
    """Return the one of whom words between commas say more: "the attacker, a 23-year-old student, was shot dead"."""
    group = mentions[i].group
    if group is None or group.stated.low != 1 or i + 1 >= len(mentions) or mentions[i].role != role.VICTIM:
        return None
    k = i - 1
    while k > 0 and i - k < _WORDS_OF_ONE and mentions[k].role in _OF_ONE:
        k -= 1
    whole = mentions[k - 1].group if k > 0 and mentions[k].role == role.COMMA else None
    if whole is None or whole.stated.low != 1 or mentions[i + 1].role != role.COMMA:
        return None
    paired = k > 1 and mentions[k - 2].role == role.AND  # "an officer and his wife, a clerk, were shot dead"
    return k - 1 if whole.definite or paired else None


def _past_an_age(mentions: Sequence[Mention], counted: list[int], spent: set[int]) -> list[int]:
    """Count whom words behind an age say more of: "the attacker, 28 year old Ali Hassan, was shot dead"."""
    k = counted[0] - 1
    while k > 1 and mentions[k].role == role.TIME:
        k -= 1
    whole = mentions[k - 1].group if k > 0 and mentions[k].role == role.COMMA else None
    if whole is None or not whole.definite or whole.stated.low != 1 or k - 1 in spent:
        return counted
    return [k - 1]
