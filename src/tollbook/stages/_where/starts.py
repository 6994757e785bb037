"""starts: a word as written -> what of a place's name it can be, told once a process.

What a single word can be depends on the language and the gazetteer alone. So a text is marked by look-ups, and only the
words that may begin a name are visited.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import compress

from tollbook.grammar.marks import Marks
from tollbook.lang.pack import Pack
from tollbook.stages._place_cues import Cues, cues_of
from tollbook.world.gazetteer import Entry, Gazetteer

JOINTS = frozenset("-–'’.")  # what may stand between two words of a name
_UNCASED = "\u0590"  # scripts from here on have no capitals: every word may be a name
# The marks. Without a capital: s a sign or an ordinary word, w another word. With one: S and W the same, of which
# nothing can come; U a word that no gazetteer knows; N one that may begin a known name; C the same, an ordinary word; D
# an ordinary word that begins one only in front of a word that is not ordinary; K an ordinary word, k another, that is
# part of a place's name only with the capitals behind it: "Pa Zi Gyi village".
NAME = "n"  # the mark of a word that is a name by its capital
LINK = "-"  # of one that joins two names: a hyphen, a particle
_BOTH = "N"  # of a particle that, with a capital, is a name as well
OTHER = "x"  # of any other word
NAMES, LINKS = NAME + _BOTH, LINK + _BOTH
DULL = "D"
HYPHENS = "hH"  # of what joins words
UNKNOWN = "UKk"  # of words that are nothing a gazetteer or the pack's names know
# Behind a hyphen (h; H a dash, which counts as a capital) any word with a capital may begin one: "al-Qaim"; then both are
# found. A pattern that begins with a set of marks searches much faster than alternatives.
_CASED = re.compile("[UNCDKkhH](?:(?<=[UNCD])|(?<=[Kk])(?=[UNCDKkSW])|(?<=[hH])(?:[SW]|[Kk](?![UNCDKkSW])))")
# where all is in capitals, the words at which a name begins are told apart by numbers with a byte for each word
_ALIVE, _DULL, _JOINABLE, _AFTER_DULL, _JOINING = (
    bytes(chr(byte) in marks for byte in range(256)) for marks in ("UNC", DULL, "KkSW", "wWUNk", HYPHENS)
)
_BYTE = 8  # bits

_MOST_KEPT = 65_536  # words
_COUNTRY = "country"
_ACRONYM = 5  # longest word in capitals that may be an abbreviation
_COMMON, _GIVEN = 3.0, 2.0  # points against an ordinary word, a given name
_SHORT = 3  # letters of a word that only in capitals abbreviates a country


@dataclass(frozen=True, slots=True, eq=False)
class Alone:
    """What a word says alone, whatever stands around it."""

    begins: bool  # a name may begin with it
    demonym: bool  # a word such as "Syrian" may begin with it
    never: bool  # it is no place by itself
    named: bool  # its capital makes it a name, long enough and no title
    short: bool  # it may abbreviate a division
    ordinary: bool  # it is none of these: where all are capitals, only ordinary or not by the words around it
    cut: int  # letters of its possessive ending
    own: str  # the key of the rest
    entries: tuple[Entry, ...]  # the places of the rest
    key: str  # the key of what longer names begin with
    most: int  # how many words they have at most
    capitals: bool  # it is short and in capitals: perhaps an abbreviation
    common: bool  # it is an ordinary word
    against: tuple[float, float]  # what it says against a name of one word; where all is in capitals


class _AloneOf(dict[str, Alone]):
    """What the gazetteer has for each word seen, told once."""

    __slots__ = ("_cues", "_fold", "_gazetteer")

    def __init__(self, pack: Pack, gazetteer: Gazetteer) -> None:
        super().__init__()
        self._cues, self._gazetteer, self._fold = cues_of(pack), gazetteer, pack.fold

    def __missing__(self, word: str) -> Alone:
        if len(self) > _MOST_KEPT:
            self.clear()
        cues, plain = self._cues, unpossessed(self._cues, word)
        fold = self._fold(word) or word
        own = begun = self._gazetteer.word(plain)
        if fold in cues.expansions:
            begun = self._gazetteer.word(cues.expansions[fold])
        elif plain != word:
            begun = self._gazetteer.word(word)
        entries = () if own.key in cues.particles else _as_written(plain, own.entries)
        begins = word[0].isalpha() and not _is_lower(cues, word, fold) and not _is_contracted(cues, fold)
        named = is_name(cues, word, fold) and len(fold) > 2 and fold not in cues.titles
        first = bare(cues, fold) if "'" in fold else fold
        demonym, short = first in cues.demonyms.firsts, fold in cues.abbreviations.firsts
        common, given = fold in cues.common, _GIVEN if fold in cues.given else 0.0
        alone = self[word] = Alone(
            begins,
            demonym,
            first in cues.never,
            named,
            short,
            not (named or demonym or short),
            len(word) - len(plain),
            own.key,
            entries,
            begun.key,
            begun.longest,
            len(word) <= _ACRONYM and word.isupper(),
            common,
            ((_COMMON if common else 0.0) + given, given),
        )
        return alone


def _as_written(word: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out countries that a short word abbreviates only in capitals: a "Car bomb" is not of the CAR."""
    if len(word) > _SHORT or word.isupper():
        return entries
    whole = word.casefold()
    return tuple(e for e in entries if e.name.casefold() == whole or e.level != _COUNTRY)


