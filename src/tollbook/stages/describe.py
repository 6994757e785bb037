"""describe: the words for people -> who they are."""

from dataclasses import dataclass
from functools import cache

from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.people import Noun, People
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.model.claim import Status, Victims
from tollbook.stages._sentence import words_of_pack
from tollbook.world.parties import is_armed_force, parties_lexicon

_COMBATANTS = ("armed_forces", "security_forces", "armed_group")
_MAY_FIGHT = ("unknown", *_COMBATANTS)
_ADULT, _ELDERLY = 18, 60  # years
_SEXES, _AGES = frozenset(("female", "male")), frozenset(("child", "elderly"))  # those that modifiers tell
_STATUSES = ("armed_forces", "security_forces", "armed_group", "civilian")


@dataclass(slots=True)
class _Told:
    """What the words of a group tell, gathered from left to right."""

    nouns: list[Noun]
    modifiers: set[str]
    identities: list[str]
    ages: set[str]


def victims_of(view: View, pack: Pack, first: int, last: int) -> Victims:
    """Describe people from the noun group first..last (words, both included); first > last means no words say who."""
    if last < first:
        return Victims(None, None, None, "unknown")
    people = people_of(pack)
    told = _gather(view, pack, people, first, last)
    quote = view.quote(first, last)
    joined = not _joins(pack).isdisjoint(view.folded[first : last + 1])
    status = _status(told, joined)
    sexes: set[str | None] = {n.sex for n in told.nouns} | (told.modifiers & _SEXES)
    if not joined:
        sexes.discard(None)  # "one female rebel", "civilian men": one group, told by either word
    ages = told.ages or ({n.age for n in told.nouns if n.age} | (told.modifiers & _AGES))
    mixed_age = (
        len(told.nouns) > 1 and "child" not in told.modifiers and any(n.age is None for n in told.nouns)
    )
    sex = next(iter(sexes)) if len(sexes) == 1 else None
    age = next(iter(ages)) if len(ages) == 1 and (told.ages or not mixed_age) else None
    if age == "child" and not told.nouns and status == "unknown":
        status = "civilian"  # "an 11-year-old" is who a boy or a girl is
    body = _body(view, pack, last, status in _COMBATANTS)
    if body is not None and status in _MAY_FIGHT:
        last, party_named = body
        quote = view.quote(first, last)
        if status == "unknown" and told.nouns:
            status = "armed_forces" if is_armed_force(party_named) else "armed_group"
    party = (
        next((hit.sense for hit in _parties(pack, view, first, last)), None)
        if status in _COMBATANTS
        else None
    )
    return Victims(
        quote,
        view.starts[first],
        view.ends[last],
        status,
        sex,  # type: ignore[arg-type]  # the pack's words are the model's
        age,  # type: ignore[arg-type]  # as above
        tuple(dict.fromkeys(told.identities)),
        party,
    )


def _body(view: View, pack: Pack, last: int, armed: bool) -> tuple[int, str] | None:
    """Return the armed party that people belong to by the words behind them: "a member of the SDF", and its last word."""
    of, determiners = _linking(pack)
    k, end = last + 1, min(len(view.folded), last + 9)
    if k + 1 >= end or view.folded[k] not in of or not (armed or view.folded[last] in _belonging(pack)):
        return None
    det = determiners.at(view.folded, k + 1, end)
    begin = k + 1 if det is None else det.last + 1
    hit = _lexicon(pack).at(view.folded, begin, end) if begin < end else None
    return None if hit is None else (hit.last, hit.sense)


@cache
def _linking(pack: Pack) -> tuple[frozenset[str], Lexicon[bool]]:
    small = pack.parts["words"].get("small", {})
    of = frozenset(pack.fold(w) for w in small.get("of", ()))
    return of, Lexicon([(w, True) for w in small.get("determiners", ())], pack.fold)


@cache
def _belonging(pack: Pack) -> frozenset[str]:
    return frozenset(pack.fold(w) for w in pack.parts["words"].get("small", {}).get("belonging", ()))


