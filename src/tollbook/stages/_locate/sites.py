"""sites: the places of a text by its sentences; what holds of them for every claim is told once."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.place import Place
from tollbook.stages._locate.proper_places import named_places
from tollbook.stages._place_cues import Cues, cues_of

WINDOW = 24  # places on each side of a claim that can be its own: keeps endless sentences cheap
_HEAD, _DATELINE = 3, 10  # sentences, and words of one, in which a report says whence it was sent
_START = attrgetter("start")

Stretch = tuple[int, int]
Parted = tuple[list[Place], list[Place]]  # the places of a sentence, and that which the report was sent from


class Sites:
    """The places of a text, in its order, and the stretches of those who speak in it, sorted."""

    __slots__ = ("_by_sentence", "_named", "_parted", "_wide", "cues", "places", "speakers", "view")

    def __init__(self, view: View, cues: Cues, places: Sequence[Place], speakers: Sequence[Stretch]) -> None:
        """Take the places, and who speaks."""
        self.view, self.cues, self.places, self.speakers = view, cues, places, speakers
        self._by_sentence: dict[int, list[Place]] | None = None
        self._named: dict[int, list[Place]] = {}
        self._parted: dict[int, Parted] = {}
        self._wide: list[Place] | None = None

    def within(self, index: int) -> Sequence[Place]:
        """Return all places of a sentence."""
        if self._by_sentence is None:
            self._by_sentence = {}
            word_at, sentence_at = self.view.word_at, self.view.sentence_at
            for place in self.places:
                self._by_sentence.setdefault(sentence_at(word_at(place.start)), []).append(place)
        return self._by_sentence.get(index, ())

    def named(self, index: int, near: int) -> list[Place]:
        """Return the places named in a sentence, of very many only those about an offset."""
        here = self.within(index)
        if len(here) > 2 * WINDOW:
            middle = bisect_left(here, near, key=_START)
            return named_places(self.view, self.cues, here[max(0, middle - WINDOW) : middle + WINDOW])
        known = self._named.get(index)
        if known is None:
            known = self._named[index] = named_places(self.view, self.cues, here)
        return known

    def parted(self, index: int, near: int) -> Parted:
        """Return the same without the place which the report was sent from, and that."""
        if len(self.within(index)) > 2 * WINDOW:
            return split_whence(self.view, self.cues, index, self.named(index, near))
        known = self._parted.get(index)
        if known is None:
            here = self.named(index, near)
            known = self._parted[index] = split_whence(self.view, self.cues, index, here)
        return known

    def wide(self) -> Sequence[Place]:
        """Return the countries and first-level divisions among the first places."""
        if self._wide is None:
            self._wide = [p for p in self.places[: 4 * WINDOW] if p.level in ("adm1", "country")]
        return self._wide


def sites_of(
    view: View, pack: Pack, places: Sequence[Place], capitals: Sequence[Place], speakers: Sequence[Stretch]
) -> Sites:
    """Return the places of a text, and where a capital is meant, to be asked for those of its claims."""
    every = sorted((*places, *capitals), key=_START) if capitals else places
    return Sites(view, cues_of(pack), every, speakers)


def split_whence(view: View, cues: Cues, index: int, here: Sequence[Place]) -> Parted:
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
        and not any(p.level not in ("country", "region") or is_cued(view, cues, p) for p in inner)
    ):
        return list(here), []
    return inner, whence


def _all_places(view: View, here: Sequence[Place], first: int, mark: int) -> bool:
    """Tell whether small words before a mark are all inside names of places: "GOMA, Democratic Republic of Congo - "."""
    small = [view.starts[k] for k in range(first, mark) if view.words[k][0].islower()]
    return all(any(p.start < at < p.end for p in here) for at in small)


def is_cued(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a preposition of place stands before a place."""
    word = view.word_at(place.start)
    return any(w in cues.locative for w in view.folded[max(0, word - 4) : word])
