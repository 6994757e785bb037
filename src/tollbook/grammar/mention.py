"""mention: words of a sentence with the part they play."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, overload

from tollbook.grammar import role
from tollbook.grammar.number import Stated


@dataclass(slots=True)
class Group:
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


@dataclass(slots=True)
class Mention:
    """One letter of a sentence's word: its role, its words (both included), its harm, and the people it counts."""

    role: str
    first: int
    last: int
    harm: str | None = None
    group: Group | None = None


class Mentions(Sequence[Mention]):
    """The mentions of one sentence, in their order.

    Most words are ordinary and stand for themselves: of these only the letter and the place are kept, and they become
    a Mention when somebody asks. `harms` are the harms of words that tell one by themselves.
    """

    __slots__ = ("_firsts", "_folded", "_get", "_harms", "_kept", "_letters")

    def __init__(self, folded: list[str], harms: Mapping[str, str]) -> None:
        """Begin a sentence; `folded` are the words of the whole text."""
        self._folded, self._harms = folded, harms
        self._letters = ""
        self._firsts: list[int] = []
        self._kept: dict[int, Mention] = {}
        self._get: Callable[[Any], Mention | None] = self._kept.get

    def pass_over(self, first: int, letters: str) -> None:
        """Add words that stand for themselves, from word `first` on, one letter each."""
        self._letters += letters
        self._firsts += range(first, first + len(letters))

    def add(self, mention: Mention) -> None:
        """Add a mention."""
        self._kept[len(self._firsts)] = mention
        self._letters += mention.role
        self._firsts.append(mention.first)

    def drop_last(self) -> None:
        """Take back the last mention: it says more of the one before it and is no letter of the sentence."""
        self._kept.pop(len(self._firsts) - 1, None)
        self._letters = self._letters[:-1]
        self._firsts.pop()

    def spell(self) -> str:
        """Return the letters of all mentions."""
        return self._letters

    def at(self, word: int) -> int:
        """Return the index of the mention that begins at a word, -1 for none."""
        k = bisect_left(self._firsts, word)
        return k if k < len(self._firsts) and self._firsts[k] == word else -1

    def behind(self, word: int) -> int:
        """Return the index of the first mention that begins behind a word; how many there are, for none."""
        return bisect_right(self._firsts, word)

    def grouped(self) -> list[tuple[int, Mention]]:
        """Return the mentions that count people, each with its index, in order."""
        return [(k, m) for k, m in self._kept.items() if m.group is not None]

    def countable(self) -> set[int]:
        """Return the indexes of the mentions that an order may count: of people, and names."""
        found: set[int] = set()
        for k, mention in self._kept.items():
            if mention.group is not None or mention.role == role.NAME:
                found.add(k)
        return found

    def harmed(self, among: Set[int]) -> set[int]:
        """Return those of some mentions, all of them `countable`, that tell a harm themselves."""
        kept = self._kept
        return {k for k in among if kept[k].harm is not None}

    def __len__(self) -> int:
        """Return how many mentions there are."""
        return len(self._firsts)

    def __iter__(self) -> Iterator[Mention]:
        """Yield the mentions."""
        return map(self.__getitem__, range(len(self._firsts)))

    @overload
    def __getitem__(self, index: int) -> Mention: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Mention]: ...

    def __getitem__(self, index: int | slice) -> Mention | Sequence[Mention]:
        """Return a mention, or several."""
        try:
            return self._get(index) or self._told(index)  # type: ignore[arg-type]  # an index: most
        except TypeError:  # a slice is no key
            return self._stretch(index)  # type: ignore[arg-type]  # a slice

    def _stretch(self, stretch: slice) -> Sequence[Mention]:
        """Return the mentions of a slice."""
        return [self[k] for k in range(*stretch.indices(len(self._firsts)))]

    def bounds(self) -> tuple[int, int]:
        """Return the first and the last word of the sentence; IndexError where it has none."""
        last = self._kept.get(len(self._firsts) - 1)
        return self._firsts[0], self._firsts[-1] if last is None else last.last

    def _told(self, index: int) -> Mention:
        """Return a mention that nobody asked for yet, or one counted from the end."""
        if index < 0:
            return self[index + len(self._firsts)]
        letter, word = self._letters[index], self._firsts[index]
        harm = None if letter == role.TIME else self._harms.get(self._folded[word])
        mention = self._kept[index] = Mention(letter, word, word, harm)
        return mention


@dataclass(slots=True)
class Spelled:
    """A sentence as mentions, the word that their roles spell, and the words of the whole text, folded and as they stand.

    `coming`: people may be told to come in it, beside words of flight.
    """

    sentence: int
    mentions: Mentions
    letters: str
    folded: list[str]
    words: Sequence[str]
    coming: bool = False
