"""Decomposable graphs are averaged to the figures of the reference program (dga 2.0.2)."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from tollbook.estimation._numbers import log_gamma
from tollbook.estimation.graphs import average_graphs, decomposable_graphs
from tollbook.estimation.table import full_counts
from tollbook.model.estimate import Table

# table, prior count of a cell (None: 2^-lists), most unlisted, median, low, high; all with the saturated graph,
# from one unlisted person on, as the reference has it
REFERENCE = [
    ("spina3", 1.0, 300, 732, 682, 798),
    ("down5", None, 537 * 15, 618, 590, 656),
    ("down5", 0.5, 537 * 15, 616, 588, 655),
    ("kosovo", None, 66_000, 12595, 9827, 16544),
    ("kosovo", 0.5, 66_000, 11323, 4500, 14486),
    ("kosovo", 1.0, 66_000, 4617, 4408, 6860),
    ("gaza", None, 29271 * 15, 34878, 29272, 140241),
    ("gaza", 1.0, 29271 * 15, 32327, 29378, 50115),
    ("hiv", None, 1896 * 15, 11220, 9404, 14095),
    ("hiv", 0.5, 1896 * 15, 2045, 1898, 11995),
    ("lesbian", None, 2185 * 15, 5131, 4635, 5749),
    ("lesbian", 1.0, 2185 * 15, 2290, 2189, 2816),
    ("uk5", 0.5, 2744 * 15, 2793, 2745, 3294),
    ("ned5", 1.0, 8234 * 15, 8421, 8241, 9277),
    ("western", 0.5, 345 * 15, 353, 346, 418),
    ("korea", 1.0, 123 * 15, 148, 125, 207),
]


@pytest.mark.parametrize(("name", "delta", "most", "median", "low", "high"), REFERENCE)
def test_the_posterior_is_that_of_the_reference(
    tables: dict[str, Table], name: str, delta: float | None, most: float, median: int, low: int, high: int
) -> None:
    seen = tables[name].documented
    found = average_graphs(full_counts(tables[name]), delta=delta, most=most, least=1, saturated=True)
    limits = [seen + found.quantile(p) for p in (0.5, 0.025, 0.975)]
    assert limits == pytest.approx([median, low, high], abs=1)


def test_graph_probabilities_under_the_informative_prior_of_madigan_and_york(
    tables: dict[str, Table],
) -> None:
    shape, scale = 13.14, 55.17

    def prior(whole: NDArray[np.float64]) -> NDArray[np.float64]:
        return log_gamma(whole + shape) - log_gamma(whole + 1) + whole * math.log(scale / (1 + scale))

    found = average_graphs(
        full_counts(tables["spina3"]), delta=1.0, most=300, least=1, saturated=True, log_prior=prior
    )
    assert sorted((p for _, p in found.graphs[:4]), reverse=True) == pytest.approx(
        [0.3738, 0.3099, 0.2818, 0.0345], abs=1e-3
    )
    assert 626 + found.mean == pytest.approx(733.45, abs=0.05)


@pytest.mark.parametrize(("lists", "count"), [(3, 8), (4, 61), (5, 822)])
def test_there_are_as_many_graphs_as_the_books_say(lists: int, count: int) -> None:
    assert len(decomposable_graphs(lists)) == count


def test_the_saturated_graph_says_that_nobody_is_missing(tables: dict[str, Table]) -> None:
    """With it and a large prior count the answer collapses to the documented: so it is left out by default."""
    counts, seen = full_counts(tables["kosovo"]), tables["kosovo"].documented
    collapsed = average_graphs(counts, delta=1.0, saturated=True)
    assert collapsed.graphs[0][0] == "[1234]"
    assert seen + collapsed.quantile(0.5) < 1.06 * seen
    assert seen + average_graphs(counts, delta=1.0).quantile(0.5) > 2 * seen
    usual = average_graphs(counts)
    assert seen + usual.quantile(0.5) == pytest.approx(12595, abs=1)
    assert all(name != "[1234]" for name, _ in usual.graphs)


def test_large_tables_do_not_overflow() -> None:
    counts = np.array([0, 90_000, 80_000, 40_000, 70_000, 30_000, 20_000, 10_000])
    found = average_graphs(counts)
    assert math.isfinite(found.quantile(0.5))
    assert sum(p for _, p in found.graphs) == pytest.approx(1.0)
