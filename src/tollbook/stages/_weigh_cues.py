"""_weigh_cues: the words of a pack that tell what kind of telling a claim is, and its place among the others."""

from functools import cache
from typing import NamedTuple

from tollbook.grammar.any_form import AnyForm
from tollbook.grammar.lexicon import Lexicon, entries_of
from tollbook.lang.pack import Pack
from tollbook.stages._own_setting import receiving


class Cues(NamedTuple):
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


@cache
def cues_of(pack: Pack) -> Cues:
    """Compile a pack's words once."""
    table = pack.parts["words"].get("weigh", {})
    fold = pack.fold
    return Cues(
        Lexicon(entries_of(table.get("before", {})), fold),
        Lexicon(entries_of(table.get("near", {})), fold),
        Lexicon(entries_of(table.get("inside", {})), fold),
        Lexicon(entries_of(table.get("sentence", {})), fold),
        Lexicon(entries_of(table.get("told", {})), fold),
        frozenset(fold(w) for w in table.get("breaks", ())),
        Lexicon([(form, "own") for form in table.get("own_death", ())], fold),
        frozenset(fold(w) for w in pack.parts["words"].get("small", {}).get("by", ())),
        frozenset(fold(w) for w in pack.parts["words"].get("small", {}).get("relative", ())),
        Lexicon([(form, True) for form in table.get("coded", ())], fold),
        frozenset(fold(w) for w in pack.parts["words"].get("small", {}).get("among", ())),
        frozenset(fold(w) for w in table.get("holding", ())),
        frozenset(fold(w) for w in pack.parts["words"].get("small", {}).get("definite", ())),
        frozenset(fold(w) for w in table.get("rest", ())),
        frozenset(fold(w) for w in table.get("anybody", ())),
        frozenset(fold(w) for w in pack.parts["words"].get("small", {}).get("articles", ())),
        {
            fold(w): land
            for lands in (pack.parts["names"].get("demonyms", {}), table.get("nations", {}))
            for land, words in lands.items()
            for w in words
        },
        frozenset(fold(w) for w in table.get("attacks", ())),
        frozenset(fold(w) for w in table.get("bodies", ())),
        frozenset(fold(w) for w in pack.parts["words"].get("small", {}).get("of_the", ())),
        frozenset(fold(w) for w in table.get("joins", ())),
        frozenset(fold(w) for w in table.get("plain", ())),
        frozenset(fold(w) for w in table.get("spread", ())),
        frozenset(fold(w) for w in table.get("mine", ())),
    )


@cache
def any_cue(pack: Pack) -> AnyForm:
    """Return all that is looked for in a sentence together."""
    return AnyForm(*(cue for cue in cues_of(pack) if isinstance(cue, Lexicon)), receiving(pack))
