"""kinds: words -> two bytes for each, from which all that is told of a single word is read off.

What several stages ask of single words depends on the word alone (grammar/marks.py). Words of which all have the same to
say are of one kind, and there are few kinds: so each stage's marks of a text are one translation of its bytes. The first
byte is the kind of a word as written, the second that of its folded form.
"""

from collections.abc import Sequence

from tollbook.grammar.marks import Marks

Codes = tuple[bytes, bytes]  # the kinds of words as written, and of their folded forms, one byte a word each
NO_WORD = 255  # a byte that is no kind
_UNTOLD = 254  # the byte of all kinds beyond the first 254; a text that has one is marked word by word


class Kinds:
    """The kinds of words by what some marks say of them, found as the words come."""

    def __init__(self, of_words: Sequence[Marks], of_folded: Sequence[Marks]) -> None:
        """Take the marks of words as written, and those of folded words."""
        self._sides = tuple(of_words), tuple(of_folded)
        self._known: tuple[dict[str, int], dict[str, int]] = ({}, {})
        self._tables = {
            id(marks): (side, bytearray(256)) for side, given in enumerate(self._sides) for marks in given
        }

    def codes(self, words: Sequence[str], folded: Sequence[str]) -> Codes:
        """Return the kinds of words as written and of their folded forms."""
        return bytes([self._kind(0, word) for word in words]), bytes([self._kind(1, form) for form in folded])

    def _kind(self, side: int, form: str) -> int:
        """Return the kind of one form of a word: below 254, or 254 for one of those that are not told apart."""
        letters = "".join([marks[form] for marks in self._sides[side]])
        known = self._known[side].get(letters)
        if known is None:
            if len(self._known[side]) == _UNTOLD:
                return _UNTOLD
            known = self._known[side][letters] = len(self._known[side])
            for marks, letter in zip(self._sides[side], letters, strict=True):
                self._tables[id(marks)][1][known] = ord(letter)
        return known

    def read(self, codes: Codes, marks: Marks) -> str | None:
        """Return what marks say of words, given by their kinds; None where these do not tell it."""
        known = self._tables.get(id(marks))
        if known is None:
            return None
        side, table = known
        kinds = codes[side]
        return None if _UNTOLD in kinds else kinds.translate(table).decode("latin-1")
