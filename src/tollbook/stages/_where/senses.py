"""senses: a name -> the places that bear it, with what speaks for each of them in every text; told once a process."""

from collections.abc import Iterable, Sequence, Set
from math import log10
from typing import NamedTuple

from tollbook.world.gazetteer import Entry, is_capital

COUNTRY = 4.0  # points for a country over other places of its name
SPELT = 0.5  # points for a name that is spelt otherwise over one that is another name of the place
_CAPITAL = 1.4  # points for a country's capital over other places of its name
_SOFT = frozenset("aeiouyjhʹʼ")
_MOST_KEPT = 8_192  # names of several places


class Sense(NamedTuple):
    """A place of a name."""

    order: int  # its place among those of the name: of two for which as much speaks it is the first
    entry: Entry
    size: float  # what its size says for it
    step: float  # what its level says beside the name's other places
    spelt: bool  # it is another name of the place, spelt otherwise


class Senses:
    """The places of one name."""

    __slots__ = ("_best", "_of_country", "_of_division", "entries", "every", "one_country", "one_division")

    def __init__(self, key: str, entries: tuple[Entry, ...]) -> None:
        """Weigh the places of a name by what they are."""
        self.entries = entries
        self.every: Sequence[Sense] = _weighed(key, entries)
        self._best = _best_of_levels(self.every)
        countries: dict[str, list[Sense]] = {}
        divisions: dict[tuple[str, str], list[Sense]] = {}
        for sense in self.every:
            countries.setdefault(sense.entry.country, []).append(sense)
            divisions.setdefault((sense.entry.country, sense.entry.adm1), []).append(sense)
        self._of_country = {country: _best_of_levels(own) for country, own in countries.items()}
        self._of_division = {division: _best_of_levels(own) for division, own in divisions.items()}
        self.one_country, self.one_division = len(countries) == 1, len({e.adm1 for e in entries}) == 1

    def of(self, countries: Iterable[str], divisions: Iterable[tuple[str, str]]) -> Sequence[Sense]:
        """Return of each level the best by itself: of all places, of some countries, of some first-level divisions.

        No other can be meant where a text speaks for countries, divisions and levels only: as little speaks for it as for
        the best of its country, division or level.
        """
        found, of_country, of_division = self._best.copy(), self._of_country, self._of_division
        for country in countries:
            if country in of_country:
                found += of_country[country]
        for division in divisions:
            if division in of_division:
                found += of_division[division]
        return found


def _best_of_levels(senses: Sequence[Sense]) -> list[Sense]:
    """Return of each level the place that is best by itself, the first of equals."""
    best: dict[str, Sense] = {}
    for sense in senses:
        level = sense.entry.level
        if level not in best or _alone(sense) > _alone(best[level]):
            best[level] = sense
    return [*best.values()]


_kept: dict[str, Senses] = {}


def senses_of(key: str, entries: tuple[Entry, ...]) -> Senses:
    """Return the places of one name with what speaks for each in every text; told once, while the places are the same."""
    known = _kept.get(key)
    if known is None or known.entries is not entries:
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
        known = _kept[key] = Senses(key, entries)
    return known


def _alone(sense: Sense) -> float:
    """Return what speaks for a place in a text that speaks for none."""
    points = sense.size
    if sense.entry.level == "country":
        points += COUNTRY
    points += sense.step
    return points + SPELT if sense.spelt else points


def _weighed(key: str, entries: tuple[Entry, ...]) -> tuple[Sense, ...]:
    localities = [e for e in entries if e.level == "locality"]
    largest, towns = max((e.population for e in localities), default=0), {e.country for e in localities}
    named_so = {e.country for e in entries if e.level == "country"}
    capitals = {e.country for e in localities if e.main and is_capital(e)} - named_so
    return tuple(
        Sense(
            order,
            entry,
            log10(entry.population + 500) + _name_points(entry, entry.country in capitals),
            _step(entry, largest, towns, capitals),
            not entry.main and entry.name[:1].casefold() == key[:1] and _frame(entry.name) == _frame(key),
        )
        for order, entry in enumerate(entries)
    )


def _name_points(entry: Entry, governed: bool) -> float:
    """Return what the name says for an entry: its own name more than another, that of a capital most.

    `governed`: the name is that of its country's capital, and not of the country.
    """
    if not entry.main:
        return -1.2
    return _CAPITAL if governed and is_capital(entry) else 0.0


def _frame(name: str) -> str:
    """Return what spellings of one name share: its letters without vowels, signs and what softens."""
    return "".join(c for c in name.casefold() if c.isalpha() and c not in _SOFT)


def _step(entry: Entry, largest: int, towns: Set[str], capitals: Set[str]) -> float:
    """Return what the level of an entry says for it.

    `largest` is the population of the largest town of its name, `towns` the countries that have such towns, `capitals`
    those whose capital it is: Washington is the city, unless words beside it or other places of the state speak for that.
    """
    level = entry.level
    if level in ("region", "waters"):
        return 2.0
    if level == "adm2":
        return -1.5 if entry.country in towns else 0.0
    if level == "adm1":
        if entry.population > 6 * largest:
            return -1.5 if entry.country in capitals else 1.0
        return -0.6
    return 0.0
