"""pool: draws of several replicates (imputations, linkages) -> one interval.

Rubin's rules on the log of the unseen, with the widening for few replicates. A replicate is one completed data
set; its draws hold the doubt of the estimate, the spread between replicates the doubt of what was completed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tollbook.errors import UsageError
from tollbook.estimation._numbers import student_quantile
from tollbook.model.estimate import Interval

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pooled:
    """A pooled interval with variance within and between replicates, degrees of freedom, and a warning or ''."""

    estimated: Interval
    unlisted: Interval
    within: float
    between: float
    freedom: float
    warning: str = ""


def pool_replicates(draws: Sequence[Array], documented: Sequence[int], level: float = 0.95) -> Pooled:
    """Pool draws of the whole number, one array a replicate, each with its own documented number.

    W is the mean variance of log unseen within, B between; T = W + (1 + 1/R) B; t with (R-1)(1 + W/((1+R)B))^2
    degrees. A draw with nobody unseen counts as 0.1. Raises UsageError for one replicate alone.
    """
    count = len(draws)
    if count < 2:
        raise UsageError("1 replicate - pooling needs at least two - draw more imputations or linkages")
    logs = [np.log(np.maximum(np.asarray(d) - n, 0.1)) for d, n in zip(draws, documented, strict=True)]
    within = float(np.mean([x.var(ddof=1) for x in logs]))
    means = np.array([x.mean() for x in logs])
    between = float(means.var(ddof=1))
    if between > 0:
        freedom = (count - 1) * (1 + within / ((count + 1) * between)) ** 2
        factor = student_quantile((1 + level) / 2, min(freedom, 1e6))
    else:
        freedom, factor = math.inf, student_quantile((1 + level) / 2, 1e6)
    half = factor * math.sqrt(within + (count + 1) / count * between)
    centre, base = float(means.mean()), float(np.mean(documented))
    best = float(
        np.mean([np.mean(np.maximum(np.asarray(d) - n, 0)) for d, n in zip(draws, documented, strict=True)])
    )
    low, high = math.exp(centre - half), math.exp(centre + half)
    warning = f"{count} replicates; fewer than ten make the interval itself uncertain" if count < 10 else ""
    return Pooled(
        Interval(base + low, base + best, base + high, level),
        Interval(low, best, high, level),
        within,
        between,
        freedom,
        warning,
    )


def shrink_strata(draws: Sequence[Array], documented: Sequence[int], seed: int) -> list[Array]:
    """Pool strata partially: draw each stratum's log odds of being unlisted again, drawn towards the common mean.

    Strata with few persons lean on the others, large ones keep their own answer; the spread between strata is
    estimated (Paule and Mandel 1982). Returns draws of the whole number, as many as went in.
    """
    rng = np.random.default_rng(seed)
    logs = [np.log(np.maximum(d - n, 0.1) / n) for d, n in zip(draws, documented, strict=True)]
    means = np.array([x.mean() for x in logs])
    errors = np.array([max(x.var(ddof=1), 1e-6) for x in logs])
    low, high = 0.0, 25.0
    for _ in range(80):
        tau = (low + high) / 2
        weights = 1 / (errors + tau)
        centre = (weights * means).sum() / weights.sum()
        low, high = (tau, high) if (weights * (means - centre) ** 2).sum() > len(means) - 1 else (low, tau)
    tau = max((low + high) / 2, 1e-6)
    weights = 1 / (errors + tau)
    centre = (weights * means).sum() / weights.sum()
    sure = 1 / math.sqrt(weights.sum())
    length = min(len(x) for x in logs)
    common = rng.normal(centre, sure, length)
    answer = []
    for x, mean, error, n in zip(logs, means, errors, documented, strict=True):
        own = rng.permutation(x)[:length]
        keep = tau / (tau + error)
        # keep the stratum's own shape, moved and narrowed to the mean and spread of the shrunk answer
        moved = keep * mean + (1 - keep) * common + (own - mean) * math.sqrt(keep)
        answer.append(n + n * np.exp(moved))
    return answer
