"""gazetteer: a name -> the places that bear it.

One file, sorted by the hash of the name and mapped into memory: it opens at once, costs only the pages that are looked
at, and a name that is not there costs a look at one short stretch of hashes. Its layout is in `index.py`; what it is
built from is told in docs/gazetteer.md.
"""

import os
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from tollbook.errors import PackError
from tollbook.world.index import Entry, Index, key_of

_KEPT = 65_536  # answers remembered, some 10 MB at most; a name in the news comes back


class Word(NamedTuple):
    """What a single word can be: its key, the most words of any name that begins with it, the places it names."""

    key: str
    longest: int
    entries: tuple[Entry, ...]


class Gazetteer:
    """An index of places, and any number of the user's own on top; nothing in it changes once opened."""

    def __init__(self, path: Path, own: Sequence[Path] = ()) -> None:
        """Open an index; `own` are indexes of the same format whose places come first among equal ones."""
        self._indexes = [Index(p) for p in (path, *own)]
        self._known: dict[str, tuple[Entry, ...]] = {}
        self._words: dict[str, Word] = {}
        self._reaches: dict[str, int] = {}
        self._lands: dict[str, tuple[Entry, ...]] = {}
        self.version = "+".join(index.digest for index in self._indexes)

    def find(self, key: str) -> tuple[Entry, ...]:
        """Return all places of a name, given as `key_of` writes it; the most populous first."""
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            found = self._known[key] = self._borne(key) or self._by_other_article(key)
        return found

    def _borne(self, key: str) -> tuple[Entry, ...]:
        by_id = {entry.id: entry for index in self._indexes for entry in index.find(key)}
        return tuple(sorted(by_id.values(), key=lambda e: (-e.population, e.id)))

    def _by_other_article(self, key: str) -> tuple[Entry, ...]:
        """Return the places of a name that is written with another form of the Arabic article."""
        countries = _articles()[1]
        every = {e.id: e for one in _other_articles(key) for e in self._borne(one) if e.country in countries}
        return tuple(sorted(every.values(), key=lambda e: (-e.population, e.id)))

    def reach(self, pair: str) -> int:
        """Return how many words a name has at most that begins with these two, written as `key_of` does; 0 for no name."""
        known = self._reaches.get(pair)
        if known is None:
            if len(self._reaches) > _KEPT:
                self._reaches.clear()
            known = max(index.reach(pair) for index in self._indexes)
            if not known and _other_articles(pair):
                known = max(index.reach(one) for one in _other_articles(pair) for index in self._indexes)
                known = known or (2 if self._by_other_article(pair) else 0)
            self._reaches[pair] = known
        return known

    def word(self, surface: str) -> Word:
        """Return what one word of a text, as written, can be or begin."""
        found = self._words.get(surface)
        if found is None:
            if len(self._words) > _KEPT:
                self._words.clear()
            key = key_of(surface)
            longest = max(index.longest(key) for index in self._indexes) if key else 0
            found = self._words[surface] = Word(key, longest, self.find(key) if key else ())
        return found

    def country(self, iso: str) -> Entry | None:
        """Return a country by its ISO 3166-1 alpha-2 code."""
        return next(iter(self.land(iso)), None)

    def land(self, iso: str) -> tuple[Entry, ...]:
        """Return a country by its code as the only place of a name; nothing for none. It is the same object each time."""
        land = self._lands.get(iso)
        if land is None:
            land = self._lands[iso] = self.find(f"iso:{iso}")[:1]
        return land

    def capital(self, iso: str) -> Entry | None:
        """Return the capital of a country, by ISO 3166-1 alpha-2 code."""
        name = _capitals().get(iso)
        places = self.find(key_of(name)) if name else ()
        return next((e for e in places if e.country == iso and e.level == "locality"), None)

    def division(self, code: str) -> Entry | None:
        """Return a first-level division by its GeoNames code, such as "SY.10"."""
        return next(iter(self.find(f"code:{code}")), None)


def is_capital(entry: Entry) -> bool:
    """Tell whether a town is the capital of its country."""
    return entry.level == "locality" and _capitals().get(entry.country) == entry.name


@cache
def _capitals() -> dict[str, str]:
    text = (resources.files(__package__) / "data" / "capitals.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {row[0]: row[1] for row in rows}


@cache
def _articles() -> tuple[frozenset[str], frozenset[str]]:
    """Return the forms of the Arabic article, and the countries in which they are looked for."""
    data = tomllib.loads(
        (resources.files(__package__) / "data" / "articles.toml").read_text(encoding="utf-8")
    )
    return frozenset(data["forms"]), frozenset(data["countries"])


def _other_articles(key: str) -> tuple[str, ...]:
    """Return a name of two words or more with the other forms of its article; nothing where it has none."""
    first, _, rest = key.partition(" ")
    forms = _articles()[0]
    return (
        tuple(f"{form} {rest}" for form in sorted(forms) if form != first) if rest and first in forms else ()
    )


def own_places_folder() -> Path:
    """Return the folder of the user's own gazetteers: TOLLBOOK_PLACES, else the user's data folder."""
    given = os.environ.get("TOLLBOOK_PLACES")
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(given) if given else Path(base) / "tollbook" / "places"


@cache
def open_gazetteer() -> Gazetteer:
    """Open the shipped gazetteer with the user's own on top; once a process."""
    shipped = Path(str(resources.files(__package__) / "data" / "places.bin"))
    if not shipped.is_file():
        raise PackError(f"{shipped}: no gazetteer - build it with 'python tools/build_gazetteer.py'")
    folder = own_places_folder()
    own = sorted(folder.glob("*.bin")) if folder.is_dir() else []
    return Gazetteer(shipped, own)


__all__ = ["Entry", "Gazetteer", "Word", "is_capital", "key_of", "open_gazetteer", "own_places_folder"]
