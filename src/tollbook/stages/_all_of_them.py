"""_all_of_them: "All of them died", "His body was found" -> the death of those whom the sentence before counts otherwise."""

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
# "his body was found", "on Friday their bodies were found"
_FOUND = re.compile(
    f"[{role.PREPOSITION}{role.TIME}{role.OTHER}{role.ADVERB}{role.COMMA}{role.BREAK}]{{0,8}}?{role.DIED}"
)
_DEAD = "killed"
_GONE = (
    "abducted",
    "missing",
    "detained",
)  # whose body may be found; who was hurt may have hurt whoever "his" means
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


def body_of_these(
    spelled: Spelled, drafts: Sequence[Draft], his: frozenset[str], their: frozenset[str]
) -> list[Draft]:
    """Read "Gunmen kidnapped a priest. His body was found.": the death of the one, or of the several, told right before."""
    fit = _FOUND.match(spelled.letters)
    if fit is None or not drafts:
        return []
    harm = spelled.mentions[fit.end() - 1]
    whose = spelled.folded[harm.first]
    near = [d for d in drafts if d.sentence == spelled.sentence - 1 and d.parent is None]
    if whose not in (his | their) or harm.harm != _DEAD or len(near) != 1 or near[0].harm not in _GONE:
        return []
    told = near[0]
    if not told.stated.low or (told.stated.low == 1) != (whose in his):
        return []
    stated = told.stated._replace(first=harm.first, last=harm.first)
    who = told.noun_first, told.noun_last
    return [Draft(_DEAD, stated, *who, harm.first, harm.last, spelled.sentence, ALL_OF_THEM)]
