"""people: words for people, and what each tells of them. Language-free: a pack's people.toml names the words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tollbook.grammar.lexicon import Hit, Lexicon


@dataclass(frozen=True, slots=True, eq=False)
class Noun:
    """What a noun for people tells: one or many, and status, sex, age, identity where the word says so."""

    number: str  # one · many · both
    status: str = "unknown"
    sex: str | None = None
    age: str | None = None
    identity: bool = False
    collective: bool = False
    attacker: bool = False
    size: int = 1  # persons that one of it is: two of a couple


class People:
    """The nouns and qualities of people in one language, compiled once."""

    def __init__(self, table: Mapping[str, Any], fold: Callable[[str], str]) -> None:
        """Compile a parsed people.toml."""
        entries: list[tuple[str, Noun]] = []
        for group in table.get("group", ()):
            known = {
                key: group[key]
                for key in ("status", "sex", "identity", "collective", "attacker", "size")
                if key in group
            }
            known["age"] = group.get("age")
            plural = group.get("plural", "")
            for word in group.get("one", ()):
                entries.append((word, Noun("one", **known)))
                if plural:
                    entries.append((word + plural, Noun("many", **known)))
            entries += [(word, Noun("many", **known)) for word in group.get("many", ())]
            entries += [(word, Noun("both", **known)) for word in group.get("both", ())]
        self._nouns: dict[str, Noun] = {}
        for form, noun in entries:
            if " " not in form:
                self._nouns.setdefault(fold(form), noun)
        # what a folded word tells of people; None when it is no noun for them. Asked for most words: so no step of Python
        self.get: Callable[[str], Noun | None] = self._nouns.get
        self._phrases = Lexicon([e for e in entries if " " in e[0]], fold)
        self.firsts = frozenset(self._nouns) | self._phrases.firsts
        modifiers = table.get("modifiers", {})
        self.modifiers = Lexicon(
            [(word, sense) for sense, words in modifiers.items() for word in words], fold
        )
        self._identities = frozenset(fold(word) for word in modifiers.get("identities", ()))
        self._things = frozenset(fold(word) for word in table.get("things", {}).get("words", ()))

    def phrase(self, folded: list[str], i: int, end: int) -> Hit[Noun] | None:
        """Return the longest noun of several words that begins at word i: "police officers"."""
        return self._phrases.at(folded, i, end) if folded[i] in self._phrases.firsts else None

    def is_identity(self, word: str) -> bool:
        """Tell whether a folded word is a quality of people that says who they are: of a people, a faith."""
        return word in self._identities

    def is_thing(self, word: str) -> bool:
        """Tell whether a counted folded word is no people: animals, houses, attacks."""
        return word in self._things
