"""Worlds of known number: drawn as stated, held by the quoted interval or warned of, and a prior for very many lists."""

import numpy as np
import pytest

from tollbook.estimation import Settings, simulate
from tollbook.estimation.latent import Sampling, sample_latent
from tollbook.estimation.prior import elicit
from tollbook.estimation.simulate import WORLDS, coverage

SWIFT = Settings(families=("loglinear", "graphs", "no_highest_interaction", "lower_bound"), replicates=100)


@pytest.mark.parametrize("name", WORLDS)
def test_a_world_is_drawn_anew_by_each_seed_and_the_same_by_the_same(name: str) -> None:
    table, truth = simulate(name, 5)
    assert truth == WORLDS[name].people
    assert len(table.lists) == WORLDS[name].width
    assert 0 < table.documented < truth
    assert simulate(name, 5)[0] == table
    assert simulate(name, 6)[0] != table


def test_inclusion_is_as_stated() -> None:
    stated = np.array([0.3, 0.25, 0.2, 0.15])
    on = np.zeros(4)
    for seed in range(20):
        for pattern, count in simulate("indep4", seed)[0].cells:
            on += np.array([int(one) for one in pattern]) * count
    assert on / 20_000 == pytest.approx(stated, abs=0.012)  # four standard errors of the largest


@pytest.mark.parametrize("name", ["indep4", "dep12", "ag4a"])
def test_the_quoted_interval_holds_the_truth_or_the_report_warns(name: str) -> None:
    for done, scores in coverage(name, 6, SWIFT, 40):
        count, quoted = done, scores["quoted"]
    assert count == 6
    assert (
        quoted.covered >= 5 or quoted.warned == count
    )  # 2 misses of 6 happen to an honest interval once in thirty
    assert scores["graphs"].given + scores["graphs"].warned <= count


def test_a_prior_of_what_is_possible_lifts_the_estimate_of_very_many_lists() -> None:
    table, truth = simulate("wide25", 1)
    plain = Sampling(burn=300, draws=300, thin=3, workers=1)
    told = elicit(len(table.lists), 1.1, 3.0, plain)
    low, high = (
        table.documented + np.median(sample_latent(table, sampling, 3).unlisted) for sampling in (plain, told)
    )
    assert table.documented < low < high
    assert abs(high - truth) < abs(low - truth)
