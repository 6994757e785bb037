"""What a notebook gets: typed objects that show themselves and become tables."""

import json
import subprocess
import sys
from datetime import date
from importlib.util import find_spec

import pytest

import tollbook
from tollbook.writers.frames import COLUMNS

TEXT = "At least 12 people were killed in Kano on Monday, police said. Three others were injured."


def test_read_gives_typed_objects() -> None:
    reading = tollbook.read(TEXT, published="2025-03-05")
    assert isinstance(reading, tollbook.Reading)
    claim = reading.claims[0]
    assert (claim.harm, claim.count.kind, claim.count.low, claim.count.high) == (
        "killed",
        "at_least",
        12,
        None,
    )
    assert TEXT[claim.evidence.start : claim.evidence.end] == claim.evidence.quote


def test_a_date_may_be_a_date_or_its_words() -> None:
    assert tollbook.read(TEXT, published=date(2025, 3, 5)) == tollbook.read(TEXT, published="2025-03-05")


def test_a_wrong_date_is_told() -> None:
    with pytest.raises(tollbook.UsageError, match="05/03/2025"):
        tollbook.read(TEXT, published="05/03/2025")


def test_a_notebook_shows_the_claims_and_runs_nothing_of_the_report() -> None:
    shown = tollbook.read("<script>alert(1)</script> Two people were killed.", language="en")._repr_html_()
    assert "<script" not in shown
    assert "killed" in shown


def test_one_line_says_what_was_read() -> None:
    assert repr(tollbook.read(TEXT, title="Kano")) == "<Reading of 'Kano': 2 claims, 0 warnings>"


def test_json_is_one_line_of_the_record() -> None:
    line = tollbook.read(TEXT).to_json()
    assert "\n" not in line
    assert list(json.loads(line)) == [
        "report", "claims", "effects", "statements", "places", "dates", "toll", "warnings",
    ]  # fmt: skip


def test_the_page_is_whole() -> None:
    assert tollbook.read(TEXT).to_html().startswith("<!doctype html>")


@pytest.mark.skipif(find_spec("pandas") is None, reason="pandas is not installed")
def test_pandas_frame_has_a_row_a_claim() -> None:
    reading = tollbook.read(TEXT)
    frame = reading.to_pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert list(frame["harm"]) == ["killed", "injured"]
    assert len(tollbook.to_pandas([reading, reading])) == 4


@pytest.mark.skipif(find_spec("polars") is None, reason="Polars is not installed")
def test_polars_frame_has_a_row_a_claim() -> None:
    reading = tollbook.read(TEXT)
    frame = reading.to_polars()
    assert frame.columns == list(COLUMNS)
    assert frame["harm"].to_list() == ["killed", "injured"]
    assert tollbook.to_polars([reading, reading]).height == 4


def test_without_pandas_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(tollbook.UsageError, match="pip install"):
        tollbook.read(TEXT).to_pandas()


def test_importing_loads_no_reader() -> None:
    code = (
        "import sys, tollbook; print([m for m in sys.modules if m.startswith('tollbook.') or m == 'pandas'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['tollbook.model', 'tollbook.model.version']"


def test_public_names_are_sorted_and_there() -> None:
    assert tollbook.__all__ == sorted(tollbook.__all__)
    assert all(getattr(tollbook, name) for name in tollbook.__all__)
    assert set(tollbook.__all__) <= set(dir(tollbook))
    with pytest.raises(AttributeError, match="nothing"):
        _ = tollbook.nothing
