"""What holds of any table: nobody is lost, nothing falls below the documented, the order of lists says nothing."""

import os
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tollbook.estimation import Settings, compare, keep_lists, merge_lists, parse_cells, table_of
from tollbook.estimation.answers import answer_table
from tollbook.estimation.graphs import average_graphs
from tollbook.estimation.loglinear import fit_models, model_of
from tollbook.estimation.table import full_counts, usable_lists
from tollbook.model.estimate import Estimate, Modes, Refusal, Table

SWIFT = Settings(families=("loglinear", "graphs", "no_highest_interaction", "lower_bound"), replicates=50)


@st.composite
def tables_of(draw: st.DrawFn) -> Table:
    """Draw a table of three or four lists, sparse ones and large ones among them."""
    lists = draw(st.integers(3, 4))
    sizes = st.one_of(st.integers(0, 3), st.integers(0, 60), st.integers(0, 5000))
    counts = {f"{i:0{lists}b}": draw(sizes) for i in range(1, 2**lists)}
    return table_of(counts)


@settings(max_examples=30, deadline=None)
@given(tables_of())
def test_every_table_gets_an_answer_or_a_reason(table: Table) -> None:
    found = compare(table, SWIFT, 1, consistency=False, without=False)
    assert found.documented == sum(count for _, count in table.cells)
    for answer in found.answers:
        if isinstance(answer, Estimate):
            whole = answer.estimated
            assert found.documented <= whole.low + 1e-6
            assert whole.low <= whole.best <= whole.high < np.inf
            assert whole.high <= SWIFT.cap * found.documented * (1 + 1e-9) or answer.role == "floor"
        elif isinstance(answer, Modes):
            assert len(answer.modes) > 1
            assert answer.modes[0][1].low >= found.documented - 1e-6
        else:
            assert isinstance(answer, Refusal)
            assert len(answer.words) > 20
    if found.quoted is not None:
        assert found.documented <= found.quoted.low + 1e-6
        assert found.quoted.low <= found.quoted.high
    else:
        assert "estimate" in found.verdict


@settings(max_examples=40, deadline=None)
@given(tables_of(), st.randoms(use_true_random=False))
def test_the_order_of_lists_says_nothing(table: Table, chance: object) -> None:
    order = list(range(len(table.lists)))
    chance.shuffle(order)  # type: ignore[attr-defined]  # hypothesis gives a Random
    turned = table_of(
        {"".join(p[i] for i in order): c for p, c in table.cells}, [table.lists[i] for i in order]
    )
    if len(usable_lists(table).lists) < len(table.lists):
        return
    one, two = (average_graphs(full_counts(t)) for t in (table, turned))
    assert one.mean == pytest.approx(two.mean, rel=1e-6)
    independence = model_of(",".join(str(i + 1) for i in order))
    fits = [fit_models(full_counts(t), [independence])[0].total for t in (table, turned)]
    assert fits[0] == pytest.approx(fits[1], rel=1e-6)


@settings(max_examples=60, deadline=None)
@given(tables_of())
def test_lists_kept_and_merged_lose_nobody_they_should_not(table: Table) -> None:
    kept = keep_lists(table, table.lists[:2])
    assert kept.size(table.lists[0]) == table.size(table.lists[0])
    assert merge_lists(table, table.lists[:2], "both").documented == table.documented


def test_twice_the_people_twice_the_estimate_and_a_narrower_share() -> None:
    small = parse_cells("100:60 010:49 001:40 110:16 101:13 011:11 111:4")
    large = table_of({p: 20 * c for p, c in small.cells})
    for one, two in zip(answer_table(small, SWIFT, 1), answer_table(large, SWIFT, 1), strict=True):
        if isinstance(one, Estimate) and isinstance(two, Estimate):
            assert two.estimated.best == pytest.approx(20 * one.estimated.best, rel=0.2)
            width = [(e.estimated.high - e.estimated.low) / e.estimated.best for e in (one, two)]
            assert width[1] < width[0]


def test_without_compiled_code_the_draws_are_right_too() -> None:
    """Plain Python is a hundred times slower, and gives the exact answer of the tiny table as well."""
    program = (
        "import sys; sys.modules['numba'] = None\n"
        "from tollbook.estimation import COMPILED, Sampling, parse_cells\n"
        "from tollbook.estimation.latent import sample_latent\n"
        "assert not COMPILED\n"
        "table = parse_cells('100:3 010:2 001:2 110:1 111:1')\n"
        "found = sample_latent(table, Sampling(classes=2, burn=200, draws=1200, thin=1, rungs=1), 3)\n"
        "print(9 + found.unlisted.mean())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={**os.environ}
    )
    assert float(done.stdout) == pytest.approx(12.9727, abs=0.5)
