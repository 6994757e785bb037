"""who_counts: the people that an order may count, out of those that its pattern spans."""

from collections.abc import Sequence
from typing import NamedTuple

from tollbook.grammar import role
from tollbook.grammar.mention import Mention, Spelled
from tollbook.grammar.order import Found
from tollbook.stages._counted_as_well import (
    BEFORE_ONE,
    FARTHEST,
    MORE_OF,
    with_before,
    with_besides,
    with_owner,
)
from tollbook.stages._form.apposed import is_figure, not_apposed
from tollbook.stages._form.behind_verbs import after_another_verb, after_verb, agreeing
from tollbook.stages._form.callings import one_of_several_callings
from tollbook.stages._form.not_subjects import (
    does_something,
    is_theirs,
    outside_parts,
    says_what_they_were,
    speaks,
    suffers_nothing,
    told_of_name,
)
from tollbook.stages._form.opened_clauses import without_subject

_OF_ALL = "shot several dead"  # the order of all objects of a verb: "shot two men and five women dead"
_CLOSES = {role.OPEN: role.CLOSE, role.DASH: role.DASH}
# before the comma behind which a sentence's first person stands: "In Dara, a clerk, Omar Haddad, was shot"
_SETTING = (role.OTHER, role.TIME, role.ADVERB)
_BEFORE_NAMES = frozenset(
    (role.COMMA, role.AND, role.ALONGSIDE, role.VICTIM, role.ADVERB, role.DASH, role.BESIDES)
)
_DOING = (role.PARTICIPLE, role.ACTIVE)
_VERBAL = (role.HAVE, role.BE_ONE, role.BE_MANY, role.ADVERB, role.NOT, role.COMMA)
_BE = (role.BE_ONE, role.BE_MANY)
_DEAD, _HURT = "killed", "injured"
_SHARE = 8  # mentions of a share in brackets
_MOVED = "displaced"
_AGED = (role.ADVERB, role.TIME)  # between a comma and a name: his age
_ADJOINING = (role.OF, role.PREPOSITION)


class Around(NamedTuple):
    """A pack's words beside people."""

    his: frozenset[str]  # they tie a person to one named before
    acts: frozenset[str]  # what people do in a clause of their own
    gathers: frozenset[str]  # the same, behind a comma, of people of whom more is told
    sent_off: frozenset[str]  # what, of one person, is no displacement
    by_word_of: frozenset[str]  # behind these stands who speaks: according to
    begins_object: frozenset[str]  # behind a word of harm: whom it befell
    of_many: frozenset[str]  # of many, and never of one person by name


def people_counted(spelled: Spelled, found: Found, spent: set[int], around: Around) -> list[int]:
    """Return the mentions that an order counts, in order: no mention twice, and nobody who is only told of again.

    `spent` are the mentions counted already.
    """
    mentions = spelled.mentions
    if found.order.bare and suffers_nothing(spelled, found, around.begins_object, around.gathers):
        return []
    inserted = _inserted(mentions, found.counts)
    counted = [
        i
        for i in found.counts
        if i not in inserted
        and _countable(mentions, i, found, spent)
        and not speaks(spelled, i, found, around.by_word_of)
    ]
    if not counted:
        return counted
    counted = [
        i
        for i in outside_parts(spelled, found, counted)
        if not _names_follow(mentions, i)
        and not told_of_name(spelled, i, found, around.his)
        and not does_something(spelled, i, found, around.acts, around.gathers)
    ]
    if not counted:
        return counted
    counted = one_of_several_callings(spelled, found, counted, around.begins_object, around.his)
    heard = counted  # of these none speaks
    counted = without_subject(mentions, found.harms[0], counted)
    counted = _of_number(spelled, found, agreeing(mentions, found, counted))
    if found.order.name != _OF_ALL:
        counted = after_another_verb(mentions, found, after_verb(mentions, found, counted))
    counted = not_apposed(mentions, found, counted, spent)
    counted = with_besides(spelled, counted, spent)
    counted = with_owner(spelled, counted, spent, around.his)
    counted = with_before(spelled, found, counted, spent)
    return [i for i in counted if i in heard or not speaks(spelled, i, found, around.by_word_of)]


