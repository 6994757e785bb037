"""adding_up: incidents -> sums that count nobody twice, and what was left out because a wider incident holds it."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tollbook.desk.asking import When, counted, meant, members_of
from tollbook.desk.recounting import concerning
from tollbook.errors import UsageError
from tollbook.model.answer import Figures, IncidentLine, LeftOut, TollRow, TollTable, Wanted
from tollbook.register import find, neighbours
from tollbook.register.moment import moment_of
from tollbook.register.register import Register

GROUPS: Mapping[str, Callable[[IncidentLine, Figures], str]] = {
    "harm": lambda line, figures: figures.harm,
    "status": lambda line, figures: figures.status,
    "country": lambda line, figures: line.country or "?",
    "place": lambda line, figures: " / ".join(p for p in (line.country or "?", line.adm1 or line.place) if p),
    "day": lambda line, figures: _span(line.start, line.end or line.start),
    "week": lambda line, figures: _span(_week(line.start), _week(line.end or line.start)),
    "month": lambda line, figures: _month(line),
    "year": lambda line, figures: (line.start or "?")[:4],
    "party": lambda line, figures: "; ".join(line.parties) or "?",
    "grade": lambda line, figures: line.grade or "?",
    "incident": lambda line, figures: line.id,
}


@dataclass(slots=True)
class _Sum:
    """A sum in the making."""

    incidents: int = 0
    low: int = 0
    best: int = 0
    high: int = 0
    open: int = 0
    without_best: int = 0

    def add(self, figures: Figures) -> None:
        """Add an incident's figures; what is unknown is counted as unknown, not as nobody."""
        self.incidents += 1
        self.low += figures.low or 0
        self.best += figures.best or 0
        self.without_best += figures.best is None
        self.high += figures.high or 0
        self.open += figures.high is None


def toll(
    register: Register,
    by: Sequence[str] = ("harm",),
    wanted: Wanted | None = None,
    *,
    as_of: When = None,
    profile: str = "house",
) -> TollTable:
    """Add up the incidents wanted by groups (see GROUPS); harms are never added to one another.

    An incident inside a wider one that has a toll for the same harm is left out, and listed: the wider toll holds it. By
    `status` the tolls of the statuses are added, else those of all victims. Raises UsageError for an unknown group.
    """
    return tolls(register, [by], wanted, as_of=as_of, profile=profile)[0]


def tolls(
    register: Register,
    groupings: Sequence[Sequence[str]],
    wanted: Wanted | None = None,
    *,
    as_of: When = None,
    profile: str = "house",
) -> list[TollTable]:
    """Add up the same incidents by several groupings, of one moment, and reading them once. See `toll`."""
    for by in groupings:
        unknown = [name for name in by if name not in GROUPS]
        if unknown or not by:
            raise UsageError(f"no group '{', '.join(unknown)}' - there are: {', '.join(GROUPS)}")
    named = any("party" in by for by in groupings)
    lines, every = _lines(register, wanted, as_of, profile, named=named)
    holders = _holders(lines, every)
    return [_added_up(by, lines, every, holders) for by in groupings]


def _added_up(
    by: Sequence[str],
    lines: Sequence[IncidentLine],
    every: Mapping[str, Sequence[Figures]],
    holders: Mapping[str, tuple[str | None, frozenset[str]]],
) -> TollTable:
    names = tuple(by) if "harm" in by else (*by, "harm")
    sums: dict[tuple[str, ...], _Sum] = defaultdict(_Sum)
    left: list[LeftOut] = []
    for line in lines:
        for figures in _of(every[line.id], "status" in names):
            within = _within(line, figures.harm, holders)
            if within is not None:
                if figures.status == "all" or "status" in names:
                    left.append(LeftOut(line.id, line.title, within, figures))
                continue
            sums[tuple(GROUPS[name](line, figures) for name in names)].add(figures)
    rows = [
        TollRow(group, s.incidents, s.low, s.best, None if s.open else s.high, s.open, s.without_best)
        for group, s in sorted(sums.items())
    ]
    return TollTable(names, tuple(rows), tuple(left))


def _lines(
    register: Register, wanted: Wanted | None, as_of: When, profile: str, *, named: bool
) -> tuple[Sequence[IncidentLine], dict[str, tuple[Figures, ...]]]:
    """Return the incidents wanted, and the figures of each, by status too."""
    moment = moment_of(as_of)
    with register.reading() as connection:
        lines = find.every(connection, meant(wanted or Wanted()), as_of=moment, named=named)
        if profile == "house":
            return lines, {line.id: line.tolls for line in lines}
        every: dict[str, tuple[Figures, ...]] = {}
        decisions = neighbours.reviews(connection, as_of=moment)
        for line in lines:
            found = find.incident(connection, line.id, moment)
            if found is not None:
                members = members_of(connection, found[1], moment)
                anew = counted(found[1], members, concerning(decisions, members), profile)
                every[line.id] = find.figures(anew.tolls)
        return lines, every


def _of(every: Sequence[Figures], by_status: bool) -> list[Figures]:
    """Return an incident's figures to be added: of all victims, or by status, where a harm has any."""
    if not by_status:
        return [f for f in every if f.status == "all"]
    told = {f.harm for f in every if f.status != "all"}
    return [
        f if f.status != "all" else Figures(f.harm, "unknown", f.low, f.best, f.high)
        for f in every
        if f.status != "all" or f.harm not in told
    ]


def _holders(
    lines: Sequence[IncidentLine], every: Mapping[str, Sequence[Figures]]
) -> dict[str, tuple[str | None, frozenset[str]]]:
    """Return for each incident asked for: the incident it lies in, and the harms it has a toll for."""
    return {line.id: (line.parent, frozenset(f.harm for f in every[line.id])) for line in lines}


def _within(
    line: IncidentLine, harm: str, holders: Mapping[str, tuple[str | None, frozenset[str]]]
) -> str | None:
    """Return the nearest wider incident asked for whose toll of the same harm holds this one's."""
    above, seen = line.parent, {line.id}
    while above is not None and above not in seen and above in holders:
        if harm in holders[above][1]:
            return above
        seen.add(above)
        above = holders[above][0]
    return None


def _span(first: str | None, last: str | None) -> str:
    """Return the name of a day or week; what reaches over several is named by both ends, never put on one of them."""
    return "?" if first is None else first if first == last else f"{first} to {last}"


def _week(day: str | None) -> str | None:
    """Return the Monday of a day's week."""
    if day is None:
        return None
    found = date.fromisoformat(day[:10])
    return (found - timedelta(days=found.weekday())).isoformat()


def _month(line: IncidentLine) -> str:
    start, end = (line.start or "?")[:7], (line.end or line.start or "?")[:7]
    return start if start == end else f"{start} to {end}"
