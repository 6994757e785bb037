"""Explanation: why the claims of a report were formed, and what became of each of its numbers."""

from dataclasses import dataclass
from typing import Literal

from tollbook.model.claim import Claim
from tollbook.model.text import Quote

Fate = Literal[
    "claim", "part_of_words", "told_before", "people_untied", "people_unharmed", "bare", "time", "unit", "label", "age",
    "thing", "name", "furniture",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a sentence with the role they play, as the orders see them; ordinary words are left out."""

    quote: str
    start: int
    end: int
    role: str
    letter: str
    harm: str | None


@dataclass(frozen=True, slots=True)
class Declined:
    """An order that fitted words of the sentence and formed nothing, and why."""

    order: str
    place: str | None
    quote: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What speaks for a claim (weight above nought) or against it, in log-odds."""

    sign: str
    weight: float


@dataclass(frozen=True, slots=True)
class Why:
    """Why one claim was formed.

    `spelled` is its sentence as a word of roles, one letter each; `order` the pattern that fired, `place` where the pack
    has it (None: a rule of lists and parts that is not the pack's) and `example` a sentence that it is proved by; `harm`
    the words that tell the harm; `use` and `reason` what became of it in the report's toll.
    """

    claim: Claim
    sentence: Quote
    spelled: str
    said: tuple[Said, ...]
    order: str
    place: str | None
    example: str | None
    harm: Quote
    use: str
    reason: str
    declined: tuple[Declined, ...]
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the text, what became of it and why; `claims` are those that its words state."""

    quote: str
    start: int
    end: int
    fate: Fate
    claims: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A report's claims with their reasons, and all its numbers in the order of the text."""

    report: str
    ref: str | None
    title: str | None
    claims: tuple[Why, ...]
    numbers: tuple[Number, ...]
