"""any_form: several lexicons -> whether one of their forms may stand among some words; most have none.

What asks a sentence for the forms of a dozen lexicons asks this first. By three words, with which longer forms begin:
so it never misses one, and hardly says yes where there is none.
"""

from itertools import chain, pairwise
from typing import Any

from tollbook.grammar.lexicon import Lexicon


class AnyForm:
    """The forms of several lexicons together."""

    def __init__(self, *lexicons: Lexicon[Any]) -> None:
        """Take the lexicons; they must have been compiled with one fold."""
        self._lexicons = lexicons
        # what may follow a first word, and what then. The third words are gathered when a text first has the two before
        # them: few of all there are
        self._behind: dict[str, dict[str, frozenset[str] | None]] = {}
        for lexicon in lexicons:
            for word in lexicon.firsts:
                behind = self._behind.setdefault(word, {})
                behind.update(dict.fromkeys(lexicon.seconds_of(word)))
        # by these a stretch is passed over without a step of Python for each word: most have neither
        self._single = frozenset(word for lexicon in lexicons for word, _ in lexicon.singles())
        self._pairs = frozenset((word, second) for word, behind in self._behind.items() for second in behind)

    def within(self, folded: list[str], first: int, stop: int) -> bool:
        """Tell whether a form may stand among words first up to stop; no only where none does."""
        words = folded[first:stop]
        if not self._single.isdisjoint(words):
            return True
        # zip, unlike pairwise, fills one tuple again and again
        if self._pairs.isdisjoint(zip(words, words[1:], strict=False)):  # noqa: RUF007
            return False
        for i, (word, second) in enumerate(pairwise(words)):
            if (word, second) in self._pairs:
                thirds = self._behind[word][second] or self._thirds(word, second)
                if "" in thirds or (i + 2 < len(words) and words[i + 2] in thirds):
                    return True
        return False

    def _thirds(self, word: str, second: str) -> frozenset[str]:
        """Gather what may follow two words with which forms begin."""
        told = (lexicon.thirds_of(word, second) for lexicon in self._lexicons)
        thirds = self._behind[word][second] = frozenset(chain.from_iterable(told))
        return thirds
