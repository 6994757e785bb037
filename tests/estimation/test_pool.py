"""Replicates are pooled by the published rule; strata lean on each other as far as they are alike."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from tollbook.errors import UsageError
from tollbook.estimation._numbers import log_gamma, normal_share, student_quantile
from tollbook.estimation.pool import pool_replicates, shrink_strata

DOCUMENTED = [982, 1045, 1026, 1125, 1040, 1073, 1056, 1025, 1088, 1025]
DOCUMENTED += [921, 931, 934, 937, 942, 932, 927, 937, 936, 938]


def standard(rng: np.random.Generator, size: int) -> NDArray[np.float64]:
    drawn = rng.standard_normal(size)
    return np.asarray((drawn - drawn.mean()) / drawn.std(ddof=1))


def test_twenty_replicates_give_the_published_interval() -> None:
    """1,266 to 2,148 with W .0848141, B .0346588, 23.686 degrees of freedom: replicates are made with those."""
    rng = np.random.default_rng(3)
    means = 6.33537 + np.sqrt(0.0346588) * standard(rng, 20)
    draws = [
        n + np.exp(mean + np.sqrt(0.0848141) * standard(rng, 1000))
        for n, mean in zip(DOCUMENTED, means, strict=True)
    ]
    found = pool_replicates(draws, DOCUMENTED)
    assert (found.within, found.between, found.freedom) == pytest.approx(
        (0.0848141, 0.0346588, 23.686), rel=1e-4
    )
    assert (found.estimated.low, found.estimated.high) == pytest.approx((1266, 2148), abs=1)
    assert found.estimated.best == pytest.approx(1593, abs=5)  # of the natural scale: depends on the draws
    assert found.warning == ""


def test_one_replicate_is_refused_and_few_are_warned_of() -> None:
    draws = [np.array([120.0, 130.0, 140.0])] * 3
    with pytest.raises(UsageError, match="at least two"):
        pool_replicates(draws[:1], [100])
    assert "fewer than ten" in pool_replicates(draws, [100, 100, 100]).warning


def test_nobody_unlisted_counts_as_a_tenth() -> None:
    found = pool_replicates([np.array([100.0, 101.0]), np.array([100.0, 102.0])], [100, 100])
    assert found.unlisted.low > 0


def test_special_functions_against_tables() -> None:
    assert student_quantile(0.975, 23.686) == pytest.approx(2.06540, abs=1e-4)
    assert student_quantile(0.975, 4.0) == pytest.approx(2.776445, abs=1e-5)
    assert normal_share(1.959964) == pytest.approx(0.975, abs=1e-7)
    points = [0.03125, 0.5, 1.0, 7.9, 5000.25, 1e6]
    assert log_gamma(np.array(points)) == pytest.approx(
        [math.lgamma(x) for x in points], rel=1e-12, abs=1e-12
    )


def test_small_strata_lean_on_the_others_and_large_ones_do_not() -> None:
    rng = np.random.default_rng(1)
    ratios, sizes, errors = [0.9, 1.0, 1.1, 3.0], [5000, 5000, 5000, 20], [0.05, 0.05, 0.05, 1.0]
    draws = [
        n + n * np.exp(np.log(r) + e * rng.standard_normal(4000))
        for r, n, e in zip(ratios, sizes, errors, strict=True)
    ]
    shrunk = shrink_strata(draws, sizes, 1)
    after = [float(np.median(d / n - 1)) for d, n in zip(shrunk, sizes, strict=True)]
    assert after[:3] == pytest.approx(ratios[:3], rel=0.06)
    assert 0.9 < after[3] < 1.8  # drawn from 3 towards the common 1
    assert all(d.min() >= n for d, n in zip(shrunk, sizes, strict=True))
