"""sides: the words beside a name -> what they say for or against a place, told once a process.

Of most words that is nothing, whatever stands around them; only the others are looked at in their sentence.
"""

from dataclasses import dataclass
from functools import lru_cache

from tollbook.lang.pack import Pack
from tollbook.stages._place_cues import WEAK, Cues, cues_of
from tollbook.stages._where.starts import NAMES, names_of

_MOST_KEPT = 65_536  # words, and pairs of them
_OF_KIND = 2.5  # points for a name before a word of kind: "X province"

Side = tuple[
    str | None, float
]  # the kind that words beside a name give it, and how strongly they say it is a place


@dataclass(frozen=True, slots=True, eq=False)
class Silence:
    """Where a word as written says nothing against a place, whatever else stands there."""

    before: bool  # right before the name
    behind: bool  # right behind it
    behind_shouted: bool  # right behind it, where all is in capitals, unless the name is a given name


class _SilenceOf(dict[str, Silence]):
    """What words say nothing against a place, told once."""

    __slots__ = ("_cues", "_fold", "_names")

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self._cues, self._fold, self._names = cues_of(pack), pack.fold, names_of(pack)

    def __missing__(self, word: str) -> Silence:
        if len(self) > _MOST_KEPT:
            self.clear()
        cues, fold = self._cues, self._fold(word) or word
        name = self._names[word] in NAMES
        personal = fold in cues.titles or fold in cues.kin or fold in cues.given or fold in cues.called.lasts
        joined = "'" in fold or word in ".-–" or fold in cues.particles
        surname = name and fold not in cues.directions
        telling = fold in cues.organisations or fold in cues.said
        silence = self[word] = Silence(
            not (personal or joined or surname),
            not (telling or word[0].isupper()),
            not (telling or (name and cues.demonyms.get(fold) is None)),
        )
        return silence


@lru_cache(maxsize=8)
def silence_of(pack: Pack) -> dict[str, Silence]:
    """Return where words as written say nothing against a place."""
    return _SilenceOf(pack)


class _SidesOf(dict[tuple[str, str], Side | None]):
    """What the folded words right before and right behind a name say, told once."""

    __slots__ = ("_cues",)

    def __init__(self, cues: Cues) -> None:
        super().__init__()
        self._cues = cues

    def __missing__(self, pair: tuple[str, str]) -> Side | None:
        if len(self) > _MOST_KEPT:
            self.clear()
        side = self[pair] = self._told(*pair)
        return side

    def _told(self, before: str, behind: str) -> Side | None:
        cues = self._cues
        if before in cues.directions or before in cues.of or not cues.features.alone(behind):
            return None
        kind, cue = cues.features.get(behind), cues.locative.get(before, 0.0)
        if kind is not None:
            return kind, max(cue, _OF_KIND)
        if cues.features.get(before) is not None:
            return None, WEAK
        return None, cue


@lru_cache(maxsize=8)
def sides_of(pack: Pack) -> dict[tuple[str, str], Side | None]:
    """Return what two words, before and behind a name, say; None where words farther from it can tell more.

    A preposition of place may say more behind a word such as "raids"; the second is "" at the end of a sentence.
    """
    return _SidesOf(cues_of(pack))
