"""protect: Table -> a table that can be shared, small cells hidden; and estimates from such a table."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tollbook.errors import UsageError
from tollbook.estimation.loglinear import Model, all_models, close, design, fit_batch, fit_models
from tollbook.estimation.selection import model_weights
from tollbook.estimation.table import full_counts, table_of
from tollbook.model.estimate import Table

_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class SharedTable:
    """Counts of all patterns; None is a count from 0 up to, not with, `below`: zeros are hidden too."""

    lists: tuple[str, ...]
    below: int
    cells: tuple[tuple[str, int | None], ...]


def protect(table: Table, below: int = 5) -> SharedTable:
    """Hide counts under `below`, zeros too, in a table to be shared between organisations.

    No total is given: it would tell a single hidden count. Up to eight lists.
    """
    if len(table.lists) > 8:
        raise UsageError(
            f"{len(table.lists)} lists - a table of all patterns is shared for up to 8 - merge lists"
        )
    counts = full_counts(table)
    width = len(table.lists)
    cells = []
    for at in range(1, len(counts)):
        pattern = "".join("1" if at >> j & 1 else "0" for j in range(width))
        cells.append((pattern, int(counts[at]) if counts[at] >= below else None))
    return SharedTable(table.lists, below, tuple(sorted(cells)))


def complete(shared: SharedTable, *, draws: int, seed: int) -> list[Table]:
    """Draw whole tables that agree with a shared one; estimate each and pool them.

    Hidden counts are drawn from a log-linear model fitted to the table so far, cut at the limit; the model itself is
    drawn anew each round by its BIC weight, among the best few on the table as first filled and after.
    """
    rng = np.random.default_rng(seed)
    width = len(shared.lists)
    index = [sum(1 << j for j, d in enumerate(p) if d == "1") for p, _ in shared.cells]
    known = np.array([-1 if c is None else c for _, c in shared.cells])
    hidden = np.flatnonzero(known < 0)
    models = all_models(width) if width <= 4 else _pairs_models(width)
    values = np.where(known < 0, (shared.below - 1) / 3, known).astype(np.float64)
    tables = []
    steps = np.arange(shared.below)
    logs = np.cumsum(np.log(np.maximum(steps, 1)))
    for _ in range(draws):
        for _ in range(_ROUNDS):
            matrix = design(width, _drawn(models, index, values, rng))[index]
            mean = np.clip(fit_batch(matrix, values[None, :] + 0.01).expected[0][hidden], 1e-3, 1e6)
            weight = np.exp(steps * np.log(mean)[:, None] - logs)
            upto = np.cumsum(weight / weight.sum(axis=1, keepdims=True), axis=1)
            values[hidden] = (rng.random((len(hidden), 1)) > upto[:, :-1]).sum(axis=1)
        tables.append(_table(shared, values))
    return tables


def _drawn(
    models: Sequence[Model], index: Sequence[int], values: NDArray[np.float64], rng: np.random.Generator
) -> Model:
    """Draw a model by its BIC weight on a table."""
    full = np.zeros(len(index) + 1, dtype=np.int64)
    full[list(index)] = values
    fits = fit_models(full, models)
    return fits[int(rng.choice(len(fits), p=model_weights(fits)))].model


def _pairs_models(width: int) -> tuple[Model, ...]:
    """Return the models of all pairs, and of all pairs but one or two: what is tried where all would be too many."""
    pairs = [1 << a | 1 << b for a in range(width) for b in range(a)]
    singles = [1 << j for j in range(width)]
    left = [
        close([*singles, *(p for p in pairs if p not in out)]) for out in itertools.combinations(pairs, 2)
    ]
    return (close(pairs), *(close([*singles, *(p for p in pairs if p != out)]) for out in pairs), *left)


def _table(shared: SharedTable, values: Sequence[float] | NDArray[np.float64]) -> Table:
    return table_of(((p, int(v)) for (p, _), v in zip(shared.cells, values, strict=True)), shared.lists)
