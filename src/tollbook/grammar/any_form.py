"""any_form: several lexicons -> whether one of their forms may stand among some words; most have none.

What asks a sentence for the forms of a dozen lexicons asks this first. By three words, with which longer forms begin:
so it never misses one, and hardly says yes where there is none.
"""

from itertools import compress
from typing import Any

from tollbook.grammar.lexicon import Lexicon


class AnyForm:
    """The forms of several lexicons together."""

    def __init__(self, *lexicons: Lexicon[Any]) -> None:
        """Take the lexicons; they must have been compiled with one fold."""
        # what may follow a first word, and what then; with "" among it, nothing need
        self._behind: dict[str, dict[str, set[str]]] = {}
        for lexicon in lexicons:
            for word, second, third in lexicon.beginnings():
                self._behind.setdefault(word, {}).setdefault(second, set()).add(third)

    def within(self, folded: list[str], first: int, stop: int) -> bool:
        """Tell whether a form may stand among words first up to stop; no only where none does."""
        behind = self._behind
        for i in compress(range(first, stop), map(behind.__contains__, folded[first:stop])):
            seconds = behind[folded[i]]
            if "" in seconds:
                return True
            thirds = seconds.get(folded[i + 1]) if i + 1 < stop else None
            if thirds is not None and ("" in thirds or (i + 2 < stop and folded[i + 2] in thirds)):
                return True
        return False
