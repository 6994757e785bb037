"""names: View -> the stretches that may name places, with what stands beside them.

Each stretch gets a belief: points for what it is (a country, a large town) and for what stands around it (a preposition
of place, a word of kind), less what speaks for a person, an organisation or an ordinary word (`belief`).
"""

from dataclasses import dataclass

from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.stages._place_cues import STRONG
from tollbook.stages._place_marks import (
    closed_behind_in,
    closed_by_kind,
    is_dateline,
    is_measured,
    is_title,
    most_points,
    particle_before,
    sizes_of,
)
from tollbook.stages._where.belief import Belief
from tollbook.stages._where.starts import (
    DULL,
    HYPHENS,
    JOINTS,
    LINKS,
    NAMES,
    NAMING,
    ORDINARY,
    OTHER,
    UNKNOWN,
    UNTOLD,
    Alone,
    PlaceMarks,
    alone_of,
    begun_of,
    longer_of,
    place_marks_of,
    unpossessed,
)
from tollbook.world.gazetteer import Entry, Gazetteer, key_of

_WIDE = ("country", "region", "waters", "adm1")
_LANDS = ("country", "region")
_WIDEST = (*_LANDS, "waters")
_SMALL = 100_000  # people of a town up to which its name may be only the beginning of another
_TOWNS = ("locality",)
_RUN = 10  # words from the first of a name to the one behind it, at the most


@dataclass(slots=True)
class Named:
    """A stretch of words that may name a place; `entries` is empty for a name that no gazetteer knows."""

    first: int
    last: int
    end: int  # offset, without a possessive ending
    key: str
    entries: tuple[Entry, ...]
    belief: float
    cue: float
    feature: str | None
    demonym: bool
    sentence: int


_Known = tuple[int, int, str, tuple[Entry, ...]]  # last word, end offset, key and places of a name


