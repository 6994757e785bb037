"""acled: incidents -> a table shaped like ACLED's (31 columns). It is not ACLED's data."""

import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from tollbook.model.folio import Edition, Folio
from tollbook.model.incident import Incident
from tollbook.writers.cells import (
    NOT_WRITTEN,
    Cells,
    Table,
    cells_of,
    is_state,
    means_table,
    named_parties,
    other_harms,
    sources_of,
    toll_of,
)
from tollbook.writers.words import quoted, toll_words

COLUMNS = (
    "event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type", "sub_event_type", "actor1",
    "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2", "interaction", "civilian_targeting", "iso", "region",
    "country", "admin1", "admin2", "admin3", "location", "latitude", "longitude", "geo_precision", "source",
    "source_scale", "notes", "fatalities", "tags", "timestamp",
)  # fmt: skip
TAGS = {
    "event_id_cnty": "#event+id", "event_date": "#date+occurred", "event_type": "#event+type", "actor1": "#group+name+first",
    "actor2": "#group+name+second", "country": "#country+name", "admin1": "#adm1+name", "location": "#loc+name",
    "latitude": "#geo+lat", "longitude": "#geo+lon", "source": "#meta+source", "notes": "#description",
    "fatalities": "#affected+killed",
}  # fmt: skip
FIGHTERS = ("armed_forces", "security_forces", "armed_group")
_STATE, _MILITIA, _CIVILIANS, _ABROAD = (
    "State forces",
    "Political militia",
    "Civilians",
    "External/Other forces",
)
_UNKNOWN = "Unidentified Armed Group"


