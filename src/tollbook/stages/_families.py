"""_families: figures that count families, not persons -> people without a figure, and a warning that says so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled
from tollbook.grammar.view import View
from tollbook.model.text import Warning


def in_persons(spelled: Spelled, drafts: Sequence[Draft], families: frozenset[str]) -> list[Draft]:
    """Take the number from "killed three families": how many persons they were nobody can point at."""
    return [
        replace(d, stated=d.stated._replace(kind="some", low=None, high=None, vague=None), by_family=True)
        if d.noun_last > d.stated.last
        and d.stated.kind not in ("some", "none")
        and spelled.folded[d.noun_last] in families
        else d
        for d in drafts
    ]


def warn_of_families(view: View, drafts: Sequence[Draft]) -> Iterator[Warning]:
    """Yield a warning (code "families_counted") for each figure that counts families."""
    for draft in drafts:
        if draft.by_family:
            start, end = view.starts[draft.stated.first], view.ends[draft.noun_last]
            yield Warning(
                "families_counted",
                f"“{view.text[start:end]}” counts families, not persons: no number of persons is taken from it",
                start,
                end,
            )
