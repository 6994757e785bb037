"""by_models: Table -> the answer of log-linear models, the doubt of the choice of model in it."""

import math
from collections.abc import Sequence

import numpy as np

from tollbook.estimation.diagnose import normal_quantile
from tollbook.estimation.latent import Tick
from tollbook.estimation.loglinear import Fit, close, profile_interval, spell
from tollbook.estimation.search import candidate_models
from tollbook.estimation.selection import Selected, boot_selection, model_weights, proper_fits
from tollbook.estimation.settings import ASSUMES, Settings
from tollbook.estimation.shaping import interval_of, less, refuse_cap, refuse_width, thinned
from tollbook.estimation.table import full_counts
from tollbook.model.estimate import Answer, Estimate, Interval, Refusal, Table

MOST_LISTS = 8


def loglinear(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> Answer:
    """Answer by BIC over hierarchical log-linear models, the choice of model bootstrapped."""
    if len(table.lists) > MOST_LISTS:
        return refuse_width("loglinear", len(table.lists), MOST_LISTS, "log-linear models are searched for")
    counts = full_counts(table)
    fits = proper_fits(counts, candidate_models(counts))
    if not fits:
        return Refusal(
            "loglinear",
            "not_identified",
            "no model fixes the number of the unseen: too few persons are on two lists or more - find more overlap, "
            "or give the documented number only",
        )
    if settings.averaged:
        return _averaged(table, fits, settings, seed)
    chosen = boot_selection(
        counts, fits, replicates=settings.replicates, seed=seed, level=settings.level, tick=tick
    )
    if chosen.boot.size < 0.9 * settings.replicates or not math.isfinite(chosen.high):
        return Refusal(
            "loglinear",
            "unstable",
            f"in {1 - chosen.boot.size / settings.replicates:.0%} of bootstrap tables no model fixes the unseen - too "
            "little overlap between lists - give the documented number only",
        )
    if chosen.high > settings.cap * table.documented:
        return refuse_cap("loglinear", settings)
    return _chosen(table, chosen, len(fits), settings)


def _chosen(table: Table, chosen: Selected, models: int, settings: Settings) -> Estimate:
    """Word the answer of the best model, its interval from the bootstrap that chooses again."""
    best = chosen.best
    low, high = max(chosen.low, float(table.documented)), chosen.high
    fixed = profile_interval(full_counts(table), close(best.model), settings.level)
    whole = Interval(low, min(max(best.total, low), high), high, settings.level)
    name = spell(best.model, table.lists).replace(",", ", ")
    return Estimate(
        "loglinear",
        "estimate",
        whole,
        less(whole, table.documented),
        ASSUMES["loglinear"],
        "hierarchical log-linear models, BIC, bootstrap of the selection (BCa)",
        (
            f"best model {name}, chosen again in {chosen.again:.0%} of bootstrap tables",
            f"were that model known to be right: {fixed[0]:,.0f} to {fixed[2]:,.0f}",
        ),
        (
            ("best_bic", best.bic),
            ("averaged", chosen.averaged),
            ("models", float(models)),
            ("chosen_again", chosen.again),
        ),
        thinned(chosen.boot, settings.kept),
    )


def _averaged(table: Table, fits: Sequence[Fit], settings: Settings, seed: int) -> Answer:
    """Draw the unseen from all models by weight, log-normal about each one's value; models beyond 5 times drop out.

    The figures `limit_low` and `limit_high` are the models' own limits, averaged by weight: the interval that
    published analyses by strata add up.
    """
    rng = np.random.default_rng(seed)
    kept = [f for f in fits if f.total - table.documented <= 5 * table.documented] or list(fits)
    weights = model_weights(kept, settings.criterion)
    unseen = np.maximum(np.array([f.total for f in kept]) - table.documented, 1e-3)
    spread = np.sqrt(np.log1p((np.array([f.error for f in kept]) / unseen) ** 2))
    which = rng.choice(len(kept), settings.kept, p=weights)
    centre = np.log(unseen) - spread**2 / 2
    draws = table.documented + np.exp(centre[which] + spread[which] * rng.standard_normal(settings.kept))
    away = spread * normal_quantile(np.array([(1 + settings.level) / 2]))[0]
    limits = [table.documented + float(weights @ (unseen * np.exp(sign * away))) for sign in (-1, 1)]
    whole = interval_of(draws, settings.level)
    if whole.high > settings.cap * table.documented:
        return refuse_cap("loglinear", settings)
    return Estimate(
        "loglinear",
        "estimate",
        whole,
        less(whole, table.documented),
        ASSUMES["loglinear"],
        f"hierarchical log-linear models averaged by {settings.criterion.upper()}",
        figures=(("models", float(len(kept))), ("limit_low", limits[0]), ("limit_high", limits[1])),
        draws=tuple(float(x) for x in draws),
    )
