"""answers: Table -> an Answer of each family, through the gate that refuses.

A family gives an Estimate only when its own checks pass; else Modes, when the table supports several centres, or a
Refusal in words. Nothing here adds the documented to the estimated.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from tollbook.estimation.diagnose import agreement, modes_of
from tollbook.estimation.graphs import average_graphs
from tollbook.estimation.heterogeneity import fit_heterogeneity
from tollbook.estimation.latent import Chains, Sampling, Tick, sample_latent
from tollbook.estimation.loglinear import Fit, close, profile_interval, spell
from tollbook.estimation.search import candidate_models
from tollbook.estimation.selection import boot_selection, model_weights, proper_fits
from tollbook.estimation.table import full_counts, refuse_table, usable_lists
from tollbook.model.estimate import Answer, Estimate, Family, Interval, Modes, Refusal, Table

Array = NDArray[np.float64]
RHAT, EFFECTIVE, CHAINS = 1.01, 400.0, 4
ALL_FAMILIES: tuple[Family, ...] = (
    "loglinear",
    "graphs",
    "latent_class",
    "no_highest_interaction",
    "lower_bound",
)
ASSUMES: dict[Family, str] = {
    "loglinear": "some hierarchical pattern of dependence between lists is right, and the interaction of all lists "
    "together is absent",
    "graphs": "the dependence between lists is a decomposable graph, and the saturated graph is ruled out",
    "latent_class": "people fall into a few unseen classes; within a class, being on one list says nothing of another",
    "no_highest_interaction": "the one interaction that the unseen cell alone could show is absent; all others are free",
    "lower_bound": "people differ in how visible they are but lists are otherwise independent; a floor, not a figure",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What to compute and how much. `cap` times the documented is as far as a posterior may reach.

    `averaged` takes log-linear models together by `criterion` (bic, aic) instead of choosing one and bootstrapping
    the choice: right for strata, whose tables are too small to choose on.
    """

    families: tuple[Family, ...] = ALL_FAMILIES
    sampling: Sampling = field(default_factory=Sampling)
    replicates: int = 1000
    cap: float = 20.0
    level: float = 0.95
    temper: bool = True
    extensions: int = 2
    kept: int = 2000
    criterion: str = "bic"
    averaged: bool = False
    least_on_list: int = 1


Work = Callable[[Table, Settings, int, Tick | None], Answer]


