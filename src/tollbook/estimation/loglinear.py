"""loglinear: counts of patterns -> fits of Poisson log-linear models, many at once.

A hierarchical model is a set of list subsets closed downwards; its generators are written [123,14,34]. Subsets are
bit masks: bit j is list j, as in the index of `full_counts`. Bishop, Fienberg and Holland (1975); Cormack (1989).
"""

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Model = tuple[int, ...]
_TRIES = 60


@dataclass(frozen=True, slots=True)
class Fit:
    """One fitted model: everyone listed or not (`total`), its standard error, fit and criteria."""

    model: Model
    total: float
    error: float
    deviance: float
    freedom: int
    aic: float
    bic: float
    exists: bool
    identified: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Fits of a batch: logs of the expected count of the unseen cell, deviance, whether each is a proper fit."""

    intercept: Array
    variance: Array
    deviance: Array
    exists: NDArray[np.bool_]
    identified: NDArray[np.bool_]
    expected: Array


def generators(model: Model) -> tuple[int, ...]:
    """Return the subsets of a model that lie in no other subset of it."""
    return tuple(s for s in model if not any(s != t and s & t == s for t in model))


def spell(model: Model, names: Sequence[str] | None = None) -> str:
    """Write a model by its generators, such as [123,14,34]; with names, lists are joined by '*'."""

    def word(subset: int) -> str:
        on = [j for j in range(subset.bit_length()) if subset >> j & 1]
        return "".join(str(j + 1) for j in on) if names is None else "*".join(names[j] for j in on)

    words = sorted((word(s) for s in generators(model)), key=lambda w: (-len(w), w))
    return "[" + ",".join(words) + "]"


def model_of(text: str) -> Model:
    """Read a model from its generators, such as "123,14,34" (lists are numbered from 1)."""
    return close(sum(1 << (int(d) - 1) for d in part) for part in text.strip("[]").split(","))


def close(subsets: Iterable[int]) -> Model:
    """Return the smallest hierarchical model that holds the subsets."""
    found = {s for t in subsets for s in range(1, t + 1) if s & t == s}
    return tuple(sorted(found, key=lambda s: (s.bit_count(), s)))


@lru_cache(maxsize=16)
def all_models(lists: int, order: int | None = None) -> tuple[Model, ...]:
    """Enumerate hierarchical models with every list in, without the highest interaction.

    `order` caps the size of an interaction; left out, it is p-1 up to four lists and 2 beyond (8, 113, 1,024).
    """
    highest = order if order is not None else (lists - 1 if lists <= 4 else 2)
    singles = frozenset(1 << j for j in range(lists))
    layer: set[frozenset[int]] = {singles}
    for size in range(2, min(highest, lists - 1) + 1):
        masks = [sum(1 << j for j in on) for on in itertools.combinations(range(lists), size)]
        grown: set[frozenset[int]] = set()
        for base in layer:
            free = [m for m in masks if all(m & ~(1 << j) in base for j in range(lists) if m >> j & 1)]
            for count in range(len(free) + 1):
                grown.update(base | frozenset(some) for some in itertools.combinations(free, count))
        layer = grown
    return tuple(
        sorted((tuple(sorted(m, key=lambda s: (s.bit_count(), s))) for m in layer), key=lambda m: (len(m), m))
    )


def design(lists: int, model: Model) -> Array:
    """Return the design matrix of a model: all 2^p cells (the unseen first) by constant and subsets."""
    cells = np.arange(2**lists)[:, None]
    subsets = np.array([0, *model])[None, :]
    return np.asarray((cells & subsets) == subsets, dtype=np.float64)


def fit_batch(
    matrix: Array,
    counts: Array,
    subsets: Sequence[int] | None = None,
    offset: Array | None = None,
    tries: int = _TRIES,
) -> Batch:
    """Fit one design to many tables by iterated weighted least squares.

    `matrix` is cells by columns, or tables by cells by columns; `counts` is tables by cells. With `subsets` (one
    for each column after the constant) a subset that nobody has in full is taken out with its cells: its
    parameter is minus infinity.
    """
    tables, cells = counts.shape
    full = np.broadcast_to(matrix, (tables, *matrix.shape)) if matrix.ndim == 2 else matrix
    columns = full.shape[2]
    keep_cell = np.ones((tables, cells), dtype=bool)
    keep_column = np.ones((tables, columns), dtype=bool)
    if subsets is not None:
        margins = np.einsum("tc,tck->tk", counts, full)
        keep_column[:, 1:] = margins[:, 1:] > 0
        keep_cell = np.asarray(~((full[:, :, 1:] > 0) & ~keep_column[:, None, 1:]).any(axis=2))
    if matrix.ndim == 3:
        keep_column &= (full != 0).any(axis=1)
    return _iterate(
        full, counts, keep_cell, keep_column, np.zeros(cells) if offset is None else offset, tries
    )


def _iterate(
    full: Array,
    counts: Array,
    keep_cell: NDArray[np.bool_],
    keep_column: NDArray[np.bool_],
    offset: Array,
    tries: int,
) -> Batch:
    tables, _cells = counts.shape
    x = full * keep_column[:, None, :]
    spare = np.einsum("tk,kl->tkl", (~keep_column).astype(float), np.eye(full.shape[2]))
    ridge = 1e-11 * np.eye(full.shape[2])
    expected = np.where(keep_cell, np.maximum(counts, 0.25), 0.0)
    eta = np.log(np.maximum(expected, 1e-300))
    beta = np.zeros((tables, full.shape[2]))
    deviance = np.full(tables, np.inf)
    going = np.arange(tables)
    inverse_00 = np.zeros(tables)
    for _ in range(tries):
        xs, w = x[going], expected[going]
        normal = np.matmul(xs.transpose(0, 2, 1) * w[:, None, :], xs) + spare[going] + ridge
        z = w * (eta[going] - offset) + np.where(keep_cell[going], counts[going] - w, 0.0)
        right = np.matmul(xs.transpose(0, 2, 1), z[:, :, None])
        solved = np.linalg.solve(
            normal,
            np.concatenate([right, np.broadcast_to(np.eye(full.shape[2])[:, :1], right.shape)], axis=2),
        )
        beta[going], inverse_00[going] = solved[:, :, 0], solved[:, 0, 1]
        line = np.clip(np.matmul(xs, solved[:, :, :1])[:, :, 0] + offset, -60.0, 40.0)
        eta[going] = line
        expected[going] = np.where(keep_cell[going], np.exp(line), 0.0)
        now = _deviance(counts[going], expected[going])
        moved = np.abs(now - deviance[going]) > 1e-10 * (np.abs(now) + 0.1)
        deviance[going] = now
        going = going[moved]
        if going.size == 0:
            break
    vanished = keep_cell & (counts == 0) & (expected < 1e-6)
    positive = keep_cell & (expected >= 1e-6)
    return Batch(
        beta[:, 0],
        inverse_00,
        deviance,
        ~vanished.any(axis=1),
        _identified(x, positive, keep_column),
        expected,
    )


def _deviance(counts: Array, expected: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(counts > 0, counts * np.log(counts / np.maximum(expected, 1e-300)), 0.0)
    return np.asarray(2 * (ratio - counts + expected).sum(axis=1))


def _identified(x: Array, positive: NDArray[np.bool_], keep_column: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Tell whether the constant is fixed by the cells that stay positive: it lies in the span of their rows."""
    odd = np.asarray(~positive.all(axis=1) | ~keep_column.all(axis=1))
    answer = np.ones(len(x), dtype=bool)
    cache: dict[tuple[bytes, bytes], bool] = {}
    first_rank: dict[bytes, bool] = {}
    for t in range(len(x)):
        if not odd[t]:
            key = x[t].tobytes() if x.strides[0] else b""
            if key not in first_rank:
                first_rank[key] = _spans(x[t])
            answer[t] = first_rank[key]
            continue
        pair = (positive[t].tobytes(), x[t].tobytes())
        if pair not in cache:
            cache[pair] = _spans(x[t][positive[t]][:, keep_column[t]])
        answer[t] = cache[pair]
    return answer


