"""telling_names: an incident's card -> the words of it that may name a person, and those that name what is public.

Nobody is asked who is a person: what has a capital where its language asks for none, and is no place, party, day or
voice of the record, is taken for a name. Too much is struck rather than a name left.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain

from tollbook.lang.pack import common_words, installed_packs, load_pack
from tollbook.model.answer import IncidentCard
from tollbook.model.testimony import Testimony
from tollbook.pipeline import pack_code
from tollbook.world.origins import is_known_origin
from tollbook.world.parties import party_names, state_names

WORD = re.compile(r"[^\W\d_](?:[\w'’-]*\w)?")
_CAPITAL = r"(?:[^\W\d_]{1,3}['’-])?[^\W\d_a-z][\w'’-]*"
_RUN = re.compile(rf"{_CAPITAL}(?:\s+{_CAPITAL})+")  # Ali al-Khatib
_ENDS = '.!?:;“"«([–—'  # behind these a capital says nothing
_PERSONS = ("local", "unknown")  # kinds of voices that may be a person by name


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a card: `private` may name people and are struck from it, `sure` of these from every card of an export.

    `public` name places, parties, outlets and voices; they stay in their card, unless a victim of it has that name.
    `ordinary` are the small words of the languages of its reports.
    """

    private: frozenset[str]
    sure: frozenset[str]
    public: frozenset[str]
    ordinary: frozenset[str]


def names_in(card: IncidentCard) -> Told:
    """Find the words that may name a person, and those that stay, in a card from which nothing was struck."""
    public, voices = _public(card)
    counted = {word for one in card.testimonies for word in _counted_by_name(one)}
    claimed = {w for one in card.testimonies for w in one.names if w[:1].isupper()}
    claimed |= {
        w for _, said in card.statements for w in re.split(r"\W+", said.speaker.quote) if w[:1].isupper()
    }
    sentences, titles = list(_sentences(card)), [line.reference.title or "" for line in card.reports]
    codes = {pack_code(line.reference.language) for line in card.reports} or {pack_code(None)}
    ordinary = _ordinary(tuple(sorted(codes)))
    told = claimed | counted
    for words in sentences:
        told |= set(_capitals(words, ordinary, headline=False))
    for words in titles:
        told |= set(_capitals(words, ordinary, headline=True))
    said_so = [*sentences, *titles, *(q for one in card.testimonies for q in _quotes(one))]
    runs = [run.split() for words in said_so for run in _RUN.findall(words)]
    beside = {w for run in runs if not told.isdisjoint(run) for w in run}
    private = told | beside | {w for words in said_so for w in WORD.findall(words) if _has_no_case(w)}
    sure = {w for w in private if w in counted or not {p.casefold() for p in _parts(w)} <= ordinary}
    own = public | voices
    private = {w for w in private if not _parts(w) <= own} | {w for w in counted if not _parts(w) <= public}
    sure = {w for w in sure if w in counted or not _parts(w) <= own}
    return Told(
        _shouted(private),
        _shouted(w for w in sure if not _parts(w) <= public),
        frozenset(public | voices),
        _small_words(tuple(sorted(codes))),
    )


@dataclass(frozen=True, slots=True)
class Hidden:
    """Names told in any card of an export; `parts` gives for what they are made of, in small letters, the names it is in."""

    names: frozenset[str] = frozenset()
    parts: Mapping[str, frozenset[str]] = field(default_factory=dict)


NOBODY = Hidden()


def hidden(names: Iterable[str]) -> Hidden:
    """Make names ready to be looked for in many cards."""
    held = frozenset(names)
    parts: dict[str, set[str]] = {}
    for name in held:
        for part in small_parts(name):
            parts.setdefault(part, set()).add(name)
    return Hidden(held, {part: frozenset(some) for part, some in parts.items()})


def names_in_all(cards: Iterable[IncidentCard]) -> Hidden:
    """Return the names told in any of some cards."""
    return hidden(chain.from_iterable(names_in(card).sure for card in cards))


def small_parts(name: str) -> set[str]:
    """Return what a name is made of, in small letters, as addresses and ids have it: "Okafor's" is "okafor"."""
    return {part.casefold() for part in _parts(name)} - {"s"}


