"""opened_clauses: people inside a match -> without the subject behind what opens a sentence."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Mention

_OPENS = frozenset((role.BREAK, role.PREPOSITION, role.TIME))
_OPENING = _OPENS | {role.OTHER, role.ADVERB, role.OF}
_BEFORE = frozenset((role.COMMA, role.CLOSE, role.DASH, role.QUOTE, role.COLON, role.SAID))
_ENDED = frozenset((role.STOP, role.COMMA, role.AND, role.BREAK, role.CLOSE))
_MORE_OF = frozenset((role.OF, role.PREPOSITION, role.OTHER, role.NAME, role.TIME))
_LEAST = 2  # mentions behind people that are more than an adjunct of one word: "of the plant walked out"


def without_subject(mentions: Sequence[Mention], harm: int, counted: list[int]) -> list[int]:
    """Leave out the subject of the sentence: "after the murder of the mayor, the 300 workers of the plant walked out".

    A list would have an "and" before its last.
    """
    if len(counted) < 2 or harm > counted[0] or not _opens(mentions, harm):
        return counted
    last = counted[-1]
    if mentions[last - 1].role != role.COMMA or mentions[last - 2].role == role.COMMA:
        return counted
    k = last + 1
    while k < len(mentions) and mentions[k].role in _MORE_OF:
        k += 1
    goes_on = k < len(mentions) and mentions[k].role not in _ENDED
    return counted[:-1] if goes_on or k - last > _LEAST else counted


def _opens(mentions: Sequence[Mention], harm: int) -> bool:
    """Tell whether a word of harm stands in what opens its sentence or clause, "a day after the murder of"."""
    k = harm
    while k > 0 and mentions[k - 1].role in _OPENING:
        k -= 1
    if k == harm or not (k == 0 or mentions[k - 1].role in _BEFORE):
        return False
    # "hours after the murder of"
    later = mentions[k].role == role.OTHER and mentions[k + 1].role == role.BREAK
    return later or mentions[k].role in _OPENS
