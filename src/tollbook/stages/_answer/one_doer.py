"""one_doer: claims of one event of which some say who did it -> the same with him in all of them.

A report names the doer once: in its headline, beside one figure, in a sentence on who claimed it. What it tells of the same
event beside that is his, too, where it tells of no other doer, place, day or weapon. "The group" and "the rebels" are the
party with a name that was told before, where there was only one.
"""

from collections.abc import Iterator, Sequence
from math import cos, hypot, radians

from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Claim, Party
from tollbook.model.made import changed
from tollbook.model.place import Place
from tollbook.stages._acting import Acting, as_name, distinct
from tollbook.stages._answer.party_names import has_own_name
from tollbook.world.parties import is_armed_force

_DONE = ("killed", "injured", "killed_or_injured", "abducted")
_UNCOUNTED = ("some", "none")
_NARROW = ("point", "locality", "adm2", None)
_NEAR = 40  # claims on each side of one that may tell of its event: a book of reports costs no square of its length
_SENTENCES = 8  # from one that says who did it to another of the same event
_LEAD = 3  # sentences at the head of a report, which tell its event
_BESIDE_IT = (
    3  # sentences from one to another, where neither the head nor the figure says that it is the same
)
_FEW, _MANY, _TIMES = 2, 20, 5  # people; how often a figure may be the other
_KM = 111.2  # of one degree
_BESIDE = 15  # km between two places of one event


