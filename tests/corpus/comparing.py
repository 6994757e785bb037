"""comparing: a reading against what a careful recorder wrote down before seeing it, slot by slot.

An expectation is a JSON file beside its text: claims with the slots that must agree (null: the slot must be empty; left
out: free), places, dates, effects, statements, toll, and what must not be found. Each thing that is missing or wrong has
an address such as "claims.c3.origin", so that a known gap can be written down and a mended one is noticed.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tollbook
from tollbook.model.claim import Claim

Expected = Mapping[str, Any]


@dataclass(slots=True)
class Tally:
    """How often a slot was to be filled, was filled, and was filled rightly."""

    wanted: int = 0
    given: int = 0
    right: int = 0

    def add(self, wanted: bool, given: bool, right: bool) -> None:
        """Count one slot of one claim; an empty slot that should be empty counts nowhere."""
        self.wanted += wanted
        self.given += given
        self.right += wanted and given and right

    @property
    def precision(self) -> float | None:
        """Return the share of what was given that is right."""
        return self.right / self.given if self.given else None

    @property
    def recall(self) -> float | None:
        """Return the share of what was wanted that was given rightly."""
        return self.right / self.wanted if self.wanted else None


@dataclass(slots=True)
class Compared:
    """What is missing or wrong, each with what stood there instead, and a tally for each slot."""

    gaps: dict[str, str] = field(default_factory=dict)
    tallies: dict[str, Tally] = field(default_factory=dict)

    def note(self, slot: str, address: str, wanted: Any, given: Any, right: bool) -> None:
        """Count a slot, and keep its address where it is not right."""
        self.tallies.setdefault(slot, Tally()).add(bool(wanted), bool(given), right)
        if not right:
            self.gaps[address] = f"wanted {wanted or 'nothing'}, got {given or 'nothing'}"


def load(folder: Path) -> Iterator[tuple[str, Expected, str]]:
    """Yield name, expectation and text of each report in a folder."""
    for file in sorted(folder.glob("*.expected.json")):
        expected = json.loads(file.read_text(encoding="utf-8"))
        text = (folder / expected["report"]).read_text(encoding="utf-8")
        yield file.name.removesuffix(".expected.json"), expected, text


def compare(expected: Expected, text: str) -> Compared:
    """Read a report as published on its day and compare everything that is expected of it."""
    reading = tollbook.read(text, published=expected["published"], language="en")
    result = Compared()
    ids = _claims(expected, reading, result)
    _places(expected, reading, result)
    _dates(expected, reading, result)
    _effects(expected, reading, result)
    _statements(expected, reading, result, ids)
    for wanted in expected["toll"]:
        key = wanted["harm"], wanted["status"]
        row = next((t for t in reading.toll if (t.harm, t.status) == key), None)
        given = None if row is None else (row.low, row.best)
        right = given == (wanted["low"], wanted["best"])
        result.note("toll", f"toll.{key[0]}.{key[1]}", (wanted["low"], wanted["best"]), given, right)
    _must_not(expected, reading, result)
    return result


def _claims(expected: Expected, reading: tollbook.Reading, result: Compared) -> dict[str, str]:
    """Match the claims; return the reading's id for each expected one that was found."""
    ids: dict[str, str] = {}
    taken: set[str] = set()
    for wanted in expected["claims"]:
        claim = _found(wanted, reading, taken)
        got = [f"{c.harm} “{c.count.quote}”" for c in _beside(wanted, reading)]
        result.note(
            "claim", f"claims.{wanted['id']}", wanted["quote_has"], claim and claim.id, claim is not None
        )
        if claim is None:
            result.gaps[f"claims.{wanted['id']}"] = f"“{wanted['quote_has']}” not claimed; there: {got}"
            continue
        ids[wanted["id"]] = claim.id
        taken.add(claim.id)
        for slot, want, given, right in _slots(wanted, claim, ids):
            result.note(slot, f"claims.{wanted['id']}.{slot}", want, given, right)
    return ids


