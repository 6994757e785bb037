"""xlsx: incidents -> a workbook for offices, with a sheet that says what each column means.

openpyxl makes the workbook with the heads of its sheets and the field guide; the rows, of which there are millions, are
packed as they come, between head and foot of their sheet, and put into the workbook at the end as they are.
"""

import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

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
_TOO_LONG = {name: finder_of_long(tuple(TABLES[name].values())) for name in _SHEETS}
Told = tuple[str, str, Row, bool]  # sheet, key, row, whether a text of it is longer than a cell holds


class Xlsx:
    """Writes tollbook.xlsx: incidents, tolls, claims, reports, ledger, and a field guide."""

    beside = False
    heavy = True

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the workbook."""
        self._path, self._as_of = Path(folder) / "tollbook.xlsx", edition.as_of[:19] + "Z"
        self._edition = edition
        self._rough = self._path.with_suffix(".part")
        _book().save(self._rough)
        with zipfile.ZipFile(self._rough) as made:
            self._sheets = {
                name: _Sheet(self._path.with_name(f"{name}.part"), name, made.read(_inside(n)))
                for n, name in enumerate(_SHEETS, 1)
            }
        self._known: set[str] = set()

    @staticmethod
    def told(folio: Folio, edition: Edition) -> tuple[list[Told], tuple[str, ...]]:
        """Return the rows of an incident with their sheets, and what has none."""
        return [
            (table, key, row, _TOO_LONG[table](row))
            for table, key, row in rows_of(folio)
            if table in _TOO_LONG
        ], ()

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Write one incident."""
        return self.put(self.told(folio, self._edition)[0])

    def put(self, rows: Iterable[Told]) -> tuple[str, ...]:
        """Write what `told` returned; a report that several incidents share is written once."""
        losses: dict[str, None] = {}
        for table, key, row, too_long in rows:
            if table == "reports":
                if key in self._known:
                    continue
                self._known.add(key)
            if not self._sheets[table].add(row):
                losses[f"{table}: the sheet is full"] = None
            elif too_long:
                losses[f"{table}: text longer than a cell holds is cut"] = None
        return (*losses, "history, decisions, effects and statements: see the format tables")

    def close(self) -> None:
        """Finish the workbook, the same bytes for the same record."""
        sheets = {_inside(n): sheet for n, sheet in enumerate(self._sheets.values(), 1)}
        with (
            zipfile.ZipFile(self._rough) as old,
            zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
        ):
            for entry in old.infolist():  # by name, so that no entry has a day
                if entry.filename in sheets:
                    sheets[entry.filename].put_into(new, entry.filename)
                else:
                    words = _STAMP.sub(rb"\g<1>" + self._as_of.encode(), old.read(entry))
                    new.writestr(zipfile.ZipInfo(entry.filename), words, zipfile.ZIP_DEFLATED)
        self._rough.unlink()


class _Sheet:
    """A sheet that is packed as it grows, in a file of its own until the workbook is made."""

    def __init__(self, path: Path, name: str, made: bytes) -> None:
        """Begin a sheet, given the one without rows."""
        self._path, self._kinds = path, tuple(TABLES[name].values())
        self._file = path.open("wb")
        self._packing = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)  # bare, as in an archive
        self._size = self._sum = 0
        self._rows: list[Row] = []
        self._written = 0
        before, _, self._foot = made.partition(_END)
        self._pack(before)

    def add(self, row: Row) -> bool:
        """Write a row; False where the sheet is full."""
        if self._written >= _MOST:
            return False
        self._rows.append(row)
        self._written += 1
        if len(self._rows) >= _MANY:
            self._flush()
        return True

    def _flush(self) -> None:
        if self._rows:
            first = self._written - len(self._rows) + 2  # under the head
            self._pack(row_lines(self._rows, self._kinds, first).encode())
            self._rows.clear()

    def _pack(self, words: bytes) -> None:
        self._size += len(words)
        self._sum = zlib.crc32(words, self._sum)
        self._file.write(self._packing.compress(words))

    def put_into(self, book: zipfile.ZipFile, name: str) -> None:
        """Put the sheet into a workbook's archive as it is packed, and remove its file."""
        self._flush()
        self._pack(_END + self._foot)
        self._file.write(self._packing.flush())
        self._file.close()
        entry = zipfile.ZipInfo(name)
        entry.compress_type, entry.CRC, entry.file_size = zipfile.ZIP_DEFLATED, self._sum, self._size
        entry.compress_size, entry.header_offset = self._path.stat().st_size, book.start_dir
        assert book.fp is not None  # it is open
        book.fp.seek(book.start_dir)
        book.fp.write(entry.FileHeader(zip64=True))
        with self._path.open("rb") as packed:
            shutil.copyfileobj(packed, book.fp)
        book.start_dir = book.fp.tell()  # where its next entry begins
        book.filelist.append(entry)
        book.NameToInfo[name] = entry
        self._path.unlink()


def _inside(n: int) -> str:
    """Return the name of the n-th sheet in the workbook's archive."""
    return f"xl/worksheets/sheet{n}.xml"


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
