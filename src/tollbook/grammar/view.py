"""view: text -> words that remember where they came from.

Nothing here changes a character: a word is a pair of offsets, and its folded form is only for comparing.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from tollbook.grammar.kinds import Codes, Kinds
from tollbook.grammar.marks import Marks
from tollbook.model.text import Span


class _AtOffset(dict[int, int]):
    """The word that holds or follows each offset of a text that was asked for: the same are asked for again."""

    __slots__ = ("_ends",)

    def __init__(self, ends: Sequence[int]) -> None:
        """Take the ends of a text's words."""
        super().__init__()
        self._ends = ends[:-1]  # what lies behind the last word is held by it

    def __missing__(self, offset: int) -> int:
        """Tell and keep the word of an offset not asked for before."""
        found = self[offset] = bisect_right(self._ends, offset)
        return found


def words_at(ends: Sequence[int]) -> Callable[[int], int]:
    """Return what tells the index of the word that holds or follows an offset, by the ends of a text's words.

    It is asked hundreds of times for a text, mostly what was told before: a look-up, without a step of Python.
    """
    return _AtOffset(ends).__getitem__


def sentences_at(sentences: Sequence[tuple[int, int]]) -> Callable[[int], int]:
    """Return what tells the index of the sentence that holds a word, the last one that begins at or before it.

    It is as many as begin at or before the word besides the first: a bisection, without a step of Python.
    """
    return partial(bisect_right, [first for first, _ in sentences[1:]])


@dataclass(frozen=True, slots=True)
class View:
    """A text cut into words and sentences; lists run in parallel, one entry a word.

    `words` are the surface forms, `folded` their forms for comparing, `starts` and `ends` their offsets in `text`.
    `sentences` are half-open ranges of word indexes in order; furniture lies in none of them.
    `upper` says for each sentence whether it is written in capitals only, so that capitals mean nothing there.
    `codes` are the words' kinds, as `kinds` tells them. `word_at` returns the index of the word that holds or follows a
    character offset (`words_at`), `sentence_at` that of the sentence that holds a word (`sentences_at`).
    """

    text: str
    words: list[str]
    folded: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    upper: list[bool]
    codes: Codes
    kinds: Kinds | None
    word_at: Callable[[int], int]
    sentence_at: Callable[[int], int]

    def marks(self, marks: Marks, *, folded: bool = False) -> str:
        """Return a letter for each word: what some marks say of it as written, or of its folded form."""
        read = self.kinds.read(self.codes, marks) if self.kinds is not None else None
        return marks.of(self.folded if folded else self.words) if read is None else read

    def quote(self, first: int, last: int) -> str:
        """Return the exact text from word `first` up to and including word `last`."""
        return self.text[self.starts[first] : self.ends[last]]

    def sentences_of(self, words: Iterable[int]) -> list[int]:
        """Return the indexes of the sentences that hold some words, in order."""
        return sorted(set(map(self.sentence_at, words)))

    def sentence_span(self, index: int) -> Span:
        """Return the characters of a sentence."""
        return Span(*self.bounds(index))

    def bounds(self, index: int) -> tuple[int, int]:
        """Return where a sentence begins and ends, in characters."""
        first, last = self.sentences[index]
        return self.starts[first], self.ends[last - 1]