def with_one_doer(view: View, words: Acting, pack: Pack, claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give the doer of an event to all claims of it that name none."""
    if len(claims) < 2 or not any(claim.by for claim in claims):  # nobody is named who could be another's
        return tuple(claims)
    named = [_as_named(view, words, pack, c, claims[max(0, i - _NEAR) : i]) for i, c in enumerate(claims)]
    out = list(named)
    for i, claim in enumerate(named):
        near = named[max(0, i - _NEAR) : i + _NEAR]
        if claim.by and not claim.by[1:] and claim.scope == "incident" and claim.harm in _DONE:
            out[i] = _with_name(view, words, pack, claim, near)
            continue
        if claim.by or claim.harm not in _DONE or claim.scope != "incident" or claim.modality != "asserted":
            continue
        if _is_apart(view, words, claim) or _has_subject(view, words, claim) or claim.count.kind == "none":
            continue
        found = [
            d
            for d in near
            if d.by and d.count.kind not in _UNCOUNTED and _of_one_event(view, words, d, claim)
        ]
        doers = _agreed(view, words, found)
        if (
            doers
            and not _has_several_doers(view, words, claim, near)
            and not _names_others(view, words, claim, doers)
            and all(_may_have(view, words, p, claim) for p in doers)
        ):
            out[i] = changed(claim, by=doers)
    return tuple(out)


def _with_name(view: View, words: Acting, pack: Pack, claim: Claim, near: Sequence[Claim]) -> Claim:
    """Return a claim that only common words for fighters blame ("a guerrilla attack") with the one who is named for its event."""
    (party,) = claim.by
    if not _is_common(view, words, pack, party):
        return claim
    found = [
        d for d in near if d.by and d.count.kind not in _UNCOUNTED and _of_one_event(view, words, d, claim)
    ]
    named = {_key(p): p for p in _named_doers(view, words, pack, found)}
    if len(named) != 1 or _names_others(view, words, claim, [*named.values()]):
        return claim
    (one,) = named.values()
    return changed(claim, by=(party, one)) if _may_have(view, words, one, claim) else claim


def _agreed(view: View, words: Acting, claims: Sequence[Claim]) -> tuple[Party, ...]:
    """Return the parties on whom claims agree: those of the first, where no other claim names another."""
    if not claims:
        return ()
    first = claims[0]
    names = {_key(p) for p in first.by}
    same = all({_key(p) for p in c.by} <= names or {_key(p) for p in c.by} >= names for c in claims[1:])
    told = all(p.basis not in ("denied", "implied") for p in first.by)
    return first.by if same and told else ()


def _key(party: Party) -> str:
    return party.name.lower()


def _of_one_event(view: View, words: Acting, told: Claim, claim: Claim) -> bool:
    """Tell whether a claim with a doer is of the event of another."""
    if (
        told.scope != "incident"
        or told.harm not in _DONE
        or _fights(view, words, told) != _fights(view, words, claim)
    ):
        return False
    tied = claim.part_of is not None and claim.part_of.claim == told.id
    if _hunt(view, words, told) or (not tied and _far_above(claim, told)):
        return False
    if not tied and told.evidence.sentence == claim.evidence.sentence:
        return False  # "killed two before officers shot him": who did what in a sentence was asked there
    if not tied and (
        _in_two_towns(told, claim) or not _one_place(told.where, claim.where) or not _one_time(told, claim)
    ):
        return False
    return _one_means(words, told, claim) and (tied or _one_stretch(view, words, told, claim))


def _hunt(view: View, words: Acting, told: Claim) -> bool:
    """Tell whether those did it who also go after attackers: "security forces later killed four people"."""
    ends = [view.word_at(p.end - 1) for p in told.by]
    return any(
        view.folded[k] in words.arresting or " ".join(view.folded[k - 1 : k + 1]) in words.arresting
        for k in ends
    )


def _far_above(claim: Claim, told: Claim) -> bool:
    """Tell whether a figure is so far above another that it is a war's: "655 dead" beside a murder."""
    figure, other = claim.count.low or 0, told.count.low or 0
    return figure > _MANY and figure > _TIMES * other


def _one_place(one: Sequence[Place], two: Sequence[Place]) -> bool:
    """Tell whether places can be of one event: each is the other's, holds it or lies beside it."""
    a, b = _inner(one), _inner(two)
    if a is None or b is None:
        adm1, other = next((p.adm1 for p in one if p.adm1), None), next((p.adm1 for p in two if p.adm1), None)
        return adm1 is None or other is None or adm1 == other
    if any(_same(a, p) for p in two) or any(_same(b, p) for p in one):
        return True
    return _apart_km(a, b) < _BESIDE


def _in_two_towns(one: Claim, two: Claim) -> bool:
    """Tell whether the sentences of two claims name a town each, and not the same, whether a gazetteer has them or not."""
    named = [[p for p in c.where if p.level in _NARROW and _in_sentence(p, c)] for c in (one, two)]
    return all(named) and not any(
        _same(a, b) or _apart_km(a, b) < _BESIDE for a in named[0] for b in named[1]
    )


def _in_sentence(place: Place, claim: Claim) -> bool:
    return claim.evidence.sentence.start <= place.start < claim.evidence.sentence.end


def _at_one_town(one: Claim, two: Claim) -> bool:
    return _inner(one.where) is not None and _inner(two.where) is not None


def _inner(places: Sequence[Place]) -> Place | None:
    """Return the town or district of places; a name that no gazetteer has may lie anywhere."""
    return places[0] if places and places[0].level in _NARROW and places[0].lat is not None else None


def _same(one: Place, two: Place) -> bool:
    if one.gazetteer_id is not None and two.gazetteer_id is not None:
        return one.gazetteer_id == two.gazetteer_id
    return one.name.lower() == two.name.lower()


def _apart_km(one: Place, two: Place) -> float:
    if one.lat is None or one.lon is None or two.lat is None or two.lon is None:
        return float("inf")
    east = (one.lon - two.lon) * cos(radians(one.lat))
    return _KM * hypot(one.lat - two.lat, east)


def _one_time(one: Claim, two: Claim) -> bool:
    """Tell whether two claims can be of one time: their periods meet, or one has none but the day of publication."""
    a, b = one.when, two.when
    if a is None or b is None or "published" in (a.basis, b.basis):
        return True
    if a.start is None or a.end is None or b.start is None or b.end is None:
        return True
    return a.start <= b.end and b.start <= a.end


def _one_means(words: Acting, one: Claim, two: Claim) -> bool:
    """Tell whether two claims tell of no two kinds of attack: shells and knives."""
    a, b = (_kinds(words, c) for c in (one, two))
    return not a or not b or not a.isdisjoint(b)


def _kinds(words: Acting, claim: Claim) -> frozenset[int]:
    told = {m.name for m in claim.means}
    return frozenset(k for k, kinds in enumerate(words.kinds) if not kinds.isdisjoint(told))


def _one_stretch(view: View, words: Acting, one: Claim, two: Claim) -> bool:
    """Tell whether two claims stand near, and no sentence between them turns to another event."""
    first, second = sorted((one, two), key=lambda c: c.evidence.start)
    a = view.sentence_at(view.word_at(first.evidence.start))
    b = view.sentence_at(view.word_at(second.evidence.start))
    if "killed_or_injured" in (one.harm, two.harm) and not _at_one_town(one, two):
        return False  # "we inflicted 20 casualties on the enemy"
    again = one.harm == two.harm and one.count.low == two.count.low and (one.count.low or 0) > _FEW
    led = view.sentence_at(view.word_at(one.evidence.start)) < _LEAD and _at_one_town(one, two)
    if b - a > (_SENTENCES if again or led else _BESIDE_IT):
        return False
    begin, end = view.sentences[a][1], view.sentences[b][1]
    return not any(words.turning.find(view.folded, begin, end))


def _is_apart(view: View, words: Acting, claim: Claim) -> bool:
    """Tell whether the sentence of a claim says that it tells of another event, or of more than one."""
    first, last = view.sentences[view.sentence_at(view.word_at(claim.evidence.start))]
    return any(words.apart.find(view.folded, first, last))


def _has_subject(view: View, words: Acting, claim: Claim) -> bool:
    """Tell whether a verb before its people tells a claim: its subject did it, whoever that is, "strangers kidnapped two"."""
    verb = view.word_at(claim.evidence.start)
    if claim.evidence.start >= claim.count.start or view.folded[verb] not in words.finite:
        return False
    first = view.sentences[view.sentence_at(verb)][0]
    return verb > first + 1 and view.folded[verb - 1] not in words.definite


def _fights(view: View, words: Acting, claim: Claim) -> bool:
    """Tell whether the people of a claim are told as attackers or of an armed group: others harmed them than the rest."""
    who = claim.victims
    if who.status == "armed_group" or who.start is None or who.end is None:
        return who.status == "armed_group"
    inside = view.folded[view.word_at(who.start) : view.word_at(who.end - 1) + 1]
    return any(
        w in words.accused or ((noun := words.people.get(w)) is not None and noun.attacker) for w in inside
    )


def _has_several_doers(view: View, words: Acting, claim: Claim, near: Sequence[Claim]) -> bool:
    """Tell whether a figure is greater than two that others are said to have killed each: a month's total is nobody's."""
    low, fights = claim.count.low or 0, _fights(view, words, claim)
    smaller = [
        {_key(p) for p in d.by}
        for d in near
        if d.by and d.harm == claim.harm and d.scope == claim.scope and 0 < (d.count.low or 0) < low
        and (d.part_of is None or d.part_of.claim == claim.id) and _fights(view, words, d) == fights
    ]  # fmt: skip
    return not claim.count.vague and any(
        one.isdisjoint(two) for k, one in enumerate(smaller) for two in smaller[:k]
    )


def _names_others(view: View, words: Acting, claim: Claim, doers: Sequence[Party]) -> bool:
    """Tell whether the sentence of a claim names a party that did not do it: one that may have done it, too."""
    first, last = view.sentences[view.sentence_at(view.word_at(claim.evidence.start))]
    names = {p.name for p in doers}
    return any(
        h.sense not in names for h in words.parties.find(view.folded, first, last) if as_name(view, words, h)
    )


def _may_have(view: View, words: Acting, party: Party, claim: Claim) -> bool:
    """Tell whether a party can have harmed the people of a claim: not its own, nor its kind."""
    who = claim.victims
    if who.affiliation is not None and who.affiliation == party.name:
        return False
    if who.start is None or who.end is None:
        return True
    inside = range(view.word_at(who.start), view.word_at(who.end - 1) + 1)
    victims = [view.folded[k] for k in inside]
    if any(h.sense == party.name for h in words.owners.find(view.folded, inside.start, inside.stop)):
        return False  # guards of Venezuela and its government
    if view.folded[view.word_at(party.end - 1)] in victims:
        return False
    force = is_armed_force(party.name) or view.folded[view.word_at(party.end - 1)] in words.arresting
    if _fights(view, words, claim):
        return force
    return not (force and who.status in ("armed_forces", "security_forces"))


def _as_named(view: View, words: Acting, pack: Pack, claim: Claim, before: Sequence[Claim]) -> Claim:
    """Return a claim with "the group" that did it as the one party with a name that did what was told before."""
    if not claim.by or not any(_points_back(view, words, pack, p) for p in claim.by):
        return claim
    named = {_key(p): p for p in _named_doers(view, words, pack, before)}
    if len(named) != 1:
        return claim
    (one,) = named.values()
    by = [_meant(view, words, p, one) if _points_back(view, words, pack, p) else p for p in claim.by]
    return changed(claim, by=tuple(distinct(by)))


def _meant(view: View, words: Acting, party: Party, named: Party) -> Party:
    """Return the party that words mean: "the group" is who was named, "the rebels" are he who is said to have been them."""
    body = view.folded[view.word_at(party.end - 1)] in words.whoever
    return changed(named, basis=party.basis) if body else named


def _named_doers(view: View, words: Acting, pack: Pack, claims: Sequence[Claim]) -> Iterator[Party]:
    for claim in claims:
        for party in claim.by:
            known = has_own_name(view, words, party, pack) and not is_armed_force(party.name)
            if known and party.basis not in ("denied", "implied") and claim.harm in _DONE:
                yield party


def _is_common(view: View, words: Acting, pack: Pack, party: Party) -> bool:
    """Tell whether a party is told by a common word for those of an armed group: rebels, a group."""
    last = view.folded[view.word_at(party.end - 1)]
    if has_own_name(view, words, party, pack) or words.forces.get(last) is not None:
        return False
    noun = words.people.get(last)
    armed = noun is not None and (noun.attacker or noun.status == "armed_group")
    return armed or last in words.whoever


def _points_back(view: View, words: Acting, pack: Pack, party: Party) -> bool:
    """Tell whether a party is told by a common word for an armed group behind "the" or "these": "the same group"."""
    if not _is_common(view, words, pack, party):
        return False
    first = view.word_at(party.start)
    index = view.sentences[view.sentence_at(first)][0]
    return not words.pointing.isdisjoint(view.folded[max(index, first - 1) : first + 1])
