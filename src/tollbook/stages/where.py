"""where: View -> places, each resolved by what stands around it; and the places of a claim."""

from bisect import bisect_left
from collections.abc import Sequence

from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.place import Level, Place
from tollbook.model.text import Span
from tollbook.stages._place_choice import Context, chosen, context_of, division_beside
from tollbook.stages._place_cues import Cues, cues_of
from tollbook.stages._place_names import Named, Walker
from tollbook.world.gazetteer import Entry, Gazetteer

# UCDP where_prec: 1 the place, 2 near it, 3 second-, 4 first-level division, 5 a region, 6 a country, 7 waters
_PRECISION = {"point": 1, "locality": 1, "adm2": 3, "adm1": 4, "region": 5, "country": 6, "waters": 7}
_NEAR = 2
_SPECIFIC = {"point": 0, "locality": 1, None: 1, "adm2": 2, "adm1": 3, "region": 4, "country": 5}
_BACK = 3  # sentences looked back for the place of a sentence that names none
_WINDOW = 24  # places on each side of a claim that can be its own: keeps endless sentences cheap
_BEHIND = 1.5  # a place before a claim counts as so much farther than one behind it
_UNCUED, _SPOKEN = (
    80,
    250,
)  # characters added for a place that nothing says it happened at; for where somebody spoke


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
    return tuple(_place(view, found, i, context) for i in range(len(found)))


def _place(view: View, found: Sequence[tuple[Named, Entry | None]], i: int, context: Context) -> Place:
    """Return stretch i as a Place."""
    name, entry = found[i]
    start, end = view.starts[name.first], name.end
    quote = view.text[start:end]
    if entry is None:
        return _unresolved(quote, start, end, name, division_beside(name, found, i), context)
    level: Level = "region" if entry.level == "waters" else entry.level  # type: ignore[assignment]  # an index keeps Levels
    precision = _NEAR if name.near and level == "locality" else _PRECISION[entry.level]
    return Place(
        quote, start, end, entry.name, level, entry.country or None, entry.adm1 or None,
        entry.lat, entry.lon, entry.id, precision,
    )  # fmt: skip


def _unresolved(
    quote: str, start: int, end: int, name: Named, holder: Entry | None, context: Context
) -> Place:
    """Return a place that no gazetteer has: only as exact as the division or country it is in."""
    country = holder.country if holder is not None else context.main()
    level: Level = "adm1" if name.feature == "adm1" else "adm2" if name.feature == "adm2" else "locality"
    adm1 = holder.name if holder is not None else None
    precision = _PRECISION["adm1"] if adm1 else _PRECISION["country"] if country else None
    return Place(quote, start, end, quote, level, country, adm1, precision=precision)


# ---------------------------------------------------------------- the places of a claim


def places_for(view: View, pack: Pack, places: Sequence[Place], start: int, end: int) -> tuple[Place, ...]:
    """Return the places of what text[start:end] tells, most specific first, followed by what contains them.

    They are those of its own sentence, the nearest first; else of the sentences before it, else of the report's
    opening. Words such as "Syrian" count only where nothing else names a place. `places` are those of find_places.
    """
    if not places or not view.starts:
        return ()
    cues = cues_of(pack)
    index = view.sentence_at(view.word_at(start))
    for back in range(min(_BACK, index) + 1):
        span = view.sentence_span(index - back)
        here = _proper(view, cues, _within(places, span, start))
        if back:
            here = [p for p in here if p.level not in ("country", "region")]
        if here:
            return _with_holders(view, cues, _nearest(view, cues, here, start, end), places)
    return _with_holders(view, cues, _opening(view, cues, places, index), places)


def _within(places: Sequence[Place], span: Span, near: int) -> Sequence[Place]:
    """Return the places inside a span; of very many only those about an offset."""
    first = bisect_left(places, span.start, key=lambda p: p.start)
    last = bisect_left(places, span.end, first, key=lambda p: p.start)
    if last - first > 2 * _WINDOW:
        middle = bisect_left(places, near, first, last, key=lambda p: p.start)
        first, last = max(first, middle - _WINDOW), min(last, middle + _WINDOW)
    return places[first:last]


def _proper(view: View, cues: Cues, places: Sequence[Place]) -> list[Place]:
    """Return the places that are named, not those a word such as "Syrian" points to."""
    return [p for p in places if p.level != "country" or not _is_demonym(view, cues, p)]


