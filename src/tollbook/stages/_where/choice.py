"""choice: stretches that may name places -> the place each one means, weighed by the whole text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from tollbook.grammar.view import View
from tollbook.model.made import changed
from tollbook.stages._place_cues import STRONG, Cues
from tollbook.stages._where.lists import FARTHEST, division_in_list, is_division, joined, shared_kind
from tollbook.stages._where.names import Named
from tollbook.stages._where.senses import (
    COUNTRY,
    SPELT,
    Sense,
    Senses,
    for_capital,
    is_city,
    is_large,
    senses_of,
)
from tollbook.world.gazetteer import Entry, is_capital

_ENOUGH = 1.5  # belief from which a stretch is taken for a place; see docs/gazetteer.md for how it was set
_MOST_FOR_COUNTRY = 1.5  # belief that the country of the text adds to a place of it, or takes
_OF_KIND = 1.0  # belief that a kind told for a name elsewhere adds
_HOPELESS = _ENOUGH - _MOST_FOR_COUNTRY - _OF_KIND - 0.01  # belief of a name alone that nothing makes enough
_SURE = 3.0  # belief from which a stretch may speak for the country of the text
_HINT = 10.0  # weight of a country given from outside, that of five mentions
_TOLD = 4.0  # weight of all countries together from which a text is known to be about one
_MAIN_SHARE = 0.6  # share of that weight which makes one country the country of the text
_KNOWN = 50_000  # a town of so many people is known to lie where it lies
_NEAR = 6  # words from one name to the next, where one can hold the other
_KIND = 4  # words between a demonym and the name of a place of its country
_PERSON = 5.0  # points against a name that the text gives to a person, where nothing before it is of a place
_SECOND = 0.3  # share of a town's people that a province of its name has at the least
_PROVINCE = 1_000_000  # people of a division that is known wherever it is told
_BESIDE = 50  # times the people of any other place of its name, from which a division is plainly meant
_LARGE = 500_000  # a town of so many people, by its own name, is meant even in a text about another country


@dataclass(slots=True)
class Context:
    """The countries and first-level divisions that a text speaks of, by weight."""

    countries: dict[str, float] = field(default_factory=dict)
    divisions: dict[tuple[str, str], float] = field(default_factory=dict)
    by_sentence: dict[int, set[str]] = field(default_factory=dict)
    total: float = 0.0
    within: float = 0.0
    points: dict[str, float] = field(default_factory=dict)  # what it says for places of a country
    points_within: dict[tuple[str, str], float] = field(default_factory=dict)  # and of a division

    def add(self, country: str, weight: float) -> None:
        """Count a mention for a country."""
        self.countries[country] = self.countries.get(country, 0.0) + weight
        self.total += weight

    def add_division(self, country: str, adm1: str, weight: float) -> None:
        """Count a mention for a first-level division."""
        self.divisions[country, adm1] = self.divisions.get((country, adm1), 0.0) + weight
        self.within += weight

    def settle(self) -> None:
        """Tell what the text says for the places of each country and division, once for all of them."""
        self.points = {c: 2.5 * min(1.0, 2 * (told / self.total)) for c, told in self.countries.items()}
        self.points_within = {
            d: 1.5 * min(1.0, 2 * (told / self.within)) for d, told in self.divisions.items()
        }

    def share(self, country: str) -> float:
        """Return a country's share of all mentions, 0 to 1."""
        return self.countries.get(country, 0.0) / self.total if self.total else 0.0

    def main(self) -> str | None:
        """Return the country most spoken of, None when there is none."""
        return max(self.countries, key=self.countries.__getitem__) if self.countries else None

    def is_foreign(self, name: Named, entry: Entry) -> bool:
        """Tell whether a text plainly about one country never speaks of the one this small place lies in.

        Nor so a capital that is the largest place of its name.
        """
        if self.total < _TOLD or entry.country in self.countries or is_large(entry):
            return False
        return self.share(self.main() or "") >= _MAIN_SHARE and not _is_known_capital(name, entry)


def _is_city_here(view: View, cues: Cues, name: Named, entry: Entry) -> bool:
    """Tell whether a name is that of such a town, and of nobody who speaks, but for a capital: "Salem said", "Paris said"."""
    if not is_city(entry):
        return False
    behind = name.last + 1
    return is_capital(entry) or behind >= len(view.folded) or view.folded[behind] not in cues.said


