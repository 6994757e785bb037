"""Who said it: pronouns, bodies named before, subjects that only look like speakers."""

import pytest

import tollbook

NETWORK = "The Aid Network for Yemen"
WOUNDED = (
    "A doctor, Ana Ruiz, put the number of wounded at 103. The injured included women and children, he said."
)
CASES = [
    (f"{NETWORK} said 12 people died in Taiz. The group said nine were killed in Ibb.", 1, NETWORK),
    (f"{NETWORK} published a report on Friday. The report documented nine people killed in Ibb.", 0, NETWORK),
    (f"{WOUNDED} More than 50 were badly hurt, he said.", -1, "Ana Ruiz"),
    ("The mayor of Sumy, Oleh Bondar, said rescuers saved six people, while about 20 people were injured.", 0, "Bondar"),
    ("Soldiers killed 17 people, villagers told a radio. The army killed 16 in a school, they said.", 1, "villagers"),
    ("“Three women were killed. A farmer was wounded,” he said.", 1, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "claim", "name"), CASES)
def test_who_said_it(text: str, claim: int, name: str | None) -> None:
    """A figure's origin is the one that the words mean."""
    origin = tollbook.read(text).claims[claim].origin
    assert (origin is None) == (name is None)
    assert origin is None or name is None or name.removeprefix("The ") in origin.name


def test_the_day_of_a_report_dates_no_event() -> None:
    """The day on which a report came out is nobody's death."""
    reading = tollbook.read(
        "The network published a report on 18 April 2020. It recorded 3,334 civilians killed."
    )
    assert reading.claims[0].when is None
