"""made_up: figures behind a total that make it up -> its parts, and the headline's figures that are among them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tollbook.grammar.told import Told
from tollbook.model.claim import Claim
from tollbook.stages._settle.claims_apart import (
    countries_differ,
    day_within,
    days_differ,
    in_towns_apart,
    may_hold,
)
from tollbook.stages._settle.figures import repeats
from tollbook.stages._settle.other_people import ARMED, of_two_nations
from tollbook.stages._settle.toll import COUNTED, Node

_MOST_RUNS = 3  # ways in which one total is shared out: by sex, by cause, by place
_MOST_PARTS = 12  # figures right behind a total that are tried as its parts
_PAIR, _SIDES = 2, 3
_OF_STATE = ("armed_forces", "security_forces")
_BY_CHANCE = 12  # persons up to which a few figures may add up to another by chance
_DEAD, _HURT = "killed", "injured"
_LEAD = 1  # the last sentence of a headline and of the one below it


def said_in_headline(part: Node, whole: Node, tops: Sequence[Node], related: dict[str, Claim]) -> None:
    """Let a headline's figure that a part of a total says again be that part: "kills 2"; "three … in A two, in B one"."""
    headlines = [t for t in tops if t.use == "used" and t is not whole and not t.parts]
    within = [p for p in whole.parts if p is not part]
    for node in (*headlines, *within):
        if node.told.sentence == 0 and repeats(node, part):
            node.use = "agrees"
            node.reason = (
                f"says what {part.claim.id} (“{part.claim.count.quote}”) says, a part of {whole.claim.id}"
            )
            if node in within:
                whole.parts.remove(node)
                related[node.claim.id] = replace(related[node.claim.id], part_of=None)
                part.rivals.append(node)
            return


def made_up_by(told: Sequence[Told]) -> dict[str, str]:
    """Return for figures that follow a total, and add up to exactly it, the claim they are parts of.

    "17 people were killed. Eight died in A, six in B and three in C."
    """
    counted = [t for t in told if t.claim.modality in COUNTED and not t.aside]
    nodes = [Node(t) for t in counted if t.claim.part_of is None]
    found: dict[str, str] = {}
    for i in range(len(nodes) - 1, -1, -1):  # the last first: what is part of a part is none of the whole
        whole = nodes[i]
        if whole.claim.id in found or whole.value is None or whole.told.attackers:
            continue
        for first in range(i + 1, min(i + 2 + _MOST_RUNS * _MOST_PARTS, len(nodes))):
            adjacent = first == i + 1 or nodes[first - 1].claim.id in found or nodes[first].told.tabled
            adjacent = adjacent or (first == i + 2 and _is_lead(whole, nodes[i + 1]))
            # (shared out again: by cause, by place)
            if nodes[first].claim.id in found:
                continue
            if adjacent or _may_begin_again(whole, nodes[first - 1], nodes[first]):
                tried = [n for n in nodes[first : first + _MOST_PARTS] if n.claim.id not in found]
                run = _run(whole, tried)
                if adjacent or _is_told_again(whole, [n for n in tried if n.claim.id in run], tried):
                    found.update(dict.fromkeys(run, whole.claim.id))
    return found


def _may_begin_again(whole: Node, before: Node, first: Node) -> bool:
    """Tell whether a figure opens its sentence, far behind the total that opens a report."""
    opens = whole.told.sentence <= _LEAD and first.told.sentence > before.told.sentence
    own = not (first.told.others or first.told.apart)
    return opens and first.told.sentence > whole.told.sentence and own


def _is_told_again(whole: Node, parts: Sequence[Node], tried: Sequence[Node]) -> bool:
    """Tell whether figures far behind a total share it out: all of one list, or of two sentences where it is large.

    "Four hurt … wounding a Canadian, two Britons and a driver"; "Ten died on the spot. Another 14 died on the way".
    """
    if not parts or any(n.told.sentence == parts[-1].told.sentence for n in tried[len(parts) :]):
        return False
    if len({n.told.group for n in parts}) == 1:
        return len(parts) >= _SIDES or (whole.value or 0) > _SIDES
    near = parts[-1].told.sentence - parts[0].told.sentence < len(parts)
    return near and (whole.value or 0) > _BY_CHANCE


