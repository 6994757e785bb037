"""followed: the figures of those that come next in order -> drafts beside the first: "Dara with 31, followed by Homs with 9"."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Mentions, Spelled

_LEADING = (role.PREPOSITION, role.OPEN)  # right before each figure
_NAMES = (role.OTHER, role.NAME, role.VICTIM, role.POSSESSIVE)
_BETWEEN = (*_NAMES, *_LEADING, role.CLOSE, role.COMMA, role.AND, role.BY)
_FIGURES = (role.COUNT, role.OTHER)  # a number alone in brackets may be somebody's age
_FARTHEST = 40  # mentions from the word to the last figure


def followed_by(spelled: Spelled, told: Sequence[Draft], followed: frozenset[str]) -> list[Draft]:
    """Read "Dara had the highest number of deaths (21), followed by Homs (9)": nine more, elsewhere, no part of the 21."""
    mentions, drafts = spelled.mentions, list(told)
    if not drafts or role.BY not in spelled.letters:
        return drafts
    for k, letter in enumerate(spelled.letters[:-1]):
        if letter != role.BY or k < 1 or spelled.folded[mentions[k - 1].last] not in followed:
            continue
        before = [d for d in drafts if d.stated.last < mentions[k].first and d.parent is None]
        if not before or (before[-1].stated.low or 0) < 1:
            continue
        first = before[-1]
        for i in _figures(mentions, k + 1):
            group = mentions[i].group
            if group is None or (group.stated.low or 0) > (first.stated.low or 0):
                break
            at = next((n for n, d in enumerate(drafts) if d.stated.first == group.stated.first), None)
            if at is None:
                drafts.append(replace(first.with_people(group, "shared out"), shared_out=True))
            else:
                drafts[at] = replace(drafts[at], parent=None, relation=None, shared_out=True)
    return drafts


def _figures(mentions: Mentions, k: int) -> Iterator[int]:
    """Yield the mentions of the figures from mention k on that each stand behind a name and "with", or in brackets."""
    for i in range(k, min(k + _FARTHEST, len(mentions))):
        if (
            mentions[i].group is not None
            and mentions[i].role in _FIGURES
            and mentions[i - 1].role in _LEADING
        ):
            yield i
        elif mentions[i].role not in _BETWEEN:
            return
