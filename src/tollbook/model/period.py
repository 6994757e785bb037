"""Period: when, as worded and as resolved."""

from dataclasses import dataclass
from typing import Literal

from tollbook.model.made import quickly


@quickly
@dataclass(frozen=True, slots=True)
class Period:
    """A time the text names; `start` and `end` are ISO dates, both included, None when not resolved.

    `precision` is UCDP's date_prec 1-5; `basis` says whether the text states the date, gives it relative to the day of
    publication, or leaves only the day of publication. The words stand at `start_offset:end_offset`.
    """

    quote: str
    start_offset: int
    end_offset: int
    start: str | None
    end: str | None
    precision: int | None
    basis: Literal["stated", "relative", "published"]
