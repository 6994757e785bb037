"""_references: drafts that only point back to people told before -> dropped."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Mention, Mentions, Spelled
from tollbook.lang.pack import Pack, common_words
from tollbook.lang.tables import people_of


def without_references(
    drafts: list[Draft],
    names: Sequence[frozenset[str]],
    told_again: frozenset[int],
    foes: Sequence[bool],
) -> list[Draft]:
    """Drop words that only point back: "the six Jesuits", "he was killed", after the claim they point to.

    A claim is stated once; a definite group or a pronoun with the same figure for the same harm says nothing new, nor
    does "the two" after two persons told one by one, nor a person named again. `names` are the words of each draft's
    name, empty where nobody is named; `told_again` the places of implied deaths that other words tell; `foes` tells
    those whose words say that they attacked: "the bomber" is not the driver told before.
    """
    kept: list[Draft] = []
    places: dict[int, int] = {}
    told: dict[tuple[str, int | None, bool], int] = {}
    clauses: dict[tuple[str, int | None, bool], int] = {}
    persons: dict[tuple[str, str], tuple[int, int]] = {}
    singly: dict[str, list[int]] = {}
    for i, draft in enumerate(drafts):
        if draft.implied:
            places[i] = len(kept)
            kept += [] if i in told_again else [draft]
            continue
        key = (draft.harm, draft.stated.low, foes[i])
        seen = [persons[draft.harm, n] for n in sorted(names[i]) if (draft.harm, n) in persons]
        first = next((place for place, clause in seen if clause != draft.harm_first), None)
        if first is None and draft.reference and not names[i] and key in told:
            if clauses[key] != draft.harm_first:  # a list in one clause names different people
                first = told[key]
        alone = singly.setdefault(draft.harm, [])
        several = draft.reference and draft.stated.kind == "exact" and (draft.stated.low or 0) > 1
        if first is None and several and len(alone) == draft.stated.low:
            first = alone[0] if kept[alone[-1]].harm_first != draft.harm_first else None
        if first is not None and draft.parent is None:
            places[i] = first
            continue
        places[i] = len(kept)
        parent = None if draft.parent is None else places[draft.parent]
        kept.append(draft if parent == draft.parent else replace(draft, parent=parent))
        if draft.stated.kind == "exact" and draft.stated.low == 1 and draft.parent is None:
            alone.append(places[i])
        for name in names[i]:
            persons.setdefault((draft.harm, name), (places[i], draft.harm_first))
        if key not in told:
            told[key], clauses[key] = places[i], draft.harm_first
    return kept


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
    closed = k + 3 < len(mentions) and mentions[k + 3].role == role.COMMA
    if closed and mentions[k + 1].role == role.COMMA and mentions[k + 2].role == role.NAME:
        return mentions[k + 2]
    return None


@cache
def _endings(pack: Pack) -> tuple[str, ...]:
    small = pack.parts["words"].get("small", {})
    return tuple(pack.fold(ending) for ending in small.get("possessive_endings", ()))
