"""where: View -> places, resolved by what stands around them; and the places of a claim."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from math import log10
from typing import NamedTuple

from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack, common_words
from tollbook.model.place import Level, Place
from tollbook.world.gazetteer import Entry, Gazetteer, key_of

_LONGEST = 6  # words in a name
_SPECIFIC = {"point": 0, "locality": 1, None: 1, "adm2": 2, "adm1": 3, "region": 4, "country": 5}
_PRECISION = {"point": 1, "locality": 1, "adm2": 3, "adm1": 4, "region": 5, "country": 6}
_KNOWN_TOWN = 15_000  # people that make a town known enough to be meant where no word vouches for it


class _Cues(NamedTuple):
    """What English, say, has around the names of places."""

    demonyms: Lexicon[str]
    features: Lexicon[str]
    locative: frozenset[str]
    strong: frozenset[str]
    near: Lexicon[bool]
    directions: frozenset[str]
    titles: frozenset[str]
    organisations: frozenset[str]
    never: frozenset[str]
    of: frozenset[str]
    endings: tuple[str, ...]


@cache
def _cues(pack: Pack) -> _Cues:
    table, fold = pack.parts["names"], pack.fold
    cues = table.get("cues", {})
    small = pack.parts["words"].get("small", {})

    def words(key: str) -> frozenset[str]:
        return frozenset(fold(w) for w in cues.get(key, ()))

    return _Cues(
        Lexicon([(w, iso) for iso, forms in table.get("demonyms", {}).items() for w in forms], fold),
        Lexicon([(w, level) for level, forms in table.get("features", {}).items() for w in forms], fold),
        words("locative"),
        words("strong"),
        Lexicon([(w, True) for w in cues.get("near", ())], fold),
        words("directions"),
        words("titles"),
        words("organisations"),
        words("never"),
        frozenset(small.get("of", ())),
        tuple(small.get("possessive_endings", ())),
    )


class _Named(NamedTuple):
    """A stretch of words that may name a place: candidates from the gazetteer, and what stands beside it."""

    first: int
    last: int
    end: int  # offset, without a possessive ending
    entries: tuple[Entry, ...]
    feature: str | None
    near: bool
    demonym: bool


def find_places(view: View, pack: Pack, gazetteer: Gazetteer, country: str | None = None) -> tuple[Place, ...]:
    """Find every place a text names, in its order; those in no gazetteer keep their name and take the context's country.

    `country` is an ISO code that the report is known to be about.
    """
    named = _Walker(view, pack, gazetteer).walk()
    context = _context(named, country)
    chosen: dict[str, Entry] = {}
    places: list[Place] = []
    for i, name in enumerate(named):
        entry = _choose(name, named, i, context, chosen)
        places.append(_place(view, name, entry, context, named, i))
    return tuple(places)


class _Walker:
    """Goes over the words once and gathers what may be a place."""

    def __init__(self, view: View, pack: Pack, gazetteer: Gazetteer) -> None:
        self.view, self.gazetteer, self.cues = view, gazetteer, _cues(pack)
        self.common = common_words(pack)

    def walk(self) -> list[_Named]:
        found: list[_Named] = []
        for index, (first, last) in enumerate(self.view.sentences):
            upper = self.view.upper[index]
            i = first
            while i < last:
                word = self.view.words[i]
                if word[0].isupper() or (word[0].isalpha() and not word[0].isascii()):
                    name = self._at(i, first, last, upper)
                    if name is not None:
                        found.append(name)
                        i = name.last + 1
                        continue
                    i = self._skip(i, last, upper)
                i += 1
        return found

    def _skip(self, i: int, last: int, upper: bool) -> int:
        """Pass over the rest of a capitalised run that is no place, so that its pieces are not tried."""
        return i

    def _at(self, i: int, first: int, last: int, upper: bool) -> _Named | None:
        view, cues, folded = self.view, self.cues, self.view.folded
        demonym = cues.demonyms.at(folded, i, last)
        limit = self._run(i, last, upper)
        for j in range(limit, i - 1, -1):
            if demonym is not None and j <= demonym.last:
                break
            end, key = self._key(i, j)
            entries = self.gazetteer.find(key) if len(key) > 1 else ()
            if entries and self._plausible(i, j, first, limit, entries, upper):
                return _Named(i, j, end, entries, self._feature(i, j, first, last), self._near(i, first), False)
        if demonym is not None:
            country = self.gazetteer.country(demonym.sense)
            if country is not None:
                end = view.ends[demonym.last]
                return _Named(i, demonym.last, end, (country,), None, False, True)
        return self._unknown(i, limit, first, last, upper)

    def _run(self, i: int, last: int, upper: bool) -> int:
        """Return the last word of the capitalised run that begins at word i, small joining words included."""
        view, words = self.view, self.view.words
        j = i
        while j + 1 < last and j - i < _LONGEST:
            following = words[j + 1]
            if upper:
                glued = following in "-'’" and view.starts[j + 1] == view.ends[j]
                if not (following[0].isalpha() or glued) or following.lower() in self.cues.locative:
                    break
                j += 1
            elif following[0].isupper():
                j += 1
            elif j + 2 < last and words[j + 2][0].isupper() and (following in "-–'’" or following in ("of", "de", "la", "al", "and", "el", "del", "es", "ez", "des", "du", "d")):
                if following == "and" and j + 2 - i > 3:
                    break
                j += 2
            else:
                break
        while j > i and not words[j][0].isalnum():
            j -= 1
        return j

    def _key(self, i: int, j: int) -> tuple[int, str]:
        """Return the end offset without a possessive ending, and the key of words i..j."""
        view = self.view
        end = view.ends[j]
        text = view.text[view.starts[i] : end]
        for ending in self.cues.endings:
            for mark in (ending, ending.replace("'", "’")):
                if text.lower().endswith(mark):
                    text = text[: -len(mark)]
                    return end - len(mark), key_of(text)
        return end, key_of(text)

    def _plausible(self, i: int, j: int, first: int, limit: int, entries: Sequence[Entry], upper: bool) -> bool:
        """Tell whether a name found in the gazetteer is meant as a place here."""
        view, cues, folded = self.view, self.cues, self.view.folded
        best = entries[0]
        single = i == j
        known = best.level in ("country", "region") or (best.level == "adm1" and best.population > 100_000)
        if all(folded[k] in cues.never or not folded[k][0].isalpha() for k in range(i, j + 1)):
            return False
        before = folded[i - 1] if i > first else ""
        if before == "." and i - 2 >= first:
            before = folded[i - 2]
        if before in cues.titles or (before == "-" and not known):
            return False
        vouched = before in cues.locative or self._feature(i, j, first, self._sentence_end(i)) is not None
        inside_run = i > first and view.words[i - 1][0].isupper() and not upper and before not in cues.directions and view.ends[i - 1] + 1 >= view.starts[i]
        if inside_run and not known and cues.demonyms.get(before) is None:
            return False
        follows = j < limit and view.words[j + 1][0].isupper() and not upper
        if follows and not known and self._feature(i, j, first, self._sentence_end(i)) is None:
            return False
        if j + 1 < len(folded) and folded[j + 1] in cues.organisations and best.level not in ("country",):
            if not (folded[j + 1] in ("said", "says", "told") and known):
                return vouched and folded[j + 1] not in ("university", "times", "post", "daily", "said")
        plain = single and folded[i] in self.common
        if upper:
            if plain or (single and len(folded[i]) < 4 and best.level != "country"):
                return best.level in ("country", "region") and not plain
            return known or vouched or best.population >= 50_000 * (1 if single else 0.2)
        if plain and not known:
            return vouched and i > first and best.population >= 5_000
        if plain and i == first:
            return best.level == "country"
        if len(folded[i]) < 3 and single:
            return best.level == "country"
        return known or vouched or best.population >= _KNOWN_TOWN or not single

    def _sentence_end(self, i: int) -> int:
        return self.view.sentences[self.view.sentence_at(i)][1]

    def _feature(self, i: int, j: int, first: int, last: int) -> str | None:
        """Return the level that a word of kind beside the name gives: "province of X", "X and Y provinces"."""
        cues, folded = self.cues, self.view.folded
        if j + 1 < last:
            hit = cues.features.at(folded, j + 1, last)
            if hit is not None:
                return hit.sense
        k = i - 1
        if k > first and folded[k] in cues.of:
            hit = cues.features.at(folded, k - 1, k)
            if hit is not None:
                return hit.sense
        return None

    def _near(self, i: int, first: int) -> bool:
        """Tell whether the words before a name put the place near it."""
        for k in range(max(first, i - 5), i):
            hit = self.cues.near.at(self.view.folded, k, i)
            if hit is not None and hit.last == i - 1:
                return True
        return False

    def _unknown(self, i: int, limit: int, first: int, last: int, upper: bool) -> _Named | None:
        """Keep a name that no gazetteer knows where the words around it say it is a place."""
        cues, folded, view = self.cues, self.view.folded, self.view
        before = folded[i - 1] if i > first else ""
        j = limit
        while j > i and (folded[j] in cues.organisations or view.words[j][0].islower()):
            j -= 1
        feature = self._feature(i, j, first, last)
        if upper or folded[i] in cues.never or (folded[i] in self.common and i == j) or before in cues.titles:
            if not (upper and feature and folded[i] not in self.common):
                return None
        if any(folded[k] in cues.organisations for k in range(i, min(limit + 2, last))) and feature is None:
            return None
        if feature is None and (before not in cues.strong or (i == j and len(folded[i]) < 4) or view.words[i].isupper()):
            return None
        if all(folded[k] in self.common for k in range(i, j + 1) if folded[k][0].isalpha()) and feature is None:
            return None
        end, _ = self._key(i, j)
        return _Named(i, j, end, (), feature, self._near(i, first), False)


# ---------------------------------------------------------------- which place is meant


def _context(named: Sequence[_Named], country: str | None) -> Counter[str]:
    """Weigh the countries a text is about: those it names, and those of names that are of one country only."""
    weights: Counter[str] = Counter()
    for order, name in enumerate(named):
        early = 1.5 if order < 6 else 1.0
        if not name.entries:
            continue
        top = name.entries[0]
        if top.level == "country":
            weights[top.country] += (1 if name.demonym else 2) * early  # type: ignore[assignment]  # weights are real
        elif len({e.country for e in name.entries}) == 1 and top.country:
            weights[top.country] += early  # type: ignore[assignment]  # as above
    if country:
        weights[country] += 10
    return weights


def _choose(
    name: _Named, named: Sequence[_Named], i: int, context: Counter[str], chosen: dict[str, Entry]
) -> Entry | None:
    """Choose among places of one name: by kind, by what holds it, by the countries of the text, by size."""
    if len(name.entries) <= 1:
        return name.entries[0] if name.entries else None
    key = "|".join((name.entries[0].id, name.feature or ""))
    neighbour = named[i + 1] if i + 1 < len(named) and named[i + 1].first - name.last <= 3 else None
    feature = name.feature or _shared_feature(named, i)
    total = sum(context.values()) or 1
    holders = {key_of(e.name) for e in neighbour.entries[:3]} if neighbour else set()
    countries = {e.country for e in neighbour.entries[:1] if e.level == "country"} if neighbour else set()
    if key in chosen and not holders:
        return chosen[key]
    largest = max((e.population for e in name.entries if e.level == "locality"), default=0)

    def score(entry: Entry) -> float:
        points = log10(entry.population + 500) + (0 if entry.main else -1.2)
        points += 3.5 * min(1.0, 2 * context[entry.country] / total) if entry.level != "country" else 4
        if entry.level == "region":
            points += 2
        if entry.level == "adm1":
            points += 1 if entry.population > 6 * largest else -0.6
        if entry.level == "adm2":
            points += 2 if entry.population == 0 and largest == 0 else 0
        if feature is not None:
            points += 3 if entry.level == feature else -1 if entry.level in ("adm1", "adm2", "locality") else 0
        if entry.adm1 and key_of(entry.adm1) in holders:
            points += 4
        if entry.country in countries:
            points += 4
        return points

    best = max(name.entries, key=score)
    chosen.setdefault(key, best)
    return best


def _shared_feature(named: Sequence[_Named], i: int) -> str | None:
    """Return the kind that a list shares: "provinces of Latakia and Tartus", "Aleppo and Idlib provinces"."""
    for step in (-1, 1):
        k, distance = i, 0
        while 0 <= k + step < len(named) and distance < 4:
            gap = named[k + step].first - named[k].last if step > 0 else named[k].first - named[k + step].last
            if gap > 3:
                break
            k += step
            distance += 1
            if named[k].feature is not None:
                return named[k].feature
    return None


def _place(
    view: View, name: _Named, entry: Entry | None, context: Counter[str], named: Sequence[_Named], i: int
) -> Place:
    start = view.starts[name.first]
    quote = view.text[start : name.end]
    if entry is None:
        country = context.most_common(1)[0][0] if context else None
        near = [n for n in named[max(0, i - 2) : i + 3] if n.entries and n.entries[0].level == "adm1"]
        holder = next((e for n in near for e in n.entries if e.level == "adm1" and e.country == country), None)
        feature = name.feature if name.feature in ("adm1", "adm2") else "locality"
        return Place(quote, start, name.end, quote, feature, country, holder.name if holder else None)  # type: ignore[arg-type]  # a Level
    level: Level = entry.level  # type: ignore[assignment]  # the index keeps Levels
    precision = 2 if name.near and level == "locality" else _PRECISION[level]
    return Place(
        quote, start, name.end, entry.name, level, entry.country or None, entry.adm1 or None,
        entry.lat, entry.lon, entry.id, precision,
    )


# ---------------------------------------------------------------- the places of a claim


def places_for(view: View, pack: Pack, places: Sequence[Place], start: int, end: int) -> tuple[Place, ...]:
    """Return the places of words at text[start:end], most specific first: of their sentence, else carried over.

    Words such as "Syrian" name a place only where no other does.
    """
    if not places or not view.starts:
        return ()
    sentence = view.sentence_at(view.word_at(start))
    for back in range(4):
        if sentence - back < 0:
            break
        span = view.sentence_span(sentence - back)
        here = [p for p in places if span.start <= p.start < span.end]
        named = [p for p in here if not _is_demonym(pack, p)]
        if named and (back == 0 or any(p.level not in ("country", "region") for p in named)):
            return _ordered(named, start, end)
    lead = [p for p in places if not _is_demonym(pack, p)][:6] or list(places[:3])
    return _ordered(lead[:3], start, end)


def _is_demonym(pack: Pack, place: Place) -> bool:
    return place.level == "country" and _cues(pack).demonyms.get(pack.fold(place.quote)) is not None


def _ordered(places: Sequence[Place], start: int, end: int) -> tuple[Place, ...]:
    """Sort by how specific a place is, then by how near it stands; one entry a place."""

    def rank(place: Place) -> tuple[int, int]:
        distance = max(place.start - end, start - place.end, 0)
        return _SPECIFIC[place.level], distance

    seen: set[str] = set()
    out = []
    for place in sorted(places, key=rank):
        if place.name not in seen:
            seen.add(place.name)
            out.append(place)
    return tuple(out[:4])
