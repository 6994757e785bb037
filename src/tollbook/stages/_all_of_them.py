"""_all_of_them: "All of them died" -> the death of those whom the sentence before counts by another harm."""

import re
from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled

# "all of them died", "they all died", "all were killed"
_OPENING = re.compile(
    f"{role.PRONOUN}?[{role.INCLUDING}{role.ADVERB}]"
    f"[{role.HAVE}{role.BE_MANY}{role.ADVERB}]*[{role.DIED}{role.PARTICIPLE}{role.STATE}]"
)
_DEAD = "killed"
ALL_OF_THEM = "all of them"  # stands for the order that formed such a draft


def all_of_them(spelled: Spelled, drafts: Sequence[Draft], every: frozenset[str]) -> list[Draft]:
    """Read "Gunmen shot 14 men. All of them died.": the figure of the one sentence before, by its words for all.

    Where that sentence counts several groups nobody knows whom "them" means, and whose deaths it tells are told.
    """
    fit = _OPENING.match(spelled.letters)
    if fit is None or not drafts:
        return []
    mentions, harm = spelled.mentions, spelled.mentions[fit.end() - 1]
    cue = next((m for m in mentions[: fit.end() - 1] if spelled.folded[m.first] in every), None)
    near = [d for d in drafts if d.sentence == spelled.sentence - 1 and d.parent is None]
    if cue is None or harm.harm != _DEAD or len(near) != 1:
        return []
    told = near[0]
    if told.harm == _DEAD or not told.numbered:
        return []
    stated = told.stated._replace(first=cue.first, last=cue.last)
    return [
        Draft(
            _DEAD,
            stated,
            told.noun_first,
            told.noun_last,
            harm.first,
            harm.last,
            spelled.sentence,
            ALL_OF_THEM,
        )
    ]
