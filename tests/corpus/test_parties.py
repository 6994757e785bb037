"""Who is said to have done it, sentence by sentence: every party with its footing, and no other."""

import tomllib
from pathlib import Path

import pytest

import tollbook

TABLE = tomllib.loads((Path(__file__).parent / "parties.toml").read_text(encoding="utf-8"))
ROWS, LAST, GAPS = TABLE["rows"], TABLE["last"], TABLE.get("gaps", {})


def wrong(text: str, wanted: list[str], at: int = 0) -> str | None:
    """Return what is wrong with the parties of a text's first claim, or of another, None where nothing is."""
    claims = tollbook.read(text, published="2025-03-12", language="en").claims
    given = [(p.quote, p.basis) for p in claims[at].by] if claims else []
    pairs = [tuple(w.rsplit(": ", 1)) for w in wanted]
    fits = len(given) == len(pairs) and all(
        any(words.lower() in quote.lower() and basis == footing for quote, footing in given)
        for words, basis in pairs
    )
    return None if fits else f"wanted {wanted}, got {given}"


@pytest.mark.parametrize(("text", "wanted"), ROWS.items(), ids=[t[:50] for t in ROWS])
def test_who_did_it(text: str, wanted: list[str]) -> None:
    if text in GAPS:
        pytest.skip(GAPS[text])
    assert wrong(text, wanted) is None


@pytest.mark.parametrize(("text", "wanted"), LAST.items(), ids=[t[-50:] for t in LAST])
def test_who_did_what_is_told_beside_it(text: str, wanted: list[str]) -> None:
    assert wrong(text, wanted, -1) is None


@pytest.mark.parametrize(
    "text",
    [
        "The bomber blew himself up at the ford, killing himself and a nurse, police said.",
        "Soldiers arrested ten suspected militants and freed 71 kidnapped pupils.",
    ],
)
def test_neither_those_who_tell_of_it_nor_those_counted_did_it(text: str) -> None:
    last = tollbook.read(text, published="2025-03-12", language="en").claims[-1]
    assert last.by == ()


def test_the_doer_of_another_statement_did_not_do_this_one() -> None:
    text = (
        "Those killed include five nurses and 13 traders, while 16 rebels were killed by the security forces."
    )
    claims = tollbook.read(text, published="2025-03-12", language="en").claims
    assert [[p.quote for p in c.by] for c in claims] == [[], [], ["security forces"]]


def test_who_runs_a_body_that_speaks_killed_nobody() -> None:
    text = "Shells left 14 people dead, a clinic run by soldiers said."
    assert tollbook.read(text, published="2025-03-12", language="en").claims[0].by == ()
