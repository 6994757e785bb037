"""references: drafts that only point back to people told before -> dropped."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Mention, Mentions, Spelled
from tollbook.lang.pack import Pack, common_words
from tollbook.lang.tables import people_of
from tollbook.model.made import changed
from tollbook.stages._form.told_dead import Foe, Told, is_one

_OF_WHAT = (role.OF, role.OTHER)


class _First(NamedTuple):
    """The first draft of a harm and figure: its place among those kept, its clause, and who its people are."""

    place: int
    clause: int
    foe: Foe


def without_references(told: Told) -> list[Draft]:
    """Drop words that only point back: "the six Jesuits", "he was killed", after the claim they point to.

    A claim is stated once; a definite group or a pronoun with the same figure for the same harm says nothing new, nor
    does "the two" after two persons told one by one, nor a person named again. Those whose words say that they attacked
    or fight are not the others told before: "the bomber" is not the driver.
    """
    kept: list[Draft] = []
    places: dict[int, int] = {}
    firsts: dict[tuple[str, int | None, bool], _First] = {}
    persons: dict[tuple[str, str], tuple[int, int]] = {}
    singly: dict[str, list[int]] = {}
    again: dict[tuple[str, int], int] = {}  # for the word of harm of who is told again, where he was told
    for i, draft in enumerate(told.drafts):
        if draft.implied:
            places[i] = len(kept)
            kept += [] if i in told.again else [draft]
            continue
        names, foe = told.names[i], told.foes[i]
        key = (draft.harm, draft.stated.low, foe is Foe.ATTACKER)
        first: int | None = None
        if names:  # few
            seen = [persons[draft.harm, n] for n in sorted(names) if (draft.harm, n) in persons]
            first = next((place for place, clause in seen if clause != draft.harm_first), None)
        same = firsts.get(key) if draft.reference and not names else None
        if first is None and same is not None and same.clause != draft.harm_first:
            # a list in one clause names different people, and "the assailant" is not the officer told before
            first = None if foe is Foe.FIGHTER and same.foe is Foe.NONE else same.place
        alone = singly.setdefault(draft.harm, [])
        several = draft.reference and draft.stated.kind == "exact" and (draft.stated.low or 0) > 1
        if first is None and several and len(alone) == draft.stated.low:
            first = alone[0] if kept[alone[-1]].harm_first != draft.harm_first else None
        if first is None and draft.others and (draft.harm, draft.harm_first) in again:
            first = _with_him_before(kept, again[draft.harm, draft.harm_first], draft)
        if first is not None and draft.parent is None:
            places[i] = first
            again.setdefault((draft.harm, draft.harm_first), first)
            continue
        places[i] = len(kept)
        parent = None if draft.parent is None else places[draft.parent]
        kept.append(draft if parent == draft.parent else changed(draft, parent=parent))
        if is_one(draft) and draft.parent is None:
            alone.append(places[i])
        for name in names:
            persons.setdefault((draft.harm, name), (places[i], draft.harm_first))
        firsts.setdefault(key, _First(places[i], draft.harm_first, foe))
    return kept


def _with_him_before(kept: Sequence[Draft], told: int, others: Draft) -> int | None:
    """Return the place of those who were told with somebody told again, where they are as many as "others" beside him now.

    "The mayor and two guards were killed. … The mayor and two others were killed."
    """
    one = kept[told]
    beside = [
        k
        for k, d in enumerate(kept)
        if k != told and d.harm == one.harm and d.harm_first == one.harm_first and d.parent is None
    ]
    as_many = beside and sum(kept[k].stated.low or 0 for k in beside) == others.stated.low
    return beside[0] if as_many and is_one(one) else None


def name_of(draft: Draft, spelled: Spelled, pack: Pack) -> frozenset[str]:
    """Return the words of the name of one person, also of the name between commas beside the words for him.

    Empty for several people and for one without a name.
    """
    if draft.stated.kind != "exact" or draft.stated.low != 1 or draft.parent is not None:
        return frozenset()
    ordinary, people, endings = common_words(pack), people_of(pack), _endings(pack)
    words = list(spelled.folded[draft.stated.first : draft.stated.last + 1])
    beside = _beside(draft, spelled.mentions)
    if beside is not None:
        words += spelled.folded[beside.first : beside.last + 1]
    bare = [next((w.removesuffix(e) for e in endings if w.endswith(e)), w) for w in words]
    return frozenset(w for w in bare if len(w) > 3 and w not in ordinary and people.get(w) is None)


def _beside(draft: Draft, mentions: Mentions) -> Mention | None:
    """Return the name that stands between commas right before or behind the words for one person."""
    k = mentions.at(draft.stated.first)
    if k < 0 or mentions[k].role != role.VICTIM:
        return None
    if k >= 2 and mentions[k - 1].role == role.COMMA and mentions[k - 2].role == role.NAME:
        return mentions[k - 2]
    if k + 1 < len(mentions) and mentions[k + 1].role == role.OF:  # "the driver of the car, Omar Haddad, …"
        while k + 1 < len(mentions) and mentions[k + 1].role in _OF_WHAT:
            k += 1
    closed = k + 3 < len(mentions) and mentions[k + 3].role == role.COMMA
    if closed and mentions[k + 1].role == role.COMMA and mentions[k + 2].role == role.NAME:
        return mentions[k + 2]
    return None


@cache
def _endings(pack: Pack) -> tuple[str, ...]:
    small = pack.parts["words"].get("small", {})
    return tuple(pack.fold(ending) for ending in small.get("possessive_endings", ()))
