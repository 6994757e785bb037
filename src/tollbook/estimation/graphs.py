"""graphs: counts -> posterior of the whole number, averaged over decomposable graphs of the lists.

Hyper-Dirichlet priors on the cells make the weight of each graph and each number of unseen persons exact.
Madigan and York (1997). The saturated graph is left out unless asked for: its unseen cell is set by the prior
alone, and with a large prior count it says that nobody is missing.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tollbook.estimation._numbers import log_gamma

Array = NDArray[np.float64]
Graph = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class GraphPosterior:
    """Posterior of the unseen on a grid (`unseen`, cumulative `share`) and of each graph, likeliest first."""

    unseen: Array
    share: Array
    mean: float
    graphs: tuple[tuple[str, float], ...]

    def quantile(self, p: float) -> float:
        """Return a quantile of the number of unseen persons."""
        return float(np.interp(p, self.share, self.unseen))

    def draw(self, count: int, seed: int) -> Array:
        """Draw numbers of unseen persons."""
        return np.interp(np.random.default_rng(seed).random(count), self.share, self.unseen)


@lru_cache(maxsize=8)
def decomposable_graphs(lists: int) -> tuple[Graph, ...]:
    """Enumerate decomposable graphs as (cliques, separators), subsets as bit masks; 8, 61, 822 for 3, 4, 5 lists."""
    pairs = list(itertools.combinations(range(lists), 2))
    found = []
    for chosen in itertools.product((False, True), repeat=len(pairs)):
        near = [0] * lists
        for (a, b), on in zip(pairs, chosen, strict=True):
            if on:
                near[a] |= 1 << b
                near[b] |= 1 << a
        parts = _junction(near, lists)
        if parts is not None:
            found.append(parts)
    return tuple(found)


def _junction(near: Sequence[int], lists: int) -> Graph | None:
    """Return cliques and separators by maximum cardinality search, or None for a graph that is not chordal."""
    numbered = 0
    cliques: list[int] = []
    separators: list[int] = []
    before = -1
    for _ in range(lists):
        _, v = max(((near[v] & numbered).bit_count(), -v) for v in range(lists) if not numbered >> v & 1)
        v = -v
        earlier = near[v] & numbered
        if any(earlier >> u & 1 and (earlier & ~(1 << u)) & ~near[u] for u in range(lists)):
            return None
        if (earlier.bit_count() <= before and before >= 0) or not cliques:
            cliques.append(earlier | 1 << v)
            if numbered:
                separators.append(earlier)
        else:
            cliques[-1] |= 1 << v
        before = earlier.bit_count()
        numbered |= 1 << v
    return tuple(cliques), tuple(separators)


def average_graphs(
    counts: NDArray[np.int64],
    *,
    delta: float | None = None,
    most: float | None = None,
    least: int = 0,
    saturated: bool = False,
    log_prior: Callable[[Array], Array] | None = None,
) -> GraphPosterior:
    """Average over decomposable graphs (3 to 5 lists); `counts` as from `full_counts`.

    `delta` is the prior count of each cell (2^-lists unless given), `most` the largest number of unseen persons
    thought possible (40 times the seen) and `least` the smallest, `log_prior` the log prior of the whole number
    (-log N).
    """
    lists = len(counts).bit_length() - 1
    delta = 2.0**-lists if delta is None else delta
    seen = float(counts.sum())
    most = 40 * seen if most is None else most
    grid = _grid(most)[least:]
    graphs = [g for g in decomposable_graphs(lists) if saturated or g[0] != (2**lists - 1,)]
    subsets, values = _margins(counts, lists, delta, grid)
    place = {subset: i for i, subset in enumerate(subsets)}
    signs = np.zeros((len(graphs), len(subsets)))
    for g, (cliques, separators) in enumerate(graphs):
        for clique in cliques:
            signs[g, place[clique]] += 1
        for separator in separators:
            signs[g, place[separator]] -= 1
    whole = seen + grid
    prior = -np.log(whole) if log_prior is None else log_prior(whole)
    cells = 2.0**lists * delta
    common = (
        log_gamma(whole + 1) - log_gamma(grid + 1) + prior + math.lgamma(cells) - log_gamma(whole + cells)
    )
    weight = signs @ values + common
    return _summed(graphs, weight, grid)


def _grid(most: float) -> Array:
    """Return every integer while small, then steps of 0.1%: the weights are smooth there."""
    dense = np.arange(0, min(most, 3000) + 1)
    if most <= 3000:
        return dense
    return np.unique(
        np.concatenate(
            [dense, np.round(np.geomspace(3000, most, max(50, int(1000 * math.log(most / 3000)))))]
        )
    )


def _margins(counts: NDArray[np.int64], lists: int, delta: float, grid: Array) -> tuple[list[int], Array]:
    """Return subsets and, for each, its log margin at every number of unseen persons."""
    subsets = list(range(2**lists))
    values = np.empty((len(subsets), len(grid)))
    index = np.arange(2**lists)
    for i, subset in enumerate(subsets):
        cells = 2 ** subset.bit_count()
        own = delta * 2 ** (lists - subset.bit_count())
        _, inverse = np.unique(index & subset, return_inverse=True)
        margin = np.bincount(inverse, counts)
        fixed = (
            float(log_gamma(margin[1:] + own).sum()) - cells * math.lgamma(own)
            if cells > 1
            else -math.lgamma(own)
        )
        values[i] = log_gamma(grid + margin[0] + own) + fixed
    return subsets, values


def _summed(graphs: Sequence[Graph], weight: Array, grid: Array) -> GraphPosterior:
    steps = np.gradient(grid)
    steps[:1], steps[-1:] = 0.5 * (grid[1] - grid[0]) + 0.5, 0.5 * (grid[-1] - grid[-2])
    mass = np.exp(weight - weight.max())
    mass *= steps
    total = mass.sum()
    by_graph = mass.sum(axis=1) / total
    density = mass.sum(axis=0) / total
    upto = np.cumsum(density)
    order = np.argsort(-by_graph)
    named = tuple((_spell(graphs[i][0]), float(by_graph[i])) for i in order[:10])
    # the mass of a point belongs to the half step on either side: its middle is where half of it is reached
    return GraphPosterior(
        grid, np.maximum.accumulate(upto - density / 2), float((density * grid).sum()), named
    )


def _spell(cliques: Sequence[int]) -> str:
    words = ["".join(str(j + 1) for j in range(c.bit_length()) if c >> j & 1) for c in cliques]
    return "[" + ",".join(sorted(words, key=lambda w: (-len(w), w))) + "]"
