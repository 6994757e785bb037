"""scenes: figures in the order of the text -> those that go on about the place and the day of a figure told right before."""

from collections.abc import Sequence

from tollbook.grammar.told import Told
from tollbook.model.made import changed

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
        apart = item.apart or (item.opened > 0 and not _told_since(out, item))
        same = (placed, dated, apart) == (item.placed, item.dated, item.apart)
        out.append(item if same else changed(item, placed=placed, dated=dated, apart=apart))
    return out


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
