"""senses: a name -> the places that bear it, with what speaks for each of them in every text; told once a process."""

from collections.abc import Container, Iterable, Mapping, Sequence, Set
from math import log10
from typing import NamedTuple, TypeVar

from tollbook.world.gazetteer import Entry, is_capital

COUNTRY = 4.0  # points for a country over other places of its name
SPELT = 0.5  # points for a name that is spelt otherwise over one that is another name of the place
_CAPITAL = 1.4  # points for a country's capital over other places of its name
_TENTH = 10  # share of its people that another has, which a country told beside it may mean
_LARGER = 2  # times the people of a capital, from which a town of its name is as likely meant
_LARGE = 500_000  # a town of so many people, by its own name, is meant even in a text about another country
_SOFT = frozenset("aeiouyjhʹʼ")
_Part = TypeVar("_Part")  # a country, a first-level division
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

    __slots__ = (
        "_best",
        "_of_country",
        "_of_division",
        "anothers",
        "apart",
        "capital",
        "countries",
        "divisions",
        "entries",
        "every",
        "larger",
        "one_country",
        "one_division",
    )

    def __init__(self, key: str, entries: tuple[Entry, ...]) -> None:
        """Weigh the places of a name by what they are."""
        self.entries = entries
        self.every: Sequence[Sense] = _weighed(key, entries)
        self.apart = _capital_apart(entries)
        self.capital = _capital_of(entries)  # of a country that has another name
        self.larger = _larger(entries, self.capital)  # the country of a town with many more people
        self._best = _best_of_levels(self.every)
        countries: dict[str, list[Sense]] = {}
        divisions: dict[tuple[str, str], list[Sense]] = {}
        for sense in self.every:
            countries.setdefault(sense.entry.country, []).append(sense)
            divisions.setdefault((sense.entry.country, sense.entry.adm1), []).append(sense)
        self.countries, self.divisions = frozenset(countries), frozenset(divisions)
        told = {id(sense) for sense in self._best}
        self._of_country = _not_told(countries, told)
        told |= {id(sense) for own in self._of_country.values() for sense in own}
        self._of_division = _not_told(divisions, told)
        self.one_country, self.one_division = len(countries) == 1, len({e.adm1 for e in entries}) == 1
        self.anothers = _is_anothers(entries)

    def of(self, countries: Iterable[str], divisions: Iterable[tuple[str, str]]) -> Sequence[Sense]:
        """Return of each level the best by itself: of all places, of some countries, of some first-level divisions.

        No other can be meant where a text speaks for countries, divisions and levels only: as little speaks for it as for
        the best of its country, division or level. The country of each division must be among the countries.
        """
        found, of_country, of_division = self._best.copy(), self._of_country, self._of_division
        for country in countries:
            if country in of_country:
                found += of_country[country]
        for division in divisions:
            if division in of_division:
                found += of_division[division]
        return found


def is_large(entry: Entry) -> bool:
    """Tell whether a place is large and the name its own, so that it is known wherever it is told."""
    return entry.main and entry.population >= _LARGE


def is_city(entry: Entry) -> bool:
    """Tell whether a place is a town that is known wherever it is told: "the agreement of Paris"."""
    return entry.level == "locality" and is_large(entry)


def _is_anothers(entries: Sequence[Entry]) -> bool:
    """Tell whether the largest place of a name says no country.

    That is so where it is another country's capital, too ("San Jose"), or a county without a large town ("Richmond").
    """
    top = entries[0]
    if any(e.country != top.country and e.main and is_capital(e) for e in entries):
        return True
    return top.level == "adm2" and not any(e.country == top.country and is_city(e) for e in entries)


def _best_of_levels(senses: Sequence[Sense]) -> list[Sense]:
    """Return of each level the place that is best by itself, the first of equals."""
    best: dict[str, Sense] = {}
    for sense in senses:
        level = sense.entry.level
        if level not in best or _alone(sense) > _alone(best[level]):
            best[level] = sense
    return [*best.values()]


def _not_told(parts: Mapping[_Part, Sequence[Sense]], told: Container[int]) -> dict[_Part, list[Sense]]:
    """Return the best of each part, of each level, without those `told` already, by their ids; a part of none is left out."""
    best = {part: [s for s in _best_of_levels(own) if id(s) not in told] for part, own in parts.items()}
    return {part: own for part, own in best.items() if own}


_kept: dict[str, Senses] = {}


def senses_of(key: str, entries: tuple[Entry, ...]) -> Senses:
    """Return the places of one name with what speaks for each in every text; told once, while the places are the same."""
    known = _kept.get(key)
    if known is None or known.entries is not entries:
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
        known = _kept[key] = Senses(key, entries)
    return known


def for_capital(
    senses: Senses, held: Sequence[Entry], near: Container[str], countries: Mapping[str, float]
) -> float:
    """Return what a text says for the capital of a name, or against it: the town of a country told there may be meant.

    `held` are what holds it, `near` the countries of its sentence, `countries` those of the text, by weight.
    """
    capital = senses.capital
    if capital is None:  # most
        return 0.0
    if senses.larger:
        own = countries.get(capital.country, 0.0)
        return _CAPITAL if own and own >= countries.get(senses.larger, 0.0) else 0.0
    if capital.country in near or any(e.country == capital.country for e in held):
        return 0.0
    told = any(
        e.country in near and e.level == "locality" and _TENTH * e.population > capital.population
        for e in senses.entries
    )
    return -_CAPITAL if told or held else 0.0


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
    capital = _capital_of(entries)
    governed = None if _larger(entries, capital) else capital
    return tuple(
        Sense(
            order,
            entry,
            log10(entry.population + 500) + _name_points(entry, governed),
            _step(entry, largest, towns, capitals),
            not entry.main and entry.name[:1].casefold() == key[:1] and _frame(entry.name) == _frame(key),
        )
        for order, entry in enumerate(entries)
    )


def _name_points(entry: Entry, governed: Entry | None) -> float:
    """Return what the name says for an entry: its own name more than another, that of a capital most."""
    if not entry.main:
        return -1.2
    return _CAPITAL if entry is governed else 0.0


def _capital_of(entries: tuple[Entry, ...]) -> Entry | None:
    """Return the largest capital that bears the name, but none of a country that bears it too."""
    named_so = {e.country for e in entries if e.level == "country"}
    return next((e for e in entries if e.main and e.country not in named_so and is_capital(e)), None)


def _larger(entries: tuple[Entry, ...], capital: Entry | None) -> str:
    """Return the country of the largest town of a capital's name, where it has many more people, or nothing."""
    town = next((e for e in entries if e.main and e.level == "locality"), None)
    if town is None or capital is None or town.population <= _LARGER * capital.population:
        return ""
    return town.country


def _capital_apart(entries: tuple[Entry, ...]) -> Entry | None:
    """Return the first division of a name where it is not the one in which its country's capital of the same name lies."""
    top = entries[0]
    if top.level != "adm1" or not top.main:
        return None
    apart = any(e.country == top.country and e.adm1 != top.adm1 and e.main and is_capital(e) for e in entries)
    return top if apart else None


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
