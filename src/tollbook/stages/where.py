"""where: View -> places, each resolved by what stands around it."""

from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from tollbook.grammar.marks import Marks
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.made import changed
from tollbook.model.place import Level, Place
from tollbook.stages._place_cues import STRONG, Cues, cues_of
from tollbook.stages._place_marks import is_near
from tollbook.stages._where.choice import Context, chosen, context_of
from tollbook.stages._where.lists import division_beside
from tollbook.stages._where.names import Named, Walker
from tollbook.stages._where.starts import place_marks_of
from tollbook.world.gazetteer import Entry, Gazetteer

# UCDP where_prec: 1 the place, 2 near it, 3 second-, 4 first-level division, 5 a region, 6 a country, 7 waters
_PRECISION = {"point": 1, "locality": 1, "adm2": 3, "adm1": 4, "region": 5, "country": 6, "waters": 7}
_NEAR = 2
_ALIKE = 8  # names in no gazetteer with the same first word that are looked for again
_SIDE = 3  # places before one in no gazetteer that say which country it is in
_TOLD = 0.2  # share of a text's mentions of countries that vouches for one
_CAPITAL = "c"  # the mark of a word for a capital
_LARGE = 20  # places of a text that are looked through for its country


def place_marks(pack: Pack, gazetteer: Gazetteer) -> Marks:
    """Return what this stage asks of single words as written."""
    return place_marks_of(pack, gazetteer)


@cache
def capital_marks(pack: Pack) -> Marks:
    """Return what tells the folded words for a capital."""
    cues = cues_of(pack)
    return Marks(lambda word: _CAPITAL if word in cues.capital else "x")


def find_places(
    view: View, pack: Pack, gazetteer: Gazetteer, country: str | None = None
) -> tuple[Place, ...]:
    """Find every place a text names, in its order, words such as "Syrian" included.

    Those in no gazetteer keep their name and take country and first-level division from the text around them.
    `country` is the ISO 3166-1 code of a country that the report is known to be about.
    """
    walker = Walker(view, pack, gazetteer)
    named = walker.walk()
    if not named:
        return ()
    context = context_of(named, country)
    found = chosen(view, walker.cues, named, context, walker.persons)
    every = _again(view, _alike(found))
    return tuple(_place(view, walker.cues, every, i, context) for i in range(len(every)))


def _alike(found: Sequence[tuple[Named, Entry | None]]) -> Sequence[tuple[Named, Entry | None]]:
    """Let a name mean one place: where what holds it ruled out the gazetteer's, its other mentions are not that either."""
    out = {n.key for n, entry in found if entry is None and n.entries}
    if not out:
        return found
    small = ("locality", "adm2")
    return [(n, None if n.key in out and e is not None and e.level in small else e) for n, e in found]


def _again(view: View, found: Sequence[tuple[Named, Entry | None]]) -> Sequence[tuple[Named, Entry | None]]:
    """Add the other mentions of names that no gazetteer has, once words beside one of them made it a place."""
    known: dict[str, dict[tuple[str, ...], Named]] = {}
    for name, entry in found:
        if entry is None and (name.feature or name.cue >= STRONG):
            words = tuple(view.words[name.first : name.last + 1])
            known.setdefault(words[0], {})[words] = name
    if not known:
        return found
    taken = {k for n, _ in found for k in range(n.first, n.last + 1)}
    more: list[tuple[Named, Entry | None]] = []
    for index, (first, last) in enumerate(view.sentences):
        if known.keys().isdisjoint(view.words[first:last]):
            continue
        for k in range(first, last):
            if view.words[k] not in known or k in taken:
                continue
            for words, name in list(known[view.words[k]].items())[:_ALIKE]:
                stop = k + len(words)
                if stop <= last and tuple(view.words[k:stop]) == words and taken.isdisjoint(range(k, stop)):
                    taken.update(range(k, stop))
                    more.append(
                        (changed(name, first=k, last=stop - 1, end=view.ends[stop - 1], sentence=index), None)
                    )
                    break
    return sorted((*found, *more), key=lambda pair: pair[0].first) if more else found


