"""sdg: incidents -> the table of indicator 16.1.2: documented deaths by year, country, sex, age, status and cause.

Documented deaths only; an estimate of deaths that nobody listed never stands here. Rates need a population and are left out.
"""

from collections import defaultdict
from pathlib import Path

from tollbook.model.folio import Edition, Folio
from tollbook.model.incident import Incident
from tollbook.model.toll import Toll
from tollbook.writers.cells import (
    NOT_WRITTEN,
    Table,
    means_table,
    other_harms,
    toll_of,
    whole_figures,
)

COLUMNS = (
    "year", "country", "country_code", "sex", "age_group", "status", "cause", "documented_low", "documented_best",
    "documented_high", "incidents", "incidents_without_upper_bound", "incidents_unreviewed", "method",
)  # fmt: skip
TAGS = {"year": "#date+year", "country": "#country+name", "country_code": "#country+code",
        "documented_best": "#affected+killed"}  # fmt: skip
STATUS = {
    "civilian": "Civilian", "armed_forces": "Member of armed forces", "security_forces": "Member of armed forces",
    "armed_group": "Person directly participating in hostilities", "mixed": "Unknown", "unknown": "Unknown",
}  # fmt: skip
_SEX = {"male": "Man", "female": "Woman"}
_AGE = {"child": "Child (<18)", "adult": "Adult (18+)", "elderly": "Adult (18+)"}
Group = tuple[str, str, str, str, str, str, str]


class Sdg:
    """Writes sdg-16-1-2.csv, sums over incidents; the sums are held in memory, one for each group."""

    beside = False

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the file."""
        self._table = Table(Path(folder) / "sdg-16-1-2.csv", COLUMNS, TAGS if edition.hxl else None)
        self._method = f"{edition.program}, rule {edition.profile}"
        self._sums: dict[Group, list[int]] = defaultdict(lambda: [0] * 6)

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Add one incident to the sums."""
        incident = folio.card.incident
        killed = toll_of(incident, "killed")
        figures = whole_figures(killed) if killed else None
        lacking = (
            "no figure of killed" if killed is None or figures is None
            else f"it lies within {folio.counted_in}, whose toll already holds it" if folio.counted_in
            else "no day is known" if incident.period is None
            else "no country is known" if folio.land is None else ""
        )  # fmt: skip
        if lacking or killed is None or figures is None or incident.period is None or folio.land is None:
            return (NOT_WRITTEN + lacking,)
        cause = _cause(incident)
        for toll, sums in _parts(incident, killed, figures[:3]):
            sex, age = _people(folio, toll)
            year, place = incident.period.start[:4], folio.land
            group = (year, place.name, place.alpha3, sex, age, STATUS[toll.status], cause)
            row = self._sums[group]
            for i, figure in enumerate((*sums, 1, toll.high is None, incident.review != "signed_off")):
                row[i] += int(figure)
        spans = incident.period.start[:4] != incident.period.end[:4]
        losses = ("its days lie in two years: filed under the first",) if spans else ()
        return (*figures[3], *losses, *other_harms(incident, ("killed",)))

    def close(self) -> None:
        """Write the sums and finish the file."""
        for group, row in sorted(self._sums.items()):
            self._table.add(dict(zip(COLUMNS, (*group, *row, self._method), strict=True)))
        self._table.close()


def _cause(incident: Incident) -> str:
    causes = {means_table()["sdg"][m] for m in incident.means if m in means_table()["sdg"]}
    return causes.pop() if len(causes) == 1 else "Unknown"


def _parts(
    incident: Incident, killed: Toll, whole: tuple[int, int, int]
) -> list[tuple[Toll, tuple[int, int, int]]]:
    """Return the tolls by status with their figures, and what of the whole is in none of them as unknown."""
    parts = [t for t in incident.tolls if t.harm == "killed" and t.status != "all"]
    known = [(t, figures[:3]) for t in parts if (figures := whole_figures(t)) is not None]
    low, best, high = whole
    rest = tuple(w - sum(f[i] for _, f in known) for i, w in enumerate((low, best, high)))
    unknown = Toll("killed", "unknown", killed.low, killed.best, killed.high, ())
    if rest[1] < 0:
        return [(unknown, whole)]
    if rest[1] == 0 and known:
        return known
    left = (min(max(rest[0], 0), rest[1]), rest[1], max(rest[2], rest[1]))
    return [*known, (unknown, left)]


def _people(folio: Folio, toll: Toll) -> tuple[str, str]:
    """Return sex and age of a toll's dead where the one figure that it rests on says them of all."""
    used = {entry.claim for entry in toll.ledger if entry.use == "used"}
    victims = [t.claim.victims for t in folio.card.testimonies if t.id in used]
    if len(victims) != 1:
        return "Unknown", "Unknown"
    return _SEX.get(victims[0].sex or "", "Unknown"), _AGE.get(victims[0].age_group or "", "Unknown")
