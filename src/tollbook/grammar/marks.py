"""marks: words -> a string with one letter for each, so that whoever looks for few of them need not visit all.

What a word may be does not depend on where it stands; so it is told once a process, and a text is marked by look-ups
alone. Stages then find the words they care about with `str.find` or a pattern over the marks.
"""

from collections.abc import Callable, Iterable

_MOST_KEPT = 100_000


class Marks(dict[str, str]):
    """The letter of each word seen (one of the first 256 of Unicode), told once by a function of the word alone."""

    __slots__ = ("_tell",)

    def __init__(self, tell: Callable[[str], str]) -> None:
        """Take the function that tells a word's letter."""
        super().__init__()
        self._tell = tell

    def __missing__(self, word: str) -> str:
        """Tell and keep the letter of a word not seen before."""
        if len(self) > _MOST_KEPT:
            self.clear()
        letter = self[word] = self._tell(word)
        return letter

    def of(self, words: Iterable[str]) -> str:
        """Return the marks of words, one letter each."""
        return "".join(map(self.__getitem__, words))
