"""families: figures that count families, not persons -> people without a figure, and a warning that says so."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled
from tollbook.grammar.people import People
from tollbook.grammar.view import View
from tollbook.model.made import changed
from tollbook.model.text import Warning


def in_persons(
    spelled: Spelled, drafts: Sequence[Draft], families: frozenset[str], people: People
) -> list[Draft]:
    """Take the number from "killed three families": how many persons they were nobody can point at.

    "Twelve of his family" are persons.
    """

    def counts_families(draft: Draft) -> bool:
        noun = people.get(spelled.folded[draft.noun_last])
        members = noun is not None and noun.number == "one" and (draft.stated.low or 0) > 1
        return draft.stated.kind not in ("some", "none") and not members

    return [
        by_family(d)
        if d.noun_last > d.stated.last and spelled.folded[d.noun_last] in families and counts_families(d)
        else d
        for d in drafts
    ]


def by_family(draft: Draft) -> Draft:
    """Return a draft without the number, which counts families: "households displaced: 320"."""
    some = changed(draft.stated, kind="some", low=None, high=None, vague=None)
    return replace(draft, stated=some, by_family=True)


def warn_of_families(view: View, drafts: Sequence[Draft]) -> Iterator[Warning]:
    """Yield a warning (code "families_counted") for each figure that counts families."""
    for draft in drafts:
        if draft.by_family:
            start, end = view.starts[draft.stated.first], view.ends[max(draft.stated.last, draft.noun_last)]
            yield Warning(
                "families_counted",
                f"“{view.text[start:end]}” counts families, not persons: no number of persons is taken from it",
                start,
                end,
            )
