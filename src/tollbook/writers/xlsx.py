"""xlsx: incidents -> a workbook for offices, with a sheet that says what each column means."""

import re
import zipfile
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from tollbook.model.folio import Edition, Folio
from tollbook.writers.cells import safe
from tollbook.writers.full_tables import TABLES, rows_of
from tollbook.writers.guide import GUIDE

_SHEETS = ("incidents", "tolls", "claims", "reports", "ledger")
_MOST = 1_048_575  # rows that a sheet holds below its header
_LONGEST = 32_767  # characters that a cell holds
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_STAMP = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


class Xlsx:
    """Writes tollbook.xlsx: incidents, tolls, claims, reports, ledger, and a field guide."""

    beside = False

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the workbook."""
        self._path, self._as_of = Path(folder) / "tollbook.xlsx", edition.as_of[:19] + "Z"
        self._book = Workbook(write_only=True)
        self._sheets: dict[str, Any] = {name: self._book.create_sheet(name) for name in _SHEETS}
        for name, sheet in self._sheets.items():
            sheet.freeze_panes = "A2"
            sheet.append([_bold(sheet, column) for column in TABLES[name]])
        self._written = dict.fromkeys(_SHEETS, 0)
        self._known: set[str] = set()

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Write one incident."""
        losses: dict[str, None] = {}
        for table, key, row in rows_of(folio):
            if table not in self._sheets or (table == "reports" and key in self._known):
                continue
            self._known.add(key if table == "reports" else "")
            if self._written[table] >= _MOST:
                losses[f"{table}: the sheet is full"] = None
                continue
            self._written[table] += 1
            cells = [_cell(value) for value in row]
            if any(isinstance(value, str) and len(value) > _LONGEST for value in row):
                losses[f"{table}: text longer than a cell holds is cut"] = None
            self._sheets[table].append(cells)
        return (*losses, "history, decisions, effects and statements: see the format tables")

    def close(self) -> None:
        """Write the field guide and finish the workbook, the same bytes for the same record."""
        guide = self._book.create_sheet("field guide")
        guide.append([_bold(guide, name) for name in ("sheet", "column", "meaning")])
        for sheet in _SHEETS:
            for column in TABLES[sheet]:
                guide.append([sheet, column, GUIDE[column]])
        rough = self._path.with_suffix(".part")
        self._book.save(rough)
        with zipfile.ZipFile(rough) as old, zipfile.ZipFile(self._path, "w", zipfile.ZIP_DEFLATED) as new:
            for entry in old.infolist():
                with new.open(zipfile.ZipInfo(entry.filename), "w") as out, old.open(entry) as part:
                    if entry.filename == "docProps/core.xml":
                        out.write(_STAMP.sub(rb"\g<1>" + self._as_of.encode(), part.read()))
                        continue
                    while piece := part.read(1 << 20):
                        out.write(piece)
        rough.unlink()


def _bold(sheet: Any, words: str) -> Any:
    cell = WriteOnlyCell(sheet, words)
    cell.font = Font(bold=True)
    return cell


def _cell(value: object) -> object:
    value = safe(value)
    return _UNSEEN.sub("\ufffd", value)[:_LONGEST] if isinstance(value, str) else value
