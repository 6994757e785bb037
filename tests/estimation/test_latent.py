"""The latent-class sampler against an exact answer, the published ones, and itself."""

import math

import numpy as np
import pytest

from tollbook.estimation.diagnose import agreement, effective_size, modes_of, normal_quantile, split_rhat
from tollbook.estimation.latent import Array, Sampling, sample_latent
from tollbook.estimation.table import parse_cells
from tollbook.model.estimate import Table

TINY = parse_cells("100:3 010:2 001:2 110:1 111:1")
# table, median, low, high: reference program, or published for the Philippines
PUBLISHED = [
    ("spina3", 733, 686, 819),
    ("hiv", 10947, 9351, 13305),
    ("down5", 629, 590, 719),
    ("western", 1834, 1305, 3005),
    ("neworl5_185", 832, 570, 1368),
]
PHILIPPINES = [
    ("ph_manila_police", 575, 534, 639),
    ("ph_manila_unidentified", 414, 314, 635),
    ("ph_quezon_police", 348, 338, 368),
    ("ph_quezon_unidentified", 428, 392, 481),
    ("ph_caloocan_police", 331, 302, 379),
    ("ph_caloocan_unidentified", 745, 632, 908),
]


def within(values: Array, exact: float) -> bool:
    """Tell whether the mean of chains is within four Monte Carlo standard errors."""
    error = float(values.std()) / math.sqrt(effective_size(values))
    return abs(float(values.mean()) - exact) < 4 * error


@pytest.mark.long_chains
@pytest.mark.parametrize("rungs", [1, 3])
def test_the_exact_answer_of_a_tiny_table(rungs: int) -> None:
    """Everything but the concentration integrated by hand: mean 12.9727, P(0) .127854, P(1) .171993."""
    sampling = Sampling(classes=2, burn=2000, draws=25_000, thin=2, rungs=rungs, flattest=0.3)
    unlisted = sample_latent(TINY, sampling, 5).unlisted
    assert within(9 + unlisted, 12.9727)
    assert within((unlisted == 0).astype(float), 0.127854)
    assert within((unlisted == 1).astype(float), 0.171993)
    assert within((unlisted > 51).astype(float), 0.000454)
    assert list(np.quantile(9 + unlisted, [0.025, 0.25, 0.5, 0.75, 0.975])) == [9, 10, 12, 14, 24]


@pytest.mark.long_chains
@pytest.mark.parametrize(("name", "median", "low", "high"), PUBLISHED)
def test_medians_and_limits_are_those_of_the_reference(
    tables: dict[str, Table], name: str, median: int, low: int, high: int
) -> None:
    sampling = Sampling(burn=1500, draws=1500, thin=8, rungs=4, flattest=0.15)
    draws = tables[name].documented + sample_latent(tables[name], sampling, 11).unlisted
    found = np.quantile(draws, [0.5, 0.025, 0.975])
    assert found[0] == pytest.approx(median, rel=0.02)
    assert found[1:] == pytest.approx([low, high], rel=0.04)


@pytest.mark.long_chains
@pytest.mark.parametrize(("name", "mean", "low", "high"), PHILIPPINES)
def test_the_six_published_strata_of_the_philippines(
    tables: dict[str, Table], name: str, mean: int, low: int, high: int
) -> None:
    sampling = Sampling(classes=5, burn=1000, draws=1000, thin=8, rungs=4, flattest=0.15)
    draws = tables[name].documented + sample_latent(tables[name], sampling, 3).unlisted
    assert draws.mean() == pytest.approx(mean, rel=0.03)
    assert np.quantile(draws, [0.025, 0.975]) == pytest.approx([low, high], rel=0.05)


@pytest.mark.long_chains
def test_the_same_seed_gives_the_same_draws_on_any_number_of_threads(tables: dict[str, Table]) -> None:
    few = Sampling(burn=200, draws=50, thin=5)
    one = sample_latent(tables["spina3"], few, 4).unlisted
    assert (one == sample_latent(tables["spina3"], few, 4).unlisted).all()
    alone = Sampling(burn=200, draws=50, thin=5, workers=1)
    assert (one == sample_latent(tables["spina3"], alone, 4).unlisted).all()
    assert (one != sample_latent(tables["spina3"], few, 5).unlisted).any()


def test_progress_is_told_and_ends_at_one() -> None:
    heard: list[float] = []
    sample_latent(TINY, Sampling(classes=2, burn=10, draws=20, thin=1, workers=1), 1, heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == pytest.approx(1.0)


def test_diagnostics_tell_agreement_from_its_lack() -> None:
    rng = np.random.default_rng(1)
    same = rng.standard_normal((4, 2000))
    apart = same + np.array([[0.0], [0.0], [0.0], [2.0]])
    slow = np.cumsum(0.1 * same, axis=1)
    assert split_rhat(same) < 1.01
    assert split_rhat(apart) > 1.2
    assert effective_size(same) == pytest.approx(8000, rel=0.15)
    assert effective_size(slow) < 100
    assert agreement(np.exp(same + 5))[0] < 1.01
    stuck = np.ones((4, 100)) * np.arange(4)[:, None]
    assert math.isinf(split_rhat(stuck))
    assert effective_size(np.ones((4, 100))) == 0


def test_effective_size_of_an_autoregression_is_its_known_one() -> None:
    rng = np.random.default_rng(2)
    chains = np.zeros((4, 20_000))
    for i in range(1, chains.shape[1]):
        chains[:, i] = 0.8 * chains[:, i - 1] + rng.standard_normal(4)
    assert effective_size(chains) == pytest.approx(chains.size * (1 - 0.8) / (1 + 0.8), rel=0.12)


def test_modes_are_parted_at_valleys_and_only_there() -> None:
    rng = np.random.default_rng(3)
    one = np.exp(rng.normal(9, 0.2, 8000))
    two = np.concatenate([one, np.exp(rng.normal(11, 0.1, 3000))])
    assert len(modes_of(one)) == 1
    parts = modes_of(two)
    assert [len(p) for p in parts] == [8000, 3000]
    assert len(modes_of(np.full(100, 7.0))) == 1


def test_normal_quantiles_are_exact() -> None:
    known = [-3.090232306, -1.959963985, 0.0, 1.281551566, 4.753424309]
    assert normal_quantile(np.array([0.001, 0.025, 0.5, 0.9, 1 - 1e-6])) == pytest.approx(known, abs=1e-7)
