"""scenes: figures in the order of the text -> of which event each is: of the one told right before, or of its dead."""

from collections.abc import Sequence

from tollbook.grammar.told import Told
from tollbook.model.made import changed
from tollbook.stages._settle.toll import Node

_SEVERAL = 3  # persons from which a second figure of a report is hardly the same by chance
_LISTED = 12  # figures that one sentence, and the one before it, tell


def going_on(told: Sequence[Told]) -> list[Told]:
    """Let a figure have the place and day that it takes over from the figure right before it, where that one told them.

    "In Herat gunmen killed 12. Six people were hurt": the six, too, are of Herat. What neither of the two told shows nothing.
    """
    out: list[Told] = []
    for item in told:
        before = out[-1] if out else None
        placed, dated = item.placed, item.dated
        if before is not None and _right_behind(before, item):
            placed |= before.placed and not before.received and _starts(item) == _starts(before)
            dated |= before.dated and _begins(item) == _begins(before)
        turned = item.opened > 0 and not item.definite and not _told_before(out, item)
        apart = item.apart or (turned and not _told_since(out, item)) or _next_in_turn(out, item)
        same = (placed, dated, apart) == (item.placed, item.dated, item.apart)
        out.append(item if same else changed(item, placed=placed, dated=dated, apart=apart))
    return out


def _told_before(told: Sequence[Told], item: Told) -> bool:
    """Tell whether so many were told before of that place: "In a separate attack … It said nine people were killed"."""
    low, harm = item.claim.count.low or 0, item.claim.harm
    known = (t for t in told if (t.claim.harm, t.claim.count.low) == (harm, low))
    return low >= _SEVERAL and any(_town(t) == _town(item) for t in known)


def _next_in_turn(told: Sequence[Told], item: Told) -> bool:
    """Tell whether a deed told after the first one did harm, too, of which no total stands before the first."""
    return item.in_turn is not None and not any(
        t.claim.harm == item.claim.harm and t.claim.evidence.start < item.in_turn for t in told[-_LISTED:]
    )


def _town(item: Told) -> str | None:
    return item.claim.where[0].name if item.claim.where else None


def _told_since(told: Sequence[Told], item: Told) -> bool:
    """Tell whether one of the same harm was told since its paragraph turned to another event: then it tells of those again."""
    since = item.sentence - item.opened
    return any(
        since <= t.sentence < item.sentence and t.claim.harm == item.claim.harm for t in told[-_LISTED:]
    )


def _right_behind(before: Told, item: Told) -> bool:
    """Tell whether a figure stands in the next sentence of the same paragraph."""
    gap = item.claim.evidence.sentence.start - before.claim.evidence.sentence.end
    return item.sentence - before.sentence == 1 and gap <= 1


def _starts(item: Told) -> int | None:
    return item.claim.where[0].start if item.claim.where else None


def _begins(item: Told) -> int | None:
    return item.claim.when.start_offset if item.claim.when is not None else None


def events_of(tops: Sequence[Node]) -> dict[int, str]:
    """Return for each sentence that tells one of several events, whose dead a total holds, which one: its claim."""
    found: dict[int, str] = {}
    for top in tops:
        own = [p for p in top.parts if top.use == "used" and _is_of_its_own(top, p)]
        for part in own if len(own) > 1 else ():
            for one in (part, *(r for r in part.rivals if r.use == "repeated")):
                found.setdefault(one.told.sentence, part.claim.id)
    return found


def _is_of_its_own(top: Node, part: Node) -> bool:
    """Tell whether a part of a total is told in a sentence of its own."""
    partition = part.claim.part_of is not None and part.claim.part_of.relation == "partition"
    return partition and bool(part.value) and part.told.sentence != top.told.sentence


def with_their_events(told: Sequence[Told], events: dict[int, str]) -> Sequence[Told]:
    """Set the hurt apart whose sentence tells the dead of another event than all hurt told before: they are others too.

    Not where the opening counts the hurt of all.
    """
    if len(events) < 2 or len(told) < 2 or (told[0].sentence <= 1 and told[0].sentence not in events):
        return told
    out = list(told)
    seen: set[str] = set()
    for i, item in enumerate(told):
        event = events.get(item.sentence)
        if event is None:
            continue
        if seen and event not in seen and item.claim.part_of is None:
            out[i] = changed(item, apart=True)
        seen.add(event)
    return out
