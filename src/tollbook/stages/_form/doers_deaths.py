"""doers_deaths: deaths told of "he" -> those of the one who hurt others in the sentence before, not of whom he hurt."""

from collections.abc import Sequence

from tollbook.grammar.draft import Draft
from tollbook.grammar.people import Noun, People

_PASSIVE = "pronoun, passive"
_BEHIND = 6  # words from his death to those by whom: "fatally shot in an exchange of gunfire with officers"
_SENTENCE = 60  # words before a verb in which its subject stands
_BESIDE = 2  # words from a body of people to its verb
_ENDS = ".;:!?"


def doers_deaths(
    drafts: Sequence[Draft], words: Sequence[str], people: People, by_others: frozenset[str]
) -> frozenset[int]:
    """Read "A man wounded a guard. He was shot dead by police." as the man's death; "Gunmen wounded him" leaves only the guard.

    Returns the places of such deaths: told with those by whom (`by_others`), next behind a verb of harm that no one told of
    in the plural does.
    """
    return frozenset(
        i
        for i, death in enumerate(drafts)
        if i
        and death.order == _PASSIVE
        and death.harm == "killed"
        and not by_others.isdisjoint(words[death.harm_last + 1 : death.harm_last + _BEHIND])
        and _done_by_one(drafts, i, words, people)
    )


def _done_by_one(drafts: Sequence[Draft], i: int, words: Sequence[str], people: People) -> bool:
    """Tell whether one person is the subject of the harm told in the sentence before draft i."""
    told = [d for d in drafts[:i] if d.harm == "injured" and 0 <= drafts[i].sentence - d.sentence <= 1]
    if not told or told[-1].harm_first > told[-1].stated.first:
        return False
    verb = told[-1].harm_first
    begin = next((k + 1 for k in range(verb - 1, max(0, verb - _SENTENCE), -1) if words[k] in _ENDS), 0)
    harmed = {k for d in drafts for k in range(d.stated.first, max(d.noun_last, d.stated.last) + 1)}
    return not any(
        _are_several(people.get(words[k]), k, begin, verb) for k in range(begin, verb) if k not in harmed
    )


def _are_several(noun: Noun | None, k: int, begin: int, verb: int) -> bool:
    """Tell whether word k is of several who may do it: a body only where it opens the sentence, or beside the verb."""
    if noun is None or noun.number == "one":
        return False
    return noun.number == "many" or k == begin or k >= verb - _BESIDE
