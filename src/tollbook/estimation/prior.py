"""prior: what the latent-class model believes of N/n before it sees anything, and a prior that believes what one says.

Uniform inclusion on every list says, of many lists, that hardly anyone escapes them all: near-empty lists then pull
the estimate down. A prior on the multiplier N/n says what is thought possible instead.
"""

import math
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tollbook.errors import UsageError
from tollbook.estimation.latent import Sampling

Array = NDArray[np.float64]
_STEPS = 25
_CLOSE = 0.02  # of the log of the multiplier less one


def multipliers(lists: int, sampling: Sampling, draws: int = 4000, seed: int = 0) -> Array:
    """Draw N/n from the prior alone: one over the chance to be on some list."""
    rng = np.random.default_rng(seed)
    shape, rate = sampling.concentration
    alpha = np.maximum(rng.gamma(shape, 1 / rate, draws), 1e-8)
    sticks = rng.beta(1.0, alpha[:, None], (draws, sampling.classes))
    sticks[:, -1] = 1.0
    share = sticks * np.concatenate([np.ones((draws, 1)), np.cumprod(1 - sticks, axis=1)[:, :-1]], axis=1)
    missed = np.ones((draws, sampling.classes))
    for _ in range(lists):
        missed *= 1 - rng.beta(*sampling.rates, (draws, sampling.classes))
    return np.asarray(1 / np.maximum(1 - (share * missed).sum(axis=1), 1e-12))


def multiplier_interval(lists: int, sampling: Sampling, level: float = 0.95) -> tuple[float, float]:
    """Return the interval that the prior alone gives to N/n."""
    low, high = np.quantile(multipliers(lists, sampling), [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


@lru_cache(maxsize=32)
def elicit(lists: int, low: float, high: float, sampling: Sampling) -> Sampling:
    """Return the sampling whose prior gives N/n the 95% interval from `low` to `high`, both above 1.

    The Beta prior of inclusion is solved for by damped Newton steps on the logs of its two numbers.
    """
    if not 1.0 < low < high:
        raise UsageError(f"multiplier {low:g} to {high:g} - everyone over the listed - give 1 < low < high")
    aim = np.log([low - 1, high - 1])

    def miss(at: Array) -> Array:
        tried = replace(sampling, rates=(math.exp(at[0]), math.exp(at[1])))
        ends = np.array(multiplier_interval(lists, tried))
        return np.asarray(np.log(np.maximum(ends - 1, 1e-9)) - aim)

    at = np.log(np.array([1.0, max(1.0, lists / 3)]))
    best, left = at, miss(at)
    for _ in range(_STEPS):
        if np.abs(left).max() < _CLOSE:
            break
        slope = np.column_stack([(miss(best + step) - left) / 0.15 for step in 0.15 * np.eye(2)])
        move = np.linalg.lstsq(slope, -left, rcond=None)[0]
        move *= min(1.0, 1.0 / max(float(np.abs(move).max()), 1e-9))
        for _ in range(5):
            tried = np.clip(best + move, -6.0, 6.0)
            found = miss(tried)
            if np.abs(found).sum() < np.abs(left).sum():
                best, left = tried, found
                break
            move /= 2
        else:
            break
    return replace(sampling, rates=(math.exp(best[0]), math.exp(best[1])))
