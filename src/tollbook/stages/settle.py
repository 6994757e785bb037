"""settle: claims -> what is part of what, what replaces what, and the report's toll.

Rules, in the order in which they are tried for each figure of one harm (docs/methodology.md gives their reasons):
listed together adds; the same figure again is a repeat; a sum of what went before is their total; a smaller figure of
a narrower group is a part; other people, another place or another day add; an update supersedes; different origins
stand side by side; what is left is not added, because a death counted twice is worse than one set aside in the open.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tollbook.grammar.told import Told
from tollbook.model.claim import HARMS, Claim, Harm, PartOf
from tollbook.model.made import changed
from tollbook.model.text import Warning
from tollbook.model.toll import Entry, Toll
from tollbook.stages._settle.coded import as_coded, with_coded
from tollbook.stages._settle.figures import (
    counts_otherwise,
    elsewhere,
    has_room,
    in_a_toll,
    in_figures,
    is_partition,
    is_total_of,
    left_of,
    of_a_spot_within,
    period_over,
    puts_far_more,
    repeats,
    sum_of_last,
    summed_in_list,
    summing_sentences,
    total_for,
    with_parts,
)
from tollbook.stages._settle.held import (
    among_who_came,
    by_doer_over,
    by_its_own_word,
    loosely_fled,
    named_of_many,
    of_another_origin,
    one_of_more,
    received_of,
    says_exactly,
    says_in_figures,
    told_among,
)
from tollbook.stages._settle.less_dead import less_the_dead
from tollbook.stages._settle.made_up import made_up_by, said_in_headline, with_their_dead
from tollbook.stages._settle.opening_again import as_opened, headline_of
from tollbook.stages._settle.other_people import with_one_told
from tollbook.stages._settle.scenes import events_of, going_on, with_their_events
from tollbook.stages._settle.set_against import (
    area_over,
    filled_by,
    grown_by,
    in_a_clause_beside,
    listed_beside_a_repeat,
    month_over,
    of_others,
    opens_for_area,
    outdated,
    place_over,
    set_against,
    shared_by_events,
)
from tollbook.stages._settle.told_again import casualties_again, told_by_another, told_loosely, why_aside
from tollbook.stages._settle.toll import Node, boast_beside_count, relation_of, tolls_of

_DEAD, _HURT = "killed", "injured"
_OPEN = 100  # figures of one harm that a new one is set against: more than any report of people has


@dataclass(frozen=True, slots=True)
class Settled:
    """Claims with their relations, the toll with its ledger, and what does not add up."""

    claims: tuple[Claim, ...]
    toll: tuple[Toll, ...]
    warnings: tuple[Warning, ...]


def settle(told: Sequence[Told], *, attackers_apart: bool = True) -> Settled:
    """Settle one report's claims: relations between them, the toll of each harm, disagreements as warnings.

    `attackers_apart`: where others were harmed too, those who attacked are not in the toll of all.
    """
    related: dict[str, Claim] = {t.claim.id: t.claim for t in told}
    tolls: list[Toll] = []
    warnings: list[Warning] = []
    told = casualties_again(less_the_dead(as_opened(going_on(told))))
    sums = summing_sentences(told)
    if sums:
        told = [changed(t, total=True, in_all=True) if t.sentence in sums else t for t in told]
    by_harm: dict[Harm, list[Told]] = {}
    events: dict[int, str] = {}  # the sentences that tell the dead of an event
    for item in told:
        if item.claim.scope == "incident":
            by_harm.setdefault(item.claim.harm, []).append(item)
    for harm in HARMS:
        own = by_harm.get(harm)
        if own is None:
            continue
        own = list(with_their_events(own, events)) if harm == _HURT else own
        tops, aside = _relate(own, related)
        events = events_of(tops) if harm == _DEAD else events
        rows, notes = tolls_of(harm, tops, aside, attackers_apart=attackers_apart)
        tolls += rows
        warnings += notes
    return Settled(tuple(related[t.claim.id] for t in told), tuple(tolls), tuple(warnings))


def _relate(told: Sequence[Told], related: dict[str, Claim]) -> tuple[list[Node], list[Entry]]:
    """Return the figures that stand by themselves, with their parts, and the entries of those that do not count.

    In a text of very many figures one is set against those not long before it, not against all.
    """
    tops: list[Node] = []
    closed: list[Node] = []
    aside: list[Entry] = []
    nodes: dict[str, Node] = {}
    made_up = made_up_by(told) | with_their_dead(told, related)
    wholes: dict[tuple[int, int], Node] = {}  # the total that figures listed together were found to share out
    told, coded = with_coded(told, related)
    for item in told:
        claim = item.claim
        reason = why_aside(item)
        if reason is not None:
            aside.append(Entry(claim.id, "set_aside", reason))
            continue
        node = nodes[claim.id] = Node(item)
        whole = related.get(claim.part_of.claim) if claim.part_of is not None else None
        # the dead of "40 casualties" have their own toll
        of_both = whole is not None and whole.harm != claim.harm
        parent = nodes.get(claim.part_of.claim) if claim.part_of is not None else None
        if claim.part_of is not None and parent is None and not of_both:
            aside.append(
                Entry(claim.id, "part_of", f"a part of {claim.part_of.claim}, which does not count here")
            )
        elif parent is not None:
            _join(parent, node, related)
        elif item.coded and coded is not None:
            if item is not coded:
                aside.append(Entry(claim.id, "superseded", f"the note counts {coded.claim.id} in the end"))
        elif made_up.get(claim.id) in nodes:
            _join(nodes[made_up[claim.id]], node, related)
            said_in_headline(node, nodes[made_up[claim.id]], tops, related)
        elif item.group in wholes and has_room(wholes[item.group], node):
            _join(wholes[item.group], node, related)
        else:
            _place(node, tops, related)
            joined = related[claim.id].part_of
            if joined is not None and joined.claim in nodes:
                wholes[item.group] = nodes[joined.claim]
        if len(tops) > 2 * _OPEN:
            closed += tops[:_OPEN]
            del tops[:_OPEN]
    if coded is not None:
        as_coded(nodes[coded.claim.id], [*closed, *tops], related)
        tops.append(nodes[coded.claim.id])
    return closed + tops, aside


def _place(node: Node, tops: list[Node], related: dict[str, Claim]) -> None:
    """Decide how a figure stands to those before it."""
    one_of_more(node, tops)
    alike = [t for t in tops if t.told.attackers == node.told.attackers]
    listed = any(t.told.group == node.told.group for t in tops if t.use == "used")
    headline = headline_of(node, tops) if listed else None
    if headline is not None:
        _repeat(node, headline, tops, related)
        return
    if not alike or listed or in_a_clause_beside(node, tops) or with_one_told(node, tops):
        _gather(node, summed_in_list(node, tops) if listed else (), tops, related)
        return
    if node.claim.count.kind in ("some", "none"):
        _place_vague(node, tops)
        return
    if node.told.earlier and outdated(node, tops):
        return
    grown = grown_by(node, tops)
    if grown is not None:
        _join(grown, node, related)
        return
    same = next((t for t in with_parts(tops) if repeats(t, node) and not _told_anew(t, node)), None)
    if same is not None and (not node.told.others or node.told.other_harm):
        _repeat(node, same, tops, related)
        return
    holding = left_of(node, tops) or told_among(node, tops) or received_of(node, tops)
    if holding is not None:
        _join(holding, node, related)
        return
    if _place_who_came(node, tops, related):
        return
    if listed_beside_a_repeat(node, tops):
        tops.append(node)
        return
    loose = loosely_fled(node, tops)
    if not loose and (says_exactly(node, tops) or of_others(node, tops)):
        return
    summed = loose or (tops if is_total_of(node, tops) else sum_of_last(node, tops))
    if summed:
        _gather(node, summed, tops, related)
        return
    if node.told.update and node.generic and _replaces(node, tops, related):
        return
    over = period_over(node, tops) or filled_by(node, tops) or _total_over(node, tops)
    over = over or area_over(node, tops) or place_over(node, tops) or by_doer_over(node, tops)
    whole = over or month_over(node, tops)
    if whole is None:
        _place_beside(node, tops, related)
    else:
        _join(whole, node, related, shared=whole is over)


def _place_who_came(node: Node, tops: list[Node], related: dict[str, Claim]) -> bool:
    """Tell whether a figure holds those told to come, or is held: they are among those who fled."""
    came = among_who_came(node, tops)
    if came and (came[-1].value or 0) >= (node.value or 0):
        _join(came[-1], node, related)
    elif came:
        _gather(node, came, tops, related)
    return bool(came)


def _total_over(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the total that a figure belongs to, unless it is told apart; else that of several attacks."""
    whole = total_for(node, tops)
    if whole is None:
        return shared_by_events(node, tops)
    return whole if not node.told.apart or opens_for_area(whole, node) else None