def _are_hurt(mentions: Sequence[Mention], i: int) -> bool:
    """Tell whether people are told by a word for the hurt: who moves them takes them to a hospital, "12 of the wounded"."""
    near = mentions[i + 1 : i + 4]
    of_hurt = len(near) > 1 and near[0].role == role.OF and any(m.harm == _HURT for m in near[1:])
    among = (
        i > 2
        and mentions[0].role == role.OF
        and mentions[i - 1].role == role.COMMA
        and mentions[i - 2].harm == _HURT
    )
    return mentions[i].harm == _HURT or of_hurt or among


def _inserted(mentions: Sequence[Mention], counts: range) -> set[int]:
    """Return the mentions of a list that stand in brackets or between dashes: they say more of those before them."""
    inside: set[int] = set()
    if len(counts) < 2:  # most
        return inside
    closing, since = "", 0
    for i in counts:
        letter = mentions[i].role
        if not closing and letter in _CLOSES and i > counts[0]:
            closing, since = _CLOSES[letter], i
        elif closing and letter == closing and not (letter == role.DASH and i == since + 1):
            inside.update(range(since, i))
            closing = ""
    return inside


def _countable(mentions: Sequence[Mention], i: int, found: Found, spent: set[int]) -> bool:
    """Tell whether a mention inside a match is people that its order may count."""
    if i in spent:
        return False
    mention, order = mentions[i], found.order
    if mention.role == role.NAME:
        return _is_named_person(mentions, i, found)
    group = mention.group
    if group is None or mention.role == role.OTHER:  # an age between commas
        return False
    if mentions[found.harms[0]].harm == _MOVED and _are_hurt(mentions, i):
        return False
    if (
        mention.role == role.UNSURE
        and group.stated.kind == "none"
        and any(m.role not in _VERBAL for m in mentions[i + 1 : found.harms[0]])
    ):
        return False  # "no difference in need between the displaced and others"
    if i > found.counts[0] + 1 and mentions[i - 1].role in _ADJOINING and mentions[i - 2].role != role.AND:
        return False  # "nine members of a family, three women and six children"
    if mention.harm == _DEAD and mentions[found.harms[0]].harm == _HURT:
        return False  # "seven dead soldiers and 16 wounded": the dead are not hurt
    if i > found.counts[0] and says_what_they_were(mentions, i):
        return False
    if i > found.counts[0] and _is_named(mention) and _says_who(mentions, i, found):
        return False
    if i - 2 in found.counts and _is_also(mentions, i):  # few
        return False
    if i == found.counts[-1] and _describes_the_one(mentions, i, found):
        return False
    if i == found.counts[-1] > found.counts[0] and _ends_the_last(mentions, i):
        return False
    if i == found.counts[-1] and _begins_clause(mentions, i, found):
        return False
    if i > found.counts[0] and mention.role == role.COUNT and i + 1 < len(mentions):
        parts = (role.BY, role.RELATIVE) if mentions[i - 1].role == role.COMMA else (role.BY,)
        if _is_including(mentions, i + 1) or mentions[i + 1].role in parts:
            return False  # "15 soldiers, four of them badly", "eight, three by stabbing", "two, one who"
    if mention.role == role.VICTIM and i > found.counts[0] and _is_office(mentions, i, found):
        return False
    return not order.numbered or is_figure(group) or group.stated.kind == "exact"


def _is_named_person(mentions: Sequence[Mention], i: int, found: Found) -> bool:
    """Tell whether a name is one of a list of people, and no place within it: "the mayor of X, and …"."""
    if i == found.counts[0]:  # "it began in Lima and two policemen died"
        return i == 0 or i > found.harms[0] or mentions[i - 1].role != role.PREPOSITION
    body = i + 1 < len(mentions) and mentions[i + 1].role == role.VICTIM  # its members
    named = body or is_theirs(mentions, i)
    return mentions[i - 1].role in _BEFORE_NAMES and not _says_who(mentions, i, found) and not named


