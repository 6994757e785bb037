"""weigh: columns -> candidate pairs with the probability that both rows are one person.

Splink (Linacre et al. 2022) finds the candidates, compares them and learns how often strangers agree, on DuckDB, in
as much memory as it is given. How often matching rows agree, and the share of pairs that match, are then learned in one
expectation maximisation over all candidates at once (Fellegi and Sunter 1969; Enamorado, Fifield and Imai 2019): no rule of
thumb stands for the share, which fails where every duplicate carries a slip, and a level that no match showed is doubted,
not ruled out.
"""

import logging
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tollbook.people.comparisons import Comparison, Rule, comparisons_for, covers, rules_for, tightened
from tollbook.people.learn import Relatives, learn, probability_of
from tollbook.people.prepare import Columns

Tick = Callable[[str, float], None]
_SAMPLED = 500_000  # random pairs from which chance agreement is learned
_HOPELESS = (
    15.0  # bits short of an even chance by the first guess: such candidates are dropped as they are compared,
)
# for they are strangers, and in their millions they teach that strangers are matches (measured: docs/people.md)
_A_RULE = (2_000_000, 8)  # pairs that one rule may find: so many, and so many a row
_IN_ALL = (6_000_000, 40)  # pairs that all rules may find together, likewise


@dataclass(frozen=True, slots=True)
class Counted:
    """A rule with the pairs it finds; `used` is False where it finds too many and no tighter form would do."""

    rule: Rule
    pairs: int
    used: bool


@dataclass(frozen=True, slots=True)
class Weighed:
    """Candidate pairs and the model that weighed them.

    `pairs` is (pairs × 2) row places, `bits` the log2 Bayes factor of each, `probability` P(one person), `levels` the
    level each comparison fell on (pairs × comparisons; -1 says nothing). `weights[c][level]` are bits. `share` is the
    share of all pairs that match. `rules` are the rules with their pair counts.
    """

    pairs: NDArray[np.int64]
    bits: NDArray[np.float64]
    probability: NDArray[np.float64]
    levels: NDArray[np.int8]
    comparisons: tuple[Comparison, ...]
    weights: tuple[tuple[float, ...], ...]
    share: float
    rules: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """How much memory comparing may take, in bytes, and the folder where the rest is put meanwhile."""

    bytes: int
    spill: Path


def weigh(
    columns: Columns,
    lists: Sequence[str],
    *,
    within: bool = True,
    seed: int = 1,
    most_pairs: int | None = None,
    room: "Room | None" = None,
    tick: Tick | None = None,
) -> Weighed:
    """Find candidate pairs, learn the weights and weigh each pair.

    `lists[i]` is the list of row i; with `within` rows of one list may be one person, without only rows of two lists.
    `most_pairs` bounds what one rule may find (default 8 a row and two million). `room` says how much memory comparing
    may take and where the rest is put; without it, comparing takes what it takes. The same rows and seed give the same
    answer, whatever the room.
    """
    say = tick or (lambda _what, _share: None)
    comparisons, rules = comparisons_for(columns), rules_for(columns)
    if not comparisons or not rules or len(lists) < 2:
        return _nothing(comparisons)
    say("counting candidate pairs", 0.05)
    bound = most_pairs or _A_RULE[0] + _A_RULE[1] * len(lists)
    counted = _count_rules(columns, lists, rules, within, bound)
    used = [c.rule for c in counted if c.used and c.pairs]
    if not used:
        return _nothing(comparisons, counted)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        linker = _linker(columns, lists, comparisons, used, within, room)
        say("learning how often strangers agree", 0.15)
        linker.training.estimate_u_using_random_sampling(max_pairs=_SAMPLED, seed=seed)
        say("comparing candidates", 0.5)
        table = _predict(linker, comparisons)
        strangers = _strangers(linker)
    say("learning how often matches agree", 0.85)
    pairs = np.column_stack([table["unique_id_l"], table["unique_id_r"]])
    levels = np.column_stack([_top_down(table[f"gamma_{c.name}"], len(c.levels)) for c in comparisons])
    rare = np.zeros(len(pairs))
    for name, column in table.items():
        if name.startswith("mw_tf_adj_"):
            rare += column
    family = Relatives(
        tuple(c.shared for c in comparisons),
        {n: c.relatives for n, c in enumerate(comparisons) if c.relatives},
    )
    learned = learn(levels, rare, strangers, _all_pairs(lists, within), relatives=family, seed=seed)
    bits = learned.bits(levels, rare)
    return Weighed(
        pairs,
        bits,
        probability_of(bits, learned.share),
        levels,
        comparisons,
        learned.weights(),
        learned.share,
        tuple(counted),
    )


