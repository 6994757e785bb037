"""Log-linear models give the figures that the reference programs give (Rcapture 1.4-4)."""

import itertools
import math

import numpy as np
import pytest

from tollbook.estimation.heterogeneity import KINDS, fit_heterogeneity
from tollbook.estimation.loglinear import (
    all_models,
    fit_models,
    generators,
    model_of,
    profile_interval,
    spell,
)
from tollbook.estimation.selection import boot_selection, proper_fits
from tollbook.estimation.table import full_counts
from tollbook.model.estimate import Table

# table, model, N, SE, deviance, df, AIC, BIC
FITS = [
    ("kosovo", "123,14,34", 10356.52, 785.90, 9.3227, 4, 132.747, 203.030),
    ("kosovo", "123,134", 12740.97, 1600.71, 1.0171, 3, 126.441, 203.113),
    ("kosovo", "134,12,23", 18393.31, 1738.83, 10.2503, 4, 133.674, 203.957),
    ("kosovo", "123,14,24,34", 9824.17, 801.66, 7.0466, 3, 132.471, 209.143),
    ("gaza", "12,13,23", 64696.07, 3587.12, 0.0, 0, 78.328, 136.318),
    ("uk5", "12,13,23,25,34", 22991.33, 3021.59, 22.204, 20, 131.451, 196.540),
    ("uk5", "12,13,24,25,35,45", 11312.99, 802.73, 16.351, 19, 127.599, 198.605),
    ("uk5", "12,13,15,24,25,35,45", 11174.83, 791.35, 11.872, 18, 125.119, 202.042),
    ("ned5", "12,15,23,24,25,35,45", 48012.73, 3263.89, 9.398, 18, 130.846, 222.054),
    ("ned5", "12,13,15,24,34,35", 121521.61, 13022.69, 24.340, 19, 143.787, 227.979),
    ("neworl5_185", "1,2,3,4,5", 1034.15, 254.95, 19.283, 25, 77.529, 96.852),
    ("western", "15,2,3,4", 2483.38, 534.89, 26.584, 24, 91.840, 118.744),
    ("hiv", "1,2,3,4", 11124.58, 904.75, 13.026, 10, 90.062, 117.800),
    ("lesbian", "12,14,23,24,34", 6349.02, 533.47, 11.974, 5, 124.327, 181.221),
    ("spina3", "23,1", 730.93, 16.98, 3.860, 2, 53.831, 76.028),
    ("spina3", "12,23", 758.32, 25.52, 0.0033, 1, 51.975, 78.611),
]
# table, model, low, best, high of the 95% multinomial profile
PROFILES = [
    ("kosovo", "123,14,34", 8994.3, 10334.5, 12110.4),
    ("kosovo", "123,134", 10184, 12688, 16703),
    ("gaza", "12,13,23", 58211.6, 64613.9, 72334.7),
    ("uk5", "12,13,23,25,34", 17991, 22964, 30142),
    ("uk5", "12,13,15,24,25,35,45", 9771, 11166, 12900),
    ("ned5", "12,15,23,24,25,35,45", 42185, 47990, 55075),
    ("neworl5_185", "1,2,3,4,5", 665.6, 1027, 1762),
    ("western", "15,2,3,4", 1681, 2474, 3928),
    ("hiv", "1,2,3,4", 9532, 11117, 13114),
    ("lesbian", "12,14,23,24,34", 5422, 6337, 7536),
    ("spina3", "23,1", 699.8, 729.7, 766.5),
    ("spina3", "12,23", 713.2, 756.3, 813.8),
]
# M0, Mt, Chao's bound, Poisson2, Darroch, Gamma3.5
FAMILY = {
    "kosovo": (7608.4, 7394.6, 8591.2, 9327.8, 12797.3, 18387.1),
    "gaza": (91200.8, 66749.8, 68574.8, 81779.8, 99421.2, 123343.9),
    "hiv": (11576.7, 11124.6, 11701.0, 14849.8, 21327.5, 30623),
    "lesbian": (3829.2, 3738.5, 4321.4, 4942.2, 6963.7, 10259.6),
    "uk5": (14832.2, 13444.1, 13570.0, 14572, 14650, 14715),
    "ned5": (65949, 52924, 53714, 59544, 68818, 79427),
    "western": (2115, 2007, 2201, 2691, 4608, 7665),
    "spina3": (860.3, 763.9, 763.9, 674.7, 649.1, 636.9),
    "down5": (655.8, 638.5, 659.8, 666.6, 696.9, 727.7),
}


