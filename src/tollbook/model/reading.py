"""Reading: all that was taken from one report."""

from dataclasses import dataclass

from tollbook.model.claim import Claim
from tollbook.model.period import Period
from tollbook.model.place import Place
from tollbook.model.report import Report
from tollbook.model.telling import Effect, Statement
from tollbook.model.text import Warning
from tollbook.model.toll import Toll


@dataclass(frozen=True, slots=True)
class Reading:
    """A report with its claims, effects, statements, places, dates, toll and warnings."""

    report: Report
    claims: tuple[Claim, ...]
    effects: tuple[Effect, ...]
    statements: tuple[Statement, ...]
    places: tuple[Place, ...]
    dates: tuple[Period, ...]
    toll: tuple[Toll, ...]
    warnings: tuple[Warning, ...]
