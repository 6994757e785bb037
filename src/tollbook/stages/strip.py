"""strip: text -> the stretches of it that are page furniture, each with a warning."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from operator import itemgetter
from typing import Any, NamedTuple

from tollbook.grammar.marks import Marks
from tollbook.lang.pack import Pack
from tollbook.model.text import Warning

_SHOWN = 60  # characters of a skipped line that its warning shows
_LONGEST = 200  # a longer line is prose, whatever it begins with
_HEADLINE = 110  # a longer line under a heading of related stories is prose
_HEAD = 3  # letters by which the rules are told apart
_OPENING: Callable[[str], str] = itemgetter(slice(_HEAD))  # of a line: without a step of Python for each
_MAY_BE = "f"
_MENU = 24  # characters of a name in a menu
_BARS = (" | ", " • ", " » ", " › ", " / ")
_LEADING = (*_BARS, " > ", " >> ")


class _Start(NamedTuple):
    words: str
    rule: str
    most: int
    small: frozenset[str]  # what may stand beside names, where a line of nothing else is furniture
    ends: Sequence[str]  # what ends a sentence, where a line that is one is prose

    def opens(self, body: str, folded: str) -> bool:
        """Tell whether a line is of this kind."""
        if not folded.startswith(self.words) or len(folded) > self.most or body[-1] in self.ends:
            return False
        rest = body[len(self.words) :].split()
        if not self.small:
            return True
        return bool(rest) and all(w[0].isupper() or w in self.small for w in rest) and rest[-1][-1].isalnum()


@dataclass(frozen=True, slots=True, eq=False)
class _Rules:
    equals: Mapping[str, str]
    headings: frozenset[str]  # lines behind which only headlines of other stories follow
    starts: Mapping[str, Sequence["_Start"]]
    heads: Marks  # of the first letters of a line: whether it can be furniture where no bars are


@cache
def _rules(pack: Pack) -> _Rules:
    equals: dict[str, str] = {}
    headings: set[str] = set()
    starts: dict[str, list[_Start]] = {}
    rows: Sequence[Mapping[str, Any]] = pack.parts["furniture"].get("rule", ())
    for row in rows:
        for line in row.get("equals", ()):
            equals[line] = row["name"]
        headings.update(row.get("headings", ()))
        for line in row.get("headings", ()):
            equals[line] = row["name"]
        for line in row.get("starts", ()):
            small, ends = frozenset(row.get("small", ())), pack.sentence_ends if row.get("open") else ()
            kind = _Start(line, row["name"], row.get("most", _LONGEST), small, tuple(ends))
            starts.setdefault(line[:_HEAD], []).append(kind)
    begins = {(line + ":" * colons)[:_HEAD] for line in equals for colons in range(_HEAD + 1)}
    begins |= starts.keys()
    heads = Marks(lambda head: _MAY_BE if _fold(head)[:_HEAD] in begins else "x")
    return _Rules(equals, frozenset(headings), starts, heads)


def _fold(line: str) -> str:
    return line.casefold().replace("’", "'")


def strip(text: str, pack: Pack) -> tuple[Warning, ...]:
    """Find the lines of a pasted page that are no part of the report; nothing is removed, only told.

    Each warning has code "furniture", and its `start` and `end` are the stretch that is not to be read.
    """
    rules = _rules(pack)
    found: list[Warning] = []
    listed: str | None = None  # the rule of a heading whose headlines we are among
    lines = text.split("\n")
    barred = "|" in text
    parted = barred or any(bar[1] in text and bar in text for bar in _LEADING)  # few texts have such a sign
    heads = rules.heads.of(map(_OPENING, map(str.lstrip, lines)))
    if not parted and _MAY_BE not in heads:  # most
        return ()
    starts = [*accumulate(map(len, lines), initial=0)]  # and a line break for each line before
    number = -1
    while (number := number + 1) < len(lines):
        if not parted and listed is None:  # most are passed over
            number = heads.find(_MAY_BE, number)
            if number < 0:
                break
        line, start = lines[number], starts[number] + number
        if not line or len(line) > 2 * _LONGEST:
            continue
        body = line.strip()
        folded = _fold(body)
        name = None if barred and _heads_a_table(lines, number) else _furniture(rules, body, folded, parted)
        if name is None and listed is not None and _is_headline(pack, body):
            name = listed
        elif body:
            listed = name if folded.rstrip(":") in rules.headings else None
        if name is not None and body:
            begin = start + line.index(body)
            shown = body if len(body) <= _SHOWN else body[:_SHOWN].rstrip() + "…"
            found.append(
                Warning(
                    "furniture",
                    f"skipped, not part of the report ({name}): “{shown}”",
                    begin,
                    begin + len(body),
                )
            )
    return tuple(found)


def _is_headline(pack: Pack, body: str) -> bool:
    """Tell whether a line is a headline: short, and not closed like a sentence."""
    return 0 < len(body) <= _HEADLINE and body[-1] not in pack.sentence_ends


def _furniture(rules: _Rules, body: str, folded: str, parted: bool) -> str | None:
    """Return the name of the rule by which a line is furniture; `folded` is the line in small letters.

    `parted` says that the text has bars, without which no line is a menu or a trail.
    """
    if not folded:
        return None
    known = rules.equals.get(folded) or rules.equals.get(folded.rstrip(":"))
    if known is not None:
        return known
    for kind in rules.starts.get(folded[:_HEAD], ()):
        if kind.opens(body, folded):
            return kind.rule
    return "navigation" if parted and (_is_menu(body) or _is_trail(rules, body)) else None


def _heads_a_table(lines: Sequence[str], number: int) -> bool:
    """Tell whether a row of names with bars stands over a row of as many cells that holds a figure."""
    bars = lines[number].count("|")
    if bars < 1:
        return False
    return any(
        row.count("|") == bars and any(map(str.isdecimal, row)) for row in lines[number + 1 : number + 3]
    )


def _is_trail(rules: _Rules, body: str) -> bool:
    """Tell whether a line leads from the front page to this one: "Home / News / Middle East"."""
    bar = next((b for b in _LEADING if b in body), None) if len(body) <= _HEADLINE else None
    if bar is None:
        return False
    pieces = [piece.strip().casefold() for piece in body.split(bar)]
    return (
        len(pieces) > 1 and pieces[0] in rules.equals and all(pieces) and not any(c.isdecimal() for c in body)
    )


def _is_menu(body: str) -> bool:
    """Tell whether a line is a row of names with bars between them."""
    if body.count("|") > 1:
        pieces = [piece.strip() for piece in body.split("|")]
        if all(0 < len(p) <= _MENU and not any(c.isdecimal() for c in p) for p in pieces):
            return True
    barred = len(body) < 160 and (not body.isascii() or "|" in body or "/" in body)
    return barred and any(body.count(bar) >= 3 for bar in _BARS) and not any(c.isdecimal() for c in body)
