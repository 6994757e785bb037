"""standing: incidents as they are at present -> narrow rows that pages list and add up, kept with every write.

The tables `line` and `figure` follow from the present versions of `incident` and `toll`; they are written in the same
transaction, so that whoever reads sees both or neither, and `tollbook verify` makes them again and compares.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, delete, select

from tollbook.model.claim import HARMS
from tollbook.model.incident import Incident
from tollbook.model.toll import Toll
from tollbook.register import schema
from tollbook.register.rows import chunks
from tollbook.register.words import plain

_JSON = msgspec.json.Encoder()
_CONFLICT = 1000  # persons that a conflict weighs as much as, in the order of what waits


def bars(names: Iterable[str | None]) -> str:
    """Write names plainly between bars, so that a name can be looked for as a whole or in part."""
    return "|" + "".join(f"{plain(name)}|" for name in dict.fromkeys(n for n in names if n))


def stands(toll: Toll) -> bool:
    """Tell whether anything stands behind a toll: not where every claim of it was replaced, as by a newer version of its page."""
    return (
        any(entry.use != "superseded" for entry in toll.ledger)
        or toll.low is not None
        or toll.high is not None
    )


def between_bars(words: Iterable[str]) -> str:
    """Write fixed words of the record, harms and statuses, between bars."""
    return "|" + "".join(f"{word}|" for word in dict.fromkeys(words))


def in_order(harm: str, status: str) -> tuple[int, bool, str]:
    """Return the place of a toll among those of an incident: by harm, all victims first."""
    return HARMS.index(harm), status != "all", status


def row_of(incident: Incident) -> dict[str, Any]:
    """Return what `incident` and `line` both say of an incident in their columns."""
    place, period = incident.place, incident.period
    sites = incident.places or (() if place is None else (place,))
    killed = next((t for t in incident.tolls if (t.harm, t.status) == ("killed", "all")), None)
    return {
        "id": incident.id, "title": incident.title, "place": place and place.name,
        "places": bars(name for site in sites for name in (site.name, site.adm1, site.country)),
        "parties": bars(side.name for side in incident.parties),
        "harms": between_bars(t.harm for t in incident.tolls if stands(t)),
        "country": next((site.country for site in sites if site.country), None),
        "adm1": place and place.adm1, "lat": place and place.lat, "lon": place and place.lon,
        "start": period and period.start, "end": period and period.end,
        "violence": incident.type_of_violence, "clarity": incident.clarity, "grade": incident.grade,
        "review": incident.review, "parent": incident.parent, "reports": len(incident.reports),
        "origins": len(incident.independent_origins), "conflicts": len(incident.conflicts),
        "low": killed and killed.low, "best": killed and killed.best, "high": killed and killed.high,
    }  # fmt: skip


def line_of(n: int, incident: Incident) -> dict[str, Any]:
    """Return the narrow row of an incident whose present version is `n`."""
    row = row_of(incident)
    harms = {t.harm for t in incident.tolls if stands(t)}
    worst = max((t.best or t.low or 0 for t in incident.tolls if t.status == "all"), default=0)
    return row | {
        "n": n, "precision": incident.where_prec,
        "harms": between_bars(harm for harm in HARMS if harm in harms),
        "weight": _CONFLICT * len(incident.conflicts) + worst,
        "sides": _JSON.encode([side.name for side in incident.parties]).decode(),
    }  # fmt: skip


def figures_of(n: int, incident: Incident) -> list[dict[str, Any]]:
    """Return the rows of an incident's tolls without their ledgers."""
    apart = {t.harm for t in incident.tolls if t.status != "all"}
    return [
        {
            "line": n, "harm": t.harm, "status": t.status, "alone": int(t.harm not in apart), "low": t.low,
            "best": t.best, "high": t.high,
        }
        for t in incident.tolls
    ]  # fmt: skip


def put(connection: Connection, changed: Sequence[tuple[int, Incident]], gone: Iterable[str] = ()) -> None:
    """Write the rows of incidents (present version, incident) in place of those they had; take those `gone` away."""
    line, figure = schema.line, schema.figure
    for some in chunks([*(incident.id for _, incident in changed), *gone]):
        old = connection.execute(select(line.c.n).where(line.c.id.in_(some))).scalars().all()
        if old:
            connection.execute(delete(figure).where(figure.c.line.in_(old)))
            connection.execute(delete(line).where(line.c.n.in_(old)))
    insert(connection, changed)


def insert(connection: Connection, made: Sequence[tuple[int, Incident]]) -> None:
    """Write the rows of incidents that have none."""
    rows = [line_of(n, incident) for n, incident in made]
    figures = [row for n, incident in made for row in figures_of(n, incident)]
    if rows:
        connection.execute(schema.line.insert(), rows)
    if figures:
        connection.execute(schema.figure.insert(), figures)


def rows_of(connection: Connection, table: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a table in the order of its key."""
    question = select(table).order_by(*table.primary_key.columns)
    for row in connection.execution_options(yield_per=2000).execute(question):
        yield row._asdict()