def _is_known_capital(name: Named, entry: Entry) -> bool:
    """Tell whether a place is a capital and the largest of its name: "Panama City", but not "San Jose"."""
    return is_capital(entry) and entry.main and all(e.population <= entry.population for e in name.entries)


def _is_plain(name: Named) -> bool:
    """Tell whether a name is that of a large division, and of villages only besides: "Queensland"."""
    top = name.entries[0]
    return (
        top.level == "adm1"
        and top.main
        and top.population >= _PROVINCE
        and all(
            _BESIDE * e.population < top.population
            for e in name.entries[1:]
            if e.level == "locality" or e.country != top.country
        )
    )


def context_of(named: Sequence[Named], country: str | None) -> Context:
    """Weigh the countries of a text: those it names, and those of well-known or unmistakable names."""
    context = Context()
    for order, name in enumerate(named):
        early = 1.5 if order < 4 else 1.0
        if name.belief < _SURE or not name.entries:
            continue
        top = name.entries[0]
        if top.level == "country":
            context.by_sentence.setdefault(name.sentence, set()).add(top.country)
            context.add(top.country, (1.0 if name.demonym else 2.0) * early)
        elif top.country and ((plain := _is_plain(name)) or senses_of(name.key, name.entries).one_country):
            context.add(top.country, early)
            if top.adm1 and (plain or senses_of(name.key, name.entries).one_division):
                context.add_division(top.country, top.adm1, early)
        elif top.country and is_large(top) and not senses_of(name.key, name.entries).anothers:
            context.add(top.country, 0.5 * early)
    if country:
        context.add(country, _HINT)
    context.settle()
    return context


def chosen(
    view: View, cues: Cues, named: Sequence[Named], context: Context, persons: set[str]
) -> list[tuple[Named, Entry | None]]:
    """Return the stretches believed to be places, each with the place it means or None where no gazetteer has it."""
    gaps = [after.first - before.last for before, after in pairwise(named)]
    held = _holders(view, cues, named, gaps)
    holding = [(name, outer) for name, outer in zip(named, held, strict=True) if outer is not None]
    inner = {id(outer): name for name, outer in holding}
    middle = {outer.first for _, outer in holding if outer.feature == "adm1"}
    senses: dict[tuple[str, str | None], Entry] = {}
    for name, outer in holding:  # what a containing place settles holds for the whole text
        if name.entries:
            senses.setdefault((name.key, None), _best(name, name.feature, outer, None, context))
    found: list[tuple[Named, Entry | None]] = []
    doubted: list[tuple[float, Named, Entry]] = []
    streak = 0  # how many names of a list were believed
    beside = [1 < gap <= FARTHEST and joined(view, cues, named[i : i + 2]) for i, gap in enumerate(gaps)]
    listed = [False, *beside, False]
    for i, name in enumerate(named):
        behind, in_list = listed[i], listed[i] or listed[i + 1]
        if name.belief < _HOPELESS and not in_list and held[i] is None:  # only a kind can add to it
            streak = 0
            continue
        feature = name.feature or (shared_kind(named, i, listed) if in_list else None)
        belief = name.belief + (3.0 if held[i] is not None else 0.0)
        if feature is None and (name.first in middle or is_division(view, cues, name, inner.get(id(name)))):
            feature = "adm1"
        if feature is not None and name.feature is None:
            belief += _OF_KIND
        if behind and not name.cue:
            belief += min(streak, 2)
        if name.key in persons and not name.feature and not name.demonym:
            belief -= _PERSON if not name.cue else 4.0 if name.key in cues.given else 2.5
        if belief + _MOST_FOR_COUNTRY < _ENOUGH:
            streak = 0
            continue
        entry = (division_in_list(named, i, listed) if in_list and feature is None else None) or _meant(
            name, feature, held[i], inner.get(id(name)), context, senses
        )
        if entry is not None and entry.level not in ("country", "region", "waters"):
            belief += _for_country(view, cues, name, entry, context)
        streak = 0 if belief < _ENOUGH else streak + 1 if behind else 1
        if streak:
            found.append((name if feature == name.feature else changed(name, feature=feature), entry))
        elif entry is not None and not view.words[name.first].isupper():
            doubted.append((belief, name, entry))
    return _with_told(found, doubted) if doubted else found


def _for_country(view: View, cues: Cues, name: Named, entry: Entry, context: Context) -> float:
    """Return what belief the country of a place adds to its name, or takes, by what the text is about."""
    share = context.share(entry.country)
    if share:
        return _MOST_FOR_COUNTRY * min(1.0, 2 * share)
    return -_MOST_FOR_COUNTRY * (context.total >= _TOLD and not _is_city_here(view, cues, name, entry))


