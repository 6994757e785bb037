"""What files that are no plain text say, and the hashtags and the comparison: golden words of one small register.

Workbook, Word and PDF files hold bytes of their libraries' versions; what a reader of them sees is kept here instead. Set
TOLLBOOK_GOLDEN=1 to write the words anew, and look at what changed.
"""

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import duckdb
import openpyxl
import pyarrow.parquet
import pypdf
import pytest
from standing import add_at

from tollbook.desk.briefing import brief
from tollbook.desk.comparing import compare
from tollbook.desk.methodology import methodology
from tollbook.desk.publishing import Order, export
from tollbook.model.answer import Wanted
from tollbook.model.brief import Brief
from tollbook.register.register import Register
from tollbook.sources.published import read_published
from tollbook.writers.brief_docx import brief_docx
from tollbook.writers.brief_pdf import brief_pdf
from tollbook.writers.comparison import comparison_csv, comparison_html
from tollbook.writers.method_markdown import method_markdown

GOLDEN = Path(__file__).parent.parent / "writers" / "golden_forms"
FIXED = "2026-01-02T00:00:00.000000Z"
TEXTS = (
    ("Kano", """At least 12 civilians were killed in Kano on Monday by Boko Haram, police said. Three others were injured. \
The governor condemned the attack."""),
    ("=HYPERLINK(1)", "The death toll of Monday's attack in Kano has risen to 15 civilians, police said on Wednesday."),
    ("غوما", "M23 rebels killed two soldiers in Goma on Tuesday, the army said. Dozens fled."),
)  # fmt: skip
THEIRS = (
    "event_id_cnty,event_date,event_type,actor1,country,location,latitude,longitude,fatalities\n"
    "NGA1,03 March 2025,Attack,Boko Haram,Nigeria,Kano,12.0,8.52,40\n"
    "COD2,2025-03-04,Battles,M23,Democratic Republic of the Congo,Goma,-1.67,29.23,2\n"
    "NGA3,2025-03-04,Attack,Unknown,Nigeria,Lagos,6.45,3.39,=7\n"
)


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    folder = tmp_path_factory.mktemp("forms")
    lines = folder / "small.jsonl"
    told = (
        {"text": text, "language": "en", "title": title, "published": f"2025-03-0{5 + n}", "publisher": f"Daily {n}",
         "url": f"https://{n}.example/a", "id": str(n)}
        for n, (title, text) in enumerate(TEXTS)
    )  # fmt: skip
    lines.write_text("".join(json.dumps(line) + "\n" for line in told), encoding="utf-8")
    with Register(str(folder / "small.register"), create=True) as made:
        add_at(FIXED, made, lines)
        yield made


def made_brief(register: Register) -> Brief:
    made = brief(register, None, Order((), as_of="2026-02-01"))
    return replace(
        made, notes=tuple(n for n in made.notes if "log" not in n)
    )  # its digest holds the folder's name


