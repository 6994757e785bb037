"""The table: a row a claim, that a spreadsheet opens and does not run."""

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

import tollbook
from tollbook.writers.csv import write_csv
from tollbook.writers.frames import COLUMNS


def rows(*readings: tollbook.Reading) -> list[dict[str, str]]:
    out = io.StringIO(newline="")
    write_csv(readings, out)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_a_row_a_claim_and_an_empty_cell_is_unknown() -> None:
    reading = tollbook.read(
        "At least 12 people were killed in Kano on Monday, police said.", published="2025-03-05"
    )
    (row,) = rows(reading)
    assert tuple(row) == COLUMNS
    assert (row["low"], row["best"], row["high"]) == ("12", "12", "")
    assert (row["start_date"], row["origin"], row["evidence_start"]) == ("2025-03-03", "police", "0")


def test_no_claim_is_no_row() -> None:
    assert rows(tollbook.read("It was a quiet day in the town.")) == []


@settings(max_examples=60, deadline=None)
@given(st.sampled_from("=+-@\t\r\n＝＠|%"), st.text(max_size=10))
def test_no_cell_is_run(first: str, rest: str) -> None:
    title = first + rest
    (row,) = rows(tollbook.read("Two people were killed in Kano.", title=title, language="en"))
    assert row["report_title"][:1] not in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠")
