"""held: a figure -> those told before that it holds, or the one that holds it: some of the dead, of the fled, by whom."""

from collections.abc import Sequence

from tollbook.model.made import changed
from tollbook.stages._settle.claims_apart import may_hold, origins_differ
from tollbook.stages._settle.figures import LOOSE, apart_from, elsewhere, has_room, places_apart, telling
from tollbook.stages._settle.other_people import of_one_state, same_people
from tollbook.stages._settle.toll import ROUNDED, Node, boast_beside_count

_BESIDE = 24  # characters from a verb to its place
_FEW = 3  # dead beside whom the death of one may be another count


def one_of_more(node: Node, tops: Sequence[Node]) -> None:
    """Take "another woman" as one of those told before where a figure of more than one may hold her: beside one she is new."""
    if not (node.told.another and node.told.others) or node.value != 1:
        return
    held = any(
        t.use == "used"
        and t.told.attackers == node.told.attackers
        and (t.value or 0) > 1
        and same_people(t, node)
        and may_hold(t.claim, node.claim)
        for t in tops
    )
    if held:
        node.tell(changed(node.told, others=False))


def loosely_fled(node: Node, tops: Sequence[Node]) -> list[Node]:
    """Return what says in a word how many fled of those that a figure counts: "hundreds have found shelter", of 14,000."""
    if node.claim.harm != "displaced" or node.claim.count.kind in ("vague", "some"):
        return []
    if node.told.others or node.told.apart:
        return []
    used = [t for t in tops if t.use == "used" and t.claim.count.kind == "vague"]
    return [t for t in used if (t.value or 0) < (node.value or 0) and same_people(t, node)]


