"""Count: how many, as the words say it."""

from dataclasses import dataclass
from typing import Literal

from tollbook.model.made import quickly

Kind = Literal["exact", "about", "at_least", "at_most", "range", "vague", "some", "none"]


@quickly
@dataclass(frozen=True, slots=True)
class Count:
    """A number of people in words, and the figures a named profile derives from them.

    `low`, `best`, `high` are persons; None is unknown or open, never zero. `vague` marks figures no word states.
    """

    quote: str
    start: int
    end: int
    kind: Kind
    low: int | None
    best: int | None
    high: int | None
    vague: bool
    profile: str
