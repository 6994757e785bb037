"""draft: a claim in the making, before anybody has asked when, where and who says so."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tollbook.grammar.mention import Group
from tollbook.grammar.number import Stated
from tollbook.model.made import changed, quickly

_ALIVE = "burned alive"  # the order of those whom a verb before them says to be burned
_TAKEN = ("abducted", "detained")  # harms that are told as what people are taken for
_FAR = 3  # words from a word of harm to a figure behind it from which that has a place of its own


@quickly
@dataclass(frozen=True, slots=True)
class Draft:
    """People and a harm, in words of the view (indexes, both ends included).

    `noun_first > noun_last`: no word says who. `parent` is the place, in the same list, of the draft this one is a
    part of; `order` names the pattern that formed it; `shared_out` says that the figure stands in brackets behind its
    place, `again` that it is added behind the clause: "along with two guards". `other_harm`: its "others" are others
    than those of another harm told before: "six were killed and twelve others wounded". `implied`: no word of harm
    says it, but what they did: "a suicide bomber detonated his vest". `doer` are the words
    of a table that say who did it, `table` a word of the head that its figures share, `sums_up` tells the row of totals,
    `by_family` that the figure counts families and not persons, `either` that it is told of this harm or another.
    """

    harm: str
    stated: Stated
    noun_first: int
    noun_last: int
    harm_first: int
    harm_last: int
    sentence: int
    order: str
    parent: int | None = None
    relation: str | None = None
    reference: bool = False
    others: bool = False
    shared_out: bool = False
    again: bool = False
    other_harm: bool = False
    implied: bool = False
    doer: tuple[int, int] | None = None
    table: int | None = None
    sums_up: bool = False
    by_family: bool = False
    either: bool = False

    def with_people(
        self, group: Group, order: str, parent: int | None = None, relation: str | None = None
    ) -> "Draft":
        """Return a draft of other people who suffer the same, told by the same words of harm."""
        return changed(
            self,
            stated=group.stated,
            noun_first=group.noun_first,
            noun_last=group.noun_last,
            order=order,
            parent=parent,
            relation=relation,
            reference=False,
            others=False,
            shared_out=False,
            again=False,
        )

    @property
    def own_place(self) -> bool:
        """Tell whether the words of harm were told once for several figures, each with a place of its own."""
        return self.order in ("listed", "gapped")

    @property
    def in_list(self) -> bool:
        """Tell whether the figure stands in a list whose word of harm was told before."""
        return self.order == "listed"

    @property
    def far(self) -> bool:
        """Tell whether other words, such as another figure's place, stand between the word of harm and the figure."""
        return self.stated.first - self.harm_last > _FAR

    @property
    def done_by_subject(self) -> bool:
        """Tell whether the words of harm are a verb whose subject did it: not of a side that "lost 60 men"."""
        # "gunmen took two people hostage", "rebels burned two people alive"
        taken = (self.order == "lives" and self.harm in _TAKEN) or self.order == _ALIVE
        came = self.order == "people" and self.harm == "displaced"  # "5,500 refugees came to A, 300 to B"
        verb = self.harm_first < self.stated.first and not came
        return (taken or verb) and not self.of_losers

    @property
    def of_losers(self) -> bool:
        """Tell whether the words of harm say that a side lost its own people."""
        return self.order == "lost men"

    @property
    def first(self) -> int:
        """Return the first word of the evidence."""
        first = self.stated.first
        return first if first < self.harm_first else self.harm_first

    @property
    def last(self) -> int:
        """Return the last word of the evidence."""
        last, noun, harm = self.stated.last, self.noun_last, self.harm_last
        last = noun if noun > last else last
        return harm if harm > last else last

    @property
    def numbered(self) -> bool:
        """Tell whether a figure is stated, not just a person or people named."""
        return self.noun_first > self.stated.last or self.noun_last < self.noun_first


def without(drafts: Sequence[Draft], unwanted: Callable[[Draft], bool]) -> list[Draft]:
    """Leave out drafts; those that were parts of them are parts of nothing."""
    kept = [i for i, d in enumerate(drafts) if not unwanted(d)]
    if len(kept) == len(drafts):
        return list(drafts)
    at = {old: new for new, old in enumerate(kept)}
    return [
        changed(drafts[i], parent=None if (parent := drafts[i].parent) is None else at.get(parent))
        for i in kept
    ]
