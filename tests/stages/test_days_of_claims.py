"""When a figure is put: the day of publication alone in its line dates nothing that another day dates."""

import tollbook

BODY = """Fire at the ferry

The ferry to Malakal was shelled on 6 March. Fishermen pulled people out. The quay burned. The ramp sank.

The river is closed. The market is shut.

Elders met under the tree. They asked for boats.

At least nine traders were killed.
"""


def day(text: str) -> str | None:
    when = tollbook.read(text, published="2025-03-12", language="en").claims[-1].when
    return when.start if when is not None else None


def test_the_day_of_publication_alone_in_its_line_gives_way_to_the_first_day_told() -> None:
    assert day(f"12 March 2025\n\n{BODY}") == "2025-03-06"
    assert day(BODY) == "2025-03-06"


def test_it_dates_what_no_other_day_dates() -> None:
    assert day("12 March 2025\n\nAt least nine traders were killed in Malakal.") == "2025-03-12"


def test_a_long_since_runs_on_to_the_report() -> None:
    text = (
        "Since the feud between two clans of the valley broke out last November, 212 people have been killed."
    )
    when = tollbook.read(text, published="2025-03-12", language="en").claims[0].when
    assert when is not None
    assert (when.start, when.end) == ("2024-11-01", "2025-03-12")
