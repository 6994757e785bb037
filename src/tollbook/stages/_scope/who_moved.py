"""who_moved: of displaced people, who fled in what a report tells, who only lives so, and who went back."""

from collections.abc import Sequence
from functools import cache

from tollbook.grammar.draft import Draft
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import Table
from tollbook.model.claim import Scope

_FLED = (
    "died",
    "passive",
    "people killed",
    "headline",
    "counted deaths",
    "deaths of",
    "active",
    "people who died",
)
_MOVED, _LIVING = (
    "displaced",
    ("people", "lodged"),
)  # a harm; orders of who is told by a word for it: "60,000 IDPs"
_VERB = 4  # words behind people within which their verb ends: "have been returned"
_BEFORE = 5  # words from "a decrease" to the figure that it is of


@cache
def _cues(pack: Pack) -> tuple[frozenset[str], Lexicon[bool], Lexicon[bool], Lexicon[bool]]:
    """Return the words of those who fled now, of those who went back, and, before a figure, of how many fewer there are.

    The last are those of who was sent back, behind people.
    """
    told = Table(pack, "words", "weigh")
    returned, fewer = told.forms("scope_returned", True), told.forms("scope_fewer", True)
    return told.words("scope_newly"), returned, fewer, told.forms("scope_sent_back", True)


def scopes_of_moved(view: View, pack: Pack, drafts: Sequence[Draft], scopes: Sequence[Scope]) -> list[Scope]:
    """Tell displaced people of the report from those who live so already, and from those who went back.

    Who returned was displaced before: "2,200 returnees" is another time's figure, and so is by how many they are fewer now.
    """
    out = list(scopes)
    moved = [i for i, d in enumerate(drafts) if d.harm == _MOVED]
    if not moved:  # most
        return out
    newly, returned, fewer, sent = _cues(pack)
    for i in moved:
        draft = drafts[i]
        first = max(view.sentences[draft.sentence][0], draft.first - _BEFORE)
        back = returned.find(view.folded, draft.harm_first, draft.harm_last + 1)
        verb = sent.find(view.folded, draft.harm_last + 1, draft.harm_last + _VERB) if _lives(draft) else ()
        if any(back) or any(verb) or any(fewer.find(view.folded, first, draft.first + 1)):
            out[i] = "background"
    return _without_stocks(view, drafts, out, newly)


def _lives(draft: Draft) -> bool:
    """Tell whether people are told by a word for the displaced alone: "60,000 IDPs"."""
    return draft.harm == _MOVED and draft.order in _LIVING


def _without_stocks(
    view: View, drafts: Sequence[Draft], scopes: Sequence[Scope], newly: frozenset[str]
) -> list[Scope]:
    """Take who lives displaced for a running total where fewer are told to have fled: "9,000 fled. Dara hosts 60,000 IDPs".

    Words of `newly` in its sentence tell of those who fled now: "9,000 newly displaced people".
    """

    def lives(draft: Draft) -> bool:
        told = view.folded[slice(*view.sentences[draft.sentence])]
        return _lives(draft) and newly.isdisjoint(told)

    fled = [
        d.stated.low or 0
        for d, scope in zip(drafts, scopes, strict=True)
        if scope == "incident" and d.harm == _MOVED and d.order in _FLED and d.parent is None
    ]
    most = max(fled, default=0)
    if most < 2:  # one person's flight is no movement
        return list(scopes)
    return [
        "cumulative" if scope == "incident" and lives(d) and (d.stated.low or 0) > most else scope
        for d, scope in zip(drafts, scopes, strict=True)
    ]
