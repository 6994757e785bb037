"""Each school's rule on one event: a monitor and a ministry, fighters, a side's claim, a word without a figure."""

import pytest

import tollbook
from tollbook.errors import UsageError
from tollbook.model.toll import Toll
from tollbook.profiles.toll_rule import installed_toll_rules, load_toll_rule
from tollbook.record import record_of

REPORTS = [
    (
        "At least 12 civilians were killed in an air strike on Idlib on Friday, the Syrian Observatory for Human Rights said.",
        "A",
    ),
    (
        "Sixteen civilians were killed in an air strike on Idlib on Friday, the Syrian Network for Human Rights said.",
        "B",
    ),
    ("The army said it had killed 40 militants in an air strike on Idlib on Friday.", "C"),
]


def toll(rule: str, texts: list[tuple[str, str]], status: str = "all") -> Toll:
    readings = [tollbook.read(t, published="2024-03-09", publisher=p) for t, p in texts]
    incidents = record_of(readings, rule=rule).incidents
    assert len(incidents) == 1
    return next(t for t in incidents[0].tolls if (t.harm, t.status) == ("killed", status))


def figures(row: Toll) -> tuple[int | None, int | None, int | None]:
    return row.low, row.best, row.high


def test_the_house_spans_the_origins_and_keeps_an_open_bound_open() -> None:
    assert figures(toll("house", REPORTS)) == (12, 12, None)


def test_the_house_lets_a_side_s_claim_reach_high_only() -> None:
    assert figures(toll("house", REPORTS[1:])) == (16, 16, 40)


def test_acled_gives_one_figure_and_counts_no_claim_of_a_side() -> None:
    assert figures(toll("acled", REPORTS)) == (12, 12, 12)
    assert figures(toll("acled", REPORTS[1:])) == (16, 16, 16)


def test_ibc_and_airwars_count_civilians_only() -> None:
    for rule in ("ibc", "airwars"):
        row = toll(rule, REPORTS[1:])
        assert figures(row) == (16, 16, 16)
        assert [e.use for e in row.ledger].count("out_of_scope") == 1


def test_airwars_takes_people_of_whom_nothing_is_said_for_civilians() -> None:
    told = [("Nine people were killed in an air strike on Idlib on Friday, residents said.", "A")]
    assert figures(toll("airwars", told, "civilian")) == (9, 9, 9)
    assert figures(toll("house", told, "unknown")) == (9, 9, 9)


def test_vague_words_are_counted_by_the_school_s_own_profile() -> None:
    told = [("Dozens of civilians were killed in an air strike on Idlib on Friday, residents said.", "A")]
    assert toll("house", told).best == 24
    assert toll("acled", told).best == 12


def test_a_rule_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(UsageError, match="house"):
        load_toll_rule("nobody")
    assert set(installed_toll_rules()) == {"house", "ucdp", "acled", "ibc", "airwars"}
    assert all(load_toll_rule(r).version >= 1 for r in installed_toll_rules())
