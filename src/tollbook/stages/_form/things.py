"""things: people that an order takes -> those who can be meant: fighters who are "lost", clerks who are "seized", no rifles."""

from tollbook.grammar import role
from tollbook.grammar.account import Refusal
from tollbook.grammar.mention import Group, Spelled
from tollbook.grammar.order import Found
from tollbook.grammar.people import People
from tollbook.stages._form.callings import one_by_two_callings
from tollbook.stages._form.small_words import Small
from tollbook.stages._form.weak_harms import is_weak

_SEVERAL = 2
_BEHIND = 5  # words behind people that say whose they are: "five members of his family"
_OF_ONE_EACH = "counted deaths"  # the order in which a word of harm is the death of one
_TOLL, _LOWERED = "toll", "toll lowered"
_GROWN = 7  # mentions from the figure that a toll rose to back from the older one behind it
_BETWEEN = (role.PREPOSITION, role.TIME, role.OTHER)
# behind people of whom no more is told
_ENDING = ("", role.STOP, role.COMMA, role.BREAK, role.AND, role.BY, role.TIME)
_WHOSE = 3  # mentions before one more person: "of a clerk and"
_OWNING = "'’"  # behind people: what is theirs


def suited(
    spelled: Spelled,
    found: Found,
    counted: list[int],
    small: Small,
    people: People,
) -> tuple[list[int], Refusal | None]:
    """Return of the people that an order takes those who can suffer it: who fights, who is no thing; and why it takes none.

    What a toll grew from is no toll, and one killing of many counts nobody: "committed a massacre".
    """
    mentions = spelled.mentions
    if found.order.name == _OF_ONE_EACH and is_weak(spelled, found.harms[0], small.of_many):
        return [], "no_figure"
    if found.order.name == _TOLL and _grew_from(spelled, counted[0], small.grown_from):
        return [], "no_figure"
    if found.order.name in (_TOLL, _LOWERED):
        counted = [_grown_to(spelled, counted[0], small.grown_from), *counted[1:]]
    if len(counted) > 1 and found.harms[0] < counted[0]:
        first, his = counted[0], small.around.his
        counted = [i for i in counted if i - first <= _WHOSE or not _is_whose(spelled, i, his)]
    if len(counted) == 2:
        counted = one_by_two_callings(spelled, found, counted, people, small.beside_another)
    if found.order.fighting:
        counted = [i for i in counted if fight(spelled, mentions[i].group, small.fallen)]
        counted = [i for i in counted if _is_of_a_side(spelled, i, found.harms[0])]
        return counted, None if counted else "nobody_left"
    if found.order.others and not (
        _others(mentions[counted[0]].group) or _of_his(spelled, counted[0], small.around.his)
    ):
        return [], "nobody_left"
    if is_weak(spelled, found.harms[0], small.grasped):
        counted = [i for i in counted if are_persons(spelled, i, people)]
        return counted, None if counted else "things_suffer_it"
    return counted, None


def _grew_from(spelled: Spelled, i: int, grown_from: frozenset[str]) -> bool:
    """Tell whether a figure is what a toll rose from: "the toll rose from 15 because some of the wounded died"."""
    before = spelled.mentions[max(0, i - 2) : i]
    if len(before) < 2 or before[0].role != role.RISING or spelled.folded[before[1].last] not in grown_from:
        return False
    return not any(m.group is not None and m.group.stated.low for m in spelled.mentions[i + 1 :])


def _grown_to(spelled: Spelled, i: int, grown_from: frozenset[str]) -> int:
    """Return the figure that a toll rose to, where the one at mention i is told behind it: "rose to 17 from 14"."""
    mentions, k = spelled.mentions, i - 2
    if k < 2 or spelled.folded[mentions[i].first - 1] not in grown_from:  # most
        return i
    while k > max(1, i - _GROWN) and mentions[k].role in _BETWEEN:
        k -= 1
    rose = mentions[k].role == role.COUNT and mentions[k - 1].role == role.PREPOSITION
    return k if rose and spelled.folded[mentions[k - 1].last] not in grown_from else i


