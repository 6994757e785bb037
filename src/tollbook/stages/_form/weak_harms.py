"""weak_harms: words of harm that buildings and towns suffer too -> whom they count: only people who are told as people."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Mention, Spelled
from tollbook.grammar.order import Found

_HELPING = (role.BE_ONE, role.BE_MANY, role.HAVE, role.ADVERB, role.TIME)


def is_weak(spelled: Spelled, harm: int, weak: frozenset[str]) -> bool:
    """Tell whether a word of harm is one that buildings and towns suffer too: burned, captured."""
    mention, folded = spelled.mentions[harm], spelled.folded
    if mention.first == mention.last:  # most
        return folded[mention.first] in weak
    return " ".join(folded[mention.first : mention.last + 1]) in weak


def people_who_suffer(spelled: Spelled, found: Found, counted: Sequence[int]) -> list[int]:
    """Return those of the counted who suffer it: people, and bare figures where no thing is told of."""
    mentions = spelled.mentions
    if _a_thing_between(spelled, found) or _labels_a_thing(mentions, found.harms[0]):
        return []
    things = _before_a_thing(mentions, found.harms[-1])
    return [
        i
        for i in counted
        if mentions[i].role == role.VICTIM or (mentions[i].role == role.COUNT and not things)
    ]


def _labels_a_thing(mentions: Sequence[Mention], harm: int) -> bool:
    """Tell whether a weak word of harm before a colon is of an ordinary noun: "houses burned: 40"."""
    labels = harm > 0 and harm + 1 < len(mentions) and mentions[harm + 1].role == role.COLON
    return labels and mentions[harm - 1].role == role.OTHER


def _before_a_thing(mentions: Sequence[Mention], harm: int) -> bool:
    """Tell whether a weak word of harm right behind a figure says more of an ordinary noun: "hundreds of burned houses"."""
    if harm < 1 or harm + 1 >= len(mentions) or mentions[harm - 1].role != role.COUNT:
        return False
    return mentions[harm + 1].role == role.OTHER


def _a_thing_between(spelled: Spelled, found: Found) -> bool:
    """Tell whether counted things stand right before the verb: "killed six people, and 54 houses were burned"."""
    mentions, k = spelled.mentions, found.harms[0] - 1
    while k > 0 and mentions[k].role in _HELPING:
        k -= 1
    thing = k > 0 and mentions[k].role == role.OTHER and mentions[k - 1].role == role.AND
    return thing and spelled.folded[mentions[k].first][0].isdecimal()
