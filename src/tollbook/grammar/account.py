"""account: what a reading remembers of its own making, when somebody asks."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled
from tollbook.grammar.order import Found
from tollbook.grammar.view import View
from tollbook.model.period import Period

Refusal = Literal[
    "harm_spent",
    "people_told_beside",
    "things_suffer_it",
    "barely",
    "nobody_left",
    "only_ran",
    "no_figure",
    "no_inner_harm",
]


class Refused(NamedTuple):
    """An order that fitted a sentence and formed nothing: the words it spans (both included), and why not."""

    sentence: int
    order: str
    first: int
    last: int
    reason: Refusal


class Account:
    """A recorder that stages write to and never read: a reading is the same with and without it.

    `view` and `dates` are the text as cut up and the times it names, `blocked` the words in which no number counts people
    for an order (times, tables), `spelled` the sentences that tell of harm, `drafts`
    what was formed, in the order of the claims; `refused` are orders that fitted and formed no claim, `dropped` drafts
    that only point back to people told before, `signs` what speaks for and against each claim, with its weight.
    """

    __slots__ = ("blocked", "dates", "drafts", "dropped", "refused", "signs", "spelled", "view")

    def __init__(self) -> None:
        """Begin an empty account."""
        self.view: View | None = None
        self.dates: tuple[Period, ...] = ()
        self.blocked: list[tuple[int, int]] = []
        self.spelled: list[Spelled] = []
        self.drafts: list[Draft] = []
        self.dropped: list[Draft] = []
        self.refused: list[Refused] = []
        self.signs: list[dict[str, float]] = []

    def refuse(self, spelled: Spelled, found: Found, reason: Refusal) -> None:
        """Note that an order fitted and was not taken."""
        held = [i for part in (found.counts, found.harms, found.name) for i in part]
        words = [w for i in held for w in (spelled.mentions[i].first, spelled.mentions[i].last)]
        self.refused.append(Refused(spelled.sentence, found.order.name, min(words), max(words), reason))

    def keep(self, formed: Sequence[Draft], kept: Sequence[Draft]) -> None:
        """Note what was formed, and which of it was dropped since."""
        same = {(d.harm, d.stated, d.harm_first) for d in kept}
        self.drafts = list(kept)
        self.dropped = [d for d in formed if (d.harm, d.stated, d.harm_first) not in same]
