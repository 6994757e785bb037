"""_coming: a pack's words for people who come, and the sentences that may tell of them."""

from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from tollbook.grammar.forms import expand
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack

_NEAR = 90  # words on either side within which flight is told


class Coming(NamedTuple):
    """A pack's words for people who come: what they do, also to a named place, where they live, who they are, what it is not."""

    came: frozenset[str]
    came_to: frozenset[str]
    lodged: frozenset[str]
    lodging: frozenset[str]
    arrival_of: frozenset[str]
    new_arrivals: frozenset[str]
    movers: frozenset[str]
    flight: frozenset[str]
    no_flight: frozenset[str]
    areas: frozenset[str]
    families: frozenset[str]
    passed: frozenset[str]  # between people and their verb
    deeds: frozenset[str]  # the first word of all that tells of coming
    people: frozenset[str]  # a word of all who may come


@cache
def coming_of(pack: Pack) -> Coming:
    """Compile a pack's words of people who come."""
    table = pack.parts["coming"]
    lists = {
        key: frozenset(" ".join(w) for form in forms for w in expand(form, pack.fold))
        for key, forms in table.items()
    }
    keys = ("came", "came_to", "lodged", "arrival_of", "new_arrivals")
    deeds = frozenset(p.partition(" ")[0] for key in keys for p in lists.get(key, ()))
    newly = lists.get("new_arrivals", frozenset())
    people = lists.get("movers", frozenset()) | {p.rpartition(" ")[2] for p in newly}
    return Coming(**{**dict.fromkeys(Coming._fields, frozenset()), **lists, "deeds": deeds, "people": people})


def sentences_of_coming(view: View, words: Coming, telling: Collection[int]) -> frozenset[int]:
    """Return the sentences in which people counted by a plain word may be told to come, with flight told near.

    None where of sentences `telling` of harm no one tells of flight: few texts do.
    """
    folded = view.folded
    asked = telling or range(len(view.sentences))
    if all(words.flight.isdisjoint(folded[slice(*view.sentences[i])]) for i in asked):  # most
        return frozenset()
    found = set()
    for index, (first, end) in enumerate(view.sentences):
        told = folded[first:end]
        if words.people.isdisjoint(told) or not words.no_flight.isdisjoint(told):
            continue
        if words.deeds.isdisjoint(told) or not any(word[0].isdecimal() for word in told):
            continue
        if not words.flight.isdisjoint(folded[max(0, first - _NEAR) : end + _NEAR]):
            found.add(index)
    return frozenset(found)
