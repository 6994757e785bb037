"""present: questions about incidents as they are now -> lists and sums, from the narrow tables alone.

What `find` answers for any moment from the tables with a history, this answers for the present; the outcome is the same, which
tests hold it to.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func, select

from tollbook.model.answer import Figures, IncidentLine, IncidentPage, Wanted
from tollbook.register import schema
from tollbook.register.choosing import conditions
from tollbook.register.rows import chunks
from tollbook.register.standing import in_order

_SIDES = msgspec.json.Decoder(tuple[str, ...])
_LINE = schema.line.c
_FIGURE = schema.figure.c
_ORDERS: Mapping[str, Sequence[ColumnElement[Any]]] = {
    "newest": (_LINE.start.desc().nulls_last(), _LINE.id),
    "oldest": (_LINE.start.asc().nulls_last(), _LINE.id),
    "largest": (_LINE.best.desc().nulls_last(), _LINE.id),
    "conflicts": (_LINE.conflicts.desc(), _LINE.best.desc().nulls_last(), _LINE.id),
    "weight": (_LINE.weight.desc(), _LINE.id),
}


def count(connection: Connection, wanted: Wanted) -> int:
    """Return how many incidents are wanted."""
    question = select(func.count()).select_from(schema.line).where(*conditions(wanted, schema.line))
    return int(connection.execute(question).scalar_one())


def page(connection: Connection, wanted: Wanted, *, limit: int, offset: int, order: str) -> IncidentPage:
    """Return a page of the incidents wanted, ordered as `find.ORDERS` names."""
    question = select(schema.line).where(*conditions(wanted, schema.line)).order_by(*_ORDERS[order])
    rows = connection.execute(question.limit(limit).offset(offset)).all()
    return IncidentPage(count(connection, wanted), offset, tuple(_lines(connection, rows)))


def waiting(connection: Connection, wanted: Wanted, *, limit: int, offset: int) -> Sequence[Any]:
    """Return the rows of the incidents that nobody signed off, those on which most hangs first."""
    return connection.execute(
        select(schema.line)
        .where(*conditions(wanted, schema.line), _LINE.review != "signed_off")
        .order_by(*_ORDERS["weight"])
        .limit(limit)
        .offset(offset)
    ).all()


def spots(connection: Connection, wanted: Wanted, limit: int) -> Sequence[Any]:
    """Return what a map shows of the incidents wanted, the largest first."""
    columns = ("id", "title", "country", "adm1", "place", "lat", "lon", "precision", "low", "best", "review")
    return connection.execute(
        select(*(_LINE[name] for name in columns))
        .where(*conditions(wanted, schema.line))
        .order_by(*_ORDERS["largest"])
        .limit(limit)
    ).all()


def some(connection: Connection, ids: Iterable[str]) -> list[IncidentLine]:
    """Return the lines of incidents by their ids, oldest first."""
    rows: list[Any] = []
    for part in chunks(ids):
        rows += connection.execute(
            select(schema.line).where(_LINE.id.in_(part)).order_by(_LINE.start, _LINE.id)
        ).all()
    return _lines(connection, rows)


def every(connection: Connection, wanted: Wanted) -> list[IncidentLine]:
    """Return all incidents wanted, oldest first, each with its tolls of every status."""
    where = conditions(wanted, schema.line)
    told: dict[int, list[Figures]] = {}
    for row in connection.execute(
        select(schema.figure).join(schema.line, _LINE.n == _FIGURE.line).where(*where)
    ):
        told.setdefault(row.line, []).append(_figures(row))
    question = select(schema.line).where(*where).order_by(_LINE.start, _LINE.id)
    return [_line(row, told.get(row.n, ())) for row in connection.execute(question)]


def _lines(connection: Connection, rows: Sequence[Any]) -> list[IncidentLine]:
    told: dict[int, list[Figures]] = {}
    for part in chunks(row.n for row in rows):
        question = select(schema.figure).where(_FIGURE.line.in_(part), _FIGURE.status == "all")
        for row in connection.execute(question):
            told.setdefault(row.line, []).append(_figures(row))
    return [_line(row, told.get(row.n, ())) for row in rows]


def _figures(row: Any) -> Figures:
    return Figures(row.harm, row.status, row.low, row.best, row.high)


def _line(row: Any, tolls: Sequence[Figures]) -> IncidentLine:
    return IncidentLine(
        row.id, row.n, row.title, row.place, row.country, row.adm1, row.lat, row.lon, row.start, row.end,
        row.violence, row.clarity, row.grade, row.review, row.parent, row.reports, row.origins, row.conflicts,
        _SIDES.decode(row.sides), tuple(sorted(tolls, key=lambda f: in_order(f.harm, f.status))), row.precision,
    )  # fmt: skip


def grouped(connection: Connection, wanted: Wanted, columns: Sequence[ColumnElement[Any]]) -> Sequence[Any]:
    """Add up the tolls of the incidents wanted that lie in no wider one, by some columns of `line`, harm and status.

    A row has these columns, then harm, status, alone, incidents, low, best, high, open (no upper bound), without (no best).
    """
    by = (*columns, _FIGURE.harm, _FIGURE.status, _FIGURE.alone)
    question = (
        select(
            *by,
            func.count().label("incidents"),
            *(func.coalesce(func.sum(_FIGURE[name]), 0).label(name) for name in ("low", "best", "high")),
            (func.count() - func.count(_FIGURE.high)).label("open"),
            (func.count() - func.count(_FIGURE.best)).label("without"),
        )
        .join(schema.line, _LINE.n == _FIGURE.line)
        .where(*conditions(wanted, schema.line), _LINE.parent.is_(None))
        .group_by(*by)
    )
    return connection.execute(question).all()


def inner(connection: Connection, wanted: Wanted, columns: Sequence[ColumnElement[Any]]) -> Sequence[Any]:
    """Return the tolls of the incidents wanted that lie in a wider one, oldest first.

    A row has the columns asked for, then id, title, parent, harm, status, low, best, high.
    """
    told = (_FIGURE[name] for name in ("harm", "status", "low", "best", "high"))
    return connection.execute(
        select(*columns, _LINE.id, _LINE.title, _LINE.parent, *told)
        .join(schema.line, _LINE.n == _FIGURE.line)
        .where(*conditions(wanted, schema.line), _LINE.parent.is_not(None))
        .order_by(_LINE.start, _LINE.id)
    ).all()


def holders(
    connection: Connection, wanted: Wanted, ids: Iterable[str]
) -> dict[str, tuple[str, frozenset[str]]]:
    """Return for those of some incidents that are wanted: the state of their review, and the harms each has a toll for."""
    found: dict[str, tuple[str, set[str]]] = {}
    for part in chunks(dict.fromkeys(ids)):
        question = (
            select(_LINE.id, _LINE.review, _FIGURE.harm)
            .join(schema.figure, _LINE.n == _FIGURE.line, isouter=True)
            .where(_LINE.id.in_(part), *conditions(wanted, schema.line))
        )
        for id, review, harm in connection.execute(question):
            found.setdefault(id, (review, set()))[1].add(harm)
    return {id: (review, frozenset(harms)) for id, (review, harms) in found.items()}
