"""mention: words of a sentence with the part they play."""

from collections.abc import Sequence
from typing import NamedTuple

from tollbook.grammar.number import Stated


class Group(NamedTuple):
    """People named together: the count as stated, and the words for who they are.

    `noun_first > noun_last` means that no word says who. `stated.first..stated.last` are the words of the count.
    `fighters` are people under arms. `harm` is a harm that the noun itself tells ("12 wounded soldiers", "fatalities").
    """

    stated: Stated
    noun_first: int
    noun_last: int
    harm: str | None = None
    definite: bool = False
    others: bool = False
    fighters: bool = False


class Mention(NamedTuple):
    """One letter of a sentence's word: its role, its words (both included), its harm, and the people it counts."""

    role: str
    first: int
    last: int
    harm: str | None = None
    group: Group | None = None


class Spelled(NamedTuple):
    """A sentence as mentions, the word that their roles spell, and the folded words of the whole text."""

    sentence: int
    mentions: list[Mention]
    letters: str
    folded: Sequence[str]
