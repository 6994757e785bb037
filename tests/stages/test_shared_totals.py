"""Totals of several incidents told together: shared out by the rules of coders who do so, and left whole by the others."""

import pytest

import tollbook

RAIDS = (
    "Assailants raided the village of Kori. This was one of six attacks on villages. "
    "At least 21 people were killed and 30 others were injured across the attacks."
)
BOMBS = (
    "A bomber blew himself up in Homs. This was one of two related bombings. In addition to the bomber, at least 32 people "
    "were killed and 90 others were injured across both attacks."
)


def toll(text: str, profile: str) -> dict[str, int | None]:
    reading = tollbook.read(text, profile=profile, language="en")
    return {row.harm: row.best for row in reading.toll if row.status == "all"}


def test_a_total_of_several_attacks_is_shared_out_over_them_by_gtd_and_stays_whole_in_the_house() -> None:
    assert toll(RAIDS, "gtd") == {"killed": 4, "injured": 5}
    assert toll(RAIDS, "house") == {"killed": 21, "injured": 30}


def test_the_attacker_of_one_of_them_is_not_shared_out() -> None:
    assert toll(BOMBS, "gtd") == {"killed": 17, "injured": 45}


def test_the_ledger_says_over_how_many_and_the_count_keeps_its_words() -> None:
    reading = tollbook.read(RAIDS, profile="gtd", language="en")
    assert [c.count.best for c in reading.claims] == [21, 30]
    assert all(
        "6 incidents told together" in row.ledger[0].reason for row in reading.toll if row.status == "all"
    )


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("Farmers attacked three camps, killing 12 people. Fatalities are split across three events.", 4),
        (
            "Farmers attacked three camps, killing 12. 12 fatalities split across 3 events and coded as 5 for this event.",
            5,
        ),
        ("Two men were killed in the attack. This was one of two attacks in the town.", 2),
        ("Twelve people were killed in three attacks on villages.", 12),
    ],
)
def test_only_what_is_told_of_several_is_shared_out(text: str, best: int) -> None:
    assert toll(text, "acled")["killed"] == best


def test_what_is_told_of_several_together_is_shared_out_as_one_sum() -> None:
    text = (
        "Assailants attacked a checkpoint in Tenna. This was one of two attacks in the area. At least five officers and 30 "
        "assailants were killed across both attacks."
    )
    assert toll(text, "gtd")["killed"] == 18
    assert toll(text, "house")["killed"] == 35


def test_where_a_total_is_told_across_the_attacks_none_in_the_blasts_is_shared_out() -> None:
    text = (
        "Two bombs went off at a station in Tenna. At least 16 people were killed in the blasts. This was one of two attacks "
        "in the city. At least 270 people were injured across both incidents."
    )
    assert toll(text, "gtd") == {"killed": 16, "injured": 135}
