"""Six events whose figures rose, fell and were disputed: the dated claims of ../shared/eval through tally."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from tollbook.model import testimony as model
from tollbook.model.claim import Claim, PartOf, Victims
from tollbook.model.count import Count, Kind
from tollbook.model.place import Place
from tollbook.model.text import Evidence, Span
from tollbook.model.toll import Entry, Toll
from tollbook.profiles.profile import load_profile
from tollbook.profiles.toll_rule import load_toll_rule
from tollbook.record import resolve_origin
from tollbook.stages.tally import tally
from tollbook.world.origins import load_origins

FILE = Path(__file__).parents[3] / "shared" / "eval" / "toll_cases.jsonl"
pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="no ../shared/eval beside the project")

KINDS: dict[str, Kind] = {
    "exact": "exact", "at_least": "at_least", "more_than": "at_least", "over": "at_least", "about": "about",
    "nearly": "about", "range": "range",
}  # fmt: skip
FINAL = {  # the figure that the record of each event ends with
    "LKA Easter bombings": 257,
    "LBN Beirut port explosion": 190,
    "UKR Kramatorsk station strike": 57,
    "PSE al-Ahli hospital explosion": 471,
    "RUS Crocus City Hall attack": 143,
    "TUR/SYR earthquake": 50978,
}
ISO = {"LKA": "LK", "LBN": "LB", "UKR": "UA", "PSE": "PS", "RUS": "RU", "TUR": "TR"}


def cases() -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    if FILE.is_file():
        for line in FILE.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            found[row["case"]].append(row)
    return found


def told_by(rows: list[dict[str, Any]]) -> list[model.Testimony]:
    """Make of each row what the reader makes of a sentence that says it."""
    told = []
    by_report: dict[str, list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for n, row in enumerate(rows):
        by_report[f"{row['source_url']} {row['published']}"].append((n, row))
    for report, own in by_report.items():
        for n, row in own:
            if row["category"] != "killed":
                continue
            whole = [
                m
                for m, r in own
                if r["category"] == "killed" and r["part"] is None and r["relation"] != "previous"
            ]
            old = [
                m
                for m, r in own
                if r["category"] == "killed" and r["part"] is None and r["relation"] == "previous"
            ]
            by_place = row["part"] == "Hatay province"
            part = row["part"] is not None and row["part"] not in ("Türkiye and Syria", "Türkiye", "Syria")
            told.append(one_of(n, row, report, whole, old, part=part, by_place=by_place))
    return told


def where(row: dict[str, Any]) -> tuple[Place, ...]:
    countries = {"Türkiye": ["TR"], "Syria": ["SY"]}.get(row["part"], [ISO[row["country"]]])
    if row["case"].startswith("TUR/SYR") and row["part"] in (None, "Türkiye and Syria"):
        countries = ["TR", "SY"]
    return tuple(Place(c, 0, 2, c, "country", c) for c in countries)


def one_of(
    n: int, row: dict[str, Any], report: str, whole: list[int], old: list[int], *, part: bool, by_place: bool
) -> model.Testimony:
    kind = KINDS[row["qualifier"]]
    low, best, high = load_profile("house").figures(kind, row["low"], row["high"])
    words = f"{row['low']}"
    previous = row["relation"] == "previous"
    claim = Claim(
        f"c{n}", "killed", Count(words, 0, len(words), kind, low, best, high, False, "house"),
        Victims(None, None, None, "unknown"), (), (), where(row), None, None, "incident",
        "feared" if row["relation"] == "unconfirmed" else "asserted",
        PartOf(f"c{whole[0]}", "partition" if by_place else "overlay") if part and whole else None,
        f"c{old[0]}" if old and n in whole else None,
        Evidence(0, len(words), words, Span(0, len(words))), "test",
    )  # fmt: skip
    country = ISO[row["country"]]
    name = row["claimant"]
    if name in ("unattributed", "earlier reports", "headline", "sum", "CNN"):
        origin = resolve_origin(name, None, load_origins())
    else:
        origin = resolve_origin(name, country, load_origins())
    entry = Entry(claim.id, "superseded", "an earlier figure") if previous else None
    if part and not whole:
        entry = Entry(claim.id, "part_of", "a group of the dead")
    return model.Testimony(
        f"t{n:04d}", claim, report, model.Reference(report, published=row["as_of"]), report, origin, (), "", report, entry=entry
    )  # fmt: skip


def toll_of(case: str, rule: str = "house") -> Toll:
    rows = tally(told_by(cases()[case]), (), load_toll_rule(rule)).tolls
    return next(t for t in rows if t.harm == "killed" and t.status == "all")


@pytest.mark.parametrize("case", sorted(FINAL))
def test_the_final_figure_lies_inside_the_range(case: str) -> None:
    toll = toll_of(case)
    assert toll.low is not None
    assert toll.low <= FINAL[case] <= (toll.high if toll.high is not None else FINAL[case])


@pytest.mark.parametrize("case", sorted(FINAL))
def test_best_is_right(case: str) -> None:
    assert toll_of(case).best == FINAL[case]


@pytest.mark.parametrize("case", sorted(FINAL))
def test_the_range_is_no_wider_than_the_dispute(case: str) -> None:
    low = toll_of(case).low
    assert low is not None
    assert (
        low >= 0.9 * FINAL[case]
    )  # neither the foreigners nor the children among the dead, nor a first count


def test_simpler_rules_are_wrong_where_the_house_rule_is_right() -> None:
    highest = [max(r["low"] for r in whole(case)) for case in FINAL]
    latest = [max(whole(case), key=lambda r: (r["published"], r["low"]))["low"] for case in FINAL]
    finals = list(FINAL.values())
    assert sum(a == b for a, b in zip(highest, finals, strict=True)) == 5
    assert sum(a == b for a, b in zip(latest, finals, strict=True)) == 4


def whole(case: str) -> list[dict[str, Any]]:
    """Return the figures of all the dead of a case that were given as true at the time."""
    return [
        r for r in cases()[case]
        if r["category"] == "killed" and r["part"] in (None, "Türkiye and Syria") and r["relation"] != "previous"
    ]  # fmt: skip
