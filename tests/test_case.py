"""A real report against what a careful person takes from it (../shared/cases), each entry and each must_not."""

import json
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

import pytest

import tollbook
from tollbook.model.claim import Claim

CASES = Path(__file__).parents[2] / "shared" / "cases"
NAMES = (
    sorted(p.name.removesuffix(".expected.json") for p in CASES.glob("*.expected.json"))
    if CASES.is_dir()
    else []
)

pytestmark = pytest.mark.skipif(not NAMES, reason="no ../shared/cases beside the project")


def load(name: str) -> tuple[dict[str, Any], tollbook.Reading, str]:
    expected = json.loads((CASES / f"{name}.expected.json").read_text(encoding="utf-8"))
    text = (CASES / expected["report"]).read_text(encoding="utf-8")
    return expected, tollbook.read(text, published=expected["published"]), text


def fits(reading: tollbook.Reading, claim: Claim, wanted: dict[str, Any], ids: dict[str, str]) -> bool:
    sentence = reading.report.text[claim.evidence.sentence.start : claim.evidence.sentence.end]
    count, victims = claim.count, claim.victims
    parent = claim.part_of
    return (
        claim.harm == wanted["harm"]
        and wanted["quote_has"] in " ".join(sentence.split())
        and all(
            getattr(count, key) == wanted[key] for key in ("kind", "low", "best", "high") if key in wanted
        )
        and ("status" not in wanted or victims.status in wanted["status"])
        and ("scope" not in wanted or claim.scope == wanted["scope"])
        and ("means_has" not in wanted or any(wanted["means_has"][:5] in m.name for m in claim.means))
        and ("by_has" not in wanted or any(wanted["by_has"] in p.quote for p in claim.by))
        and (
            "origin_has" not in wanted
            or (claim.origin is not None and wanted["origin_has"] in claim.origin.quote)
        )
        and ("identities_has" not in wanted or any(wanted["identities_has"] in i for i in victims.identities))
        and ("part_of" not in wanted or (parent is not None and parent.claim == ids.get(wanted["part_of"])))
        and ("relation" not in wanted or (parent is not None and parent.relation == wanted["relation"]))
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_claim_is_found(name: str) -> None:
    expected, reading, _ = load(name)
    ids: dict[str, str] = {}
    missing = []
    for wanted in expected["claims"]:
        found = next((c for c in reading.claims if fits(reading, c, wanted, ids)), None)
        if found is None:
            missing.append(wanted["id"])
        else:
            ids[wanted["id"]] = found.id
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_every_place_and_date_is_found(name: str) -> None:
    expected, reading, _ = load(name)
    for wanted in expected["places"]:
        near = [
            p
            for p in reading.places
            if p.quote == wanted["quote"] and p.level == wanted["level"] and p.country == wanted["country"]
            and p.lat is not None and p.lon is not None
            and 111 * hypot(p.lat - wanted["lat"], (p.lon - wanted["lon"]) * cos(radians(p.lat))) <= wanted["within_km"]
        ]  # fmt: skip
        assert near, wanted["quote"]
    for wanted in expected["dates"]:
        days = [d for d in reading.dates if wanted["quote"] in d.quote and d.start == wanted["start"]]
        assert any("end" not in wanted or d.end == wanted["end"] for d in days), wanted


@pytest.mark.parametrize("name", NAMES)
def test_every_effect_and_statement_is_found(name: str) -> None:
    expected, reading, _ = load(name)
    for wanted in expected["effects"]:
        assert any(
            e.kind == wanted["kind"] and wanted["quote_has"] in " ".join(e.quote.split())
            for e in reading.effects
        ), wanted
    missing = [
        wanted
        for wanted in expected["statements"]
        if not any(
            s.act == wanted["act"]
            and wanted["speaker_has"] in s.speaker.quote
            and wanted.get("about_has", "") in (" ".join(s.about.quote.split()) if s.about else "")
            for s in reading.statements
        )
    ]
    assert not missing


@pytest.mark.parametrize("name", NAMES)
def test_the_toll_is_right_and_explained(name: str) -> None:
    expected, reading, _ = load(name)
    for wanted in expected["toll"]:
        row = next(t for t in reading.toll if t.harm == wanted["harm"] and t.status == wanted["status"])
        assert (row.low, row.best) == (wanted["low"], wanted["best"])
        assert any("745 + 125 + 148 = 1,018" in e.reason for e in row.ledger)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_read_from_furniture_or_invented(name: str) -> None:
    _, reading, text = load(name)
    start = text.index("Read More:")
    end = text.find("\n", start) % (len(text) + 1)
    spans = [
        *((c.evidence.start, c.evidence.end) for c in reading.claims),
        *((e.start, e.end) for e in reading.effects),
        *((p.start, p.end) for p in reading.places),
        *((s.evidence.start, s.evidence.end) for s in reading.statements),
    ]
    assert not [s for s in spans if s[0] < end and start < s[1]]
    assert not [c for c in reading.claims if c.count.best in (14, 2)]
    assert all((t.best or 0) < 2018 for t in reading.toll)
    undated = tollbook.read(text)
    assert all(d.start is None and d.end is None for d in undated.dates if d.basis == "relative")
