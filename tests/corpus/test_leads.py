"""Openings of reports: where and when the first claim happened, and who says so."""

import tomllib
from pathlib import Path

import pytest

import tollbook

TABLE = tomllib.loads((Path(__file__).parent / "leads.toml").read_text(encoding="utf-8"))
ROWS, GAPS = TABLE["rows"], TABLE.get("gaps", {})


def wrong(text: str, wanted: list[str]) -> dict[str, str]:
    """Return what is wrong with place, time and origin of a text's first claim."""
    claims = tollbook.read(text, published="2025-03-12", language="en").claims
    if not claims:
        return {"claim": "none"}
    claim = claims[0]
    when = "-" if claim.when is None or claim.when.start is None else claim.when.start
    if claim.when is not None and claim.when.end not in (None, claim.when.start):
        when += f"..{claim.when.end}"
    place = f"{claim.where[0].quote} {claim.where[0].name}" if claim.where else "-"
    origin = claim.origin.quote if claim.origin is not None else "-"
    found = {}
    if wanted[0].lower() not in place.lower():
        found["where"] = place
    if when != wanted[1]:
        found["when"] = when
    if (wanted[2] == "-") != (origin == "-") or wanted[2].lower() not in origin.lower():
        found["origin"] = origin
    return found


@pytest.mark.parametrize(("text", "wanted"), ROWS.items(), ids=[t[:50] for t in ROWS])
def test_an_opening(text: str, wanted: list[str]) -> None:
    assert set(wrong(text, wanted)) == set(GAPS.get(text, ()))
