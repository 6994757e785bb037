"""Small cells are hidden before a table is shared, and a shared table still gives an estimate."""

import numpy as np
import pytest

from tollbook.errors import UsageError
from tollbook.estimation import Settings, complete, parse_cells, protect, table_of
from tollbook.estimation.pooled import pooled_study
from tollbook.model.estimate import Estimate, Table


def test_small_counts_and_zeros_are_hidden_alike(tables: dict[str, Table]) -> None:
    shared = protect(tables["lesbian"], below=25)
    shown = dict(shared.cells)
    assert len(shown) == 15
    for pattern, count in tables["lesbian"].cells:
        assert shown[pattern] == (count if count >= 25 else None)
    zeros = protect(parse_cells("100:40 010:30 001:20 110:6"))
    assert dict(zeros.cells)["111"] is None


def test_completed_tables_agree_with_what_was_shared(tables: dict[str, Table]) -> None:
    shared = protect(tables["lesbian"], below=25)
    done = complete(shared, draws=10, seed=1)
    assert done == complete(shared, draws=10, seed=1)
    for table in done:
        counts = dict(table.cells)
        for pattern, count in shared.cells:
            found = counts.get(pattern, 0)
            assert found == count if count is not None else 0 <= found < 25
    hidden = [sum(t.documented for t in done) / 10 - sum(c or 0 for _, c in shared.cells)]
    assert np.mean(hidden) == pytest.approx(23 + 19 + 20, rel=0.6)


def test_an_estimate_from_a_shared_table_is_near_that_of_the_whole(tables: dict[str, Table]) -> None:
    done = complete(protect(tables["kosovo"], below=20), draws=12, seed=2)
    settings = Settings(families=("graphs",))
    pooled = pooled_study(done, done[0], settings, 1, doubt_of="the hidden counts").answers[0]
    assert isinstance(pooled, Estimate)
    assert pooled.estimated.best == pytest.approx(12_595, rel=0.12)
    assert "the hidden counts" in pooled.notes[0]


def test_wide_tables_are_not_shared_cell_by_cell() -> None:
    with pytest.raises(UsageError, match="up to 8"):
        protect(table_of({"1" * 9: 5}))
