"""compare: Table -> Comparison: the families side by side, the checks on the user's own lists, the verdict."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from tollbook.estimation.answers import answer_table
from tollbook.estimation.by_cells import xi_draws
from tollbook.estimation.heterogeneity import fit_heterogeneity
from tollbook.estimation.latent import Sampling, Tick
from tollbook.estimation.settings import ALL_FAMILIES, Settings
from tollbook.estimation.table import check_table, full_counts, keep_lists, refuse_table, within_list
from tollbook.model.estimate import (
    Answer,
    Check,
    Comparison,
    Consistency,
    Estimate,
    Family,
    Interval,
    Modes,
    Refusal,
    Table,
    WithoutList,
)

XIS = (0.25, 0.5, 1.0, 2.0, 4.0)
FAR = 1.5  # families whose unlisted differ by more than this factor do not agree
_QUICK = Sampling(draws=1000, thin=20, burn=4000)
Progress = Callable[[str, float], None]


def compare(
    table: Table,
    settings: Settings,
    seed: int,
    *,
    title: str = "",
    consistency: bool = True,
    without: bool = True,
    progress: Progress | None = None,
) -> Comparison:
    """Lay the families side by side for one table, with internal consistency and each list left out.

    The families agree when each one's best value lies in the others' intervals and the unlisted differ by less than
    FAR; then the recommended interval weighs their draws alike. Otherwise it spans them all.
    """

    def part(name: str) -> Tick:
        return lambda share: progress(name, share) if progress is not None else None

    refused = refuse_table(table)
    if refused is not None:
        return Comparison(
            title,
            table,
            table.documented,
            (Check(refused.code, False, refused.words),),
            (refused,),
            None,
            "No estimate: " + refused.words + ".",
            False,
            False,
        )
    inner = (
        internal_consistency(table, settings, seed + 1000, part("internal consistency"))
        if consistency
        else ()
    )
    answers = answer_table(table, settings, seed, part("estimates"))
    left = leave_one_out(table, settings, seed + 2000, part("each list left out")) if without else ()
    span, agree = recommend(answers)
    doubt = identification_doubt(table, answers)
    checks = (*check_table(table), *_answer_checks(answers, inner), doubt)
    xis = []
    for xi in XIS:
        found = xi_draws(table, xi, 4000, seed + 3000)
        if not isinstance(found, Refusal):
            low, middle, high = np.quantile(found, [0.025, 0.5, 0.975])
            if high <= 4 * settings.cap * table.documented:
                xis.append((xi, Interval(float(low), float(middle), float(high))))
    return Comparison(
        title,
        table,
        table.documented,
        checks,
        answers,
        span,
        verdict(answers, agree, doubt),
        agree,
        not doubt.passed,
        sensitivity=tuple(xis),
        consistency=inner,
        without=left,
    )


def _spans(answers: Sequence[Answer]) -> list[tuple[Family, float, float]]:
    found: list[tuple[Family, float, float]] = []
    for answer in answers:
        if isinstance(answer, Estimate) and answer.role == "estimate":
            found.append((answer.family, answer.estimated.low, answer.estimated.high))
        elif isinstance(answer, Modes):
            found.append((answer.family, answer.modes[0][1].low, answer.modes[-1][1].high))
    return found


def recommend(answers: Sequence[Answer]) -> tuple[Interval | None, bool]:
    """Return the interval to quote and whether the families agree; None when no family gives an estimate."""
    spans = _spans(answers)
    if not spans:
        return None, False
    single = [a for a in answers if isinstance(a, Estimate) and a.role == "estimate"]
    low, high = min(s[1] for s in spans), max(s[2] for s in spans)
    agree = (
        len(single) == len(spans)
        and len(single) > 1
        and all(
            other.estimated.low <= one.estimated.best <= other.estimated.high
            for one in single
            for other in single
        )
    )
    if agree:
        unlisted = [max(a.unlisted.best, 0.5) for a in single]
        agree = max(unlisted) <= FAR * min(unlisted) + 5
    if not agree:
        return Interval(low, math.sqrt(low * high), high), False
    rng = np.random.default_rng(0)
    size = max(len(a.draws) for a in single)
    mixed = np.concatenate([rng.choice(np.array(a.draws), size) for a in single])
    q = np.quantile(mixed, [0.025, 0.5, 0.975])
    return Interval(float(q[0]), float(q[1]), float(q[2])), True


def identification_doubt(table: Table, answers: Sequence[Answer]) -> Check:
    """Check whether the data leave the number to the assumptions: the families, or people's visibility, part ways.

    Latent classes are few; when visibility varies smoothly between people, they see too few of the hidden. That
    is suspected when a smooth bend (Darroch's model) fits better than independence and finds many more unlisted.
    """
    bests = {
        a.family: max(a.unlisted.best, 0.5) for a in answers if isinstance(a, Estimate) and a.role != "floor"
    }
    reasons = []
    if bests and max(bests.values()) > FAR * min(bests.values()) + 5:
        most, least = max(bests, key=lambda f: bests[f]), min(bests, key=lambda f: bests[f])
        reasons.append(
            f"the unlisted are {bests[most] / bests[least]:.1f} times as many under {spoken(most)} as under "
            f"{spoken(least)}"
        )
    split = [a.family for a in answers if isinstance(a, Modes)]
    if split:
        reasons.append(
            f"{' and '.join(spoken(f) for f in split)} {'has' if len(split) == 1 else 'have'} more than "
            "one centre"
        )
    wide = [
        a
        for a in answers
        if isinstance(a, Estimate) and a.role == "estimate" and a.unlisted.high > 6 * max(a.unlisted.low, 1.0)
    ]
    if wide:
        reasons.append(
            f"the interval of {spoken(wide[0].family)} spans a factor of more than six in the unlisted"
        )
    if 3 <= len(table.lists) <= 8 and bests:
        counts = full_counts(table)
        plain, bent = fit_heterogeneity(counts, "Mt"), fit_heterogeneity(counts, "Mth Darroch")
        hidden = bent.total - table.documented
        if (
            plain.deviance - bent.deviance > 6.635
            and bent.estimable
            and hidden > 1.25 * min(bests.values()) + 5
        ):
            reasons.append(
                f"if visibility varies smoothly between people, {hidden:,.0f} could be unlisted, against "
                f"{min(bests.values()):,.0f} at the least here"
            )
    return Check(
        "identification",
        not reasons,
        "; ".join(reasons) if reasons else "the families that could be fitted do not part ways",
    )


def _answer_checks(answers: Sequence[Answer], inner: Sequence[Consistency]) -> tuple[Check, ...]:
    checks = [
        Check(f"gate_{a.family or 'all'}", False, f"{spoken(a.family)}: {a.words}")
        for a in answers
        if isinstance(a, Refusal)
    ]
    checks += [
        Check(f"gate_{a.family}", False, f"{spoken(a.family)}: {a.words}")
        for a in answers
        if isinstance(a, Modes)
    ]
    low = [c for c in inner if c.lists and c.covered < 0.5]
    if inner:
        checks.append(
            Check(
                "internal_consistency",
                not low,
                "known list sizes were found again by at least half of each family's tries"
                if not low
                else f"{' and '.join(spoken(c.family) for c in low)} missed the known size of most lists when "
                f"asked to find it from the others (mean log bias {low[0].log_bias:+.2f})",
            )
        )
    return tuple(checks)


def spoken(family: Family | None) -> str:
    """Return a family's name in words."""
    return {
        "loglinear": "log-linear models",
        "graphs": "decomposable graphs",
        "latent_class": "latent classes",
        "no_highest_interaction": "no highest interaction",
        "lower_bound": "Chao's lower bound",
        None: "the table",
    }[family]


def verdict(answers: Sequence[Answer], agree: bool, doubt: Check) -> str:
    """Say in plain language whether the families agree, and what follows."""
    single = [a for a in answers if isinstance(a, Estimate) and a.role == "estimate"]
    split = [a for a in answers if isinstance(a, Modes)]
    if not single and not split:
        return "No family gives an estimate for these lists; report the documented number only."
    if agree and doubt.passed:
        return f"The {len(single)} families agree: each one's value lies within the others' intervals."
    if agree:
        return (
            f"The {len(single)} families agree with each other, but the number still leans on what they assume: "
            f"{doubt.words}."
        )
    if len(single) == 1 and not split:
        return f"Only {spoken(single[0].family)} gives an estimate; nothing else confirms or contradicts it."
    return "The families do not agree. The range spans what they say, and no single number is given" + (
        f": {doubt.words}." if not doubt.passed else "."
    )


def internal_consistency(
    table: Table,
    settings: Settings,
    seed: int,
    tick: Tick | None = None,
    families: Sequence[Family] | None = None,
) -> tuple[Consistency, ...]:
    """Ask each family for the size of every list, known, from the other lists (Binette and Steorts 2022)."""
    chosen = tuple(families or (f for f in settings.families if f in ("loglinear", "graphs", "latent_class")))
    quick = replace(
        settings,
        families=chosen,
        sampling=replace(_QUICK, classes=settings.sampling.classes, workers=settings.sampling.workers),
        temper=False,
        extensions=1,
        replicates=min(200, settings.replicates),
    )
    found: dict[Family, list[tuple[str, int, Interval]]] = {f: [] for f in chosen}
    refused: dict[Family, list[tuple[str, str]]] = {f: [] for f in chosen}
    for at, name in enumerate(table.lists):
        part = within_list(table, name)
        part = keep_lists(part, [n for n in part.lists if part.size(n) > 0])
        answers = answer_table(part, quick, seed + 31 * at)
        for family in chosen:
            mine = [a for a in answers if a.family in (family, None)]
            if mine and isinstance(mine[0], Estimate):
                found[family].append((name, table.size(name), mine[0].estimated))
            elif (mine and isinstance(mine[0], Modes)) or (mine and isinstance(mine[0], Refusal)):
                refused[family].append((name, mine[0].words))
        if tick is not None:
            tick((at + 1) / len(table.lists))
    return tuple(_score(f, found[f], refused[f]) for f in chosen)


def _score(
    family: Family, lists: list[tuple[str, int, Interval]], refused: list[tuple[str, str]]
) -> Consistency:
    covered = [low.low <= size <= low.high for _, size, low in lists]
    bias = [math.log(i.best / size) for _, size, i in lists]
    return Consistency(
        family,
        tuple(lists),
        sum(covered) / len(covered) if covered else 0.0,
        sum(bias) / len(bias) if bias else 0.0,
        tuple(refused),
    )


def leave_one_out(
    table: Table, settings: Settings, seed: int, tick: Tick | None = None
) -> tuple[WithoutList, ...]:
    """Estimate again with each list left out; a list whose absence moves the answer carries it."""
    quick = replace(
        settings,
        sampling=replace(_QUICK, classes=settings.sampling.classes, workers=settings.sampling.workers),
        temper=False,
        extensions=1,
        replicates=min(200, settings.replicates),
        families=tuple(f for f in ALL_FAMILIES if f in settings.families),
    )
    answers = []
    for at, name in enumerate(table.lists):
        rest = keep_lists(table, [one for one in table.lists if one != name])
        answers.append(WithoutList(name, rest.documented, answer_table(rest, quick, seed + 31 * at)))
        if tick is not None:
            tick((at + 1) / len(table.lists))
    return tuple(answers)
