"""small_words: the lists of small words of a pack that forming asks for, compiled once."""

from functools import cache
from typing import Any, NamedTuple

from tollbook.grammar.forms import expand
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.stages._form.all_of_them import Whom
from tollbook.stages._form.divided import OfThose
from tollbook.stages._form.of_told import Back
from tollbook.stages._form.own_deaths import Bombers
from tollbook.stages._form.told_dead import Pointing
from tollbook.stages._form.who_counts import Around


class Small(NamedTuple):
    """The lists of a pack's small words that this stage asks for, folded; `deadly` are those that own deaths cannot lack."""

    also: frozenset[str]
    ordinals: frozenset[str]
    afterwards: frozenset[str]
    barely: frozenset[str]
    done_to: frozenset[str]
    families: frozenset[str]
    suffering: frozenset[str]
    fallen: frozenset[str]
    untold_figures: frozenset[str]
    contrast: frozenset[str]
    turn: frozenset[str]
    only_hurt: frozenset[str]
    plain_deeds: frozenset[str]
    weak: frozenset[str]
    grasped: frozenset[str]
    grown_from: frozenset[str]
    of_many: frozenset[str]
    every: frozenset[str]
    to_the_last: frozenset[str]
    captives: frozenset[str]
    definite: frozenset[str]
    may_be_dead: frozenset[str]
    of_wounds: frozenset[str]
    by: frozenset[str]
    joins: frozenset[str]
    articles: frozenset[str]
    beside_another: frozenset[str]
    she: frozenset[str]
    he: frozenset[str]
    by_others: frozenset[str]
    of: frozenset[str]
    either: frozenset[str]
    per_cent: frozenset[str]
    deadly: frozenset[str]
    bombers: Bombers
    back: Back
    those: OfThose
    around: Around


@cache
def small_words(pack: Pack) -> Small:
    """Compile a pack's small words once."""
    table = pack.parts["words"].get("small", {})

    def small(key: str) -> frozenset[str]:
        return frozenset(" ".join(words) for form in table.get(key, ()) for words in expand(form, pack.fold))

    lists = {key: small(key) for key in Small._fields if key in table}
    one = small("his") | small("of_him")
    those: dict[str, Any] = {key: small(key) for key in OfThose._fields}
    those |= {
        "one": one,
        "whose": one | small("their") | small("of_them"),
        "whom": Whom(*map(small, Whom._fields)),
    }
    own: dict[str, Any] = {
        "either": small("or"),
        "joins": small("and"),
        "deadly": small("suicidal") | {deed.rpartition(" ")[2] for deed in small("fatal_deeds")},
        "bombers": Bombers(*map(small, Bombers._fields)),
        "back": Back(*map(small, Back._fields)),
        "those": OfThose(**those),
        "around": Around(*map(small, Around._fields)),
    }
    return Small(**{**dict.fromkeys(Small._fields, frozenset()), **lists, **own})


@cache
def pointing_of(pack: Pack) -> Pointing:
    """Gather the words that tell whether somebody was told before, once."""
    small = small_words(pack)
    return Pointing(
        small.definite,
        small.those.told_before,
        small.may_be_dead,
        small.only_hurt,
        small.of_wounds,
        small.by,
        small.of,
        small.joins,
        small.articles,
        {word: sex for sex, words in (("female", small.she), ("male", small.he)) for word in words},
        people_of(pack),
    )
