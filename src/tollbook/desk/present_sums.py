"""present_sums: the incidents wanted as they are now -> sums, most of which the database makes.

It adds up all incidents that lie in no wider one; of those that do, whether a wider one holds them is looked at one by one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, func

from tollbook.desk.sums import Adding, Holders, Made, figures_of, within
from tollbook.model.answer import Figures, TollTable, Wanted
from tollbook.register import present, schema

_COLUMNS = {  # of what a group goes by
    "country": ("country",), "place": ("country", "adm1", "place"), "day": ("start", "end"), "week": ("start", "end"),
    "month": ("start", "end"), "year": ("start",), "party": ("sides",), "grade": ("grade",), "incident": ("id",),
}  # fmt: skip
_Told = list[tuple[Figures, str | None]]  # figures, and the wider incident that holds them
_SIDES = msgspec.json.Decoder(tuple[str, ...])


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the groups go by, of a row of sums or of one incident that lies in a wider one."""

    id: str = ""
    parent: str | None = None
    review: str = ""
    country: str | None = None
    adm1: str | None = None
    place: str | None = None
    start: str | None = None
    end: str | None = None
    grade: str | None = None
    parties: tuple[str, ...] = ()


class Present:
    """What the incidents wanted add up to now, read once for several tables."""

    def __init__(self, connection: Connection, groupings: Sequence[Sequence[str]], wanted: Wanted) -> None:
        """Read what tables by some groupings need."""
        asked = {name for by in groupings for name in by}
        names = list(dict.fromkeys(column for name in sorted(asked) for column in _COLUMNS.get(name, ())))
        columns = _columns([*names, "review"], 10 if asked & {"day", "week"} else 7)
        self._rows = [
            (_facts(row, names), _made(*row[-9:])) for row in present.grouped(connection, wanted, columns)
        ]
        self._inner: dict[str, tuple[_Facts, str, list[Figures]]] = {}
        for row in present.inner(connection, wanted, columns):
            *_, id, title, parent, harm, status, low, best, high = row
            if id not in self._inner:
                self._inner[id] = (_facts(row, names, id, parent), title, [])
            self._inner[id][2].append(Figures(harm, status, low, best, high))
        above = {facts.parent for facts, _, _ in self._inner.values() if facts.parent}
        self._known: dict[str | None, list[tuple[_Facts, str, _Told, _Told]]] = {}
        self._above = present.holders(connection, wanted, above - self._inner.keys())

    def table(self, by: Sequence[str], review: str | None = None, only: str | None = None) -> TollTable:
        """Return the table by some groups; of the incidents in one state of review, of one harm, where these are named."""
        adding = Adding(by)
        for facts, made in self._rows:
            if review in (None, facts.review) and only in (None, made.figures.harm):
                adding.join(facts, made)
        for facts, title, whole, parts in self._told(review):
            told = parts if adding.by_status else whole
            adding.add(facts, title, told if only is None else [one for one in told if one[0].harm == only])
        return adding.table()

    def _told(self, review: str | None) -> list[tuple[_Facts, str, _Told, _Told]]:
        """Return the incidents that lie in wider ones, with their figures of all and by status, and what holds each."""
        if review not in self._known:
            holders = self._holders(review)
            self._known[review] = made = []
            for facts, title, figures in self._inner.values():
                if review in (None, facts.review):
                    above = {harm: within(facts, harm, holders) for harm in {f.harm for f in figures}}
                    whole, parts = (
                        [(f, above[f.harm]) for f in figures_of(figures, by_status)]
                        for by_status in (False, True)
                    )
                    made.append((facts, title, whole, parts))
        return self._known[review]

    def _holders(self, review: str | None) -> Holders:
        own = {
            id: (facts.parent, frozenset(f.harm for f in figures))
            for id, (facts, _, figures) in self._inner.items()
            if review in (None, facts.review)
        }
        return own | {
            id: (None, harms) for id, (state, harms) in self._above.items() if review in (None, state)
        }


def _columns(names: Sequence[str], long: int) -> list[ColumnElement[Any]]:
    """Return columns of `line`, of days so many letters."""
    table = schema.line.c
    return [func.substr(table[n], 1, long).label(n) if n in ("start", "end") else table[n] for n in names]


def _facts(row: Any, names: Sequence[str], id: str = "", parent: str | None = None) -> _Facts:
    known: dict[str, Any] = {n: value for n, value in zip(names, row, strict=False) if n != "sides"}
    known["parties"] = _SIDES.decode(row.sides) if "sides" in names else ()
    return _Facts(**{"id": id, **known}, parent=parent, review=row.review)


def _made(harm: str, status: str, alone: int, *sums: Any) -> Made:
    figures, unknown = (Figures(harm, told, None, None, None) for told in (status, "unknown"))
    incidents, low, best, high, without_high, without_best = map(int, sums)
    return Made(bool(alone), figures, unknown, (incidents, low, best, high, without_high, without_best))
