"""brief_places: names of places and countries -> the words of a brief for where something happened."""

import unicodedata
from collections.abc import Iterable, Sequence

from tollbook.writers.brief_figures import listed

_NAMED = 4  # names in a row; of more the first three, and "elsewhere"


def placed(names: Sequence[str], countries: Sequence[str]) -> str:
    """Return places with their countries as people write them: Latakia and Tartus, Syria; one name, however spelt, once."""
    known = [name for name in countries if name not in names]
    return ", ".join(filter(None, (listed(spelt_once(names)), some_of(known))))


def spelt_once(names: Iterable[str]) -> list[str]:
    """Return names, those that differ in marks alone once, as first spelt: Tartus and Ţarţūs -> Tartus."""
    once: dict[str, str] = {}
    for name in names:
        once.setdefault(_bare(name), name)
    return list(once.values())


def _bare(name: str) -> str:
    """Return a name without the marks that one spelling has and another has not: Ţarţūs -> tartus."""
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()


def some_of(names: Sequence[str]) -> str:
    """Return names in a row; of very many the first three, and that there are others."""
    return listed(names if len(names) <= _NAMED else (*names[: _NAMED - 1], "elsewhere"))


__all__ = ["placed", "some_of", "spelt_once"]
