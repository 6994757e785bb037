"""naming: a register -> the victims whom its reports name, each with the words that say so: a list as any other.

A name told by copies of one story is listed once. What people rejected is left out; what they corrected is taken as corrected.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from tollbook.desk.asking import When
from tollbook.desk.recounting import Docket
from tollbook.lang.pack import load_pack
from tollbook.model.person import Named
from tollbook.model.report import Report
from tollbook.model.testimony import Testimony
from tollbook.model.text import Span
from tollbook.pipeline import pack_code
from tollbook.record import heed
from tollbook.register import find, neighbours, reports
from tollbook.register.moment import moment_of
from tollbook.register.register import Register
from tollbook.stages.name import names_of
from tollbook.stages.split import split

COLUMNS = (
    "id", "name", "sex", "age", "date of death", "place", "category", "source", "evidence", "start", "end", "report",
    "claim", "incident", "url", "published", "story", "copies",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Victim:
    """Somebody whom a report names as killed: the name and where it stands, the sentence word for word, the claim, its
    incident, and how many reports of the same story name the same person.
    """

    named: Named
    sentence: str
    testimony: Testimony
    incident: str | None
    copies: int

    @property
    def id(self) -> str:
        """Return the row's own id: it follows from the report and from where the name stands."""
        return f"{self.testimony.report[:12]}-{self.named.start}"

    def row(self) -> dict[str, str]:
        """Return the victim as a row of a list, under COLUMNS; empty where nothing is said."""
        one, named = self.testimony, self.named
        claim, days, head = one.claim, one.days, one.reference
        place = claim.where[0].name if claim.where else one.sites[0].name if one.sites else None
        day = days.start if days is not None and days.start == days.end else None
        told = (
            self.id, named.name, claim.victims.sex, named.age, day, place, claim.victims.status,
            head.publisher or one.origin.name, self.sentence, named.start, named.end, one.report,
            one.id, self.incident, head.url, head.published, one.story, self.copies,
        )  # fmt: skip
        return {c: "" if v is None else str(v) for c, v in zip(COLUMNS, told, strict=True)}


def named_victims(register: Register, *, as_of: When = None) -> tuple[Victim, ...]:
    """List the people whom the register's reports name as killed, in the order of the reports.

    `as_of` asks for what was known then. Names are read from the texts anew, so that all reports are read by one reader.
    """
    moment = moment_of(as_of)
    found: dict[tuple[str, str], Victim] = {}
    with register.reading() as connection:
        for victim in _all(connection, moment):
            key = (victim.testimony.story, _plain(victim.named.name))
            known = found.get(key)
            found[key] = victim if known is None else _with_copy(known, victim)
    return tuple(found.values())


def _with_copy(known: Victim, other: Victim) -> Victim:
    again = other.testimony.report != known.testimony.report
    return replace(known, copies=known.copies + again)


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _all(connection: Connection, moment: str) -> Iterator[Victim]:
    docket = Docket(neighbours.reviews(connection, as_of=moment))
    held = find.places_of_claims(connection, moment)
    done: set[str] = set()
    for some in neighbours.in_chunks(connection, as_of=moment):
        # a chunk may end within a report, whose claims are read together
        told = neighbours.recall(connection, sorted(neighbours.whole_reports(connection, some)), as_of=moment)
        heeded = heed(told.values(), docket.concerning(told.values())).testimonies
        by_report: dict[str, list[Testimony]] = {}
        for one in heeded:
            if one.superseded_by is None and one.report not in done:
                by_report.setdefault(one.report, []).append(one)
        done.update(by_report)
        for key, own in by_report.items():
            report, _ = reports.report_of(connection, reports.row_of(connection, key))
            yield from _of_report(report, own, held)


def _of_report(report: Report, own: list[Testimony], held: Mapping[str, str]) -> Iterator[Victim]:
    """Yield the victims whom one report names as killed: of its claims that are asserted and stand."""
    # claims that people wrote anew stand on words too, but of no place in the text
    standing = [t for t in own if t.claim.state != "rejected" and t.claim.modality == "asserted"]
    claims = [t.claim for t in own if t.claim.state != "added"]
    of = {t.claim.id: t for t in standing if t.claim.harm == "killed" and t.claim.scope == "incident"}
    if not of:
        return
    pack = load_pack(pack_code(report.language))
    taken = [Span(p.start, p.end) for c in claims for p in c.where]
    for named in names_of(split(report.text, pack), pack, claims, taken):
        if named.claim in of:
            sentence = report.text[named.sentence.start : named.sentence.end]
            yield Victim(named, sentence, of[named.claim], held.get(of[named.claim].id), 1)


def write_victims(victims: tuple[Victim, ...], path: Path) -> None:
    """Write victims as a list that `tollbook people link` and spreadsheets read."""
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows({c: _tame(v) for c, v in victim.row().items()} for victim in victims)
    part.replace(path)


def _tame(cell: str) -> str:
    """Keep a spreadsheet from taking words for a formula."""
    return f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell
