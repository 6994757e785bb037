"""deeds_in_a_row: drafts of one sentence -> those marked as others whom a second deed of the same doer befell."""

from dataclasses import replace
from itertools import pairwise

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Mentions, Spelled

_ACTIVE = "active"  # the order of a verb with its people behind it
_BETWEEN = frozenset(
    (
        role.COMMA,
        role.AND,
        role.ADVERB,
        role.OTHER,
        role.PREPOSITION,
        role.TIME,
        role.NAME,
        role.OF,
        role.STATE,
    )
)
_JOINS = frozenset((role.COMMA, role.AND))
_PARTS = frozenset((role.OF, role.INCLUDING))


def deeds_in_a_row(spelled: Spelled, drafts: list[Draft], plain: frozenset[str]) -> list[Draft]:
    """Tell apart "hanged 30 villagers, executed three teachers and shot dead the mayor": whom each verb has for its object.

    Each verb is told as done, with people of its own by a noun; not "killed 30 villagers, beheading six", nor behind one of
    the `plain` verbs, which may tell of all: "killed 30 villagers, shot dead 20 and burned ten".
    """
    rows = [i for i, d in enumerate(drafts) if d.order == _ACTIVE and d.parent is None]
    if len(rows) < 2:  # nearly all sentences
        return drafts
    rows.sort(key=lambda i: drafts[i].harm_first)
    out = list(drafts)
    for before, i in pairwise(rows):
        first = drafts[before]
        if spelled.folded[first.harm_first] not in plain and _is_another_deed(spelled, first, drafts[i]):
            out[i] = replace(out[i], others=True, reference=False)
    return out


def _is_another_deed(spelled: Spelled, one: Draft, next_one: Draft) -> bool:
    """Tell whether the second of two verbs follows the people of the first, behind nothing but a comma or "and"."""
    mentions = spelled.mentions
    named = one.noun_first <= one.noun_last and next_one.noun_first <= next_one.noun_last
    some_of = next_one.noun_first - next_one.stated.last > 1  # "six of the men"
    if one.harm != next_one.harm or one.harm_first == next_one.harm_first or not named or some_of:
        return False
    verbs = mentions.at(one.harm_first), mentions.at(next_one.harm_first)
    people = tuple(mentions.behind(d.stated.first) - 1 for d in (one, next_one))
    if min(*verbs, *people) < 0 or people[0] > verbs[1] or people[1] < verbs[1]:
        return False
    if any(mentions[k].role != role.PARTICIPLE for k in verbs) or _goes_on(mentions, people[1]):
        return False
    return _BETWEEN.issuperset(m.role for m in mentions[people[0] + 1 : verbs[1]]) and any(
        m.role in _JOINS for m in mentions[max(people[0] + 1, verbs[1] - 2) : verbs[1]]
    )


def _goes_on(mentions: Mentions, k: int) -> bool:
    """Tell whether "of them" follows people: some of those told before."""
    return k + 1 < len(mentions) and mentions[k + 1].role in _PARTS