def _place(
    view: View, cues: Cues, found: Sequence[tuple[Named, Entry | None]], i: int, context: Context
) -> Place:
    """Return stretch i as a Place."""
    name, entry = found[i]
    start, end = view.starts[name.first], name.end
    quote = view.text[start:end]
    if entry is None:
        return _unresolved(
            quote, start, end, name, division_beside(name, found, i), _country_beside(name, found, i), context
        )
    level: Level = "region" if entry.level == "waters" else entry.level  # type: ignore[assignment]  # an index keeps Levels
    near = level == "locality" and is_near(view, cues, name.first, name.last, *view.sentences[name.sentence])
    precision = _NEAR if near else _PRECISION[entry.level]
    return Place(
        quote, start, end, entry.name, level, entry.country or None, entry.adm1 or None,
        entry.lat, entry.lon, entry.id, precision,
    )  # fmt: skip


def _country_beside(name: Named, found: Sequence[tuple[Named, Entry | None]], i: int) -> str | None:
    """Return the country of the town or division named last before stretch i, in its sentence."""
    for other, entry in reversed(found[max(0, i - _SIDE) : i]):
        if other.sentence != name.sentence:
            return None
        if entry is not None and entry.level in ("locality", "adm1", "adm2"):
            return entry.country
    return None


def _unresolved(
    quote: str, start: int, end: int, name: Named, holder: Entry | None, beside: str | None, context: Context
) -> Place:
    """Return a place that no gazetteer has: only as exact as the division or country it is in.

    `beside` is the country of the town named before it in its sentence: "In Baghdad … in the Bayaa district".
    """
    if beside is None or context.share(beside) < _TOLD:  # perhaps a namesake
        beside = context.main()
    country = holder.country if holder is not None else beside
    level: Level = "adm1" if name.feature == "adm1" else "adm2" if name.feature == "adm2" else "locality"
    adm1 = holder.name if holder is not None else None
    precision = _PRECISION["adm1"] if adm1 else _PRECISION["country"] if country else None
    return Place(quote, start, end, quote, level, country, adm1, precision=precision)


def find_capitals(view: View, pack: Pack, gazetteer: Gazetteer, places: Sequence[Place]) -> tuple[Place, ...]:
    """Find where a text speaks of a country's capital without its name: "the Somali capital", "the capital".

    They are for the claims told there, and not among the places that the text names. `places` are those of find_places.
    """
    cues, marks = cues_of(pack), view.marks(capital_marks(pack), folded=True)
    found: list[Place] = []
    k = marks.find(_CAPITAL)
    while k >= 0:  # in few texts
        first, last = view.sentences[view.sentence_at(k)]
        if first < k < last and _is_capital(view, cues, k, last):
            entry = gazetteer.capital(_country_before(view, places, k) or "")
            if entry is not None:
                found.append(_capital(view, k, entry))
        k = marks.find(_CAPITAL, k + 1)
    return tuple(found)


def _is_capital(view: View, cues: Cues, k: int, last: int) -> bool:
    """Tell whether word k means the capital of a country that is not named beside it."""
    before, following = view.folded[k - 1], view.words[k + 1 : min(k + 3, last)]
    if before not in cues.definite and not view.words[k - 1][0].isupper():
        return False
    if following and (following[0][0].isupper() or view.folded[k + 1] in cues.of):
        return False
    return not (len(following) > 1 and following[0] == "," and following[1][0].isupper())


def _country_before(view: View, places: Sequence[Place], k: int) -> str | None:
    """Return the country right before word k, else the one that most of the text's places lie in."""
    at = view.starts[k]
    i = bisect_left(places, at, key=lambda p: p.start) - 1
    if i >= 0 and places[i].country and 0 <= at - places[i].end <= 3:  # a blank or a possessive ending
        return places[i].country
    counts: dict[str, int] = {}
    for place in places[:_LARGE]:
        if place.country:
            counts[place.country] = counts.get(place.country, 0) + 1
    return max(counts, key=lambda c: counts[c], default=None)


def _capital(view: View, k: int, entry: Entry) -> Place:
    start, end = view.starts[k], view.ends[k]
    return Place(
        view.text[start:end], start, end, entry.name, "locality", entry.country, entry.adm1 or None,
        entry.lat, entry.lon, entry.id, _PRECISION["locality"],
    )  # fmt: skip
