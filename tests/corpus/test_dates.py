"""Times in the news style: at least 19 in 20 mean the days that a careful reader gives them; today, each of them."""

import pytest
from dating import Row, given, is_right, rows

ROWS = list(rows())


def test_there_are_many() -> None:
    assert len([row for row in ROWS if row.words]) >= 300


@pytest.mark.parametrize("row", ROWS, ids=[f"{r.published} {r.text[:50]}" for r in ROWS])
def test_a_time(row: Row) -> None:
    times = given(row)
    assert is_right(row, times), times


@pytest.mark.parametrize("row", [r for r in ROWS if r.published == "2013-03-22"], ids=lambda r: r.text[:50])
def test_the_words_of_a_time_are_those_that_annotators_mark(row: Row) -> None:
    words = [words for words, _ in given(row)]
    assert row.words in words if row.words else not words
