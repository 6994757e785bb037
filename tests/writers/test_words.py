"""A record in words: figures as people write them, and nothing of a report that could rule a screen."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import tollbook
from tollbook.errors import Problem
from tollbook.model.answer import TollRow, TollTable
from tollbook.model.count import Count
from tollbook.model.toll import Toll
from tollbook.writers.answers import write_toll
from tollbook.writers.words import (
    confidence_words,
    count_words,
    doubt_words,
    harmless,
    is_right_to_left,
    nothing_words,
    problem_words,
    quoted,
    toll_words,
)


def count(kind: str, low: int | None, best: int | None, high: int | None, quote: str = "dozens") -> Count:
    return Count(quote, 0, 0, kind, low, best, high, kind == "vague", "house")  # type: ignore[arg-type]  # a kind


@pytest.mark.parametrize(
    ("given_count", "words"),
    [
        (count("exact", 1745, 1745, 1745), "1,745"),
        (count("at_least", 20, 20, None), "≥ 20"),
        (count("at_most", None, 20, 20), "≤ 20"),
        (count("about", 20, 20, 20), "~ 20"),
        (count("range", 10, 10, 15), "10–15"),
        (count("vague", 24, 24, None), "≥ 24"),
        (count("vague", None, None, None), "“dozens”"),
        (count("some", 1, None, None), "some"),
        (count("none", 0, 0, 0), "none"),
    ],
)
def test_a_count_is_written_as_people_write_it(given_count: Count, words: str) -> None:
    assert count_words(given_count) == words


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (1018, 1018, 1018, "1,018"),
        (1018, 1018, None, "at least 1,018"),
        (10, 12, 15, "10 to 15 (best 12)"),
        (10, None, 15, "10 to 15"),
        (None, 20, 20, "up to 20"),
        (None, None, None, "unknown"),
        (None, None, 5, "up to 5"),
        (0, 0, 0, "0"),
    ],
)
def test_a_toll_is_written_with_what_is_open(
    low: int | None, best: int | None, high: int | None, words: str
) -> None:
    assert toll_words(Toll("killed", "all", low, best, high, ())) == words


@given(st.text())
def test_nothing_rules_the_screen_and_no_character_moves(text: str) -> None:
    shown = harmless(text)
    assert len(shown) == len(text)
    assert not any(ord(c) < 32 and c not in "\n\t" for c in shown)
    assert not any(0x7F <= ord(c) < 0xA0 for c in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


@given(st.text(), st.text())
def test_a_problem_is_one_line(where: str, what: str) -> None:
    assert "\n" not in problem_words(Problem(where, what))


def test_a_quotation_has_one_pair_of_marks() -> None:
    assert quoted('"12\n people"') == "“12 people”"


def test_what_nobody_looked_at_is_no_finding() -> None:
    assert nothing_words(tollbook.read("It was a quiet day in the town, officials said.")).startswith(
        "No cas"
    )
    unread = tollbook.read("一切平静。", language="zh")
    assert "no finding" in nothing_words(unread)
    assert "no finding" in unread.to_html()


def test_the_way_of_writing_is_told_by_the_letters() -> None:
    assert is_right_to_left("قتل 12 شخصا AFP")
    assert not is_right_to_left("At least 12 people, said المرصد.")
    assert not is_right_to_left("")


@pytest.mark.parametrize(
    ("sure", "words", "doubt"),
    [(0.97, "high 0.97", ""), (0.9, "high 0.90", ""), (0.85, "fair 0.85", "fair 0.85"), (0.71, "low 0.71", "low 0.71"),
     (0.5, "doubtful 0.50", "doubtful 0.50"), (None, "", "")],
)  # fmt: skip
def test_confidence_is_a_word_and_a_share(sure: float | None, words: str, doubt: str) -> None:
    claim = replace(tollbook.read("Two people were killed.", language="en").claims[0], confidence=sure)
    assert (confidence_words(claim), doubt_words(claim)) == (words, doubt)
    assert confidence_words(replace(claim, state="confirmed")) == ""


def test_a_sum_that_nothing_tells_is_a_question_mark_and_never_nought() -> None:
    rows = (
        TollRow(("displaced",), 1, 1, 0, None, 1, 1),
        TollRow(("injured",), 1, 0, 0, None, 1, 1),
        TollRow(("killed",), 2, 37, 37, None, 1, 1),
    )
    out = io.StringIO()
    write_toll(TollTable(("harm",), rows, ()), Console(file=out, width=100))
    lines = [line.split() for line in out.getvalue().splitlines()]
    assert lines[1:4] == [
        ["displaced", "1", "1", "?", "open"],
        ["injured", "1", "?", "?", "open"],
        ["killed", "2", "37", "37+", "open"],
    ]
