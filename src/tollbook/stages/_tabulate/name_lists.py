"""name_lists: names pasted as lines under a head such as "Dead:" -> drafts, a person a line.

The head tells the harm and ends in a colon; a line opens with a name of two words or more, numbered, behind a bullet or
bare, and may go on with an age, a place or a calling.
"""

import re
from collections.abc import Iterator, Sequence

from tollbook.grammar.draft import Draft
from tollbook.grammar.number import Stated
from tollbook.grammar.view import View

Stretch = tuple[int, int]  # words, both included
_LINE = re.compile(
    r"^[ \t]*(?:[-•●▪*–—·][ \t]*|\d{1,3}[.)][ \t]*)?(?P<name>\w[^\n:|\t]{2,80})$", re.MULTILINE
)
_LONGEST = 6  # words of a name
_SHORT = 4  # words of a person without one
_LEAST = 2  # names of a list, capitals of a name


def runs_of_names(
    view: View, particles: frozenset[str], unnamed: frozenset[str]
) -> Iterator[tuple[int, list[Stretch]]]:
    """Yield lists of names: the offset at which the first line begins, and the words of each name.

    `particles` are small words within names, `unnamed` those of people whom nobody could name ("unidentified woman"), who
    begin no list. A list ends with the first line that opens with no name.
    """
    run: list[Stretch] = []
    begin = end = -1
    for match in _LINE.finditer(view.text):
        name = _name(view, particles, *match.span("name"))
        if name is None and run:
            name = _unnamed(view, unnamed, *match.span("name"))
        if run and (name is None or match.start() != end + 1):
            if len(run) >= _LEAST:
                yield begin, run
            run = []
        if name is not None:
            begin = begin if run else match.start()
            run = [*run, name]
            end = match.end()
    if len(run) >= _LEAST:
        yield begin, run


def _name(view: View, particles: frozenset[str], start: int, end: int) -> Stretch | None:
    """Return the words of the name that opens a line: capitals up to a comma, a bracket, a dash or its end."""
    pieces = view.text[start:end].split(" ", _LONGEST + 1)
    if len(pieces) > _LONGEST + 1 and "" not in pieces:
        head = view.text[start : end - len(pieces[-1])]
        if not ("," in head or "-" in head or "(" in head or "–" in head or "—" in head or ";" in head):
            return None  # a line of prose: nothing ends a name among its first words
    first = view.word_at(start)
    k, capitals = first, 0
    while k < len(view.words) and view.starts[k] < end and k - first < _LONGEST:
        word = view.words[k]
        if word[0].isupper() and word[0].isalpha():
            capitals += 1
        elif not (k > first and (view.folded[k] in particles or word in "-.'’")):
            break
        k += 1
    closed = k >= len(view.words) or view.starts[k] >= end or view.words[k] in ",(-–—;"
    return (first, k - 1) if capitals >= _LEAST and closed and view.starts[first] == start else None


def _unnamed(view: View, unnamed: frozenset[str], start: int, end: int) -> Stretch | None:
    """Return the words of a line that counts a person without a name: "unidentified woman, about 30"."""
    first = view.word_at(start)
    k = first
    while k < len(view.words) and view.starts[k] < end and view.words[k][0].isalpha():
        k += 1
    return (first, k - 1) if view.folded[first] in unnamed and 2 <= k - first <= _SHORT else None


def drafts_of_names(view: View, names: Sequence[Stretch], harm: str, head: int) -> list[Draft]:
    """Return a draft for each name; `head` is the word of the head that tells the harm."""
    return [
        Draft(
            harm,
            Stated(first, last, "exact", 1, 1),
            first,
            last,
            first,
            last,
            view.sentence_at(first),
            "list",
            table=head,
        )
        for first, last in names
    ]
