"""The coast of Syria in March 2025: 28 reports of many outlets, one umbrella incident with its parts.

The texts are our own; the figures are those that were published (docs/methodology.md, "Sources").
"""

import json
from functools import cache
from pathlib import Path

import pytest

from tollbook.desk.examples import example_record
from tollbook.model.incident import Incident
from tollbook.model.report import report_of
from tollbook.model.toll import Entry, Toll
from tollbook.pipeline import read_report
from tollbook.record import Record, attested, conclude, record_of

ROWS = [json.loads(line) for line in example_record().read_text(encoding="utf-8").splitlines()]


@cache
def readings() -> tuple[object, ...]:
    return tuple(
        read_report(
            report_of(row["text"], ref=row["id"], **{k: v for k, v in row.items() if k not in ("text", "id")})
        )
        for row in ROWS
    )


@cache
def record() -> Record:
    return record_of(readings())  # type: ignore[arg-type]  # readings


def names(incident: Incident) -> set[str]:
    """Return the short names of an incident's reports."""
    refs = {r.report.id: r.report.ref[:2] for r in readings()}  # type: ignore[attr-defined]  # readings
    return {refs[r] for r in incident.reports}


def telling(short: str) -> Incident:
    return next(i for i in record().incidents if short in names(i))


def row(incident: Incident, status: str = "all", harm: str = "killed") -> Toll:
    return next(t for t in incident.tolls if t.harm == harm and t.status == status)


def entry(incident: Incident, report: str, quote: str) -> Entry:
    refs = {r.report.id: r.report.ref[:2] for r in readings()}  # type: ignore[attr-defined]  # readings
    claims = {t.id: t for t in record().testimonies}
    return next(
        e
        for e in row(incident).ledger
        if refs[claims[e.claim].report] == report and claims[e.claim].claim.count.quote == quote
    )


def test_nineteen_reports_tell_one_umbrella_incident() -> None:
    assert names(telling("07")) == {
        "04", "05", "07", "08", "09", "10", "11", "12", "13", "15", "16", "17", "18", "19", "20", "21", "22", "23", "25",
    }  # fmt: skip
    umbrella = telling("07")
    assert umbrella.period is not None
    assert (umbrella.period.start, umbrella.period.end) == ("2025-03-06", "2025-03-12")
    assert umbrella.title.startswith("Latakia, Tartus")


def test_its_parts_are_its_children_and_are_not_added_to_it() -> None:
    umbrella = telling("07")
    for part in ("01", "03", "06"):
        assert telling(part).parent == umbrella.id
        assert telling(part).id in umbrella.children
    assert names(telling("01")) == {"01", "02"}
    assert names(telling("06")) == {"06", "26"}
    assert (row(telling("01")).low, row(telling("01")).best) == (16, 16)  # raised from 13 by the same monitor
    assert (row(telling("06")).low, row(telling("06")).best) == (
        60,
        60,
    )  # a monitor is asked before residents


def test_other_events_stay_apart() -> None:
    assert names(telling("14")) == {"14"}  # a mine in another province
    assert all("24" not in names(i) for i in record().incidents)  # 2013, told as context
    month = telling("27")
    assert names(month) == {"27"}  # the sum of a country and a month holds the coast
    assert telling("07").parent == month.id


def test_the_toll_of_the_coast() -> None:
    umbrella = telling("07")
    civilians = row(umbrella, "civilian")
    assert (civilians.best, civilians.high) == (1383, 1383)
    assert civilians.low is not None
    assert 211 <= civilians.low <= 631  # the other monitor's, whose mixed part may hold civilians
    assert (row(umbrella, "security_forces").low, row(umbrella, "security_forces").high) == (125, 172)
    assert row(umbrella).best == 1383 + 125 + 148
    assert row(umbrella).low == 803


def test_the_ledger_says_why() -> None:
    umbrella = telling("07")
    assert entry(umbrella, "07", "745").use == "superseded"
    assert entry(umbrella, "09", "745").use == "superseded"
    assert entry(umbrella, "21", "At least 745").use == "superseded"  # an old figure told again late
    assert entry(umbrella, "20", "1,383").use == "same_origin"
    assert entry(umbrella, "22", "Nearly 1,400").use == "agrees"
    assert entry(umbrella, "19", "683").use == "part_of"
    assert entry(umbrella, "15", "39").use == "part_of"
    assert entry(umbrella, "10", "More than 1,000").use in ("superseded", "same_origin")
    assert "floor" in entry(umbrella, "17", "111").reason
    assert "high only" in entry(umbrella, "11", "250").reason
    assert "high only" in entry(umbrella, "12", "300").reason


def test_what_a_side_says_of_its_enemy_reaches_high_only() -> None:
    umbrella = telling("07")
    assert (row(umbrella, "armed_group").low, row(umbrella, "armed_group").best) == (148, 148)
    assert row(umbrella, "armed_group").high == 250
    assert (row(umbrella, "armed_forces").low, row(umbrella, "armed_forces").best) == (None, None)


def test_origins_are_counted_and_not_outlets() -> None:
    assert {o.name for o in telling("07").independent_origins} == {
        "Syrian Observatory for Human Rights",
        "Syrian Network for Human Rights",
        "UN Human Rights Office",
    }
    assert telling("07").grade == "fair"
    assert telling("03").grade == "weak"


def test_one_monitor_through_five_outlets_is_weak() -> None:
    early = [r for r in readings() if r.report.ref[:2] in ("04", "05", "07", "08", "09")]  # type: ignore[attr-defined]
    made = record_of(early).incidents  # type: ignore[arg-type]  # readings
    assert len(made) == 1
    assert (made[0].grade, len(made[0].independent_origins)) == ("weak", 1)
    assert (row(made[0], "civilian").low, row(made[0], "civilian").best) == (745, 745)
    assert row(made[0]).best == 745 + 125 + 148


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_reports_changes_nothing(seed: int) -> None:
    told = [t for r in readings() for t in attested(r)]  # type: ignore[arg-type]  # readings
    mixed = sorted(told, key=lambda t: hash((seed, t.id)))
    assert conclude(mixed).incidents == conclude(told).incidents


def test_the_readme_shows_what_comes_out() -> None:
    text = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    for status in ("all", "civilian", "security_forces", "armed_group"):
        toll = row(telling("07"), status)
        assert f"| {status.replace('_', ' ')} | {toll.low:,} | {toll.best:,} | {toll.high:,} |" in text
