"""parties: the armed parties of the world, by the names that reports give them; and the states, whose forces are parties."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

from tollbook.grammar.lexicon import Lexicon

_GOVERNMENT = "Government of "  # how the table names the forces of a state


@cache
def _table() -> Mapping[str, Any]:
    table: Mapping[str, Any] = tomllib.loads(
        (resources.files(__package__) / "parties.toml").read_text(encoding="utf-8")
    )
    return table


@cache
def party_names() -> dict[str, tuple[str, ...]]:
    """Return canonical name -> all names, its own first."""
    return {name: (name, *others) for name, others in _table()["parties"].items()}


@cache
def state_names() -> tuple[str, ...]:
    """Return the names of the states."""
    return tuple(name for names in _table()["states"].values() for name in names)


def lands_lexicon(
    fold: Callable[[str], str], adjectives: Mapping[str, Sequence[str]]
) -> Lexicon[tuple[str, bool]]:
    """Compile the names of the states, each with its ISO code, and True: a land is where something happens, too.

    And a language's words for what is of it, with False; `adjectives` as in owners_lexicon.
    """
    names = [(name, (iso, True)) for iso, forms in _table()["states"].items() for name in forms]
    return Lexicon(
        [*names, *((form, (iso, False)) for iso, forms in adjectives.items() for form in forms)], fold
    )


@cache
def parties_lexicon(fold: Callable[[str], str]) -> Lexicon[str]:
    """Compile the names under a language's way of folding words."""
    entries = [(form.replace("|", " "), name) for name, forms in party_names().items() for form in forms]
    return Lexicon(entries, fold)


def owners_lexicon(
    fold: Callable[[str], str], adjectives: Mapping[str, Sequence[str]], endings: Sequence[str]
) -> Lexicon[str]:
    """Compile the names of parties and states as they stand before what is theirs: "Russian", "Russia's", "RSF".

    `adjectives` gives a language's words for what is of a country, by ISO code; `endings` its possessive endings.
    """
    entries = [(form.replace("|", " "), name) for name, forms in party_names().items() for form in forms]
    for iso, names in _table()["states"].items():
        party = _GOVERNMENT + names[0]
        entries += [(form, party) for form in (*names, *adjectives.get(iso, ()))]
    return Lexicon([*entries, *((form + e, name) for form, name in entries for e in endings)], fold)


@cache
def is_armed_force(name: str) -> bool:
    """Tell whether a party, by its one name, is the forces of a state or of several; else it is an armed group."""
    return name.startswith(_GOVERNMENT) or name in _table()["kinds"]["armed_forces"]
