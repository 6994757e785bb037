"""of_whom: people to whom nothing happens, and the harm of some of them -> a draft: "40 clerks, 12 of whom were shot"."""

import re

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled

_ORDER = "of whom, harmed"
_PEOPLE = re.escape(role.VICTIM + role.PEOPLE + role.UNSURE)
_ADJUNCT = re.escape(
    role.OTHER + role.PREPOSITION + role.OF + role.NAME + role.TIME + role.ADVERB + role.RISING
)
_SMALL = re.escape(role.HAVE + role.ADVERB)
_BE = re.escape(role.BE_ONE + role.BE_MANY)
_HARMED = re.escape(role.PARTICIPLE + role.STATE)
_TOLD = re.compile(
    f"[{_PEOPLE}][{_ADJUNCT}]{{0,9}}{re.escape(role.COMMA)}({re.escape(role.COUNT)}){re.escape(role.INCLUDING)}"
    f"[{_SMALL}]{{0,2}}[{_BE}][{_SMALL}{_BE}]{{0,2}}([{_HARMED}])"
)


def of_whom(spelled: Spelled, drafts: list[Draft]) -> list[Draft]:
    """Return the drafts of "40 clerks, 12 of whom were shot"; none where something was told of the 40 before."""
    if role.INCLUDING not in spelled.letters:  # most
        return []
    mentions = spelled.mentions
    for match in _TOLD.finditer(spelled.letters):
        who, some = mentions[match.start()].group, mentions[match.start(1)]
        harm = mentions[match.start(2)]
        if who is None or some.group is None or harm.harm is None or not some.group.stated.low:
            continue
        if any(d.stated.first <= some.last or d.harm_first <= some.last for d in drafts):
            return []
        noun = who.noun_first, who.noun_last
        return [Draft(harm.harm, some.group.stated, *noun, harm.first, harm.last, spelled.sentence, _ORDER)]
    return []
