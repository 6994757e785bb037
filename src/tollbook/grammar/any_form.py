"""any_form: several lexicons -> whether one of their forms may stand among some words; most have none.

What asks a sentence for the forms of a dozen lexicons asks this first. By three words, with which longer forms begin:
so it never misses one, and hardly says yes where there is none.
"""

from itertools import chain
from typing import Any

from tollbook.grammar.lexicon import MAY_BEGIN, Lexicon, begins_any


class AnyForm:
    """The forms of several lexicons together."""

    def __init__(self, *lexicons: Lexicon[Any]) -> None:
        """Take the lexicons; they must have been compiled with one fold."""
        self._lexicons = lexicons
        self._begins = begins_any(*lexicons)
        # what may follow a first word, and what then; with "" among it, nothing need. The third words are gathered when a
        # text first has the two before them: few of all there are
        self._behind: dict[str, dict[str, frozenset[str] | None]] = {}
        for lexicon in lexicons:
            for word in lexicon.firsts:
                behind = self._behind.setdefault(word, {})
                behind.update(dict.fromkeys(lexicon.seconds_of(word)))
                if word in lexicon:
                    behind[""] = None

    def within(self, folded: list[str], first: int, stop: int) -> bool:
        """Tell whether a form may stand among words first up to stop; no only where none does."""
        begins = self._begins.of(
            folded[first:stop]
        )  # most words that begin a form stand before none it goes on with
        match = MAY_BEGIN.search(begins)
        while match is not None:
            i = first + match.start()
            seconds = self._behind[folded[i]]
            if "" in seconds:
                return True
            if i + 1 < stop and folded[i + 1] in seconds:
                thirds = seconds[folded[i + 1]] or self._thirds(folded[i], folded[i + 1])
                if "" in thirds or (i + 2 < stop and folded[i + 2] in thirds):
                    return True
            match = MAY_BEGIN.search(begins, match.start() + 1)
        return False

    def _thirds(self, word: str, second: str) -> frozenset[str]:
        """Gather what may follow two words with which forms begin."""
        told = (lexicon.thirds_of(word, second) for lexicon in self._lexicons)
        thirds = self._behind[word][second] = frozenset(chain.from_iterable(told))
        return thirds
