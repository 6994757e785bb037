"""counted_items: bulleted lines that begin with a figure and people, under a head that tells the harm -> drafts.

"The dead are distributed as follows:" over "• 47 civilians, including five children" and "• 29 soldiers".
"""

import re
from collections.abc import Iterator, Sequence

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.number import Stated
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.stages._sentence import words_of_pack

Stretch = tuple[int, int]  # words, both included
_LINE = re.compile(r"^[ \t]*(?:[-•●▪*–—·][ \t]*|\d{1,2}[.)][ \t]+)(?P<rest>\d[^\n|\t]*)$", re.MULTILINE)
_LEAST = 2  # lines of a list
_NEAR = 5  # words between a figure and the people it counts
_ENDS = (role.COMMA, role.OPEN, role.RELATIVE, role.INCLUDING, role.PREPOSITION, role.BREAK)


def runs_of_items(view: View) -> Iterator[tuple[int, list[Stretch]]]:
    """Yield lists of such lines: the offset at which the first begins, and the words of each."""
    run: list[Stretch] = []
    begin = end = -1
    for match in _LINE.finditer(view.text):
        if run and match.start() != end + 1:
            if len(run) >= _LEAST:
                yield begin, run
            run = []
        begin = begin if run else match.start()
        run = [*run, (view.word_at(match.start("rest")), view.word_at(match.end("rest") - 1))]
        end = match.end()
    if len(run) >= _LEAST:
        yield begin, run


def drafts_of_items(view: View, pack: Pack, items: Sequence[Stretch], harm: str, head: int) -> list[Draft]:
    """Return a draft for each line; none at all where a line tells a harm of its own or counts no people."""
    drafts = []
    for first, last in items:
        figure = words_of_pack(pack).numbers.at(view.folded, first, last + 1)
        noun = None if figure is None else _people(view, pack, figure, last)
        if figure is None or noun is None or figure.kind in ("some", "none"):
            return []
        drafts.append(_draft(view, figure, noun, harm, head))
    return drafts


def _draft(view: View, figure: Stated, noun: int, harm: str, head: int) -> Draft:
    people = figure.last + 1
    return Draft(
        harm, figure, people, noun, figure.first, noun, view.sentence_at(figure.first), "list", table=head
    )  # fmt: skip


def _people(view: View, pack: Pack, figure: Stated, last: int) -> int | None:
    """Return the last word of the people behind a figure, up to what says more of them."""
    words, people = words_of_pack(pack), people_of(pack)
    found: int | None = None
    for k in range(figure.last + 1, last + 1):
        sense = words.lexicon.get(view.folded[k])
        letter = role.SIGNS.get(view.words[k]) or (sense[0] if sense is not None else "")
        if sense is not None and sense[1] is not None:
            return None  # a harm of its own
        if letter in _ENDS or (found is None and k - figure.last > _NEAR):
            break
        if people.get(view.folded[k]) is not None:
            found = k
    return found
