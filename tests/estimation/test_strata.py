"""Strata, their sum, and labels that are missing: the published figures of Gaza, October 2023 to June 2024."""

from collections import Counter

import pytest

from tollbook.estimation.impute import complete_cases, impute_labels, missing_share
from tollbook.estimation.settings import Settings
from tollbook.estimation.strata import answer_strata, tables_by_stratum
from tollbook.estimation.study import Plan, by_strata, study, together
from tollbook.model.estimate import Estimate, Refusal, Strata

Rows = dict[tuple[tuple[str, ...], str], int]
LISTS = ("hospital", "survey", "social")
ALONE = Settings(families=("loglinear",), replicates=200)


def of(strata: Strata) -> Estimate:
    answer = strata.summed[0]
    assert isinstance(answer, Estimate)
    return answer


def test_missing_ages_imputed_and_pooled_give_the_published_total(gaza_rows: Rows) -> None:
    assert sum(gaza_rows.values()) == 29_271
    found = by_strata(gaza_rows, LISTS, ALONE, Plan(strata=("sex", "age")), 1)
    answer = of(found)
    assert 62_000 <= answer.estimated.best <= 66_500  # published: 64,260 (55,298 to 78,525)
    figures = dict(answer.figures)
    assert figures["limits_low"] == pytest.approx(55_000, rel=0.04)
    assert figures["limits_high"] == pytest.approx(78_000, rel=0.04)
    assert figures["limits_low"] < answer.estimated.low < answer.estimated.high < figures["limits_high"]
    assert (found.unlabelled, found.fills) == (1014, 20)
    assert sum(s.table.documented for s in found.strata) == 29_271
    assert sum(s.labelled for s in found.strata) == 29_271 - 1014


def test_complete_cases_are_warned_of_and_lose_a_third(gaza_rows: Rows) -> None:
    found = by_strata(gaza_rows, LISTS, ALONE, Plan(strata=("sex", "age"), missing="drop"), 1)
    assert of(found).estimated.best == pytest.approx(39_465, rel=0.02)
    assert [check.passed for check in found.checks] == [False]
    assert "social" in found.checks[0].words


def test_complete_cases_are_refused_when_many_lack_a_label(gaza_rows: Rows) -> None:
    more = {key: 3 * n if "" in key[0] else n for key, n in gaza_rows.items()}
    assert missing_share(more) > 0.05
    refused = complete_cases(more, LISTS)
    assert isinstance(refused, Refusal)
    found = by_strata(more, LISTS, ALONE, Plan(strata=("sex", "age"), missing="drop"), 1)
    assert isinstance(found.summed[0], Refusal)
    assert found.quoted is None
    anyway = by_strata(more, LISTS, ALONE, Plan(strata=("sex", "age"), missing="drop-anyway"), 1)
    assert not anyway.checks[0].passed
    assert anyway.quoted is not None


def test_imputation_loses_nobody_and_differs_from_fill_to_fill(gaza_rows: Rows) -> None:
    one, two, again = (impute_labels(gaza_rows, seed) for seed in (1, 2, 1))
    assert one == again
    assert one != two
    before = together(gaza_rows, LISTS)
    for filled in (one, two):
        assert together(filled, LISTS) == before
        assert all("" not in labels for labels, _ in filled)


def test_nobody_is_lost_where_no_one_has_labels() -> None:
    rows: Rows = {(("",), "110"): 5, (("",), "101"): 4, (("",), "011"): 3}
    filled = impute_labels(rows, 1)
    assert filled == rows
    assert list(tables_by_stratum(filled, ("A", "B", "C"))) == ["?"]


def test_a_stratum_that_is_refused_refuses_the_sum_by_name(gaza_rows: Rows) -> None:
    rows: Rows = {key: n for key, n in gaza_rows.items() if "" not in key[0]}
    rows[("X", "0-14"), "100"] = 7
    found = by_strata(rows, LISTS, ALONE, Plan(strata=("sex", "age")), 1)
    refused = found.summed[0]
    assert isinstance(refused, Refusal)
    assert "X · 0-14" in refused.words


def test_partial_pooling_narrows_small_strata(gaza_rows: Rows) -> None:
    rows: Rows = Counter({key: (n + 5) // 6 for key, n in gaza_rows.items() if "" not in key[0]})
    plain = by_strata(rows, LISTS, ALONE, Plan(strata=("sex", "age")), 1)
    leaning = by_strata(rows, LISTS, ALONE, Plan(strata=("sex", "age"), partial=True), 1)
    width = [of(s).estimated.high - of(s).estimated.low for s in (plain, leaning)]
    assert width[1] < width[0]


def test_the_sum_and_all_together_are_both_there(gaza_rows: Rows) -> None:
    plan = Plan(strata=("sex", "age"), imputations=3, consistency=False, without=False)
    found = study(gaza_rows, LISTS, ALONE, plan, 1)
    assert found.quoted is not None
    assert found.strata is not None
    assert found.strata.quoted is not None
    assert found.documented == 29_271
    assert any("fewer than ten" in note for note in of(found.strata).notes)


def test_strata_are_the_same_whatever_the_order_of_rows(gaza_rows: Rows) -> None:
    rows = {key: n for key, n in gaza_rows.items() if "" not in key[0]}
    back = dict(reversed(list(rows.items())))
    one, two = (answer_strata(tables_by_stratum(r, LISTS), ALONE, 1)[1][0] for r in (rows, back))
    assert one == two
