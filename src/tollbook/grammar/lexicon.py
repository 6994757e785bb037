"""lexicon: forms of a pack (grammar/forms.py) -> where they stand, many at once, in time linear in the text."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import partial
from itertools import chain, compress
from typing import Any, Generic, NamedTuple, TypeVar, cast

from tollbook.grammar.forms import Choice, choices_of, heads, last_words, opened
from tollbook.grammar.marks import Marks

Sense = TypeVar("Sense")
# the marks of a word: a form by itself; the first of longer ones; the second of some; the first two as capitals where
# the word is a second too
_ALONE, _FIRST, _SECOND, _NONE = "a", "f", "s", "x"
_AS_ALONE, _AS_FIRST = frozenset((_ALONE, _ALONE.upper())), frozenset((_FIRST, _FIRST.upper()))
_AS_SECOND = frozenset((_SECOND, _ALONE.upper(), _FIRST.upper()))
# where a form may begin: most words that begin one stand before others than those it goes on with. Each choice begins with
# one letter, so that others are passed over in one step, and takes the second word rather than look ahead to it, which
# costs more: a search goes on behind the first
MAY_BEGIN = re.compile(
    "|".join(f"{first}[{_SECOND}{_ALONE.upper()}{_FIRST.upper()}]" for first in (_FIRST, _FIRST.upper()))
    + f"|{_ALONE}|{_ALONE.upper()}"
)


def begins_any(*lexicons: "Lexicon[Any]") -> Marks:
    """Return marks by which the words are found at which a form of any of some lexicons may begin, and few others."""

    def mark(word: str) -> str:
        told = {lexicon.begins[word] for lexicon in lexicons}
        alone, first = not told.isdisjoint(_AS_ALONE), not told.isdisjoint(_AS_FIRST)
        letter = _ALONE if alone else _FIRST if first else _NONE
        if told.isdisjoint(_AS_SECOND):
            return letter
        return _SECOND if letter == _NONE else letter.upper()

    return Marks(mark)


def beginnings(begins: str) -> list[int]:
    """Return the words at which a form may begin, by the marks of a text's words (`Lexicon.begins`): few."""
    found: list[int] = []
    match = MAY_BEGIN.search(begins)
    while match is not None:
        found.append(at := match.start())
        match = MAY_BEGIN.search(begins, at + 1)
    return found


class Hit(NamedTuple, Generic[Sense]):
    """A form found: first and last word, both included, and what it means."""

    first: int
    last: int
    sense: Sense


_hit: Callable[[tuple[int, int, Any]], Hit[Any]] = partial(tuple.__new__, Hit)  # a third quicker than Hit(…)


# what follows two first words of longer forms: the senses of the two alone (the first counts), and the rest by its first
_Tails = tuple[list[Sense], dict[str, list[tuple[tuple[str, ...], Sense]]]]
# the same before a text had the two words: words that follow at once, alternatives of which those that are left to choose
# begin at a place, and what they mean
_Closed = list[tuple[tuple[str, ...], list[Choice], int, Sense]]


