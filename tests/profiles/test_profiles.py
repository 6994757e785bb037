"""Counting profiles: the table of record.md, row by row."""

import pytest

import tollbook
from tollbook.errors import UsageError
from tollbook.profiles.profile import installed_profiles, load_profile

ROWS = [
    ("20 people were killed.", "exact", (20, 20, 20), (20, 20, 20)),
    ("Twenty people were killed.", "exact", (20, 20, 20), (20, 20, 20)),
    ("A soldier was killed.", "exact", (1, 1, 1), (1, 1, 1)),
    ("About 20 people were killed.", "about", (20, 20, 20), (20, 20, 20)),
    ("Some 20 people were killed.", "about", (20, 20, 20), (20, 20, 20)),
    ("At least 20 people were killed.", "at_least", (20, 20, None), (20, 20, 20)),
    ("More than 20 people were killed.", "at_least", (20, 20, None), (20, 20, 20)),
    ("Up to 20 people were killed.", "at_most", (None, 20, 20), (20, 20, 20)),
    ("As many as 20 people were killed.", "at_most", (None, 20, 20), (20, 20, 20)),
    ("10 to 15 people were killed.", "range", (10, 10, 15), (10, 10, 10)),
    ("Between 10 and 15 people were killed.", "range", (10, 10, 15), (10, 10, 10)),
    ("10-15 people were killed.", "range", (10, 10, 15), (10, 10, 10)),
    ("A couple of people were killed.", "exact", (2, 2, 2), (2, 2, 2)),
    ("Several people were killed.", "vague", (3, 3, None), (3, 3, 3)),
    ("A few people were killed.", "vague", (3, 3, None), (3, 3, 3)),
    ("A dozen people were killed.", "exact", (12, 12, 12), (12, 12, 12)),
    ("Half a dozen people were killed.", "exact", (6, 6, 6), (6, 6, 6)),
    ("Dozens of people were killed.", "vague", (24, 24, None), (12, 12, 12)),
    ("Scores of people were killed.", "vague", (40, 40, None), (40, 40, 40)),
    ("Hundreds of people were killed.", "vague", (200, 200, None), (100, 100, 100)),
    ("Thousands of people were killed.", "vague", (2000, 2000, None), (1000, 1000, 1000)),
    ("People were killed.", "some", (1, None, None), (3, 3, 3)),
    ("No one was killed.", "none", (0, 0, 0), (0, 0, 0)),
]


@pytest.mark.parametrize(("text", "kind", "house", "acled"), ROWS)
def test_house_and_acled(
    text: str, kind: str, house: tuple[int | None, ...], acled: tuple[int | None, ...]
) -> None:
    for profile, figures in (("house", house), ("acled", acled)):
        claim = tollbook.read(text, profile=profile, language="en").claims[0]
        assert (claim.count.kind, (claim.count.low, claim.count.best, claim.count.high)) == (kind, figures)
        assert claim.count.profile == profile


@pytest.mark.parametrize("profile", ["gtd", "aoav"])
def test_gtd_and_aoav_leave_vague_words_blank(profile: str) -> None:
    for text in ("Dozens of people were killed.", "Several people were killed.", "People were killed."):
        count = tollbook.read(text, profile=profile, language="en").claims[0].count
        assert (count.low, count.best, count.high) == (None, None, None)


def test_attackers_are_apart_by_the_house_rule_and_counted_by_gtd() -> None:
    text = "Four people were killed in the market. The attacker was shot dead by police."
    best = {
        p: next(t.best for t in tollbook.read(text, profile=p).toll if t.status == "all")
        for p in ("house", "gtd")
    }
    assert best == {"house": 4, "gtd": 5}


def test_an_unknown_profile_is_named() -> None:
    assert installed_profiles() == ("acled", "aoav", "gtd", "house")
    with pytest.raises(UsageError, match="no profile 'un'"):
        load_profile("un")
