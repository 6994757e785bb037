"""protect: Table -> a table that can be shared, small cells hidden; and estimates from such a table."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from tollbook.errors import UsageError
from tollbook.estimation.loglinear import close, design, fit_batch
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

    Hidden counts come from the log-linear model of all pairs fitted to the table so far, cut at the limit.
    """
    rng = np.random.default_rng(seed)
    width = len(shared.lists)
    index = [sum(1 << j for j, d in enumerate(p) if d == "1") for p, _ in shared.cells]
    known = np.array([-1 if c is None else c for _, c in shared.cells])
    hidden = np.flatnonzero(known < 0)
    pairs = [1 << a | 1 << b for a in range(width) for b in range(a)]
    matrix = design(width, close(pairs))[index]
    values = np.where(known < 0, (shared.below - 1) / 3, known).astype(np.float64)
    tables = []
    steps = np.arange(shared.below)
    logs = np.cumsum(np.log(np.maximum(steps, 1)))
    for _ in range(draws):
        for _ in range(_ROUNDS):
            mean = np.clip(fit_batch(matrix, values[None, :] + 0.01).expected[0][hidden], 1e-3, 50.0)
            weight = np.exp(steps * np.log(mean)[:, None] - logs)
            upto = np.cumsum(weight / weight.sum(axis=1, keepdims=True), axis=1)
            values[hidden] = (rng.random((len(hidden), 1)) > upto[:, :-1]).sum(axis=1)
        tables.append(_table(shared, values))
    return tables


def _table(
    shared: SharedTable, values: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]]
) -> Table:
    return table_of(((p, int(v)) for (p, _), v in zip(shared.cells, values, strict=True)), shared.lists)
