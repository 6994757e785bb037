"""heterogeneity: counts -> the closed-population family M0, Mt, Mth (Chao, Poisson, Darroch, Gamma).

One added column says how the number of lists a person is on bends the cells: persons differ in how visible they
are. Rivest and Baillargeon (2007).
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tollbook.estimation.loglinear import Array, fit_batch

KINDS = ("M0", "Mt", "Mth Chao", "Mth Poisson2", "Mth Darroch", "Mth Gamma3.5")


@dataclass(frozen=True, slots=True)
class HeterogeneityFit:
    """One member of the family: everyone listed or not, standard error, deviance, degrees of freedom, estimable."""

    kind: str
    total: float
    error: float
    deviance: float
    freedom: int
    estimable: bool


def fit_heterogeneity(counts: NDArray[np.int64], kind: str) -> HeterogeneityFit:
    """Fit one member of KINDS to a table (`full_counts`). `Mth Chao` is a lower bound, not an estimate."""
    lists = len(counts).bit_length() - 1
    seen = counts[1:].astype(np.float64)
    index = np.arange(1, len(counts))
    captures = np.array([int(i).bit_count() for i in index], dtype=np.float64)
    main = np.array([[i >> j & 1 for j in range(lists)] for i in index], dtype=np.float64)
    constant = np.ones((len(index), 1))
    bend: dict[str, Array] = {
        "Mth Poisson2": 2.0**captures - 1,
        "Mth Darroch": captures**2 / 2,
        "Mth Gamma3.5": -np.log(3.5 + captures) + math.log(3.5),
    }
    extra = 0
    if kind == "M0":
        matrix = np.concatenate([constant, captures[:, None]], axis=1)
    elif kind == "Mth Chao":
        return _chao(seen, np.concatenate([constant, main], axis=1), captures, lists)
    else:
        columns = [constant, main] + ([bend[kind][:, None]] if kind in bend else [])
        matrix = np.concatenate(columns, axis=1)
    return _one(kind, matrix, seen, extra)


def _one(kind: str, matrix: Array, seen: Array, dropped: int) -> HeterogeneityFit:
    batch = fit_batch(matrix, seen[None, :])
    unseen = math.exp(min(float(batch.intercept[0]), 60.0))
    error = math.sqrt(max(unseen + unseen**2 * float(batch.variance[0]), 0.0))
    return HeterogeneityFit(
        kind,
        float(seen.sum()) + unseen,
        error,
        float(batch.deviance[0]),
        len(seen) - matrix.shape[1] + dropped,
        bool(batch.identified[0]),
    )


def _chao(seen: Array, base: Array, captures: Array, lists: int) -> HeterogeneityFit:
    """Fit Chao's bound: hinges from three lists on, those with a negative slope taken out one by one."""
    hinges = {j: np.maximum(captures - j + 1, 0.0) for j in range(3, lists + 1)}
    while True:
        matrix = np.concatenate([base, *(h[:, None] for h in hinges.values())], axis=1)
        fitted = fit_batch(matrix, seen[None, :])
        with np.errstate(divide="ignore"):
            logs = np.log(np.maximum(fitted.expected[0], 1e-300))
        slopes = np.linalg.lstsq(matrix, logs, rcond=None)[0][base.shape[1] :]
        if not hinges or slopes.min() >= 0:
            return _one("Mth Chao", matrix, seen, 0)
        hinges.pop(list(hinges)[int(np.argmin(slopes))])
