"""words: text -> its words, their folded forms and where they stand.

A text is parted at its blanks, and what stands between two of them is cut once a process: the same pieces come back in
every text, so most words cost a look-up. Only a number may hold a blank ("4 556"), and is kept in one piece for that.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, chain
from operator import add
from typing import NamedTuple

from tollbook.grammar.kinds import Kinds
from tollbook.model.text import Span

# A word is a number with its separators, letters with inner apostrophes or dots (U.S.), or one other sign.
WORD = re.compile(
    r"\d{1,3}([,\u00a0\u202f\u2009' ])\d{3}(?:\1\d{3})*(?!\d)(?:\.\d+)?"  # 1,200 · 4 556 · 12'000
    r"|\d+(?:[.,:]\d+)*[^\W\d_]*"  # 20 · 2.3 · 47th · 5.56mm · 10:30
    r"|(?:[^\W\d_]\.){2,}(?=[\s,;:)\]'’\"-]|$)"  # U.S.
    r"|[^\W_]+(?:['’][^\W\d_]+)*"  # words, o'clock, didn't
    r"|[^\w\s]|_",
)
_INNER_BLANK = re.compile(r"(?<=\d) (?=\d{3})")  # the only blank that a word can hold
_STAND_IN = "\0"  # stands for such a blank while a text is parted at the others
_LONGEST_KEPT = 40  # characters: longer pieces hardly come back
_MOST_KEPT = 50_000  # pieces, some 20 MB

Piece = tuple[Sequence[str], Sequence[str], Sequence[int], bytes]


class Words(NamedTuple):
    """The words of a text, their folded forms, starts, ends, and two bytes each for their kinds (none where nobody asked)."""

    words: list[str]
    folded: list[str]
    starts: list[int]
    ends: list[int]
    kinds: bytes


class _Pieces(dict[str, Piece]):
    """What stands between two blanks -> its words, their folded forms, where in it they begin, and their kinds."""

    __slots__ = ("_fold", "_kinds", "_own")

    def __init__(self, fold: Callable[[str], str], kinds: Kinds | None) -> None:
        """Take the function that folds a word, and what tells its kind."""
        super().__init__()
        self._fold, self._kinds = fold, kinds
        self._own: dict[str, str] = {}

    def __missing__(self, piece: str) -> Piece:
        """Cut a piece not seen before, and keep it unless it is long."""
        if len(piece) > _LONGEST_KEPT:
            return self.cut(piece.replace(_STAND_IN, " "))
        if len(self) > _MOST_KEPT:
            self.clear()
            self._own.clear()
        own = self._own
        words, folded, starts, kinds = self.cut(piece.replace(_STAND_IN, " "))
        # one object for all times a word is written: what is compared with itself is found equal at once
        words = tuple([own.setdefault(word, word) for word in words])
        found = self[piece] = words, tuple([own.setdefault(word, word) for word in folded]), starts, kinds
        return found

    def cut(self, piece: str) -> Piece:
        """Cut any stretch of text."""
        found = list(WORD.finditer(piece))
        words = [match[0] for match in found]
        folded = [self._fold(word) or word for word in words]
        kinds = self._kinds.codes(words, folded) if self._kinds is not None else b""
        return words, folded, tuple([match.start() for match in found]), kinds


@lru_cache(maxsize=8)
def _pieces_of(fold: Callable[[str], str], kinds: Kinds | None) -> _Pieces:
    return _Pieces(fold, kinds)


def words_of(
    text: str, fold: Callable[[str], str], skip: Sequence[Span] = (), kinds: Kinds | None = None
) -> Words:
    """Cut text into words; what lies in `skip` is passed over."""
    words: list[str] = []
    folded: list[str] = []
    starts: list[int] = []
    codes = b""
    known = _pieces_of(fold, kinds)
    for first, last in _unskipped(len(text), skip):
        part = text[first:last]
        if _STAND_IN in part:
            pieces, cut = [part], [known.cut(part)]
        else:
            pieces = _INNER_BLANK.sub(_STAND_IN, part).replace("\n", " ").split(" ")
            cut = list(map(known.__getitem__, pieces))
        words += chain.from_iterable([piece[0] for piece in cut])
        folded += chain.from_iterable([piece[1] for piece in cut])
        begins = accumulate([len(piece) + 1 for piece in pieces], initial=first)
        starts += [begin + at for begin, piece in zip(begins, cut, strict=False) for at in piece[2]]
        codes += b"".join([piece[3] for piece in cut])
    return Words(words, folded, starts, list(map(add, starts, map(len, words))), codes)


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