def _with_told(
    found: list[tuple[Named, Entry | None]], doubted: Sequence[tuple[float, Named, Entry]]
) -> list[tuple[Named, Entry | None]]:
    """Add names that are doubtful where they stand, but told plainly elsewhere in the text: "in Samos … With Samos's"."""
    plain = {(n.key, entry.id) for n, entry in found if entry is not None and n.belief >= _ENOUGH}
    more = [(n, entry) for belief, n, entry in doubted if belief >= 0.0 and (n.key, entry.id) in plain]
    return sorted((*found, *more), key=lambda pair: pair[0].first) if more else found


def _holders(view: View, cues: Cues, named: Sequence[Named], gaps: Sequence[int]) -> list[Named | None]:
    """Return, for each stretch, the one beside it that contains it: "X, Y" or "X in Y province"."""
    held: list[Named | None] = [None] * len(named)
    near = [(i, named[i], named[i + 1]) for i, gap in enumerate(gaps) if 1 < gap <= _NEAR]  # most are not
    for i, outer, inner in near:  # "the Syrian town of X"
        if outer.demonym and inner.feature and inner.first - outer.last - 1 <= _KIND:
            between = view.folded[outer.last + 1 : inner.first]
            if all(w in cues.of or w in cues.directions or cues.features.get(w) is not None for w in between):
                held[i + 1] = outer
    for i, inner, outer in near:
        gap = outer.first - inner.last - 1
        if not outer.entries or outer.demonym:
            continue
        between = view.folded[inner.last + 1 : outer.first]
        comma = between[0] == "," and gap == 1
        if between[0] == "," and gap > 1:
            between = between[1:]
        within = cues.locative.get(between[0], 0.0) >= STRONG and not any(w in cues.joins for w in between)
        if not (comma or within) or (comma and _same_kind(inner, outer)):
            continue
        wide = outer.entries[0].level in ("country", "region") or any(
            e.level == "adm1" for e in outer.entries
        )
        if (wide and any(_contains(outer.entries, e) for e in inner.entries)) or (
            wide and (outer.feature or outer.belief >= _SURE) and (within or not inner.entries)
        ):
            held[i] = outer
    for i, inner, outer in near:  # "X, Kandahar, Afghanistan"
        if held[i] is None and held[i + 1] is not None and _is_middle(view, inner, outer, held[i + 1]):
            held[i] = changed(outer, feature="adm1")
    return held


def _is_middle(view: View, inner: Named, outer: Named, country: Named | None) -> bool:
    """Tell whether a place stands between one in it and the country of both, as coders write: "town, division, country"."""
    if country is None or not country.entries or country.entries[0].level != "country" or inner.demonym:
        return False
    between = (outer.first - inner.last, country.first - outer.last)
    if between != (2, 2) or view.words[inner.last + 1] != "," or view.words[outer.last + 1] != ",":
        return False
    land = country.entries[0].country
    known = any(e.main and e.population >= _KNOWN and e.country == land for e in inner.entries)
    return not known and any(e.level == "adm1" and e.country == land for e in outer.entries)


def _same_kind(inner: Named, outer: Named) -> bool:
    """Tell whether both are best known as countries or as divisions, so that a comma between them makes a list."""
    if not inner.entries:
        return False
    wide = outer.entries[0]
    if wide.level == "country":
        return inner.entries[0].level == "country"
    return any(e.level == wide.level and e.country == wide.country for e in inner.entries)


def _contains(outer: Sequence[Entry], entry: Entry) -> bool:
    """Tell whether a place lies in one of several countries or first-level divisions."""
    for holder in outer:
        if entry.country == holder.country and entry.level not in ("country", "region"):
            if holder.level in ("country", "region"):
                return True
            if holder.level == "adm1" and entry.adm1 == holder.adm1 and entry.level != "adm1":
                return True
    return False


