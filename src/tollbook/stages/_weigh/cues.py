"""cues: the words of a pack that tell what kind of telling a claim is, and its place among the others."""

from dataclasses import dataclass, fields
from functools import cache

from tollbook.grammar.any_form import AnyForm
from tollbook.grammar.lexicon import Lexicon
from tollbook.lang.pack import Pack
from tollbook.lang.tables import Table
from tollbook.stages._weigh.own_setting import receiving


@dataclass(frozen=True, slots=True, eq=False)
class Cues:
    """Words that change what a claim is, by where they stand: before its words, among them, or behind."""

    before: Lexicon[str]
    near: Lexicon[str]
    inside: Lexicon[str]
    sentence: Lexicon[str]
    told: Lexicon[str]
    breaks: frozenset[str]
    own_death: Lexicon[str]
    by: frozenset[str]
    relative: frozenset[str]
    coded: Lexicon[bool]
    among: frozenset[str]
    holding: frozenset[str]
    definite: frozenset[str]
    rest: frozenset[str]
    anybody: frozenset[str]
    articles: frozenset[str]
    nations: dict[str, str]
    attacks: frozenset[str]
    bodies: frozenset[str]
    of_those: frozenset[str]
    joins: frozenset[str]
    plain: frozenset[str]
    spread: frozenset[str]
    mine: frozenset[str]
    opening: frozenset[str]
    brackets: frozenset[str]
    determiners: frozenset[str]
    put: frozenset[str]
    his: frozenset[str]
    doers: frozenset[str]
    others: frozenset[str]
    firsts: frozenset[str]


@cache
def cues_of(pack: Pack) -> Cues:
    """Compile a pack's words once."""
    told, small = Table(pack, "words", "weigh"), Table(pack, "words", "small")
    return Cues(
        told.senses("before"),
        told.senses("near"),
        told.senses("inside"),
        told.senses("sentence"),
        told.senses("told"),
        told.words("breaks"),
        told.forms("own_death", "own"),
        small.words("by"),
        small.words("relative"),
        told.forms("coded", True),
        small.words("among"),
        told.words("holding"),
        small.words("definite"),
        told.words("rest"),
        told.words("anybody"),
        small.words("articles"),
        {
            pack.fold(w): land
            for lands in (pack.parts["names"].get("demonyms", {}), told.given.get("nations", {}))
            for land, words in lands.items()
            for w in words
        },
        told.words("attacks"),
        told.words("bodies"),
        small.words("of_the"),
        told.words("joins"),
        told.words("plain"),
        told.words("spread"),
        told.words("mine"),
        told.words("opening"),
        told.words("brackets"),
        small.words("determiners"),
        told.words("put"),
        small.words("his"),
        told.words("doers"),
        small.words("others"),
        told.words("firsts"),
    )


@cache
def any_cue(pack: Pack) -> AnyForm:
    """Return all that is looked for in a sentence together."""
    cues = cues_of(pack)
    told = [getattr(cues, field.name) for field in fields(cues)]
    return AnyForm(*(cue for cue in told if isinstance(cue, Lexicon)), receiving(pack))
