"""parts_by_place: "eight dead, five of them in A, two in B and one in C" -> the parts behind the first."""

from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled
from tollbook.stages._form.told_once import sharing


def add_by_place(spelled: Spelled, drafts: list[Draft]) -> None:
    """Read the figures that go on behind a part with an adjunct of its own: "five of them in A, two in B and one in C".

    Each must stand before the very word that stands behind the first, and all together must fit into the total.
    """
    mentions = spelled.mentions
    for k in [k for k, letter in enumerate(spelled.letters[:-2]) if letter == role.INCLUDING]:
        if k < 1 or mentions[k + 1].role != role.PREPOSITION or mentions[k - 1].role != role.COUNT:
            continue
        first = next((d for d in drafts if d.stated.first == mentions[k - 1].first), None)
        if first is None or first.parent is None or first.order != "part":
            continue
        whole = drafts[first.parent]
        groups = sharing(mentions, spelled.folded, k + 1)
        taken = {d.stated.first for d in drafts}
        figures = [first.stated.low or 0, *(g.stated.low or 0 for g in groups)]
        if not groups or taken & {g.stated.first for g in groups} or sum(figures) > (whole.stated.low or 0):
            continue
        relation = "partition" if sum(figures) == whole.stated.low else "overlay"
        drafts[drafts.index(first)] = replace(first, order="listed", relation=relation)
        drafts += [whole.with_people(group, "listed", first.parent, relation) for group in groups]
