"""averages: a number that is so many a day, or how many could be -> nobody told: "an average of 165 people"."""

from tollbook.grammar import role
from tollbook.grammar.mention import Mention
from tollbook.stages._sentence import Sentence
from tollbook.stages._spot.noun_groups import noun_after


def is_average(here: Sentence, k: int) -> bool:
    """Tell whether word k or the two that end there make the number behind it an average: "an average of 165 people".

    So too of whom there is room for: "a capacity for 300 refugees".
    """
    averages, word, before = here.words.averages, here.folded[k], here.folded[k - 1]
    if word in averages or (word in here.words.of and before in averages):
        return True
    return word in here.words.averages_of and before in here.words.capacities


def averaged(here: Sentence, i: int) -> Mention | None:
    """Read an average and the people it is of, who are nobody told."""
    stated = here.words.numbers.at(here.folded, i, here.end)
    people = None if stated is None else noun_after(here, stated.last + 1, here.end, counted=True)
    return None if stated is None else Mention(role.OTHER, i, stated.last if people is None else people[2])
