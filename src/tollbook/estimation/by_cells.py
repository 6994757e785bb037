"""by_cells: Table -> answers from the cells themselves: no highest interaction, and Chao's lower bound."""

import math

import numpy as np

from tollbook.estimation.diagnose import normal_quantile
from tollbook.estimation.heterogeneity import fit_heterogeneity
from tollbook.estimation.latent import Tick
from tollbook.estimation.settings import ASSUMES, Settings
from tollbook.estimation.shaping import Array, interval_of, less, refuse_cap, refuse_width, thinned
from tollbook.estimation.table import full_counts
from tollbook.model.estimate import Answer, Estimate, Interval, Refusal, Table

MOST_LISTS, MOST_BOUND = 5, 10
_EMPTY = 0.15  # share of empty cells beyond which their product is noise


def no_highest_interaction(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> Answer:
    """Answer by the saturated model without its highest interaction (xi = 1)."""
    found = xi_draws(table, 1.0, settings.kept, seed)
    if isinstance(found, Refusal):
        return found
    whole = interval_of(found, settings.level)
    if whole.high > settings.cap * table.documented:
        return refuse_cap("no_highest_interaction", settings)
    return Estimate(
        "no_highest_interaction",
        "sensitivity",
        whole,
        less(whole, table.documented),
        ASSUMES["no_highest_interaction"],
        "odds products of all cells, xi = 1",
        draws=thinned(found, settings.kept),
    )


def xi_draws(table: Table, xi: float, count: int, seed: int) -> Array | Refusal:
    """Draw the whole number when the unseen cell is `xi` times what no highest interaction would make it.

    The product of cells on an odd number of lists over those on an even number is the unseen cell; shares are
    Dirichlet(count + 1/2). Aleshin-Guendel, Sadinle, Wakefield (2024). Refuses a table with many empty cells.
    """
    if len(table.lists) > MOST_LISTS:
        return refuse_width(
            "no_highest_interaction", len(table.lists), MOST_LISTS, "the product of all cells has a meaning"
        )
    counts = full_counts(table)[1:].astype(np.float64)
    if (counts == 0).mean() > _EMPTY:
        return Refusal(
            "no_highest_interaction",
            "empty_cells",
            f"{int((counts == 0).sum())} of {len(counts)} cells are empty - the product of cells means nothing - merge "
            "lists, or leave this family out",
        )
    rng = np.random.default_rng(seed)
    gammas = rng.standard_gamma(counts + 0.5, size=(count, len(counts)))
    signs = np.array([1.0 if int(i).bit_count() % 2 else -1.0 for i in range(1, len(counts) + 1)])
    ratio = xi * np.exp((signs * np.log(gammas)).sum(axis=1)) / gammas.sum(axis=1)
    seen = counts.sum()
    return np.asarray(seen + rng.poisson(np.minimum(rng.standard_gamma(seen, size=count) * ratio, 1e12)))


def lower_bound(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> Answer:
    """Answer with Chao's lower bound: a floor under every model in which people only differ in visibility."""
    if len(table.lists) > MOST_BOUND:
        return refuse_width("lower_bound", len(table.lists), MOST_BOUND, "the bound is fitted for")
    fit = fit_heterogeneity(full_counts(table), "Mth Chao")
    unseen = fit.total - table.documented
    if not fit.estimable or unseen > settings.cap * table.documented:
        return Refusal(
            "lower_bound",
            "not_identified",
            "the cells on one and two lists do not bound the unseen - find more overlap, or leave the floor out",
        )
    quantile = float(normal_quantile(np.array([(1 + settings.level) / 2]))[0])
    spread = math.exp(quantile * math.sqrt(math.log1p((fit.error / max(unseen, 1e-9)) ** 2)))
    hidden = Interval(unseen / spread, unseen, unseen * spread, settings.level)
    low, best, high = (table.documented + x for x in (hidden.low, hidden.best, hidden.high))
    return Estimate(
        "lower_bound",
        "floor",
        Interval(low, best, high, settings.level),
        hidden,
        ASSUMES["lower_bound"],
        "Chao's lower bound with list effects (Mth)",
        figures=(("error", fit.error),),
    )
