"""Whatever a register holds, a family grouped by itself comes out as it does among everything."""

import sys
from pathlib import Path

import pytest

from tollbook.model.testimony import Testimony as Told
from tollbook.record import conclude, families, linked

sys.path.insert(0, str(Path(__file__).parent.parent / "benchmarks"))
from grouping import read_world  # the benchmark's world, whose folder is no package
from world import world


@pytest.fixture(scope="module")
def told() -> list[Told]:
    return read_world(world(90, 5, hard=True))[0]


def test_families_are_closed_under_grouping(told: list[Told]) -> None:
    of = families(told)
    whole = {i.testimonies for i in conclude(told).incidents}
    pieces: set[tuple[str, ...]] = set()
    for name in set(of.values()):
        pieces |= {i.testimonies for i in conclude(t for t in told if of[t.id] == name).incidents}
    assert pieces == whole


def test_what_a_report_is_linked_with_leads_to_its_family(told: list[Told]) -> None:
    of = families(told)
    for report in sorted({t.report for t in told})[:25]:
        new = [t for t in told if t.report == report]
        others = [t for t in told if t.report != report]
        before = families(others)
        joined = {before[t] for some in linked(new, others).values() for t in some}
        for name in {of[t.id] for t in new}:
            rest = {before[t.id] for t in others if of[t.id] == name}
            assert rest <= joined
