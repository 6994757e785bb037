"""answer: what a register says when it is asked: pages, cards, steps of a history; frozen, for any door."""

from dataclasses import dataclass, field
from typing import Literal

from tollbook.model.incident import Incident
from tollbook.model.report import Report
from tollbook.model.review import Review
from tollbook.model.telling import Effect, Statement
from tollbook.model.testimony import Reference, Testimony
from tollbook.model.text import Warning


@dataclass(frozen=True, slots=True)
class Voices:
    """Whose figures are asked for: ids of origins; claims that a person gave to one of them, and took from one of them."""

    origins: tuple[str, ...]
    claims: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """What an origin and words of `Wanted` come to in a register: see `desk.choosing`.

    `reports` are the numbers of the reports that hold the words. `incidents` is for earlier moments: ids of what is meant then.
    """

    voices: Voices | None = None
    reports: frozenset[int] | None = None
    incidents: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which incidents are asked for; what is None is not asked about.

    `place` is a name or a country's code or name, `start` and `end` days within which the incident's period lies at least
    in part, `harm` a harm it has a toll for, `status` victims it has a toll for (of that harm, where one is asked for too),
    `party` a part of a party's name, `origin` the id or a part of the name of a voice that gives one of its figures, `words`
    what one of its reports says, `conflicts` whether something disagrees, `top` leaves out incidents that are parts of wider
    ones. `sought` is what `origin` and `words` come to in a register.
    """

    place: str | None = None
    country: str | None = None
    start: str | None = None
    end: str | None = None
    harm: str | None = None
    party: str | None = None
    grade: str | None = None
    review: str | None = None
    conflicts: bool | None = None
    top: bool = False
    status: str | None = None
    origin: str | None = None
    words: str | None = None
    sought: Sought | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """Persons: low, best, high of one harm and one victim status; None is unknown or open."""

    harm: str
    status: str
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class IncidentLine:
    """An incident in a list. `version` is what a decision about it names as seen; `tolls` are those of all
    victims, `precision` is UCDP's where_prec."""

    id: str
    version: int
    title: str
    place: str | None
    country: str | None
    adm1: str | None
    lat: float | None
    lon: float | None
    start: str | None
    end: str | None
    violence: int | None
    clarity: int | None
    grade: str | None
    review: str
    parent: str | None
    reports: int
    origins: int
    conflicts: int
    parties: tuple[str, ...]
    tolls: tuple[Figures, ...]
    precision: int | None = None


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """A page of a list of incidents, and how many there are in all."""

    total: int
    offset: int
    lines: tuple[IncidentLine, ...]


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report in a list: its head, the story it tells with its copies, whether a newer version took its place."""

    key: str
    reference: Reference
    story: str
    claims: int
    recorded: str
    superseded_by: str | None


@dataclass(frozen=True, slots=True)
class CustodyStep:
    """How a report came to the register: when, from where, the hashes of what is in the archive, by which program."""

    at: str
    received_from: str
    url: str | None
    original: str | None
    capture: str | None
    program: str


@dataclass(frozen=True, slots=True)
class ReportCard:
    """One report with all that the register holds of it.

    `versions` are those of its page, oldest first, this one among them; `copies` are the other reports of its story.
    `incidents` gives for each claim's id the incident it is in at present; `claim_versions` what a decision names as seen.
    """

    key: str
    report: Report
    story: str
    recorded: str
    superseded_by: str | None
    testimonies: tuple[Testimony, ...]
    effects: tuple[Effect, ...]
    statements: tuple[Statement, ...]
    warnings: tuple[Warning, ...]
    versions: tuple[ReportLine, ...]
    copies: tuple[ReportLine, ...]
    custody: tuple[CustodyStep, ...]
    incidents: tuple[tuple[str, str], ...]
    claim_versions: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class IncidentCard:
    """One incident with its testimonies, reports, what the reports tell beside figures, and what people decided."""

    incident: Incident
    version: int
    testimonies: tuple[Testimony, ...]
    reports: tuple[ReportLine, ...]
    effects: tuple[tuple[str, Effect], ...]
    statements: tuple[tuple[str, Statement], ...]
    children: tuple[IncidentLine, ...]
    parent: IncidentLine | None
    reviews: tuple[Review, ...]
    profile: str
    as_of: str | None


@dataclass(frozen=True, slots=True)
class TollRow:
    """A sum over incidents that do not overlap, for one group.

    `open` is how many of its incidents have no upper bound (then `high` is None), `without_best` how many have no best.
    """

    group: tuple[str, ...]
    incidents: int
    low: int
    best: int
    high: int | None
    open: int
    without_best: int

    @property
    def told(self) -> tuple[int | None, int | None, int | None]:
        """Low, best and high; what none of the incidents tells is unknown (None), not nobody."""
        no_best = self.without_best == self.incidents
        low = None if not self.low and self.high != 0 else self.low  # "at least 0" says nothing
        return low, None if no_best else self.best, self.high


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An incident's toll that was not added because a wider incident's toll holds it."""

    incident: str
    title: str
    within: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class TollTable:
    """Sums of incidents by groups, and what was left out as overlapping."""

    by: tuple[str, ...]
    rows: tuple[TollRow, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """A report found by its words: the sentence that holds most of them, with its offsets in the report's text."""

    key: str
    reference: Reference
    sentence: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OriginLine:
    """A voice that gives figures: how many claims and reports are its, and the outlets that carried them, most first."""

    id: str
    name: str
    kind: str | None
    party: str | None
    claims: int
    reports: int
    carriers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One value that a toll had.

    `axis` is `told` (by the day of publication, with what is known at the moment asked for: from `start` on) or `recorded`
    (what the register said from `start` until `end`). `cause` is "claim ID", "review ID" or "report ID"; `words` say it.
    """

    axis: Literal["told", "recorded"]
    incident: str
    figures: Figures
    start: str
    end: str | None
    cause: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """One figure that a report gives for a day, as known at a moment: see `desk.remembering.told_on`."""

    testimony: Testimony
    day: str
    recorded: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What disagrees within an incident and deserves a person."""

    incident: IncidentLine
    kind: str
    message: str
    testimonies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """Something that waits for a person: an incident or a claim, why, and how much hangs on it (more is sooner)."""

    kind: Literal["incident", "claim"]
    id: str
    incident: str | None
    title: str
    reason: str
    weight: int
    version: int


@dataclass(frozen=True, slots=True)
class LogLine:
    """One entry of the sealed log; `detail` is JSON."""

    n: int
    at: str
    by: str
    program: str
    action: str
    subject: str
    detail: str
    digest: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that `verify` found broken: what it is, which one, and what is wrong with it."""

    kind: str
    subject: str
    what: str


@dataclass(frozen=True, slots=True)
class Verified:
    """How many of each were checked, what is broken, and what is worth knowing though it is not.

    `head` is the digest of the newest entry of the log: kept elsewhere, it proves later that the chain was not made anew.
    """

    checked: tuple[tuple[str, int], ...]
    faults: tuple[Fault, ...]
    notes: tuple[str, ...] = field(default=())
    head: str | None = None
