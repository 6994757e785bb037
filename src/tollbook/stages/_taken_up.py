"""_taken_up: figures behind what is told of another event -> the place and the day of the report's own, which goes on.

"A blast killed 12 in Quetta on Tuesday. On 3 April 41 died in Karachi. Police said that 12 people had been killed": in
Quetta, on Tuesday. A sentence that names neither place nor day takes them from those before it; what they told of another
event is passed over where the sentence goes back to the report's own, and holds for it where it does not.
"""

from bisect import bisect_right
from collections.abc import Sequence

from tollbook.grammar.told import Told
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Claim
from tollbook.model.made import changed
from tollbook.stages._days_before import points_at_event
from tollbook.stages._scope_cues import any_cue

_SEVERAL = 3  # persons from which a second figure of a report is hardly the same by chance
_RISES = 2  # times a toll that it may rise to by another count
_OPENING, _LAST = 20, 80  # figures at the head of a report, and before one, that it is set against
_HURT = ("killed", "injured", "killed_or_injured")
_Heads = Sequence[int]  # where each sentence begins


def taken_up(view: View, pack: Pack, told: Sequence[Told]) -> list[Told]:
    """Give what goes back to the report's own event its place and its day, and its scope, where another event stands between.

    What goes on with another event that does not count does not count either.
    """
    out = list(told)
    if len(told) < 3 or not any(_is_own(t) for t in told):  # most
        return out
    others = {t.sentence for t in told} - {t.sentence for t in told if _is_own(t)}
    again = _told_twice(told)
    if not (others or again):
        return out
    heads = [view.starts[first] for first, _ in view.sentences]
    for i in range(len(out)):
        item = out[i]
        if item.claim.part_of is not None or item.sentence == told[0].sentence:
            continue
        known = (item.claim.harm, item.claim.count.low) in again
        before = _near(out, i) if known or others else []
        same = _of_the_same(heads, before, item) if known else None
        if same is not None:
            out[i] = same
            _along_with(out, i, item)
        elif others:
            out[i] = _behind_another(view, pack, heads, before, item, others)
    return _with_parts(out, told)


def _near(told: Sequence[Told], i: int) -> list[Told]:
    """Return the figures that one is set against: those that open the report, and of very many others the last."""
    start = max(_OPENING, i - _LAST)
    return [*told[: min(i, _OPENING)], *told[start:i]]


def _along_with(out: list[Told], i: int, was: Told) -> None:
    """Let those told right behind go with a figure told again, where they took the same day from before."""
    old, new = was.claim.when, out[i].claim.when
    if old is None or new is None or old is new:
        return
    for k in range(i + 1, min(i + 1 + _OPENING, len(out))):
        when = out[k].claim.when
        if when is None or when.start_offset != old.start_offset or out[k].sentence > out[k - 1].sentence + 1:
            break
        out[k] = changed(out[k], claim=changed(out[k].claim, when=new))


def _told_twice(told: Sequence[Told]) -> set[tuple[str, int | None]]:
    """Return the figures of one harm that a report tells more than once."""
    seen: set[tuple[str, int | None]] = set()
    again: set[tuple[str, int | None]] = set()
    for item in told:
        figure = item.claim.harm, item.claim.count.low
        (again if figure in seen else seen).add(figure)
    return again


def _is_own(item: Told) -> bool:
    """Tell whether a claim is of the report's own event."""
    return item.claim.scope == "incident" and not item.aside


def _of_the_same(heads: _Heads, before: Sequence[Told], item: Told) -> Told | None:
    """Return a figure told again with the place and day of those told first, not of a town named between.

    Told as known, "the nine wounded", or behind a sentence that has counted its own event's people.
    """
    claim, low = item.claim, item.claim.count.low or 0
    definite = item.definite or item.recounted
    if low < (2 if definite else _SEVERAL) or not _is_own(item) or item.apart or item.others:
        return None
    known = (
        t for t in reversed(before) if t.claim.harm == claim.harm and t.claim.count.low == low and _is_own(t)
    )
    first = next(known, None)
    if first is None:
        return None
    when, where = _day_told(heads, claim), _place_told(heads, claim)
    own_when = when is not None and first.sentence < when < item.sentence
    own_where = where is not None and first.sentence < where < item.sentence
    counted = any(t.sentence == (where if own_where else when) and t.claim.harm == claim.harm for t in before)
    if not (own_when or own_where) or not (definite or counted):
        return None
    return changed(item, claim=_as_of(claim, first.claim, own_when, own_where))


