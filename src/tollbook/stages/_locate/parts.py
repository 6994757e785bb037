"""parts: a sentence told in parts, a paragraph under one country -> where the place of each figure is told."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from tollbook.grammar.draft import Draft
from tollbook.grammar.view import View
from tollbook.model.place import Place
from tollbook.stages._place_cues import STRONG, Cues

_PLACED = 4  # words from a figure whose word of harm stands far before it to the place that is its own

_START = attrgetter("start")


def told_about(view: View, sites: Sequence[Place], draft: Draft) -> tuple[int, int]:
    """Return the characters about which a figure has its place: all its words, or what stands right behind it.

    Behind an aside the place that follows is meant: "six in A and four others, including a child, in B". Where the word of
    harm stands far before the figure, it is the place close behind, if there is one.
    """
    stated = draft.stated
    at = view.ends[stated.last]
    if draft.shared_out:
        return view.starts[stated.first], at
    after, last = max(stated.last, draft.noun_last) + 1, view.sentences[draft.sentence][1]
    in_list = draft.in_list and after < last and view.words[after] == ","
    if in_list or draft.far:
        k = bisect_left(sites, at, key=_START)
        stop = last if in_list else min(last, after + _PLACED)
        if k < len(sites) and sites[k].start < view.ends[stop - 1]:
            return sites[k].start, sites[k].end
    return (at, at + 1) if draft.own_place else (view.starts[draft.first], view.ends[draft.last])


def headed_by(view: View, cues: Cues, here: Sequence[Place], index: int, start: int) -> list[Place]:
    """Return the country that a sentence opens with, in the paragraph of a claim: "In Cambodia, a grenade was thrown …"."""
    first = view.sentences[index][0]
    if "\n\n" in view.text[view.starts[first] : start] or cues.locative.get(view.folded[first], 0.0) < STRONG:
        return []
    return [p for p in here[:1] if view.word_at(p.start) == first + 1]


def of_part(
    view: View, cues: Cues, here: Sequence[Place], bounds: tuple[int, int], start: int
) -> list[Place]:
    """Leave out places of another part of the sentence where the claim's own has one: "in A, 3 died; in B, 2 died".

    So too behind a comma and a word such as "while".
    """
    if len(here) < 2:
        return list(here)
    begin, end = bounds
    first, last = view.word_at(begin), view.sentences[view.sentence_at(view.word_at(begin))][1]
    parted = ";" in view.words[first:last] or not cues.parting.isdisjoint(view.folded[first:last])
    for k in range(first + 1, last) if parted else ():  # most are not
        if view.words[k] == ";" or (view.words[k - 1] == "," and view.folded[k] in cues.parting):
            if view.starts[k] > start:
                end = view.starts[k]
                break
            begin = view.ends[k]
    own = [p for p in here if begin <= p.start < end] or list(here)
    return _out_of_asides(view, own, first, start) if "(" in view.words[first:last] else own


def _out_of_asides(view: View, here: list[Place], first: int, start: int) -> list[Place]:
    """Leave out places within brackets that do not begin with a name, where the claim stands outside: "(and figures from X)"."""
    kept: list[Place] = []
    for place in here:
        at = view.word_at(place.start)
        opened = next((k for k in range(at - 1, first, -1) if view.words[k] in "()"), None)
        aside = opened is not None and view.words[opened] == "(" and not view.words[opened + 1][0].isupper()
        if opened is None or not aside or view.starts[opened] < start <= place.start:
            kept.append(place)
    return kept or here
