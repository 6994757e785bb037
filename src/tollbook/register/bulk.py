"""bulk: incidents by their ids -> what exports write of them, some hundred at a time, with few questions and no column too many.

What each report and each claim says is decoded once; nothing is kept from one hundred to the next, so that the memory is that
of one. `recall` and its like in `neighbours` answer for single incidents and keep what they decoded.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from tollbook.model.answer import Figures, ReportLine, Step
from tollbook.model.incident import Incident
from tollbook.model.testimony import Reference, Testimony
from tollbook.model.toll import Entry, Toll
from tollbook.register import readings, schema
from tollbook.register.choosing import at
from tollbook.register.moment import NOW
from tollbook.register.reports import Rest
from tollbook.register.rows import among
from tollbook.register.standing import in_order

_INCIDENT = msgspec.json.Decoder(Incident)
_LEDGER = msgspec.json.Decoder(tuple[Entry, ...])
_TESTIMONY = msgspec.json.Decoder(Testimony)
_REST = msgspec.json.Decoder(Rest)
_NOTHING = Rest((), (), ())
_HEAD = ("key", "url", "title", "publisher", "author", "published", "language", "story", "claims", "recorded",
         "superseded_by", "superseded_at")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Held:
    """An incident with its version; without its ledgers where nobody asks for them."""

    version: int
    incident: Incident


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind some incidents: testimonies by id, heads of reports by key, what these say beside their claims."""

    told: Mapping[str, Testimony]
    heads: Mapping[str, ReportLine]
    rests: Mapping[str, Rest]


def incidents(connection: Connection, ids: Sequence[str], as_of: str, *, ledgers: bool = True) -> list[Held]:
    """Return incidents by their ids, in the order of these, as known at a moment; ids that are none are left out."""
    incident, toll = schema.incident, schema.toll
    columns = [incident.c.n, incident.c.id, incident.c.body]
    found = {
        id: (n, body)
        for n, id, body in connection.execute(
            select(*columns).where(among(connection, incident.c.id, ids), at(incident, as_of))
        )
    }
    columns = [toll.c[name] for name in ("incident", "harm", "status", "low", "best", "high")]
    question = select(*columns, *([toll.c.ledger] if ledgers else [])).where(
        among(connection, toll.c.incident, ids), at(toll, as_of)
    )
    tolls: dict[str, list[Toll]] = {}
    for id, harm, status, low, best, high, *ledger in connection.execute(question.order_by(toll.c.n)):
        entries = _LEDGER.decode(ledger[0]) if ledgers else ()
        tolls.setdefault(id, []).append(Toll(harm, status, low, best, high, entries))
    return [
        Held(found[id][0], replace(_INCIDENT.decode(found[id][1]), tolls=_in_order(tolls.get(id, ()))))
        for id in ids
        if id in found
    ]


def _in_order(tolls: Iterable[Toll]) -> tuple[Toll, ...]:
    return tuple(sorted(tolls, key=lambda t: in_order(t.harm, t.status)))


def behind(
    connection: Connection, held: Iterable[Incident], as_of: str, *, claims: bool = True, beside: bool = True
) -> Behind:
    """Return what stands behind incidents as known at a moment: of testimonies and what is told beside only where asked for."""
    some = list(held)
    rows = list(_claims(connection, [t for one in some for t in one.testimonies], as_of)) if claims else []
    heads: dict[str, ReportLine] = {}
    rests: dict[str, Rest] = {}
    known: dict[int, tuple[str, Reference, str, str | None]] = {}

    def look_up(column: ColumnElement[Any], values: set[Any]) -> None:
        for n, row in _reports(connection, column, values, beside) if values else ():
            key, url, title, publisher, author, published, language, story, number, since, newer, replaced = (
                row[:12]
            )
            reference = Reference(key, url, title, publisher, author, published, language)
            known[n] = (key, reference, story, _newer(newer, replaced, as_of))
            heads[key] = ReportLine(key, reference, story, number, since, newer)
            rests[key] = _REST.decode(row[12]) if beside else _NOTHING

    look_up(schema.report.c.n, {n for *_, n in rows})
    look_up(schema.report.c.key, {key for one in some for key in one.reports} - heads.keys())
    if beside and as_of != NOW:
        then = readings.rests_then(connection, rests, as_of)
        rests |= {key: _REST.decode(rest) for key, rest in then.items()}
    return Behind({one.id: one for one in _testimonies(rows, known)}, heads, rests)


def _reports(
    connection: Connection, column: ColumnElement[Any], values: set[Any], beside: bool
) -> Iterator[tuple[int, Any]]:
    table = schema.report.c
    question = select(table.n, *(table[name] for name in _HEAD), *([table.rest] if beside else []))
    for n, *row in connection.execute(question.where(among(connection, column, sorted(values)))):
        yield n, row


def _newer(newer: str | None, replaced: str | None, as_of: str) -> str | None:
    """Return the newer version of a report as known at a moment."""
    return newer if newer is None or (replaced or "") <= as_of else None


def _claims(connection: Connection, ids: Sequence[str], as_of: str) -> Iterator[tuple[str, str, int]]:
    table = readings.claims_at(as_of).c
    known = func.coalesce(schema.claim.c.since, table.recorded) if as_of == NOW else table.recorded
    question = select(table.body, known, table.report).where(among(connection, table.id, ids))
    for body, recorded, report in connection.execute(question):
        if recorded <= as_of:
            yield body, recorded, report


def _testimonies(
    rows: Iterable[tuple[str, str, int]], known: Mapping[int, tuple[str, Reference, str, str | None]]
) -> Iterator[Testimony]:
    for body, recorded, n in rows:
        stored = _TESTIMONY.decode(body)
        key, reference, story, newer = known[n]
        yield Testimony(
            stored.id, stored.claim, key, reference, story, stored.origin, stored.chain, recorded,
            key + stored.telling, stored.sites, stored.days, stored.names, stored.entry, stored.answers, newer,
        )  # fmt: skip


def steps(connection: Connection, ids: Sequence[str], as_of: str) -> dict[str, tuple[Step, ...]]:
    """Return for incidents every value that the register said of their tolls up to a moment, oldest first."""
    table = schema.toll.c
    names = ("incident", "harm", "status", "low", "best", "high", "cause", "recorded_from", "recorded_to")
    question = (
        select(*(table[name] for name in names))
        .where(among(connection, table.incident, ids), table.recorded_from <= as_of)
        .order_by(table.recorded_from, table.n)
    )
    found: dict[str, list[Step]] = {}
    rows: Iterable[Any] = connection.execute(question)
    for id, harm, status, low, best, high, cause, since, until in rows:
        end = None if until is None or until > as_of else until
        figures = Figures(harm, status, low, best, high)
        found.setdefault(id, []).append(Step("recorded", id, figures, since, end, cause, ""))
    return {id: tuple(own) for id, own in found.items()}
