"""words: text -> its words, their folded forms and where they stand.

A text is parted at its blanks, and what stands between two of them is cut once a process: the same pieces come back in
every text, so most words cost a look-up. Only a number may hold a blank ("4 556"), and is kept in one piece for that.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import accumulate, chain, compress
from operator import add, sub
from typing import NamedTuple, TypeVar

from tollbook.grammar.kinds import Codes, Kinds
from tollbook.model.text import Span

# A word is a number with its separators, letters with inner apostrophes or dots (U.S.), or one other sign.
WORD = re.compile(
    r"\d{1,3}([,\u00a0\u202f\u2009' ])\d{3}(?:\1\d{3})*(?!\d)(?:\.\d+)?"  # 1,200 · 4 556 · 12'000
    r"|\d+(?:[.,:]\d+)*[^\W\d_]*"  # 20 · 2.3 · 47th · 5.56mm · 10:30
    r"|(?:[^\W\d_]\.){2,}(?=[\s,;:)\]'’\"-]|$)"  # U.S.
    r"|[^\W_]+(?:['’][^\W\d_]+)*"  # words, o'clock, didn't
    r"|[^\w\s]|_",
)
_INNER_BLANK = re.compile(r" (?=\d{3})(?<=\d )")  # the only blank that a word can hold; sought by the blank
Part = TypeVar("Part")
_STAND_IN = "\0"  # stands for such a blank while a text is parted at the others
_LONGEST_KEPT = 40  # characters: longer pieces hardly come back
_MOST_KEPT = 50_000  # pieces, some 20 MB

# a piece's words, their folded forms, the steps that lead through it (from its begin to a word, from word to word, and
# over the blank behind it), whether a word stands where each step begins, and the kinds of its words as written and folded
Piece = tuple[tuple[str, ...], tuple[str, ...], tuple[int, ...], bytes, bytes, bytes]


class Words(NamedTuple):
    """The words of a text, their folded forms, starts, ends, and their kinds as written and folded (none if not asked for)."""

    words: list[str]
    folded: list[str]
    starts: list[int]
    ends: list[int]
    kinds: Codes


class _Pieces(dict[str, Piece]):
    """What stands between two blanks -> the words of it, cut once.

    Equal parts are one object: most words are their own folded form, and most pieces are one word. So less memory is
    touched, and words that are compared with themselves are found equal at once.
    """

    __slots__ = ("_fold", "_kinds", "_own")

    def __init__(self, fold: Callable[[str], str], kinds: Kinds | None) -> None:
        """Take the function that folds a word, and what tells its kind."""
        super().__init__()
        self._fold, self._kinds = fold, kinds
        self._own: dict[object, object] = {}

    def __missing__(self, piece: str) -> Piece:
        """Cut a piece not seen before, and keep it unless it is long."""
        if len(piece) > _LONGEST_KEPT:
            return self.cut(piece.replace(_STAND_IN, " "))
        if len(self) > _MOST_KEPT:
            self.clear()
            self._own.clear()
        words, folded, steps, *codes = self.cut(piece.replace(_STAND_IN, " "))
        words, folded = (self._one(tuple(map(self._one, forms))) for forms in (words, folded))
        here, of_words, of_folded = map(self._one, codes)
        found = self[piece] = words, folded, self._one(steps), here, of_words, of_folded
        return found

    def _one(self, part: Part) -> Part:
        """Return the one object that stands for all parts equal to this one."""
        return self._own.setdefault((type(part), part), part)  # type: ignore[return-value]  # what was put in

    def cut(self, piece: str) -> Piece:
        """Cut any stretch of text."""
        found = list(WORD.finditer(piece))
        words = [match[0] for match in found]
        folded = [self._fold(word) or word for word in words]
        kinds = self._kinds.codes(words, folded) if self._kinds is not None else (b"", b"")
        starts = [match.start() for match in found]
        here = b"\1" * len(starts)
        if not starts or starts[0]:
            starts, here = [0, *starts], b"\0" + here
        steps = tuple(map(sub, [*starts[1:], len(piece) + 1], starts))
        return tuple(words), tuple(folded), steps, here, *kinds


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
    of_words = of_folded = b""
    known = _pieces_of(fold, kinds)
    for first, last in _unskipped(len(text), skip):
        part = text[first:last]
        if _STAND_IN in part:
            cut = [known.cut(part)]
        else:
            pieces = _INNER_BLANK.sub(_STAND_IN, part).replace("\n", " ").split(" ")
            cut = list(map(known.__getitem__, pieces))
        spelt, folds, steps, here, kinds_of, folded_kinds = zip(*cut, strict=True)  # one step for all columns
        words += chain.from_iterable(spelt)
        folded += chain.from_iterable(folds)
        starts += compress(accumulate(chain.from_iterable(steps), initial=first), b"".join(here))
        of_words += b"".join(kinds_of)
        of_folded += b"".join(folded_kinds)
    return Words(words, folded, starts, list(map(add, starts, map(len, words))), (of_words, of_folded))


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
