"""linkage: pair probabilities -> draws of whole linkages -> tables -> one pooled estimate."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tollbook.estimation.answers import answer_table
from tollbook.estimation.latent import Tick
from tollbook.estimation.pool import pool_replicates
from tollbook.estimation.settings import Settings
from tollbook.estimation.table import table_of_rows
from tollbook.model.estimate import Answer, Estimate, Family, Modes, Refusal, Table

Array = NDArray[np.float64]


def draw_tables(
    records: Sequence[int], pairs: Array, lists: Sequence[str], *, draws: int, seed: int
) -> list[Table]:
    """Draw whole linkages and return the table of each.

    `records[i]` is the place of record i's list in `lists`; a row of `pairs` is two records and the probability
    that they are one person. Pairs are accepted by chance, the surest first, and never join two records of one list.
    """
    rng = np.random.default_rng(seed)
    return [link_table(records, pairs[rng.random(len(pairs)) < pairs[:, 2]], lists) for _ in range(draws)]


def link_table(records: Sequence[int], pairs: Array, lists: Sequence[str]) -> Table:
    """Return the table of one linkage: every pair given is joined, surest first, one record a list and person."""
    parent = list(range(len(records)))
    on = [1 << place for place in records]

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for a, b, _ in pairs[np.argsort(-pairs[:, 2], kind="stable")]:
        one, two = root(int(a)), root(int(b))
        if one != two and not on[one] & on[two]:
            parent[two] = one
            on[one] |= on[two]
    people = (on[i] for i in range(len(records)) if parent[i] == i)
    return table_of_rows(([bool(mask >> j & 1) for j in range(len(lists))] for mask in people), lists)


def answer_linked(
    tables: Sequence[Table], family: Family, settings: Settings, seed: int, tick: Tick | None = None
) -> Answer:
    """Estimate every drawn linkage with one family and pool them into one interval (Rubin's rules)."""
    sums, counted, refused = [], [], []
    for at, table in enumerate(tables):
        answer = next(a for a in answer_table(table, settings, seed + at) if a.family in (family, None))
        if isinstance(answer, Estimate):
            sums.append(np.array(answer.draws))
            counted.append(table.documented)
        else:
            refused.append(answer)
        if tick is not None:
            tick((at + 1) / len(tables))
    if len(sums) < max(2, 0.9 * len(tables)):
        words = (
            refused[0].words if refused and isinstance(refused[0], Refusal | Modes) else "too few linkages"
        )
        return Refusal(
            family, "linkages_refused", f"{len(refused)} of {len(tables)} linkages give no estimate - {words}"
        )
    pooled = pool_replicates(sums, counted, settings.level)
    notes = (
        (
            f"{len(sums)} linkages; {pooled.between / (pooled.within + pooled.between):.0%} of the doubt is from the "
            "linking"
        ),
        *((pooled.warning,) if pooled.warning else ()),
    )
    return Estimate(
        family,
        "estimate",
        pooled.estimated,
        pooled.unlisted,
        "the pair probabilities are calibrated",
        f"{family} on drawn linkages, pooled",
        notes,
    )