def _place_beside(node: Node, tops: list[Node], related: dict[str, Claim]) -> None:
    """Set a figure that no total holds into a toll of its sentence, beside the others, or against its rival."""
    alike = [t for t in tops if t.told.attackers == node.told.attackers]  # none is his own victim
    toll = next((t for t in reversed(tops) if t.told.update and t.told.sentence == node.told.sentence), None)
    if toll is not None and node.told.others and (node.value or 0) < (toll.value or 0):
        _join(toll, node, related)  # "the toll rose to 38 after two more bodies were found"
        return
    if (
        (node.told.others and not node.told.other_harm and not told_loosely(node, tops))
        or (node.told.apart and not told_by_another(node, tops))
        or (
            elsewhere(node, alike)
            and not node.told.update
            and not in_a_toll(node, tops)
            and not by_its_own_word(node)
        )
    ):
        tops.append(node)
        return
    rival = set_against(node, alike)
    if rival is None:
        tops.append(node)
        return
    _rival(node, rival, tops, related)


def _repeat(node: Node, same: Node, tops: list[Node], related: dict[str, Claim]) -> None:
    """Let a figure only say again what an older one said."""
    node.use = "repeated"
    node.reason = f"says again what {same.claim.id} says (“{same.claim.count.quote}”)"
    same.rivals.append(node)
    _grow(same, node, tops, related)


