"""renesting: incidents counted anew -> these, and others that they hold or are held by now, with the ties between them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from tollbook.model.incident import Incident
from tollbook.record import country_of, nest, sums_up
from tollbook.register import find

_MARGIN = 1  # days, as far as a part may lie outside the period of what sums it up


def former_ids(connection: Connection, incidents: Iterable[str]) -> set[str]:
    """Return all ids by which incidents are or were known."""
    held = find.present(connection, incidents)
    return {*held, *(former for one in held.values() for former in one.previous_ids)}


def renested(
    connection: Connection, made: Sequence[Incident], before: Iterable[str]
) -> tuple[list[Incident], list[Incident]]:
    """Return incidents counted anew with their ties, and the others whose ties change with them.

    `before` are the incidents in whose place they come. An incident's tie depends on itself and on those of its country and
    days that sum others up; so looked at are the new ones, what is inside those of them that sum up, what was inside those
    that are gone, and all that could hold any of these.
    """
    gone = find.present(connection, before)
    names = {one.id for one in made}
    inside: dict[str, Incident] = {one.id: one for one in made}
    parts = find.present(connection, {c for old in gone.values() for c in old.children})
    inside |= {i: one for i, one in parts.items() if i not in gone}
    within: set[str] = set()
    for one in made:
        if sums_up(one) and (days := _days(one, wider=True)):
            within |= find.within(connection, country_of(one), *days)
    inside |= find.present(connection, within - gone.keys() - inside.keys())
    above = find.present(connection, _holders(connection, inside.values()) - gone.keys() - inside.keys())
    former = {one.parent for one in (*inside.values(), *gone.values()) if one.parent}
    above |= find.present(connection, former - inside.keys() - gone.keys())
    parents = {one.id: one.parent for one in nest([*inside.values(), *above.values()])}
    held: dict[str, set[str]] = {}
    for id in inside:
        held.setdefault(parents[id] or "", set()).add(id)
    counted: list[Incident] = []
    others: list[Incident] = []
    for one in (*inside.values(), *above.values()):
        kept = set() if one.id in names else {c for c in one.children if c not in inside and c not in gone}
        tied = replace(
            one,
            parent=parents[one.id] if one.id in inside else one.parent,
            children=tuple(sorted(kept | held.get(one.id, set()))),
        )
        if one.id in names:
            counted.append(tied)
        elif tied != one:
            others.append(tied)
    return counted, others


def _holders(connection: Connection, parts: Iterable[Incident]) -> set[str]:
    """Return the ids of the incidents that could hold some others: of their country, and reaching over their days."""
    spans = [(country_of(one), days) for one in parts if (days := _days(one, wider=False))]
    if not spans:
        return set()
    wide: dict[str | None, list[tuple[str, str, str]]] = {}
    first, last = min(min(days) for _, days in spans), max(max(days) for _, days in spans)
    for row in find.wide(connection, {country for country, _ in spans}, first, last):
        wide.setdefault(row.country, []).append((row.start, row.end, row.id))
    return {
        id
        for country, (start, end) in set(spans)
        for a, b, id in wide.get(country, ())
        if a <= start and b >= end
    }


def _days(one: Incident, *, wider: bool) -> tuple[str, str] | None:
    """Return the days within which parts lie, or which a whole must reach; None where no day is known."""
    if one.period is None:
        return None
    step = _MARGIN if wider else -_MARGIN
    return moved(one.period.start, -step), moved(one.period.end, step)


def moved(day: str, by: int) -> str:
    """Return the day so many days later, or earlier; the last or first of the calendar where it ends before."""
    return date.fromordinal(
        min(max(date.fromisoformat(day).toordinal() + by, 1), date.max.toordinal())
    ).isoformat()
