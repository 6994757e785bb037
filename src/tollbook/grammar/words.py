"""words: text -> its words, their folded forms and where they stand.

A text is parted at its blanks, and what stands between two of them is cut once a process: the same pieces come back in
every text, so most words cost a look-up. Only a number may hold a blank ("4 556"), and is kept in one piece for that.
What is told of the words of all pieces is strung together in one row, from which each list of a text is a slice.
"""

import re
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, chain, compress
from operator import add, sub
from typing import Any, NamedTuple, TypeVar

from tollbook.grammar.kinds import NO_WORD, Codes, Kinds
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
# in UTF-8, what can be a digit: no others need be looked at for such a blank
_DIGITS = bytes(ord("0") if chr(byte).isdecimal() or byte > 127 else byte for byte in range(256))
_MAY_HOLD_BLANK = b"0 000"
Part = TypeVar("Part")
_STAND_IN = "\0"  # stands for such a blank while a text is parted at the others
_BLANK_MORE = (
    "\1"  # stands at the end of a piece for a blank before another, or there would be a piece of nothing
)
# what makes of any run of blanks one blank, behind as many of these as it had more
_RUNS = (("  ", "\1 "), ("  ", "\1 "), ("\1 \1", "\1\1\1"), ("\1 \1", "\1\1\1"))
_LONGEST_KEPT = 40  # characters: longer pieces hardly come back
_MOST_KEPT = 50_000  # pieces, some 20 MB
_NO_WORD = bytes([NO_WORD])

# of each word in a piece: it, its folded form, and four bytes: its length, the gap to the next word, with the blank behind
# a piece, and its kinds as written and folded. The bytes of a text are strung together and parted at once
Piece = tuple[Any, ...]
_TOLD = 3  # of a word
_BYTES = 4  # of what is told in bytes
_WIDE = 8  # bytes of each length and each gap of a word of which one is no byte: few texts have any


class Words(NamedTuple):
    """The words of a text, their folded forms, starts, ends, and their kinds as written and folded (all one if not asked for)."""

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
        cut = self.cut(piece.replace(_STAND_IN, " ").replace(_BLANK_MORE, " "))
        if len(piece) > _LONGEST_KEPT:
            return cut
        if len(self) > _MOST_KEPT:
            self.clear()
            self._own.clear()
        found = self[piece] = tuple(map(self._one, cut))
        return found

    def in_order(self, text: str) -> Iterable[Piece]:
        """Return the pieces of a text."""
        if _STAND_IN in text or _BLANK_MORE in text:
            return [self.cut(text)]
        if _MAY_HOLD_BLANK in text.encode("utf-8", "surrogatepass").translate(_DIGITS):
            text = _INNER_BLANK.sub(_STAND_IN, text)
        text = text.replace("\n", " ")
        if "  " in text:
            for blanks, in_piece in _RUNS:
                text = text.replace(blanks, in_piece)
        return map(self.__getitem__, text.split(" "))

    def _one(self, part: Part) -> Part:
        """Return the one object that stands for all parts equal to this one."""
        return self._own.setdefault((type(part), part), part)  # type: ignore[return-value]  # what was put in

    def cut(self, piece: str) -> Piece:
        """Cut any stretch of text; a blank that it begins with stands as a word of no letters."""
        found = list(WORD.finditer(piece))
        words = [match[0] for match in found]
        folded = [self._fold(word) or word for word in words]
        starts = [match.start() for match in found]
        kinds = self._kinds.codes(words, folded) if self._kinds is not None else (bytes(len(words)),) * 2
        if not starts or starts[0]:
            words, folded, starts = ["", *words], ["", *folded], [0, *starts]
            kinds = kinds[0].rjust(len(words), _NO_WORD), kinds[1].rjust(len(words), _NO_WORD)
        ends = map(add, starts, map(len, words))
        gaps = map(sub, [*starts[1:], len(piece) + 1], ends)
        told = zip(words, folded, map(_in_bytes, map(len, words), gaps, *kinds), strict=True)
        return tuple(chain.from_iterable(told))


def _in_bytes(length: int, gap: int, kind: int, kind_folded: int) -> bytes:
    """Return what is told of a word in numbers, a byte each; more bytes where a number is no byte."""
    if max(length, gap) < 256:
        return bytes((length, gap, kind, kind_folded))
    return length.to_bytes(_WIDE, "big") + gap.to_bytes(_WIDE, "big") + bytes((kind, kind_folded))


def _parted(told: Sequence[bytes]) -> tuple[Sequence[int], bytes, bytes]:
    """Return lengths and gaps in turn, and the kinds of words as written and folded, of words told in bytes."""
    strung = b"".join(told)
    if len(strung) == _BYTES * len(told):  # most
        return memoryview(strung).cast("H")[::2].tobytes(), strung[2::_BYTES], strung[3::_BYTES]
    bounds: list[int] = []
    for one in told:
        wide = (len(one) - 2) // 2
        bounds += int.from_bytes(one[:wide], "big"), int.from_bytes(one[wide:-2], "big")
    return bounds, bytes([one[-2] for one in told]), bytes([one[-1] for one in told])


@lru_cache(maxsize=8)
def _pieces_of(fold: Callable[[str], str], kinds: Kinds | None) -> _Pieces:
    return _Pieces(fold, kinds)


def words_of(
    text: str, fold: Callable[[str], str], skip: Sequence[Span] = (), kinds: Kinds | None = None
) -> Words:
    """Cut text into words; what lies in `skip` is passed over."""
    known = _pieces_of(fold, kinds)
    stretches = [_words_in(text, first, last, known) for first, last in _unskipped(len(text), skip)]
    found = stretches[0] if len(stretches) == 1 else _strung(stretches)
    return _without_blanks(found) if NO_WORD in found.kinds[0] else found


def _words_in(text: str, first: int, last: int, known: _Pieces) -> Words:
    """Cut one stretch of a text into words."""
    part = text[first:last].lstrip()
    begin = last - len(part)
    told: list[Any] = []
    # a blank at its end would be a word of no letters; strung together piece by piece in C, with no iterator made for each
    deque(map(told.extend, known.in_order(part.rstrip())), maxlen=0)
    lengths_and_gaps, of_words, of_folded = _parted(told[2::_TOLD])
    bounds = list(accumulate(lengths_and_gaps, initial=begin))  # begins and ends in turn
    bounds.pop()  # where a word behind the last would begin
    return Words(told[::_TOLD], told[1::_TOLD], bounds[::2], bounds[1::2], (of_words, of_folded))


def _strung(stretches: Sequence[Words]) -> Words:
    """Return the words of all stretches of a text in one row."""
    return Words(
        list(chain.from_iterable([s.words for s in stretches])),
        list(chain.from_iterable([s.folded for s in stretches])),
        list(chain.from_iterable([s.starts for s in stretches])),
        list(chain.from_iterable([s.ends for s in stretches])),
        (b"".join([s.kinds[0] for s in stretches]), b"".join([s.kinds[1] for s in stretches])),
    )


def _without_blanks(found: Words) -> Words:
    """Leave out the words of no letters, which stand where one blank follows another."""
    kept = [code != NO_WORD for code in found.kinds[0]]
    words, folded = compress(found.words, kept), compress(found.folded, kept)
    starts, ends = compress(found.starts, kept), compress(found.ends, kept)
    of_words, of_folded = (codes.translate(None, _NO_WORD) for codes in found.kinds)
    return Words(list(words), list(folded), list(starts), list(ends), (of_words, of_folded))


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
