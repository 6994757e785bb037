"""_unblamed: drafts -> the stretches of text whose people did not do it: those harmed themselves."""

from collections.abc import Sequence

from tollbook.grammar.draft import Draft
from tollbook.grammar.view import View

_DOING = ("did something and was", "named, did something and was")  # who may have harmed the others


def unblamed(view: View, drafts: Sequence[Draft]) -> list[Sequence[tuple[int, int]]]:
    """Return, for each draft, the stretches of its sentence whose people did not do it: those harmed themselves."""
    harmed = _harmed(view, drafts)
    doing = any(d.order in _DOING for d in drafts)
    others = _harmed(view, [d for d in drafts if d.order not in _DOING]) if doing else harmed
    return [(harmed if d.order in _DOING else others).get(d.sentence, ()) for d in drafts]


def _harmed(view: View, drafts: Sequence[Draft]) -> dict[int, list[tuple[int, int]]]:
    """Return, for each sentence, the stretches of text of the people it counts as harmed: sorted, none over another."""
    found: dict[int, list[tuple[int, int]]] = {}
    for draft in (d for d in drafts if not d.implied):  # who dies of it harmed the others
        first = min(draft.stated.first, draft.noun_first)
        last = max(draft.stated.last, draft.noun_last)
        found.setdefault(draft.sentence, []).append((view.starts[first], view.ends[last]))
    return {sentence: _merged(stretches) for sentence, stretches in found.items()}


def _merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return stretches in order, those that lie over one another made one."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if out and start < out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return out
