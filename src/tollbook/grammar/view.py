"""view: text -> words that remember where they came from.

Nothing here changes a character: a word is a pair of offsets, and its folded form is only for comparing.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tollbook.model.text import Span

# A word is a number with its separators, letters with inner apostrophes or dots (U.S.), or one other sign.
WORD = re.compile(
    r"\d{1,3}([,\u00a0\u202f\u2009' ])\d{3}(?:\1\d{3})*(?!\d)(?:\.\d+)?"  # 1,200 · 4 556 · 12'000
    r"|\d+(?:[.,:]\d+)*[^\W\d_]*"  # 20 · 2.3 · 47th · 5.56mm · 10:30
    r"|(?:[^\W\d_]\.){2,}(?=[\s,;:)\]'’\"-]|$)"  # U.S.
    r"|[^\W_]+(?:['’][^\W\d_]+)*"  # words, o'clock, didn't
    r"|[^\w\s]|_",
)


@dataclass(frozen=True, slots=True)
class View:
    """A text cut into words and sentences; lists run in parallel, one entry a word.

    `words` are the surface forms, `folded` their forms for comparing, `starts` and `ends` their offsets in `text`.
    `sentences` are half-open ranges of word indexes in order; furniture lies in none of them.
    `upper` says for each sentence whether it is written in capitals only, so that capitals mean nothing there.
    """

    text: str
    words: Sequence[str]
    folded: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    sentences: Sequence[tuple[int, int]]
    upper: Sequence[bool]

    def quote(self, first: int, last: int) -> str:
        """Return the exact text from word `first` up to and including word `last`."""
        return self.text[self.starts[first] : self.ends[last]]

    def sentence_at(self, word: int) -> int:
        """Return the index of the sentence that holds a word (the last one that begins at or before it)."""
        return max(0, bisect_right(self.sentences, word, key=lambda s: s[0]) - 1)

    def sentence_span(self, index: int) -> Span:
        """Return the characters of a sentence."""
        first, last = self.sentences[index]
        return Span(self.starts[first], self.ends[last - 1])

    def word_at(self, offset: int) -> int:
        """Return the index of the word that holds or follows a character offset."""
        index = max(0, bisect_right(self.starts, offset) - 1)
        return (
            index
            if self.starts and self.ends[index] > offset
            else min(index + 1, max(0, len(self.starts) - 1))
        )


def words_of(
    text: str, fold: Callable[[str], str], skip: Sequence[Span] = ()
) -> tuple[list[str], list[str], list[int], list[int]]:
    """Cut text into words, their folded forms, starts and ends; what lies in `skip` is passed over."""
    spans = [
        match.span()
        for first, last in _unskipped(len(text), skip)
        for match in WORD.finditer(text, first, last)
    ]
    words = [text[a:b] for a, b in spans]
    folds = {
        word: fold(word) or word for word in set(words)
    }  # half of a text's words are ones it has used before
    return words, list(map(folds.__getitem__, words)), [a for a, _ in spans], [b for _, b in spans]


def _unskipped(length: int, skip: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the stretches of a text that are to be read."""
    pieces: list[tuple[int, int]] = []
    at = 0
    for span in sorted(skip, key=lambda s: s.start):
        if span.start > at:
            pieces.append((at, span.start))
        at = max(at, span.end)
    if at < length:
        pieces.append((at, length))
    return pieces
