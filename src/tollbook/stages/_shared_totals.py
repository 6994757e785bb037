"""_shared_totals: claims told of several incidents together -> over how many a coder's rule shares each out."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.told import Told
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.stages._sentence import words_of_pack

_SMALL = 3  # words between "across" and the number: "all of the"
_FARTHEST = 5  # words from the number to what is counted: "six related mortar attacks"


class _Cues(NamedTuple):
    one_of: Lexicon[bool]
    over: Lexicon[bool]
    within: Lexicon[bool]
    shared: Lexicon[bool]
    small: frozenset[str]
    incidents: frozenset[str]
    pair: frozenset[str]


class _Span(NamedTuple):
    """So many incidents told together, None where the words name no number; `noted`: said to be shared out over them."""

    incidents: int | None
    noted: bool


def shared_out(view: View, pack: Pack, told: Sequence[Told]) -> list[Told]:
    """Mark the claims told of several incidents together, with over how many they are shared out.

    So where the report is of one of them ("This was one of six related attacks. 21 people were killed across the attacks"),
    and where a note says it ("fatalities split across three events"), which is meant of all the dead of the report. A note
    that gives the share itself ("and coded as 4") needs no sharing.
    """
    if any(item.coded for item in told):
        return list(told)
    cues = _cues(pack)
    of = next(
        (n for bounds in view.sentences for n in _numbered(view, pack, cues, cues.one_of, *bounds) if n), None
    )
    spans = [list(_spans(view, pack, cues, *bounds)) for bounds in view.sentences]
    if of and not any(not s.noted for here in spans for s in here):  # nothing is told "across the attacks"
        spans = [
            [*here, *(_Span(n, False) for n in _numbered(view, pack, cues, cues.within, *bounds))]
            for here, bounds in zip(spans, view.sentences, strict=True)
        ]
    noted = next((s.incidents for here in spans for s in here if s.noted and s.incidents), None)

    def over(item: Told) -> int:
        number = next((s.incidents or of for s in spans[item.sentence]), None) if of else None
        if number is None and item.claim.harm == "killed":
            number = noted
        return number if number is not None and not item.attackers else 1

    return [replace(item, shared_over=over(item)) for item in told]


def _spans(view: View, pack: Pack, cues: _Cues, first: int, last: int) -> Iterator[_Span]:
    for cue, noted in ((cues.over, False), (cues.shared, True)):
        yield from (_Span(n, noted) for n in _numbered(view, pack, cues, cue, first, last))


def _numbered(
    view: View, pack: Pack, cues: _Cues, cue: Lexicon[bool], first: int, last: int
) -> Iterator[int | None]:
    """Yield how many incidents stand behind each place of a cue: "across all six incidents"; None for "across the attacks"."""
    numbers = words_of_pack(pack).numbers
    for hit in cue.find(view.folded, first, last):
        k, value = hit.last + 1, None
        while k < min(last, hit.last + 1 + _SMALL) and view.folded[k] in cues.small:
            k += 1
        if k < last:
            number = numbers.value_at(view.folded, k, last)
            value = 2 if view.folded[k] in cues.pair else number[1] if number is not None else None
            k = number[0] if number is not None else k
        if not cues.incidents.isdisjoint(view.folded[k : min(last, k + _FARTHEST)]):
            yield value


@cache
def _cues(pack: Pack) -> _Cues:
    table = pack.parts["words"].get("shared", {})

    def lexicon(key: str) -> Lexicon[bool]:
        return Lexicon([(form, True) for form in table.get(key, ())], pack.fold)

    def words(key: str) -> frozenset[str]:
        return frozenset(map(pack.fold, table.get(key, ())))

    return _Cues(
        lexicon("one_of"),
        lexicon("over"),
        lexicon("within"),
        lexicon("out"),
        words("small"),
        words("incidents"),
        words("pair"),
    )
