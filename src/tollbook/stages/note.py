"""note: View -> effects: looting, arson, displacement, services cut."""

from dataclasses import dataclass
from functools import cache

from tollbook.grammar.forms import expand
from tollbook.grammar.lexicon import Hit, Lexicon, beginnings, begins_any, entries_of
from tollbook.grammar.marks import Marks
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.telling import Effect
from tollbook.model.text import Evidence

_NEAR, _FAR = 6, 13  # words between a verb and what it is done to: behind it, and before it in the passive
_MOST = 12  # things looked at for one verb
_LONGEST = 14  # words of a clause quoted behind the word of effect


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    single: Lexicon[str]
    clause: Lexicon[str]
    negations: frozenset[str]
    objects: dict[str, tuple[tuple[str, ...], ...]]
    ends: frozenset[str]
    verbs: Lexicon[frozenset[str]]  # of pairs, each with the kinds of effect that it can tell
    things: Lexicon[frozenset[str]]
    apart: frozenset[str]
    passives: frozenset[str]
    conduct: frozenset[str]  # kinds that are done to people
    opens: frozenset[str]
    kindly: frozenset[str]
    begins: Marks  # of folded words: where a verb or an effect may begin


@cache
def _words(pack: Pack) -> _Words:
    table, fold = pack.parts["effects"], pack.fold
    rules = table.get("rules", {})
    single = Lexicon(entries_of(table.get("single", {})), fold)
    clause = Lexicon(entries_of(table.get("clause", {})), fold)
    objects = {
        key: tuple(tuple(fold(w).split()) for w in words) for key, words in rules.get("objects", {}).items()
    }
    verbs = _pairs(pack, "verbs")
    return _Words(
        single, clause, frozenset(fold(w) for w in rules.get("negations", ())), objects,
        frozenset(fold(w) for w in rules.get("ends", ())), verbs, _pairs(pack, "objects"),
        frozenset(fold(w) for w in rules.get("apart", ())), frozenset(fold(w) for w in rules.get("passives", ())),
        frozenset(kind for kind, pair in table.get("pair", {}).items() if pair.get("people")),
        frozenset(fold(w) for w in rules.get("opens", ())), frozenset(fold(w) for w in rules.get("kindly", ())),
        begins_any(verbs, single, clause),
    )  # fmt: skip


def _pairs(pack: Pack, part: str) -> Lexicon[frozenset[str]]:
    """Compile the verbs, or the objects, of all pairs; a form of several kinds has them all."""
    kinds: dict[str, set[str]] = {}
    for kind, pair in pack.parts["effects"].get("pair", {}).items():
        told = _targets(pack) if part == "objects" and pair.get("people") else pair.get(part, ())
        for form in told:
            for words in expand(form, pack.fold):
                kinds.setdefault(" ".join(words), set()).add(kind)
    return Lexicon([(form, frozenset(senses)) for form, senses in kinds.items()], pack.fold)


@cache
def _targets(pack: Pack) -> tuple[str, ...]:
    """Return the words for people who are harmed for who they are, or are no fighters: peoples, faiths, civilians."""
    people = pack.parts["people"]
    found: list[str] = list(people.get("modifiers", {}).get("identities", ()))
    for group in people.get("group", ()):
        if group.get("identity") or group.get("status") == "civilian":
            plural = group.get("plural", "")
            found += [word + plural for word in group.get("one", ()) if plural]
            found += [*group.get("many", ()), *group.get("both", ())]
    return tuple(found)


def effect_marks(pack: Pack) -> tuple[Marks, ...]:
    """Return what this stage asks of single folded words."""
    words = _words(pack)
    return words.begins, words.verbs.begins, words.single.begins, words.clause.begins


