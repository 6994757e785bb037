"""ged: incidents -> a table shaped like UCDP GED (49 columns, the order of 23.1 to 26.1). It is not UCDP's data."""

import math
from pathlib import Path

from tollbook.model.folio import Edition, Folio
from tollbook.model.incident import Incident
from tollbook.model.published import GED_COLUMNS
from tollbook.model.toll import Toll
from tollbook.writers.cells import (
    NOT_WRITTEN,
    Table,
    is_state,
    named_parties,
    other_harms,
    toll_of,
    whole_figures,
)

COLUMNS = GED_COLUMNS
TAGS = {
    "id": "#event+id", "side_a": "#group+name+first", "side_b": "#group+name+second", "source_article": "#meta+source",
    "source_headline": "#description", "where_coordinates": "#loc+name", "adm_1": "#adm1+name", "adm_2": "#adm2+name",
    "latitude": "#geo+lat", "longitude": "#geo+lon", "country": "#country+name", "region": "#region+name",
    "date_start": "#date+start", "date_end": "#date+end", "best": "#affected+killed+best",
    "low": "#affected+killed+min", "high": "#affected+killed+max",
}  # fmt: skip
Deaths = tuple[int, int, int, int]


class Ged:
    """Writes ged-shaped.csv: for each incident one row, or two where fighters died beside one-sided violence."""

    claims = False
    beside = False

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the file."""
        self._table = Table(Path(folder) / "ged-shaped.csv", COLUMNS, TAGS if edition.hxl else None)

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Write one incident."""
        lacking = _lacking(folio)
        if lacking:
            return (NOT_WRITTEN + lacking,)
        incident = folio.card.incident
        rows, losses = _rows(incident)
        for part, (violence, deaths, (low, best, high)) in enumerate(rows, 1):
            a, b = _sides(incident, violence)
            known = _head(folio, violence, part) | _sources(folio) | _where(folio)
            names = {"side_a": a, "side_b": b, "dyad_name": f"{a} - {b}"}
            if violence == 3:
                names |= {"side_b_dset_id": "9999", "side_b_new_id": "1"}
            figures = dict(
                zip(("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown"), deaths, strict=True)
            )
            self._table.add(known | names | figures | {"best": best, "high": high, "low": low})
        return (*losses, *other_harms(incident, ("killed",)))

    def close(self) -> None:
        """Finish the file."""
        self._table.close()


def _lacking(folio: Folio) -> str:
    """Return why an incident has no row: what every row of this format must have and the record does not."""
    incident = folio.card.incident
    killed = toll_of(incident, "killed")
    if killed is None or whole_figures(killed) is None:
        return "no figure of killed"
    if not any(figure for figure in (killed.low, killed.best, killed.high)):
        return "nobody is said to have been killed"
    if folio.counted_in is not None:
        return f"it lies within {folio.counted_in}, whose toll already holds it"
    if incident.type_of_violence is None:
        return "the type of violence is not known"
    if incident.period is None or incident.date_prec is None:
        return "no day is known"
    place = incident.place
    if place is None or place.lat is None or place.lon is None or incident.where_prec is None:
        return "no place with coordinates is known"
    return ""


def _rows(incident: Incident) -> tuple[list[tuple[int, Deaths, tuple[int, int, int]]], tuple[str, ...]]:
    """Return the rows of an incident: type of violence, the split of best, and (low, best, high)."""
    killed = toll_of(incident, "killed")
    figures = whole_figures(killed) if killed else None
    assert figures is not None  # asked before
    low, best, high, losses = figures
    parts = {t.status: t.best or 0 for t in incident.tolls if t.harm == "killed" and t.status != "all"}
    state = parts.get("armed_forces", 0) + parts.get("security_forces", 0)
    group, civilians = parts.get("armed_group", 0), parts.get("civilian", 0)
    violence = incident.type_of_violence or 3
    if state + group + civilians > best:
        losses += ("the parts by status are more than the whole: all are written as unknown",)
        state = group = civilians = 0
    unknown = best - state - group - civilians
    if violence == 3 and state + group:
        return [
            (3, (0, 0, civilians, unknown), _bounds(incident, ("civilian", "unknown", "mixed"), civilians + unknown)),
            (1, (state, group, 0, 0), _bounds(incident, ("armed_forces", "security_forces", "armed_group"), state + group)),
        ], (*losses, "two rows: fighters died beside one-sided violence; the bounds of each are those of its parts")  # fmt: skip
    if violence == 2:
        return [(2, (0, 0, civilians, unknown + state + group), (low, best, high))], losses
    if state and _are_states(incident):
        losses += ("which of two states its dead soldiers were of: they are written as unknown",)
        state, unknown = 0, unknown + state
    return [(violence, (state, group, civilians, unknown), (low, best, high))], losses