class Acled:
    """Writes acled-shaped.csv: one row an incident, counted by ACLED's rule unless another was asked for."""

    rule = "acled"
    beside = False

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the file."""
        self._table = Table(Path(folder) / "acled-shaped.csv", COLUMNS, TAGS if edition.hxl else None)
        self._edition = edition

    @staticmethod
    def told(folio: Folio, edition: Edition) -> tuple[Cells | None, tuple[str, ...]]:
        """Return the cells of an incident's row, None where it has none, and what they cannot say."""
        incident = folio.card.incident
        kind = _kind(incident)
        lacking = _lacking(folio, kind)
        if lacking:
            return None, (NOT_WRITTEN + lacking,)
        assert kind is not None  # asked just before
        deaths, losses = _fatalities(incident)
        row = (
            _what(folio, *kind)
            | _where(folio)
            | {
                "source": sources_of(folio), "notes": _notes(folio), "fatalities": deaths,
                "timestamp": _stamp(edition.as_of), "tags": "" if incident.review == "signed_off" else "unreviewed",
            }
        )  # fmt: skip
        period = incident.period
        fighters = any(t.harm == "killed" and t.status in FIGHTERS for t in incident.tolls)
        if fighters and kind[0] == "Violence against civilians":
            losses = (*losses, "fighters are among the dead: the format has one number for all")
        if period is not None and period.start != period.end:
            losses = (*losses, f"its days are {period.start} to {period.end}: filed under the first")
        return cells_of(row, COLUMNS), (*losses, *other_harms(incident, ("killed",)))

    def put(self, cells: Cells | None) -> tuple[str, ...]:
        """Write what `told` returned."""
        if cells is not None:
            self._table.put(cells)
        return ()

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Write one incident."""
        cells, losses = self.told(folio, self._edition)
        return (*losses, *self.put(cells))

    def close(self) -> None:
        """Finish the file."""
        self._table.close()


@cache
def _stamp(as_of: str) -> int:
    return int(datetime.fromisoformat(as_of).timestamp())


def _kind(incident: Incident) -> tuple[str, str] | None:
    """Return event and sub-event type; None where the record does not say enough."""
    remote = [means_table()["acled"][m] for m in incident.means if m in means_table()["acled"]]
    if remote:
        return "Explosions/Remote violence", remote[0]
    if incident.type_of_violence == 3:
        taken = toll_of(incident, "abducted") is not None and toll_of(incident, "killed") is None
        return "Violence against civilians", "Abduction/forced disappearance" if taken else "Attack"
    if incident.type_of_violence in (1, 2):
        return "Battles", "Armed clash"
    return None


def _lacking(folio: Folio, kind: tuple[str, str] | None) -> str:
    incident = folio.card.incident
    if kind is None:
        return "neither the means nor the type of violence is known"
    if folio.counted_in is not None:
        return f"it lies within {folio.counted_in}, whose toll already holds it"
    if incident.period is None or incident.date_prec is None:
        return "no day is known"
    if incident.place is None or incident.place.lat is None or incident.where_prec is None:
        return "no place with coordinates is known"
    return ""


def _fatalities(incident: Incident) -> tuple[int, tuple[str, ...]]:
    """Return the one number, the most conservative that is told; and what it hides."""
    toll = toll_of(incident, "killed")
    if toll is None:
        return 0, ("killed: no report gives a figure, and the format takes no empty one: 0 is written",)
    figure = toll.best if toll.best is not None else toll.low
    losses = () if toll.low == toll.best == toll.high else (f"killed: {toll_words(toll)} becomes one number",)
    if figure is None:
        return 0, (*losses, "killed: no best and no lower figure is known: 0 is written")
    return figure, losses


def _what(folio: Folio, event: str, sub: str) -> dict[str, object]:
    incident = folio.card.incident
    period = incident.period
    assert period is not None  # asked before
    names = sorted(named_parties(incident), key=lambda name: not is_state(name))
    targeted = incident.type_of_violence == 3
    country = f" ({folio.land.name})" if folio.land else ""
    first = names[0] if names else _UNKNOWN + country
    second = _CIVILIANS + country if targeted else names[1] if len(names) > 1 else ""
    kinds = (
        _inter(names[0], folio) if names else _MILITIA,  # as those are filed of whom nothing is known
        _CIVILIANS if targeted else _inter(second, folio),
    )
    day = date.fromisoformat(period.start)
    code = folio.land.alpha3 if folio.land else ""
    return {
        "event_id_cnty": code + str(int(incident.id[1:12], 16)), "event_date": day.isoformat(), "year": day.year,
        "time_precision": {1: 1, 2: 2, 3: 2}.get(incident.date_prec or 5, 3), "disorder_type": "Political violence",
        "event_type": event, "sub_event_type": sub, "actor1": first, "inter1": kinds[0], "actor2": second,
        "inter2": kinds[1], "interaction": interaction(*kinds, alone=not second),
        "civilian_targeting": "Civilian targeting" if targeted else "",
    }  # fmt: skip


def _inter(name: str, folio: Folio) -> str:
    """Return the kind of an actor where its name tells it: whether a group rebels or serves a party is not in the record."""
    if not is_state(name) or folio.land is None:
        return ""
    return _STATE if folio.land.name in name else _ABROAD


def interaction(one: str, other: str, *, alone: bool) -> str:
    """Return the code of who meets whom, in words; empty where the kind of one of them is not known."""
    if not one or not (other or alone):
        return ""
    if alone:
        return f"{one} only"
    kinds: Sequence[str] = _codes()["kinds"]
    first, second = sorted((one, other), key=lambda kind: (kind == _CIVILIANS, kinds.index(kind)))
    return f"{first}-{second}"


@cache
def _codes() -> dict[str, Any]:
    text = (resources.files(__package__) / "data" / "acled.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def _region(alpha3: str) -> str:
    """Return the region that a country is filed in, empty where it is not known."""
    return next((name for name, codes in _codes()["regions"].items() if alpha3 in codes.split()), "")


def _where(folio: Folio) -> dict[str, object]:
    place, land = folio.card.incident.place, folio.land
    assert place is not None  # asked before
    rough = folio.card.incident.where_prec or 6
    return {
        "iso": land.number if land else "", "region": _region(land.alpha3) if land else "", "country": land.name if land else "",
        "admin1": place.adm1, "admin2": place.name if place.level == "adm2" else "", "location": place.name,
        "latitude": place.lat, "longitude": place.lon, "geo_precision": 1 if rough == 1 else 2 if rough < 4 else 3,
    }  # fmt: skip


def _notes(folio: Folio) -> str:
    """Return the toll in words and the figures as told, by whom: where coders of this table explain a vague count."""
    incident = folio.card.incident
    killed = toll_of(incident, "killed")
    words = [f"Killed: {toll_words(killed)}." if killed else "No figure of killed."]
    used = {e.claim for e in killed.ledger if e.use in ("used", "agrees")} if killed else set()
    for one in folio.card.testimonies:
        if one.id in used:
            vague = ", a vague word" if one.claim.count.vague else ""
            words.append(f"{one.origin.name}: {quoted(one.claim.count.quote)} killed{vague}.")
    words += [f"In dispute: {c.message}." for c in incident.conflicts]
    return " ".join(dict.fromkeys(words))
