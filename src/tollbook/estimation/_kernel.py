"""kernel: one chain of the latent-class sampler, swept in place (compiled where numba is installed).

Written from the equations of the model, not from any program. The state between sweeps is the parameters
alone (inclusion probabilities, sticks, concentration), so that tempered copies can exchange them.
Sticks and rates are drawn as log-gammas: a stick within 1e-16 of one is common here, and clamping it biases the
number of the unlisted.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np

try:
    import numba
except ImportError:  # the same functions in plain Python: right, and a hundred times slower
    COMPILED = False
else:
    COMPILED = True

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function for the machine, once for all runs, where numba is installed; else return it as it is."""
    if not COMPILED:
        return function
    try:
        return cast(F, numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # nowhere to keep what is compiled: neither beside the code nor in a home
        return cast(F, numba.njit(nogil=True)(function))


_TOO_MANY = 1e13  # persons; beyond it a draw is not a number of people, and is drawn again


@compiled
def log_gamma_draw(rng: Any, shape: float) -> float:
    """Draw the log of a gamma variate; exact where the variate itself would underflow."""
    if shape >= 1.0:
        return float(np.log(rng.standard_gamma(shape)))
    return float(np.log(rng.standard_gamma(shape + 1.0)) + np.log(1.0 - rng.random()) / shape)


@compiled
def split(rng: Any, count: int, weights: Any, classes: int, out: Any) -> None:
    """Split a count over classes in proportion to weights, into `out`."""
    left = count
    total = 0.0
    for k in range(classes):
        total += weights[k]
        out[k] = 0
    if count <= 4:
        for _ in range(count):
            mark = rng.random() * total
            k = 0
            while k < classes - 1 and mark >= weights[k]:
                mark -= weights[k]
                k += 1
            out[k] += 1
        return
    for k in range(classes - 1):
        if left == 0:
            return
        if weights[k] > 0.0:
            share = weights[k] / total
            drawn = left if share >= 1.0 else rng.binomial(left, share)
            out[k] = drawn
            left -= drawn
        total -= weights[k]
        if total <= 0.0:
            break
    for k in range(classes - 1, -1, -1):  # what rounding left over goes to the last class with weight
        if weights[k] > 0.0:
            out[k] += left
            return


@compiled
def cell_logs(starts: Any, members: Any, base: Any, odds: Any, out: Any) -> None:
    """Fill out[cell, class] with log stick + sum of log odds of the lists of the cell."""
    classes = base.shape[0]
    for c in range(out.shape[0]):
        for k in range(classes):
            out[c, k] = base[k]
        for at in range(starts[c], starts[c + 1]):
            j = members[at]
            for k in range(classes):
                out[c, k] += odds[j, k]


@compiled
def seen_share(log_nu: Any, log_miss: Any) -> float:
    """Return the probability to be on at least one list, without losing it to rounding."""
    seen = 0.0
    for k in range(log_nu.shape[0]):
        total = 0.0
        for j in range(log_miss.shape[0]):
            total += log_miss[j, k]
        seen += np.exp(log_nu[k]) * -np.expm1(total)
    return float(max(min(seen, 1.0), 1e-300))


@compiled
def augment(
    rng: Any,
    counts: Any,
    starts: Any,
    members: Any,
    log_nu: Any,
    odds: Any,
    log_miss: Any,
    sizes: Any,
    inside: Any,
    logs: Any,
    part: Any,
) -> int:
    """Draw how many are unlisted and everyone's class; fill class sizes and list counts; return the unlisted."""
    lists, classes = odds.shape
    base = log_nu.copy()
    for j in range(lists):
        for k in range(classes):
            base[k] += log_miss[j, k]
            inside[j, k] = 0
    seen = seen_share(log_nu, log_miss)
    total = 0
    for c in range(counts.shape[0]):
        total += counts[c]
    drawn = _TOO_MANY + 1.0
    while drawn > _TOO_MANY:
        mean = rng.standard_gamma(float(total)) * (1.0 - seen) / seen
        drawn = mean if mean > _TOO_MANY else float(rng.poisson(mean))
    unlisted = int(drawn)
    weights = np.empty(classes)
    top = base.max()
    for k in range(classes):
        weights[k] = np.exp(base[k] - top)
    split(rng, unlisted, weights, classes, part)
    for k in range(classes):
        sizes[k] = part[k]
    cell_logs(starts, members, base, odds, logs)
    for c in range(counts.shape[0]):
        if counts[c] == 0:
            continue
        top = logs[c, 0]
        for k in range(1, classes):
            top = max(top, logs[c, k])
        for k in range(classes):
            weights[k] = np.exp(logs[c, k] - top)
        split(rng, counts[c], weights, classes, part)
        for k in range(classes):
            if part[k] > 0:
                sizes[k] += part[k]
                for at in range(starts[c], starts[c + 1]):
                    inside[members[at], k] += part[k]
    return unlisted


@compiled
def exchange(sizes: Any, inside: Any, i: int, j: int) -> None:
    """Exchange the labels of two classes."""
    sizes[i], sizes[j] = sizes[j], sizes[i]
    for at in range(inside.shape[0]):
        inside[at, i], inside[at, j] = inside[at, j], inside[at, i]


@compiled
def relabel(rng: Any, log_nu: Any, log_v: Any, log_w: Any, sizes: Any, inside: Any) -> None:
    """Try label moves: random pairs with their sticks kept, then neighbours with their sticks exchanged."""
    classes = sizes.shape[0]
    for _ in range(classes):
        i = int(rng.random() * classes)
        j = int(rng.random() * classes)
        if i != j and sizes[i] != sizes[j]:
            if np.log(1.0 - rng.random()) < (log_nu[i] - log_nu[j]) * (sizes[j] - sizes[i]):
                exchange(sizes, inside, i, j)
    for k in range(classes - 2):
        gain = sizes[k] * log_w[k + 1] - sizes[k + 1] * log_w[k]
        if np.log(1.0 - rng.random()) < gain:
            exchange(sizes, inside, k, k + 1)
            log_v[k], log_v[k + 1] = log_v[k + 1], log_v[k]
            log_w[k], log_w[k + 1] = log_w[k + 1], log_w[k]


@compiled
def draw_rates(rng: Any, sizes: Any, inside: Any, prior: Any, odds: Any, log_miss: Any) -> None:
    """Draw each class's inclusion probabilities given who is in it; `prior` is (a, b) of their Beta."""
    lists, classes = odds.shape
    uniform = prior[0] == 1.0 and prior[1] == 1.0
    for j in range(lists):
        for k in range(classes):
            yes = inside[j, k]
            no = sizes[k] - yes
            if uniform and yes == 0:
                lost = np.log(1.0 - rng.random()) / (1.0 + no)
                log_miss[j, k] = lost
                odds[j, k] = np.log(max(-np.expm1(lost), 1e-300)) - lost
            else:
                one = log_gamma_draw(rng, prior[0] + yes)
                two = log_gamma_draw(rng, prior[1] + no)
                odds[j, k] = one - two
                log_miss[j, k] = -np.log1p(np.exp(one - two)) if one - two < 700.0 else two - one


@compiled
def draw_sticks(
    rng: Any, sizes: Any, alpha: float, shape: float, rate: float, log_nu: Any, log_v: Any, log_w: Any
) -> float:
    """Draw the sticks given class sizes, then the concentration; fill the log shares; return the concentration."""
    classes = sizes.shape[0]
    after = 0.0
    for k in range(classes):
        after += sizes[k]
    spent = 0.0
    for k in range(classes - 1):
        after -= sizes[k]
        one = log_gamma_draw(rng, 1.0 + sizes[k])
        two = log_gamma_draw(rng, alpha + after)
        top = max(one, two)
        whole = top + np.log(np.exp(one - top) + np.exp(two - top))
        log_v[k], log_w[k] = one - whole, two - whole
        log_nu[k] = log_v[k] + spent
        spent += log_w[k]
    log_nu[classes - 1] = spent
    return float(rng.standard_gamma(shape + classes - 1.0) / (rate - spent))


@compiled
def log_table(
    counts_low: Any,
    counts_high: Any,
    starts: Any,
    members: Any,
    log_nu: Any,
    odds: Any,
    log_miss: Any,
    logs: Any,
) -> float:
    """Return sum (high - low count) x log P(pattern | listed): what an exchange of tempered copies gains."""
    base = log_nu.copy()
    for j in range(odds.shape[0]):
        for k in range(base.shape[0]):
            base[k] += log_miss[j, k]
    cell_logs(starts, members, base, odds, logs)
    seen = np.log(seen_share(log_nu, log_miss))
    total = 0.0
    for c in range(logs.shape[0]):
        more = counts_high[c] - counts_low[c]
        if more != 0:
            top = logs[c, 0]
            for k in range(1, base.shape[0]):
                top = max(top, logs[c, k])
            add = 0.0
            for k in range(base.shape[0]):
                add += np.exp(logs[c, k] - top)
            total += more * (top + np.log(add) - seen)
    return total


@compiled
def sweep(
    rng: Any,
    ladder: Any,
    starts: Any,
    members: Any,
    prior: Any,
    alpha: Any,
    log_nu: Any,
    log_v: Any,
    log_w: Any,
    odds: Any,
    log_miss: Any,
    moves: bool,
    thin: int,
    unlisted: Any,
    active: Any,
) -> int:
    """Sweep every rung of the ladder `thin` times a draw; fill draws of the last rung; return exchanges made.

    `ladder[rung, cell]` are counts, the last rung the data. `prior` is (a, b) of the inclusion probabilities,
    shape and rate of the concentration.
    """
    rungs, cells = ladder.shape
    lists, classes = odds.shape[1], odds.shape[2]
    sizes = np.zeros(classes, np.int64)
    inside = np.zeros((lists, classes), np.int64)
    part = np.zeros(classes, np.int64)
    logs = np.empty((cells, classes))
    made = 0
    for draw in range(unlisted.shape[0]):
        for step in range(thin):
            for r in range(rungs):
                missed = augment(
                    rng,
                    ladder[r],
                    starts,
                    members,
                    log_nu[r],
                    odds[r],
                    log_miss[r],
                    sizes,
                    inside,
                    logs,
                    part,
                )
                if moves:
                    relabel(rng, log_nu[r], log_v[r], log_w[r], sizes, inside)
                draw_rates(rng, sizes, inside, prior, odds[r], log_miss[r])
                alpha[r] = draw_sticks(
                    rng, sizes, alpha[r], prior[2], prior[3], log_nu[r], log_v[r], log_w[r]
                )
            if step == thin - 1:
                unlisted[draw] = missed
                active[draw] = (sizes > 0).sum()
            if rungs > 1 and step % 2 == 0:
                for r in range((step // 2) % 2, rungs - 1, 2):
                    gain = log_table(
                        ladder[r], ladder[r + 1], starts, members, log_nu[r], odds[r], log_miss[r], logs
                    )
                    gain -= log_table(
                        ladder[r],
                        ladder[r + 1],
                        starts,
                        members,
                        log_nu[r + 1],
                        odds[r + 1],
                        log_miss[r + 1],
                        logs,
                    )
                    if np.log(1.0 - rng.random()) < gain:
                        made += 1
                        alpha[r], alpha[r + 1] = alpha[r + 1], alpha[r]
                        for k in range(classes):
                            log_nu[r, k], log_nu[r + 1, k] = log_nu[r + 1, k], log_nu[r, k]
                            log_v[r, k], log_v[r + 1, k] = log_v[r + 1, k], log_v[r, k]
                            log_w[r, k], log_w[r + 1, k] = log_w[r + 1, k], log_w[r, k]
                            for j in range(lists):
                                odds[r, j, k], odds[r + 1, j, k] = odds[r + 1, j, k], odds[r, j, k]
                                log_miss[r, j, k], log_miss[r + 1, j, k] = (
                                    log_miss[r + 1, j, k],
                                    log_miss[r, j, k],
                                )
    return made
