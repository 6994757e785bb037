"""weigh: answers -> do they agree, what may be quoted, what hangs on assumptions, in plain language."""

from collections.abc import Sequence

import numpy as np

from tollbook.estimation.heterogeneity import fit_heterogeneity
from tollbook.estimation.table import full_counts
from tollbook.model.estimate import (
    SPOKEN,
    Answer,
    Check,
    Consistency,
    Estimate,
    Family,
    Modes,
    Quoted,
    Refusal,
    Table,
)

FAR = 1.5  # families whose unlisted differ by more than this factor do not agree


def _spans(answers: Sequence[Answer]) -> list[tuple[Family, float, float]]:
    found: list[tuple[Family, float, float]] = []
    for answer in answers:
        if isinstance(answer, Estimate) and answer.role == "estimate":
            found.append((answer.family, answer.estimated.low, answer.estimated.high))
        elif isinstance(answer, Modes):
            found.append((answer.family, answer.modes[0][1].low, answer.modes[-1][1].high))
    return found


def recommend(answers: Sequence[Answer], level: float = 0.95) -> tuple[Quoted | None, bool]:
    """Return the interval to quote, with a best value where the families agree, and whether they do.

    None when no family gives an estimate.
    """
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
        return Quoted(low, None, high, level), False
    rng = np.random.default_rng(0)
    size = max(len(a.draws) for a in single)
    mixed = np.concatenate([rng.choice(np.array(a.draws), size) for a in single])
    q = np.quantile(mixed, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return Quoted(float(q[0]), float(q[1]), float(q[2]), level), True


def identification_doubt(table: Table, answers: Sequence[Answer]) -> Check:
    """Check whether the data leave the number to the assumptions: the families, or people's visibility, part ways.

    Latent classes are few; when visibility varies smoothly between people, they see too few of the hidden. That
    is suspected when a smooth bend (Darroch's model) fits better than independence and finds many more unlisted.
    """
    bests = {
        a.family: max(a.unlisted.best, 0.5)
        for a in answers
        if isinstance(a, Estimate) and a.role == "estimate"
    }
    for a in answers:  # a free model is noisy: it counts where its interval leaves the others out
        if isinstance(a, Estimate) and a.role == "sensitivity":
            if not any(a.unlisted.low <= best <= a.unlisted.high for best in bests.values()):
                bests[a.family] = max(a.unlisted.best, 0.5)
    reasons = []
    if bests and max(bests.values()) > FAR * min(bests.values()) + 5:
        most, least = max(bests, key=lambda f: bests[f]), min(bests, key=lambda f: bests[f])
        reasons.append(
            f"the unlisted are {bests[most] / bests[least]:.1f} times as many under {SPOKEN[most]} as under "
            f"{SPOKEN[least]}"
        )
    split = [a.family for a in answers if isinstance(a, Modes)]
    if split:
        reasons.append(
            f"{' and '.join(SPOKEN[f] for f in split)} {'has' if len(split) == 1 else 'have'} more than "
            "one centre"
        )
    wide = [
        a
        for a in answers
        if isinstance(a, Estimate) and a.role == "estimate" and a.unlisted.high > 6 * max(a.unlisted.low, 1.0)
    ]
    if wide:
        reasons.append(
            f"the interval of {SPOKEN[wide[0].family]} spans a factor of more than six in the unlisted"
        )
    if bests:
        reasons += _smooth_doubt(table, min(bests.values()))
    return Check(
        "identification",
        not reasons,
        "; ".join(reasons) if reasons else "the families that could be fitted do not part ways",
    )


def _smooth_doubt(table: Table, least: float) -> list[str]:
    """Return the doubt, if any, that visibility varies smoothly between people, where `least` is the lowest answer."""
    if not 3 <= len(table.lists) <= 8:
        return []
    counts = full_counts(table)
    plain, bent = fit_heterogeneity(counts, "Mt"), fit_heterogeneity(counts, "Mth Darroch")
    hidden = bent.total - table.documented
    if plain.deviance - bent.deviance <= 6.635 or not bent.estimable or hidden <= 1.25 * least + 5:
        return []
    words = f"{hidden:,.0f} could be unlisted, against {least:,.0f} at the least here"
    return [f"if visibility varies smoothly between people, {words}"]


def answer_checks(answers: Sequence[Answer], inner: Sequence[Consistency]) -> tuple[Check, ...]:
    """Return a check for every family that gave no single number, and one of the known list sizes."""
    checks = [
        Check(f"gate_{a.family or 'all'}", False, f"{SPOKEN[a.family]}: {a.words}")
        for a in answers
        if isinstance(a, Refusal)
    ]
    checks += [
        Check(f"gate_{a.family}", False, f"{SPOKEN[a.family]}: {a.words}")
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
                else f"{' and '.join(SPOKEN[c.family] for c in low)} missed the known size of most lists when "
                f"asked to find it from the others (mean log bias {low[0].log_bias:+.2f})",
            )
        )
    return tuple(checks)


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
        return f"Only {SPOKEN[single[0].family]} gives an estimate; nothing else confirms or contradicts it."
    return "The families do not agree. The range spans what they say, and no single number is given" + (
        f": {doubt.words}." if not doubt.passed else "."
    )