def _span(quote: str, text: str) -> tuple[int, int]:
    """Return where the words of a quote stand, whatever blanks lie between them."""
    match = re.search(r"\s+".join(map(re.escape, quote.split())), text)
    assert match is not None, f"“{quote}” is not in the report"
    return match.span()


def _beside(wanted: Expected, reading: tollbook.Reading) -> list[Claim]:
    start, end = _span(wanted["quote_has"], reading.report.text)
    return [c for c in reading.claims if c.evidence.sentence.start < end and start < c.evidence.sentence.end]


def _found(wanted: Expected, reading: tollbook.Reading, taken: set[str]) -> Claim | None:
    """Return the claim with the expected harm and figures whose count stands nearest to the quoted words."""
    start, end = _span(wanted["quote_has"], reading.report.text)
    fitting = [
        c
        for c in _beside(wanted, reading)
        if c.id not in taken
        and c.harm == wanted["harm"]
        and all(getattr(c.count, k) == wanted[k] for k in ("kind", "low", "best", "high") if k in wanted)
    ]
    return min(fitting, key=lambda c: max(c.count.start - end, start - c.count.end, 0), default=None)


def _slots(wanted: Expected, claim: Claim, ids: Mapping[str, str]) -> Iterator[tuple[str, Any, Any, bool]]:
    """Yield (slot, wanted, given, whether it is right) for every slot that is not free."""
    victims, origin = claim.victims, claim.origin
    if wanted["status"] != ["?"]:
        status = wanted["status"]
        yield "status", status, victims.status, victims.status in status
    for key in ("sex", "age_group", "affiliation"):
        if key in wanted:
            given = getattr(victims, key)
            yield key, wanted[key], given, given == wanted[key]
    if "identities_has" in wanted:
        given = victims.identities
        yield "identities", wanted["identities_has"], given, _any(wanted["identities_has"], given)
    if "by" in wanted:
        given = [f"{p.name}:{p.basis}" for p in claim.by]
        yield "by", wanted["by"], given, _parties_fit(wanted["by"], claim)
    if "origin_has" in wanted:
        given = origin and f"{origin.quote} = {origin.name}"
        yield "origin", wanted["origin_has"], given, _text_fits(wanted["origin_has"], given)
    if "means_has" in wanted:
        given = [m.name for m in claim.means]
        names = (wanted["means_has"] or "").split("/")
        right = any(_any(n[:5], given) for n in names) if names != [""] else not given
        yield "means", wanted["means_has"], given, right
    if "where_has" in wanted:
        given = [p.name for p in claim.where]
        first = [claim.where[0].name, claim.where[0].quote] if claim.where else []
        names = wanted["where_has"] or []
        yield "where", names, given, any(_any(n, first) for n in names) if names else not given
    if "when" in wanted:
        given = claim.when and claim.when.start and f"{claim.when.start}..{claim.when.end}"
        want = wanted["when"] and f"{wanted['when']['start']}..{wanted['when']['end']}"
        yield "when", want, given, given == want
    scope, modality = wanted["scope"], wanted["modality"]
    if scope != "?":
        yield "scope", scope, claim.scope, claim.scope in scope.split("/")
    yield "modality", modality, claim.modality, claim.modality == modality
    if "part_of" in wanted:
        parent = claim.part_of
        right = parent is not None and parent.claim == ids.get(wanted["part_of"])
        right = right and parent is not None and parent.relation == wanted.get("relation", parent.relation)
        yield "part_of", wanted["part_of"], parent and f"{parent.claim} {parent.relation}", right


def _any(wanted: str, given: Iterable[str]) -> bool:
    return any(wanted.lower() in g.lower() for g in given)


def _text_fits(wanted: str | None, given: str | None) -> bool:
    return not given if not wanted else bool(given) and wanted.lower() in (given or "").lower()


def _parties_fit(wanted: list[Expected], claim: Claim) -> bool:
    """Tell whether the parties are those wanted, each on one of the footings allowed, and no others."""
    if len(claim.by) > len(wanted):
        return False
    return all(
        any(
            (_any(w["has"], (p.quote, p.name))) and (w["basis"] == ["?"] or p.basis in w["basis"])
            for p in claim.by
        )
        for w in wanted
    )