@lru_cache(maxsize=8)
def alone_of(pack: Pack, gazetteer: Gazetteer) -> dict[str, Alone]:
    """Return what words as written say alone, for a language and a gazetteer: it is the same in every text."""
    return _AloneOf(pack, gazetteer)


class _LongerOf(dict[tuple[str, str], bool]):
    """Whether a longer name may begin with two words as written, told once."""

    __slots__ = ("_alone", "_cues", "_gazetteer")

    def __init__(self, pack: Pack, gazetteer: Gazetteer) -> None:
        super().__init__()
        self._cues, self._gazetteer, self._alone = cues_of(pack), gazetteer, alone_of(pack, gazetteer)

    def __missing__(self, pair: tuple[str, str]) -> bool:
        if len(self) > _MOST_KEPT:
            self.clear()
        word, following = pair
        longer = self[pair] = following in JOINTS or self._reaches(self._alone[word].key, following)
        return longer

    def _reaches(self, key: str, following: str) -> bool:
        added = self._gazetteer.word(unpossessed(self._cues, following)).key if following[0].isalnum() else ""
        return bool(added) and self._gazetteer.reach(" ".join(f"{key} {added}".split(" ", 2)[:2])) > 0


@lru_cache(maxsize=8)
def longer_of(pack: Pack, gazetteer: Gazetteer) -> dict[tuple[str, str], bool]:
    """Return whether a longer name may begin with two words, or a hyphen follows the first: most pairs begin none."""
    return _LongerOf(pack, gazetteer)


# what begins at the first of two words: no name (falsy, as most); one, the word being an ordinary one where all is in
# capitals; one, the word being none; one, and more words tell which it is
IDLE, ORDINARY, NAMING, UNTOLD = range(4)


class _BegunOf(dict[tuple[str, str], int]):
    """What begins at the first of two words, told once; what only more words could tell is no IDLE.

    In sentences of capitals (`shouted`), or in others.
    """

    __slots__ = ("_alone", "_cues", "_fold", "_longer", "_shouted")

    def __init__(self, pack: Pack, gazetteer: Gazetteer, shouted: bool) -> None:
        super().__init__()
        self._cues, self._fold, self._shouted = cues_of(pack), pack.fold, shouted
        self._alone, self._longer = alone_of(pack, gazetteer), longer_of(pack, gazetteer)

    def __missing__(self, pair: tuple[str, str]) -> int:
        if len(self) > _MOST_KEPT:
            self.clear()
        word, following = pair
        fold, behind = self._fold(word) or word, self._fold(following) or following
        if following and self._begins_none(word, following, fold, behind):
            told = IDLE
        else:
            told = self._kind(fold, behind) if self._shouted else NAMING
        self[pair] = told
        return told

    def _begins_none(self, word: str, following: str, fold: str, behind: str) -> bool:
        alone, cues = self._alone[word], self._cues
        if not alone.begins:
            return True
        if alone.demonym or alone.short or fold in cues.runs or cues.runs.may(fold, behind):
            return False
        if self._shouted:
            plain = bare(cues, fold) if "'" in fold else fold
            if fold in cues.ordinary or cues.ordinary.may(fold, behind):
                return False
            if plain in cues.common and (behind in cues.common or not behind[0].isalpha()):
                return alone.ordinary
        elif following[0].isupper():  # capitals may follow that a word of kind closes
            return False
        unknown = not alone.entries and (alone.most < 2 or not self._longer[word, following])
        return unknown and (alone.never or not alone.named)

    def _kind(self, fold: str, behind: str) -> int:
        """Tell whether, all being capitals, the first of two folded words is an ordinary one that begins no known name."""
        cues = self._cues
        if "'" in fold or fold in cues.ordinary.firsts:
            return UNTOLD
        named = fold not in cues.common or (behind[:1].isalpha() and behind not in cues.common)
        return NAMING if named else ORDINARY


@lru_cache(maxsize=8)
def begun_of(pack: Pack, gazetteer: Gazetteer, shouted: bool) -> dict[tuple[str, str], int]:
    """Return what begins at the first of two words: with most capitals no name, and they are passed over at sight."""
    return _BegunOf(pack, gazetteer, shouted)


class PlaceMarks:
    """The marks of one text's words."""

    __slots__ = ("_shouted", "letters")

    def __init__(self, letters: str) -> None:
        """Take the marks, one letter a word."""
        self.letters = letters
        self._shouted: bytes | None = None

    def capitals(self, first: int, last: int) -> int:
        """Return how many of the words from first up to last have a capital."""
        count = self.letters.count
        return last - first - count("s", first, last) - count("w", first, last) - count("h", first, last)

    def starts(self, first: int, last: int, shouted: bool) -> Iterable[int]:
        """Return the words at which a name may begin, perhaps one before `first`; `shouted`: capitals mean nothing here."""
        if not shouted:
            # a hyphen may stand before it
            return [match.end() - 1 for match in _CASED.finditer(self.letters, first and first - 1, last)]
        if self._shouted is None:
            self._shouted = _told_apart(self.letters.encode("latin-1"))
        return compress(range(first, last), self._shouted[first:last])


