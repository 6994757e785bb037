"""locate: the words of a claim -> its places, most specific first."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Claim
from tollbook.model.place import Place
from tollbook.stages._place_cues import Cues, cues_of
from tollbook.stages._place_listed import listed_with
from tollbook.stages._place_parts import headed_by, of_part
from tollbook.stages._proper_places import does_something, is_abroad, is_demonym, named_places
from tollbook.stages._whereabouts import only_whereabouts, stands_behind

_SPECIFIC = {"point": 0, "locality": 1, None: 1, "adm2": 2, "adm1": 3, "region": 4, "country": 5}
_BACK = 3  # sentences looked back for the place of a sentence that names none
_WINDOW = 24  # places on each side of a claim that can be its own: keeps endless sentences cheap
_BEHIND = 1.5  # a place before a claim counts as so much farther than one behind it
_UNCUED, _SPOKEN = (
    80,
    250,
)  # characters added for a place that nothing says it happened at; for where somebody spoke
_NARROW = ("point", "locality", "adm2")
_HEAD, _DATELINE = 3, 10  # sentences, and words of one, in which a report says whence it was sent
_INSIDE = 3  # words from a place that no gazetteer has to the town it is in
_BRACKET = 6  # characters between a place and the figure behind it, in brackets or with a preposition
_NAMED = 4  # words from the name of a place to the word for the house that bears it
_SPEAKER = 7  # words of somebody who speaks, with his verb

_START = attrgetter("start")

Stretch = tuple[int, int]


def places_for(
    view: View, pack: Pack, places: Sequence[Place], start: int, end: int, speakers: Sequence[Stretch] = ()
) -> tuple[Place, ...]:
    """Return the places of what text[start:end] tells, most specific first, followed by what contains them.

    They are those of its own sentence, the nearest first; else of the sentences before it, else of the report's
    opening. Words such as "Syrian" count only where nothing else names a place, and where somebody speaks or comes from
    only where the text has no other. `places` are in the order of the text; `speakers` are the stretches of those who
    speak in it, sorted.
    """
    if not places or not view.starts:
        return ()
    cues = cues_of(pack)
    index = view.sentence_at(view.word_at(start))
    told: list[Place] = []
    for back in range(min(_BACK, index) + 1):
        begin, stop = bounds = view.bounds(index - back)
        here = named_places(view, cues, _within(places, bounds, start))
        if back:
            headed = headed_by(view, cues, here, index - back, start)
            here = [p for p in here if p.level not in ("country", "region")] or headed
        here, whence = _split_whence(view, cues, index - back, here)
        here = _not_bearings(view, cues, here) or here[: not whence]
        here = _of_event(view, cues, here if back else of_part(view, cues, here, bounds, start), places)
        first = bisect_left(speakers, (begin, 0))
        near = speakers[first : bisect_left(speakers, (stop, 0), first)]
        inside = [p for p in here if _of_speaker(p, near)]
        here = [p for p in here if p not in inside and not only_whereabouts(view, cues, p)]
        if back and told and here and told[0].country not in (None, here[0].country):
            break  # somebody in another country speaks of what happened there
        told = told or [p for p in inside if p.lat is not None] or whence  # "doctors at Bashair hospital"
        if here:
            best = _nearest(view, cues, here, start, end) if not back else _first(view, cues, here)
            return _with_holders(view, cues, best, places)
    opening = _opening(view, cues, places, index)
    wide = not opening or opening[0].level in ("country", "region")
    if told and (wide or told[0].country not in (None, opening[0].country)):
        opening = told[:1]
    return _with_holders(view, cues, opening, places)


def place_before(view: View, pack: Pack, places: Sequence[Place], at: int) -> tuple[Place, ...]:
    """Return the place whose name ends right before an offset, with what holds it; none where no name stands there.

    So a figure in brackets has its place: "Hama (3), Suran (3)"; and one behind a preposition: "followed by Hama with 3".
    """
    k = bisect_left(places, at, key=_START) - 1
    if k < 0 or not 0 <= at - places[k].end <= _BRACKET:
        return ()
    return _with_holders(view, cues_of(pack), [places[k]], places)


def place_of_whole(whole: Claim, parts: Sequence[Claim]) -> tuple[Place, ...]:
    """Return the places of a total whose parts are told of several: what holds them all where it is named, else all.

    `parts` are those told in the total's own sentence; a total with a place of its own keeps it.
    """
    firsts = {c.where[0].name: c.where[0] for c in parts if c.where}
    if len(firsts) < 2 or not whole.where or whole.where[0].name not in firsts:  # several
        return whole.where
    wide = tuple(p for p in whole.where if p.level in ("region", "country") and p.name not in firsts)
    if any(p.level == "region" for p in wide):
        return wide
    held = {p.name: p for c in parts for p in c.where if p.level == "country"}
    return tuple({**firsts, **held, **{p.name: p for p in wide}}.values())


def _split_whence(
    view: View, cues: Cues, index: int, here: Sequence[Place]
) -> tuple[list[Place], list[Place]]:
    """Part the places of a sentence from that which the report was sent from, if another says where it was."""
    if index > _HEAD or not here:
        return list(here), []
    first, last = view.sentences[index]
    mark = next((k for k in range(first + 1, min(first + _DATELINE, last)) if view.words[k] in "(-–—:"), None)
    told = mark is not None and any(
        w[0].isalpha() for w in view.words[mark + 1 : last]
    )  # not the end of a row
    if mark is None or not told or not _all_places(view, here, first, mark):
        return list(here), []
    inner = [p for p in here if p.start > view.starts[mark]]
    whence = [p for p in here if p.start < view.starts[mark]]
    if (
        whence
        and inner
        and not any(p.level not in ("country", "region") or _is_cued(view, cues, p) for p in inner)
    ):
        return list(here), []
    return inner, whence


def _all_places(view: View, here: Sequence[Place], first: int, mark: int) -> bool:
    """Tell whether small words before a mark are all inside names of places: "GOMA, Democratic Republic of Congo - "."""
    small = [view.starts[k] for k in range(first, mark) if view.words[k][0].islower()]
    return all(any(p.start < at < p.end for p in here) for at in small)


def _of_event(view: View, cues: Cues, here: list[Place], places: Sequence[Place]) -> list[Place]:
    """Leave out places that only name something, or say where somebody speaks, where others stand beside them.

    "died in Fallujah hospital", "Israel's border zone in Lebanon", "In Colombo, sources said … near Jaffna". A hospital that
    bears the name of a place in a country the text is not about says nothing of where it is.
    """
    named = [p for p in here if _is_house(view, cues, p)]
    if named and len(named) == len(here):
        about = _main_country(places)
        return [p for p in here if about is None or p.country in (None, about)]
    rest = [p for p in here if p not in named]
    divisions = {p.adm1 or p.name for p in rest if p.level == "adm1"}
    apart = bool(divisions) and all(p.adm1 not in divisions for p in named)  # "Tripoli Street in Misrata"
    if not apart and not any(p.level in _NARROW for p in rest):
        rest = here  # "the strike on Kunduz hospital in Afghanistan"
    events = [p for p in rest if not _owns(view, cues, p)]
    if all(p.level == "country" for p in events):
        events = rest
    if len(events) > 1 and _speaks_from(view, cues, events[0]):
        return events[1:]
    return events


def _is_house(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a place's name is only that of a house or street: a word for one ends it, "the Paradise Food Plaza"."""
    k, end = view.word_at(place.end), place.end
    for n in range(k, min(k + _NAMED, len(view.words))):
        if not 0 <= view.starts[n] - end <= 1 or view.folded[n] in cues.of:
            return False
        if view.folded[n] in cues.buildings:
            return True
        if not view.words[n][0].isupper() or view.upper[view.sentence_at(n)]:
            return False
        end = view.ends[n]
    return False


