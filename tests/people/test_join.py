"""Joining: every row in one person, decisions hold, lists forbid, nothing chains."""

from random import Random
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tollbook.model.person import Decision, Row
from tollbook.people.join import conflicts_of, decided, join, persons_of

ROWS = 12
Edge = tuple[int, int, float]
ENDS = st.tuples(st.integers(0, ROWS - 1), st.integers(0, ROWS - 1)).filter(lambda e: e[0] < e[1])
EDGES = st.lists(st.tuples(ENDS, st.floats(0, 1)), max_size=40, unique_by=lambda e: e[0]).map(
    lambda found: [(a, b, p) for (a, b), p in found]
)
PAIRS = st.lists(ENDS, max_size=6)


def joined(edges: list[Edge], **how: Any) -> list[tuple[int, ...]]:
    pairs = np.array([e[:2] for e in edges], np.int64).reshape(-1, 2)
    return join(ROWS, pairs, np.array([e[2] for e in edges]), **how)


@given(EDGES, PAIRS, PAIRS)
def test_every_row_is_in_one_person_and_decisions_hold(
    edges: list[Edge], same: list[tuple[int, int]], different: list[tuple[int, int]]
) -> None:
    different = [p for p in different if p not in same]
    groups = joined(edges, same=same, different=different)
    assert sorted(row for group in groups for row in group) == list(range(ROWS))
    of = {row: n for n, group in enumerate(groups) for row in group}
    assert all(of[a] != of[b] for a, b in different)
    if not different:
        assert all(of[a] == of[b] for a, b in same)


@given(EDGES)
def test_nobody_stands_twice_on_a_list_of_single_persons(edges: list[Edge]) -> None:
    lists = ["a" if i % 2 else "b" for i in range(ROWS)]
    for group in joined(edges, lists=lists, single=("a", "b")):
        assert len({lists[i] for i in group}) == len(group)


@given(EDGES, st.randoms())
def test_the_order_of_pairs_does_not_matter(edges: list[Edge], random: Random) -> None:
    turned = list(edges)
    random.shuffle(turned)
    if len({e[2] for e in edges}) == len(edges):  # ties are broken by place
        assert joined(edges) == joined(turned)


def test_a_chain_is_not_a_person() -> None:
    edges = [(i, i + 1, 0.6) for i in range(ROWS - 1)]
    assert max(len(group) for group in joined(edges, cut=0.5)) <= 2


def test_decisions_that_fight_are_shown_with_their_chain() -> None:
    rows = [Row("a", str(i), {}) for i in range(4)]
    names = [("a", str(i)) for i in range(4)]
    told = [
        Decision(names[0], names[1], "same", "x", "2025-01-01"),
        Decision(names[1], names[2], "same", "x", "2025-01-02"),
        Decision(names[0], names[2], "different", "y", "2025-01-03"),
        Decision(names[2], names[3], "same", "y", "2025-01-04"),
        Decision(names[2], names[3], "different", "y", "2025-01-05"),
        Decision(names[3], ("gone", "1"), "same", "y", "2025-01-06"),
    ]
    same, different, lost = decided(told, rows)
    assert (same, different) == ({(0, 1), (1, 2)}, {(0, 2), (2, 3)})
    assert [d.two for d in lost] == [("gone", "1")]
    assert [c.path for c in conflicts_of(same, different, rows)] == [(names[0], names[1], names[2])]


def test_a_person_is_named_by_its_rows_and_doubted_by_its_weakest_link() -> None:
    rows = [Row("a", "1", {}), Row("b", "1", {}), Row("c", "9", {})]
    pairs, p = np.array([[0, 1], [0, 2], [1, 2]]), np.array([0.99, 0.8, 0.3])
    one = persons_of(rows, [(0, 1, 2)], pairs, p)[0]
    assert one.doubt == 0.8
    turned = persons_of(rows[::-1], [(0, 1, 2)], pairs, p)[0]
    assert turned.id == one.id
