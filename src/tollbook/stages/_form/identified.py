"""identified: names told of people counted before -> parts of that figure: "the victims were identified as X and Y"."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Mention, Spelled
from tollbook.grammar.number import Stated

_OF_VICTIMS = (
    role.STATE,
    role.PARTICIPLE,
    role.PEOPLE,
    role.VICTIM,
    role.BE_MANY,
    role.ADVERB,
    role.OF,
    role.COMMA,
)
_LISTS = (role.COMMA, role.AND, role.BREAK, role.INCLUDING, role.VICTIM, role.PARTICIPLE)


def identified(spelled: Spelled, drafts: Sequence[Draft]) -> list[Draft]:
    """Read "the victims were identified as X, Y and Z": parts of the figure told in the sentence or two before."""
    mentions = spelled.mentions
    start = spelled.letters.find(role.INCLUDING, 0, 6)
    if start < 0 or not all(_may_be_victims(m) for m in mentions[:start]):
        return []
    named = _names(mentions[start + 1 :])
    near = [i for i, d in enumerate(drafts) if 0 < spelled.sentence - d.sentence <= 2 and d.parent is None]
    whole = next((i for i in reversed(near) if (drafts[i].stated.low or 0) >= len(named)), None)
    if whole is None or not named:
        return []
    cue = mentions[start]
    return [
        _named_part(drafts[whole], m, whole, len(named), cue.first, cue.last, spelled.sentence) for m in named
    ]


def add_names(spelled: Spelled, drafts: list[Draft], whole: int, k: int) -> None:
    """Read the names behind a colon: "three reporters: X of Reuters, Y and Z"."""
    named = _names([m for m in spelled.mentions[k:] if m.role != role.COLON])
    draft = drafts[whole]
    if 2 <= len(named) <= (draft.stated.low or 0) and not any(m.harm for m in spelled.mentions[k:]):
        for m in named:
            drafts.append(
                _named_part(draft, m, whole, len(named), draft.harm_first, draft.harm_last, spelled.sentence)
            )


def _may_be_victims(mention: Mention) -> bool:
    """Tell whether a word may open the list of those who died: it is of no one person, and of no other thing."""
    one = mention.group is not None and mention.group.stated.low == 1
    return not one and mention.role in _OF_VICTIMS and mention.last == mention.first


def _names(mentions: Sequence[Mention]) -> list[Mention]:
    """Return the names of a list, without the words between that say more of each."""
    return [
        m
        for before, m in zip([None, *mentions], mentions, strict=False)
        if (m.role == role.NAME or _has_name(m)) and (before is None or before.role in _LISTS)
    ]


def _has_name(mention: Mention) -> bool:
    """Tell whether a person is told by a word for who he is and his name behind it: "policeman Rami Aziz"."""
    group = mention.group
    return group is not None and group.stated.low == 1 and group.noun_first <= group.noun_last < mention.last


def _named_part(
    whole: Draft, name: Mention, parent: int, many: int, first: int, last: int, sentence: int
) -> Draft:
    stated = Stated(name.first, name.last, "exact", 1, 1)
    relation = "partition" if many == whole.stated.low else "overlay"
    group = name.group
    who = (name.first, name.last) if group is None else (group.noun_first, group.noun_last)
    return Draft(whole.harm, stated, *who, first, last, sentence, "identified", parent, relation)
