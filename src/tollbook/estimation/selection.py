"""selection: counts -> the log-linear answer with the doubt of the choice of model in it.

The model of best BIC is one answer; weights exp(-BIC/2) average all of them (Raftery 1995); the bootstrap draws
tables, chooses again in each, and so keeps the doubt of the choice in the interval (Silverman, Chan, Vincent 2024).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tollbook.estimation._numbers import normal_share
from tollbook.estimation.diagnose import normal_quantile
from tollbook.estimation.latent import Tick
from tollbook.estimation.loglinear import Array, Fit, Model, all_models, design, fit_batch, fit_models

_KEPT = (
    320  # models a bootstrap chooses among, best first; on the five-list tables more changed no limit by 2%
)


@dataclass(frozen=True, slots=True)
class Selected:
    """The best model, the average over models, and the bootstrap that chooses anew (draws of the whole number)."""

    best: Fit
    averaged: float
    weights: tuple[tuple[Model, float], ...]
    boot: Array
    again: float
    low: float
    high: float


def proper_fits(counts: NDArray[np.int64], models: Sequence[Model] | None = None) -> list[Fit]:
    """Fit models and keep those whose number of unseen persons the table fixes, best BIC first."""
    lists = len(counts).bit_length() - 1
    fits = fit_models(counts, models or all_models(lists))
    limit = 1e4 * float(counts.sum())
    return sorted((f for f in fits if f.exists and f.identified and f.total < limit), key=lambda f: f.bic)


def model_weights(fits: Sequence[Fit], criterion: str = "bic") -> Array:
    """Return weights exp(-criterion/2), summing to one; `criterion` is bic or aic."""
    values = np.array([getattr(f, criterion) for f in fits])
    weights = np.exp(-(values - values.min()) / 2)
    return np.asarray(weights / weights.sum())


def boot_selection(
    counts: NDArray[np.int64],
    fits: Sequence[Fit],
    *,
    replicates: int = 1000,
    seed: int = 0,
    level: float = 0.95,
    tick: Tick | None = None,
) -> Selected:
    """Choose by BIC, and again in each bootstrap table; the interval is bias-corrected and accelerated (BCa)."""
    lists = len(counts).bit_length() - 1
    rng = np.random.default_rng(seed)
    seen = counts[1:].astype(np.float64)
    drawn = rng.multinomial(int(seen.sum()), seen / seen.sum(), size=replicates).astype(np.float64)
    models = [f.model for f in fits[:_KEPT]]
    boot, chosen = _choose(drawn, models, lists, tick)
    weights = model_weights(fits)
    usable = boot[np.isfinite(boot)]
    low, high = _bca(seen, fits[0].total, usable, models, lists, level)
    return Selected(
        fits[0],
        float(np.exp((weights * np.log([f.total for f in fits])).sum())),
        tuple((f.model, float(w)) for f, w in zip(fits[:8], weights, strict=False)),
        usable,
        float(np.mean(chosen == 0)),
        low,
        high,
    )


def _choose(
    tables: Array, models: Sequence[Model], lists: int, tick: Tick | None
) -> tuple[Array, NDArray[np.int64]]:
    """Return for each table the whole number under its best model, and the place of that model.

    Tables are fitted model by model, all tables at once; only the criterion and the number are kept.
    """
    total = tables.sum(axis=1)
    best = np.full(len(tables), np.inf)
    answer = np.full(len(tables), np.inf)
    chosen = np.full(len(tables), -1)
    for i, model in enumerate(models):
        batch = fit_batch(design(lists, model)[1:], tables, subsets=model, tries=30)
        bic = batch.deviance + (len(model) + 1) * np.log(total)
        unseen = np.exp(np.minimum(batch.intercept, 60.0))
        better = (bic < best) & batch.exists & batch.identified & (unseen < 1e4 * total)
        best[better], chosen[better] = bic[better], i
        answer[better] = (total + unseen)[better]
        if tick is not None:
            tick((i + 1) / len(models))
    return answer, chosen


def _bca(
    seen: Array, point: float, boot: Array, models: Sequence[Model], lists: int, level: float
) -> tuple[float, float]:
    """Return BCa limits; the acceleration is from the jackknife over cells, each weighed by its count."""
    if boot.size < 50:
        return math.nan, math.nan
    present = np.flatnonzero(seen)
    left = np.repeat(seen[None, :], len(present), axis=0)
    left[np.arange(len(present)), present] -= 1
    jack, _ = _choose(left, models, lists, None)
    fine = np.isfinite(jack)
    weight, jack = seen[present][fine], jack[fine]
    away = (weight * jack).sum() / weight.sum() - jack
    spread = (weight * away**2).sum()
    bend = (weight * away**3).sum() / (6 * spread**1.5) if spread > 0 else 0.0
    below = np.clip((boot < point).mean() + (boot == point).mean() / 2, 1 / boot.size, 1 - 1 / boot.size)
    start = float(normal_quantile(np.array([below]))[0])
    tails = normal_quantile(np.array([(1 - level) / 2, (1 + level) / 2]))
    levels = [normal_share(start + (start + z) / (1 - bend * (start + z))) for z in tails]
    return float(np.quantile(boot, levels[0])), float(np.quantile(boot, levels[1]))
