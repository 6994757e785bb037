"""Hostile texts cost in proportion to their length: calls are counted, not seconds."""

import sys
from collections.abc import Callable

import pytest

import tollbook
from tollbook.model.report import report_of
from tollbook.pipeline import read_report


def calls(text: str) -> int:
    """Return how many Python functions a reading calls."""
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    report = report_of(text, published="2025-03-09", language="en")
    sys.setprofile(profile)
    try:
        read_report(report)
    finally:
        sys.setprofile(None)
    return count


_FIGURES = (
    "on Monday {} civilians were killed and {} hurt when shells hit a market in Aleppo, the governor said"
)
HOSTILE: dict[str, Callable[[int], str]] = {
    "one endless sentence": lambda n: (
        "the bomb killed two men and wounded three women near the market " * (n // 12)
    ),
    "numbers in a row": lambda n: "12 " * n + "were killed",
    "brackets": lambda n: "12 people (" * (n // 3) + "were killed",
    "places in a row": lambda n: "Aleppo, Idlib, Hama and " * (n // 6) + "Homs were hit; 12 were killed",
    "names in a row": lambda n: "Ali Hassan, " * (n // 3) + "were killed",
    "capitals": lambda n: "TWELVE SOLDIERS AND A PRIEST OF JOCOTAN " * (n // 7) + "WERE KILLED.",
    "including": lambda n: "20 people, including " * (n // 4) + "3 children, were killed",
    "hedges": lambda n: "more than at least about " * (n // 4) + "12 were killed",
    "days": lambda n: "on Thursday and Friday, 3 March 2025, " * (n // 8) + "12 were killed",
    "speakers": lambda n: "said the minister of the interior and " * (n // 7) + "12 were killed",
    "different figures": lambda n: ", and ".join(
        _FIGURES.format(k % 90 + 2, k % 70 + 2) for k in range(n // 20)
    ),
    "a voice for each figure": lambda n: ".\n".join(
        _FIGURES.format(k % 90 + 2, k % 70 + 2) for k in range(n // 20)
    ),
    "one claim a line": lambda n: "12 people were killed in Kano.\n" * (n // 8),
}


@pytest.mark.parametrize("kind", sorted(HOSTILE))
def test_twice_the_text_is_twice_the_work(kind: str) -> None:
    make = HOSTILE[kind]
    read_report(report_of(make(200), language="en"))  # what is kept between readings is kept by now
    small, large = calls(make(1_500)), calls(make(6_000))
    assert large < 4 * 1.6 * small + 20_000


def test_a_sentence_of_100_000_characters_and_50_000_numbers_are_read() -> None:
    long = tollbook.read("the shelling killed two men and " * 3_200 + "a boy.", language="en")
    assert long.claims
    assert len(long.report.text) > 100_000
    assert tollbook.read("7 " * 50_000 + "people were killed.", language="en").report
