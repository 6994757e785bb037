"""across_borders: the displaced whom a sentence goes on to count elsewhere -> drafts: "90,000 fled, and 4,000 abroad"."""

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled
from tollbook.model.made import changed

_MOVED = "displaced"
_JOINS = (role.AND, role.COMMA)
_PEOPLE = (role.COUNT, role.VICTIM, role.UNSURE)  # "310,000 abroad": a noun that nobody knows
_COUNTED = ("exact", "about", "at_least", "at_most", "range", "vague")


def add_elsewhere(spelled: Spelled, drafts: list[Draft], elsewhere: frozenset[str]) -> None:
    """Read the figures of the displaced that stand behind "and" or a comma and before a word for other countries."""
    moved = [d for d in drafts if d.harm == _MOVED and d.stated.kind in _COUNTED and d.parent is None]
    if not moved:  # most
        return
    first, mentions = moved[0], spelled.mentions
    taken = {d.stated.first for d in drafts}
    for k, mention in mentions.grouped():
        group = mention.group
        if group is None or mention.role not in _PEOPLE or k < 1 or mentions[k - 1].role not in _JOINS:
            continue
        told = group.stated
        if group.fighters or told.first in taken or told.kind not in _COUNTED or told.first < first.last:
            continue
        within = spelled.folded[mention.last] in elsewhere  # "310,000 abroad": taken for a noun
        behind = mention.last + 1
        if within or (behind <= mentions[-1].last and spelled.folded[behind] in elsewhere):
            people = changed(group, noun_first=told.last + 1, noun_last=told.last) if within else group
            drafts.append(first.with_people(people, "listed"))
