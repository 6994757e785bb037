"""sheet_rows: many rows, column by column -> the rows of a workbook's sheet as XML, as openpyxl would write them."""

import re
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from tollbook.writers.cells import FORMULA, safe
from tollbook.writers.words import RULING

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot say
_LONGEST = 32_767  # characters that a cell holds
_MARKED = re.compile(f"[&<>\n\ufffe\uffff{RULING[1:-1]}]").search
_BLANKS = frozenset(c for c in map(chr, range(0x3001)) if c.isspace())
_STARTS = _BLANKS.union(FORMULA)


def row_lines(rows: Sequence[tuple[Any, ...]], kinds: Sequence[str], first: int) -> str:
    """Return rows as XML, the first of which has a number, counted from 1; `kinds` as in `columns.csv_lines`."""
    numbers = [str(n) for n in range(first, first + len(rows))]
    columns = [
        _cells(get_column_letter(n), column, kind, numbers)
        for n, (column, kind) in enumerate(zip(zip(*rows, strict=True), kinds, strict=True), 1)
    ]
    lines = map("".join, zip(*columns, strict=True))
    return "".join([f'<row r="{n}">{line}</row>' for n, line in zip(numbers, lines, strict=True)])


def _cells(letters: str, column: Sequence[Any], kind: str, numbers: Sequence[str]) -> list[str]:
    """Return the cells of a column; what is unknown has none."""
    pairs = zip(column, numbers, strict=True)
    begin = f'<c r="{letters}'
    if kind == "b":
        return ["" if v is None else f'{begin}{n}" t="b"><v>{int(v)}</v></c>' for v, n in pairs]
    if kind != "s":
        return ["" if v is None else f'{begin}{n}"><v>{v!r}</v></c>' for v, n in pairs]
    return [
        "" if not v else f'{begin}{n}" t="inlineStr"><is><t>{v}</t></is></c>'
        if v[0] not in _STARTS and v[-1] not in _BLANKS and not _MARKED(v) and len(v) <= _LONGEST
        else f'{begin}{n}" t="inlineStr"><is>{_text(v)}</is></c>'
        for v, n in pairs
    ]  # fmt: skip


def _text(value: str) -> str:
    """Return a text as a cell that no spreadsheet runs, cut to what a cell holds, its blanks kept."""
    text = _UNSEEN.sub("\ufffd", str(safe(value)))[:_LONGEST]
    return f'<t xml:space="preserve">{escape(text)}</t>'


def finder_of_long(kinds: Sequence[str]) -> Callable[[tuple[Any, ...]], bool]:
    """Return what tells of a row whether it has a text that no cell holds whole; of its columns two or more are text."""
    texts = itemgetter(*(n for n, kind in enumerate(kinds) if kind == "s"))
    return lambda row: max(map(len, filter(None, texts(row))), default=0) > _LONGEST
