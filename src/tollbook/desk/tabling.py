"""tabling: a register -> rows for data frames: incidents, tolls, claims, reports; one row each, named columns, no nesting."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection

from tollbook.desk.asking import When
from tollbook.desk.recounting import Docket
from tollbook.errors import UsageError
from tollbook.model.answer import IncidentLine, Wanted
from tollbook.model.testimony import Testimony
from tollbook.record import heed
from tollbook.register import find, neighbours, present, reports
from tollbook.register.moment import NOW, moment_of
from tollbook.register.register import Register

Kinds = Mapping[str, type]
_PERSONS = {"low": int, "best": int, "high": int}
COLUMNS: Mapping[str, Kinds] = {
    "incidents": {
        "id": str, "title": str, "place": str, "adm1": str, "country": str, "lat": float, "lon": float, "start": str,
        "end": str, "grade": str, "review": str, "type_of_violence": int, "clarity": int, "parent": str, "parties": str,
        "reports": int, "origins": int, "conflicts": int,
        "killed_low": int, "killed_best": int, "killed_high": int,
        "injured_low": int, "injured_best": int, "injured_high": int,
    },
    "tolls": {"incident": str, "harm": str, "status": str, **_PERSONS},
    "claims": {
        "id": str, "incident": str, "report": str, "harm": str, **_PERSONS, "kind": str, "quote": str, "status": str,
        "sex": str, "age_group": str, "place": str, "adm1": str, "country": str, "lat": float, "lon": float,
        "start": str, "end": str, "origin": str, "origin_kind": str, "publisher": str, "published": str, "scope": str,
        "modality": str, "state": str, "confidence": float, "evidence": str, "evidence_start": int, "evidence_end": int,
        "recorded": str, "superseded_by": str,
    },
    "reports": {
        "id": str, "url": str, "title": str, "publisher": str, "author": str, "published": str, "language": str,
        "story": str, "claims": int, "recorded": str, "superseded_by": str,
    },
}  # fmt: skip


def rows(register: Register, table: str, *, as_of: When = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table (see COLUMNS), as known at a moment. Raises UsageError where there is no such table."""
    if table not in COLUMNS:
        raise UsageError(f"no table '{table}' - there are: {', '.join(COLUMNS)}")
    moment = moment_of(as_of)
    with register.reading() as connection:
        makers = {"incidents": _incidents, "tolls": _tolls, "claims": _claims, "reports": _reports}
        for values in makers[table](connection, moment):
            yield dict(zip(COLUMNS[table], values, strict=True))


def _every(connection: Connection, moment: str) -> list[IncidentLine]:
    if moment == NOW:
        return present.every(connection, Wanted())
    return find.every(connection, Wanted(), as_of=moment, named=True)


def _incidents(connection: Connection, moment: str) -> Iterator[tuple[Any, ...]]:
    for line in _every(connection, moment):
        told = {f.harm: (f.low, f.best, f.high) for f in line.tolls if f.status == "all"}
        yield (
            line.id, line.title, line.place, line.adm1, line.country, line.lat, line.lon, line.start, line.end,
            line.grade, line.review, line.violence, line.clarity, line.parent, "; ".join(line.parties),
            line.reports, line.origins, line.conflicts,
            *told.get("killed", (None,) * 3), *told.get("injured", (None,) * 3),
        )  # fmt: skip


def _tolls(connection: Connection, moment: str) -> Iterator[tuple[Any, ...]]:
    for line in _every(connection, moment):
        for f in line.tolls:
            yield line.id, f.harm, f.status, f.low, f.best, f.high


def _claims(connection: Connection, moment: str) -> Iterator[tuple[Any, ...]]:
    docket = Docket(neighbours.reviews(connection, as_of=moment))
    held = find.places_of_claims(connection, moment)
    for some in neighbours.in_chunks(connection, as_of=moment):
        told = neighbours.recall(connection, some, as_of=moment)
        heeded = {one.id: one for one in heed(told.values(), docket.concerning(told.values())).testimonies}
        for n in some:
            if n in told:
                yield _claim(heeded[told[n].id], held.get(told[n].id))


def _claim(one: Testimony, incident: str | None) -> tuple[Any, ...]:
    claim, site, when, head = one.claim, one.sites[0] if one.sites else None, one.days, one.reference
    place = claim.where[0] if claim.where else site
    count, victims, evidence = claim.count, claim.victims, claim.evidence
    return (
        one.id, incident, one.report, claim.harm, count.low, count.best, count.high, count.kind, count.quote,
        victims.status, victims.sex, victims.age_group, place and place.name, place and place.adm1,
        place and place.country, place and place.lat, place and place.lon, when and when.start, when and when.end,
        one.origin.name, one.origin.kind, head.publisher, head.published, claim.scope, claim.modality, claim.state,
        claim.confidence,
        evidence.quote, evidence.start, evidence.end, one.recorded, one.superseded_by,
    )  # fmt: skip


def _reports(connection: Connection, moment: str) -> Iterator[tuple[Any, ...]]:
    for line in reports.all_lines(connection, moment):
        head = line.reference
        yield (
            line.key, head.url, head.title, head.publisher, head.author, head.published, head.language, line.story,
            line.claims, line.recorded, line.superseded_by,
        )  # fmt: skip
