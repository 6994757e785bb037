"""Names pasted as lines under a head of harm are persons, one a line; other lists are nobody's death."""

import pytest

import tollbook
from tollbook.model.reading import Reading


def names(text: str) -> list[str]:
    return [c.count.quote for c in tollbook.read(text, language="en").claims]


def killed(reading: Reading) -> int | None:
    return next(row.best for row in reading.toll if (row.harm, row.status) == ("killed", "all"))


@pytest.mark.parametrize(
    "text",
    [
        "Dead:\n1. Ali Hassan\n2. Omar Saleh, 34\n3. Huda Karim (19)\n",
        "Martyrs:\n- Ali Hassan\n- Omar Saleh, from Homs\n- Huda Karim\n",
        "Killed:\nAli Hassan\nOmar Saleh\nHuda Karim\nThe list is not complete.\n",
    ],
)
def test_each_line_is_a_person(text: str) -> None:
    assert names(text) == ["Ali Hassan", "Omar Saleh", "Huda Karim"]
    assert killed(tollbook.read(text, language="en")) == 3


def test_names_of_people_counted_before_add_nothing() -> None:
    text = "Three people were killed in Homs on Monday.\n\nThe dead:\n1. Ali Hassan\n2. Omar Saleh\n3. Huda Karim\n"
    assert killed(tollbook.read(text, language="en")) == 3


@pytest.mark.parametrize(
    "text",
    [
        "Read more:\n- Ali Hassan Speaks\n- Omar Saleh Wins\n",
        "The dead of the match:\nReal Madrid won the cup on Friday.\nBarcelona Football Club lost it.\n",
        "Dead:\n1. none\n2. nobody else\n",
    ],
)
def test_other_lists_name_no_dead(text: str) -> None:
    assert not names(text)