def _parties(pack: Pack, view: View, first: int, last: int):  # type: ignore[no-untyped-def]  # an iterator of hits
    return _lexicon(pack).find(view.folded, max(0, first - 1), last + 1)


@cache
def _lexicon(pack: Pack):  # type: ignore[no-untyped-def]  # Lexicon[str]
    return parties_lexicon(pack.fold)


def _gather(view: View, pack: Pack, people: People, first: int, last: int) -> _Told:
    told = _Told([], set(), [], set())
    folded = view.folded
    identities = _identities(pack)
    i = first
    while i <= last:
        aged = _age_at(view, pack, i, last + 1)
        if aged is not None:
            told.ages.add(aged[1])
            i = aged[0] + 1
            continue
        phrase = people.phrase(folded, i, last + 1)
        noun = people.get(folded[i]) if phrase is None else phrase.sense
        if noun is not None:
            told.nouns.append(noun)
            if noun.identity:
                told.identities.append(view.words[i])
        elif folded[i] in identities:
            told.identities.append(view.words[i])
        more = folded[i] in people.modifiers.firsts
        hit = people.modifiers.at(folded, i, last + 1) if more else None
        if hit is not None and (noun is None or hit.last > i):
            told.modifiers.add(hit.sense)
        if hit is not None or phrase is not None:
            i = max(i if hit is None else hit.last, i if phrase is None else phrase.last)
        i += 1
    return told


def _age_at(view: View, pack: Pack, i: int, end: int) -> tuple[int, str] | None:
    """Read "9-year-old", "two months old" at word i: its last word, and the group of that age.

    A child is under 18 (Convention on the Rights of the Child, article 1), the elderly are 60 and older (as the UN counts).
    """
    folded, words = view.folded, words_of_pack(pack)
    if not (folded[i][0].isdecimal() or folded[i] in words.numbers.firsts):
        return None
    value = words.numbers.value_at(folded, i, end)
    if value is None:
        return None
    behind = [k for k in range(value[0] + 1, min(value[0] + 5, end)) if folded[k] != "-"][:2]
    told = [folded[k] for k in behind]
    hit = words.ages.at(told, 0, len(told)) if len(told) == 2 else None
    if hit is None:
        return None
    years = value[1] if hit.sense else 0
    return behind[1], "child" if years < _ADULT else "elderly" if years >= _ELDERLY else "adult"


@cache
def _identities(pack: Pack) -> frozenset[str]:
    words = pack.parts["people"].get("modifiers", {}).get("identities", ())
    return frozenset(pack.fold(word) for word in words)


@cache
def _joins(pack: Pack) -> frozenset[str]:
    return frozenset([",", *(pack.fold(w) for w in pack.parts["words"].get("small", {}).get("and", ()))])


def _status(told: _Told, side_by_side: bool) -> Status:
    """Tell the status: of the head noun, or of its modifiers where the head says nothing or less.

    `side_by_side`: two nouns stand side by side ("civilians and disarmed fighters"): who they are is mixed.
    """
    if "former" in told.modifiers:
        return "unknown"
    heads = [n.status for n in told.nouns if n.status != "unknown"]
    by_modifier = next((s for s in _STATUSES if s in told.modifiers), None) if told.modifiers else None
    if len(set(heads)) > 1:
        statuses = set(heads)
        if statuses <= {"civilian"} | {"unknown"}:
            return "civilian"
        if "security_forces" in statuses and "civilian" not in statuses and "armed_group" not in statuses:
            return "security_forces"
        last = heads[-1]
        return "mixed" if "civilian" in statuses and (side_by_side or last == "civilian") else last  # type: ignore[return-value]  # a Status
    if heads:
        head = heads[0]
        if by_modifier in ("security_forces", "armed_forces") and head in (
            "armed_forces",
            "security_forces",
            "civilian",
        ):
            return by_modifier  # type: ignore[return-value]  # a Status
        return head  # type: ignore[return-value]  # a Status
    return by_modifier or "unknown"  # type: ignore[return-value]  # a Status