def is_golden(name: str, words: str) -> None:
    path = GOLDEN / name
    if os.environ.get("TOLLBOOK_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(words.encode())
    assert path.read_bytes().decode() == words


def test_a_workbook_says_what_it_said(register: Register, tmp_path: Path) -> None:
    export(register, Order(("xlsx",), as_of="2026-02-01"), tmp_path / "out")
    lines = []
    for sheet in openpyxl.load_workbook(tmp_path / "out" / "tollbook.xlsx"):
        lines.append(f"# {sheet.title}")
        head, *rows = (
            [str(v) if v is not None else "" for v in row] for row in sheet.iter_rows(values_only=True)
        )
        for row in rows:  # confidence is fitted anew with every rule of reading
            row[:] = ["fitted" if name == "confidence" else v for name, v in zip(head, row, strict=True)]
        lines += ["\t".join(row).rstrip() for row in (head, *rows)]
    is_golden("tollbook.xlsx.txt", "\n".join(lines) + "\n")


def test_hashtags_stand_where_they_stood(register: Register, tmp_path: Path) -> None:
    export(
        register,
        Order(("ged", "acled", "sdg", "tables"), as_of="2026-02-01", hxl=True),
        tmp_path / "out",
    )
    lines = []
    for path in sorted((tmp_path / "out").rglob("*.csv")):
        head, tags = path.read_text(encoding="utf-8").splitlines()[:2]
        if path.name != "losses.csv":
            pairs = zip(head.split(","), tags.split(","), strict=True)
            lines += [f"{path.name}: {column} {tag}" for column, tag in pairs if tag]
    is_golden("hashtags.txt", "\n".join(lines) + "\n")


def test_a_database_holds_the_tables_columns_types_and_rows_it_held(
    register: Register, tmp_path: Path
) -> None:
    export(register, Order(("tables",), as_of="2026-02-01"), tmp_path / "out")
    lines = []
    with duckdb.connect(str(tmp_path / "out" / "tables" / "tollbook.duckdb"), read_only=True) as held:
        names = [
            name
            for (name,) in held.execute(
                "SELECT table_name FROM information_schema.tables ORDER BY 1"
            ).fetchall()
        ]
        for name in names:
            columns = held.execute(f'DESCRIBE "{name}"').fetchall()
            lines.append(f"# {name}")
            lines += [
                f"{column} {kind}{' NOT NULL' if null == 'NO' else ''}" for column, kind, null, *_ in columns
            ]
            for row in held.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall():
                told = (
                    "fitted" if column[0] == "confidence" else repr(value)
                    for column, value in zip(columns, row, strict=True)
                )  # confidence is fitted anew with every rule of reading
                lines.append("\t".join(told))
    assert {"reports", "claims", "incidents", "tolls", "ledger", "history", "decisions"} <= set(names)
    is_golden("tollbook.duckdb.txt", "\n".join(lines) + "\n")


def test_the_methodology_says_what_it_said(register: Register) -> None:
    """What changes by run or release (version, digests of log and packs) is left out, the rest stands."""
    is_golden("methodology.md", without_versions(method_markdown(methodology(register))))


def without_versions(page: str) -> str:
    return re.sub(r"(?<=by tollbook )\S+|\b[0-9a-f]{12,64}\b", "(version)", page)


def test_parquet_holds_what_the_golden_csv_holds(register: Register, tmp_path: Path) -> None:
    export(register, Order(("tables",), as_of="2026-02-01"), tmp_path / "out")
    seen = 0
    for path in sorted((tmp_path / "out" / "tables").glob("*.parquet")):
        held = pyarrow.parquet.read_table(path)
        with path.with_suffix(".csv").open(encoding="utf-8", newline="") as file:
            told = list(csv.DictReader(file))
        assert held.column_names == list(told[0]) if told else held.num_rows == 0, path.name
        for name in held.column_names:
            for value, words in zip(held[name].to_pylist(), (row[name] for row in told), strict=True):
                if isinstance(value, int) and not isinstance(value, bool):
                    assert int(words) == value, (path.name, name)
                elif value is None:
                    assert words == "", (path.name, name)
                elif isinstance(value, str) and not value.startswith(("=", "+", "-", "@")):
                    assert words == value, (path.name, name)
                seen += 1
    assert seen > 200


def test_a_word_file_says_what_it_said(register: Register) -> None:
    document = docx.Document(io.BytesIO(brief_docx(made_brief(register))))
    lines = [f"{p.style.name if p.style else ''}: {p.text}" for p in document.paragraphs]
    for table in document.tables:
        lines += ["\t".join(cell.text for cell in row.cells) for row in table.rows]
    lines.append(f"pictures: {len(document.inline_shapes)}")
    is_golden("brief.docx.txt", "\n".join(lines) + "\n")


def test_a_pdf_says_what_it_said(register: Register) -> None:
    pdf = pypdf.PdfReader(io.BytesIO(brief_pdf(made_brief(register))))
    words = [re.sub(r"\s+", " ", page.extract_text()).strip() for page in pdf.pages]
    is_golden("brief.pdf.txt", "\n\n".join(words) + "\n")


def test_a_comparison_is_what_it_was(register: Register, tmp_path: Path) -> None:
    (tmp_path / "theirs.csv").write_text(THEIRS, encoding="utf-8")
    found = compare(register, "acled", read_published("acled", tmp_path / "theirs.csv"), Wanted())
    comparison_csv(found, tmp_path / "comparison.csv")
    is_golden("comparison.csv", (tmp_path / "comparison.csv").read_bytes().decode())
    is_golden("comparison.html", comparison_html(found))