class Walker(Belief):
    """Goes over the words of a text once and gathers what may be a place."""

    def __init__(self, view: View, pack: Pack, gazetteer: Gazetteer) -> None:
        """Take a text, the language it is in, and the gazetteer to look up."""
        super().__init__(view, pack, gazetteer)
        self.marks = PlaceMarks(view.marks(place_marks_of(pack, gazetteer)))
        self._sizes, self._alone = sizes_of(gazetteer), alone_of(pack, gazetteer)
        self._longer = longer_of(pack, gazetteer)
        self._begun = begun_of(pack, gazetteer, False), begun_of(pack, gazetteer, True)

    def walk(self) -> list[Named]:
        """Return the stretches in text order, none overlapping another."""
        found: list[Named] = []
        for index, (first, last) in enumerate(self.view.sentences):
            shouted = self.view.upper[index]
            if not shouted:
                capitals = self.marks.capitals(first, last)
                if not capitals:
                    continue
                shouted = 2 * capitals >= last - first and is_title(self.view, self.cues, first, last)
            self._sentence, self._first, self._last, self._shouted = index, first, last, shouted
            self._walk(found)
        return found

    def _walk(self, found: list[Named]) -> None:
        """Add the stretches of the present sentence."""
        words, folded, runs = self._words, self._folded, self.cues.runs.firsts
        shouted, last, letters, free = self._shouted, self._last, self.marks.letters, self._first
        pairs, untold = self._begun[shouted], UNTOLD if shouted else NAMING
        for i in self.marks.starts(free, last, shouted):
            if i < free:
                continue
            hyphened = letters[i - 1] in HYPHENS
            begun = untold
            if i + 1 < last:
                if not hyphened and not (begun := pairs[words[i], words[i + 1]]):
                    continue
            elif shouted and letters[i] == DULL:
                continue  # what it stands before is another sentence
            named = None
            if hyphened:
                start = particle_before(self.view, self.cues, i, max(self._first, free))
                behind = None if start is None else self._no_place(start)
                if behind is not None and behind > i:
                    free = behind  # al-Shabab
                    continue
                if start is not None and behind == start:
                    named = self._with_particle(start, i)
            if named is None:
                if folded[i] in runs and (over := self._no_place(i)) > i:
                    free = over
                    continue
                named = self._unknown(i) if letters[i] in UNKNOWN else self._at(i, begun)
            if named is not None:
                found.append(named)
                free = named.last + 1

    def _with_particle(self, start: int, i: int) -> Named | None:
        """Return what the particle at `start` and the words from i on name, if it may be a place."""
        words = self._words
        known = self._known(
            start, self._alone[words[start]], self._shouted and self._is_ordinary(start), True
        )
        if known is None or known[0] < i:  # As is a town, but not in As-Safa
            longer = i + 1 < self._last and self._longer[words[i], words[i + 1]]
            known = self._known(i, self._alone[words[i]], self._shouted and self._is_ordinary(i), longer)
        if known is not None:
            return self._weighed(start, *known)
        j = self._run(i)
        feature, cue = self._beside(start, j)
        if feature is None and cue < STRONG:
            return None
        end, _ = self._unpossessed(j)
        points = cue - self._persons_or_bodies(start, j, end, False)
        key = key_of(self.view.text[self.view.starts[start] : end])
        return Named(
            start,
            j,
            end,
            key,
            (),
            points,
            cue,
            feature,
            False,
            self._sentence,
        )

    def _no_place(self, i: int) -> int:
        """Return the word after a name that only holds the name of a place ("Bank of X"); i itself for none."""
        if self._folded[i] not in self.cues.runs.firsts:
            return i
        hit = self.cues.runs.at(self._folded, i, self._last)
        if hit is None:
            return i
        holds = self._folded[hit.last] in self.cues.of
        return min(hit.last + 2, self._last) if holds else hit.last + 1

    # ------------------------------------------------------------ what begins at a word

    def _at(self, i: int, begun: int) -> Named | None:
        """Return what the words from word i on name, if it may be a place; `begun` is what it is told to begin."""
        view, words = self.view, self._words
        alone = self._alone[words[i]]
        if not alone.begins:
            return None
        ordinary = begun == ORDINARY or (begun == UNTOLD and self._is_ordinary(i))
        if ordinary and alone.ordinary:
            return None
        longer = alone.most > 1 and i + 1 < self._last and self._longer[words[i], words[i + 1]]
        known: _Known | None
        if longer or alone.short or ordinary:
            known = self._known(i, alone, ordinary, longer)
        else:  # most
            known = (i, view.ends[i] - alone.cut, alone.own, alone.entries) if alone.entries else None
        if alone.never and (known is None or known[0] == i):
            return None
        demonym = self.cues.demonyms.at(view.folded, i, self._last) if alone.demonym else None
        if demonym is not None and (known is None or known[0] <= demonym.last):
            land = self.gazetteer.land(demonym.sense)
            if land:
                end = view.ends[demonym.last]
                return Named(i, demonym.last, end, land[0].id, land, 5.0, 0.0, None, True, self._sentence)
        if known is None:
            return self._unknown(i)
        if not self._shouted:
            closed = self._closed_by_kind(i) or 0  # "Pa Zi Gyi village", though there is a Pa
            if closed > known[0] or self._goes_on(i, known[0], known[3]):
                return self._unknown(i)
        return self._weighed(i, *known)

    def _goes_on(self, i: int, last: int, entries: tuple[Entry, ...]) -> bool:
        """Tell whether a small place's name is only the beginning of another: "in Mir Sado, North …", where there is a Mir."""
        behind = last + 1
        if behind >= self._last or not self._words[behind][0].isupper():  # most
            return False
        closed = closed_behind_in(self.view, self.cues, i, self._first, self._last)
        if closed is None or closed <= last or entries[0].level in _WIDE:
            return False
        if max(e.population for e in entries) > _SMALL:
            return False
        if self._folded[behind] in self.cues.given:
            return True
        wide = self.gazetteer.word(self._words[behind]).entries[:1]
        return not wide or wide[0].level not in _WIDE

    def _closed_by_kind(self, i: int) -> int | None:
        """Return the last of several capitals from word i on that a word of kind closes."""
        if i + 1 == self._last or self._shouted or not self._words[i + 1][0].isupper():  # most
            return None
        return closed_by_kind(self.view, self.cues, i, self._first, self._last, self._shouted)

    def _known(self, i: int, alone: Alone, ordinary: bool, longer: bool) -> _Known | None:
        """Return the longest name in the gazetteer that begins at word i; `longer`: one of several words may.

        None for one that is only ordinary, all being capitals, unless it abbreviates a division.
        """
        view, words, gazetteer = self.view, self._words, self.gazetteer
        entries = alone.entries
        if alone.short and (words[i].isupper() or (i > self._first and words[i - 1] == ",")):
            abbreviation = self.cues.abbreviations.at(view.folded, i, self._last)
            division = gazetteer.division(abbreviation.sense) if abbreviation is not None else None
            if abbreviation is not None and division is not None:
                return abbreviation.last, view.ends[abbreviation.last], division.id, (division,)
        if ordinary:
            return None
        end = view.ends[i] - alone.cut
        best = (i, end, alone.own, entries) if entries else None
        if not longer:
            return best
        k, count, longest, key, most = i, 1, 0, alone.key, alone.most
        while count < (longest or most) and k + 1 < self._last:
            k += 1
            token = words[k]
            if not token[0].isalnum():
                if token in JOINTS and view.starts[k] == view.ends[k - 1]:
                    continue
                break
            end, surface = self._unpossessed(k)
            following = gazetteer.word(surface).key
            if not following:
                break
            key, count = f"{key} {following}", count + following.count(" ") + 1
            if not longest:
                longest = gazetteer.reach(key if key.count(" ") == 1 else " ".join(key.split(" ", 2)[:2]))
                if not longest:
                    break
            entries = gazetteer.find(key)
            if entries and self._may_end(i, k, entries[0]):
                best = (k, end, key, entries)
            if end != view.ends[k]:
                break
        return None if best is not None and self._is_half(best[0], best[3][0]) else best

    def _is_half(self, k: int, entry: Entry) -> bool:
        """Tell whether a town's name that ends at word k is only half of one that no gazetteer has: "Pont-Sonde"."""
        words, view = self._words, self.view
        if entry.level not in _TOWNS or self._shouted or k + 2 >= self._last or words[k + 1] not in JOINTS:
            return False
        joined = view.starts[k + 1] == view.ends[k] and view.starts[k + 2] == view.ends[k + 1]
        return joined and words[k + 2][0].isupper() and not self.gazetteer.word(words[k + 2]).entries

    def _may_end(self, i: int, k: int, entry: Entry) -> bool:
        """Tell whether words i..k, as they are written, may be the name of a place that bears it."""
        if self._shouted:
            return not self._all_ordinary(i, k)
        return not self._words[k].islower() or entry.level in ("region", "waters")

    def _unpossessed(self, k: int) -> tuple[int, str]:
        """Return end offset and letters of word k without a possessive ending."""
        word, end = self._words[k], self.view.ends[k]
        if word.isalnum():  # it has no ending, as most
            return end, word
        plain = unpossessed(self.cues, word)
        return end - len(word) + len(plain), plain

    # ------------------------------------------------------------ how far it is believed

    def _weighed(self, i: int, j: int, end: int, key: str, entries: tuple[Entry, ...]) -> Named | None:
        """Return a name of the gazetteer with its belief; None when it cannot be meant."""
        view, single, shouted = self.view, i == j, self._shouted
        alone = self._alone[self._words[i]]
        if end != view.ends[j] and self._folded[i] in self.cues.saints:
            return None  # "Saint George's" is a church
        level = entries[0].level
        wide = level in _WIDEST
        dateline = i == self._first and is_dateline(view, i, j, i, self._last, shouted)
        if single and alone.capitals and not (shouted or dateline):
            if self._is_acronym(i, level):  # few
                return None
        if wide:
            points = 5.0 if level == "country" else 4.0
        elif (size := self._sizes.get(key)) is not None:  # most
            points = size
        else:
            points = most_points(self._sizes, key, entries)
        feature, cue = self._beside(i, j)
        points += cue + (STRONG if dateline else 0.0)
        if not single:
            points += 1.5
        else:
            if not wide:
                points -= alone.against[shouted]
            if i == self._first and alone.common:
                points -= 2.0
        points -= self._persons_or_bodies(i, j, end, wide)
        return Named(i, j, end, key, entries, points, cue, feature, False, self._sentence)

    # ------------------------------------------------------------ names in no gazetteer

    def _unknown(self, i: int) -> Named | None:
        """Return a name that no gazetteer knows where the words beside it can make it a place."""
        cues, view, folded = self.cues, self.view, self._folded
        if self._shouted and not self._may_be_kind(i):  # most
            return None
        if cues.locative.get(folded[i], 0.0) >= STRONG:  # "12 May: In Nyala city"
            return None
        kind = self._closed_by_kind(i)
        if kind is None and not self._shouted:
            kind = closed_behind_in(view, cues, i, self._first, self._last)
        if kind is None and not self._alone[view.words[i]].named:
            return None
        j = self._run(i) if kind is None else kind
        if self._shouted and not self._may_be_told(i, j):
            return None
        if i == j and self._is_identity(folded[i]):
            return None  # Alawite villages
        feature, cue = self._beside(i, j)
        if feature is None and self._shouted and cue < 3.0:
            return None
        listed = i > self._first and folded[i - 1] in cues.joins
        comma = j + 2 < self._last and folded[j + 1] == "," and view.words[j + 2][0].isupper()
        area = j + 1 < self._last and folded[j + 1] in cues.around
        measured = is_measured(self.view, self.cues, j, self._last)
        at = (
            i > self._first
            and self.cues.locative.get(folded[i - 1], 0.0) > 0.0
            and folded[i - 1] in cues.places_at
        )
        if feature is None and not (area and kind is not None):
            if folded[i] in cues.given or (folded[i - 1] in cues.definite and i > self._first):
                return None
            if cue < STRONG and not comma and not listed and not measured and not at:
                return None
        end, surface = self._unpossessed(j)
        if surface.isupper() and not self._shouted:
            return None
        cue += 2.0 * measured + 0.6 * at + (2.0 if area and kind is not None else 0.0)
        points = cue - self._persons_or_bodies(i, j, end, False) - 0.5 * listed
        key = key_of(view.text[view.starts[i] : end])
        return Named(i, j, end, key, (), points, cue, feature, False, self._sentence)

    def _may_be_kind(self, i: int) -> bool:
        """Tell whether words beside a name that begins at word i may make a place of it, however long it is."""
        behind = self._folded[i + 1 : i + _RUN]
        return self._is_led(i) or not self.cues.features.firsts.isdisjoint(behind)

    def _is_led(self, i: int) -> bool:
        """Tell whether "of" or a direction stands before word i."""
        if i == self._first:
            return False
        before = self._folded[i - 1]
        return before in self.cues.of or before in self.cues.directions

    def _may_be_told(self, i: int, j: int) -> bool:
        """Tell whether the words beside i..j can make a place of it where all is in capitals."""
        if self._is_led(i):
            return True
        return j + 1 < self._last and self._folded[j + 1] in self.cues.features.firsts

    def _run(self, i: int) -> int:
        """Return the last word of the names that follow one another from word i on, hyphens and particles included."""
        view, words, names, last, j = self.view, self._words, self._names, self._last, i
        while j + 1 < last and j - i < 6:
            k = j + 1
            letter = names[words[k]]
            if letter == OTHER or self._unpossessed(j)[0] != view.ends[j]:  # most
                break
            while letter in LINKS and k + 1 < last and k - j < 3:
                k += 1
                letter = names[words[k]]
            if letter not in NAMES or "\n\n" in view.text[view.ends[j] : view.starts[k]]:
                break
            j = k
        return j