class Lexicon(Generic[Sense]):
    """A set of forms, each with a sense; the longest form wins, and an earlier entry among equals.

    A form stands for up to hundreds of sequences of words, and a text has few of them: a form is opened by its first two
    words, and further when a text has these.
    """

    def __init__(self, entries: Iterable[tuple[str, Sense]], fold: Callable[[str], str]) -> None:
        """Compile (form, sense) pairs; `fold` must be the one that made the words to be searched."""
        self._single: dict[str, Sense] = {}
        self.get: Callable[[str], Sense | None] = self._single.get  # the sense of a single folded word
        # longer forms by their first words, the second, and the third: a common beginning costs a look-up, not a walk
        self._longer: dict[str, dict[str, _Tails[Sense] | _Closed[Sense]]] = {}
        self.behind: Callable[[str], Container[str] | None] = (
            self._longer.get
        )  # the second words of forms, by the first
        lasts: set[str] = set()
        for form, sense in entries:
            choices = choices_of(form, fold)
            lasts |= last_words(choices)
            for words, at in heads(choices):
                if len(words) == 1:
                    self._single.setdefault(words[0], sense)
                else:
                    closed = self._longer.setdefault(words[0], {}).setdefault(words[1], [])
                    cast("_Closed[Sense]", closed).append((words[2:], choices, at, sense))
        self.firsts = frozenset(self._single) | frozenset(self._longer)
        self.lasts = frozenset(lasts)
        # what begins with a word: the forms behind it by their second word, and its own sense; one look-up tells most
        self._begun = {word: (self._longer.get(word), self._single.get(word)) for word in self.firsts}
        self.seconds = frozenset(chain.from_iterable(self._longer.values()))
        self.begins = Marks(self._mark)  # of folded words: for `beginnings` and `find_marked`

    def _mark(self, word: str) -> str:
        letter = _ALONE if word in self._single else _FIRST if word in self._longer else _NONE
        if word not in self.seconds:
            return letter
        return _SECOND if letter == _NONE else letter.upper()

    def __contains__(self, word: str) -> bool:
        """Tell whether a single folded word is a form."""
        return word in self._single

    def singles(self) -> Iterable[tuple[str, Sense]]:
        """Return the forms of one word, each with its sense."""
        return self._single.items()

    def seconds_of(self, word: str) -> Iterable[str]:
        """Return the words that stand behind a first one in forms of several words."""
        return self._longer.get(word, ())

    def thirds_of(self, word: str, second: str) -> Iterator[str]:
        """Yield the words that stand behind two others with which forms begin; "" where the two are one."""
        seconds = self._longer.get(word)
        if seconds is not None and second in seconds:
            pair, thirds = _open(seconds, second)
            yield from thirds
            if pair:
                yield ""

    def alone(self, word: str) -> bool:
        """Tell whether a folded word begins no form of several words."""
        return word not in self._longer

    def may(self, word: str, following: str) -> bool:
        """Tell whether a form of several words may begin with these two folded words."""
        seconds = self._longer.get(word)
        return seconds is not None and following in seconds

    def at(self, folded: list[str], i: int, end: int | None = None) -> Hit[Sense] | None:
        """Return the longest form that begins at word i and ends before word `end`."""
        begun = self._begun.get(folded[i])
        if begun is None:
            return None
        seconds, sense = begun
        last = len(folded) if end is None else end
        if seconds is not None and i + 1 < last:
            tails = seconds.get(folded[i + 1])
            if tails is not None:
                pair, thirds = tails if isinstance(tails, tuple) else _open(seconds, folded[i + 1])
                for tail, longer in thirds.get(folded[i + 2], ()) if i + 2 < last else ():
                    stop = i + 2 + len(tail)
                    if stop <= last and tuple(folded[i + 2 : stop]) == tail:
                        return _hit((i, stop - 1, longer))
                if pair:
                    return _hit((i, i + 1, pair[0]))
        return None if sense is None else _hit((i, i, sense))

    def find_marked(self, folded: list[str], begins: str, first: int, stop: int) -> Iterator[Hit[Sense]]:
        """Return what `find` does; `begins` are the marks of all words, by which most are passed over."""
        match = MAY_BEGIN.search(begins, first, stop)
        return iter(()) if match is None else self._marked(folded, begins, match.start(), stop)

    def _marked(self, folded: list[str], begins: str, i: int, stop: int) -> Iterator[Hit[Sense]]:
        """Yield the forms from word i on, at which one may begin."""
        begun, search = self._begun, MAY_BEGIN.search
        while True:
            seconds, sense = begun[folded[i]]
            if seconds is not None and i + 1 < stop and folded[i + 1] in seconds:
                hit = self.at(folded, i, stop)
            else:
                hit = None if sense is None else _hit((i, i, sense))
            if hit is not None:
                yield hit
                i = hit.last
            match = search(begins, i + 1, stop)
            if match is None:
                return
            i = match.start()

    def find(self, folded: list[str], first: int = 0, end: int | None = None) -> Iterator[Hit[Sense]]:
        """Return every form between two words, left to right, none overlapping another."""
        stop = len(folded) if end is None else end
        words = folded[first:stop]
        return iter(()) if self.firsts.isdisjoint(words) else self._found(folded, words, first, stop)

    def _found(self, folded: list[str], words: list[str], first: int, stop: int) -> Iterator[Hit[Sense]]:
        begun, free = self._begun, first
        # the words that begin a form are picked out without a step of Python for each word
        for i in compress(range(first, stop), map(self.firsts.__contains__, words)):
            if i < free:
                continue
            seconds, sense = begun[folded[i]]
            if seconds is not None and i + 1 < stop and folded[i + 1] in seconds:
                hit = self.at(folded, i, stop)
            else:
                hit = None if sense is None else _hit((i, i, sense))
            if hit is not None:
                yield hit
                free = hit.last + 1


def _open(seconds: dict[str, _Tails[Sense] | _Closed[Sense]], second: str) -> _Tails[Sense]:
    """Return all that follows two first words, longer forms first; opened when it is first asked for."""
    closed = seconds[second]
    if isinstance(closed, tuple):
        return closed
    pair: list[Sense] = []
    thirds: dict[str, list[tuple[tuple[str, ...], Sense]]] = {}
    for behind, choices, at, sense in closed:
        for rest in opened(choices[at:]):
            words = behind + rest
            if words:
                thirds.setdefault(words[0], []).append((words, sense))
            else:
                pair.append(sense)
    for longer in thirds.values():
        longer.sort(key=lambda tail: -len(tail[0]))
    tails = seconds[second] = pair, thirds
    return tails


def entries_of(table: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    """Yield (form, sense) pairs of a {sense: [forms]} table, as packs write them."""
    for sense, forms in table.items():
        for form in forms:
            yield form, sense
