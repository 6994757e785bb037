"""sheet_rows: many rows, column by column -> the rows of a workbook's sheet as XML, as openpyxl would write them."""

import re
from collections.abc import Sequence
from typing import Any
from xml.sax.saxutils import escape

from openpyxl.utils import get_column_letter

from tollbook.writers.cells import FORMULA, safe
from tollbook.writers.words import RULING

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # what XML cannot say
_LONGEST = 32_767  # characters that a cell holds
_MARKED = re.compile(f"[&<>\n\ufffe\uffff{RULING[1:-1]}]").search
_STARTS = frozenset((*FORMULA, " ", "\u00a0"))


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
        "" if not v else f'{begin}{n}" t="inlineStr"><is>{f"<t>{v}</t>" if _is_plain(v) else _text(v)}</is></c>'
        for v, n in pairs
    ]  # fmt: skip


def _is_plain(value: str) -> bool:
    """Tell whether a text is a cell as it stands."""
    return (
        value[0] not in _STARTS
        and not value[-1].isspace()
        and len(value) <= _LONGEST
        and _MARKED(value) is None
    )


def _text(value: str) -> str:
    """Return a text as a cell that no spreadsheet runs, cut to what a cell holds, its blanks kept."""
    text = _UNSEEN.sub("\ufffd", str(safe(value)))[:_LONGEST]
    return f'<t xml:space="preserve">{escape(text)}</t>'


def too_long(row: tuple[Any, ...]) -> bool:
    """Tell whether a row has a text that no cell holds whole."""
    return any(isinstance(value, str) and len(value) > _LONGEST for value in row)
