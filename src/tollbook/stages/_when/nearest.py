"""nearest: which times of a text can be an event's, and which of those of its sentence is a claim's."""

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter

from tollbook.grammar.view import View
from tollbook.model.period import Period
from tollbook.stages._time_words import Times

_OWN = 5  # words between a figure and the time that is its own, where the words of harm have another
_PARTICLE = 3  # letters of a small word inside a name: "Observatorio de Violencia"
_REFERENCE, _BRACKET = 24, 200  # words, and characters, in which a bracket names its sources
_HEAD = 1  # sentences before that of the day at the head of a report
_ISSUED = 5  # words between "published" and its day
_START = attrgetter("start_offset")


def issued(view: View, times: Times, period: Period) -> bool:
    """Tell whether a day is that on which the report came out: "published 5 March", "updated on Monday"."""
    word = view.word_at(period.start_offset)
    if not times.issued.isdisjoint(view.folded[word - 2 if word > 2 else 0 : word]):
        return True
    k = word - 1
    while k > 0 and word - k <= _ISSUED and view.folded[k] in times.issued_what:
        k -= 1
    return k >= 0 and view.folded[k] in times.issued


def heads_the_report(view: View, period: Period, published: str | None) -> bool:
    """Tell whether a day is only that of the report: no event is dated by it if others are.

    So a day alone in its line, at the head of the text or of publication, and one in brackets that ends the title.
    """
    word = view.word_at(period.start_offset)
    index = view.sentence_at(word)
    first, last = view.sentences[index]
    head = index <= _HEAD and period.basis == "stated" and (period.precision or 9) == 1
    if not head and (not published or period.start != published[:10]):
        return False
    behind = view.word_at(period.end_offset - 1) + 1
    if head and index == 0 and view.words[word - 1 : word] == ["("] and view.words[behind:last] == [")"]:
        return True
    figures = (view.words[k][0].isdecimal() for k in range(first, last) if not word <= k < behind)
    if period.start != (published or "")[:10] and any(figures):
        return False  # the row of a table
    return alone(view, period)


def alone(view: View, period: Period) -> bool:
    """Tell whether a time stands alone in its line: there is at most a word beside it."""
    first, last = view.word_at(period.start_offset), view.word_at(period.end_offset - 1)
    begin, end = view.sentences[view.sentence_at(first)]
    beside = 0
    for k in chain(range(begin, first), range(last + 1, end)):
        beside += view.words[k][0].isalpha()
        if beside > 1:  # most
            return False
    return True


def nearest(view: View, times: Times, here: Sequence[Period], start: int, end: int) -> Period:
    """Return the time of a sentence that is a claim's: the nearest, but none of a clause before where its own has one.

    "Ten were shot in May and four in June"; "two died in Homs on Monday, while six were hurt in Dara on Tuesday".
    """
    closest = min(here, key=lambda d: distance(d, start, end)) if len(here) > 1 else here[0]
    inside = start < closest.start_offset and closest.end_offset < end
    if not inside and (closest.start_offset >= start or not _clause_before(view, closest, start)):
        return closest
    following = min((d for d in here if d.start_offset >= end), key=_START, default=None)
    if following is None:
        return closest
    first, last = view.word_at(end - 1) + 1, view.word_at(following.start_offset)
    between = [(k, view.folded[k]) for k in range(first, last)]
    own = all(w in times.adjunct or view.words[k][0].isupper() for k, w in between)
    return following if own and len(between) <= _OWN else closest


def _clause_before(view: View, period: Period, start: int) -> bool:
    """Tell whether a time belongs to a clause before: not to the opening of the sentence, and with a comma behind it."""
    word, claim = view.word_at(period.start_offset), view.word_at(start)
    opening = word - view.sentences[view.sentence_at(word)][0] < _OWN
    return not opening and not {",", ";"}.isdisjoint(view.words[word:claim])


def distance(period: Period, start: int, end: int) -> float:
    """Rank a time for a claim: that right behind it ("500 dead this year"), then near words, days before years."""
    gap = max(period.start_offset - end, start - period.end_offset, 0)
    if gap <= 1:
        return 0.0
    return gap + 60 * ((period.precision or 1) - 1)


def cited(view: View, period: Period) -> bool:
    """Tell whether a day is that of a source named in brackets, which dates no event: "(Crisis Group 04/03/2019)".

    A day in words is one only behind a name in capitals, "(AFP, March 4, 2019)": "(Kabul, 4 March 2019)" tells the event.
    """
    at = period.start_offset
    near = view.text[at - _BRACKET if at > _BRACKET else 0 : at]
    if "(" not in near and "[" not in near:  # most
        return False
    word = view.word_at(period.start_offset)
    names: list[str] = []
    for k in range(word - 1, max(-1, word - 1 - _REFERENCE), -1):
        it = view.words[k]
        if it in "([":
            in_numbers = not any(c.isalpha() for c in period.quote)
            return bool(names) and (in_numbers or all(n.isupper() for n in names))
        if it[0].isalpha():
            if it[0].islower() and len(it) > _PARTICLE:
                return False
            names.append(it)
        elif not it[0].isdecimal() and it not in ",/&'’-;":
            return False
    return False