def _spans(rows: Array) -> bool:
    constant = np.zeros((1, rows.shape[1]))
    constant[0, 0] = 1
    rank = int(np.linalg.matrix_rank(rows)) if rows.size else 0
    return rank == int(np.linalg.matrix_rank(np.concatenate([rows, constant]))) and rank > 0


def log_likelihood(counts: Array, deviance: Array) -> Array:
    """Return Poisson log likelihoods from deviances: that of the saturated fit less half the deviance."""
    logs = np.array([math.lgamma(c + 1) for c in counts])
    top = np.where(counts > 0, counts * np.log(np.maximum(counts, 1e-300)) - counts, 0.0) - logs
    return np.asarray(top.sum() - deviance / 2)


def fit_models(counts: NDArray[np.int64], models: Sequence[Model]) -> list[Fit]:
    """Fit models to one table (`full_counts`): total, standard error, deviance, AIC, BIC (log of persons seen)."""
    lists = len(counts).bit_length() - 1
    seen = counts[1:].astype(np.float64)
    everyone = float(seen.sum())
    fits: list[Fit] = []
    width = max(len(m) for m in models) + 1
    for start in range(0, len(models), 4096):
        some = models[start : start + 4096]
        stack = np.zeros((len(some), len(seen), width))
        for i, model in enumerate(some):
            stack[i, :, : len(model) + 1] = design(lists, model)[1:]
        batch = fit_batch(stack, np.broadcast_to(seen, (len(some), len(seen))), subsets=())
        logs = log_likelihood(seen, batch.deviance)
        for i, model in enumerate(some):
            unseen = math.exp(min(batch.intercept[i], 60.0))
            size = len(model) + 1
            error = math.sqrt(max(unseen + unseen**2 * batch.variance[i], 0.0))
            fits.append(
                Fit(
                    model,
                    everyone + unseen,
                    error,
                    float(batch.deviance[i]),
                    len(seen) - size,
                    float(-2 * logs[i] + 2 * size),
                    float(-2 * logs[i] + size * math.log(everyone)),
                    bool(batch.exists[i]),
                    bool(batch.identified[i]),
                )
            )
    return fits


