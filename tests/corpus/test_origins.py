"""Who gives the figures, on sentences written for this project (origins.toml)."""

import tomllib
from pathlib import Path

import pytest

import tollbook

ROWS = tomllib.loads((Path(__file__).parent / "origins.toml").read_text(encoding="utf-8"))["rows"]


@pytest.mark.parametrize(("text", "wanted"), ROWS.items(), ids=[t[:50] for t in ROWS])
def test_who_gives_the_figure(text: str, wanted: list[str]) -> None:
    claims = tollbook.read(text, published="2025-03-12", language="en").claims
    assert ["-" if c.origin is None else c.origin.name for c in claims] == wanted
