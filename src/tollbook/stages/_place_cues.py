"""_place_cues: what a language has around the names of places, compiled once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.words import words_of
from tollbook.lang.pack import Pack, common_words
from tollbook.world.parties import party_names, state_names

# the lists of a pack that are sets of single words, each by its own name
_SETS = (
    "around", "hitting", "directions", "titles", "kin", "given", "organisations", "never", "articles", "capital",
    "saints", "places_at", "units", "houses", "theirs", "abroad", "whence", "fighters", "parting", "doing",
    "stating", "stating_behind",
    "governs", "of_division", "sides",
)  # fmt: skip
STRONG, WEAK = 2.0, 1.0  # points for a preposition that always, or often, stands before places


@dataclass(frozen=True, slots=True)
class Cues:
    """What a language has around the names of places, compiled from its names.toml."""

    demonyms: Lexicon[str]
    features: Lexicon[str]
    locative: Mapping[str, float]
    near: Lexicon[bool]
    around: frozenset[str]
    hitting: frozenset[str]
    directions: frozenset[str]
    governs: frozenset[str]  # who governs a place speaks of what happened there: "Herat Governor"
    of_division: frozenset[str]  # who governs a division, and no town: "Washington Governor"
    sides: frozenset[str]  # the sides of a wide place: "eastern Washington"
    doing: frozenset[str]  # a country before one of these is its government
    stating: frozenset[str]  # so is a town that opens a sentence before one of these
    stating_behind: frozenset[str]  # words between the two: "has repeatedly"
    parting: frozenset[str]  # behind a comma these part two statements, each with its own place
    fighters: frozenset[str]  # a town before one of these is their name, not where they are
    titles: frozenset[str]
    kin: frozenset[str]  # a name right behind these is a person's: "his wife Samar"
    called: Lexicon[bool]  # so is one behind these: "identified as Devon"
    given: frozenset[str]
    organisations: frozenset[str]
    never: frozenset[str]
    runs: Lexicon[bool]
    ordinary: Lexicon[bool]
    particles: frozenset[str]
    articles: frozenset[str]  # joined to a name by a hyphen, in capitals too: As-Safa
    of: frozenset[str]
    definite: frozenset[str]
    joins: frozenset[str]
    said: frozenset[str]
    endings: tuple[str, ...]
    contracted: tuple[str, ...]
    ends: frozenset[str]
    abbreviations: Lexicon[str]
    expansions: Mapping[str, str]
    common: frozenset[str]
    capital: frozenset[str]
    bearing: Lexicon[bool]
    # where somebody spoke or went: "in a statement faxed from London", "flown to London"
    whereabouts: Lexicon[bool]
    saints: frozenset[str]
    places_at: frozenset[str]
    units: frozenset[str]
    houses: frozenset[str]
    buildings: frozenset[str]
    theirs: frozenset[str]  # a country before these only owns them: "United States citizens"
    abroad: frozenset[str]  # what is of a land, but seldom in it: "an Israeli airstrike"
    whence: frozenset[str]  # a country behind these says where somebody comes from
    listing: frozenset[str] = frozenset()  # what stands between the names of a list
    leading: frozenset[str] = (
        frozenset()
    )  # all that stands between a verb of speech and the place where it was said
    special: frozenset[str] = frozenset()  # words that begin what a place may be told by

    def is_dull(self, word: str) -> bool:
        """Tell whether a folded word is an ordinary one that begins nothing else: in capitals it names no place."""
        return word in self.common and word not in self.special and word[:1].isalpha() and "'" not in word


def _bodies(pack: Pack) -> list[str]:
    """Return the parties' names of several words in which no country is named: al-Shabab is nobody's village."""
    fold = pack.fold
    told = {fold(w) for forms in pack.parts["names"].get("demonyms", {}).values() for w in forms} | {
        w for name in state_names() for w in words_of(name, fold)[1] if w.isalpha()
    }
    forms = [form.replace("|", " ") for names in party_names().values() for form in names]
    split = {form: words_of(form, fold)[1] for form in forms}
    return [form for form, words in split.items() if len(words) > 1 and told.isdisjoint(words)]


@cache
def cues_of(pack: Pack) -> Cues:
    """Return the compiled cues of a language."""
    table, fold = pack.parts["names"], pack.fold
    cues, small = table.get("cues", {}), pack.parts["words"].get("small", {})

    def words(key: str) -> frozenset[str]:
        return frozenset(fold(w) for w in cues.get(key, ()))

    def lexicon(key: str) -> Lexicon[bool]:
        return Lexicon([(form, True) for form in cues.get(key, ())], fold)

    def senses(key: str) -> Lexicon[str]:
        return Lexicon([(form, sense) for sense, forms in table.get(key, {}).items() for form in forms], fold)

    sets: dict[str, Any] = {key: words(key) for key in _SETS}
    built = Cues(
        **sets,
        demonyms=senses("demonyms"),
        features=senses("features"),
        locative={**dict.fromkeys(words("weak"), WEAK), **dict.fromkeys(words("strong"), STRONG)},
        near=lexicon("near"),
        called=Lexicon([(form, True) for form in small.get("called", ())], fold),
        runs=Lexicon([(form, True) for form in (*cues.get("no_place", ()), *_bodies(pack))], fold),
        ordinary=lexicon("ordinary"),
        particles=frozenset(small.get("name_particles", ())),
        of=frozenset(small.get("of", ())),
        definite=frozenset(small.get("definite", ())),
        joins=frozenset([",", *(w for w in small.get("and", ()) if " " not in w)]),
        said=frozenset(w for w in small.get("said", ()) if " " not in w),
        endings=tuple(small.get("possessive_endings", ())),
        contracted=tuple(cues.get("contracted", ())),
        abbreviations=senses("abbreviations"),
        ends=pack.sentence_ends,
        expansions=cues.get("expansions", {}),
        common=common_words(pack),
        bearing=lexicon("bearing"),
        whereabouts=lexicon("whereabouts"),
        buildings=words("houses") | words("buildings"),
    )
    return _with_sums(built)


def _with_sums(built: Cues) -> Cues:
    """Add what follows from the other cues."""
    begins = (built.ordinary, built.demonyms, built.abbreviations, built.runs)
    return replace(
        built,
        listing=built.joins | built.directions,
        leading=built.directions.union(built.locative),
        special=frozenset(built.expansions).union(*(lexicon.firsts for lexicon in begins)),
    )


def governs(folded: Sequence[str], cues: Cues, first: int, last: int) -> bool:
    """Tell whether who governs it is told with a place, words `first` to `last`: "Herat Governor", "the mayor of Herat"."""
    if last + 1 < len(folded) and folded[last + 1] in cues.governs:
        return True
    return first > 1 and folded[first - 1] in cues.of and folded[first - 2] in cues.governs
