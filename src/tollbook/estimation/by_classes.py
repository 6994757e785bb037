"""by_classes: Table -> the answer of latent classes, through the gate: chains that do not agree give no number."""

from dataclasses import replace

from tollbook.estimation.diagnose import agreement, modes_of
from tollbook.estimation.latent import Chains, Sampling, Tick, sample_latent
from tollbook.estimation.settings import ASSUMES, CHAINS, EFFECTIVE, RHAT, Settings
from tollbook.estimation.shaping import interval_of, less, modes_answer, refuse_cap, thinned, traces_of
from tollbook.model.estimate import Answer, Estimate, Refusal, Table

_PATIENT = 3  # the extension that is the last


def latent_class(table: Table, settings: Settings, seed: int, tick: Tick | None = None) -> Answer:
    """Answer by the latent-class model; tempered and longer chains are tried before it refuses."""
    sampling = settings.sampling
    if sampling.chains < CHAINS:
        return Refusal(
            "latent_class",
            "too_few_chains",
            f"{sampling.chains} chains - at least {CHAINS} are needed to see that they agree - ask for more",
        )
    plans = plans_of(settings)
    worst = ""
    for at, plan in enumerate(plans):

        def heard(share: float, at: int = at) -> None:
            if tick is not None:  # the first try is mostly the last
                tick(1 - 0.5**at * (1 - share / 2))

        chains = sample_latent(table, plan, seed + 101 * at, heard)
        rhat, size = agreement(chains.unlisted)
        if rhat <= RHAT and size >= EFFECTIVE:
            return _agreed(table, chains, plan, settings, rhat, size)
        worst = f"split R-hat {rhat:.3f} (needs {RHAT}), effective size {size:,.0f} (needs {EFFECTIVE:.0f})"
    draws = table.documented + chains.unlisted
    parts = modes_of(draws.ravel())
    if len(parts) > 1:
        words = f"the chains find more than one answer and do not pass freely between them: {worst}"
        return modes_answer("latent_class", draws, parts, words, settings)
    return Refusal(
        "latent_class",
        "not_converged",
        f"{plan.chains} chains do not agree: {worst} - ask for longer chains, merge near-empty lists, or leave this "
        "family out",
    )


def plans_of(settings: Settings) -> tuple[Sampling, ...]:
    """Return the ways of sampling to try in turn until chains agree: as asked, then longer with more copies.

    The last try is far longer and its copies stay close to the data: many lists have answers that differ by one class more,
    and copies of a tenth of the data know nothing of that class.
    """
    first = settings.sampling
    plans = [first]
    for at in range(1, settings.extensions + 1):
        last = plans[-1]
        if at == _PATIENT:
            near = replace(first, rungs=8, flattest=0.5) if first.rungs > 1 else first
            plans.append(replace(near, burn=7 * first.burn, thin=20 * first.thin))
            break
        more = last.rungs + 4 if last.rungs > 1 else 1
        plans.append(
            replace(last, burn=3 * last.burn, thin=3 * last.thin, rungs=more, flattest=last.flattest / 2)
        )
    return tuple(plans)


def _agreed(
    table: Table, chains: Chains, plan: Sampling, settings: Settings, rhat: float, size: float
) -> Answer:
    """Answer from chains that agree: one centre, or several that all chains know."""
    draws = table.documented + chains.unlisted
    beyond = float((draws > settings.cap * table.documented).mean())
    if beyond > (1 - settings.level) / 2:
        return refuse_cap("latent_class", settings, f"{beyond:.0%} of the posterior lies")
    parts = modes_of(draws.ravel())
    if len(parts) > 1:
        words = "the posterior has more than one centre, and the chains agree that it has"
        return modes_answer("latent_class", draws, parts, words, settings)
    whole = interval_of(draws, settings.level)
    return Estimate(
        "latent_class",
        "estimate",
        whole,
        less(whole, table.documented),
        ASSUMES["latent_class"],
        f"latent classes with a Dirichlet process (at most {plan.classes}), label moves"
        + (f", {plan.rungs} tempered copies" if plan.rungs > 1 else ""),
        (f"{plan.chains} chains agree: split R-hat {rhat:.3f}, effective size {size:,.0f}",),
        (
            ("rhat", rhat),
            ("effective_size", size),
            ("mean", float(draws.mean())),
            ("classes_in_use", float(chains.active.mean())),
        ),
        thinned(draws, settings.kept),
        traces_of(draws),
    )
