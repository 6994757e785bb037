"""Words of a brief for figures, days and places: one style for all forms."""

import pytest

from tollbook.model.brief import Part
from tollbook.writers.brief_figures import bracketed, figure_words, period_words
from tollbook.writers.brief_places import placed


def test_one_place_in_two_spellings_is_named_once() -> None:
    assert placed(("Latakia", "Tartus", "Ţarţūs"), ("Syria",)) == "Latakia and Tartus, Syria"
    assert placed((), ("Syria", "Iraq", "Sudan", "Mali")) == "Syria, Iraq, Sudan and Mali"
    assert placed((), ("Syria", "Iraq", "Sudan", "Mali", "Chad")) == "Syria, Iraq, Sudan and elsewhere"


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((12, 12, 12), "12 people"), ((1, 1, 1), "1 person"), ((20, 20, None), "at least 20 people"),
        ((20, 25, None), "at least 20 people (25 by the counting rule)"), ((None, None, 9), "up to 9 people"),
        ((803, 1656, 1656), "between 803 and 1,656 people (1,656 by the counting rule)"),
        ((3, None, 5), "between 3 and 5 people"), ((None, None, None), "an unknown number of people"),
    ],
)  # fmt: skip
def test_figures_are_worded_by_the_house_style(
    figures: tuple[int | None, int | None, int | None], words: str
) -> None:
    assert figure_words(*figures, status="all")[0] == words


def test_days_and_numbers_in_brackets() -> None:
    assert period_words("2025-03-06", "2025-03-12") == "6–12 March 2025"
    assert period_words("2024-12-30", "2025-01-02") == "30 December 2024 – 2 January 2025"
    assert bracketed((5, 1, 2, 3, 9)) == "[1–3][5][9]"
    assert Part("a") == Part("a")