def _is_demonym(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a country is only pointed to by a word for what is of it."""
    word = view.word_at(place.start)
    return view.folded[word] in cues.demonyms.firsts and cues.demonyms.at(view.folded, word) is not None


def _nearest(view: View, cues: Cues, here: Sequence[Place], start: int, end: int) -> list[Place]:
    """Return the group of places, one inside or beside the other, that stands nearest to the words of a claim."""
    groups: list[list[Place]] = []
    for place in here:
        if groups and _belongs(view, cues, groups[-1][-1], place):
            groups[-1].append(place)
        else:
            groups.append([place])
    return min(groups, key=lambda group: _distance(view, cues, group, start, end))


def _belongs(view: View, cues: Cues, before: Place, after: Place) -> bool:
    """Tell whether two places are one group: listed together, or one in the other, with little between them."""
    first, last = view.word_at(before.end), view.word_at(after.start)
    if last - first > 6:
        return False
    gap = view.folded[first:last]
    if all(word in cues.joins or word in cues.directions for word in gap):
        return True
    return _holds(after, before) or _holds(before, after)


def _holds(outer: Place, inner: Place) -> bool:
    """Tell whether one place is a country or first-level division that the other lies in."""
    if (
        not outer.country
        or outer.country != inner.country
        or _SPECIFIC[outer.level] <= _SPECIFIC[inner.level]
    ):
        return False
    return outer.level in ("country", "region") or (outer.level == "adm1" and outer.adm1 == inner.adm1)


def _distance(view: View, cues: Cues, group: Sequence[Place], start: int, end: int) -> float:
    """Return how far a group stands from the words of a claim, in characters, with what speaks against it added."""
    first, last = group[0], group[-1]
    if first.start < end and start < last.end:
        gap, between = 0.0, range(0)
    elif first.start >= end:
        gap = float(first.start - end)
        between = range(view.word_at(end), view.word_at(first.start))
    else:
        gap = (start - last.end) * _BEHIND
        between = range(view.word_at(last.end), view.word_at(start))
    word = view.word_at(first.start)
    before = view.folded[max(0, word - 4) : word]
    cued = any(w in cues.locative for w in before) or first.level not in ("country", "region")
    spoken = len(between) <= 60 and any(view.folded[k] in cues.said for k in between)
    if not spoken and first.start >= end:
        spoken = _speaks(view, cues, view.word_at(last.end))
    return gap + (0 if cued else _UNCUED) + (_SPOKEN if spoken else 0)


def _speaks(view: View, cues: Cues, word: int) -> bool:
    """Tell whether the words right after a place are those of somebody there who speaks: "officials in X said"."""
    for k in range(word, min(word + 3, len(view.folded))):
        if view.folded[k] in cues.said:
            return True
        if not view.folded[k][0].isalpha():
            return False
    return False


def _opening(view: View, cues: Cues, places: Sequence[Place], index: int) -> list[Place]:
    """Return the places of the first sentence that names one, a dateline or lead; failing that, what words point to."""
    for sentence in [*range(min(4, index)), *range(index + 1, min(index + 4, len(view.sentences)))]:
        span = view.sentence_span(sentence)
        here = _proper(view, cues, _within(places, span, span.start))
        if here:
            return list(here[:1]) if here[0].level not in ("country", "region") else list(here[:2])
    proper = _proper(view, cues, places[:_WINDOW])
    return proper[:1] or list(places[:1])


def _with_holders(
    view: View, cues: Cues, group: Sequence[Place], places: Sequence[Place]
) -> tuple[Place, ...]:
    """Return a group, most specific first and each place once, then the division and country the text names for it."""
    found: dict[tuple[str, str | None], Place] = {}
    for place in sorted(group, key=lambda p: _SPECIFIC[p.level]):
        found.setdefault((place.name, place.level), place)
    inner = next(iter(found.values()))
    wide = [p for p in places[: 4 * _WINDOW] if p.level in ("adm1", "country") and _holds(p, inner)]
    wide.sort(key=lambda p: _is_demonym(view, cues, p))  # "Syria" rather than "Syrian"
    holders = {p.level: p for p in reversed(wide)}
    for level in ("adm1", "country"):
        holder = holders.get(level)
        if holder is not None and not any(p.level == level for p in found.values()):
            found.setdefault((holder.name, holder.level), holder)
    return tuple(found.values())