def by_doer_over(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the total that is shared out by doers, of a figure by another: "58 killed, 42 by the army. Rebels killed 12"."""
    by = {p.name for p in node.claim.by}
    if not by or node.told.others or node.told.apart or not node.value:
        return None
    for top in reversed(tops):
        fits = top.use == "used" and has_room(top, node) and not apart_from(top, node)
        doers = [{p.name for p in part.claim.by} for part in top.parts if part.claim.by]
        if (
            fits
            and doers
            and all(by.isdisjoint(d) for d in doers)
            and by.isdisjoint(p.name for p in top.claim.by)
        ):
            return top
    return None


def of_another_origin(node: Node, rival: Node) -> bool:
    """Tell whether others tell the other figure; who told it too, and tells fewer now, tells of some of them."""
    differ = [origins_differ(t.claim, node.claim) for t in telling(rival)]
    return all(differ) or (any(differ) and (node.value or 0) >= (rival.value or 0))


def named_of_many(node: Node, many: int) -> bool:
    """Tell whether one person is told by name or by what he was, and no figure: "Omar Hadi died" corrects no 71 dead."""
    count, victims = node.claim.count, node.claim.victims
    return node.value == 1 and many > _FEW and count.kind == "exact" and count.start == victims.start


_FAR_MORE = 3  # times as many from which a total holds also "others" who are told to be among it


def told_among(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the figure last told that holds people said to be among the dead, whoever says so: they are no second count."""
    also = node.told.also and _is_kind_of_people(node)
    if not (node.told.among or also) or not node.value or of_another_line(node, tops):
        return None
    for top in reversed(tops):
        if also and not (top.generic and (top.value or 0) >= _FAR_MORE * node.value):
            continue  # "31 people were hurt. Six children were also hurt", but "two were killed. A child was also killed"
        if node.told.others and (top.value or 0) < _FAR_MORE * node.value:
            continue  # "four other women were among the wounded", of 33
        if top.use != "used" or top.told.attackers != node.told.attackers or (top.value or 0) <= node.value:
            continue
        if (same_people(top, node) or of_one_state(top, node)) and may_hold(top.claim, node.claim):
            return top
    return None


def _is_kind_of_people(node: Node) -> bool:
    """Tell whether several are told only by sex or age, as people among people are: "six children"."""
    victims = node.claim.victims
    told = victims.age_group is not None or victims.sex is not None
    return told and (node.value or 0) > 1 and not (node.told.others or node.told.particular)


def of_another_line(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether a figure's own sentence tells another place and day than all before: of those who died there."""
    return node.told.placed and node.told.dated and elsewhere(node, tops)


def received_of(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the figure last told that holds those whom a hospital received, or the worst hurt: "it took in 16 injured".

    "Nine more bodies" are such where some were received before, else others than those told.
    """
    if not node.told.received or node.told.apart or not node.value:
        return None
    for top in reversed(tops):
        if top.use != "used" or top.told.attackers or (top.value or 0) <= node.value:
            continue
        if top.told.group == node.told.group or boast_beside_count(top, node):
            continue
        beside = any(p.told.received for p in top.parts)
        if node.told.others and not node.told.other_harm and not beside:
            continue
        if same_people(top, node) and has_room(top, node) and not apart_from(top, node):
            return top
    return None


def among_who_came(node: Node, tops: Sequence[Node]) -> list[Node]:
    """Return the figure that holds those told to come, else those that they hold: nobody is counted as he fled and as he came.

    Not others: "another 300 people crossed into Chad".
    """
    if node.claim.harm != "displaced" or node.told.others or node.told.apart or not node.value:
        return []
    used = [t for t in tops if _is_counted(t) and _may_be_who_came(t, node)]
    holding = [t for t in used if (t.value or 0) >= (node.value or 0)]
    return holding[-1:] or used


def _is_counted(top: Node) -> bool:
    return top.use == "used" and bool(top.value) and top.claim.count.kind not in ("some", "none")


def _may_be_who_came(top: Node, node: Node) -> bool:
    """Tell whether one of two figures is of those told to come, and not both, to two places: "900 in Pemba, 400 in Mueda"."""
    if top.told.came and node.told.came:
        return not (_comes_to(top) and _comes_to(node) and places_apart(top, node, strict=True))
    return top.told.came or node.told.came


def _comes_to(node: Node) -> bool:
    """Tell whether the place of those told to come stands right behind their verb: not "arrived last week, he said in Geneva"."""
    where, told = node.claim.where, node.claim.evidence
    return bool(where) and 0 <= where[0].start - told.end <= _BESIDE


def says_exactly(node: Node, tops: list[Node]) -> bool:
    """Let a figure stand for the headline's looser one: "more than 70" above, "at least 75" in the text."""
    loose = tops[0]
    if len(tops) != 1 or loose.use != "used" or loose.parts or loose.told.sentence > 0 or node.told.apart:
        return False
    if (
        loose.claim.count.kind not in LOOSE
        or loose.value is None
        or node.value is None
        or not same_people(loose, node)
    ):
        return False
    if node.told.others or not loose.value < node.value <= ROUNDED * loose.value:
        return False
    loose.use = "agrees"
    loose.reason = f"says loosely what {node.claim.id} (“{node.claim.count.quote}”) says"
    tops.append(node)
    return True


def says_in_figures(node: Node, loose: Node, tops: list[Node]) -> None:
    """Let a figure stand for a word without one that it fits: "dozens were hurt", and the hospital counts 60."""
    loose.use = "agrees"
    loose.reason = f"says without a figure what {node.claim.id} (“{node.claim.count.quote}”) says"
    node.parts, loose.parts = [*node.parts, *loose.parts], []
    tops.remove(loose)
    node.rivals.append(loose)
    tops.append(node)


def by_its_own_word(node: Node) -> bool:
    """Tell whether a side counts all whom it killed without a place of its own: "the group said that it had killed 23 people"."""
    claim, said = node.claim, node.claim.evidence.sentence
    mine = claim.origin is not None and any(p.name == claim.origin.name for p in claim.by)
    placed = bool(claim.where) and said.start <= claim.where[0].start < said.end
    return node.generic and mine and not placed
