"""Span: where words stand in a text."""

from dataclasses import dataclass

from tollbook.model.made import quickly


@quickly
@dataclass(frozen=True, slots=True)
class Span:
    """A half-open stretch of code points of a report's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the text with their place: `text[start:end] == quote`."""

    quote: str
    start: int
    end: int


@quickly
@dataclass(frozen=True, slots=True)
class Evidence:
    """The words that state a claim, and the sentence they stand in."""

    start: int
    end: int
    quote: str
    sentence: Span


@dataclass(frozen=True, slots=True)
class Warning:
    """Something a person should know of a reading; `start` and `end` are None when it has no place."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None
