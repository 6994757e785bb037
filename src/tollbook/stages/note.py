"""note: View -> effects: looting, arson, displacement, services cut."""

from functools import cache
from typing import NamedTuple

from tollbook.grammar.lexicon import Lexicon, entries_of
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.telling import Effect
from tollbook.model.text import Evidence

_LONGEST = 14  # words of a clause quoted behind the word of effect


class _Words(NamedTuple):
    single: Lexicon[str]
    clause: Lexicon[str]
    negations: frozenset[str]
    objects: dict[str, tuple[tuple[str, ...], ...]]
    ends: frozenset[str]
    firsts: frozenset[str]


@cache
def _words(pack: Pack) -> _Words:
    table, fold = pack.parts["effects"], pack.fold
    rules = table.get("rules", {})
    single = Lexicon(entries_of(table.get("single", {})), fold)
    clause = Lexicon(entries_of(table.get("clause", {})), fold)
    objects = {
        key: tuple(tuple(fold(w).split()) for w in words) for key, words in rules.get("objects", {}).items()
    }
    return _Words(
        single, clause, frozenset(fold(w) for w in rules.get("negations", ())), objects,
        frozenset(fold(w) for w in rules.get("ends", ())), single.firsts | clause.firsts,
    )  # fmt: skip


def note_effects(view: View, pack: Pack) -> tuple[Effect, ...]:
    """Find the effects a text tells as done; place and time are left for those who know them."""
    words = _words(pack)
    found: list[Effect] = []
    for index, (first, last) in enumerate(view.sentences):
        if words.firsts.isdisjoint(view.folded[first:last]):
            continue
        for lexicon, whole in ((words.single, False), (words.clause, True)):
            for hit in lexicon.find(view.folded, first, last):
                if not _happens(view, words, hit.first, hit.last, first, last):
                    continue
                stop = _clause_end(view, words, hit.last, last) if whole else hit.last
                found.append(_effect(view, hit.sense, hit.first, stop, index))
    return tuple(sorted(found, key=lambda e: e.start))


def _happens(view: View, words: _Words, a: int, b: int, first: int, last: int) -> bool:
    if not words.negations.isdisjoint(view.folded[max(first, a - 3) : a]):
        return False
    return all(
        tuple(view.folded[b + 1 : min(last, b + 1 + len(tail))]) != tail
        for tail in words.objects.get(view.folded[b], ())
    )


def _clause_end(view: View, words: _Words, b: int, last: int) -> int:
    stop = b
    while stop + 1 < last and stop - b < _LONGEST and view.folded[stop + 1] not in words.ends:
        stop += 1
    return stop


def _effect(view: View, kind: str, a: int, b: int, index: int) -> Effect:
    start, end = view.starts[a], view.ends[b]
    quote = view.text[start:end]
    return Effect(kind, quote, start, end, (), None, Evidence(start, end, quote, view.sentence_span(index)))