def _behind_another(
    view: View, pack: Pack, heads: _Heads, before: Sequence[Told], item: Told, others: set[int]
) -> Told:
    """Return a claim that took its place or day from a sentence on another event as one of the event that it is of."""
    claim = item.claim
    when, where = _day_told(heads, claim), _place_told(heads, claim)
    when, where = (s if s in others and s < item.sentence else None for s in (when, where))
    other = when if where is None else where
    if other is None:  # most
        return item
    own = [t for t in before if t.sentence < other and _is_own(t)]
    between = [t for t in before if t.sentence >= other]
    aside = next((t.aside for t in between if t.sentence == other and t.aside), "")
    if not own or item.aside or claim.scope == "cumulative":
        return item
    if claim.scope == "incident" and not aside:
        same = where is None or when not in (None, where)
        return item if same else changed(item, claim=_as_of(claim, own[-1].claim, when is not None, True))
    if claim.scope != "incident" and any_cue(pack).within(view.folded, *view.sentences[item.sentence]):
        return item
    meant = _said_again(own, between, item) or _grown(own, between, item) or _there_again(own, between, item)
    if meant is not None:
        return changed(item, claim=_as_of(claim, meant, when is not None, where is not None))
    beside = "\n" not in view.text[heads[other] : heads[item.sentence]]
    goes_on = aside and when is not None and not item.placed and item.sentence - other == 1 and beside
    goes_on = goes_on and claim.harm in _HURT and not points_at_event(view, pack, item.sentence)
    return changed(item, aside=aside) if goes_on else item


def _day_told(heads: _Heads, claim: Claim) -> int | None:
    """Return the sentence that tells a claim's day."""
    return None if claim.when is None else bisect_right(heads, claim.when.start_offset) - 1


def _place_told(heads: _Heads, claim: Claim) -> int | None:
    """Return the sentence that names a claim's place."""
    return None if not claim.where else bisect_right(heads, claim.where[0].start) - 1


def _said_again(own: Sequence[Told], between: Sequence[Told], item: Told) -> Claim | None:
    """Return the claim of the own event that has the very figure, where the other event has another."""
    low, harm = item.claim.count.low, item.claim.harm
    if not low or (low < _SEVERAL and not item.definite) or any(t.claim.count.low == low for t in between):
        return None
    if not (item.definite or item.recounted) and all(t.claim.harm != harm for t in between):
        return None  # "On 3 April a blast hit Karachi. Six people died": of the other event, whose toll is told now
    return next((t.claim for t in own if t.claim.harm == harm and t.claim.count.low == low), None)


def _grown(own: Sequence[Told], between: Sequence[Told], item: Told) -> Claim | None:
    """Return the claim of the own event whose toll is told anew: the figure next below it is the own event's."""
    if not item.update or item.others:
        return None
    low, harm = item.claim.count.low or 0, item.claim.harm
    below = [
        t for t in (*own, *between) if t.claim.harm == harm and low > (t.claim.count.low or 0) >= low / _RISES
    ]
    nearest = max(below, key=lambda t: t.claim.count.low or 0, default=None)
    return nearest.claim if nearest is not None and _is_own(nearest) else None


def _there_again(own: Sequence[Told], between: Sequence[Told], item: Told) -> Claim | None:
    """Return the claim of the own event that is of the place that a sentence names again: "hospitals in Quetta treated 27"."""
    if not item.placed or not item.claim.where or item.apart or item.others:
        return None
    name = item.claim.where[0].name
    if any(t.claim.where and t.claim.where[0].name == name for t in between):
        return None
    return next((t.claim for t in own if t.claim.where and t.claim.where[0].name == name), None)


def _as_of(claim: Claim, own: Claim, when: bool, where: bool) -> Claim:
    """Return a claim as one of the report's own event, with its day and place where it took another's."""
    return changed(
        claim,
        scope="incident",
        when=own.when or claim.when if when else claim.when,
        where=own.where or claim.where if where else claim.where,
    )


def _with_parts(out: Sequence[Told], told: Sequence[Told]) -> list[Told]:
    """Let the parts of a figure go with it, where they took the same place and day."""
    moved = {t.claim.id: (was, t) for t, was in zip(out, told, strict=True) if t is not was}
    if not moved:  # most
        return list(out)
    return [
        item if item.claim.part_of is None or item.claim.part_of.claim not in moved
        else _along(item, *moved[item.claim.part_of.claim])
        for item in out
    ]  # fmt: skip


def _along(part: Told, was: Told, now: Told) -> Told:
    """Return a part of a figure that was moved."""
    claim = part.claim
    when = claim.when == was.claim.when and claim.when != now.claim.when
    where = claim.where == was.claim.where and claim.where != now.claim.where
    scope = now.claim.scope if claim.scope == was.claim.scope else claim.scope
    return changed(part, claim=changed(_as_of(claim, now.claim, when, where), scope=scope), aside=now.aside)
