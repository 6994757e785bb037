"""When a figure is put: the day of publication alone in its line dates nothing that another day dates."""

import pytest

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


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Nine guards were shot dead on 3 May, two on 4 May and one on 9 May.", ["05-03", "05-04", "05-09"]),
        (
            "Six were killed near Dara on 4 May, while two died in Homs early on 5 May.",
            ["05-04", "05-05"],
        ),
        (
            "They stormed the camp late on 4 May, killing twelve people before leaving on 5 May.",
            ["05-04"],
        ),
    ],
)
def test_each_figure_has_the_day_told_for_it(text: str, days: list[str]) -> None:
    claims = tollbook.read(text, published="2025-06-12", language="en").claims
    assert [c.when.start if c.when else None for c in claims] == [f"2025-{d}" for d in days]


def test_what_is_told_next_is_of_the_event_not_of_the_one_it_came_after() -> None:
    told = "Two bombs killed 24 people in Quetta on Sunday, two days after a raid on the camp."
    claims = tollbook.read(
        f"{told} One tore through a bus, killing six.", published="2011-06-06", language="en"
    ).claims
    assert [c.when.start if c.when else None for c in claims] == ["2011-06-05", "2011-06-05"]


@pytest.mark.parametrize(
    "source",
    ["Crisis Group 04/06/2025", "OCHA 28/05/2025, Radio Nova 04/06/2025", "AFP, 4 June 2025"],
)
def test_the_day_of_a_source_in_brackets_dates_no_event(source: str) -> None:
    assert day_in(f"On 2 May, 14 people were killed in the market of Homs ({source}).") == "2025-05-02"
    assert day_in(f"Fourteen people were killed in the market of Homs ({source}).") is None


def test_a_place_and_a_day_in_brackets_are_the_event_s() -> None:
    assert day_in("Fourteen people were killed (Homs, 4 June 2025).") == "2025-06-04"


def test_a_date_in_figures_is_read_as_the_others_of_the_text() -> None:
    assert day_in("On 04/03/2025, 14 people were killed.") == "2025-04-03"
    assert day_in("On 04/03/2025, 14 people were killed. The inquiry ended on 20/05/2025.") == "2025-03-04"
    assert day_in("On 04/03/2025, 14 people were killed. The inquiry ended on 05/20/2025.") == "2025-04-03"


def day_in(text: str) -> str | None:
    when = tollbook.read(text, published="2025-06-12", language="en").claims[0].when
    return when.start if when is not None else None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("JUBA, 4 March (Agency) -- Raiders killed five herders near Malakal today.", "2025-03-04"),
        ("JUBA, 4 MAR 25 -- Raiders killed five herders near Malakal on Monday.", "2025-03-03"),
        ("On Tuesday, 4 March (local time) raiders killed five herders today.", "2025-03-12"),
        ("On 8 May 2022, raiders killed five people during Sunday mass in Malakal.", "2022-05-08"),
        ("Raiders killed five people during Sunday mass in Malakal.", "2025-03-09"),
        ("A mine killed two in Malakal on 3 August 2019. Three more died on September 9.", "2019-09-09"),
        ("A mine killed two in Malakal on 30 December 2019. Three more died on 2 January.", "2020-01-02"),
        (
            "A mine killed two in Malakal on 3 August 2019. Three died on Monday, two on September 9.",
            "2024-09-09",
        ),
    ],
)
def test_days_count_from_the_dateline_and_have_the_year_of_the_days_told_in_full(
    text: str, wanted: str
) -> None:
    assert day(text) == wanted


def test_a_day_before_who_speaks_between_commas_is_of_what_happened() -> None:
    claims = tollbook.read(
        "On Sunday, residents said, nine were killed, while six died on Monday.",
        published="2025-03-12",
        language="en",
    ).claims
    assert [c.when and c.when.start for c in claims] == ["2025-03-09", "2025-03-10"]
    assert day("On Monday, police said, nine were killed in the raid on Sunday.") == "2025-03-09"
    assert day("On Monday, police said nine were killed on Sunday.") == "2025-03-09"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        # the day on which somebody spoke, and that of another event
        ("A raid on a camp near Dara left nine dead, officials said on Tuesday. On 3 March, an attack killed six in Homs.",
         ["2025-03-11", "2025-03-03"]),
        # neither does the next sentence's day, nor an event of the sentence before, make it the report's
        ("A raid left nine dead in Dara, officials said on Tuesday. Four were hurt in the blast. On 3 March, six died in Homs.",
         ["2025-03-11", "2025-03-11", "2025-03-03"]),
        ("The death toll from Monday's air strike in Dara stands at 16, officials said.", ["2025-03-10"]),
        # what goes back to the report's own event has its day
        (("A bus was hit in Dara on Monday and 12 people died. On 3 February, 41 people were killed in Homs. Police said that"
         " 12 people had been killed."), ["2025-03-10", "2025-02-03", "2025-03-10"]),
        (("A bus was hit in Dara on Monday and 12 people died. On 3 February, six people were killed in Homs. The toll later"
         " rose to 15."), ["2025-03-10", "2025-02-03", "2025-03-10"]),
        # but not what goes on with the other
        ("A bus was hit in Dara on Monday and 12 people died. On 3 February, a bus was hit in Homs. Six people were killed.",
         ["2025-03-10", "2025-02-03"]),
    ],
)  # fmt: skip
def test_another_event_leaves_the_report_its_day(text: str, days: list[str]) -> None:
    claims = tollbook.read(text, published="2025-03-12", language="en").claims
    assert [c.when.start if c.when else None for c in claims] == days
