"""linkage: pair probabilities -> draws of whole linkages -> tables -> one pooled estimate.

This is the seam to record linkage. Whatever links records (Splink, people by hand, both) hands over three things:

- `records`: for each record, the place of its list in `lists` (a record is a row of a list after duplicates inside
  the list were removed);
- `pairs`: rows of (record, record, probability that both are one person), the probabilities calibrated, so that of
  pairs given .8 four in five are one person; pairs not named are not one person; a decision of people is a pair of
  probability 1 or 0;
- `lists`: their names.

A draw decides every pair by chance and is kept, group by group of connected records, only where it is a whole: one
record a list and person, and no pair both apart and joined through others. So a third record that knows both speaks
for a doubtful pair, as it should; the spread between draws is the doubt of the linking. Where a group is so large that
no such draw is found, its accepted pairs are joined surest first.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tollbook.errors import UsageError
from tollbook.estimation.answers import answer_table
from tollbook.estimation.latent import Tick
from tollbook.estimation.pool import pool_replicates
from tollbook.estimation.settings import ASSUMES, Settings
from tollbook.estimation.shaping import thinned
from tollbook.estimation.table import table_of_rows
from tollbook.model.estimate import Answer, Estimate, Family, Modes, Refusal, Table

Array = NDArray[np.float64]
_TRIES = 60


def draw_tables(
    records: Sequence[int], pairs: Array, lists: Sequence[str], *, draws: int, seed: int
) -> list[Table]:
    """Draw whole linkages and return the table of each; at least twenty draws make a fair interval.

    Raises UsageError for probabilities outside 0 to 1 and for pairs of records that are not there.
    """
    _check(records, pairs, lists)
    rng = np.random.default_rng(seed)
    groups = _groups(len(records), pairs)
    return [
        link_table(records, np.concatenate([_whole(records, group, rng) for group in groups]), lists)
        if groups
        else link_table(records, pairs, lists)
        for _ in range(draws)
    ]


def _groups(records: int, pairs: Array) -> list[Array]:
    """Part pairs into groups that share no record, directly or through others."""
    parent = list(range(records))

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    for a, b, _ in pairs:
        parent[root(int(a))] = root(int(b))
    found: dict[int, list[int]] = {}
    for at, (a, _, _) in enumerate(pairs):
        found.setdefault(root(int(a)), []).append(at)
    return [pairs[rows] for rows in found.values()]


def _whole(records: Sequence[int], group: Array, rng: np.random.Generator) -> Array:
    """Draw which pairs of a group are one person, until they make wholes; else what was drawn last."""
    chosen = group[rng.random(len(group)) < group[:, 2]]
    if len(group) == 1:
        return chosen
    for _ in range(_TRIES):
        taken = rng.random(len(group)) < group[:, 2]
        chosen = group[taken]
        if _is_whole(records, group, taken):
            return chosen
    return chosen


def _is_whole(records: Sequence[int], group: Array, taken: NDArray[np.bool_]) -> bool:
    """Tell whether no person has two records of one list, and no pair is both apart and joined through others."""
    person: dict[int, set[int]] = {}
    for a, b, _ in group[taken]:
        one, two = person.get(int(a), {int(a)}), person.get(int(b), {int(b)})
        if one is not two:
            both = one | two
            if len({records[i] for i in both}) < len(both):
                return False
            for i in both:
                person[i] = both
    return all(int(b) not in person.get(int(a), ()) for a, b, _ in group[~taken])


def _check(records: Sequence[int], pairs: Array, lists: Sequence[str]) -> None:
    if pairs.ndim != 2 or pairs.shape[1] != 3:
        raise UsageError("pairs are rows of three - record, record, probability - give them so")
    if pairs.size and not ((pairs[:, 2] >= 0) & (pairs[:, 2] <= 1)).all():
        raise UsageError("a probability outside 0 to 1 - pairs have the probability of being one person")
    if pairs.size and not ((pairs[:, :2] >= 0) & (pairs[:, :2] < len(records))).all():
        raise UsageError(f"a pair of records that are not there - there are {len(records)}")
    if any(not 0 <= place < len(lists) for place in records):
        raise UsageError(f"a record of a list that is not there - there are {len(lists)}")


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
    tables: Sequence[Table],
    family: Family,
    settings: Settings,
    seed: int,
    tick: Tick | None = None,
    doubt_of: str = "the linking",
) -> Answer:
    """Estimate every drawn linkage with one family and pool them into one interval (Rubin's rules)."""
    sums, counted, refused = [], [], []
    each = replace(settings, families=(family,))
    for at, table in enumerate(tables):
        answer = next(a for a in answer_table(table, each, seed + at) if a.family in (family, None))
        if isinstance(answer, Estimate | Modes) and answer.draws:
            sums.append(np.array(answer.draws))
            counted.append(table.documented)
        else:
            refused.append(answer)
        if tick is not None:
            tick((at + 1) / len(tables))
    if len(sums) < max(2, 0.9 * len(tables)):
        first = refused[0] if refused else None
        words = first.words if isinstance(first, Refusal | Modes) else "too few tables"
        return Refusal(
            family, "tables_refused", f"{len(refused)} of {len(tables)} tables give no estimate - {words}"
        )
    pooled = pool_replicates(sums, counted, settings.level)
    share = pooled.between / max(pooled.within + pooled.between, 1e-12)
    notes = (
        f"{len(sums)} tables; {share:.0%} of the doubt is from {doubt_of}",
        *((pooled.warning,) if pooled.warning else ()),
    )
    return Estimate(
        family,
        "sensitivity" if family == "no_highest_interaction" else "estimate",
        pooled.estimated,
        pooled.unlisted,
        f"{ASSUMES[family]}; the probabilities behind {doubt_of} are right",
        f"pooled over {len(sums)} tables (Rubin)",
        notes,
        draws=thinned(np.concatenate([s[:: max(1, len(s) // 100)] for s in sums]), settings.kept),
    )
