"""incidents: what testimonies come to -> rows with a history: a version ends when another takes its place.

Incidents and tolls are a cache of a function, so only what changed is written: an incident or toll that comes out as it was
keeps its row. Each row names its cause (the claim or decision that moved it) and the log's entry it was written with.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select, update

from tollbook.model.incident import Incident
from tollbook.model.toll import Entry, Toll
from tollbook.register import chain, schema
from tollbook.register.keep import chunks, insert_new, next_number
from tollbook.register.words import plain

_JSON = msgspec.json.Encoder(order="deterministic")
_INCIDENT = msgspec.json.Decoder(Incident)
_LEDGER = msgspec.json.Decoder(tuple[Entry, ...])
Cause = Callable[[Incident, Toll | None], str]


@dataclass(frozen=True, slots=True)
class Changed:
    """What counting anew changed: ids of incidents that are new, that have another version, that are no more."""

    new: tuple[str, ...]
    moved: tuple[str, ...]
    gone: tuple[str, ...]
    tolls: int


@dataclass(frozen=True, slots=True)
class Writer:
    """Who writes, when, with which program; `recorded` is the moment from which it counts as known."""

    at: str
    by: str
    program: str
    recorded: str


def write(
    connection: Connection,
    incidents: Sequence[Incident],
    before: Iterable[str],
    members: Mapping[int, tuple[str | None, str]],
    cause: Cause,
    writer: Writer,
    wide: Callable[[Incident], bool],
) -> Changed:
    """Write incidents in place of those that were there `before`.

    `members` gives for the claims that were counted their incident (None for none) and their family; `cause` names what moved
    an incident, or one of its tolls; `wide` tells whether an incident can hold others.
    """
    present = _present(connection, {*before, *(i.id for i in incidents)})
    tolls = _present_tolls(connection, present)
    rows, toll_rows, ended, ended_tolls = [], [], [], []
    for incident in incidents:
        body = _JSON.encode(replace(incident, tolls=())).decode()
        held = present.get(incident.id)
        row = _row(incident, body, "", wide(incident))
        if held is None or held[1] != (body, row["harms"], row["best"]):
            rows.append({**row, "cause": cause(incident, None)})
            ended += [held[0]] if held else []
        mine = tolls.get(incident.id, {})
        for toll in incident.tolls:
            ledger = _JSON.encode(toll.ledger).decode()
            old = mine.pop((toll.harm, toll.status), None)
            if old is None or old[1] != (toll.low, toll.best, toll.high, ledger):
                toll_rows.append(_toll_row(incident, toll, ledger, cause(incident, toll)))
                ended_tolls += [old[0]] if old else []
        ended_tolls += [n for n, _ in mine.values()]
    now = {incident.id for incident in incidents}
    gone = [i for i in present if i not in now]
    ended += [present[i][0] for i in gone]
    ended_tolls += [n for i in gone for n, _ in tolls.get(i, {}).values()]
    _members(connection, members)
    if rows or toll_rows or ended or ended_tolls:
        since = max(
            [writer.recorded, *(began for _, _, began in present.values())]
        )  # never before what it ends
        _end(connection, schema.incident, ended, since)
        _end(connection, schema.toll, ended_tolls, since)
        _insert(connection, rows, toll_rows, gone, replace(writer, recorded=since))
    new = [row["id"] for row in rows if row["id"] not in present]
    return Changed(
        tuple(new), tuple(r["id"] for r in rows if r["id"] in present), tuple(gone), len(toll_rows)
    )


def _stands(toll: Toll) -> bool:
    """Tell whether anything stands behind a toll: not where every claim of it was replaced, as by a newer version of its page."""
    return (
        any(entry.use != "superseded" for entry in toll.ledger)
        or toll.low is not None
        or toll.high is not None
    )


def _present(
    connection: Connection, ids: Iterable[str]
) -> dict[str, tuple[int, tuple[str, str, int | None], str]]:
    table, found = schema.incident.c, {}
    for some in chunks(ids):
        for row in connection.execute(
            select(table.n, table.id, table.body, table.harms, table.best, table.recorded_from).where(
                table.id.in_(some), table.recorded_to.is_(None)
            )
        ):
            found[row.id] = (row.n, (row.body, row.harms, row.best), row.recorded_from)
    return found


Figures = tuple[int | None, int | None, int | None, str]


def _present_tolls(
    connection: Connection, ids: Iterable[str]
) -> dict[str, dict[tuple[str, str], tuple[int, Figures]]]:
    table = schema.toll.c
    found: dict[str, dict[tuple[str, str], tuple[int, Figures]]] = {}
    for some in chunks(ids):
        for row in connection.execute(
            select(schema.toll).where(table.incident.in_(some), table.recorded_to.is_(None))
        ):
            figures = (row.low, row.best, row.high, row.ledger)
            found.setdefault(row.incident, {})[row.harm, row.status] = (row.n, figures)
    return found


def _bars(names: Iterable[str | None]) -> str:
    """Write names plainly between bars, so that a name can be looked for as a whole or in part."""
    return "|" + "".join(f"{plain(name)}|" for name in dict.fromkeys(n for n in names if n))


def _row(incident: Incident, body: str, cause: str, wide: bool) -> dict[str, Any]:
    place, period = incident.place, incident.period
    sites = incident.places or (() if place is None else (place,))
    country = next((site.country for site in sites if site.country), None)
    killed = next((t for t in incident.tolls if (t.harm, t.status) == ("killed", "all")), None)
    return {
        "id": incident.id, "title": incident.title, "place": place and place.name,
        "places": _bars(name for site in sites for name in (site.name, site.adm1, site.country)),
        "parties": _bars(side.name for side in incident.parties),
        "harms": "|" + "".join(f"{harm}|" for harm in dict.fromkeys(t.harm for t in incident.tolls if _stands(t))),
        "country": country, "adm1": place and place.adm1, "lat": place and place.lat,
        "lon": place and place.lon, "start": period and period.start, "end": period and period.end,
        "violence": incident.type_of_violence, "clarity": incident.clarity, "grade": incident.grade,
        "review": incident.review, "parent": incident.parent, "wide": int(wide), "reports": len(incident.reports),
        "origins": len(incident.independent_origins), "conflicts": len(incident.conflicts),
        "low": killed and killed.low, "best": killed and killed.best, "high": killed and killed.high,
        "body": body, "cause": cause,
    }  # fmt: skip


def _toll_row(incident: Incident, toll: Toll, ledger: str, cause: str) -> dict[str, Any]:
    return {
        "incident": incident.id, "harm": toll.harm, "status": toll.status, "low": toll.low, "best": toll.best,
        "high": toll.high, "ledger": ledger, "cause": cause,
    }  # fmt: skip


def _members(connection: Connection, members: Mapping[int, tuple[str | None, str]]) -> None:
    """Write which incident and which family each claim is of at present, where that is another than before."""
    table = schema.member
    held: dict[int, tuple[str | None, str]] = {}
    for some in chunks(members):
        for row in connection.execute(select(table).where(table.c.claim.in_(some))):
            held[row.claim] = (row.incident, row.family)
    moved = {n: place for n, place in members.items() if held.get(n) != place}
    for some in chunks(n for n in moved if n in held):
        connection.execute(delete(table).where(table.c.claim.in_(some)))
    insert_new(connection, table, [{"claim": n, "incident": i, "family": f} for n, (i, f) in moved.items()])


def _end(connection: Connection, table: Any, rows: Sequence[int], at: str) -> None:
    for some in chunks(rows):
        connection.execute(update(table).where(table.c.n.in_(some)).values(recorded_to=at))


def content_of(rows: Iterable[Mapping[str, Any]], tolls: Iterable[Mapping[str, Any]]) -> str:
    """Return the digest of versions of incidents and tolls, which the log's entry vouches for."""
    versions = [[r["id"], r["body"], r["cause"]] for r in rows]
    figures = [
        [
            t["incident"],
            t["harm"],
            t["status"],
            str((t["low"], t["best"], t["high"])),
            t["ledger"],
            t["cause"],
        ]
        for t in tolls
    ]
    return chain.digest_of([sorted(versions), sorted(figures)])


def _insert(
    connection: Connection,
    rows: list[dict[str, Any]],
    tolls: list[dict[str, Any]],
    gone: Sequence[str],
    writer: Writer,
) -> None:
    detail = {
        "incidents": len(rows),
        "tolls": len(tolls),
        "gone": sorted(gone),
        "digest": content_of(rows, tolls),
    }
    entry = chain.Entry("count", "incidents", detail)
    n = chain.append(connection, [entry], at=writer.at, by=writer.by, program=writer.program)
    for table, some in ((schema.incident, rows), (schema.toll, tolls)):
        if some:
            first = next_number(connection, table)
            for i, row in enumerate(some):
                row |= {"n": first + i, "log": n, "recorded_from": writer.recorded, "recorded_to": None}
            connection.execute(table.insert(), some)


def decoded(body: str, tolls: Iterable[Any]) -> Incident:
    """Return an incident from its row and the rows of its tolls."""
    return replace(
        _INCIDENT.decode(body),
        tolls=tuple(Toll(t.harm, t.status, t.low, t.best, t.high, _LEDGER.decode(t.ledger)) for t in tolls),
    )
