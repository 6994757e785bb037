"""Difference: what another reading of a report would change in its claims."""

from dataclasses import dataclass
from typing import Literal

Fate = Literal["gained", "lost", "changed", "kept"]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a claim that another reading reads otherwise, before and after, as words; None where there was nothing."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim that another reading gains, loses, changes, or would lose but for a person's decision (`kept`)."""

    id: str
    fate: Fate
    harm: str
    figure: str
    quote: str
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What another reading of one report would change; `digest` is of the claims as they would stand."""

    report: str
    title: str | None
    publisher: str | None
    published: str | None
    claims: tuple[ClaimChange, ...]
    digest: str

    def count(self, fate: Fate) -> int:
        """Return how many claims meet a fate."""
        return sum(one.fate == fate for one in self.claims)


@dataclass(frozen=True, slots=True)
class Sum:
    """How many reports a comparison found to differ, how many claims in them by their fate, and how many are taken over."""

    reports: int
    gained: int
    lost: int
    changed: int
    kept: int
    taken: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How far long work is: reports `done` of `total` (None while nobody knows), and what came of it, as counts by name.

    `problems` are where and what could not be read, the first of them; `unread` is how many there are.
    """

    done: int = 0
    total: int | None = None
    counts: tuple[tuple[str, int], ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    unread: int = 0
    at: int = 0

    def count(self, name: str) -> int:
        """Return a count by its name."""
        return dict(self.counts).get(name, 0)