def _grow(same: Node, node: Node, tops: list[Node], related: dict[str, Claim]) -> None:
    """Put into a headline's toll those whom a sentence adds to it: "Two more died, raising the toll to 27"."""
    if not (node.told.update and node.generic) or same not in tops or same.use != "used":
        return
    for top in [t for t in tops if t.told.sentence == node.told.sentence and t.use == "used"]:
        if top is not same and top.generic and 0 < (top.value or 0) < (same.value or 0):
            tops.remove(top)
            _join(same, top, related)


def _told_anew(old: Node, node: Node) -> bool:
    """Tell whether a toll that rose to a headline's figure replaces what was told between: it is no mere repeat."""
    return node.told.revised and old.use == "superseded"


def _replaces(node: Node, tops: list[Node], related: dict[str, Claim]) -> bool:
    """Let an updated toll of everyone take the place of all figures before it that it can hold."""
    old = [
        t
        for t in tops
        if t.use == "used"
        and t.told.attackers == node.told.attackers
        and (
            t.told.later or not t.told.apart or (node.told.revised and t.told.sentence == node.told.sentence)
        )
    ]  # "a second blast killed three, bringing the toll to 15": the toll holds them
    if not old or node.value is None or any((t.value or 0) > node.value for t in old):
        return False
    others = node.claim.count.kind == "at_most" or any(counts_otherwise(t, node) for t in old)
    if others and not node.told.revised:
        return False  # "an official put the number of dead at 13"
    for top in old:
        top.use = "superseded"
        top.reason = f"replaced by {node.claim.id} (“{node.claim.count.quote}”) in the same report"
    related[node.claim.id] = changed(related[node.claim.id], supersedes=old[-1].claim.id)
    if len(old) == 1:
        node.parts, old[0].parts = old[0].parts, []
    tops.append(node)
    return True


