"""Effects and statements, sentence by sentence: all that are told, and no other."""

import tomllib
from pathlib import Path

import pytest

import tollbook

TABLE = tomllib.loads((Path(__file__).parent / "telling.toml").read_text(encoding="utf-8"))
GAPS = TABLE.get("gaps", {})


def effects(text: str) -> list[str]:
    return sorted(e.kind for e in tollbook.read(text, published="2025-03-12", language="en").effects)


def unlike(text: str, wanted: list[str]) -> list[tuple[str, str, str]]:
    """Return the statements given, where they are not just those wanted."""
    found = tollbook.read(text, published="2025-03-12", language="en").statements
    given = [(s.speaker.quote, s.act, s.about.quote if s.about else "") for s in found]
    rows = [tuple(part.strip() for part in w.split(":")) for w in wanted]
    fits = len(given) == len(rows) and all(
        any(who in g[0] and act == g[1] and matter in g[2] for g in given) for who, act, matter in rows
    )
    return [] if fits else given or [("nobody", "", "")]


@pytest.mark.parametrize(("text", "wanted"), TABLE["effects"].items(), ids=[t[:50] for t in TABLE["effects"]])
def test_effects(text: str, wanted: list[str]) -> None:
    if text in GAPS:
        pytest.skip(GAPS[text])
    assert effects(text) == sorted(wanted)


@pytest.mark.parametrize(
    ("text", "wanted"), TABLE["statements"].items(), ids=[t[:50] for t in TABLE["statements"]]
)
def test_statements(text: str, wanted: list[str]) -> None:
    if text in GAPS:
        pytest.skip(GAPS[text])
    assert not unlike(text, wanted)