def _describes_the_one(mentions: Sequence[Mention], i: int, found: Found) -> bool:
    """Tell whether the last words only say who the one before the comma is: "killed the attacker, a man of 28".

    So of one by number: "hurt one civilian, a nurse".
    """
    if i < found.counts[0] + 2 or mentions[i - 1].role != role.COMMA or _lists(mentions, found):
        return False
    whole, group = mentions[i - 2].group, mentions[i].group
    ones = whole is not None and group is not None and whole.stated.low == group.stated.low == 1
    if whole is None or group is None or not ones or group.definite or i - 2 != found.counts[0]:
        return False
    by_number = is_figure(whole) and not is_figure(group)
    return by_number or whole.definite or _is_named(mentions[i - 2])


def _ends_the_last(mentions: Sequence[Mention], i: int) -> bool:
    """Tell whether words say who the last of a list of names was: "Haddad, a clerk, and Khoury, a guard, were".

    Without an article none need follow: "Haddad and Khoury, rector and dean of a college".
    """
    group, k = mentions[i].group, i - 2
    if i < 4 or group is None or group.stated.low != 1 or mentions[i - 1].role != role.COMMA:
        return False
    if mentions[k].role != role.NAME or mentions[k - 1].role != role.AND:
        return False
    bare = group.stated.first == group.noun_first and group.stated.last == group.noun_last
    return bare or any(m.role == role.COMMA for m in mentions[i + 1 : i + 2])


def _is_office(mentions: Sequence[Mention], i: int, found: Found) -> bool:
    """Tell whether people without an article are what the one named before is: "Haddad, mayor of Dara and head of a bank"."""
    group = mentions[i].group
    bare = group is not None and group.stated.first == group.noun_first
    if not bare or i - 2 not in found.counts or i + 1 >= len(mentions) or mentions[i + 1].role != role.OF:
        return False
    if mentions[i - 1].role == role.COMMA:
        return mentions[i - 2].role == role.NAME or _is_named(mentions[i - 2])
    k = i - 2
    while k in found.counts and mentions[k].role in (role.OTHER, role.OF, role.NAME):
        k -= 1
    return mentions[i - 1].role == role.AND and k < i - 2 and _is_office(mentions, k, found)


def _is_also(mentions: Sequence[Mention], i: int) -> bool:
    """Tell whether words without an article say what else the one before "and" is: "a cleric and head of a school, Omar Ali,"."""
    group, before = mentions[i].group, mentions[i - 2].group
    if group is None or before is None or mentions[i - 1].role != role.AND:
        return False
    bare = group.stated.first == group.noun_first and group.stated.low == before.stated.low == 1
    if not bare or before.stated.first == before.noun_first:
        return False
    k = i + 1
    while k < len(mentions) and mentions[k].role in (role.OF, role.OTHER):
        k += 1
    named = [m.role for m in mentions[k : k + 3]]
    return named[:2] == [role.COMMA, role.NAME] and named[2:] in ([role.COMMA], [role.STOP], [])


def _is_including(mentions: Sequence[Mention], k: int) -> bool:
    """Tell whether mention k opens the parts of a total, a share in brackets passed over: "22 (55 per cent) of whom"."""
    if mentions[k].role == role.OPEN:
        closed = (n for n in range(k + 1, min(k + _SHARE, len(mentions))) if mentions[n].role == role.CLOSE)
        k = min(next(closed, k) + 1, len(mentions) - 1)
    return mentions[k].role == role.INCLUDING


def _begins_clause(mentions: Sequence[Mention], i: int, found: Found) -> bool:
    """Tell whether the last of a list without "and" does something itself: "the murder of the leaders, the president …"."""
    if (
        i == found.counts[0]
        or mentions[i - 1].role != role.COMMA
        or found.harms[0] > i
        or i + 1 >= len(mentions)
    ):
        return False
    if any(m.role == role.AND for m in mentions[found.counts[0] : i]):
        return False
    harming = mentions[i + 1].role in _DOING and i + 2 < len(mentions) and mentions[i + 2].group is not None
    return harming or mentions[i + 1].role in (role.OTHER, role.HAVE, role.BE_ONE, role.BE_MANY)