def _main_country(places: Sequence[Place]) -> str | None:
    """Return the country in which most of the text's places lie."""
    counts: dict[str, int] = {}
    for place in places[:_WINDOW]:
        if place.country:
            counts[place.country] = counts.get(place.country, 0) + 1
    return max(counts, key=lambda c: counts[c], default=None)


def _owns(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a country only owns what follows: "Israel's border zone in Lebanon"."""
    owned = view.folded[view.word_at(place.end - 1)].endswith(cues.endings)
    return owned and place.level == "country"


def _speaks_from(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a place at the head of a sentence is that of somebody who speaks: "In Colombo, officials said …"."""
    word, k = view.word_at(place.start), view.word_at(place.end - 1) + 1
    first, last = view.sentences[view.sentence_at(word)]
    if word != first + 1 or view.folded[first] not in cues.locative or k >= last or view.words[k] != ",":
        return False
    for n in range(k + 1, min(k + 1 + _SPEAKER, last)):
        if view.folded[n] in cues.said:
            return True
        if not view.words[n][0].isalpha():
            return False
    return False


def _not_bearings(view: View, cues: Cues, here: Sequence[Place]) -> list[Place]:
    """Leave out places that only say where another lies, but for one in a wide place: "west of Rutbah, Anbar, Iraq"."""
    kept = [p for p in here if not _is_bearing(view, cues, p)]
    wide = bool(kept) and all(p.level in ("adm1", "region", "country") for p in kept)
    held = wide and any(p not in kept and any(_holds(k, p) for k in kept) for p in here)
    return list(here) if held else kept


def _is_bearing(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a place only says where another lies: "south of X", "the border with X"."""
    return stands_behind(view, cues.bearing, view.word_at(place.start))


def _of_speaker(place: Place, speakers: Sequence[Stretch]) -> bool:
    """Tell whether a place only says who speaks: "the hospital in X said"."""
    return any(a <= place.start and place.end <= b for a, b in speakers)


def _within(places: Sequence[Place], bounds: Stretch, near: int) -> Sequence[Place]:
    """Return the places inside a stretch; of very many only those about an offset."""
    first = bisect_left(places, bounds[0], key=_START)
    last = bisect_left(places, bounds[1], first, key=_START)
    if last - first > 2 * _WINDOW:
        middle = bisect_left(places, near, first, last, key=_START)
        first, last = max(first, middle - _WINDOW), min(last, middle + _WINDOW)
    return places[first:last]


def _first(view: View, cues: Cues, here: Sequence[Place]) -> list[Place]:
    """Return the first group of places of an earlier sentence, one that says where something happened if it can."""
    groups = _groups(view, cues, here)
    return next((g for g in groups if _is_cued(view, cues, g[0])), groups[0])


def _nearest(view: View, cues: Cues, here: Sequence[Place], start: int, end: int) -> list[Place]:
    """Return the group of places, one inside or beside the other, that stands nearest to the words of a claim."""
    groups = _groups(view, cues, here)
    listed = listed_with(view, cues, groups, start, end)
    return listed or min(groups, key=lambda group: _distance(view, cues, group, start, end))


def _groups(view: View, cues: Cues, here: Sequence[Place]) -> list[list[Place]]:
    """Return places in groups: one inside or beside the other."""
    groups: list[list[Place]] = []
    for place in here:
        if groups and _belongs(view, cues, groups[-1][-1], place):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _is_cued(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a preposition of place stands before a place."""
    word = view.word_at(place.start)
    return any(w in cues.locative for w in view.folded[max(0, word - 4) : word])


def _belongs(view: View, cues: Cues, before: Place, after: Place) -> bool:
    """Tell whether two places are one group: listed together, or one in the other, with little between them."""
    first, last = view.word_at(before.end), view.word_at(after.start)
    if last - first > 6:
        return False
    gap = view.folded[first:last]
    if all(word in cues.joins or word in cues.directions for word in gap):
        return True
    if any(word in cues.near for word in gap) and all(
        word in cues.near or word in cues.joins or cues.features.get(word) is not None for word in gap
    ):
        return True  # "the Zamzam camp near El Fasher"
    unknown = before.lat is None and after.level in _NARROW and before.level in _NARROW
    if unknown and any(word in cues.locative for word in gap) and last - first <= _INSIDE:
        return True  # "Ahram Camp in Radaa"
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
    wide = first.level in ("country", "region")
    return gap + (0 if cued else _UNCUED * (1 + wide)) + (_SPOKEN if spoken else 0)


def _speaks(view: View, cues: Cues, word: int) -> bool:
    """Tell whether the words right after a place are those of somebody there who speaks: "officials in X said"."""
    for k in range(word, min(word + 3, len(view.folded))):
        if view.folded[k] in cues.said:
            return True
        if not view.folded[k][0].isalpha():
            return False
    return False


def _opening(view: View, cues: Cues, places: Sequence[Place], index: int) -> list[Place]:
    """Return the places of the first sentence that names one, a dateline or lead; failing that, what words point to.

    A town or a division is better than a country.
    """
    wide: list[Place] = []
    sent: list[Place] = []
    for sentence in [*range(min(4, index)), *range(index + 1, min(index + 4, len(view.sentences)))]:
        bounds = view.bounds(sentence)
        inside = _within(places, bounds, bounds[0])
        here, whence = _split_whence(view, cues, sentence, named_places(view, cues, inside))
        sent = sent or whence
        here = [p for p in here if not _owns(view, cues, p)] or here  # "in Yemen's Saada province"
        inner = [p for p in here if p.level not in ("country", "region")]
        if inner and here and inner[0] is here[0]:
            return _listed(view, cues, inner)
        wide = wide or here[:2]
    if sent or wide:
        return sent[:1] or wide
    proper = named_places(view, cues, places[:_WINDOW])
    return (
        proper[:1]
        or [p for p in places[:_WINDOW] if not (does_something(view, cues, p) or is_abroad(view, cues, p))][
            :1
        ]
    )


def _listed(view: View, cues: Cues, here: Sequence[Place]) -> list[Place]:
    """Return the first place and those of its level joined to it: "the provinces of Latakia and Tartus"."""
    first, *rest = _groups(view, cues, here)[0]
    return [first, *(p for p in rest if p.level == first.level)]


def _with_holders(
    view: View, cues: Cues, group: Sequence[Place], places: Sequence[Place]
) -> tuple[Place, ...]:
    """Return a group, most specific first and each place once, then the division and country the text names for it."""
    found: dict[tuple[str, str | None], Place] = {}
    for place in sorted(group, key=lambda p: _SPECIFIC[p.level]):
        found.setdefault((place.name, place.level), place)
    if not found:
        return ()
    inner = next(iter(found.values()))
    wide = [p for p in places[: 4 * _WINDOW] if p.level in ("adm1", "country") and _holds(p, inner)]
    wide.sort(key=lambda p: is_demonym(view, cues, p))  # "Syria" rather than "Syrian"
    holders = {p.level: p for p in reversed(wide)}
    for level in ("adm1", "country"):
        holder = holders.get(level)
        if holder is not None and not any(p.level == level for p in found.values()):
            found.setdefault((holder.name, holder.level), holder)
    return tuple(found.values())
