"""airwars: incidents -> JSON lines with the column names of Airwars' incidents, groups, belligerents and sources."""

import json
from pathlib import Path
from typing import Any

from tollbook.model.folio import Edition, Folio
from tollbook.model.incident import Incident
from tollbook.model.testimony import Testimony
from tollbook.writers.cells import other_harms, toll_of

GROUPS = {
    "civilian": "civilian_non_combatants", "armed_forces": "member_of_armed_forces",
    "security_forces": "belligerents", "armed_group": "persons_directly_participating_in_hostilities",
    "unknown": "undetermined", "mixed": "undetermined",
}  # fmt: skip
_JSON = json.JSONEncoder(ensure_ascii=False).encode
_STRIKE = {"claimed": "declared", "admitted": "declared"}


class Airwars:
    """Writes airwars-shaped.jsonl, one incident a line; counted by Airwars' rule unless another was asked for."""

    rule = "airwars"
    beside = False

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the file."""
        self._file = (Path(folder) / "airwars-shaped.jsonl").open("w", encoding="utf-8", newline="\n")
        self._edition = edition

    @staticmethod
    def told(folio: Folio, edition: Edition) -> tuple[str, tuple[str, ...]]:
        """Return an incident's line, and what it cannot say."""
        return _JSON(_incident(folio)) + "\n", other_harms(folio.card.incident, ("killed", "injured"))

    def put(self, line: str) -> tuple[str, ...]:
        """Write what `told` returned."""
        self._file.write(line)
        return ()

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Write one incident."""
        line, losses = self.told(folio, self._edition)
        return (*losses, *self.put(line))

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def _incident(folio: Folio) -> dict[str, Any]:
    incident, heads = folio.card.incident, [line.reference for line in folio.card.reports]
    period, place = incident.period, incident.place
    declared = any(_STRIKE.get(b) for side in incident.parties for b in side.bases)
    return {
        "code": incident.id, "previous_codes": list(incident.previous_ids),
        "post_status": "publish" if incident.review == "signed_off" else "draft",
        "date_type": "single_day" if period and period.start == period.end else "date_range",
        "date": period and period.start, "date_end": period and period.end,
        "country_name": folio.land.name if folio.land else None, "location_name": place and place.name,
        "region": place and place.adm1, "strike_status_name": "Declared" if declared else "Alleged",
        "strike_type_name": "; ".join(incident.means) or None,
        "civilian_harm_reported": toll_of(incident, "killed", "civilian") is not None,
        "civilian_harm_status_name": (incident.grade or "").capitalize() or None,
        "geolocated": place is not None and place.lat is not None, "latitude": place and place.lat,
        "longitude": place and place.lon, "num_sources": len(heads), "num_victims_named": None,
        "geolocation_accuracy_name": place and place.level, "counted_in": folio.counted_in,
        **_groups(incident), "belligerents": [_belligerent(folio, s.name, s.bases) for s in incident.parties],
        "sources": [
            {"code": h.id, "date": h.published, "name": h.publisher, "language": h.language, "url": h.url} for h in heads
        ],
    }  # fmt: skip


def _groups(incident: Incident) -> dict[str, int | None]:
    """Return least and greatest of each group; unknown stays null, and statuses of one group are added."""
    found: dict[str, int | None] = {}
    for harm in ("killed", "injured"):
        for toll in (t for t in incident.tolls if t.harm == harm and t.status != "all"):
            name = f"{GROUPS[toll.status]}_{harm}"
            for end, figure in (("min", toll.low), ("max", toll.high)):
                key = f"{name}_{end}"
                before = found.get(key, 0)
                found[key] = None if figure is None or before is None else before + figure
    return found


def _belligerent(folio: Folio, name: str, bases: tuple[str, ...]) -> dict[str, Any]:
    admits = [t for t in folio.card.testimonies if _admits(t, name)]
    conceded = [t.claim.count for t in admits if t.claim.harm == "killed"]
    return {
        "name": name, "type": "Declared" if any(_STRIKE.get(b) for b in bases) else "Suspected", "bases": list(bases),
        "deaths_conceded_min": conceded[0].low if len(conceded) == 1 else None,
        "deaths_conceded_max": conceded[0].high if len(conceded) == 1 else None,
    }  # fmt: skip


def _admits(one: Testimony, name: str) -> bool:
    return one.origin.party == name and any(
        p.name == name and p.basis in ("admitted", "claimed") for p in one.claim.by
    )