def _place_vague(node: Node, tops: list[Node]) -> None:
    """Keep a mention without a figure apart from the figures there are."""
    known = next((t for t in tops if t.use == "used" and t.value is not None), None)
    if known is None and tops[-1].claim.count.kind != node.claim.count.kind:
        tops.append(node)
    elif node.claim.count.kind == "none" and known is not None:
        node.use, node.reason = "used", "no one in this group"
        tops.append(node)
    else:
        first = known or tops[0]
        node.use = "agrees"
        node.reason = f"gives no figure; {first.claim.id} (“{first.claim.count.quote}”) does"
        first.rivals.append(node)


def _rival(node: Node, rival: Node, tops: list[Node], related: dict[str, Claim]) -> None:
    """Settle two figures for the same people: update, another origin, or one inside the other."""
    old, new = rival.value or 0, node.value or 0
    reaches = node.claim.count.kind == "at_most" and new > old  # "estimates ranged as high as 182"
    differ = reaches or of_another_origin(node, rival) or puts_far_more(rival, node)
    told_anew = node.told.update and new >= old and not reaches and not counts_otherwise(rival, node)
    named = named_of_many(node, old)
    newer = (node.told.revised and not named) or told_anew
    if newer or (rival.told.earlier and node.generic):
        related[node.claim.id] = changed(related[node.claim.id], supersedes=rival.claim.id)
        rival.use, rival.reason = (
            "superseded",
            f"replaced by {node.claim.id} (“{node.claim.count.quote}”) in the same report",
        )
        tops.append(node)
        if rival.parts and new >= old:
            node.parts, rival.parts = rival.parts, []
    elif in_figures(node, rival) and rival in tops:
        says_in_figures(node, rival, tops)
    elif (named and (differ or node.told.revised)) or of_a_spot_within(node, rival):
        _join(rival, node, related)
    elif differ or boast_beside_count(rival, node):
        node.use, node.reason = "used", f"another origin than {rival.claim.id}; both stand"
        rival.rivals.append(node)
    elif new > old and (node.generic or not rival.generic):
        beside = [t for t in tops if t.use == "used" and t.told.group == rival.told.group and node.generic]
        if len(beside) > 1 and node.told.bodies and any((t.value or 0) >= new for t in beside):
            node.use, node.reason = (
                "set_aside",
                f"may be among {beside[0].claim.id} and those with them; not added",
            )
            rival.rivals.append(node)
            return
        held = beside if beside and sum(t.value or 0 for t in beside) <= new else [rival]
        tops.append(node)
        for top in held:
            tops.remove(top)
            _join(node, top, related)
    elif new > old and rival.claim.count.kind in ("exact", "none"):
        tops.append(node)  # more are not among fewer: "Two people were killed. Three soldiers were killed."
    else:
        node.use = "set_aside"
        node.reason = f"may be among {rival.claim.id} (“{rival.claim.count.quote}”); not added"
        rival.rivals.append(node)


def _join(whole: Node, part: Node, related: dict[str, Claim], *, shared: bool = True) -> None:
    """Make one figure a part of another; not `shared` where others share it out already, by another measure."""
    claim = related[part.claim.id]
    relation = claim.part_of.relation if claim.part_of is not None else relation_of(whole, part)
    full = whole.value == sum(p.value or 0 for p in whole.parts if is_partition(p))
    if full or not shared:  # the total is shared out already: this is another way of sharing it
        relation = "overlay"
    related[claim.id] = changed(claim, part_of=PartOf(whole.claim.id, relation))
    part.use = "part_of"
    part.reason = f"a part of {whole.claim.id} (“{whole.claim.count.quote}”), not added to it"
    part.tell(changed(part.told, claim=related[claim.id]))
    whole.parts.append(part)


def _gather(node: Node, summed: Sequence[Node], tops: list[Node], related: dict[str, Claim]) -> None:
    """Put earlier figures under the total that sums them up."""
    for top in [t for t in summed if t.use == "used"]:
        tops.remove(top)
        _join(node, top, related)
    tops.append(node)
