"""dateline: the day in a report's dateline, from which "today" and the days of the week are counted."""

from datetime import date

from tollbook.grammar.view import View
from tollbook.stages._when.days import Range

_OPENING = 4  # sentences in which a dateline stands: a headline may go before it
_REACH = 8  # words before its day
_BRACKET = 6  # words of the bracket with the agency's name, behind its day
_DASHES = frozenset("-–—")


def sent_on(
    view: View, sentence: int, first: int, last: int, days: Range | None, published: date | None
) -> date | None:
    """Return the day that words first..last tell where they are that of a dateline: "LIMA, 11 March (Agency) -".

    None where they are none, or tell a day behind that of publication.
    """
    if sentence > _OPENING or days is None or days[0] != days[1] or (published and days[0] > published):
        return None
    begin, end = view.sentences[sentence]
    if not 0 < first - begin <= _REACH or any(map(str.islower, view.words[begin:first])):
        return None
    if not (view.words[begin].isupper() or view.words[begin + 1] in ",("):
        return None
    k = last + 1
    if k < end and view.words[k] in "([":
        k = next((i + 1 for i in range(k, min(end, k + _BRACKET)) if view.words[i] in ")]"), end)
    return days[0] if k < end and view.words[k] in _DASHES else None
