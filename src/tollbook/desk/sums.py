"""sums: what incidents are added up by, and how: nobody twice, and what is unknown counted as unknown."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from tollbook.model.answer import Figures, LeftOut, TollRow, TollTable

Holders = Mapping[
    str, tuple[str | None, frozenset[str]]
]  # incident -> the one it lies in, the harms it has a toll for


class Facts(Protocol):
    """What of an incident a group goes by: of a line, or of a row of sums that has some of it."""

    @property
    def id(self) -> str:
        """Return its id."""

    @property
    def country(self) -> str | None:
        """Return its country by ISO 3166-1 code."""

    @property
    def adm1(self) -> str | None:
        """Return its first-level division."""

    @property
    def place(self) -> str | None:
        """Return the name of its place."""

    @property
    def start(self) -> str | None:
        """Return its first day, or the month of it."""

    @property
    def end(self) -> str | None:
        """Return its last day, or the month of it."""

    @property
    def grade(self) -> str | None:
        """Return its grade."""

    @property
    def parties(self) -> tuple[str, ...]:
        """Return the names of its parties."""


class Inner(Facts, Protocol):
    """What of an incident tells whether a wider one holds its tolls."""

    @property
    def parent(self) -> str | None:
        """Return the incident that it lies in."""


GROUPS: Mapping[str, Callable[[Facts, Figures], str]] = {
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
class Sum:
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

    def join(self, made: tuple[int, int, int, int, int, int]) -> None:
        """Add sums that the database made: incidents, low, best, high, open, without best."""
        self.incidents += made[0]
        self.low += made[1]
        self.best += made[2]
        self.high += made[3]
        self.open += made[4]
        self.without_best += made[5]


@dataclass(frozen=True, slots=True)
class Made:
    """Sums that the database made, of one harm and status, which `figures` names, and `unknown` as of an unknown status.

    `alone` tells that the harm has no figures of any status.
    """

    alone: bool
    figures: Figures
    unknown: Figures
    sums: tuple[int, int, int, int, int, int]


class Adding:
    """A table in the making: sums by groups, and what was left out because a wider incident holds it."""

    def __init__(self, by: Sequence[str]) -> None:
        """Begin a table by some groups; harms are always told apart."""
        self.names = tuple(by) if "harm" in by else (*by, "harm")
        self._groups = [GROUPS[name] for name in self.names]
        self.by_status = "status" in self.names
        self._sums: dict[tuple[str, ...], Sum] = defaultdict(Sum)
        self._left: list[LeftOut] = []

    def join(self, facts: Facts, made: Made) -> None:
        """Add sums that the database made, where they are of this table: by status, or of all victims."""
        whole = made.figures.status == "all"
        if made.alone if self.by_status and whole else whole is not self.by_status:
            figures = made.unknown if self.by_status and whole else made.figures
            self._sums[tuple([group(facts, figures) for group in self._groups])].join(made.sums)

    def add(self, facts: Facts, title: str, told: Iterable[tuple[Figures, str | None]]) -> None:
        """Add an incident's figures, of all or by status as the table is; those that a wider incident holds are left out."""
        for figures, above in told:
            if above is None:
                self._sums[tuple([group(facts, figures) for group in self._groups])].add(figures)
            elif figures.status == "all" or self.by_status:
                self._left.append(LeftOut(facts.id, title, above, figures))

    def table(self) -> TollTable:
        """Return the table."""
        rows = [
            TollRow(group, s.incidents, s.low, s.best, None if s.open else s.high, s.open, s.without_best)
            for group, s in sorted(self._sums.items())
        ]
        return TollTable(self.names, tuple(rows), tuple(self._left))


def figures_of(every: Sequence[Figures], by_status: bool) -> list[Figures]:
    """Return an incident's figures to be added: of all victims, or by status, where a harm has any."""
    if not by_status:
        return [f for f in every if f.status == "all"]
    told = {f.harm for f in every if f.status != "all"}
    return [
        f if f.status != "all" else Figures(f.harm, "unknown", f.low, f.best, f.high)
        for f in every
        if f.status != "all" or f.harm not in told
    ]


def within(line: Inner, harm: str, holders: Holders) -> str | None:
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


def _month(line: Facts) -> str:
    start, end = (line.start or "?")[:7], (line.end or line.start or "?")[:7]
    return start if start == end else f"{start} to {end}"
