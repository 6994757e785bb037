"""origins: the names of those who give figures, made one; their kinds, their sides, where they watch."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import Any

from tollbook.model.origin import OriginRole, OriginRow, OriginTable
from tollbook.world.parties import party_names


@cache
def _parsed() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "origins.toml").read_text(encoding="utf-8"))


@cache
def _canonical() -> dict[str, str]:
    table = _parsed()["origins"]
    return {_key(form): name for name, forms in table.items() for form in (name, *forms)}


def _key(words: str) -> str:
    return " ".join(words.casefold().replace("’", "'").split())


def canonical_origin(words: str) -> str:
    """Return the one name of an origin: the table's, else the words themselves with their blanks made single."""
    plain = " ".join(words.split())
    return _canonical().get(_key(plain), plain)


def is_known_origin(words: str) -> bool:
    """Tell whether words are a name of an origin of the shipped table."""
    return _key(" ".join(words.split())) in _canonical()


@cache
def load_origins(own: Sequence[str] = ()) -> OriginTable:
    """Read the shipped table of origins; `own` are further tables of the same shape, as text, that add to it.

    A name that a later table gives again takes that table's kind, side and places, and keeps all its aliases.
    """
    tables = [_parsed(), *(tomllib.loads(text) for text in own)]
    names: dict[str, list[str]] = {}
    roles: dict[str, OriginRole] = {}
    kinds: dict[str, str] = {}
    merged: dict[str, dict[str, Any]] = {"sides": {}, "watches": {}, "described": {}}
    floors: set[str] = set()
    tails: list[str] = []
    for table in tables:
        for name, forms in table.get("origins", {}).items():
            names.setdefault(name, []).extend(forms)
        kinds |= {name: kind for kind, members in table.get("kinds", {}).items() for name in members}
        for key in merged:
            merged[key] |= table.get(key, {})
        tails += table.get("tails", {}).get("words", ())
        floors |= set(table.get("verified_only", {}).get("names", ()))
        for key, role in table.get("roles", {}).items():
            roles[key] = OriginRole(
                key,
                role["kind"],
                tuple(role["forms"]),
                role.get("of_state", False),
                role.get("by_name", False),
            )
    rows = tuple(
        OriginRow(
            name,
            kinds.get(name, "unknown"),  # type: ignore[arg-type]  # the table's kinds are the record's
            tuple(dict.fromkeys(forms)),
            merged["sides"].get(name),
            tuple(merged["watches"].get(name, ())),
            tuple(merged["described"].get(name, ())),
            name in floors,
        )
        for name, forms in names.items()
    )
    return OriginTable(rows, tuple(roles.values()), tuple(party_names().items()), tuple(tails))
