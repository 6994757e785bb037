"""locate: the words of a claim -> its places, most specific first."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from tollbook.grammar.view import View
from tollbook.model.claim import Claim
from tollbook.model.place import Place
from tollbook.stages._locate.listed import listed_with
from tollbook.stages._locate.parts import headed_by, of_part
from tollbook.stages._locate.proper_places import does_something, is_abroad, is_demonym, named_places
from tollbook.stages._locate.sites import WINDOW, Parted, Sites, Stretch, is_cued, split_whence
from tollbook.stages._locate.whereabouts import only_whereabouts, stands_behind
from tollbook.stages._place_cues import Cues, governs

_SPECIFIC = {"point": 0, "locality": 1, None: 1, "adm2": 2, "adm1": 3, "region": 4, "country": 5}
_BACK = 3  # sentences looked back for the place of a sentence that names none
_BEHIND = 1.5  # a place before a claim counts as so much farther than one behind it
_UNCUED, _SPOKEN = (
    80,
    250,
)  # characters added for a place that nothing says it happened at; for where somebody spoke
_NARROW = ("point", "locality", "adm2")
_INSIDE = 3  # words from a place that no gazetteer has to the town it is in
_BRACKET = 6  # characters between a place and the figure behind it, in brackets or with a preposition
_NAMED = 4  # words from the name of a place to the word for the house that bears it
_SPEAKER = 7  # words of somebody who speaks, with his verb

_START = attrgetter("start")


def places_for(sites: Sites, start: int, end: int) -> tuple[Place, ...]:
    """Return the places of what text[start:end] tells, most specific first, followed by what contains them.

    They are those of its own sentence, the nearest first; else of the sentences before it, else of the report's
    opening. Words such as "Syrian" count only where nothing else names a place, and where somebody speaks or comes from
    only where the text has no other.
    """
    view, cues = sites.view, sites.cues
    if not sites.places or not view.starts:
        return ()
    index = view.sentence_at(view.word_at(start))
    told: list[Place] = []
    for back in range(min(_BACK, index) + 1):
        if not sites.within(index - back):  # most
            continue
        here, whence = _by_itself(sites, index - back, start, back > 0)
        if not here and not whence:
            continue
        bounds = view.bounds(index - back)
        here = _of_event(view, cues, here if back else of_part(view, cues, here, bounds, start), sites.places)
        inside = _of_speakers(here, sites.speakers, bounds)
        here = [p for p in here if p not in inside and not only_whereabouts(view, cues, p)]
        again = not back and view.folded[max(0, view.word_at(start) - 1)] in cues.definite  # "the 27 deaths"
        here = here or ([] if back or again else [p for p in inside if _is_governed(view, cues, p)])
        if back and told and here and told[0].country not in (None, here[0].country):
            break  # somebody in another country speaks of what happened there
        told = told or [p for p in inside if p.lat is not None] or whence  # "doctors at Bashair hospital"
        if here:
            best = _nearest(view, cues, here, start, end) if not back else _first(view, cues, here)
            return _with_holders(sites, best)
    opening = _opening(sites, index)
    wide = not opening or opening[0].level in ("country", "region")
    if told and (wide or told[0].country not in (None, opening[0].country)):
        opening = told[:1]
    return _with_holders(sites, opening)


def _by_itself(sites: Sites, index: int, start: int, before: bool) -> Parted:
    """Return the places of a sentence that do not only say where another is; and that which the report was sent from.

    Of one before the claim's own (`before`) only narrow ones, or the country that it opens with.
    """
    view, cues = sites.view, sites.cues
    if before:
        named = sites.named(index, start)
        here = [p for p in named if p.level not in ("country", "region")]
        here = here or headed_by(view, cues, named, index, start)
        here, whence = split_whence(view, cues, index, here)
    else:
        here, whence = sites.parted(index, start)
    return _not_bearings(view, cues, here) or here[: not whence], whence


def _of_speakers(here: Sequence[Place], speakers: Sequence[Stretch], bounds: Stretch) -> Sequence[Place]:
    """Return the places of a sentence that only say who speaks: "the hospital in X said"."""
    begin, stop = bounds
    first = bisect_left(speakers, (begin, 0)) if here else 0
    near = speakers[first : bisect_left(speakers, (stop, 0), first)] if here else ()
    return [p for p in here if any(a <= p.start and p.end <= b for a, b in near)] if near else ()


def _is_governed(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether who speaks governs a place, and so tells of what happened there."""
    return governs(view.folded, cues, view.word_at(place.start), view.word_at(place.end - 1))


def place_before(sites: Sites, at: int) -> tuple[Place, ...]:
    """Return the place whose name ends right before an offset, with what holds it; none where no name stands there.

    So a figure in brackets has its place: "Hama (3), Suran (3)"; and one behind a preposition: "followed by Hama with 3".
    """
    k = bisect_left(sites.places, at, key=_START) - 1
    if k < 0 or not 0 <= at - sites.places[k].end <= _BRACKET:
        return ()
    return _with_holders(sites, [sites.places[k]])


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


def _of_event(view: View, cues: Cues, here: list[Place], places: Sequence[Place]) -> list[Place]:
    """Leave out places that only name something, or say where somebody speaks, where others stand beside them.

    "died in Fallujah hospital", "Israel's border zone in Lebanon", "In Colombo, sources said … near Jaffna". A hospital that
    bears the name of a place in a country the text is not about says nothing of where it is.
    """
    named = [p for p in here if _is_house(view, cues, p)]
    if named and len(named) == len(here):
        about = _main_country(places)
        return [p for p in here if about is None or p.country in (None, about)]
    rest = _beside_houses(here, named) if named else here
    events = [p for p in rest if not _owns(view, cues, p)]
    if all(p.level == "country" for p in events):
        events = rest
    if len(events) > 1 and _speaks_from(view, cues, events[0]):
        return events[1:]
    return events


