"""Figures and days as a page writes them."""

import pytest

from tollbook.model.answer import TollRow
from tollbook.web.figures import days, figure, toll_figure
from tollbook.web.pages.timeline import ends_of
from tollbook.web.render import plain, say


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (12, 12, 12, "12"),
        (10, 12, 15, "12 (10–15)"),
        (1000, 1000, None, "at least 1,000"),
        (None, None, 30, "up to 30"),
        (None, None, None, "–"),
        (0, 0, 0, "0"),
    ],
)
def test_a_toll_in_one_phrase(low: int | None, best: int | None, high: int | None, words: str) -> None:
    assert toll_figure(low, best, high) == words


def test_unknown_is_never_nought() -> None:
    assert figure(None, None, None) == "–"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2025-03-06", "2025-03-12", "6–12 March 2025"),
        ("2025-03-30", "2025-04-02", "30 March – 2 April 2025"),
        ("2024-12-30", "2025-01-02", "30 December 2024 – 2 January 2025"),
        ("2025-03-06", None, "6 March 2025"),
        (None, None, "no day known"),
    ],
)
def test_days_in_one_phrase(start: str | None, end: str | None, words: str) -> None:
    assert days(start, end) == words


def test_marks_that_turn_the_direction_of_a_page_are_shown_and_not_obeyed() -> None:
    assert plain("a\u202eb\u2066c\x00") == "a�b�c�"
    assert plain("سوريا") == "سوريا"


def test_one_of_a_thing_has_words_of_its_own() -> None:
    assert say("incident.list", n=1) == "One incident"
    assert say("incident.list", n="2,000") == "2,000 incidents"


def test_a_row_of_the_timeline_leads_to_its_first_and_last_day() -> None:
    assert ends_of("2025-03-07", "day") == ("2025-03-07", "2025-03-07")
    assert ends_of("2025-03-03 to 2025-03-10", "week") == ("2025-03-03", "2025-03-16")
    assert ends_of("2024-02", "month") == ("2024-02-01", "2024-02-29")
    assert ends_of("2024-11 to 2024-12", "month") == ("2024-11-01", "2024-12-31")
    assert ends_of("9999-12-27", "week")[1] == "9999-12-31"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (TollRow(("displaced",), 2, 5, 0, None, 2, 2), "at least 5"),
        (TollRow(("killed",), 1, 0, 0, None, 1, 1), "–"),
        (TollRow(("killed",), 2, 7, 7, None, 1, 1), "at least 7"),
        (TollRow(("killed",), 1, 0, 30, 30, 0, 0), "30 (up to 30)"),
        (TollRow(("killed",), 1, 0, 0, 0, 0, 0), "0"),
    ],
)
def test_a_sum_without_a_best_figure_is_not_nought(row: TollRow, words: str) -> None:
    assert toll_figure(*row.told) == words
