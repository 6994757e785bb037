"""others_told: drafts of a sentence -> which "others" are others than those of another harm right before."""

from collections.abc import Sequence

from tollbook.grammar.draft import Draft
from tollbook.model.made import changed


def _harms_before(drafts: Sequence[Draft]) -> tuple[str, ...]:
    """Return the harms that the last sentence with any told, in order."""
    return tuple(d.harm for d in drafts if d.sentence == drafts[-1].sentence)


def others_than(drafts: list[Draft], told_before: Sequence[Draft]) -> list[Draft]:
    """Mark "others" who are others than those of another harm right before: "six were killed and twelve others hurt".

    `told_before` are the drafts of the sentences before.
    Not where a sentence begins with more of both: "killed two and hurt three. … killed another eight and hurt another seven".
    """
    if not any(d.others for d in drafts):  # most
        return drafts
    out, before = list[Draft](), _harms_before(told_before)
    told, harm, more = -1, before[-1] if before else None, True
    for draft in sorted(drafts, key=lambda d: d.stated.first):
        new = draft.others and harm is not None and harm != draft.harm and draft.stated.first != told
        more = more and draft.others and draft.harm in before
        if new and not more:
            out.append(draft)
        harm, told = draft.harm, draft.stated.first
    return [changed(d, other_harm=True) if d in out else d for d in drafts]
