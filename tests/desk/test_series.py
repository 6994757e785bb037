"""A figure on day X, as known on day Y: two real series of daily totals and all their revisions, answered exactly."""

import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tollbook.desk.remembering import told_on
from tollbook.desk.series import Column, Layout, load_series
from tollbook.desk.verifying import verify
from tollbook.errors import UsageError
from tollbook.register.register import Register

SETS = Path(__file__).parents[3] / "shared" / "eval"
COLUMNS = {
    "killed_cum": Column("killed"),
    "injured_cum": Column("injured"),
    "killed_children_cum": Column("killed", "child"),
    "ext_killed_cum": Column("killed", modality="estimated"),
    "killed_cum_reported": Column("killed", origin="as first reported"),
}
SERIES = {"gaza": ("Gaza Strip", "PS"), "lebanon": ("Lebanon", "LB")}


def layout(name: str) -> Layout:
    place, country = SERIES[name]
    return Layout(name, COLUMNS, "valid_date", "recorded_at", "report_source", place, country)


def rows_of(name: str) -> list[dict[str, Any]]:
    path = SETS / f"toll_{name}_bitemporal.jsonl"
    if not path.exists():
        pytest.skip("the series are not beside the checkout")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def asked(register: Register, name: str, row: Mapping[str, Any], moment: datetime) -> dict[str, int | None]:
    """Ask for every figure of a row's day as known at a moment."""
    found: dict[str, int | None] = {}
    for key, column in COLUMNS.items():
        told = told_on(
            register, column.harm, on=row["valid_date"], as_of=moment, place=SERIES[name][0],
            age_group=column.age_group, modality=column.modality,
        )  # fmt: skip
        own = column.origin or row["report_source"]
        told = [t for t in told if t.testimony.claim.origin and t.testimony.claim.origin.name == own]
        assert len(told) <= 1
        found[key] = told[0].testimony.claim.count.best if told else None
    return found


@pytest.mark.parametrize("name", sorted(SERIES))
def test_every_day_as_known_at_every_moment(name: str, tmp_path: Path) -> None:
    rows = rows_of(name)
    with Register(str(tmp_path / "r"), create=True) as register:
        assert load_series(register, rows, layout(name)).added == len(rows)
        assert load_series(register, rows, layout(name)).added == 0
        by_day: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in sorted(rows, key=lambda r: datetime.fromisoformat(r["recorded_at"])):
            by_day[row["valid_date"]].append(row)
        for known in by_day.values():
            for before, row in zip([{}, *known], known, strict=False):
                moment = datetime.fromisoformat(row["recorded_at"])
                assert asked(register, name, row, moment) == {key: row.get(key) for key in COLUMNS}
                earlier = asked(register, name, row, moment - timedelta(microseconds=1))
                assert earlier == {key: before.get(key) for key in COLUMNS}
            now = asked(register, name, known[-1], datetime.fromisoformat("2100-01-01T00:00:00+00:00"))
            assert now == {key: known[-1].get(key) for key in COLUMNS}
        assert verify(register).faults == ()


def test_both_databases_remember_alike(register: str) -> None:
    rows = [
        {
            "valid_date": "2025-01-01",
            "recorded_at": "2025-01-02T10:00:00+02:00",
            "killed_cum": 10,
            "report_source": "a",
        },
        {
            "valid_date": "2025-01-03",
            "recorded_at": "2025-01-03T23:30:00-05:00",
            "killed_cum": 14,
            "report_source": "a",
        },
        {
            "valid_date": "2025-01-01",
            "recorded_at": "2025-01-09T10:00:00+00:00",
            "killed_cum": 9,
            "report_source": "a",
        },
    ]
    with Register(register, create=True) as opened:
        load_series(opened, rows, layout("gaza"))

        def figures(on: str, as_of: str, carry: bool = False) -> list[int | None]:
            return [
                t.testimony.claim.count.best
                for t in told_on(opened, "killed", on=on, as_of=as_of, carry=carry)
            ]

        assert figures("2025-01-01", "2025-01-01") == []
        assert figures("2025-01-01", "2025-01-02") == [10]
        assert figures("2025-01-01", "2025-01-09") == [9]
        assert figures("2025-01-03", "2025-01-03") == []  # it was the fourth already in UTC
        assert figures("2025-01-03", "2025-01-04") == [14]
        assert figures("2025-01-02", "2025-01-05", carry=True) == [10]
        assert figures("2025-02-01", "2025-02-01", carry=True) == [14]


def test_a_row_without_its_moment_is_told(tmp_path: Path) -> None:
    with (
        Register(str(tmp_path / "r"), create=True) as register,
        pytest.raises(UsageError, match="recorded_at"),
    ):
        load_series(register, [{"valid_date": "2025-01-01"}], layout("gaza"))