def _says_who(mentions: Sequence[Mention], i: int, found: Found) -> bool:
    """Tell whether a name between commas is that of the person right before it: "the mayor, Selim Haddad, …".

    The person may be told more of: "the head of the council, Haji Karim, and his driver".
    """
    comma = i - 1
    while comma > 0 and mentions[comma].role in _AGED:  # "the attacker, 28-year-old Omar Haddad, …"
        comma -= 1
    if comma < 1 or mentions[comma].role != role.COMMA or i + 1 >= len(mentions):
        return False
    k = comma - 1
    while k > found.counts[0] and i - k < FARTHEST and mentions[k].role in MORE_OF:
        k -= 1
    group = mentions[k].group if k in found.counts else None
    if group is None or group.stated.low != 1 or group.stated.last > group.noun_last:
        return False
    if k < comma - 1 and mentions[k + 1].role != role.OF:
        return False
    behind = _behind_brackets(mentions, i + 1)
    closed = behind == role.COMMA or (k < comma - 1 and behind == role.AND)
    closed = closed or (i == found.counts[-1] and not _lists(mentions, found))
    return closed and (k < 2 or mentions[k - 1].role != role.COMMA or mentions[k - 2].role in _SETTING)


def _lists(mentions: Sequence[Mention], found: Found) -> bool:
    """Tell whether an "and" joins the people of a match; two with a comma between are one: "the attacker, Omar Haddad"."""
    return any(mentions[k].role in (role.AND, role.ALONGSIDE) for k in found.counts)


def _behind_brackets(mentions: Sequence[Mention], k: int) -> str:
    """Return the role of mention k, or of what follows the brackets that open there: "Selim Haddad (70), …"."""
    if mentions[k].role == role.OPEN:
        closes = (n for n in range(k + 1, min(k + _SHARE, len(mentions))) if mentions[n].role == role.CLOSE)
        k = next(closes, k) + 1
    return mentions[k].role if k < len(mentions) else ""


def _is_named(mention: Mention) -> bool:
    """Tell whether words for one person hold his name: "Colonel Ahmad Zia"."""
    group = mention.group
    return (
        mention.role == role.VICTIM
        and group is not None
        and group.stated.low == 1
        and (group.stated.last > group.noun_last and group.stated.first == group.noun_first)
    )


def _names_follow(mentions: Sequence[Mention], i: int) -> bool:
    """Tell whether people without a figure are told by name at once: "leaders Haddad and Khoury"."""
    group = mentions[i].group
    if group is None or group.stated.kind != "some" or i + 1 >= len(mentions):
        return False
    return mentions[i + 1].role == role.NAME


def _of_number(spelled: Spelled, found: Found, counted: list[int]) -> list[int]:
    """Leave out several before "and was", one before "and were": its subject is told before, "ran at guards and was shot"."""
    if not counted:
        return counted
    mentions, letters, k = spelled.mentions, spelled.letters, found.harms[0] - 1
    while k > counted[-1] and letters[k] not in _BE:
        k -= 1
    if k <= counted[-1] or k < 1 or letters[k - 1] != role.AND:
        return counted
    group, first = mentions[counted[-1]].group, found.counts[0]
    one = group is None or group.stated.low == 1
    if mentions[k].role == role.BE_MANY:
        return [] if one and group is not None and len(found.counts) == 1 else counted
    if group is None or one:
        return counted
    opened = first == 0 or mentions[first - 1].role in BEFORE_ONE
    another = any(
        m.group is not None for m in mentions[counted[-1] + 1 : k]
    )  # officers shot him and was shot
    body = group.stated.first < group.noun_first and not (another and group.definite)  # a family, the crew
    return counted if group.stated.kind == "some" and opened and body else []
