"""find: questions about incidents and their tolls -> rows, as known at any moment."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, Table, and_, func, or_, select

from tollbook.model.answer import Figures, IncidentLine, IncidentPage, Wanted
from tollbook.model.incident import Incident
from tollbook.model.toll import Toll
from tollbook.register import schema
from tollbook.register.choosing import at, conditions
from tollbook.register.incidents import decoded
from tollbook.register.keep import chunks
from tollbook.register.moment import NOW
from tollbook.register.standing import in_order

_SIDES = msgspec.json.Decoder(dict[str, Any])


class _Testimonies(msgspec.Struct, frozen=True):
    """Of an incident's JSON the ids of its claims alone."""

    testimonies: tuple[str, ...]


_TESTIMONIES = msgspec.json.Decoder(_Testimonies)
ORDERS = ("newest", "oldest", "largest", "conflicts")


def incidents(
    connection: Connection, wanted: Wanted, *, as_of: str, limit: int, offset: int, order: str
) -> IncidentPage:
    """Return a page of the incidents wanted, as known at a moment, ordered as ORDERS names."""
    table = schema.incident
    where = and_(at(table, as_of), *conditions(wanted, as_of=as_of))
    total = connection.execute(select(func.count()).select_from(table).where(where)).scalar_one()
    first: dict[str, Sequence[ColumnElement[Any]]] = {
        "newest": (table.c.start.desc().nulls_last(), table.c.id),
        "oldest": (table.c.start.asc().nulls_last(), table.c.id),
        "largest": (table.c.best.desc().nulls_last(), table.c.id),
        "conflicts": (table.c.conflicts.desc(), table.c.best.desc().nulls_last(), table.c.id),
    }
    rows = connection.execute(
        select(table).where(where).order_by(*first[order]).limit(limit).offset(offset)
    ).all()
    return IncidentPage(total, offset, tuple(lines(connection, rows, as_of)))


def every(connection: Connection, wanted: Wanted, *, as_of: str, named: bool = False) -> list[IncidentLine]:
    """Return all incidents wanted, oldest first, each with its tolls of every status: for adding up.

    Parties are looked up only where they are to be `named`.
    """
    table, tolls = schema.incident, schema.toll
    where = and_(at(table, as_of), *conditions(wanted, as_of=as_of))
    told: dict[str, list[Figures]] = {}
    for row in connection.execute(
        select(tolls.c.incident, tolls.c.harm, tolls.c.status, tolls.c.low, tolls.c.best, tolls.c.high)
        .join(table, and_(table.c.id == tolls.c.incident, where))
        .where(at(tolls, as_of))
    ):
        told.setdefault(row.incident, []).append(Figures(row.harm, row.status, row.low, row.best, row.high))
    columns = [column for column in table.c if named or column.name != "body"]
    return [
        _line(row, _parties(row.body) if named else (), tuple(told.get(row.id, ())))
        for row in connection.execute(select(*columns).where(where).order_by(table.c.start, table.c.id))
    ]


def _parties(body: str) -> tuple[str, ...]:
    return tuple(side["name"] for side in _SIDES.decode(body)["parties"])


def _line(
    row: Any, parties: tuple[str, ...], tolls: tuple[Figures, ...], precision: int | None = None
) -> IncidentLine:
    return IncidentLine(
        row.id, row.n, row.title, row.place, row.country, row.adm1, row.lat, row.lon, row.start, row.end,
        row.violence, row.clarity, row.grade, row.review, row.parent, row.reports, row.origins, row.conflicts,
        parties, tolls, precision,
    )  # fmt: skip


def lines(connection: Connection, rows: Sequence[Any], as_of: str) -> list[IncidentLine]:
    """Make lines of rows of the incident table."""
    tolls = tolls_of(connection, [row.id for row in rows], as_of)
    bodies = {row.id: _SIDES.decode(row.body) for row in rows}
    return [
        _line(
            row,
            tuple(side["name"] for side in bodies[row.id]["parties"]),
            tuple(
                Figures(t.harm, t.status, t.low, t.best, t.high)
                for t in sorted(tolls.get(row.id, ()), key=lambda t: in_order(t.harm, t.status))
                if t.status == "all"
            ),
            bodies[row.id]["where_prec"],
        )
        for row in rows
    ]


def tolls_of(connection: Connection, ids: Iterable[str], as_of: str) -> dict[str, list[Any]]:
    """Return the rows of the tolls of incidents, in the order in which they were written."""
    found: dict[str, list[Any]] = {}
    table = schema.toll
    for some in chunks(ids):
        question = select(table).where(table.c.incident.in_(some), at(table, as_of)).order_by(table.c.n)
        for row in connection.execute(question):
            found.setdefault(row.incident, []).append(row)
    return found


