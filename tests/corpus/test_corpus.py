"""The corpus: each sentence yields exactly the claims a careful person takes from it."""

import tomllib
from pathlib import Path

import pytest

import tollbook
from tollbook.model.reading import Reading

TABLE = tomllib.loads((Path(__file__).parent / "en.toml").read_text(encoding="utf-8"))
ROWS = [(text, claims) for group in TABLE.values() for text, claims in group.items()]


def figures(row) -> str:
    return "/".join("-" if v is None else str(v) for v in (row.low, row.best, row.high))


def taken(reading: Reading) -> list[str]:
    found = []
    for claim in reading.claims:
        extra = [claim.scope] * (claim.scope != "incident") + [claim.modality] * (
            claim.modality != "asserted"
        )
        extra += ["part"] * (claim.part_of is not None)
        found.append(" ".join([claim.harm, figures(claim.count), claim.victims.status, *extra]))
    return sorted(found)


def tolls(reading: Reading, harms: set[str]) -> list[str]:
    rows = {row.harm: row for row in reading.toll if row.status == "all"}
    return sorted(f"toll {harm} {figures(rows[harm]) if harm in rows else 'none'}" for harm in harms)


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[text[:60] for text, _ in ROWS])
def test_a_sentence(text: str, expected: list[str]) -> None:
    reading = tollbook.read(text, published="2025-03-12", language="en")
    sums = [row for row in expected if row.startswith("toll ")]
    assert taken(reading) == sorted(row for row in expected if not row.startswith("toll "))
    assert tolls(reading, {row.split()[1] for row in sums}) == sorted(sums)