def note_effects(view: View, pack: Pack) -> tuple[Effect, ...]:
    """Find the effects a text tells as done; place and time are left for those who know them."""
    words = _words(pack)
    found: list[Effect] = []
    telling = beginnings(view.marks(words.begins, folded=True))
    if not telling:
        return ()
    verbs, single, clause = (
        view.marks(lexicon.begins, folded=True) for lexicon in (words.verbs, words.single, words.clause)
    )
    told = (words.single, single, False), (words.clause, clause, True)
    for index in view.sentences_of(telling):
        first, last = view.sentences[index]
        spent: dict[int, str] = {}  # verbs that have their thing, with the kind of effect
        found += _paired(view, words, verbs, index, first, last, spent)
        for lexicon, begins, whole in told:
            for hit in lexicon.find_marked(view.folded, begins, first, last):
                if spent.get(hit.first, hit.sense) != hit.sense or not _happens(
                    view, words, hit.first, hit.last, first, last
                ):
                    continue
                stop = _clause_end(view, words, hit.last, last) if whole else hit.last
                found.append(_effect(view, hit.sense, hit.first, stop, index))
    return tuple(_single(sorted(found, key=lambda e: (e.start, -e.end))))


def _single(found: list[Effect]) -> list[Effect]:
    """Leave out what says again, in the same words, what another tells."""
    kept: dict[str, Effect] = {}
    result: list[Effect] = []
    for effect in found:
        before = kept.get(effect.kind)
        if before is None or effect.start >= before.end:
            kept[effect.kind] = effect
            result.append(effect)
    return result


def _paired(
    view: View, words: _Words, verbs: str, index: int, first: int, last: int, spent: dict[int, str]
) -> list[Effect]:
    """Find verbs, marked in `verbs`, with what they are done to: "cut the power", "schools were closed"."""
    found: list[Effect] = []
    things: list[Hit[frozenset[str]]] | None = None
    at = 0
    for verb in words.verbs.find_marked(view.folded, verbs, first, last):
        if things is None:
            things = list(words.things.find(view.folded, first, last))
        if not things:
            return found
        while at < len(things) and things[at].last < verb.first - _FAR:
            at += 1
        passive = verb.first > first and view.folded[verb.first - 1] in words.passives
        for thing in things[at : at + _MOST]:
            kinds = verb.sense & thing.sense
            if not kinds or not _together(view, words, verb, thing, passive):
                continue
            if not _happens(view, words, verb.first, verb.last, first, last):
                break
            a, b = min(verb.first, thing.first), max(verb.last, thing.last)
            if min(kinds) in words.conduct:
                a, b = _clause_start(view, words, a, first), _clause_end(view, words, b, last)
                if not words.kindly.isdisjoint(view.folded[a : b + 1]):
                    break
            found.append(_effect(view, min(kinds), a, b, index))
            spent[verb.first] = min(kinds)
            break
    return found


def _together(
    view: View, words: _Words, verb: Hit[frozenset[str]], thing: Hit[frozenset[str]], passive: bool
) -> bool:
    """Tell whether a verb and a thing belong together: near each other, with nothing between that parts them."""
    before = thing.last < verb.first
    a, b = (thing.last, verb.first) if before else (verb.last, thing.first)
    if b <= a or b - a > (_FAR if before else _NEAR):
        return False
    between = view.folded[a + 1 : b]
    if not words.apart.isdisjoint(between):
        return False
    return not before or passive or b - a == 1 or not words.passives.isdisjoint(between)


def _happens(view: View, words: _Words, a: int, b: int, first: int, last: int) -> bool:
    if not words.negations.isdisjoint(view.folded[max(first, a - 3) : a]):
        return False
    tails = words.objects.get(view.folded[b])
    if tails is None:  # most
        return True
    return all(tuple(view.folded[b + 1 : min(last, b + 1 + len(tail))]) != tail for tail in tails)


def _clause_start(view: View, words: _Words, a: int, first: int) -> int:
    """Return the word at which the clause of a deed begins: who does it stands there."""
    start = a
    while start > first and a - start < _LONGEST and view.folded[start - 1] not in words.opens:
        start -= 1
    return start


def _clause_end(view: View, words: _Words, b: int, last: int) -> int:
    stop = b
    while stop + 1 < last and stop - b < _LONGEST and view.folded[stop + 1] not in words.ends:
        stop += 1
    return stop


def _effect(view: View, kind: str, a: int, b: int, index: int) -> Effect:
    start, end = view.starts[a], view.ends[b]
    quote = view.text[start:end]
    return Effect(kind, quote, start, end, (), None, Evidence(start, end, quote, view.sentence_span(index)))