def _nothing(comparisons: Sequence[Comparison], counted: Sequence[Counted] = ()) -> Weighed:
    none = np.zeros(0)
    return Weighed(
        np.zeros((0, 2), np.int64),
        none,
        none,
        np.zeros((0, len(comparisons)), np.int8),
        tuple(comparisons),
        (),
        0.0,
        tuple(counted),
    )


def _all_pairs(lists: Sequence[str], within: bool) -> int:
    whole = len(lists) * (len(lists) - 1) // 2
    if within:
        return whole
    sizes = np.unique(np.asarray(lists), return_counts=True)[1]
    return whole - int((sizes * (sizes - 1) // 2).sum())


def _count_rules(
    columns: Columns, lists: Sequence[str], rules: Sequence[Rule], within: bool, bound: int
) -> list[Counted]:
    """Count the pairs of each rule without forming them.

    A rule that finds too many gives way to all its tighter forms, each with one column more; where all rules together find
    too many, the loosest are left out.
    """
    codes = {name: _codes(columns[name]) for name in {c for r in rules for c in r.columns} | set(_TIGHTER)}
    own = _codes(list(lists))
    kept: list[Counted] = []
    for rule in rules:
        pairs = _pairs_of([codes[c] for c in rule.columns], own, within)
        if pairs <= bound:
            kept.append(Counted(rule, pairs, True))
            continue
        kept.append(Counted(rule, pairs, False))
        for narrower in tightened(rule, [c for c in _TIGHTER if (codes[c] >= 0).any()]):
            if any(c.used and covers(c.rule, narrower) for c in kept):
                continue
            fewer = _pairs_of([codes[c] for c in narrower.columns], own, within)
            if 0 < fewer <= bound:
                kept.append(Counted(narrower, fewer, True))
    return _within_bounds(kept, _IN_ALL[0] + _IN_ALL[1] * len(lists))


def _within_bounds(counted: Sequence[Counted], bound: int) -> list[Counted]:
    """Leave out the rules that find most until all together find no more than `bound` pairs."""
    room, fit = bound, set()
    for at in sorted((n for n, c in enumerate(counted) if c.used), key=lambda n: counted[n].pairs):
        room -= counted[at].pairs
        if room >= 0:
            fit.add(at)
    return [c if n in fit or not c.used else replace(c, used=False) for n, c in enumerate(counted)]


_TIGHTER = ("death_month", "death", "birth_year", "place_k", "family_k", "given_k", "father_k", "mother")


def _codes(values: Sequence[str | int | None]) -> NDArray[np.int64]:
    """Number the values of a column; -1 for None."""
    numbers: dict[str | int, int] = {}
    return np.fromiter(
        (-1 if v is None else numbers.setdefault(v, len(numbers)) for v in values), np.int64, len(values)
    )


def _pairs_of(keys: Sequence[NDArray[np.int64]], own: NDArray[np.int64], within: bool) -> int:
    full = np.logical_and.reduce([k >= 0 for k in keys])
    if not full.any():
        return 0
    block = np.zeros(int(full.sum()), np.int64)
    for key in keys:
        _, block = np.unique(block * (int(key.max()) + 1) + key[full], return_inverse=True)
    sizes = np.bincount(block)
    pairs = int((sizes * (sizes - 1) // 2).sum())
    if within:
        return pairs
    _, inner = np.unique(block * (int(own.max()) + 1) + own[full], return_inverse=True)
    same = np.bincount(inner)
    return pairs - int((same * (same - 1) // 2).sum())


def _linker(
    columns: Columns,
    lists: Sequence[str],
    comparisons: Sequence[Comparison],
    rules: Sequence[Rule],
    within: bool,
    room: "Room | None",
) -> Any:
    import duckdb  # noqa: PLC0415  # these four are heavy: only linking loads them
    import pyarrow as pa  # noqa: PLC0415
    import splink.comparison_level_library as levels  # noqa: PLC0415
    from splink import DuckDBAPI, Linker, SettingsCreator  # noqa: PLC0415
    from splink.comparison_library import CustomComparison  # noqa: PLC0415
    from splink.internals.blocking_rule_library import CustomRule  # noqa: PLC0415  # no public name in Splink 5.0

    needed = {x for c in comparisons for x in c.columns} | {x for r in rules for x in r.columns}
    data = {
        "unique_id": pa.array(range(len(lists)), pa.int64()),
        "list_of": pa.array(list(lists), pa.string()),
    }
    for name in sorted(needed):
        kind = pa.int32() if name == "birth_year" else pa.string()
        data[name] = pa.array(list(columns[name]), kind)
    apart = "" if within else ' and l."list_of" <> r."list_of"'
    bounds = (
        {}
        if room is None
        else {"memory_limit": f"{room.bytes // 2**20}MiB", "temp_directory": str(room.spill)}
    )
    base = duckdb.connect(config={"preserve_insertion_order": "false", **bounds})
    return Linker(
        DuckDBAPI(connection=base).register(pa.table(data), table_name="rows"),
        SettingsCreator(
            link_type="dedupe_only",
            comparisons=[_spelled(c, levels, CustomComparison) for c in comparisons],
            blocking_rules_to_generate_predictions=[CustomRule(_sql(r) + apart) for r in rules],
            probability_two_random_records_match=min(0.5, 2 / len(lists)),  # as if every row had one partner
            retain_matching_columns=True,  # Splink gives the levels only beside them
            retain_intermediate_calculation_columns=True,
        ),
        log_level=logging.ERROR,
        validate_settings=False,
    )


def _sql(rule: Rule) -> str:
    return " and ".join(f'l."{c}" = r."{c}"' for c in rule.columns)


def _spelled(comparison: Comparison, levels: Any, custom: Any) -> Any:
    made = [levels.CustomLevel(comparison.null, "says nothing").configure(is_null_level=True)]
    for level in comparison.levels:
        one = levels.CustomLevel(level.sql, level.words)
        made.append(one.configure(tf_adjustment_column=level.tf) if level.tf else one)
    made.append(levels.ElseLevel())
    return custom(output_column_name=comparison.name, comparison_levels=made)


def _predict(linker: Any, comparisons: Sequence[Comparison]) -> dict[str, Any]:
    """Compare all candidates and keep those that are not hopeless."""
    found = linker.inference.predict(threshold_match_weight=-_HOPELESS)
    wanted = ["unique_id_l", "unique_id_r", *(f"gamma_{c.name}" for c in comparisons)]
    wanted += [f"mw_tf_adj_{c.name}" for c in comparisons if any(level.tf for level in c.levels)]
    sql = f"select {', '.join(wanted)} from {found.physical_name} order by unique_id_l, unique_id_r"
    table = linker.misc.query_sql(sql).as_pyarrow_table()
    return {name: table.column(name).to_numpy() for name in table.column_names}


def _top_down(gammas: NDArray[np.int64], levels: int) -> NDArray[np.int8]:
    """Number levels from the top of the table, 0 first, the last for "otherwise"; -1 stays for saying nothing."""
    return np.where(gammas < 0, -1, levels - gammas).astype(np.int8)


def _strangers(linker: Any) -> list[NDArray[np.float64]]:
    """Return how often strangers fall on each level, top first; never nought: the sample has an end."""
    model = linker.misc.save_model_to_json(None)
    found = []
    for spelled in model["comparisons"]:
        told = [
            level.get("u_probability")
            for level in spelled["comparison_levels"]
            if not level.get("is_null_level")
        ]
        u = np.array([x if isinstance(x, float) else 0.0 for x in told])
        u = np.maximum(u, 0.5 / _SAMPLED)
        found.append(u / u.sum())
    return found