def with_their_dead(told: Sequence[Told], related: Mapping[str, Claim]) -> dict[str, str]:
    """Return for the hurt told with dead who are part of a total, the hurt told with that total, of whom they are some.

    "Two bombs killed 17 and hurt 46. One killed 11 and hurt 30." The dead must have been settled before; `related` has them.
    """
    if not told or told[0].claim.harm != _HURT:
        return {}
    dead: dict[int, list[Claim]] = {}
    for claim in related.values():
        if claim.harm == _DEAD and claim.scope == "incident":
            dead.setdefault(claim.evidence.sentence.start, []).append(claim)
    hurt: dict[int, Node] = {}
    room: dict[str, int] = {}
    found: dict[str, str] = {}
    for node in (Node(t) for t in told if t.claim.modality in COUNTED):
        start, value = node.claim.evidence.sentence.start, node.value or 0
        if (part_of := node.claim.part_of) is not None:
            room[part_of.claim] = room.get(part_of.claim, 0) - value
            continue
        wholes = {
            related[c.part_of.claim].evidence.sentence.start
            for c in dead.get(start, ())
            if c.part_of is not None and c.part_of.claim in related
        } - {start}
        whole = hurt.get(wholes.pop()) if len(wholes) == 1 else None
        if whole is not None and 0 < value <= room[whole.claim.id] and value != whole.value:
            room[whole.claim.id] -= value
            found[node.claim.id] = whole.claim.id
        elif value and start not in hurt:
            hurt[start] = node
            room[node.claim.id] = value
    return found


def _is_lead(headline: Node, node: Node) -> bool:
    """Tell whether the first sentence says again what the headline says, whatever day it was said on."""
    same = node.value == headline.value and node.claim.victims.status == headline.claim.victims.status
    return same and headline.told.sentence == 0 and node.told.sentence == 1


def _run(whole: Node, nodes: Sequence[Node]) -> list[str]:
    """Return the claims of the figures at the beginning of some that add up to a total; none where none do."""
    own = (whole.claim.victims.status, "unknown")
    if whole.generic:
        return _run_of(whole, nodes, None)
    many = (whole.value or 0) > _BY_CHANCE
    both = ARMED if many and whole.claim.victims.status in ARMED else ()
    state = (
        _OF_STATE if many and whole.claim.victims.status in _OF_STATE else own
    )  # "57 soldiers and policemen"
    # ("16 combatants": two agents, six soldiers and eight rebels)
    return (
        _run_of(whole, nodes, own)
        or _run_of(whole, nodes, state)
        or (_run_of(whole, nodes, both, least=_SIDES) if both else [])
    )


def _run_of(
    whole: Node, nodes: Sequence[Node], statuses: tuple[str, ...] | None, least: int = _PAIR
) -> list[str]:
    """Return the claims of the first figures, `least` or more and of some statuses, that add up to a total."""
    parts: list[Node] = []
    parted, total = False, 0
    for node in nodes:
        alone = node.told.group == whole.told.group or not node.value
        set_apart = node.told.apart and not node.told.later  # "six died at the scene and two later died"
        apart = set_apart and (whole.told.sentence > _LEAD or not parts)  # a lead sums up what others part
        parted = parted or apart
        if alone or node.claim.count.kind in ("some", "none"):
            return []
        if days_differ(whole.claim, node.claim) or not may_hold(whole.claim, node.claim):
            return []
        if of_two_nations(whole, node):
            return []  # an Israeli soldier is none of three Palestinians
        if day_within(whole.claim, node.claim):
            return []  # an event of the period: it is told singly, the period is not shared out among such
        if statuses is not None and node.claim.victims.status not in statuses:
            continue  # a rebel is none of eight soldiers
        total += node.value or 0
        parts.append(node)
        if total >= (whole.value or 0):
            break
    if total != whole.value or len(parts) < least:
        return []
    rest = [n.claim.id for n in parts]
    if parts[-1].told.rest:  # "In the first 12 died. The other eight were killed in A": wherever
        return rest
    if whole.told.sentence == 0 and len(rest) > _PAIR:  # a headline over a day's attacks
        return rest
    away = in_towns_apart(whole.claim, [n.claim for n in parts])
    return [] if parted or (away and not _point_back(whole, parts)) else rest


def _point_back(whole: Node, parts: Sequence[Node]) -> bool:
    """Tell whether bare figures open the next sentence: "Six were killed. Two were shot in A, and four died of wounds"."""
    first, sentence = parts[0].claim, parts[0].told.sentence
    bare = all(p.claim.victims.quote is None and p.told.sentence == sentence for p in parts)
    if not bare or any(countries_differ(whole.claim, p.claim) for p in parts):
        return False
    return sentence - whole.told.sentence == 1 and first.count.start == first.evidence.sentence.start