def _public(card: IncidentCard) -> tuple[set[str], set[str]]:
    """Return the words of what is public, and those of voices that may be persons."""
    public: set[str] = set()
    voices: set[str] = set()
    for one in card.testimonies:
        into = voices if one.origin.kind in _PERSONS and not is_known_origin(one.origin.name) else public
        into |= _parts(f"{one.origin.name} {one.origin.party or ''}")
        for site in one.sites:
            public |= _parts(f"{site.name} {site.adm1 or ''}")
        for party in one.claim.by:
            public |= _parts(f"{party.name} {party.quote}")
        for place in one.claim.where:
            public |= _parts(place.quote)
    for _, said in card.statements:
        if is_known_origin(said.speaker.name) or is_known_origin(said.speaker.quote):
            public |= _parts(f"{said.speaker.name} {said.speaker.quote}")
    for _, effect in card.effects:
        for place in effect.where:
            public |= _parts(f"{place.quote} {place.name or ''}")
    for line in card.reports:
        public |= _parts(line.reference.publisher or "")
    for side in card.incident.parties:
        public |= _parts(side.name)
    for found in (card.incident.place, *card.incident.places):
        public |= _parts(f"{found.name} {found.adm1 or ''}") if found else set()
    return public, voices


def _sentences(card: IncidentCard) -> Iterator[str]:
    """Yield the words of reports beside their figures: effects, statements, answers."""
    for _, effect in card.effects:
        yield from (effect.quote, effect.evidence.quote)
    for _, said in card.statements:
        yield said.evidence.quote
        if said.about is not None:
            yield said.about.quote
    for one in card.testimonies:
        yield from (answer.quote for answer in one.answers)


def _quotes(one: Testimony) -> Iterator[str]:
    yield one.claim.evidence.quote
    yield one.claim.count.quote
    if one.claim.victims.quote:
        yield one.claim.victims.quote


def _counted_by_name(one: Testimony) -> set[str]:
    """Return the words of a count that is a name: it begins where its victims do, or has a capital within (his wife Fatima)."""
    count, victims = one.claim.count, one.claim.victims
    words = WORD.findall(count.quote)
    inner = [w for w in words[1:] if _has_capital(w)]
    return {w for w in words if _has_capital(w)} if inner or count.start == victims.start else set()


def _capitals(words: str, ordinary: frozenset[str], *, headline: bool) -> Iterator[str]:
    """Yield the words with a capital that may be names: all but days, months, states and parties.

    Where a capital says nothing (behind a full stop, in a headline of capitals) ordinary words of the language are none.
    """
    found = list(WORD.finditer(words))
    long = [m for m in found if len(m.group()) > 3]
    shouted = headline and 2 * sum(_has_capital(m.group()) for m in long) > len(long)
    for match in found:
        word = match.group()
        if not _has_capital(word) or _parts(word.casefold()) <= _of_the_world():
            continue
        before = words[: match.start()].rstrip()
        silent = shouted or not before or before[-1] in _ENDS
        if not silent or not {p for p in _parts(word.casefold()) if p != "s"} <= ordinary:
            yield word


@cache
def _of_the_world() -> frozenset[str]:
    """Return the small words of states and parties, and, of every pack, days, months and what is of a country."""
    # a word of several is no name of anything: "Hassan" of a party's long name may be a victim's
    names = chain(state_names(), (form for forms in party_names().values() for form in forms))
    found = {p.casefold() for name in names if len(_parts(name)) == 1 for p in _parts(name)}
    found |= {p.casefold() for name in state_names() for p in _parts(name)}
    for pack in map(load_pack, installed_packs()):
        times = pack.parts["time"].get("words", {})
        found |= {form for key in ("weekday", "month", "maybe_month") for form in times.get(key, ())}
        adjectives = pack.parts["names"].get("demonyms", {}).values()
        found |= {form.casefold() for forms in adjectives for form in forms}
    return frozenset(found | {"s"})


@cache
def _ordinary(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset[str]().union(*(common_words(load_pack(code)) for code in codes))


@cache
def _small_words(codes: tuple[str, ...]) -> frozenset[str]:
    return _ordinary(codes) | _of_the_world()


def _parts(words: str) -> set[str]:
    return set(re.split(r"[\W_]+", words)) - {""}


def _shouted(words: Iterable[str]) -> frozenset[str]:
    held = frozenset(words)
    return held | {w.upper() for w in held if len(w) > 1}


def _has_capital(word: str) -> bool:
    return any(letter.isupper() for letter in word)


def _has_no_case(word: str) -> bool:
    """Tell whether a word is of a script without capitals, in which a name looks like any other word."""
    return word.lower() == word.upper() and any(letter.isalpha() for letter in word)


__all__ = ["NOBODY", "WORD", "Hidden", "Told", "hidden", "names_in", "names_in_all", "small_parts"]
