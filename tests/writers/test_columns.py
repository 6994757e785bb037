"""Tables written column by column hold the same bytes as cell by cell; a workbook's rows hold what openpyxl reads back."""

import csv
import io
import re
import zipfile
from typing import Any

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.writers.cells import safe
from tollbook.writers.columns import csv_lines
from tollbook.writers.sheet_rows import row_lines

WORDS = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=("Cs",))),
    st.text(st.sampled_from('=+-@\t\r\n",;&<>" \u202e\x00\x1f\ufffe\u00a0＝aé'), max_size=6),
)
NUMBERS = st.one_of(st.none(), st.integers(-(2**62), 2**62))
FLOATS = st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False))
ROWS = st.lists(
    st.tuples(WORDS, NUMBERS, WORDS, FLOATS, st.one_of(st.none(), st.booleans())), min_size=1, max_size=12
)
KINDS = "sisfb"


@settings(deadline=None)
@given(ROWS)
def test_lines_of_columns_are_those_of_rows(rows: list[tuple[Any, ...]]) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    for row in rows:
        writer.writerow([safe(value) for value in row])
    assert csv_lines(rows, KINDS) == file.getvalue()


@settings(deadline=None)
@given(ROWS)
def test_a_workbook_holds_the_cells(rows: list[tuple[Any, ...]]) -> None:
    book = io.BytesIO()
    openpyxl.Workbook().save(book)
    filled = io.BytesIO()
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(filled, "w") as new:
        for entry in old.infolist():
            made = old.read(entry)
            if entry.filename.endswith("sheet1.xml"):
                made = re.sub(rb"<sheetData ?/>", b"<sheetData></sheetData>", made)
                assert made.count(b"</sheetData>") == 1
                made = made.replace(b"</sheetData>", row_lines(rows, KINDS, 1).encode() + b"</sheetData>")
            new.writestr(entry, made)
    sheet = openpyxl.load_workbook(filled).worksheets[0]
    for n, row in enumerate(rows, 1):
        for at, value in enumerate(row, 1):
            found, wanted = sheet.cell(n, at).value, value
            if isinstance(value, str):
                wanted = re.sub("[\ufffe\uffff]", "\ufffd", str(safe(value))) or None
            assert found == wanted, (found, wanted)