def some_incidents(connection: Connection, ids: Iterable[str], as_of: str) -> list[IncidentLine]:
    """Return the lines of incidents by their ids."""
    rows: list[Any] = []
    for some in chunks(ids):
        rows += connection.execute(
            select(schema.incident)
            .where(schema.incident.c.id.in_(some), at(schema.incident, as_of))
            .order_by(schema.incident.c.start, schema.incident.c.id)
        ).all()
    return lines(connection, rows, as_of)


def incident(connection: Connection, id: str, as_of: str) -> tuple[int, Incident] | None:
    """Return an incident's version and the incident, as known at a moment; None where there was none of this id."""
    row = connection.execute(
        select(schema.incident).where(schema.incident.c.id == id, at(schema.incident, as_of))
    ).one_or_none()
    if row is None:
        return None
    tolls = tolls_of(connection, [id], as_of).get(id, [])
    return row.n, decoded(row.body, sorted(tolls, key=lambda t: in_order(t.harm, t.status)))


def present_id(connection: Connection, claim: int) -> str | None:
    """Return the incident that a claim is in at present."""
    found = connection.execute(
        select(schema.member.c.incident).where(schema.member.c.claim == claim)
    ).scalar_one_or_none()
    return None if found is None else str(found)


def ids_beginning(connection: Connection, table: Table, column: str, words: str, most: int = 5) -> list[str]:
    """Return the ids that begin with some letters, at most so many, so that people need not write them out."""
    name = table.c[column]
    question = select(name).where(name >= words, name < words + "~").distinct().order_by(name).limit(most)
    return list(connection.execute(question).scalars())


def shortest(connection: Connection, table: Table, column: str, id: str, least: int = 7) -> str:
    """Return the shortest beginning of an id, of so many letters at least, with which no other id begins."""
    name = table.c[column]
    neighbours = (
        connection.execute(select(func.max(name)).where(name < id)).scalar_one_or_none(),
        connection.execute(select(func.min(name)).where(name > id)).scalar_one_or_none(),
    )
    size = least
    while size < len(id) and any(str(other).startswith(id[:size]) for other in neighbours if other):
        size += 1
    return id[:size]


def figures(tolls: Iterable[Toll], status: str | None = None) -> tuple[Figures, ...]:
    """Return the figures of tolls without their ledgers; of one victim status where one is named."""
    return tuple(
        Figures(t.harm, t.status, t.low, t.best, t.high)
        for t in tolls
        if status is None or t.status == status
    )


def holding(connection: Connection, claim: str, as_of: str) -> str | None:
    """Return the incident that held a claim at a moment."""
    table = schema.incident
    found = connection.execute(
        select(table.c.id)
        .where(table.c.body.contains(f'"{claim}"', autoescape=True), at(table, as_of))
        .limit(1)
    ).scalar_one_or_none()
    return None if found is None else str(found)


def present(connection: Connection, ids: Iterable[str]) -> dict[str, Incident]:
    """Return incidents as they are at present, with their tolls, by id; ids that are none are left out."""
    table = schema.incident.c
    rows: list[Any] = []
    for some in chunks(dict.fromkeys(ids)):
        rows += connection.execute(
            select(table.n, table.id, table.body).where(table.id.in_(some), table.recorded_to.is_(None))
        ).all()
    return whole(connection, rows, NOW)


def within(connection: Connection, country: str | None, start: str, end: str) -> set[str]:
    """Return the ids of the present incidents of a country that lie within some days."""
    table = schema.incident.c
    question = select(table.id).where(
        table.recorded_to.is_(None), table.country == country, table.start >= start, table.end <= end
    )
    return set(connection.execute(question).scalars())


def wide(connection: Connection, countries: Iterable[str | None], start: str, end: str) -> list[Any]:
    """Return id, country, start and end of the present incidents of countries that can hold others and meet some days."""
    table = schema.incident.c
    named = [c for c in countries if c is not None]
    question = select(table.id, table.country, table.start, table.end).where(
        table.recorded_to.is_(None), table.wide == 1, or_(table.country.in_(named), table.country.is_(None)),
        table.start <= end, table.end >= start,
    )  # fmt: skip
    return list(connection.execute(question))


def whole(connection: Connection, rows: Sequence[Any], as_of: str) -> dict[str, Incident]:
    """Return incidents by id from rows that have their id and body, with their tolls."""
    tolls = tolls_of(connection, [row.id for row in rows], as_of)
    return {row.id: decoded(row.body, tolls.get(row.id, ())) for row in rows}


def places_of_claims(connection: Connection, as_of: str) -> dict[str, str]:
    """Return for the ids of claims the incidents that held them at a moment."""
    table = schema.incident
    return {
        claim: row.id
        for row in connection.execute(select(table.c.id, table.c.body).where(at(table, as_of)))
        for claim in _TESTIMONIES.decode(row.body).testimonies
    }
