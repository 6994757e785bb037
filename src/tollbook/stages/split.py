"""split: text -> View, words in sentences."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, compress, count
from operator import add

from tollbook.grammar.kinds import Kinds
from tollbook.grammar.marks import Marks
from tollbook.grammar.view import View, sentences_at, words_at
from tollbook.grammar.words import words_of
from tollbook.lang.pack import Pack
from tollbook.model.text import Span

# before a blank line, one that is indented, or an item; most lines begin with a letter, which is seen first
_GAP = re.compile(
    r"\n(?=[ \t\u00a0\n•●▪■◦*·–—(\d-])(?=[ \t\u00a0]*\n|[ \t]{2,}\S|[ \t]*(?:[•●▪■◦*·–—-]|\(?\d{1,2}[.)])[ \t])"
)
# headlines strung together: a semicolon glued to both, and not the end of a character's name ("&#8220;", "&amp;")
_STRUNG = re.compile(
    r";(?=[\"'“‘A-Z0-9])(?<=\S;)(?<!&#\d{2};)(?<!&#\d{3};)(?<!&#\d{4};)(?<!&#\d{5};)(?<!&[a-z]{4};)(?<!&[a-z]{3};)"
)
_HEADLINE = 60  # characters in which they are looked for
_STRUNG_WORDS = 3  # blanks of a headline at least: shorter ones are cells of a table
_CLOSERS = frozenset("\"'”’»)]")
_OPENERS = frozenset("\"'“‘«([")
_LONGEST, _SEARCHED = (
    2_000,
    200,
)  # words of a sentence; at its end, those in which a better place to cut is looked for
_END = "e"  # the mark of a word with which a sentence may end
# the marks of words before a full stop: no abbreviation; one; one that may end a sentence all the same
_WHOLE, _SHORT, _CLOSING = "wsc"
_LETTERS = 4  # words of letters that such a sentence has at least
# two words of capitals with no other word of letters between them: a sentence in capitals has them
_CAPITALS = re.compile("U[sx]*U")
_PAUSES = frozenset(",;:")
_WRAP_LEAST, _WRAP_MOST = 55, 100  # lines of running text wrapped by hand are this long
_ITEM_ENDS = frozenset(").")  # what stands behind the letter of an item: "a) the dead"
_WRAP_LONGER = 10  # lines of which one may be longer: two that were joined
_WRAP_SEEN = 400  # lines by which this is told


def split(text: str, pack: Pack, skip: Sequence[Span] = (), kinds: Kinds | None = None) -> View:
    """Cut a text into words and sentences; stretches in `skip` (furniture) are not read and end a sentence.

    `kinds` is what the stages to come ask of single words: they read it off the view then.
    """
    words, folded, starts, ends, codes = words_of(text, pack.fold, skip, kinds)
    cuts = _forced_cuts(text, skip)
    marks = end_marks(pack)
    may_end = (kinds.read(codes, marks) if kinds is not None else None) or marks.of(folded)
    sentences = _sentences(text, words, folded, starts, ends, cuts, pack, may_end)
    cases = (kinds.read(codes, CASES) if kinds is not None else None) or CASES.of(words)
    if _CAPITALS.search(cases) is None:  # most
        upper = [False] * len(sentences)
    else:
        upper = [_is_upper(cases, first, last) for first, last in sentences]
    return View(
        text, words, folded, starts, ends, sentences, upper, codes, kinds, words_at(ends), sentences_at(sentences)
    )  # fmt: skip


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Tell whether single line breaks are mere wrapping: most long-enough lines have one length, and hardly any is longer."""
    lengths = sorted(map(len, filter(str.strip, lines[:_WRAP_SEEN])))
    if len(lengths) < 3 or lengths[-1 - len(lengths) // _WRAP_LONGER] > _WRAP_MOST + 20:
        return False
    near = bisect_right(lengths, _WRAP_MOST) - bisect_left(lengths, _WRAP_LEAST)
    return near >= 0.5 * len(lengths)


def _forced_cuts(text: str, skip: Sequence[Span]) -> list[int]:
    """Return the offsets at which a sentence ends whatever the words say."""
    lines = text.split("\n")
    cuts = {span.start for span in skip}
    cuts.update(_strung(text))
    breaks = list(map(add, accumulate(map(len, lines[:-1])), count()))
    if not _is_wrapped(lines):
        cuts.update([at for k, at in enumerate(breaks) if not _goes_on(lines[k], lines[k + 1])])
        return sorted(cuts)
    cuts.update([match.start() for match in _GAP.finditer(text)])
    celled = "|" in text or "\t" in text
    short = _WRAP_LEAST - 15
    cuts.update(compress(breaks, map(short.__gt__, map(len, map(str.rstrip, lines)))))
    if celled:
        cuts.update(at for at, line in zip(breaks, lines, strict=False) if "|" in line or "\t" in line)
    return sorted(cuts)


def _goes_on(line: str, following: str) -> bool:
    """Tell whether a long line stops within a sentence, which the next goes on with in small letters."""
    head = following[1:] if following[:1] == " " else following
    return (
        head[:1].islower()
        and head[1:2] not in _ITEM_ENDS
        and len(line) >= _WRAP_LEAST - 15
        and (line[-1].isalnum() or line[-1] == ",")
        and "|" not in line
        and "\t" not in line.strip()
    )


def _strung(text: str) -> list[int]:
    """Return the offsets of semicolons between headlines that stand in one line without a blank: "… in Homs;12 killed …"."""
    if ";" not in text:  # most
        return []
    return [
        at
        for at in (match.start() for match in _STRUNG.finditer(text))
        if text.count(" ", max(text.rfind("\n", 0, at), at - _HEADLINE), at) >= _STRUNG_WORDS
    ]


def _sentences(
    text: str,
    words: list[str],
    folded: list[str],
    starts: list[int],
    ends: list[int],
    cuts: Sequence[int],
    pack: Pack,
    may_end: str,
) -> list[tuple[int, int]]:
    """Return the half-open word ranges of the sentences; `may_end` are the marks of all words (`end_marks`)."""
    forced, short_forms = [bisect_right(starts, cut) for cut in cuts], _short_forms(pack)
    bounds: list[int] = []
    first, at, total = 0, 0, len(words)
    i = may_end.find(_END)
    while i >= 0:
        while at < len(forced) and forced[at] <= i:
            if forced[at] > first:
                bounds.append(first := forced[at])
            at += 1
        if i > first and _ends_here(words, folded, starts, ends, i, pack, short_forms):
            last = i + 1
            while last < total and words[last] in _CLOSERS and starts[last] == ends[last - 1]:
                last += 1
            bounds.append(first := last)
        i = may_end.find(_END, i + 1)
    for bound in [*forced[at:], total]:
        if bound > first:
            bounds.append(first := bound)
    found = list(zip([0, *bounds], bounds, strict=False))
    return (
        found if total <= _LONGEST else [piece for sentence in found for piece in _pieces(words, *sentence)]
    )


@lru_cache(maxsize=8)
def end_marks(pack: Pack) -> Marks:
    """Return what this stage asks of single folded words: whether a sentence may end with one."""
    ends = pack.sentence_ends | pack.closing_abbreviations
    return Marks(lambda word: _END if word in ends else "x")


@lru_cache(maxsize=8)
def _short_forms(pack: Pack) -> Marks:
    """Return what tells of words as written whether a full stop behind them is that of an abbreviation or an initial."""

    def tell(word: str) -> str:
        fold = pack.fold(word) or word
        if f"{fold}." in pack.closing_abbreviations:
            return _CLOSING
        return _SHORT if fold in pack.abbreviations or (len(word) == 1 and word.isupper()) else _WHOLE

    return Marks(tell)


def _pieces(words: Sequence[str], first: int, last: int) -> Iterator[tuple[int, int]]:
    """Cut what no person wrote as one sentence, a table or a hostile text, so that reading costs what its words cost."""
    while last - first > _LONGEST:
        end = first + _LONGEST
        pause = next((k for k in range(end - 1, end - _SEARCHED, -1) if words[k] in _PAUSES), end - 1)
        yield first, pause + 1
        first = pause + 1
    yield first, last


def _ends_here(
    words: list[str],
    folded: list[str],
    starts: list[int],
    ends: list[int],
    i: int,
    pack: Pack,
    short_forms: Marks,
) -> bool:
    """Tell whether the mark at word i ends its sentence: no abbreviation, initial or decimal point."""
    mark, after, total = words[i], i + 1, len(words)
    apart = after < total and starts[after] != ends[i] and words[after] not in _OPENERS
    if apart and mark == "." and short_forms[words[i - 1]] == _WHOLE:  # most
        return not words[after][:1].islower()
    if mark != "." and mark in pack.sentence_ends:
        return True
    while after < total and words[after] in _CLOSERS and starts[after] == ends[after - 1]:
        after += 1
    if after >= total:
        return True
    # "Telugu.In the 2 attacks": no space, yet a capital after a small letter
    if starts[after] == ends[after - 1] and words[after - 1] not in _CLOSERS:
        return len(words[i - 1]) > 2 and words[i - 1][-1].islower() and words[after][:1].isupper()
    opener = after + 1 if words[after] in _OPENERS and after + 1 < total else after
    if mark == ".":
        short = short_forms[words[i - 1]]
        if short == _WHOLE or ends[i - 1] != starts[i]:  # most
            return not words[opener][:1].islower()
        if short == _SHORT:
            return False
    return words[opener][:1].isupper() and folded[opener] in pack.sentence_openers  # "in the U.S. Two men …"


def _case(word: str) -> str:
    """Tell how a word is written: in small letters or in capitals, and whether it is more than one letter."""
    word_of_letters = len(word) > 1 and word[0].isalpha()
    if word.islower():
        return "l" if word_of_letters else "s"
    return ("U" if word.isupper() else "M") if word_of_letters else "x"


CASES = Marks(_case)


def _is_upper(cases: str, first: int, last: int) -> bool:
    """Tell whether a sentence of some length is written in capitals only; `cases` has a letter for each word."""
    piece = cases[first:last]
    if not ("l" in piece or "s" in piece or "M" in piece):  # most of those in capitals
        return piece.count("U") >= _LETTERS
    small = cases.count("l", first, last)
    if 4 * small > last - first:  # most
        return False
    if 4 * (small + cases.count("s", first, last)) > last - first:
        return False
    capitals = cases.count("U", first, last)
    letters = small + capitals + cases.count("M", first, last)
    return letters >= _LETTERS and capitals >= 0.8 * letters
