"""xlsx: incidents -> a workbook for offices, with a sheet that says what each column means.

openpyxl makes the workbook with the heads of its sheets and the field guide; the rows, of which there are millions, are
written as they come, compressed, and put into the sheets at the end.
"""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from tollbook.model.folio import Edition, Folio
from tollbook.writers.full_tables import TABLES, Row, rows_of
from tollbook.writers.guide import GUIDE
from tollbook.writers.sheet_rows import finder_of_long, row_lines

_SHEETS = ("incidents", "tolls", "claims", "reports", "ledger")
_MOST = 1_048_575  # rows that a sheet holds below its header
_MANY = 1_000  # rows held before they are written
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_END = b"</sheetData>"
_PIECE = 1 << 20


class Xlsx:
    """Writes tollbook.xlsx: incidents, tolls, claims, reports, ledger, and a field guide."""

    beside = False
    heavy = True

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the workbook."""
        self._path, self._as_of = Path(folder) / "tollbook.xlsx", edition.as_of[:19] + "Z"
        self._sheets = {name: _Sheet(self._path.with_name(f"{name}.part"), name) for name in _SHEETS}
        self._known: set[str] = set()

    @staticmethod
    def told(folio: Folio, edition: Edition) -> tuple[list[tuple[str, str, Row]], tuple[str, ...]]:
        """Return the rows of an incident with their sheets, and what has none."""
        return [one for one in rows_of(folio) if one[0] in _SHEETS], ()

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Write one incident."""
        return self.put(rows_of(folio))

    def put(self, rows: Iterable[tuple[str, str, Row]]) -> tuple[str, ...]:
        """Write what `told` returned."""
        losses: dict[str, None] = {}
        for table, key, row in rows:
            sheet = self._sheets.get(table)
            if sheet is None or (table == "reports" and key in self._known):
                continue
            if table == "reports":
                self._known.add(key)
            if sheet.written >= _MOST:
                losses[f"{table}: the sheet is full"] = None
                continue
            if sheet.too_long(row):
                losses[f"{table}: text longer than a cell holds is cut"] = None
            sheet.add(row)
        return (*losses, "history, decisions, effects and statements: see the format tables")

    def close(self) -> None:
        """Write the field guide and finish the workbook, the same bytes for the same record."""
        rough = self._path.with_suffix(".part")
        _book().save(rough)
        inner = {f"xl/worksheets/sheet{n}.xml": sheet for n, sheet in enumerate(self._sheets.values(), 1)}
        with (
            zipfile.ZipFile(rough) as old,
            zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
        ):
            for entry in old.infolist():  # by name, so that no entry has a day
                sheet = inner.get(entry.filename)
                with new.open(entry.filename, "w", force_zip64=sheet is not None) as out:
                    self._fill(out, old.read(entry), sheet)
        rough.unlink()

    def _fill(self, out: IO[bytes], made: bytes, sheet: "_Sheet | None") -> None:
        if sheet is None:
            out.write(_STAMP.sub(rb"\g<1>" + self._as_of.encode(), made))
            return
        before, _, after = made.partition(_END)
        out.write(before)
        for piece in sheet.taken():
            out.write(piece)
        out.write(_END + after)


class _Sheet:
    """The rows of a sheet, in a file of their own until the workbook is made."""

    def __init__(self, path: Path, name: str) -> None:
        self._path, self._kinds = path, tuple(TABLES[name].values())
        self._file = path.open("wb")
        self._packed = zlib.compressobj(1)
        self._rows: list[Row] = []
        self.too_long = finder_of_long(self._kinds)
        self.written = 0

    def add(self, row: Row) -> None:
        self._rows.append(row)
        self.written += 1
        if len(self._rows) >= _MANY:
            self._flush()

    def _flush(self) -> None:
        if self._rows:
            first = self.written - len(self._rows) + 2  # under the head
            self._file.write(self._packed.compress(row_lines(self._rows, self._kinds, first).encode()))
            self._rows.clear()

    def taken(self) -> Iterator[bytes]:
        """Yield the rows as XML, and remove their file."""
        self._flush()
        self._file.write(self._packed.flush())
        self._file.close()
        opened = zlib.decompressobj()
        with self._path.open("rb") as file:
            while piece := file.read(_PIECE // 8):
                yield opened.decompress(piece)
        self._path.unlink()


def _book() -> Workbook:
    """Return the workbook with the heads of its sheets and the field guide."""
    book = Workbook(write_only=True)
    for name in _SHEETS:
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        sheet.append([_bold(sheet, column) for column in TABLES[name]])
    guide = book.create_sheet("field guide")
    guide.append([_bold(guide, name) for name in ("sheet", "column", "meaning")])
    for name in _SHEETS:
        for column in TABLES[name]:
            guide.append([name, column, GUIDE[column]])
    return book


def _bold(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, words)
    cell.font = Font(bold=True)
    return cell
