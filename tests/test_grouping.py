"""A made-up world, hard setting, read by the real reader: what is one event is told apart well, and never over a border."""

import sys
from functools import cache
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
if not (BENCHMARKS / "grouping.py").is_file():
    pytest.skip("no benchmarks beside the tests", allow_module_level=True)
sys.path.insert(0, str(BENCHMARKS))

import grouping  # noqa: E402
import world  # noqa: E402

from tollbook.record import Record, conclude  # noqa: E402


@cache
def measured() -> tuple[world.World, dict[str, str], Record]:
    made = world.world(400, 7, hard=True)
    told, truth = grouping.read_world(made)
    return made, truth, conclude(told)


def test_pairwise_f1_is_at_least_nine_tenths() -> None:
    _made, truth, record = measured()
    scores = grouping.compare(grouping.groups_of(record, truth), truth)
    assert scores.pair_f1 >= 0.90
    assert scores.b3_f1 >= 0.90


def test_no_incident_lies_in_two_countries() -> None:
    made, truth, record = measured()
    country = {e.id: e.country for e in made.events.values()}
    for incident in record.incidents:
        assert len({country[truth[t]] for t in incident.testimonies if truth.get(t) in country}) <= 1


def test_the_true_number_of_dead_lies_in_the_range() -> None:
    made, truth, record = measured()
    count, held, right = grouping.toll_scores(record, truth, made)
    assert held / count >= 0.93
    assert right / count >= 0.80


def test_one_seed_gives_one_world() -> None:
    assert world.world(60, 3).reports == world.world(60, 3).reports
    assert world.world(60, 3).reports != world.world(60, 4).reports


def test_the_stretches_of_a_report_are_where_they_say() -> None:
    for told in world.world(60, 3).reports:
        assert all(0 <= s.start < s.end <= len(told.text) for s in told.stretches)
        assert " ".join(told.text[s.start : s.end] for s in told.stretches) == told.text


def test_grouping_measures_are_right_on_a_small_example() -> None:
    truth = {"a": 1, "b": 1, "c": 2, "d": 2}
    scores = grouping.compare({"a": 1, "b": 1, "c": 1, "d": 2}, truth)
    assert (scores.pair_precision, scores.pair_recall) == (1 / 3, 1 / 2)
    assert grouping.compare(truth, truth).b3_f1 == 1.0
