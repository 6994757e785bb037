"""_unknown_places: places that no gazetteer knows -> a warning for each."""

from collections.abc import Sequence

from tollbook.model.place import Place
from tollbook.model.text import Warning


def warn_of_unknown(places: Sequence[Place]) -> list[Warning]:
    """Warn of each place that no gazetteer knows, once a name."""
    seen: dict[str, Place] = {}
    for place in places:
        if place.lat is None:
            seen.setdefault(place.name, place)
    return [
        Warning(
            "place_unresolved",
            f"“{p.name}” is in no gazetteer: kept by name, "
            + (
                f"taken to lie in {p.adm1 + ', ' if p.adm1 else ''}{p.country}"
                if p.country
                else "country unknown"
            ),
            p.start,
            p.end,
        )
        for p in seen.values()
    ]