def _beside_houses(here: list[Place], named: Sequence[Place]) -> list[Place]:
    """Leave out places that only name a house, where others stand beside them that are as narrow."""
    rest = [p for p in here if p not in named]
    divisions = {p.adm1 or p.name for p in rest if p.level == "adm1"}
    apart = bool(divisions) and all(p.adm1 not in divisions for p in named)  # "Tripoli Street in Misrata"
    if not apart and not any(p.level in _NARROW for p in rest):
        return here  # "the strike on Kunduz hospital in Afghanistan"
    return rest


def _is_house(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a place's name is only that of a house or street: a word for one ends it, "the Paradise Food Plaza"."""
    k, end = view.word_at(place.end), place.end
    if k >= len(view.words) or not 0 <= view.starts[k] - end <= 1:  # most
        return False
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
    for place in places[:WINDOW]:
        if place.country:
            counts[place.country] = counts.get(place.country, 0) + 1
    return max(counts, key=lambda c: counts[c], default=None)


def _owns(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a country only owns what follows: "Israel's border zone in Lebanon"."""
    if place.level != "country":
        return False
    return view.folded[view.word_at(place.end - 1)].endswith(cues.endings)


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
    kept = [p for p in here if not _is_bearing(view, cues, p)] if here else []
    if len(kept) == len(here):  # most
        return kept
    wide = bool(kept) and all(p.level in ("adm1", "region", "country") for p in kept)
    held = wide and any(p not in kept and any(_holds(k, p) for k in kept) for p in here)
    return list(here) if held else kept


def _is_bearing(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a place only says where another lies: "south of X", "the border with X"."""
    return stands_behind(view, cues.bearing, view.word_at(place.start))


def _first(view: View, cues: Cues, here: Sequence[Place]) -> list[Place]:
    """Return the first group of places of an earlier sentence, one that says where something happened if it can."""
    groups = _groups(view, cues, here)
    if len(groups) == 1:
        return groups[0]
    return next((g for g in groups if is_cued(view, cues, g[0])), groups[0])


def _nearest(view: View, cues: Cues, here: Sequence[Place], start: int, end: int) -> list[Place]:
    """Return the group of places, one inside or beside the other, that stands nearest to the words of a claim."""
    groups = _groups(view, cues, here)
    if len(groups) == 1:
        return groups[0]
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
    kind = 1 < len(gap) <= _INSIDE and cues.features.get(gap[-2]) is not None
    if kind and before.level in _NARROW and before.country == after.country:
        wider = _SPECIFIC[after.level] > _SPECIFIC[before.level]
        if gap[-1] in cues.locative if gap[-1] not in cues.of else wider:
            return True  # "Shatila refugee camp in Beirut"
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
    cued = any(map(cues.locative.__contains__, before)) or first.level not in ("country", "region")
    spoken = len(between) <= 60 and not cues.said.isdisjoint(view.folded[between.start : between.stop])
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


def _opening(sites: Sites, index: int) -> list[Place]:
    """Return the places of the first sentence that names one, a dateline or lead; failing that, what words point to.

    A town or a division is better than a country.
    """
    view, cues, places = sites.view, sites.cues, sites.places
    wide: list[Place] = []
    sent: list[Place] = []
    for sentence in [*range(min(4, index)), *range(index + 1, min(index + 4, len(view.sentences)))]:
        if not sites.within(sentence):  # most
            continue
        here, whence = sites.parted(sentence, view.starts[view.sentences[sentence][0]])
        sent = sent or whence
        here = [p for p in here if not _owns(view, cues, p)] or here  # "in Yemen's Saada province"
        inner = [p for p in here if p.level not in ("country", "region")]
        if inner and here and inner[0] is here[0]:
            return _listed(view, cues, inner)
        wide = wide or here[:2]
    if sent or wide:
        return sent[:1] or wide
    proper = named_places(view, cues, places[:WINDOW])
    return (
        proper[:1]
        or [p for p in places[:WINDOW] if not (does_something(view, cues, p) or is_abroad(view, cues, p))][:1]
    )


def _listed(view: View, cues: Cues, here: Sequence[Place]) -> list[Place]:
    """Return the first place and those of its level joined to it: "the provinces of Latakia and Tartus"."""
    first, *rest = _groups(view, cues, here)[0]
    return [first, *(p for p in rest if p.level == first.level)]


def _with_holders(sites: Sites, group: Sequence[Place]) -> tuple[Place, ...]:
    """Return a group, most specific first and each place once, then the division and country the text names for it."""
    found: dict[tuple[str, str | None], Place] = {}
    for place in sorted(group, key=_specific) if len(group) > 1 else group:
        found.setdefault((place.name, place.level), place)
    if not found:
        return ()
    inner = next(iter(found.values()))
    wide = [p for p in sites.wide() if p.country == inner.country and _holds(p, inner)]
    for level in ("adm1", "country") if wide else ():
        held = [p for p in wide if p.level == level]
        if held and not any(p.level == level for p in found.values()):
            # "Syria" rather than "Syrian"
            proper = (p for p in held if not is_demonym(sites.view, sites.cues, p))
            holder = next(proper, held[0]) if len(held) > 1 else held[0]
            found.setdefault((holder.name, holder.level), holder)
    return tuple(found.values())


def _specific(place: Place) -> int:
    return _SPECIFIC[place.level]
