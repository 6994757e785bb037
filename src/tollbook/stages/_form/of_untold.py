"""of_untold: figures whose own words do not say what they count -> the harm spoken of before: "put the figure at 319"."""

from collections.abc import Mapping, Sequence

from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled
from tollbook.model.made import changed

_GROUND = 16  # words before such a figure, about a sentence, in which deaths of no number may be told


def of_what_was_told(
    drafts: list[Draft],
    before: Sequence[Draft],
    spelled: Spelled,
    untold: frozenset[str],
    harms: Mapping[str, str],
) -> list[Draft]:
    """Give "put the figure at 319" the harm spoken of before it; where none was, nobody knows what it and its parts count.

    Words of dying near it are enough for one with parts: "Nobody knows how many died. The army put the figure at 60, including
    10 women". `harms` are those that single words tell.
    """
    out: list[Draft] = []
    left: set[int] = set()
    for i, draft in enumerate(drafts):
        if (
            draft.order == "toll"
            and " ".join(spelled.folded[draft.harm_first : draft.harm_last + 1]) in untold
        ):
            here = [d for d in drafts if d.stated.first < draft.harm_first and d is not draft]
            told = max(here, key=lambda d: d.stated.first) if here else before[-1] if before else None
            if told is not None:
                out.append(changed(draft, harm=told.harm))
                continue
            near = spelled.folded[max(0, draft.harm_first - _GROUND) : draft.harm_first]
            held = any(d.parent == i for d in drafts) and draft.harm in map(harms.get, near)
            if draft.parent is None and not held:
                left.add(i)
        out.append(draft)
    return _without(out, left) if left else out


def _without(drafts: Sequence[Draft], left: set[int]) -> list[Draft]:
    """Leave drafts out, and their parts."""
    kept = [i for i, d in enumerate(drafts) if i not in left and d.parent not in left]
    place: dict[int | None, int] = {old: new for new, old in enumerate(kept)}
    return [
        d if d.parent is None else changed(d, parent=place.get(d.parent)) for d in (drafts[i] for i in kept)
    ]
