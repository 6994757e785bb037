"""not_subjects: people inside a match whom its order does not count: who speaks, parts of a total, who acts himself."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Mention, Spelled
from tollbook.grammar.order import Found
from tollbook.stages._counted_as_well import is_one_person

_VERB_OF = (role.BE_ONE, role.BE_MANY, role.HAVE, role.DIED)
_FARTHEST_PART = 12  # mentions from a word of including to the last part
_WITHIN_PART = frozenset(
    (
        role.VICTIM,
        role.COUNT,
        role.NAME,
        role.OTHER,
        role.PREPOSITION,
        role.OF,
        role.TIME,
        role.RELATIVE,
        role.BE_MANY,
        role.AND,
    )
)
_FARTHEST_VERB = 8  # mentions from people to what they do: "members of the Islamic group Hamas rallied"
_LISTING = (role.COMMA, role.AND)
_TOLD_OF = (role.OTHER, role.OF, role.NAME, role.VICTIM)
_ADJOINING = (role.OF, role.PREPOSITION)
_MOVED = "displaced"
_HELPING = (role.HAVE, role.BE_ONE, role.BE_MANY, role.ADVERB, role.NOT)


def outside_parts(spelled: Spelled, found: Found, counted: list[int]) -> list[int]:
    """Leave out the parts of a total: "84 people, including 15 pupils, several guards and two clerks".

    Where they alone are taken for the subject, "8 people, including a clerk on his way and two guards, were", nobody is left.
    Nor is anybody where a clause of theirs tells the harm: "held 30 people, including four who were hurt".
    """
    mentions = spelled.mentions
    if not counted or _only_parts_suffer(spelled, counted[-1], found.harms[0]):
        return []
    if _within_dashes(mentions, found, counted):
        return []
    opened = -1
    if len(found.counts) > 1:
        opened = spelled.letters.find(role.INCLUDING, found.counts[1], found.counts[-1] + 1)
    if opened >= 0 and opened + 1 < len(mentions):
        group = mentions[opened + 1].group
        figure = group is not None and (group.stated.kind != "some" or _is_aside(mentions, found))
        if figure or _opens_with_name(mentions, opened):
            behind = _behind_aside(mentions, found, counted, opened)
            return [i for i in counted if i < opened or i >= behind]
    first = mentions[counted[0]].group
    k = counted[0] - 1
    if (
        found.harms[0] < counted[0]
        or k < 1
        or mentions[k].role != role.AND
        or (first is not None and first.others)
    ):
        return counted
    while k > 1 and counted[0] - k < _FARTHEST_PART and mentions[k - 1].role in _WITHIN_PART:
        k -= 1
    return [] if mentions[k - 1].role == role.INCLUDING else counted


def _within_dashes(mentions: Sequence[Mention], found: Found, counted: list[int]) -> bool:
    """Tell whether people end what dashes tell of those before the verb: "nine - six from A and three from B - were killed"."""
    k = found.harms[0] - 1
    while k > counted[-1] and mentions[k].role in _HELPING:
        k -= 1
    if k <= counted[-1] or mentions[k].role != role.DASH or mentions[counted[0] - 1].role != role.AND:
        return False
    opened = next((n for n in range(counted[0] - 2, 0, -1) if mentions[n].role == role.DASH), 0)
    before = mentions[opened - 1].group if opened else None
    return before is not None and before.stated.kind not in ("some", "none")


def _behind_aside(mentions: Sequence[Mention], found: Found, counted: list[int], opened: int) -> int:
    """Return the first mention listed behind an aside on some of those before: "three men, one of them a clerk, and two women".

    Past all mentions where none is: where a comma parts the last from the verb, or they and the some make up the whole.
    """
    none = len(mentions)
    if opened < 3 or mentions[opened - 1].role != role.COUNT or mentions[opened - 2].role != role.COMMA:
        return none
    end = next((k for k in range(opened + 1, found.harms[0]) if mentions[k].role == role.COMMA), none)
    if end + 2 not in counted or mentions[end + 1].role != role.AND:
        return none
    if mentions[counted[-1] + 1].role == role.COMMA or counted[-1] > found.harms[0]:
        return none
    groups = [mentions[i].group for i in (opened - 3, opened - 1, *(i for i in counted if i > end))]
    whole, *rest = (0 if g is None else g.stated.low or 0 for g in groups)
    return none if sum(rest) == whole else end + 2


def _only_parts_suffer(spelled: Spelled, i: int, harm: int) -> bool:
    """Tell whether a clause of parts behind the people at mention i tells the harm: "30, including four who were"."""
    letters = spelled.letters
    opened = letters.find(role.INCLUDING, i + 1, harm)
    if opened < 0:  # most
        return False
    k = harm
    while k > opened and letters[k - 1] in _HELPING:
        k -= 1
    return letters[k - 1] == role.RELATIVE and letters[k - 2] in (role.VICTIM, role.COUNT, role.PEOPLE)


def _is_aside(mentions: Sequence[Mention], found: Found) -> bool:
    """Tell whether a comma closes the parts before the verb: "12 people, including officers, clerks, and 10 rebels, were"."""
    behind = found.counts[-1] + 1
    return behind + 1 < len(mentions) and mentions[behind].role == role.COMMA and behind < found.harms[0]


def _opens_with_name(mentions: Sequence[Mention], k: int) -> bool:
    """Tell whether "including" at mention k goes on with a surname and who that is: "four men, including Haddad, a clerk"."""
    if k < 2 or k + 3 >= len(mentions) or mentions[k + 1].role not in (role.OTHER, role.NAME):
        return False
    whole, one = mentions[k - 2].group, mentions[k + 3].group
    enclosed = mentions[k - 1].role == mentions[k + 2].role == role.COMMA
    return enclosed and whole is not None and one is not None and one.stated.low == 1 and not one.others


def says_what_they_were(mentions: Sequence[Mention], i: int) -> bool:
    """Tell whether words say what those before them were: "14 people, most of whom were women, and a clerk".

    So of "12 people, all civilians" and "12 people, reportedly civilians".
    """
    k = i - 1
    while k > 0 and mentions[k].role in _HELPING:
        k -= 1
    if (
        mentions[k].role == role.COMMA
        and mentions[i - 1].role == role.ADVERB
        and mentions[k - 1].role == role.VICTIM
    ):
        group, whole = mentions[i].group, mentions[k - 1].group
        bare = group is not None and group.stated.kind == "some" and mentions[i].role == role.VICTIM
        return bare and whole is not None and whole.stated.kind not in ("some", "none")
    return mentions[k].role == role.INCLUDING and mentions[i].role != role.COUNT


def speaks(spelled: Spelled, i: int, found: Found, by_word_of: frozenset[str]) -> bool:
    """Tell whether a person gives the figure: "14 people, according to the mayor, died", "according to the mayor, 14 died"."""
    mentions = spelled.mentions
    letters = spelled.letters
    if i < 1 or letters[i - 1] != role.SAID or found.harms[0] < i or i + 2 >= len(letters):
        return False
    before = mentions[i - 1]
    if " ".join(spelled.folded[before.first : before.last + 1]) in by_word_of:
        return True
    return mentions[i + 1].role == role.COMMA and mentions[i + 2].role in _VERB_OF


def harms_others(spelled: Spelled, found: Found, articles: frozenset[str]) -> bool:
    """Tell whether people before a bare word of harm did it, to one without a known noun: "killed a jogger", "killed Ott"."""
    mentions, behind = spelled.mentions, found.harms[-1] + 1
    if behind >= len(mentions) or mentions[behind].role != role.OTHER:
        return False
    if mentions[found.harms[-1]].harm == _MOVED:  # "villagers accommodated at the stadium"
        return False
    word = mentions[behind].first
    named = spelled.words[word].istitle() and spelled.words[word - 1].islower()
    return named or spelled.folded[word] in articles


def does_something(
    spelled: Spelled, i: int, found: Found, acts: frozenset[str], gathers: frozenset[str]
) -> bool:
    """Tell whether the last of two behind a verb do something themselves: "shot two guards, and three rebels entered".

    Behind a comma also where more is told of them: "and 900 members of the union rallied".
    """
    mentions = spelled.mentions
    if found.harms[0] > found.counts[0] or i != found.counts[-1] or i < found.counts[0] + 2:
        return False
    if i + 1 >= len(mentions) or mentions[i - 1].role != role.AND:
        return False
    if mentions[i + 1].role == role.OTHER and spelled.folded[mentions[i + 1].first] in acts:
        return True
    if mentions[i - 2].role != role.COMMA or any(
        mentions[k].role in _LISTING for k in range(found.counts[0], i - 2)
    ):
        return False
    k = i + 1
    while k < len(mentions) and k - i < _FARTHEST_VERB and mentions[k].role in _TOLD_OF:
        if mentions[k].role == role.OTHER and spelled.folded[mentions[k].first] in gathers:
            return True
        k += 1
    return False


def suffers_nothing(
    spelled: Spelled, found: Found, articles: frozenset[str], gathers: frozenset[str]
) -> bool:
    """Tell whether people before a bare word of harm are not whom it befell."""
    return harms_others(spelled, found, articles) or gathers_for(spelled, found, gathers)


def gathers_for(spelled: Spelled, found: Found, gathers: frozenset[str]) -> bool:
    """Tell whether people only gather for others, of whom the harm is told: "hundreds came to the burial of two killed"."""
    mentions, i, harm = spelled.mentions, found.counts[-1], found.harms[0]
    if harm < i + 2 or not any(m.group is not None for m in mentions[i + 1 : harm]):
        return False
    verb = mentions[i].last if mentions[i].role == role.UNSURE else mentions[i + 1].first
    return spelled.folded[verb] in gathers


def told_of_name(spelled: Spelled, i: int, found: Found, his: frozenset[str]) -> bool:
    """Tell whether words for one person say who the one named before them is: "Selim Haddad, an elder, and his son".

    At the end of a list only those do that have no article: "and Selim Haddad, son of Omar Haddad".
    """
    if i - 2 not in found.counts:  # most
        return False
    mentions, group = spelled.mentions, spelled.mentions[i].group
    if group is None or i + 1 >= len(mentions) or group.stated.low != 1:
        return False
    before, behind = mentions[i - 2], mentions[i + 1].role
    bare = group.stated.first == group.noun_first  # "the mayor, leader of the party, and his wife"
    told = before.group is not None and before.group.definite and behind == role.OF
    more = (bare and behind in _ADJOINING) or told
    one = before.role == role.NAME or (more and is_one_person(before))
    if not one or group.others or mentions[i - 1].role != role.COMMA:
        return False
    if spelled.folded[group.stated.first] in his or group.stated.last > group.noun_last:
        return False
    if i + 1 not in found.counts:
        return bare and behind == role.OF
    return behind == role.COMMA or behind in _ADJOINING


def is_theirs(mentions: Sequence[Mention], i: int) -> bool:
    """Tell whether a name right behind several counted is theirs, or their group's: "three members of the group Jaish".

    So is the second of two: "two journalists Lin Aung and Tun Oo".
    """
    first = i - 2 if mentions[i - 1].role == role.AND and mentions[i - 2].role == role.NAME else i
    group = mentions[first - 1].group
    return mentions[first - 1].role == role.VICTIM and group is not None and (group.stated.low or 0) > 1