def _meant(
    name: Named,
    feature: str | None,
    holder: Named | None,
    inner: Named | None,
    context: Context,
    senses: dict[tuple[str, str | None], Entry],
) -> Entry | None:
    """Return the place a name means here; None where the gazetteer's are all out of the text's countries."""
    if not name.entries:
        return None
    sense = senses.get((name.key, feature)) or senses.get((name.key, None))
    if (
        holder is not None
        or inner is not None
        or sense is None
        or (feature is not None and sense.level != feature)
    ):
        sense = _best(name, feature, holder, inner, context)
        if feature is None or sense.level == feature:
            senses.setdefault((name.key, feature), sense)
        if inner is not None and sense is senses_of(name.key, name.entries).apart:
            senses.setdefault((name.key, None), sense)  # "Spokane, Washington … Washington law"
    if holder is None and (context.is_foreign(name, sense) or _is_another(name, sense, context)):
        return None
    if (
        holder is not None
        and not _contains(holder.entries, sense)
        and sense.level not in ("country", "region")
    ):
        if sense.population < _LARGE and sense.country not in context.countries:
            return None
        if not sense.main and all(e.country != sense.country for e in holder.entries):
            return None  # "Sui in Balochistan" is not Suizhou
    if holder is not None and _elsewhere(holder, sense):
        return None
    if feature == "adm1" and sense.level == "locality" and not context.share(sense.country) and context.total:
        return None
    return sense


def _is_another(name: Named, sense: Entry, context: Context) -> bool:
    """Tell whether a town, no large one, has the name of others only besides its own: "in Baga" is not Bargarh.

    Not where it lies in a country of the text, nor of a name that only this country has.
    """
    alias = not sense.main and sense.level == "locality" and sense.population < _LARGE
    return (
        alias
        and name.cue >= STRONG
        and any(e.country != sense.country for e in name.entries)
        and not context.share(sense.country)
    )


def _elsewhere(holder: Named, sense: Entry) -> bool:
    """Tell whether the division that the text puts a small place in is another than that of the gazetteer's place."""
    division = next((e for e in holder.entries if e.level == "adm1" and e.country == sense.country), None)
    sure = division is not None and (
        holder.feature == "adm1" or all(e.level == "adm1" for e in holder.entries)
    )
    small = sense.level == "locality" and sense.population < _KNOWN and bool(sense.adm1)
    return sure and small and division is not None and division.adm1 != sense.adm1


def _best(
    name: Named, feature: str | None, holder: Named | None, inner: Named | None, context: Context
) -> Entry:
    """Choose among places of one name: by kind, by what holds it, by the countries of the text, by size."""
    entries = name.entries
    if len(entries) == 1:
        return entries[0]
    near = context.by_sentence.get(name.sentence, ())
    held = holder.entries if holder is not None else ()
    holds = inner.entries[0] if inner is not None and inner.entries else None
    of_country, of_division, total = context.points, context.points_within, context.total
    senses = senses_of(name.key, entries)
    governing = for_capital(senses, held, near, context.countries)
    own = inf  # a province may be a division of the second level, where its name is none of the first
    if name.feature == feature == "adm1" and all(e.level in ("adm2", "locality") for e in entries):
        own = max(e.population for e in entries) * _SECOND
    every = senses.every
    if own == inf and (
        total or feature is None
    ):  # what speaks for a place does for all of its division and level
        every = _speaking(senses, context, holder, holds)
    best, most, at = entries[0], -inf, 0
    for order, entry, size, step, spelt in every:
        level, points = entry.level, size + governing if entry is senses.capital else size
        told = of_country.get(entry.country)
        if level == "country":
            points += COUNTRY
        elif told:
            points += told
        points += step
        if told and of_division:  # a text speaks of a division's country too
            points += of_division.get((entry.country, entry.adm1), 0.0)
        if feature is not None:
            second = level == "adm2" and entry.population > own and (told or not total)
            points += 3.0 if level == feature else 2.0 if second else -1.0
        if entry.country in near and level != "country":
            points += 1.0
        if held and _contains(held, entry):
            points += 5.0
        if holds is not None and _contains((entry,), holds):
            points += 3.0
        if spelt:
            points += SPELT  # "Sloviansk" is Slovyansk rather than what Nikopol was once called
        if points > most or (points == most and order < at):
            best, most, at = entry, points, order
    return best


def _speaking(senses: Senses, context: Context, holder: Named | None, holds: Entry | None) -> Sequence[Sense]:
    """Return the places of a name of which one must be best, by what the text speaks of and what stands beside it."""
    countries: Iterable[str] = context.countries
    divisions: Iterable[tuple[str, str]] = context.divisions
    if holder is not None and holder.entries:
        outer = senses_of(holder.key, holder.entries)
        countries, divisions = outer.countries.union(countries), outer.divisions.union(divisions)
    if holds is not None:
        countries, divisions = {*countries, holds.country}, {*divisions, (holds.country, holds.adm1)}
    return senses.of(countries, divisions)
