"""The tolls of whole reports: what a careful person counts when the sentences are taken together."""

import tomllib
from pathlib import Path

import pytest

import tollbook

TABLE = tomllib.loads((Path(__file__).parent / "tolls.toml").read_text(encoding="utf-8"))
ROWS = [(row["text"], row["toll"]) for rows in TABLE.values() for row in rows]
COUNTED = ("killed", "injured", "killed_or_injured")


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text[:50] for text, _ in ROWS])
def test_a_toll(text: str, expected: list[str]) -> None:
    reading = tollbook.read(text, published="2025-03-12", language="en")
    wanted = dict(row.split() for row in expected)
    found = {
        row.harm: "/".join("-" if v is None else str(v) for v in (row.low, row.best, row.high))
        for row in reading.toll
        if row.status == "all" and (row.harm in COUNTED or row.harm in wanted)
    }
    assert found == wanted
