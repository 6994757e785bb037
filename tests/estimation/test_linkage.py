"""Doubt about links is drawn, estimated and pooled; a threshold alone is too sure of itself."""

import numpy as np
import pytest

from tollbook.errors import UsageError
from tollbook.estimation.linkage import Array, answer_linked, draw_tables, link_table
from tollbook.estimation.pooled import pooled_study
from tollbook.estimation.settings import Settings
from tollbook.model.estimate import Estimate, Refusal, Table

LISTS = ("A", "B", "C")
SWIFT = Settings(families=("loglinear",), averaged=True, kept=400)


def linked_world(seed: int, people: int = 900) -> tuple[list[int], Array, Table]:
    """Draw people on three lists, and what a calibrated linker would say: sure pairs, and doubtful ones of .6.

    Doubtful are some true pairs and, between records alone in truth, as many false ones as make six in ten true.
    """
    rng = np.random.default_rng(seed)
    records: list[int] = []
    sure: list[tuple[int, int]] = []
    doubtful: list[tuple[int, int]] = []
    alone: list[int] = []
    for places in rng.random((people, 3)) < (0.45, 0.4, 0.35):
        on = np.flatnonzero(places)
        mine = list(range(len(records), len(records) + len(on)))
        records += [int(place) for place in on]
        if len(on) == 2:
            (doubtful if rng.random() < 0.5 else sure).append((mine[0], mine[1]))
        elif len(on) == 3:
            sure += [(mine[0], mine[1]), (mine[1], mine[2]), (mine[0], mine[2])]
        else:
            alone += mine
    true = np.array([(*pair, 1.0) for pair in (*sure, *doubtful)])
    left = [int(i) for i in rng.permutation(alone)]
    false: list[tuple[int, int]] = []
    while len(false) < round(len(doubtful) * 0.4 / 0.6) and len(left) > 1:
        one = left.pop()
        other = next((at for at in left if records[at] != records[one]), None)
        if other is not None:
            left.remove(other)
            false.append((one, other))
    rows = [(*pair, 0.997) for pair in sure] + [(*pair, 0.6) for pair in (*doubtful, *false)]
    return records, np.array(rows, dtype=float), link_table(records, true, LISTS)


def test_a_linkage_joins_the_surest_first_and_never_two_of_one_list() -> None:
    records = [0, 1, 2, 1]
    pairs = np.array([[0, 1, 0.9], [1, 2, 0.8], [0, 3, 0.95]])
    table = link_table(records, pairs, LISTS)
    assert dict(table.cells) == {"110": 1, "011": 1}
    assert sum(c * p.count("1") for p, c in table.cells) == len(records)  # no record is lost


def test_draws_differ_keep_every_record_and_repeat_by_seed() -> None:
    records, pairs, _ = linked_world(1)
    tables = draw_tables(records, pairs, LISTS, draws=5, seed=1)
    assert tables == draw_tables(records, pairs, LISTS, draws=5, seed=1)
    assert len({t.documented for t in tables}) > 1
    for table in tables:
        assert sum(c * p.count("1") for p, c in table.cells) == len(records)


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        (np.array([[0, 1, 1.2]]), "outside 0 to 1"),
        (np.array([[0, 9, 0.5]]), "not there"),
        (np.array([[0, 1]]), "rows of three"),
    ],
)
def test_wrong_pairs_are_wrong_use(pairs: Array, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        draw_tables([0, 1, 2], pairs, LISTS, draws=2, seed=1)


def test_drawn_linkages_cover_the_truth_where_a_threshold_does_not() -> None:
    drawn = cut = 0
    tries = 30
    for seed in range(tries):
        records, pairs, _ = linked_world(seed)
        sampled = answer_linked(
            draw_tables(records, pairs, LISTS, draws=20, seed=seed), "loglinear", SWIFT, seed
        )
        assert isinstance(sampled, Estimate)
        drawn += sampled.estimated.low <= 900 <= sampled.estimated.high
        surest = link_table(records, pairs[pairs[:, 2] > 0.9], LISTS)
        alone = answer_linked([surest, surest], "loglinear", SWIFT, seed)
        cut += isinstance(alone, Estimate) and alone.estimated.low <= 900 <= alone.estimated.high
    assert drawn >= 0.9 * tries
    assert cut <= 0.75 * tries


def test_one_comparison_of_all_families_over_linkages() -> None:
    records, pairs, truth = linked_world(3)
    tables = draw_tables(records, pairs, LISTS, draws=12, seed=3)
    settings = Settings(families=("loglinear", "graphs", "lower_bound"))
    found = pooled_study(tables, truth, settings, 1)
    assert found.documented == truth.documented
    assert found.quoted is not None
    assert [a.family for a in found.answers] == ["loglinear", "graphs"]
    assert not {c.code: c for c in found.checks}["documented_differs"].passed


def test_tables_that_give_nothing_refuse_the_pool() -> None:
    records = [0, 1, 2, 0, 1, 2]
    tables = draw_tables(records, np.array([[0, 1, 0.5]]), LISTS, draws=4, seed=1)
    assert isinstance(answer_linked(tables, "loglinear", SWIFT, 1), Refusal)
