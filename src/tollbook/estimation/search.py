"""search: counts -> the log-linear models worth fitting when there are too many lists to fit them all."""

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tollbook.estimation.loglinear import Fit, Model, all_models, close, fit_models

_STEPS = 40


def candidate_models(counts: NDArray[np.int64]) -> tuple[Model, ...]:
    """Return every hierarchical model for up to five lists (pairs only for five), else those met on a search.

    The search adds and takes out pairs from independence on, always to the best BIC, and keeps all it met.
    """
    lists = len(counts).bit_length() - 1
    if lists <= 5:
        return all_models(lists)
    pairs = [1 << a | 1 << b for a, b in itertools.combinations(range(lists), 2)]
    met: dict[Model, Fit] = {}
    here = close(1 << j for j in range(lists))
    _fit_new(counts, [here], met)
    for _ in range(_STEPS):
        near = [_toggle(here, pair) for pair in pairs]
        _fit_new(counts, near, met)
        fine = [m for m in near if met[m].exists and met[m].identified]
        best = min(fine, key=lambda m: met[m].bic, default=here)
        if met[best].bic >= met[here].bic - 1e-9:
            break
        here = best
    return tuple(met)


def _toggle(model: Model, pair: int) -> Model:
    return tuple(s for s in model if s != pair) if pair in model else close((*model, pair))


def _fit_new(counts: NDArray[np.int64], models: Sequence[Model], met: dict[Model, Fit]) -> None:
    new = [m for m in models if m not in met]
    if new:
        met.update(zip(new, fit_models(counts, new), strict=True))
