"""of_these: drafts of a sentence that opens with "of them" -> parts of the one figure told right before."""

from collections.abc import Sequence
from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled

_SEVERAL = 2  # people who can have others among them
_KILLED, _INJURED = "killed", "injured"
_EITHER = "killed_or_injured"
_HARMED = (_KILLED, _INJURED, _EITHER)
_CASUALTIES = "the casualties included"  # an order


def of_these(
    spelled: Spelled, found: list[Draft], drafts: Sequence[Draft], back: frozenset[str]
) -> tuple[list[Draft], int | None]:
    """Return the drafts of a sentence, and the place of the figure that holds those without a whole of their own.

    "28 people were killed. Of them, 21 died in A and seven in B." Where several figures or harms were told right before
    nobody knows whom "them" means; where the dead were, those shot are among them.
    """
    mentions = spelled.mentions
    if any(d.order == _CASUALTIES for d in found):
        return _among_casualties(found, drafts)
    start = mentions[0].first
    if mentions[0].role != role.INCLUDING or " ".join(spelled.folded[start : start + 2]) not in back:
        return found, None
    near = [i for i, d in enumerate(drafts) if d.sentence == spelled.sentence - 1 and d.parent is None]
    figures = [i for i in near if (drafts[i].stated.low or 0) >= _SEVERAL]
    if len(figures) != 1 or len({drafts[i].harm for i in near}) > 1:
        return found, None
    whole, own = drafts[figures[0]], mentions[1].harm
    if own not in (None, whole.harm):  # "of those wounded, three died": not of the dead told before
        return found, None
    fits = (whole.harm, _INJURED) if whole.harm == _KILLED else (whole.harm,)
    free = [d for d in found if d.parent is None]
    total = sum(d.stated.low or 0 for d in free)
    if not all(d.harm in fits and d.stated.low for d in free) or not 0 < total <= (whole.stated.low or 0):
        return found, None
    return [
        replace(d, harm=whole.harm, others=False, relation="partition") if d.parent is None else d
        for d in found
    ], figures[0]


def _among_casualties(found: list[Draft], drafts: Sequence[Draft]) -> tuple[list[Draft], int | None]:
    """Give those whom "the casualties included" the one harm told before, as part of its figure; else leave them out.

    The word does not say whether they died. Where nobody was told killed or hurt before, they are all that is known.
    """
    before = [i for i, d in enumerate(drafts) if d.harm in _HARMED and d.stated.low and not d.implied]
    if not before:
        return found, None
    free = [d for d in found if d.parent is None]
    told = [d for d in free if d.order == _CASUALTIES]
    total = sum(d.stated.low or 0 for d in told)
    tops = [i for i in before if drafts[i].parent is None and (drafts[i].stated.low or 0) >= total]
    if len({drafts[i].harm for i in before}) > 1 or not tops or len(told) < len(free):
        gone = {k for k, d in enumerate(found) if d.order == _CASUALTIES}
        gone |= {k for k, d in enumerate(found) if d.parent in gone}
        at = {k: n for n, k in enumerate(k for k in range(len(found)) if k not in gone)}
        return [
            replace(found[k], parent=None if found[k].parent is None else at[found[k].parent or 0])
            for k in at
        ], None
    harm = drafts[tops[-1]].harm
    return [replace(d, harm=harm) if d.harm == _EITHER else d for d in found], tops[-1]
