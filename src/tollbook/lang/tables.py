"""tables: parts of a pack that several stages need, compiled once, and what compiles the lists of a table."""

from functools import cache
from typing import TypeVar

from tollbook.grammar.lexicon import Lexicon, entries_of
from tollbook.grammar.people import People
from tollbook.lang.pack import Pack

Sense = TypeVar("Sense")


class Table:
    """One table of a part of a pack, such as `[weigh]` of words.toml: its lists, compiled; one that it lacks is empty."""

    def __init__(self, pack: Pack, part: str, name: str) -> None:
        """Take the table `name` of a part: words, means, voices …"""
        self.given = pack.parts[part].get(name, {})
        self._fold = pack.fold

    def words(self, key: str) -> frozenset[str]:
        """Return a list of single words, folded."""
        return frozenset(self._fold(word) for word in self.given.get(key, ()))

    def forms(self, key: str, sense: Sense) -> Lexicon[Sense]:
        """Return a list of forms, all with one sense."""
        return Lexicon([(form, sense) for form in self.given.get(key, ())], self._fold)

    def senses(self, key: str) -> Lexicon[str]:
        """Return a table of forms by their senses."""
        return Lexicon(entries_of(self.given.get(key, {})), self._fold)


@cache
def people_of(pack: Pack) -> People:
    """Compile a pack's words for people."""
    return People(pack.parts["people"], pack.fold)
