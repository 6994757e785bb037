"""adding_up: incidents -> sums that count nobody twice, and what was left out because a wider incident holds it.

Of the present the database adds up all incidents that lie in no wider one; the few that do, and whatever is asked of another
moment or by another school's rule, are added here one by one. Both ways give the same, which tests hold them to.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, func

from tollbook.desk.asking import When, counted, meant, members_of
from tollbook.desk.recounting import concerning
from tollbook.desk.sums import GROUPS, Sum, figures_of, within
from tollbook.errors import UsageError
from tollbook.model.answer import Figures, IncidentLine, LeftOut, TollRow, TollTable, Wanted
from tollbook.register import find, neighbours, present, schema
from tollbook.register.moment import NOW, moment_of
from tollbook.register.register import Register

Holders = Mapping[str, tuple[str | None, frozenset[str]]]
_COLUMNS = {  # of what a group goes by
    "country": ("country",), "place": ("country", "adm1", "place"), "day": ("start", "end"), "week": ("start", "end"),
    "month": ("start", "end"), "year": ("start",), "party": ("sides",), "grade": ("grade",), "incident": ("id",),
}  # fmt: skip
_SIDES = msgspec.json.Decoder(tuple[str, ...])


def toll(
    register: Register,
    by: Sequence[str] = ("harm",),
    wanted: Wanted | None = None,
    *,
    as_of: When = None,
    profile: str = "house",
) -> TollTable:
    """Add up the incidents wanted by groups (see GROUPS); harms are never added to one another.

    An incident inside a wider one that has a toll for the same harm is left out, and listed: the wider toll holds it. By
    `status` the tolls of the statuses are added, else those of all victims. Raises UsageError for an unknown group.
    """
    return tolls(register, [by], wanted, as_of=as_of, profile=profile)[0]


def tolls(
    register: Register,
    groupings: Sequence[Sequence[str]],
    wanted: Wanted | None = None,
    *,
    as_of: When = None,
    profile: str = "house",
) -> list[TollTable]:
    """Add up the same incidents by several groupings, of one moment, and reading them once. See `toll`."""
    for by in groupings:
        unknown = [name for name in by if name not in GROUPS]
        if unknown or not by:
            raise UsageError(f"no group '{', '.join(unknown)}' - there are: {', '.join(GROUPS)}")
    moment = moment_of(as_of)
    if moment == NOW and profile == "house":
        with register.reading() as connection:
            return _present(connection, groupings, meant(wanted or Wanted()))
    lines, every = _lines(register, wanted, moment, profile, named=any("party" in by for by in groupings))
    holders = _holders(lines, every)
    return [_added_up(by, lines, every, holders) for by in groupings]


@dataclass(frozen=True, slots=True)
class _Facts:
    """What a row of sums says of its incidents: what the groups go by."""

    id: str = ""
    country: str | None = None
    adm1: str | None = None
    place: str | None = None
    start: str | None = None
    end: str | None = None
    grade: str | None = None
    parties: tuple[str, ...] = ()


def _present(connection: Connection, groupings: Sequence[Sequence[str]], wanted: Wanted) -> list[TollTable]:
    """Add up the incidents wanted as they are now."""
    asked = {name for by in groupings for name in by}
    names = list(dict.fromkeys(column for name in sorted(asked) for column in _COLUMNS.get(name, ())))
    long = 10 if asked & {"day", "week"} else 7  # letters of a day that the groups go by
    table = schema.line.c
    columns = [func.substr(table[n], 1, long).label(n) if n in ("start", "end") else table[n] for n in names]
    made = [(_facts(row, names), row) for row in present.grouped(connection, wanted, columns)]
    inner = present.inner(connection, wanted)
    every = {line.id: line.tolls for line in inner}
    above = {line.parent for line in inner if line.parent} - every.keys()
    holders = {**_holders(inner, every), **present.holders(connection, wanted, above)}
    return [_added_up(by, inner, every, holders, made) for by in groupings]


def _facts(row: Any, names: Sequence[str]) -> _Facts:
    known: dict[str, Any] = {n: getattr(row, n) for n in names if n != "sides"}
    return _Facts(**known, parties=_SIDES.decode(row.sides) if "sides" in names else ())


def _added_up(
    by: Sequence[str],
    lines: Sequence[IncidentLine],
    every: Mapping[str, Sequence[Figures]],
    holders: Holders,
    made: Sequence[tuple[_Facts, Any]] = (),
) -> TollTable:
    """Add up lines one by one, and rows of sums that are `made`."""
    names = tuple(by) if "harm" in by else (*by, "harm")
    groups = [GROUPS[name] for name in names]
    by_status = "status" in names
    sums: dict[tuple[str, ...], Sum] = defaultdict(Sum)
    left: list[LeftOut] = []
    for facts, row in made:
        if row.status == "all" and by_status and not row.alone:
            continue
        if row.status != "all" and not by_status:
            continue
        figures = Figures(row.harm, "unknown" if by_status and row.alone else row.status, 0, 0, 0)
        sums[tuple(group(facts, figures) for group in groups)].join(row)
    for line in lines:
        for figures in figures_of(every[line.id], by_status):
            holder = within(line, figures.harm, holders)
            if holder is not None:
                if figures.status == "all" or by_status:
                    left.append(LeftOut(line.id, line.title, holder, figures))
                continue
            sums[tuple(group(line, figures) for group in groups)].add(figures)
    rows = [
        TollRow(group, s.incidents, s.low, s.best, None if s.open else s.high, s.open, s.without_best)
        for group, s in sorted(sums.items())
    ]
    return TollTable(names, tuple(rows), tuple(left))


def _lines(
    register: Register, wanted: Wanted | None, moment: str, profile: str, *, named: bool
) -> tuple[Sequence[IncidentLine], dict[str, tuple[Figures, ...]]]:
    """Return the incidents wanted, and the figures of each, by status too."""
    with register.reading() as connection:
        lines = find.every(connection, meant(wanted or Wanted()), as_of=moment, named=named)
        if profile == "house":
            return lines, {line.id: line.tolls for line in lines}
        every: dict[str, tuple[Figures, ...]] = {}
        decisions = neighbours.reviews(connection, as_of=moment)
        for line in lines:
            found = find.incident(connection, line.id, moment)
            if found is not None:
                members = members_of(connection, found[1], moment)
                anew = counted(found[1], members, concerning(decisions, members), profile)
                every[line.id] = find.figures(anew.tolls)
        return lines, every


def _holders(lines: Sequence[IncidentLine], every: Mapping[str, Sequence[Figures]]) -> Holders:
    """Return for each incident asked for: the incident it lies in, and the harms it has a toll for."""
    return {line.id: (line.parent, frozenset(f.harm for f in every[line.id])) for line in lines}
