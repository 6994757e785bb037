"""divided: drafts of one sentence -> the same with what it shares their figures out into, each tied to its whole."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.stages._form.across_borders import add_elsewhere
from tollbook.stages._form.all_of_them import Whom, all_of_them, body_of_these, killed_them, they_were
from tollbook.stages._form.appositions import add_the_rest, appositions
from tollbook.stages._form.families import in_persons
from tollbook.stages._form.fates import with_fates
from tollbook.stages._form.identified import identified
from tollbook.stages._form.inner_totals import add_inner_totals
from tollbook.stages._form.of_told import (
    add_among,
    add_halves,
    add_included,
    of_the_victims,
    this_includes,
)
from tollbook.stages._form.parts import add_parts, add_split, pointed_back
from tollbook.stages._form.parts_by_place import add_by_place
from tollbook.stages._form.shared_by_place import add_shared_by_place
from tollbook.stages._form.shared_out import add_shared, rest_of, shared_back
from tollbook.stages._form.told_after import add_after_others
from tollbook.stages._form.told_once import add_compared, add_gapped, add_listed
from tollbook.stages._sentence import words_of_pack

_MAY_SPLIT = re.compile(f"[{role.OPEN}{role.DASH}{role.COLON}]")  # before figures that make up another
_MOVED, _BY_WORD = "displaced", "people"  # a harm, and the order of who is told by a word for it
_OF_BODY = ("killed", "injured", "killed_or_injured")


class OfThose(NamedTuple):
    """Small words that point back to those told before; `whose` are "his" and "their", `one` those of one person."""

    told_before: frozenset[str]
    every: frozenset[str]
    one: frozenset[str]
    whose: frozenset[str]
    they: frozenset[str]
    bodies: frozenset[str]
    turned_up: frozenset[str]
    this: frozenset[str]
    whom: Whom


def with_parts(
    sentence: Spelled,
    found: list[Draft],
    pack: Pack,
    families: frozenset[str],
    among: frozenset[str],
    done_to: frozenset[str],
) -> list[Draft]:
    """Add what a sentence shares its figures out into, and tie it to them."""
    letters = sentence.letters
    including = role.INCLUDING in letters  # few sentences: what needs a letter is asked only where it stands
    add_inner_totals(sentence, found, words_of_pack(pack).numbers)
    if _MAY_SPLIT.search(letters) is not None:
        add_split(sentence, found, families)
        add_shared_by_place(sentence, found)
    if including:
        add_parts(sentence, found, people_of(pack))
        add_the_rest(sentence, found, people_of(pack))
        add_by_place(sentence, found)
    add_halves(sentence, found)
    if including:
        add_included(sentence, found)
    add_among(sentence, found, among)
    add_listed(sentence, found, words_of_pack(pack).alone)
    if letters.count(role.BREAK) > 1:
        add_after_others(sentence, found, words_of_pack(pack).such)
    add_elsewhere(sentence, found, words_of_pack(pack).elsewhere)
    if role.COMPARED in letters:
        add_compared(sentence, found)
    add_gapped(sentence, found, done_to)
    add_shared(sentence, found, words_of_pack(pack).causes)
    found += rest_of(sentence, found)
    found = _moved_within(sentence, with_fates(sentence, appositions(sentence, found, people_of(pack))))
    return in_persons(sentence, found, families, people_of(pack))


def _moved_within(spelled: Spelled, drafts: list[Draft]) -> list[Draft]:
    """Take those told by a word for the displaced, behind "including", for a part: "killed 30, including 16 refugees"."""
    if len(drafts) < 2 or not any(d.harm == _MOVED and d.order == _BY_WORD for d in drafts):  # most
        return drafts
    out = list(drafts)
    for i, draft in enumerate(drafts):
        if draft.harm != _MOVED:
            continue
        at = next((k for k, m in enumerate(spelled.mentions) if m.first == draft.stated.first), 0)
        group, whole = spelled.mentions[at].group, _whole_of(spelled, drafts, out, i, at)
        if whole is not None and group is not None:
            out[i] = out[whole].with_people(group, out[whole].order, whole, "overlay")
    return out


def _whole_of(
    spelled: Spelled, drafts: Sequence[Draft], taken: Sequence[Draft], i: int, at: int
) -> int | None:
    """Return the figure of dead or hurt that holds the displaced of draft `i`, mention `at`: told before "including"."""
    if i and taken[i - 1] is not drafts[i - 1] and spelled.mentions[at - 1].role in (role.AND, role.COMMA):
        return taken[i - 1].parent  # "four refugees and two displaced women"
    if (
        drafts[i].parent is not None
        or drafts[i].order != _BY_WORD
        or spelled.mentions[at - 1].role != role.INCLUDING
    ):
        return None
    whole = next((k for k in range(i - 1, -1, -1) if drafts[k].parent is None), None)
    if whole is None or drafts[whole].harm not in _OF_BODY:
        return None
    return whole if (drafts[whole].stated.low or 0) > (drafts[i].stated.low or 0) else None


def of_those_told(spelled: Spelled, drafts: Sequence[Draft], words: OfThose) -> list[Draft]:
    """Return what a sentence without people of its own tells of those told before: names, parts."""
    if not drafts:
        return shared_back(spelled, drafts)
    found = (
        identified(spelled, drafts)
        or pointed_back(spelled, drafts)
        or shared_back(spelled, drafts)
        or rest_of(spelled, drafts)
        or of_the_victims(spelled, drafts, words.told_before)
    )
    if found or drafts[-1].sentence != spelled.sentence - 1:
        return found
    return (  # only of those told right before
        all_of_them(spelled, drafts, words.every)
        or body_of_these(spelled, drafts, words.one, words.whose, words.bodies, words.turned_up)
        or they_were(spelled, drafts, words.they)
        or killed_them(spelled, drafts, words.whom)
        or this_includes(spelled, drafts, words.this)
    )