def answer_table(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> tuple[Answer, ...]:
    """Answer with every family asked for, in the order of ALL_FAMILIES; one Refusal alone where the table forbids."""
    table = usable_lists(table, settings.least_on_list) if settings.least_on_list > 1 else table
    refused = refuse_table(table)
    if refused is not None:
        return (refused,)
    answers: list[Answer] = []
    chosen = [f for f in ALL_FAMILIES if f in settings.families]
    for at, family in enumerate(chosen):

        def heard(share: float, at: int = at) -> None:
            if tick is not None:
                tick((at + share) / len(chosen))

        answers.append(_WORK[family](table, settings, seed + at, heard))
        heard(1.0)
    return tuple(answers)


def _refuse(family: Family, code: str, words: str) -> Refusal:
    return Refusal(family, code, words)


def _from_draws(draws: Array, level: float, best: float | None = None) -> Interval:
    low, middle, high = np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return Interval(float(low), float(middle if best is None else best), float(high), level)


def _less(interval: Interval, documented: int) -> Interval:
    low, best, high = (max(0.0, x - documented) for x in (interval.low, interval.best, interval.high))
    return Interval(low, best, high, interval.level)


def _thinned(draws: Array, kept: int) -> tuple[float, ...]:
    flat = draws.ravel()
    step = max(1, math.ceil(flat.size / kept))
    return tuple(round(float(x), 1) for x in flat[::step])


def loglinear(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> Answer:
    """Answer by BIC over hierarchical log-linear models, the choice of model bootstrapped."""
    if len(table.lists) > 8:
        return _refuse(
            "loglinear",
            "too_many_lists",
            f"{len(table.lists)} lists - log-linear models reach 8 here - merge lists of one kind",
        )
    counts = full_counts(table)
    fits = proper_fits(counts, candidate_models(counts))
    if not fits:
        return _refuse(
            "loglinear",
            "not_identified",
            "no model fixes the number of the unseen: too few persons are "
            "on two lists or more - find more overlap, or give the documented number only",
        )
    if settings.averaged:
        return _averaged(table, fits, settings, seed)
    chosen = boot_selection(
        counts, fits, replicates=settings.replicates, seed=seed, level=settings.level, tick=tick
    )
    if chosen.boot.size < 0.9 * settings.replicates or not math.isfinite(chosen.high):
        return _refuse(
            "loglinear",
            "unstable",
            f"in {1 - chosen.boot.size / settings.replicates:.0%} of bootstrap "
            "tables no model fixes the unseen - too little overlap between lists",
        )
    best = chosen.best
    low, high = max(chosen.low, float(table.documented)), chosen.high
    fixed = profile_interval(counts, close(best.model), settings.level)
    notes = [
        f"best model {spell(best.model, table.lists)}, chosen again in {chosen.again:.0%} of bootstrap tables",
        f"were that model known to be right: {fixed[0]:,.0f} to {fixed[2]:,.0f}",
    ]
    if high > settings.cap * table.documented:
        return _refuse(
            "loglinear",
            "cap",
            f"the interval reaches beyond {settings.cap:.0f} times the documented - "
            "the table does not bound the number from above",
        )
    whole = Interval(low, min(max(best.total, low), high), high, settings.level)
    return Estimate(
        "loglinear",
        "estimate",
        whole,
        _less(whole, table.documented),
        ASSUMES["loglinear"],
        "hierarchical log-linear models, BIC, bootstrap of the selection (BCa)",
        tuple(notes),
        (
            ("best_bic", best.bic),
            ("averaged", chosen.averaged),
            ("models", float(len(fits))),
            ("chosen_again", chosen.again),
        ),
        _thinned(chosen.boot, settings.kept),
    )


def _averaged(table: Table, fits: Sequence[Fit], settings: Settings, seed: int) -> Answer:
    """Draw the unseen from all models by weight, log-normal about each one's value; models beyond 5 times drop out."""
    rng = np.random.default_rng(seed)
    kept = [f for f in fits if f.total - table.documented <= 5 * table.documented] or list(fits)
    which = rng.choice(len(kept), settings.kept, p=model_weights(kept, settings.criterion))
    unseen = np.maximum(np.array([f.total for f in kept]) - table.documented, 1e-3)[which]
    error = np.array([f.error for f in kept])[which]
    spread = np.sqrt(np.log1p((error / unseen) ** 2))
    draws = table.documented + np.exp(
        np.log(unseen) - spread**2 / 2 + spread * rng.standard_normal(settings.kept)
    )
    whole = _from_draws(draws, settings.level)
    if whole.high > settings.cap * table.documented:
        return _refuse(
            "loglinear",
            "cap",
            f"the interval reaches beyond {settings.cap:.0f} times the documented - "
            "the table does not bound the number from above",
        )
    return Estimate(
        "loglinear",
        "estimate",
        whole,
        _less(whole, table.documented),
        ASSUMES["loglinear"],
        f"hierarchical log-linear models averaged by {settings.criterion.upper()}",
        figures=(("models", float(len(kept))),),
        draws=tuple(float(x) for x in draws),
    )


def graphs(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> Answer:
    """Answer by exact averaging over decomposable graphs (3 to 5 lists), the saturated one left out."""
    if len(table.lists) > 5:
        return _refuse(
            "graphs",
            "too_many_lists",
            f"{len(table.lists)} lists - graphs are averaged for 3 to 5 - merge lists of one kind",
        )
    counts = full_counts(table)
    posterior = average_graphs(counts, most=2 * settings.cap * table.documented)
    draws = table.documented + posterior.draw(settings.kept, seed)
    low, middle, high = (
        table.documented + posterior.quantile(p)
        for p in ((1 - settings.level) / 2, 0.5, (1 + settings.level) / 2)
    )
    whole = Interval(low, middle, high, settings.level)
    if whole.high > settings.cap * table.documented:
        return _refuse(
            "graphs",
            "cap",
            f"the posterior reaches beyond {settings.cap:.0f} times the documented - "
            "the table does not bound the number from above",
        )
    parts = modes_of(draws)
    notes = "; ".join(f"{name} {share:.0%}" for name, share in posterior.graphs[:3])
    if len(parts) > 1:
        return _modes(
            "graphs",
            draws,
            parts,
            "the graphs disagree, and the data do not choose between them: " + notes,
            settings,
        )
    return Estimate(
        "graphs",
        "estimate",
        whole,
        _less(whole, table.documented),
        ASSUMES["graphs"],
        f"decomposable graphs, hyper-Dirichlet prior 2^-{len(table.lists)} a cell, prior 1/N",
        (f"likeliest graphs: {notes}",),
        (("mean", table.documented + posterior.mean),),
        _thinned(draws, settings.kept),
    )


def latent_class(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> Answer:
    """Answer by the latent-class model; longer chains, then tempered ones, are tried before it refuses."""
    sampling = settings.sampling
    if sampling.chains < CHAINS:
        return _refuse(
            "latent_class",
            "too_few_chains",
            f"{sampling.chains} chains - at least {CHAINS} are needed to see that they agree",
        )
    plans = [sampling]
    for _ in range(settings.extensions):
        plans.append(replace(plans[-1], burn=3 * plans[-1].burn, thin=3 * plans[-1].thin))
    if settings.temper and len(table.lists) <= 8:
        plans.insert(1, replace(sampling, rungs=8, flattest=0.08, burn=2 * sampling.burn))
        plans = plans[:-1] if settings.extensions else plans
    worst = ""
    for at, plan in enumerate(plans):

        def heard(share: float, at: int = at) -> None:
            if tick is not None:
                tick((at + share) / len(plans))

        chains = sample_latent(table, plan, seed + 101 * at, heard)
        rhat, size = agreement(chains.unlisted)
        if rhat <= RHAT and size >= EFFECTIVE:
            return _latent_answer(table, chains, plan, settings, rhat, size)
        worst = f"split R-hat {rhat:.3f} (needs {RHAT}), effective size {size:.0f} (needs {EFFECTIVE:.0f})"
    draws = table.documented + chains.unlisted
    parts = modes_of(draws.ravel())
    if len(parts) > 1:
        return _modes(
            "latent_class",
            draws,
            parts,
            f"the chains find more than one answer and do not pass freely between them: {worst}",
            settings,
        )
    return _refuse(
        "latent_class",
        "not_converged",
        f"{plan.chains} chains do not agree - {worst} - ask for longer "
        "chains, merge near-empty lists, or leave this family out",
    )


def _latent_answer(
    table: Table, chains: Chains, plan: Sampling, settings: Settings, rhat: float, size: float
) -> Answer:
    draws = table.documented + chains.unlisted
    beyond = float((draws > settings.cap * table.documented).mean())
    if beyond > (1 - settings.level) / 2:
        return _refuse(
            "latent_class",
            "cap",
            f"{beyond:.0%} of the posterior lies beyond {settings.cap:.0f} times the "
            "documented - the table does not bound the number from above",
        )
    parts = modes_of(draws.ravel())
    if len(parts) > 1 and len(parts[0]) > 0:
        return _modes(
            "latent_class",
            draws,
            parts,
            "the posterior has more than one centre, and the chains agree that it has",
            settings,
        )
    whole = _from_draws(draws, settings.level)
    every = max(1, draws.shape[1] // 250)
    notes = (
        f"{plan.chains} chains agree: split R-hat {rhat:.3f}, effective size {size:,.0f}",
        *(("tempered copies were needed",) if plan.rungs > 1 else ()),
    )
    return Estimate(
        "latent_class",
        "estimate",
        whole,
        _less(whole, table.documented),
        ASSUMES["latent_class"],
        f"latent classes with a Dirichlet process (at most {plan.classes}), label moves",
        notes,
        (
            ("rhat", rhat),
            ("effective_size", size),
            ("mean", float(draws.mean())),
            ("classes_in_use", float(chains.active.mean())),
        ),
        _thinned(draws, settings.kept),
        tuple(tuple(float(x) for x in row[::every]) for row in draws),
    )


def _modes(family: Family, draws: Array, parts: Sequence[Array], words: str, settings: Settings) -> Modes:
    total = sum(len(p) for p in parts)
    found = tuple((len(p) / total, _from_draws(p, settings.level)) for p in parts)
    traces: tuple[tuple[float, ...], ...] = ()
    if draws.ndim == 2:
        traces = tuple(tuple(float(x) for x in row[:: max(1, draws.shape[1] // 250)]) for row in draws)
    return Modes(family, "estimate", found, ASSUMES[family], words, traces)


def no_highest_interaction(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> Answer:
    """Answer by the saturated model without its highest interaction (xi = 1)."""
    found = xi_draws(table, 1.0, settings.kept, seed)
    if isinstance(found, Refusal):
        return found
    whole = _from_draws(found, settings.level)
    if whole.high > settings.cap * table.documented:
        return _refuse(
            "no_highest_interaction",
            "cap",
            f"the interval reaches beyond {settings.cap:.0f} times the "
            "documented - too few persons are on several lists for so free a model",
        )
    return Estimate(
        "no_highest_interaction",
        "sensitivity",
        whole,
        _less(whole, table.documented),
        ASSUMES["no_highest_interaction"],
        "odds products of all cells, xi = 1",
        draws=_thinned(found, settings.kept),
    )


def xi_draws(table: Table, xi: float, count: int, seed: int) -> Array | Refusal:
    """Draw the whole number when the unseen cell is `xi` times what no highest interaction would make it.

    The product of cells on an odd number of lists over those on an even number is the unseen cell; shares are
    Dirichlet(count + 1/2). Aleshin-Guendel, Sadinle, Wakefield (2024). Refuses a table with many empty cells.
    """
    if len(table.lists) > 5:
        return _refuse(
            "no_highest_interaction",
            "too_many_lists",
            f"{len(table.lists)} lists - most cells are empty, "
            "and the product of cells means nothing - merge lists",
        )
    counts = full_counts(table)[1:].astype(np.float64)
    if (counts == 0).mean() > 0.15:
        return _refuse(
            "no_highest_interaction",
            "empty_cells",
            f"{int((counts == 0).sum())} of {len(counts)} cells are "
            "empty - the product of cells means nothing - merge lists, or leave this family out",
        )
    rng = np.random.default_rng(seed)
    gammas = rng.standard_gamma(counts + 0.5, size=(count, len(counts)))
    signs = np.array([1.0 if int(i).bit_count() % 2 else -1.0 for i in range(1, len(counts) + 1)])
    ratio = xi * np.exp((signs * np.log(gammas)).sum(axis=1)) / gammas.sum(axis=1)
    seen = counts.sum()
    return np.asarray(seen + rng.poisson(np.minimum(rng.standard_gamma(seen, size=count) * ratio, 1e12)))


def lower_bound(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> Answer:
    """Answer with Chao's lower bound: a floor under every model in which people only differ in visibility."""
    if len(table.lists) > 10:
        return _refuse(
            "lower_bound", "too_many_lists", f"{len(table.lists)} lists - the bound is fitted for up to 10"
        )
    fit = fit_heterogeneity(full_counts(table), "Mth Chao")
    unseen = fit.total - table.documented
    if not fit.estimable or unseen > settings.cap * table.documented:
        return _refuse(
            "lower_bound", "not_identified", "the cells on one and two lists do not bound the unseen"
        )
    spread = math.exp(1.959964 * math.sqrt(math.log1p((fit.error / max(unseen, 1e-9)) ** 2)))
    hidden = Interval(unseen / spread, unseen, unseen * spread, settings.level)
    low, best, high = (table.documented + x for x in (hidden.low, hidden.best, hidden.high))
    whole = Interval(low, best, high, settings.level)
    return Estimate(
        "lower_bound",
        "floor",
        whole,
        hidden,
        ASSUMES["lower_bound"],
        "Chao's lower bound with list effects (Mth)",
        figures=(("error", fit.error),),
    )


_WORK: dict[Family, Work] = {
    "loglinear": loglinear,
    "graphs": graphs,
    "latent_class": latent_class,
    "no_highest_interaction": no_highest_interaction,
    "lower_bound": lower_bound,
}
