"""A page at one address: what of it is the same report, what a new version, and what an older text that came back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tollbook.desk import asking
from tollbook.desk.keeping import add_received
from tollbook.desk.verifying import verify
from tollbook.model.report import report_of
from tollbook.register.register import Register
from tollbook.sources import Received

FIRST = "At least 12 people were killed in Kano on Monday, police said."
SECOND = FIRST.replace("12", "14")
URL = "https://one.example/kano"


def seen(text: str, *, published: str | None = "2025-03-05", at: str | None = None) -> Received:
    report = report_of(
        text, url=URL, publisher="Daily One", published=published, language="en", media_type="text/html"
    )
    return Received(replace(report, retrieved=at), URL)


def added(register: Register, *items: Received) -> int:
    *_, tally = add_received(register, iter(items))
    return tally.added


def tolls(register: Register) -> list[tuple[int | None, int]]:
    page = asking.incidents(register)
    return [(f.low, line.reports) for line in page.lines for f in line.tolls]


@pytest.fixture
def held(register: str) -> Iterator[Register]:
    with Register(register, create=True) as opened:
        yield opened
        assert verify(opened, recount=True).faults == ()


def test_the_same_words_with_less_known_of_them_are_no_new_version(held: Register) -> None:
    assert added(held, seen(FIRST)) == 1
    assert added(held, seen(FIRST, published=None)) == 0
    assert added(held, seen(FIRST, published=None), seen(FIRST)) == 0
    (line,) = asking.incidents(held).lines
    assert (line.start, tolls(held)) == ("2025-03-03", [(12, 1)])


def test_a_day_that_becomes_known_is_a_new_version(held: Register) -> None:
    assert added(held, seen(FIRST, published=None)) == 1
    assert added(held, seen(FIRST)) == 1
    assert [line.start for line in asking.incidents(held).lines if line.tolls] == ["2025-03-03"]
    assert added(held, seen(FIRST, published=None)) == 0


def test_a_page_dated_anew_counts_once_by_its_new_day(held: Register) -> None:
    added(held, seen(FIRST))
    assert added(held, seen(FIRST, published="2025-03-12")) == 1
    assert [line.start for line in asking.incidents(held).lines if line.tolls] == ["2025-03-10"]


@pytest.mark.parametrize("together", [True, False])
def test_a_page_that_goes_back_to_earlier_words_says_them_again(held: Register, together: bool) -> None:
    captures = [seen(FIRST, at="2025-03-05T10:00:00Z"), seen(SECOND, at="2025-03-05T12:00:00Z"),
                seen(FIRST, at="2025-03-05T14:00:00Z")]  # fmt: skip
    for batch in [captures] if together else [[one] for one in captures]:
        assert added(held, *batch) == len(batch)
    assert [low for low, _ in tolls(held)] == [12]
    key = next(h.key for h in asking.search(held, "at least 14"))
    versions = asking.report(held, key).versions
    assert [v.superseded_by is None for v in versions] == [False, False, True]
    assert added(held, *captures) == 0
    assert added(held, seen(FIRST, at="2025-03-06T09:00:00Z")) == 0  # seen again, and nothing is new
    assert added(held, seen(SECOND, at="2025-03-06T10:00:00Z")) == 1
    assert [low for low, _ in tolls(held)] == [14]


def test_a_list_added_twice_takes_no_page_back(held: Register) -> None:
    both = [seen(FIRST), seen(SECOND)]
    assert added(held, *both) == 2
    assert added(held, *both) == 0
    assert [low for low, _ in tolls(held)] == [14]