@pytest.mark.parametrize(("name", "model", "total", "error", "deviance", "freedom", "aic", "bic"), FITS)
def test_a_fit_is_that_of_the_reference(
    tables: dict[str, Table],
    name: str,
    model: str,
    total: float,
    error: float,
    deviance: float,
    freedom: int,
    aic: float,
    bic: float,
) -> None:
    fit = fit_models(full_counts(tables[name]), [model_of(model)])[0]
    assert fit.freedom == freedom
    assert (fit.exists, fit.identified) == (True, True)
    near = pytest.approx
    assert (fit.total, fit.error, fit.aic, fit.bic) == near((total, error, aic, bic), rel=1e-4)
    assert fit.deviance == near(deviance, rel=1e-4, abs=5e-4 if deviance > 5 else 5e-5)


@pytest.mark.parametrize(("name", "model", "low", "best", "high"), PROFILES)
def test_a_profile_is_that_of_the_reference(
    tables: dict[str, Table], name: str, model: str, low: float, best: float, high: float
) -> None:
    found = profile_interval(full_counts(tables[name]), model_of(model))
    assert found == pytest.approx((low, best, high), rel=1e-3)


@pytest.mark.parametrize("name", FAMILY)
def test_the_heterogeneity_family_is_that_of_the_reference(tables: dict[str, Table], name: str) -> None:
    counts = full_counts(tables[name])
    found = [fit_heterogeneity(counts, kind).total for kind in KINDS]
    assert found == pytest.approx(FAMILY[name], rel=1e-3)


def test_there_are_as_many_models_as_the_books_say() -> None:
    assert [len(all_models(n)) for n in (3, 4, 5)] == [8, 113, 1024]


@pytest.mark.parametrize(
    ("name", "best", "total"),
    [("kosovo", "[123,14,34]", 10356.5), ("gaza", "[12,13,23]", 64696.1), ("korea", "[12,23]", 157.17)],
)
def test_the_best_of_all_models(tables: dict[str, Table], name: str, best: str, total: float) -> None:
    fit = proper_fits(full_counts(tables[name]))[0]
    assert spell(fit.model) == best
    assert fit.total == pytest.approx(total, rel=1e-4)


def test_pairs_alone_are_confidently_wrong_on_kosovo(tables: dict[str, Table]) -> None:
    fits = proper_fits(full_counts(tables["kosovo"]), all_models(4, 2))
    assert fits[0].total == pytest.approx(14341.7, rel=1e-4)  # a near-census found 10,401
    assert profile_interval(full_counts(tables["kosovo"]), fits[0].model)[0] > 12_000


def test_what_does_not_exist_and_what_is_not_identified_is_told(tables: dict[str, Table]) -> None:
    counts = full_counts(tables["artificial3"])
    pairs, one, none = fit_models(counts, [model_of("12,13,23"), model_of("12,3"), model_of("1,2,3")])
    assert not pairs.identified
    assert not (one.exists and one.identified)
    assert (none.exists, none.identified) == (True, True)


def test_the_bootstrap_keeps_the_doubt_of_the_choice(tables: dict[str, Table]) -> None:
    counts = full_counts(tables["kosovo"])
    found = boot_selection(counts, proper_fits(counts), replicates=1000, seed=1)
    fixed = profile_interval(counts, found.best.model)
    assert found.low == pytest.approx(6947, rel=0.08)
    assert found.high == pytest.approx(18_060, rel=0.08)
    assert found.high - found.low > 2 * (fixed[2] - fixed[0])
    assert found.again == pytest.approx(0.375, abs=0.05)


def test_generators_and_their_spelling_go_both_ways() -> None:
    for model in all_models(4):
        assert model_of(spell(model)) == model
        for one, two in itertools.permutations(generators(model), 2):
            assert one & two != one


def test_a_fit_has_the_margins_of_the_table(tables: dict[str, Table]) -> None:
    counts = full_counts(tables["lesbian"]).astype(np.float64)
    from tollbook.estimation.loglinear import design, fit_batch  # noqa: PLC0415  # the inside, on purpose

    model = model_of("12,14,23,24,34")
    matrix = design(4, model)[1:]
    fitted = fit_batch(matrix, counts[None, 1:], subsets=model).expected[0]
    assert matrix.T @ fitted == pytest.approx(matrix.T @ counts[1:], rel=1e-6)
    assert math.isclose(fitted.sum(), counts.sum(), rel_tol=1e-9)
