"""deputies: words for people that only begin a title -> where its noun stands; behind a land's, whose body they are of."""

from tollbook.stages._sentence import Sentence

_FARTHEST = 3  # words of what a deputy's title is of: "deputy provincial police chief"


def titled(here: Sentence, j: int, end: int, *, counted: bool) -> int:
    """Return the word at which a title goes on behind word j: "a deputy city police chief", "the Iraqi government"; or 0.

    People who are `counted` stay people where nobody else follows: "seven African Union Mission were killed".
    """
    if _is_body(here, j + 1, end):
        k = j + 1
        if k + 4 < end and here.view.words[k + 1] == "(" and here.view.words[k + 3] == ")":
            k += 4  # "the National Party (NP) secretary"
        return _noun_from(here, k, end) or (0 if counted else k)
    if here.folded[j] not in here.words.deputies:
        return 0
    k = _noun_from(here, j + 1, end)
    return k if k > j + 1 else 0


def _noun_from(here: Sentence, k: int, end: int) -> int:
    """Return the next noun for people from word k on, ordinary words and "Ward 96" passed over; 0 for none."""
    surfaces = here.view.words
    for i in range(k, min(end, k + 1 + _FARTHEST)):
        if here.words.people.get(here.folded[i]) is not None:
            return i
        numbered = i > k and surfaces[i].isdecimal() and surfaces[i - 1][0].isupper()
        if not (surfaces[i].isalpha() or numbered) or here.words.kinds.get(here.folded[i]):
            return 0
    return 0


def _is_body(here: Sentence, k: int, end: int) -> bool:
    """Tell whether word k is a body or a place, of which a word such as "Iraqi" before it says more."""
    return k < end and (here.folded[k] in here.words.of_a_land or here.folded[k] in here.words.no_person)
