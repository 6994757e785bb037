"""What a program or a notebook gets of a register: typed answers, and tables for three libraries."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tollbook
from tollbook.desk.tabling import COLUMNS
from tollbook.errors import RegisterError

KANO = "At least 12 people were killed in Kano on Monday, police said. Three others were injured."


@pytest.fixture
def register(tmp_path: Path) -> Iterator[tollbook.Register]:
    (tmp_path / "kano.txt").write_text(KANO, encoding="utf-8")
    with tollbook.open(str(tmp_path / "r"), create=True) as opened:
        assert (
            opened.add(str(tmp_path / "kano.txt"), published="2025-03-05", publisher="Daily One").added == 1
        )
        yield opened


def test_what_was_added_is_answered_with_types(register: tollbook.Register) -> None:
    (line,) = register.incidents(place="Kano")
    card = register.incident(line.id)
    assert {t.harm: t.low for t in card.incident.tolls if t.status == "all"} == {"killed": 12, "injured": 3}
    assert register.report(card.reports[0].key).report.text == KANO
    assert register.toll("country", "harm").rows[0].group == ("NG", "injured")
    assert [hit.sentence for hit in register.search("killed kano")] == [KANO.partition(" Three")[0]]
    assert register.origins("police")[0].carriers == (("Daily One", 1),)
    assert [s.axis for s in register.history(line.id) if s.figures.status == "all"].count("recorded") == 2
    assert register.verify(recount=True).faults == ()
    assert repr(register).endswith("1 incident>")
    assert register.incidents(as_of="2020-01-01") == ()


@pytest.mark.parametrize("table", sorted(COLUMNS))
def test_tables_agree_in_all_libraries(register: tollbook.Register, table: str) -> None:
    arrow = register.frame(table, "arrow")
    assert arrow.column_names == list(COLUMNS[table])
    assert arrow.num_rows > 0
    pandas = register.frame(table, "pandas")
    polars = register.frame(table, "polars")
    assert polars.to_dicts() == arrow.to_pylist()
    assert len(pandas) == arrow.num_rows
    duckdb = pytest.importorskip("duckdb")
    assert duckdb.sql("SELECT count(*) FROM arrow").fetchall() == [(arrow.num_rows,)]


def test_unknown_is_null_in_tables(register: tollbook.Register) -> None:
    tolls = register.frame("tolls")
    killed = tolls[(tolls.harm == "killed") & (tolls.status == "all")]
    assert list(killed.low) == [12]
    assert killed.high.isna().all()
    with pytest.raises(tollbook.UsageError, match="incidents, tolls, claims, reports"):
        register.frame("victims")


def test_no_register_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="add a report"):
        tollbook.open(str(tmp_path / "none"))


def test_opening_is_lazy() -> None:
    code = "import sys, tollbook; print('sqlalchemy' in sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "False"
