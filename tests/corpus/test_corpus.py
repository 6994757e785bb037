"""The corpus: each sentence yields exactly the claims a careful person takes from it."""

import tomllib
from pathlib import Path

import pytest

import tollbook

TABLE = tomllib.loads((Path(__file__).parent / "en.toml").read_text(encoding="utf-8"))
ROWS = [(text, claims) for group in TABLE.values() for text, claims in group.items()]


def taken(text: str) -> list[str]:
    found = []
    for claim in tollbook.read(text, published="2025-03-12", language="en").claims:
        figures = "/".join(
            "-" if v is None else str(v) for v in (claim.count.low, claim.count.best, claim.count.high)
        )
        extra = [claim.scope] * (claim.scope != "incident") + [claim.modality] * (
            claim.modality != "asserted"
        )
        extra += ["part"] * (claim.part_of is not None)
        found.append(" ".join([claim.harm, figures, claim.victims.status, *extra]))
    return sorted(found)


@pytest.mark.parametrize(("text", "claims"), ROWS, ids=[text[:60] for text, _ in ROWS])
def test_a_sentence(text: str, claims: list[str]) -> None:
    assert taken(text) == sorted(claims)
