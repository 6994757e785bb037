"""Brief: what the record says of some incidents, sentence by sentence, each with the words of reports that it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tollbook.model.answer import CustodyStep, IncidentCard, Step
from tollbook.model.folio import Area, Edition

PartKind = Literal["words", "persons", "records", "day", "name", "quote", "reason"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a sentence.

    `persons` are figures of people: `values` are what they say as numbers, `claims` the testimonies whose quotes give them.
    `records` count things of the record (reports, origins); `reason` is a rule's or grade's explanation. `words` hold no figure.
    """

    text: str
    kind: PartKind = "words"
    values: tuple[int, ...] = ()
    claims: tuple[str, ...] = ()
    cites: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sentence:
    """Parts in their order; `unreviewed` where a figure of it has not been confirmed by a person, which its text says."""

    parts: tuple[Part, ...]
    unreviewed: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that stand together, under a lead in bold where there is one."""

    sentences: tuple[Sentence, ...]
    lead: str = ""
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of a brief: cells are sentences."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief under its heading."""

    title: str
    blocks: tuple[Paragraph | Grid, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """What a number in brackets leads to: words of a report, or a decision of a person.

    `start` and `end` are code points of the report's stored text; `claim` is the testimony where it is one.
    """

    number: int
    kind: Literal["claim", "effect", "statement", "decision"]
    quote: str
    report: str | None = None
    start: int | None = None
    end: int | None = None
    claim: str | None = None
    state: str = "machine"


@dataclass(frozen=True, slots=True)
class Source:
    """A report that a brief cites: its head, and how it came into the record."""

    report: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    captured: str | None
    original: str | None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map of a brief; `area` is its outline where it is a division and not a point."""

    name: str
    lat: float
    lon: float
    area: Area | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One value of the chart: what was documented for a day, or as told up to that day."""

    day: str
    low: int | None
    best: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Total:
    """Persons of one harm and status over all incidents of a brief that do not overlap; see TollRow."""

    harm: str
    status: str
    low: int | None
    best: int | None
    high: int | None
    incidents: int = 1
    open: int = 0
    without_best: int = 0


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that a brief is made from.

    `cards` are the incidents, those of most dead first; `inside` are (incident, harm) pairs whose toll a wider incident of the
    same brief holds; `texts` the reports' texts by key, empty where words are withheld; `custody` how each came; `steps` the
    history of the one incident; `outlines` the borders to draw, `spots` the places; `lands` the names of countries by code.
    """

    title: str
    cards: tuple[IncidentCard, ...]
    totals: tuple[Total, ...]
    inside: frozenset[tuple[str, str]]
    texts: Mapping[str, str]
    custody: Mapping[str, tuple[CustodyStep, ...]]
    steps: tuple[Step, ...]
    edition: Edition
    rule: str
    spots: tuple[Spot, ...] = ()
    outlines: tuple[Area, ...] = ()
    lands: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Brief:
    """A situation brief, ready to be set in any form; `incidents` are the ids of those it is about."""

    title: str
    period: str
    headline: Sentence
    sections: tuple[Section, ...]
    citations: tuple[Citation, ...]
    sources: tuple[Source, ...]
    notes: tuple[str, ...]
    stages: tuple[Stage, ...] = ()
    stages_are: Literal["told", "happened"] = "told"
    spots: tuple[Spot, ...] = ()
    outlines: tuple[Area, ...] = field(default=())
    edition: Edition | None = None
    incidents: tuple[str, ...] = ()