def _told_apart(letters: bytes) -> bytes:
    """Return for each mark whether a name may begin there, all being capitals: by itself, or by the word beside it."""
    alive, dull, joinable, after_dull, joining = (
        int.from_bytes(letters.translate(table), "little")
        for table in (_ALIVE, _DULL, _JOINABLE, _AFTER_DULL, _JOINING)
    )
    told = alive | (dull & (after_dull >> _BYTE)) | (joinable & (joining << _BYTE))
    return told.to_bytes(len(letters) + 1, "little")


@lru_cache(maxsize=8)
def place_marks_of(pack: Pack, gazetteer: Gazetteer) -> Marks:
    """Return what tells words apart for a language and a gazetteer."""
    return Marks(partial(_mark, pack, cues_of(pack), gazetteer))


@lru_cache(maxsize=8)
def names_of(pack: Pack) -> Marks:
    """Return what tells the words as written that are names by their capital, or join names: NAMES, LINKS."""
    return Marks(partial(_name_mark, pack, cues_of(pack)))


def _name_mark(pack: Pack, cues: Cues, word: str) -> str:
    fold = pack.fold(word) or word
    link, name = word in "-–" or fold in cues.particles, is_name(cues, word, fold)
    return (_BOTH if link else NAME) if name else LINK if link else OTHER


def is_name(cues: Cues, word: str, fold: str) -> bool:
    """Tell whether the capital of a word makes it a name: it does not open a sentence, or is no ordinary word."""
    if len(word) < 2 or not word[0].isupper() or fold in cues.never or cues.demonyms.get(fold) is not None:
        return False
    return fold not in cues.common and cues.features.get(fold) is None and fold not in cues.organisations


def unpossessed(cues: Cues, word: str) -> str:
    """Return a word as written without a possessive ending."""
    if "'" in word or "’" in word:
        plain = word.lower().replace("’", "'")
        for ending in cues.endings:
            if plain.endswith(ending):
                return word[: -len(ending)]
    return word


def bare(cues: Cues, fold: str) -> str:
    """Return a folded word without a possessive ending."""
    for ending in cues.endings:
        if fold.endswith(ending):
            return fold[: -len(ending)]
    return fold


def _mark(pack: Pack, cues: Cues, gazetteer: Gazetteer, word: str) -> str:
    fold = pack.fold(word) or word
    if word in ("-", "–"):
        return "h" if word == "-" else "H"
    ordinary = fold in cues.common or not fold[0].isalpha()
    if word == fold and word < _UNCASED:
        return "s" if ordinary else "w"
    if fold in cues.runs.firsts or _may_be_known(cues, gazetteer, word, fold):
        return "D" if cues.is_dull(fold) else "C" if ordinary else "N"
    if _may_be_place(cues, word, fold):
        return "C" if ordinary else "U"
    if _may_be_joined(cues, word, fold):
        return "K" if ordinary else "k"
    return "S" if ordinary else "W"


def _may_be_known(cues: Cues, gazetteer: Gazetteer, word: str, fold: str) -> bool:
    """Tell whether a name that the gazetteer or the pack knows may begin with a word."""
    if not word[0].isalpha() or _is_lower(cues, word, fold) or _is_contracted(cues, fold):
        return False
    if bare(cues, fold) in cues.demonyms.firsts or fold in cues.demonyms.firsts:
        return True
    if fold in cues.abbreviations.firsts or fold in cues.expansions:
        return True
    plain = unpossessed(cues, word)
    known = gazetteer.word(plain)
    return bool(known.entries) or known.longest > 1 or gazetteer.word(word).longest > 1


def _may_be_place(cues: Cues, word: str, fold: str) -> bool:
    """Tell whether a word that nobody knows can be taken for a place where the words around it say so."""
    if not word[0].isalpha() or _is_contracted(cues, fold) or bare(cues, fold) in cues.never:
        return False
    return is_name(cues, word, fold) and len(fold) > 2 and fold not in cues.titles


def _may_be_joined(cues: Cues, word: str, fold: str) -> bool:
    """Tell whether a word can be the first of several with capitals that a word of kind makes a place."""
    if not word[0].isalpha() or _is_contracted(cues, fold) or bare(cues, fold) in cues.never:
        return False
    return fold not in cues.never and fold not in cues.titles


def _is_lower(cues: Cues, word: str, fold: str) -> bool:
    """Tell whether a word has a small letter and is no name for it: "the island's", but "d'Ivoire"."""
    return word[0].islower() and ("'" not in fold or unpossessed(cues, word) != word)


def _is_contracted(cues: Cues, fold: str) -> bool:
    return "'" in fold and fold.endswith(cues.contracted)