def _places(expected: Expected, reading: tollbook.Reading, result: Compared) -> None:
    for wanted in expected["places"]:
        at = [p for p in reading.places if wanted["quote"] in p.quote]
        right = any(
            p.level == wanted["level"]
            and (p.country or "") == wanted["country"]
            and ("adm1" not in wanted or wanted["adm1"] in (p.adm1 or ""))
            for p in at
        )
        given = [(p.level, p.country, p.adm1) for p in at]
        result.note("place", f"places.{wanted['quote']}", wanted, given, right)


def _dates(expected: Expected, reading: tollbook.Reading, result: Compared) -> None:
    for wanted in expected["dates"]:
        want = wanted["start"], wanted["end"]
        given = [
            (d.start, d.end)
            for d in reading.dates
            if wanted["quote"] in d.quote or d.quote in wanted["quote"]
        ]
        result.note("date", f"dates.{wanted['quote']}", want, given, want in given)


def _effects(expected: Expected, reading: tollbook.Reading, result: Compared) -> None:
    text = reading.report.text
    for wanted in expected["effects"]:
        start, end = _span(wanted["quote_has"], text)
        near = [e for e in reading.effects if e.start < end and start < e.end]
        right = any(e.kind == wanted["kind"] for e in near)
        address = f"effects.{wanted['kind']}.{wanted['quote_has']}"
        result.note("effect", address, wanted["quote_has"], [(e.kind, e.quote) for e in near], right)


def _statements(
    expected: Expected, reading: tollbook.Reading, result: Compared, ids: Mapping[str, str]
) -> None:
    for wanted in expected["statements"]:
        acts = [s for s in reading.statements if s.act == wanted["act"]]
        fitting = [
            s
            for s in acts
            if wanted["speaker_has"] in s.speaker.quote
            and wanted.get("about_has", "") in (" ".join(s.about.quote.split()) if s.about else "")
        ]
        address = f"statements.{wanted['speaker_has']}.{wanted['act']}"
        said = [(s.speaker.quote, s.about and s.about.quote) for s in acts]
        result.note("statement", address, wanted, said, bool(fitting))
        if fitting and "claims" in wanted:
            links = {ids.get(c) for c in wanted["claims"]} - {None}
            right = any(links <= set(s.claims) for s in fitting)
            result.note("link", f"{address}.claims", wanted["claims"], [s.claims for s in fitting], right)


def _must_not(expected: Expected, reading: tollbook.Reading, result: Compared) -> None:
    for wanted in expected["must_not"]:
        slot, value = wanted["slot"], wanted["value"]
        found = {
            "count": [c.count.quote for c in reading.claims if value in (c.count.low, c.count.best)],
            "place": [p.quote for p in reading.places if p.quote == value],
            "effect": [e.quote for e in reading.effects if str(value) in e.quote],
        }[slot]
        result.note("must not", f"must_not.{slot}.{value}", None, found, not found)


def table(tallies: Mapping[str, Tally]) -> list[str]:
    """Return the rows of a table: slot, precision, recall, how many were wanted."""
    rows = ["| slot | precision | recall | wanted | given |", "|---|--:|--:|--:|--:|"]
    for slot, t in tallies.items():
        precision, recall = (f"{v:.3f}" if v is not None else "-" for v in (t.precision, t.recall))
        rows.append(f"| {slot} | {precision} | {recall} | {t.wanted} | {t.given} |")
    return rows


def whole(results: Iterable[Compared]) -> dict[str, Tally]:
    """Add up the tallies of many reports."""
    sums: dict[str, Tally] = {}
    for result in results:
        for slot, tally in result.tallies.items():
            total = sums.setdefault(slot, Tally())
            total.wanted, total.given, total.right = (
                total.wanted + tally.wanted,
                total.given + tally.given,
                total.right + tally.right,
            )
    return sums