def profile_interval(
    counts: NDArray[np.int64], model: Model, level: float = 0.95
) -> tuple[float, float, float]:
    """Return (low, best, high) of the whole number by the multinomial profile likelihood of one model.

    High is infinite where the likelihood never falls far enough. Cormack (1992).
    """
    lists = len(counts).bit_length() - 1
    matrix, seen = design(lists, model), counts.astype(np.float64)
    everyone = float(seen.sum())
    from tollbook.estimation._numbers import log_gamma  # noqa: PLC0415  # kept beside its only use

    def values(unseen: Array) -> Array:
        tables = np.repeat(seen[None, :], len(unseen), axis=0)
        tables[:, 0] = unseen
        batch = fit_batch(matrix, tables, subsets=model)
        total = everyone + unseen
        share = np.where(
            tables > 0, tables * np.log(np.maximum(batch.expected, 1e-300) / total[:, None]), 0.0
        )
        return np.asarray(log_gamma(total + 1) - log_gamma(unseen + 1) + share.sum(axis=1))

    grid = np.concatenate([[1e-6], np.geomspace(0.01, 400 * everyone, 240)])
    found = values(grid)
    for _ in range(4):
        at = int(np.argmax(found))
        grid = np.linspace(grid[max(at - 1, 0)], grid[min(at + 1, len(grid) - 1)], 41)
        found = values(grid)
    best, top = float(grid[np.argmax(found)]), float(found.max())
    drop = {0.95: 3.841458821 / 2, 0.9: 2.705543454 / 2}.get(level, 3.841458821 / 2)
    return (
        everyone + _crossing(values, best, top - drop, 1e-6),
        everyone + best,
        everyone + _crossing(values, best, top - drop, 400 * everyone),
    )


def _crossing(values: object, best: float, target: float, end: float) -> float:
    if callable(values) and float(values(np.array([end]))[0]) > target:
        return 0.0 if end < best else math.inf
    inside, outside = best, end
    for _ in range(9):
        steps = (
            np.linspace(inside, outside, 12)[1:-1]
            if end < best
            else np.geomspace(max(inside, 1e-6), outside, 12)[1:-1]
        )
        above = values(steps) >= target  # type: ignore[operator]  # checked callable above
        last = int(np.sum(np.cumprod(above)))
        walls = [inside, *steps.tolist(), outside]
        inside, outside = walls[last], walls[last + 1]
    return (inside + outside) / 2