def _are_states(incident: Incident) -> bool:
    """Tell whether states fought each other, so that a dead soldier may be of either."""
    return sum(map(is_state, named_parties(incident))) > 1


def _bounds(incident: Incident, statuses: tuple[str, ...], best: int) -> tuple[int, int, int]:
    parts: list[Toll] = [
        t for t in incident.tolls if t.harm == "killed" and t.status != "all" and t.status in statuses
    ]
    known = [figures for t in parts if (figures := whole_figures(t)) is not None]
    return min(best, sum(f[0] for f in known)), best, max(best, sum(f[2] for f in known))


def _sides(incident: Incident, violence: int) -> tuple[str, str]:
    """Return side a and side b: where a state fights, it is side a, which `deaths_a` are of, known by name or not."""
    names = list(named_parties(incident))
    names.sort(key=lambda name: not is_state(name))
    if violence == 3:
        return names[0] if names else "Unknown", "Civilians"
    if violence == 1 and not (names and is_state(names[0])):
        names.insert(0, "Unknown")
    a, b, *_ = (*names, "Unknown", "Unknown")
    return a, b


def _head(folio: Folio, violence: int, part: int) -> dict[str, object]:
    incident = folio.card.incident
    period = incident.period
    assert period is not None  # asked before
    country = folio.land.alpha3 if folio.land else ""
    return {
        "id": int(incident.id[1:12], 16) * 10 + part,
        "relid": f"{country}-{period.start[:4]}-{violence}-{incident.id}-{part}",
        "year": int(period.start[:4]),
        "code_status": "Clear" if incident.review == "signed_off" else "Check: unreviewed",
        "type_of_violence": violence, "event_clarity": incident.clarity or 2, "date_prec": incident.date_prec,
        "date_start": period.start, "date_end": period.end,
    }  # fmt: skip


def _sources(folio: Folio) -> dict[str, object]:
    heads = [line.reference for line in folio.card.reports]
    known = [(h.publisher or "", (h.published or "")[:10], h.title or "") for h in heads]
    quoted = ('"' + ",".join(parts).replace('"', "'") + '"' for parts in known)
    return {
        "number_of_sources": len(heads), "source_article": ";".join(quoted),
        "source_office": ";".join(k[0] for k in known), "source_date": ";".join(k[1] for k in known),
        "source_headline": ";".join(k[2] for k in known),
        "source_original": "; ".join(o.name for o in folio.card.incident.independent_origins),
    }  # fmt: skip


def _where(folio: Folio) -> dict[str, object]:
    incident = folio.card.incident
    place = incident.place
    assert place is not None  # asked before
    assert place.lat is not None  # as above
    assert place.lon is not None  # as above
    row, column = math.floor((place.lat + 90) / 0.5), math.floor((place.lon + 180) / 0.5)
    return {
        "where_prec": incident.where_prec, "where_coordinates": place.name, "where_description": incident.title,
        "adm_1": place.adm1, "adm_2": place.name if place.level == "adm2" else None,
        "latitude": place.lat, "longitude": place.lon, "geom_wkt": f"POINT ({place.lon} {place.lat})",
        "priogrid_gid": min(row, 359) * 720 + min(column, 719) + 1,
        "country": folio.land.name if folio.land else None, "region": folio.land.region if folio.land else None,
    }  # fmt: skip
