"""grounds: words before a death -> whether it is what people protest against, or what others were harmed over."""

from collections.abc import Collection, Iterator
from itertools import pairwise

from tollbook.grammar.draft import Draft
from tollbook.grammar.lexicon import Hit
from tollbook.grammar.view import View
from tollbook.stages._scope_cues import Cues

_GROUNDS = (
    4  # words from what a ground led to to the people: "protested against the police killing of a youth"
)
_AGAINST = 2  # words from "against the" to the word of harm: "against the brutal killing of a youth"
_CHARGE = 4  # words of a charge: "believed to have"
_NEAR = 3  # words from people to the charge against them
_FAR = 8  # words between, without a break, "members of the “Front” organization on charges of"
_BEHIND = 14  # words behind a deed in which its day is told
_QUOTES = '"“”'
_VIOLENT = ("killed", "injured")


def ground(view: View, cues: Cues, draft: Draft, start: int) -> Iterator[Hit[str]]:
    """Yield words that make a figure the ground of what is told: "protested the killing of two", "against the killing of two"."""
    first = draft.first
    begin = max(start, first - 2 * _GROUNDS)
    for hit in cues.grounds.find(view.folded, begin, first):
        led = view.folded[hit.last + 1 : first]
        if len(led) < _GROUNDS and cues.grounds_end.isdisjoint(led):
            yield hit
    if not cues.protests.isdisjoint(view.folded[start:first]):
        for hit in cues.protests_at.find(view.folded, begin, first):
            if first - hit.last <= _AGAINST and _protests(view, cues, start, hit.first):
                yield hit
    if draft.harm_first == first:
        for hit in cues.justice.find(view.folded, begin, first):
            if first - hit.last <= _AGAINST and not of_these_days(view, cues, draft, ()):
                yield hit
        for hit in cues.against.find(view.folded, begin, first):
            if first - hit.last <= _AGAINST:
                yield hit


def fought_over(view: View, cues: Cues, draft: Draft, drafts: Collection[Draft]) -> bool:
    """Tell whether a death is what others were harmed over: "a mob lynched a teacher over the deaths of two boys".

    So are bodies whose finding set it off: "was lynched after the body of a girl was found". Not where its own words tell a
    day of the report's own: "over the killing of seven on Monday".
    """
    first = draft.harm_first
    if draft.first != first or not any(d.harm in _VIOLENT and d.last < first for d in drafts):
        return False
    if of_these_days(view, cues, draft, drafts):
        return False
    once = cues.once.isdisjoint(view.folded[max(0, first - _GROUNDS) : first])
    if not once and not cues.found.isdisjoint(view.folded[draft.last + 1 : draft.last + _GROUNDS]):
        return True
    return any(cues.over.find(view.folded, max(0, first - _AGAINST), first + 1))


def charged_to_the_dead(view: View, cues: Cues, draft: Draft, drafts: Collection[Draft]) -> bool:
    """Tell whether people killed now are charged with a deed: "troops killed four rebels accused of killing nine"."""
    first = draft.harm_first
    if draft.first != first or len(drafts) < 2:  # nobody else is told of
        return False
    hits = cues.charged.find(view.folded, max(0, first - _CHARGE), first)
    charge = next((hit for hit in hits if hit.last + 1 == first), None)
    if charge is None or of_these_days(view, cues, draft, drafts):
        return False
    return any(
        d.harm == "killed"
        and d is not draft
        and _near(view, cues, max(d.stated.last, d.noun_last), charge.first)
        for d in drafts
    )


def mourned(view: View, cues: Cues, draft: Draft) -> bool:
    """Tell whether the dead are mourned where others are attacked: "a bomb exploded at the funeral of two men killed"."""
    if draft.harm != "killed":
        return False
    first = view.sentences[draft.sentence][0]
    hits = list(cues.mourning.find(view.folded, first, draft.first))
    if not hits or draft.first - hits[-1].last > _GROUNDS + 1:
        return False
    if draft.harm_first == draft.first or not cues.breaks.isdisjoint(
        view.folded[hits[-1].last : draft.first]
    ):
        return False
    if hits[-1].last + 1 < draft.first and cues.mourned_for.isdisjoint(
        view.folded[draft.first - 2 : draft.first]
    ):
        return False
    k = hits[0].first - 1
    while k > first and view.folded[k] in cues.attacked_at:  # not "attacked a post after the funeral"
        k -= 1
    return (
        k >= first
        and view.folded[k] in cues.attacking
        and (k == first or view.folded[k - 1] not in cues.definite)
    )


def _near(view: View, cues: Cues, people: int, charge: int) -> bool:
    """Tell whether a charge stands near enough behind people to be against them."""
    if not 0 < charge - people <= _FAR:
        return False
    between = (word for word in view.words[people + 1 : charge] if word not in _QUOTES)
    return charge - people <= _NEAR or cues.breaks.isdisjoint(between)


def of_these_days(view: View, cues: Cues, draft: Draft, drafts: Collection[Draft]) -> bool:
    """Tell whether the words behind a deed, before another's, tell a day of the report's own: "on Monday", "the same day"."""
    end = view.sentences[draft.sentence][1]
    end = min((d.first for d in drafts if d.first > draft.last), default=end)
    told = view.folded[draft.last + 1 : min(end, draft.last + _BEHIND)]
    pairs = (f"{one} {two}" for one, two in pairwise(told))
    return not cues.these_days.isdisjoint(told) or not cues.these_days.isdisjoint(pairs)


def _protests(view: View, cues: Cues, start: int, stop: int) -> bool:
    """Tell whether people protest in a stretch, which is not what became of a protest: "the protest turned violent"."""
    return any(
        view.folded[k] in cues.protests and view.folded[k - 1] not in cues.definite
        for k in range(max(start, 1), stop)
    )
