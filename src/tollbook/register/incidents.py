"""incidents: what testimonies come to -> rows with a history: a version ends when another takes its place.

Incidents and tolls are a cache of a function, so only what changed is written: an incident or toll that comes out as it was
keeps its row. Each row names its cause (the claim or decision that moved it) and the log's entry it was written with.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select, update

from tollbook.model.incident import Incident
from tollbook.model.toll import Entry, Toll
from tollbook.register import chain, schema, standing
from tollbook.register.rows import chunks, insert_new, next_number

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
    moves = _moves(incidents, present, tolls, cause, wide)
    now = {incident.id for incident in incidents}
    gone = [i for i in present if i not in now]
    moves.ended += [present[i][0] for i in gone]
    moves.ended_tolls += [n for i in gone for n, _ in tolls.get(i, {}).values()]
    _members(connection, members)
    rows = moves.rows
    if moves:
        since = max(
            [writer.recorded, *(began for _, _, began in present.values())]
        )  # never before what it ends
        _end(connection, schema.incident, moves.ended, since)
        _end(connection, schema.toll, moves.ended_tolls, since)
        _insert(connection, rows, moves.tolls, gone, replace(writer, recorded=since))
        versions = {id: held[0] for id, held in present.items()} | {row["id"]: row["n"] for row in rows}
        standing.put(connection, [(versions[id], incident) for id, incident in moves.moved.items()], gone)
    new = [row["id"] for row in rows if row["id"] not in present]
    return Changed(
        tuple(new), tuple(r["id"] for r in rows if r["id"] in present), tuple(gone), len(moves.tolls)
    )


@dataclass(slots=True)
class _Moves:
    """What is other than before: rows of new versions, numbers of those that end, the incidents that moved at all."""

    rows: list[dict[str, Any]] = field(default_factory=list)
    tolls: list[dict[str, Any]] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    ended_tolls: list[int] = field(default_factory=list)
    moved: dict[str, Incident] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rows or self.tolls or self.ended or self.ended_tolls)


def _moves(
    incidents: Sequence[Incident],
    present: Mapping[str, "_Held"],
    tolls: Mapping[str, dict[tuple[str, str], tuple[int, "Figures"]]],
    cause: Cause,
    wide: Callable[[Incident], bool],
) -> _Moves:
    """Compare incidents with those that are there."""
    found = _Moves()
    for incident in incidents:
        written = len(found.rows), len(found.tolls), len(found.ended_tolls)
        body = _JSON.encode(replace(incident, tolls=())).decode()
        held = present.get(incident.id)
        row = _row(incident, body, "", wide(incident))
        if held is None or held[1] != (body, row["harms"], row["best"]):
            found.rows.append({**row, "cause": cause(incident, None)})
            found.ended += [held[0]] if held else []
        mine = tolls.get(incident.id, {})
        for toll in incident.tolls:
            ledger = _JSON.encode(toll.ledger).decode()
            old = mine.pop((toll.harm, toll.status), None)
            if old is None or old[1] != (toll.low, toll.best, toll.high, ledger):
                found.tolls.append(_toll_row(incident, toll, ledger, cause(incident, toll)))
                found.ended_tolls += [old[0]] if old else []
        found.ended_tolls += [n for n, _ in mine.values()]
        if written != (len(found.rows), len(found.tolls), len(found.ended_tolls)):
            found.moved[incident.id] = incident
    return found


_Held = tuple[int, tuple[str, str, int | None], str]  # number, what makes it another, since when


def _present(connection: Connection, ids: Iterable[str]) -> dict[str, _Held]:
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


def _row(incident: Incident, body: str, cause: str, wide: bool) -> dict[str, Any]:
    return {**standing.row_of(incident), "wide": int(wide), "body": body, "cause": cause}


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
