"""blame: around the words of a claim -> who is said to have done it, and with what."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from tollbook.grammar.lexicon import Hit, Lexicon, entries_of
from tollbook.grammar.people import People
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.model.claim import Basis, Means, Party
from tollbook.world.parties import parties_lexicon

_BASES: tuple[Basis, ...] = ("denied", "admitted", "claimed", "suspected", "alleged")
_GROUP = 5  # words before the head of an acting group that belong to it

_NEARBY = 80  # words on each side of a claim: no sentence of prose is longer


class _Words(NamedTuple):
    means: Lexicon[str]
    by: Lexicon[bool]
    attack: Lexicon[bool]
    between: Lexicon[bool]
    bases: Lexicon[str]
    actors: Lexicon[bool]
    parties: Lexicon[str]
    people: People
    determiners: Lexicon[bool]
    stops: frozenset[str]


@cache
def _words(pack: Pack) -> _Words:
    table, fold = pack.parts["means"], pack.fold
    agent, small = table.get("agent", {}), pack.parts["words"].get("small", {})
    stops = {
        w
        for key in ("prepositions", "and", "break", "be_one", "be_many", "have", "relative")
        for w in small.get(key, ())
    }
    return _Words(
        Lexicon(entries_of(table.get("means", {})), fold),
        Lexicon([(w, True) for w in agent.get("by", ())], fold),
        Lexicon([(w, True) for w in agent.get("attack", ())], fold),
        Lexicon([(w, True) for w in agent.get("between", ())], fold),
        Lexicon([(w, basis) for basis in _BASES for w in agent.get(basis, ())], fold),
        Lexicon([(w, True) for w in agent.get("actors", ())], fold),
        parties_lexicon(fold),
        people_of(pack),
        Lexicon([(w, True) for w in small.get("determiners", ())], fold),
        frozenset(stops),
    )


def means_for(view: View, pack: Pack, start: int, end: int) -> tuple[Means, ...]:
    """Return the weapons and methods that the sentence of text[start:end] names, those nearest to it first."""
    words = _words(pack)
    first, last = _around(view, start, end)
    hits = sorted(words.means.find(view.folded, first, last), key=lambda h: _gap(view, h, start, end))
    found: dict[str, Means] = {}
    for hit in hits[:6]:
        if hit.sense not in found:
            a, b = view.starts[hit.first], view.ends[hit.last]
            found[hit.sense] = Means(view.text[a:b], a, b, hit.sense)
    return tuple(found.values())[:3]


def _around(view: View, start: int, end: int) -> tuple[int, int]:
    """Return the words of the sentence of text[start:end], of an endless one only those near."""
    word = view.word_at(start)
    first, last = view.sentences[view.sentence_at(word)]
    return max(first, word - _NEARBY), min(last, view.word_at(max(start, end - 1)) + _NEARBY)


def _gap(view: View, hit: Hit[str], start: int, end: int) -> int:
    return max(view.starts[hit.first] - end, start - view.ends[hit.last], 0)


def parties_for(
    view: View, pack: Pack, start: int, end: int, victims: tuple[int, int] | None, active: bool = False
) -> tuple[Party, ...]:
    """Return who is said to have done what text[start:end] tells: agents, subjects, names of attacks.

    `victims` is the stretch of the people harmed, who are never their own killers here; `active` says that the words
    of harm are a verb with a subject before it. A claim of responsibility or a denial in the next sentence counts.
    """
    words = _words(pack)
    index = view.sentence_at(view.word_at(start))
    first, last = _around(view, start, end)
    harm = view.word_at(start)
    found: list[Party] = []
    agent = _agent(view, words, first, last, view.word_at(max(start, end - 1)))
    if agent is not None:
        found.append(agent)
    if active and not found:
        subject = _subject(view, words, first, harm)
        if subject is not None:
            found.append(subject)
    if not found:
        attack = _attacker(view, words, first, last)
        if attack is not None:
            found.append(attack)
    if not found:
        found += _opposed(view, words, first, last)
    if index + 1 < len(view.sentences):
        found += _responsible(view, words, *view.sentences[index + 1])
    return tuple(_distinct(p for p in found if not _inside(p, victims)))


def _inside(party: Party, victims: tuple[int, int] | None) -> bool:
    return victims is not None and party.start < victims[1] and victims[0] < party.end


def _distinct(parties: Iterator[Party]) -> list[Party]:
    seen: dict[str, Party] = {}
    for party in parties:
        seen.setdefault(party.name.lower(), party)
    return list(seen.values())[:3]


def _agent(view: View, words: _Words, first: int, last: int, harm: int) -> Party | None:
    """Read "by …" behind the words of harm."""
    for hit in words.by.find(view.folded, harm, min(last, harm + 14)):
        group = _group_from(view, words, hit.last + 1, last)
        if group is not None:
            return _party(view, words, *group, first)
    return None


def _subject(view: View, words: _Words, first: int, harm: int) -> Party | None:
    """Read the actor before an active verb, the nearest first."""
    for i in range(harm - 1, max(first, harm - 18) - 1, -1):
        group = _group_to(view, words, i, first)
        if group is not None:
            return _party(view, words, *group, first)
    return None


def _attacker(view: View, words: _Words, first: int, last: int) -> Party | None:
    """Read "Israeli airstrikes", "an attack by": a party beside a word of attack."""
    for hit in words.attack.find(view.folded, first, last):
        for k in range(max(first, hit.first - 3), hit.first):
            party = words.parties.at(view.folded, k, hit.first)
            if party is not None and party.last == hit.first - 1:
                return _party(view, words, k, party.last, first)
    return None


def _opposed(view: View, words: _Words, first: int, last: int) -> list[Party]:
    """Read "clashes between X and Y": both are implied, neither is said to have done it."""
    for hit in words.between.find(view.folded, first, last):
        found = list(words.parties.find(view.folded, hit.last + 1, min(last, hit.last + 20)))[:2]
        return (
            [_party(view, words, h.first, h.last, first, "implied") for h in found] if len(found) > 1 else []
        )
    return []


def _responsible(view: View, words: _Words, first: int, last: int) -> list[Party]:
    """Read a claim of responsibility, or its denial, in a sentence."""
    for hit in words.bases.find(view.folded, first, last):
        if hit.sense in ("claimed", "denied", "admitted") and hit.last > hit.first:
            for i in range(hit.first - 1, max(first, hit.first - 8) - 1, -1):
                group = _group_to(view, words, i, first)
                if group is not None:
                    party = _party(view, words, *group, first)
                    return [Party(party.quote, party.start, party.end, party.name, hit.sense)]  # type: ignore[arg-type]  # a Basis
    return []


def _group_from(view: View, words: _Words, i: int, last: int) -> tuple[int, int] | None:
    """Return the acting group that begins at word i."""
    begin = i
    det = words.determiners.at(view.folded, i, last)
    if det is not None:
        begin = det.last + 1
    for k in range(begin, min(last, begin + _GROUP + 1)):
        party = words.parties.at(view.folded, k, last)
        actor = words.actors.at(view.folded, k, last)
        if party is not None:
            actor = words.actors.at(view.folded, party.last + 1, last) if party.last + 1 < last else None
            return begin, actor.last if actor is not None else party.last
        if actor is not None or words.people.get(view.folded[k]) is not None:
            end = actor.last if actor is not None else k
            while end + 1 < last and (
                words.people.get(view.folded[end + 1]) or words.actors.at(view.folded, end + 1, last)
            ):
                end += 1
            return begin, end
        if view.folded[k] in words.stops or not view.words[k][0].isalnum():
            return None
    return None


def _group_to(view: View, words: _Words, i: int, first: int) -> tuple[int, int] | None:
    """Return the acting group that ends at word i."""
    for k in range(max(first, i - 4), i + 1):
        party = words.parties.at(view.folded, k, i + 1)
        if party is not None and party.last == i:
            return k, i
    actor = words.actors.at(view.folded, i, i + 1)
    if actor is None:
        return None
    begin = i
    while begin - 1 >= first and i - begin < _GROUP:
        word = view.folded[begin - 1]
        surface = view.words[begin - 1]
        if word in words.stops or not surface[0].isalnum() or words.determiners.get(word) is not None:
            break
        if not (
            surface[0].isupper()
            or words.people.modifiers.get(word)
            or words.people.get(word)
            or words.actors.get(word)
        ):
            break
        begin -= 1
    return begin, i


def _party(view: View, words: _Words, a: int, b: int, first: int, basis: Basis = "stated") -> Party:
    start, end = view.starts[a], view.ends[b]
    known = next((h.sense for h in words.parties.find(view.folded, a, b + 1)), None)
    for hit in words.bases.find(view.folded, max(first, a - 4), b + 1):
        basis = hit.sense  # type: ignore[assignment]  # the pack's keys are the bases
    quote = view.text[start:end]
    return Party(quote, start, end, known or " ".join(quote.split()), basis)


def background_means(pack: Pack) -> Sequence[str]:
    """Return the means that set a claim apart from the conflict: disease, accident, natural disaster."""
    kinds: Sequence[str] = pack.parts["means"].get("background", {}).get("kinds", ())
    return kinds
