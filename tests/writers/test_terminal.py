"""The reading on a terminal: narrow or wide, with colour or without, nothing of it is lost."""

import io

import pytest
from rich.console import Console

import tollbook
from tollbook.desk.examples import example_names, example_path, published_of
from tollbook.writers.terminal import write_terminal


def shown(reading: tollbook.Reading, width: int, *, colour: bool = False) -> str:
    out = io.StringIO()
    system = "truecolor" if colour else None
    console = Console(file=out, width=width, force_terminal=colour, color_system=system, highlight=False)  # type: ignore[arg-type]  # one of rich's own names
    write_terminal(reading, console)
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 80, 140])
@pytest.mark.parametrize("name", example_names())
def test_it_fits_and_names_every_claim(name: str, width: int) -> None:
    path = example_path(name)
    reading = tollbook.read(path.read_text(encoding="utf-8"), published=published_of(path))
    text = shown(reading, width)
    assert max(len(line) for line in text.splitlines()) <= width
    words = " ".join(text.split())
    for claim in reading.claims:
        assert f"{claim.id} " in words
    for toll in reading.toll:
        if toll.status == "all":
            assert len(toll.ledger) == sum(e.claim in words for e in toll.ledger)


def test_the_order_is_text_claims_toll_effects_statements_warnings() -> None:
    path = example_path("denial")
    text = shown(tollbook.read(path.read_text(encoding="utf-8"), published=published_of(path)), 80)
    at = [text.find(w) for w in ("GOMA", "Claims (read by machine", "Toll of this report", "Statements ─")]
    assert -1 not in at
    assert at == sorted(at)


def test_colour_is_only_an_addition() -> None:
    reading = tollbook.read("At least 12 people were killed in Kano on Monday, police said.")
    assert "\x1b[" in shown(reading, 80, colour=True)
    assert "[c1 At least 12 people]" in shown(reading, 80)


def test_square_brackets_of_a_report_are_words() -> None:
    reading = tollbook.read(
        "At least 12 [red]people[/red] were killed in [bold]Kano[/], police said.", title="[link=x]y[/link]"
    )
    text = shown(reading, 80)
    assert "[red]" in text
    assert "[link=x]y[/link]" in text
