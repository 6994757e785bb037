"""lists: a file of CSV, XLSX or Parquet -> columns and rows of words."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from tollbook.errors import SourceError
from tollbook.sources.decode import decode

_MOST = 2_000_000_000  # bytes of a list


def read_list(path: Path) -> tuple[list[str], list[list[str]]]:
    """Read a list of people: its column names, and its rows as words, every row as wide as the columns.

    Raises SourceError for a file that is none, in words that say what to do. Empty rows are left out.
    """
    if not path.is_file():
        raise SourceError(f"{path}: no such file - give a list as .csv, .xlsx or .parquet")
    if path.stat().st_size > _MOST:
        raise SourceError(f"{path}: larger than {_MOST // 1_000_000:,} MB - split it, or give it as .parquet")
    readers = {".csv": _csv, ".tsv": _csv, ".txt": _csv, ".xlsx": _xlsx, ".parquet": _parquet}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise SourceError(
            f"{path}: a list is read from .csv, .tsv, .xlsx or .parquet, not from '{path.suffix}'"
        )
    rows = [row for row in reader(path) if any(cell.strip() for cell in row)]
    if not rows:
        raise SourceError(f"{path}: empty - a list has a line of column names and a line for each person")
    columns = [cell.strip() or f"column {n}" for n, cell in enumerate(rows[0], 1)]
    if len(set(columns)) != len(columns):
        columns = [c if columns.index(c) == n else f"{c} ({n + 1})" for n, c in enumerate(columns)]
    width = len(columns)
    return columns, [(row + [""] * width)[:width] for row in rows[1:]]


def _csv(path: Path) -> Iterable[list[str]]:
    text, _ = decode(path.read_bytes())
    sample = text[:20_000]
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(sample, delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    csv.field_size_limit(10_000_000)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), dialect))
    except csv.Error as problem:
        raise SourceError(f"{path}: not a readable table: {problem} - save it as CSV in UTF-8") from problem


def _xlsx(path: Path) -> Iterable[list[str]]:
    import openpyxl  # noqa: PLC0415  # only workbooks pay for it

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as problem:  # openpyxl raises what zip, XML and it itself raise
        raise SourceError(
            f"{path}: not a readable workbook: {problem} - save it as .xlsx or .csv"
        ) from problem
    sheet = book.worksheets[0]
    return [
        ["" if cell is None else _cell(cell) for cell in row] for row in sheet.iter_rows(values_only=True)
    ]


def _cell(value: object) -> str:
    if hasattr(value, "date") and callable(value.date):  # a moment: its day, unless it has an hour
        return str(value.date()) if str(value).endswith("00:00:00") else str(value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _parquet(path: Path) -> Iterable[list[str]]:
    import pyarrow.parquet as pq  # noqa: PLC0415  # as above

    try:
        table = pq.read_table(path)
    except Exception as problem:  # pyarrow's own errors have no common root of use here
        raise SourceError(f"{path}: not readable as Parquet: {problem}") from problem
    columns = [
        ["" if v is None else _cell(v) for v in table.column(n).to_pylist()] for n in table.column_names
    ]
    return [list(table.column_names), *(list(row) for row in zip(*columns, strict=True))]
