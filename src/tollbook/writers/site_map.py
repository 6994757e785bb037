"""site_map: incidents -> what the map of a site draws: places where the spot is known, else the area, each with its incidents."""

import heapq
from dataclasses import dataclass, field
from typing import Any

from tollbook.model.site import Leaf
from tollbook.writers.brief_casualties import title_of
from tollbook.writers.brief_figures import HARMS as HARM_WORDS
from tollbook.writers.site_parts import figure_words, path_of, record_html, safe, table_html

_SHOWN = 8  # incidents told at one place, the largest first
_LISTED = 250  # places in the table below the map


@dataclass(slots=True)
class _Place:
    """One place of the map, and the incidents there."""

    name: str
    country: str
    code: str
    lat: float | None
    lon: float | None
    division: str | None
    count: int = 0
    sure: bool = True
    most: int = 0
    largest: list[tuple[int, str, str, str]] = field(default_factory=list)


class Places:
    """Gathers the places of incidents; what is kept grows with the places, not with the incidents."""

    def __init__(self) -> None:
        """Begin with none."""
        self._places: dict[tuple[Any, ...], _Place] = {}
        self.unknown = 0

    def add(self, leaf: Leaf) -> None:
        """Add an incident."""
        incident = leaf.dossier.cards[0].incident
        place, code = incident.place, leaf.land.code if leaf.land else ""
        exact = place is not None and incident.where_prec in (1, 2) and place.lat is not None
        if place is None or not (exact or code):
            self.unknown += 1
            return
        division = leaf.division if incident.where_prec in (3, 4) else None
        key = (place.lat, place.lon, place.name) if exact else (code, division)
        name = place.name if exact else division or (leaf.land.name if leaf.land else code)
        held = self._places.setdefault(
            key, _Place(name, leaf.land.name if leaf.land else "", code, place.lat if exact else None,
                        place.lon if exact else None, None if exact else division)
        )  # fmt: skip
        killed = next((t for t in incident.tolls if (t.harm, t.status) == ("killed", "all")), None)
        size = (killed.best or killed.low or killed.high or 0) if killed else 0
        words = (
            f"{figure_words(killed.low, killed.best, killed.high)} {HARM_WORDS['killed']}" if killed else ""
        )
        held.count += 1
        held.sure &= incident.review == "signed_off"
        held.most = max(held.most, size)
        heapq.heappush(held.largest, (size, incident.id, title_of(incident), words))
        if len(held.largest) > _SHOWN:
            heapq.heappop(held.largest)

    def value(self) -> list[dict[str, Any]]:
        """Return the places as the map's script takes them, those of the largest incident first."""
        return [
            {
                "name": p.name, "country": p.code, "lat": p.lat, "lon": p.lon, "division": p.division, "count": p.count,
                "sure": p.sure, "most": p.most,
                "incidents": [[path_of(id), title, words] for _, id, title, words in sorted(p.largest, reverse=True)],
            }
            for p in self._sorted()
        ]  # fmt: skip

    def _sorted(self) -> list[_Place]:
        return sorted(self._places.values(), key=lambda p: (-p.most, -p.count, p.name, p.code))

    def countries(self) -> list[str]:
        """Return the codes of the countries whose divisions the map draws."""
        return sorted({p.code for p in self._places.values() if p.code})

    def table(self) -> str:
        """Return the places as a table, for all who do not see the map."""
        places = self._sorted()
        rows = []
        for p in places[:_LISTED]:
            _, id, title, words = max(p.largest)
            figure = (
                f'<b class="n" data-of="{id} killed">{safe(words.rpartition(" ")[0])}</b> killed'
                if words
                else "no figure of killed"
            )
            exact = "spot" if p.lat is not None else "division" if p.division else "country"
            rows.append(
                (f"<bdi>{safe(p.name)}</bdi>", f"<bdi>{safe(p.country)}</bdi>", exact,
                 record_html(p.count, "incident", "incidents"), f'<a href="{path_of(id)}"><bdi>{safe(title)}</bdi></a>, {figure}')
            )  # fmt: skip
        more = len(places) - _LISTED
        rest = (
            f'<p class="soft">And {record_html(more, "more place", "more places")}: search by name.</p>'
            if more > 0
            else ""
        )
        columns = [("place", ""), ("country", ""), ("known as", ""), ("incidents", ""), ("largest", "")]
        return table_html("Places", columns, rows) + rest
