"""columns: many rows, column by column -> the lines of a CSV file; the same bytes as cell by cell, sooner."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from tollbook.writers.cells import FORMULA, safe
from tollbook.writers.words import RULING

_STARTS = frozenset(FORMULA)
_SPECIAL = re.compile('[",\r\n]').search
_RISKY = re.compile(f'[",\n{RULING[1:-1]}]').search


def csv_lines(rows: Sequence[tuple[Any, ...]], kinds: Sequence[str]) -> str:
    """Return rows as lines of CSV, each ended by CRLF, as `cells.Table` writes them.

    `kinds` gives for each column, of which there are two or more, s for text, i, f or b for whole numbers, numbers, yes or no.
    """
    columns = [
        _texts(column) if kind == "s" else ["" if value is None else str(value) for value in column]
        for column, kind in zip(zip(*rows, strict=True), kinds, strict=True)
    ]
    return "".join(f"{line}\r\n" for line in map(",".join, zip(*columns, strict=True)))


def _texts(column: Iterable[str | None]) -> list[str]:
    return ["" if v is None else v if v[:1] not in _STARTS and not _RISKY(v) else _cell(v) for v in column]


def _cell(value: str) -> str:
    """Return a text as a cell that no spreadsheet runs, quoted where CSV needs it."""
    text = str(safe(value))
    return '"' + text.replace('"', '""') + '"' if _SPECIAL(text) else text