def fight(spelled: Spelled, group: Group | None, fallen: frozenset[str]) -> bool:
    """Tell whether people are under arms, or told by a word for those whom a side loses: "lost 60 men"."""
    if group is None:
        return False
    return group.fighters or not fallen.isdisjoint(spelled.folded[group.noun_first : group.noun_last + 1])


def _is_of_a_side(spelled: Spelled, at: int, verb: int) -> bool:
    """Tell whether several are lost, or one by people under arms: "the army lost one man", not "the club lost one man"."""
    group = spelled.mentions[at].group
    if group is None or group.stated.low != 1 or group.fighters:
        return True
    return any(m.group is not None and m.group.fighters for k, m in spelled.mentions.grouped() if k < verb)


def _is_whose(spelled: Spelled, at: int, his: frozenset[str]) -> bool:
    """Tell whether one more person may be of those whose somebody is: "arrested the killer of a clerk and a guard"."""
    group = spelled.mentions[at].group
    if spelled.letters[max(0, at - _WHOSE) : at + 1] != role.OF + role.VICTIM + role.AND + role.VICTIM:
        return False
    alone = group is not None and (group.stated.low or 0) < _SEVERAL
    return alone and spelled.folded[spelled.mentions[at].first] not in his


def _others(group: Group | None) -> bool:
    """Tell whether people are told as others than those before: "two other fighters"."""
    return group is not None and group.others


def _of_his(spelled: Spelled, at: int, his: frozenset[str]) -> bool:
    """Tell whether several are told as of somebody before: "with two of his guards"; not where more befell them."""
    mentions, group = spelled.mentions, spelled.mentions[at].group
    end = mentions[at].last
    if mentions[at].role != role.VICTIM or group is None or (group.stated.low or 0) < _SEVERAL:
        return False  # "two of his hands tied"
    behind = [m for m in mentions[at + 1 : at + 1 + _BEHIND] if m.first - end <= _BEHIND]
    if end - group.stated.last > _BEHIND or any(m.harm is not None for m in behind):
        return False
    if not his.isdisjoint(spelled.folded[group.stated.last + 1 : end + 1]):
        return _no_more_told(spelled, at + 1)
    of = next((n for n, m in enumerate(behind) if spelled.folded[m.first] in his), None)
    return of is not None and _no_more_told(spelled, at + of + 2)


def _no_more_told(spelled: Spelled, k: int) -> bool:
    """Tell whether nothing is told of people before mention k: "with two of his guards", not "of his children watching"."""
    letters = spelled.letters[k : k + 2]
    if len(letters) < 2 or letters[0] != role.PREPOSITION:
        return letters[:1] in _ENDING
    return letters[1] == role.TIME or spelled.words[spelled.mentions[k + 1].first][:1].isupper()  # "in Dara"


def are_persons(spelled: Spelled, at: int, people: People) -> bool:
    """Tell whether a noun for persons says who was seized: "seized two clerks", not "seized two clerks' rifles"."""
    group, behind = spelled.mentions[at].group, spelled.mentions[at + 1 : at + 2]
    if group is None or group.noun_first > group.noun_last:
        return False
    if behind and spelled.folded[behind[0].first] in _OWNING:
        return False
    noun, stated = people.get(spelled.folded[group.noun_last]), group.stated
    if noun is None or noun.collective or _only_tells_whose(spelled, group, people):
        return False
    return noun.number == "many" or (noun.number == "one" and stated.kind == "exact" and stated.low == 1)


def _only_tells_whose(spelled: Spelled, group: Group, people: People) -> bool:
    """Tell whether one word of a people stands alone: "seized Russian and Korean rifles", not "seized a Russian"."""
    alone = group.stated.first == group.noun_first == group.noun_last
    return alone and people.is_identity(spelled.folded[group.noun_last])
