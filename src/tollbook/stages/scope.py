"""scope: drafts of a sentence -> which are of what the report is about, which of a period, which of another event.

Words such as "since the war began" belong to the figures of their own stretch of the sentence, not to all of them: in
"12 were killed, bringing to 300 the number killed this year" only the second is a running total.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from tollbook.grammar.any_form import AnyForm
from tollbook.grammar.draft import Draft
from tollbook.grammar.lexicon import Hit
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Scope
from tollbook.model.period import Period
from tollbook.stages._scope.days import by_date, of_last_week, recalled
from tollbook.stages._scope.grounds import charged_to_the_dead, fought_over, ground, mourned, of_these_days
from tollbook.stages._scope.report import (
    before_others,
    by_period,
    joins,
    long_gone,
    of_heads,
    particular,
    period_of_all,
    sole,
)
from tollbook.stages._scope.went_on import going_on, lasting_since, since_what
from tollbook.stages._scope.who_moved import scopes_of_moved
from tollbook.stages._scope_cues import RECENT, Cues, any_cue, cues_of
from tollbook.stages._time_words import times_of_pack

_JOINED = 2  # words from one figure with its harm to the next: "and"
_NEARBY = 80  # words on each side of a claim: no sentence of prose is longer
_TAKES = 12  # words over which "the deadliest … since" takes its "since" to itself
_HABIT = 4  # words from "who", "that" to "every day"
_SPAN = 10  # words behind a figure in which a toll tells of how many days it is
_OPENS = 12  # words at the head of a sentence in which a war is its subject
_MONTHLY = 4  # precision of a time that is a month, or more
_LATER = "later"  # of an event some days before: another's, where the report counts others
_UNSURE = (_LATER, "led_up")  # and of what led up to the report's event: the same
_SCOPES: Mapping[str, Scope] = {"incident": "incident", "cumulative": "cumulative"}
_VIOLENT = ("killed", "injured")
_COMPARED = "compared"  # the order of a figure of another time
_NEW_YEAR = "-01-01"
_COMES = 7  # words between "came" and "day after": "came eight years almost to the day after"
_BEFORE = (",", ";")  # before a verb that goes on with what was told
_SHORT = 3  # words of an abbreviation, or of a distance, with its brackets
_QUOTES = '"“”'
_OF_ONE = ("pronoun, passive", "pronoun, died", "pronoun, active")


def scopes_of(
    view: View,
    pack: Pack,
    drafts: Sequence[Draft],
    periods: Sequence[Period | None],
    published: str | None,
    main: Period | None,
) -> list[Scope]:
    """Tell the scope of every draft: incident, cumulative, or background; parts are of the scope of their whole.

    `periods[i]` is the time of draft i, `main` that of the report's own event. A date long before it makes background; a
    period that began long before, or words that say so, a cumulative figure.
    """
    cues = cues_of(pack)
    told, cued = _worded(view, cues, any_cue(pack), drafts)
    recent = [told.get(i if d.parent is None else d.parent) == RECENT for i, d in enumerate(drafts)]
    worded: dict[int, Scope] = {i: _SCOPES.get(w, "background") for i, w in told.items() if w not in _UNSURE}
    whole = period_of_all(drafts, periods, published)
    out: list[Scope] = []
    totals: set[tuple[str, int | None]] = set()
    for i, draft in enumerate(drafts):
        scope = worded.get(i)
        if scope is None and draft.parent is not None and draft.parent < len(out):
            scope = worded.get(draft.parent) or (out[draft.parent] if periods[i] is None else None)
        spoken = draft.sentence in cued
        if scope is None:
            scope = going_on(view, pack, drafts, i, out, periods[i], published, spoken)
        if scope == "cumulative" and (_sums_up(draft, drafts[:i], out) or _opens(view, pack, drafts, i)):
            scope = "incident"
        if scope is None and spoken and recalled(view, pack, draft, periods[i], main):
            scope = "background"
        scope = (
            scope
            or _since(view, pack, periods[i])
            or (None if whole is None else by_period(view, whole, drafts, i, periods[i]))
            or by_date(periods[i], main, published, alone=len(drafts) == 1)
        )
        if scope == "incident" and of_last_week(drafts, out, periods, i, main):
            scope = "background"
        if scope == "incident" and particular(draft) and (draft.harm, draft.stated.low) in totals:
            scope = "cumulative"  # the running total said again
        if scope == "cumulative":
            totals.add((draft.harm, draft.stated.low))
            if out and _told_with(view, drafts[i - 1], draft, periods[i]):
                out[-1] = scope
        out.append(scope)
    later, led_up = ([i for i, word in told.items() if word == sense] for sense in _UNSURE)
    out = long_gone(view, pack, drafts, before_others(view, drafts, out, later, led_up), periods, published)
    heads = of_heads(view, drafts, out)
    return sole(drafts, scopes_of_moved(view, pack, drafts, heads), periods, recent, published)


def _worded(
    view: View, cues: Cues, every: AnyForm, drafts: Sequence[Draft]
) -> tuple[dict[int, str], set[int]]:
    """Tell the scopes that words give to figures, sentence by sentence, and which sentences have such words at all."""
    by_sentence: dict[int, list[int]] = {}
    for i, draft in enumerate(drafts):
        by_sentence.setdefault(draft.sentence, []).append(i)
    told: dict[int, str] = {}
    cued: set[int] = set()
    for sentence, members in by_sentence.items():
        if every.within(view.folded, *view.sentences[sentence]):
            cued.add(sentence)
        if sentence in cued or any(drafts[i].order == _COMPARED for i in members):
            told |= _by_words(view, cues, sentence, {i: drafts[i] for i in members})
    return told, cued


def _told_with(view: View, before: Draft, draft: Draft, when: Period | None) -> bool:
    """Tell whether a period behind a figure is also that of the one right before it, of another harm.

    "Raising the toll to 34,622 killed and 77,867 injured since October 7."
    """
    if when is None or draft.sentence != before.sentence or draft.harm == before.harm:
        return False
    behind = when.start_offset >= view.ends[draft.last]
    return behind and 0 < draft.first - before.last <= _JOINED


def _sums_up(draft: Draft, before: Sequence[Draft], scopes: Sequence[Scope]) -> bool:
    """Tell whether a toll is just what the report told singly: "killed four … one more, bringing the total to five"."""
    if draft.order != "toll" or draft.parent is not None:
        return False
    told = [
        d.stated.low or 0
        for d, scope in zip(before, scopes, strict=True)
        if d.harm == draft.harm and scope == "incident" and d.parent is None
    ]
    return len(told) > 1 and all(told) and sum(told) == draft.stated.low


def _opens(view: View, pack: Pack, drafts: Sequence[Draft], i: int) -> bool:
    """Tell whether a report begins with a figure of some days: "troops killed 30 people over the past three days"."""
    draft = drafts[i]
    if draft.sentence > 1 or any(d.sentence != draft.sentence or d.harm == draft.harm for d in drafts[:i]):
        return False
    return any(cues_of(pack).days.find(view.folded, *view.sentences[draft.sentence]))


def _by_words(view: View, cues: Cues, sentence: int, drafts: Mapping[int, Draft]) -> dict[int, str]:
    """Tell the scopes that words of a sentence give to its figures, "recent" for what may be the report's own event."""
    found: dict[int, str] = {i: "background" for i, draft in drafts.items() if draft.order == _COMPARED}
    first, last = view.sentences[sentence]
    order = sorted(drafts, key=lambda i: drafts[i].first)
    firsts = [drafts[i].first for i in order]
    start, stop = max(first, firsts[0] - _NEARBY), min(last, max(d.last for d in drafts.values()) + _NEARBY)
    for hit in cues.scope.find(view.folded, start, stop):
        near = order[bisect_left(firsts, hit.first - _NEARBY) : bisect_right(firsts, hit.last + _NEARBY)]
        own = {i: drafts[i] for i in near}
        if any(d.stated.first <= hit.first <= d.stated.last for d in own.values()):
            continue  # words of the figure itself
        if not _taken(view, cues, start, hit):
            for i in _meant(view, cues, hit, own, max(start, hit.first - _NEARBY)):
                found.setdefault(i, hit.sense)
    for i, draft in drafts.items():
        for hit in cues.behind.find(
            view.folded, draft.stated.last + 1, min(stop, draft.stated.last + _NEARBY)
        ):
            if not _says_more(view, cues, draft.last + 1, hit.first):
                found.setdefault(i, hit.sense)
        if _brought_to(view, cues, first, draft, min(last, draft.last + _SPAN)):
            found.setdefault(i, "cumulative")
        begin = max(start, (lead := draft.first) - _NEARBY)
        stretch = _stretch_from(view, cues, lead, begin)
        for hit in _right_before(view, cues, draft, begin, stretch):
            found.setdefault(i, hit.sense)
        if lasting_since(view, cues, draft, stretch):
            found.setdefault(i, _UNSURE[1])
        dated = since_what(view, cues, draft, begin)
        if dated is not None:
            apart = any(d.last < lead and d.harm in _VIOLENT for d in drafts.values())
            # "two were hurt since the shooting that killed a girl on Monday" goes on with that
            if not apart or dated in _UNSURE or not of_these_days(view, cues, draft, drafts.values()):
                found.setdefault(i, dated if apart else _UNSURE[1])
        earlier = _long_before(view, cues, draft, drafts.values(), begin)
        if (
            earlier
            or _held_worse(view, cues, begin, stretch)
            or fought_over(view, cues, draft, drafts.values())
            or charged_to_the_dead(view, cues, draft, drafts.values())
            or mourned(view, cues, draft)
        ):
            found.setdefault(i, earlier or "background")
    _carry(found, order, drafts)
    _join(found, order, drafts)
    return found


def _says_more(view: View, cues: Cues, start: int, stop: int) -> bool:
    """Tell whether words stand in what is told of a place or a person behind a comma: "in Kara, a town torn by a long war"."""
    return any(
        view.words[k] == "," and view.folded[k + 1] in cues.aside
        for k in range(start, min(stop, start + _NEARBY) - 1)
    )


def _brought_to(view: View, cues: Cues, first: int, draft: Draft, stop: int) -> bool:
    """Tell whether a figure is what a toll of some days was brought to: "bringing the toll to 50 dead in nine days"."""
    if cues.brings.isdisjoint(view.folded[max(first, draft.first - _NEARBY) : draft.first]):
        return False
    return any(cues.spans.find(view.folded, draft.last + 1, stop))


def _carry(found: dict[int, str], order: Sequence[int], drafts: Mapping[int, Draft]) -> None:
    """Carry a running total on to another harm behind it: "40,000 were killed in the war, and 2 million have fled"."""
    total: int | None = None
    for i in order:
        if found.get(i) == "cumulative":
            total = i
        elif i not in found and total is not None and drafts[i].harm != drafts[total].harm:
            found[i] = "cumulative"


def _join(found: dict[int, str], order: Sequence[int], drafts: Mapping[int, Draft]) -> None:
    """Let a verb of harm that goes on right behind a figure tell of the same event: "killing 12 and wounding 49"."""
    for i, k in ((i, k) for i, k in pairwise(order) if i in found and drafts[k].harm != drafts[i].harm):
        led = drafts[k].harm_first == drafts[k].first or found[i] == "background"
        if led and 0 < drafts[k].first - drafts[i].last <= _JOINED:
            found.setdefault(k, found[i])


def _right_before(view: View, cues: Cues, draft: Draft, start: int, begin: int) -> Iterator[Hit[str]]:
    """Yield words that tell the scope of the figure they lead up to, in its own stretch, which has a `begin`."""
    told = begin
    # "avenging a strike the day before, which killed four"
    if begin > start + 1 and view.folded[begin] in cues.relative:
        told = _stretch_from(view, cues, told - 1, start)
    yield from cues.before.find(view.folded, _behind_when(view, cues, told, draft), draft.last + 1)
    yield from ground(view, cues, draft, told)
    first = view.sentences[draft.sentence][0]
    # "The war, now in its third year, has killed 40,000"
    if begin > first and view.folded[begin] in cues.have:
        yield from cues.opens.find(view.folded, first, min(first + _OPENS, begin))


def _behind_when(view: View, cues: Cues, start: int, draft: Draft) -> int:
    """Return where a clause begins that tells of one day: "the war that killed 60,000 flared when three guards were shot"."""
    if cues.whens.isdisjoint(view.folded[start + 1 : draft.first]):  # most
        return start
    return next(k for k in range(draft.first - 1, start, -1) if view.folded[k] in cues.whens)


def _stretch_from(view: View, cues: Cues, k: int, start: int, past: str = "") -> int:
    """Return the first word of the stretch without a break that ends before word k: a hyphen amid a word is none, nor `past`."""
    folded, breaks = view.folded, cues.breaks
    while k > start and (folded[k - 1] not in breaks or view.words[k - 1] in past or joins(view, k - 1)):
        k -= 1
    if past and k > start and view.words[k - 1] == ")":  # "the Workers Party (PKK) raided a bar"
        opens = next(
            (n for n in range(k - _SHORT, k - _SHORT - 2, -1) if n > start and view.words[n] == "("), None
        )
        return k if opens is None else _stretch_from(view, cues, opens, start, past)
    return k


def _long_before(view: View, cues: Cues, draft: Draft, drafts: Iterable[Draft], start: int) -> str | None:
    """Tell the scope of the figure of an earlier event: "the attack came a day after two soldiers were killed".

    So where the words say that one came after the other, or where both have figures: "six died, days after a blast killed 41".
    Not where the same stretch tells what became of people later ("the two were found dead days after they were abducted").
    Where nothing else happened in the sentence ("they buried their dead, a day after a bombing killed 44") the report tells.
    """
    first = draft.first
    begin = _stretch_from(view, cues, first, start, _QUOTES)
    led = first > start < begin and view.folded[first - 1] in cues.relative
    if led and _comes_after(view, cues, start, draft):
        return "background"
    goes_on = begin == first == draft.harm_first and not any(d.last < begin for d in drafts)
    if goes_on and _comes_after(view, cues, start, draft):
        return _LATER  # "came two days after rebels raided a post in Dara, 30 miles away, killing four"
    if begin == first == draft.harm_first and begin > start + 1 and view.folded[begin - 1] in _BEFORE:
        # "came a year after a man drove into a crowd, killing 12"
        begin = _stretch_from(view, cues, begin - 1, start, _QUOTES)
    told = [d for d in drafts if begin <= d.first < first and d.harm_first != draft.harm_first]
    if told and not draft.reference and draft.order not in _OF_ONE:
        behind = max(d.last for d in told) + 1  # "killing a man only days after eight guards were slain"
        return "background" if any(cues.later.find(view.folded, behind, first)) else None
    if begin == first or draft.order in _OF_ONE or told:
        return None  # but the attacker himself: "days after a suicide bomber killed six"
    found = list(cues.later.find(view.folded, begin, first))
    apart = any(d.last < begin for d in drafts) or any(
        not cues.comes.isdisjoint(view.folded[max(begin, hit.first - _COMES) : hit.first]) for hit in found
    )
    return ("background" if apart else _LATER) if found else None


def _comes_after(view: View, cues: Cues, start: int, draft: Draft) -> bool:
    """Tell whether the sentence of a figure tells what came days after it: "came two days after the front, …, set off a
    bomb that killed 11".
    """
    return any(
        not cues.comes.isdisjoint(view.folded[max(start, hit.first - _COMES) : hit.first])
        for hit in cues.later.find(view.folded, start, draft.first)
    )


def _held_worse(view: View, cues: Cues, start: int, begin: int) -> bool:
    """Tell whether a figure is that of what another is held against: "the worst since April, when 36 farmers were killed".

    The stretch of the figure has a `begin`.
    """
    if begin < start + 2:
        return False
    where = _is_where(view, cues, begin)
    if not (where or view.folded[begin] in cues.whens):
        return False
    taken = list(cues.takers.find(view.folded, max(start, begin - (_NEARBY if where else _TAKES)), begin))
    if where and taken and not _since_place(view, cues, taken[-1], begin, start):
        return False  # "one of the worst hit Boma, where 40 died"
    # "the deadliest attack took place on Monday, when …" is held against nothing
    return bool(taken) and cues.comes.isdisjoint(view.folded[taken[-1].last + 1 : begin])


def _is_where(view: View, cues: Cues, begin: int) -> bool:
    """Tell whether a stretch begins with "where" or "in which" behind a comma."""
    return view.words[begin - 1] == "," and cues.wheres.at(view.folded, begin) is not None


def _since_place(view: View, cues: Cues, taker: Hit[str], begin: int, start: int) -> bool:
    """Tell whether a clause at word `begin` is of what a superlative is held against: "since a raid on Boma, where".

    What the event itself "was", "the deadliest since", may be told of in several stretches.
    """
    last = _stretch_from(view, cues, begin - 1, start)
    than = [k for k in range(min(last, taker.last), begin - 1) if view.folded[k] in cues.than]
    if than and view.words[than[-1] + 1].isdecimal() and view.words[than[-1] + 2] != ",":
        return False  # "the worst since 1994 in Goma, where"
    if not cues.than.isdisjoint(view.folded[last:begin]):
        return True
    was = not cues.be.isdisjoint(view.folded[max(start, taker.first - 2) : taker.first])
    return was and not cues.than.isdisjoint(view.folded[taker.last : begin])


def _since(view: View, pack: Pack, period: Period | None) -> Scope | None:
    """Tell that a figure runs up from a year on, whatever the day of publication: "thousands of lives since 2004"."""
    if period is None or (period.precision or 0) < _MONTHLY or not (period.start or "").endswith(_NEW_YEAR):
        return None
    word = view.word_at(period.start_offset)
    return "cumulative" if word > 0 and view.folded[word - 1] in times_of_pack(pack).since_apart else None


def _taken(view: View, cues: Cues, start: int, hit: Hit[str]) -> bool:
    """Tell whether a superlative before a word such as "since" takes it: "the deadliest strike since the war began"."""
    taker = None
    for found in cues.takers.find(view.folded, max(start, hit.first - _TAKES), hit.first):
        taker = found
    return taker is not None and not any(
        word in cues.breaks for word in view.folded[taker.last + 1 : hit.first]
    )


def _meant(view: View, cues: Cues, hit: Hit[str], drafts: Mapping[int, Draft], start: int) -> Iterable[int]:
    """Return the drafts that words of scope are about: those of their stretch, else the nearest before, else all behind."""
    begin, end = _stretch_from(view, cues, hit.first, start), hit.first
    stop = min(hit.first + _NEARBY, view.sentences[view.sentence_at(hit.first)][1])
    while end < stop and view.folded[end] not in cues.breaks:
        end += 1
    own = {
        i
        for i, d in drafts.items()
        if begin <= d.stated.first < end or (begin <= d.harm_first < end and d.harm_first != d.stated.first)
    }
    if not own and begin > 0 and view.words[begin - 1] in "([":
        return []  # "18,817 (a week earlier 18,657)"
    if not own and view.folded[begin] in cues.adding:
        return []  # "ten were killed, adding that there had been no fighting in the past 20 days"
    each = not own and view.folded[hit.first] in cues.each
    if each and not cues.relative.isdisjoint(view.folded[max(begin, hit.first - _HABIT) : hit.first]):
        return []  # "at a group that met every day, killing three"
    if not own:
        before = [i for i, d in drafts.items() if d.last < hit.first]
        if before:
            nearest = max(drafts[i].last for i in before)
            own = {i for i in before if drafts[i].last == nearest}
        else:
            own = {i for i, d in drafts.items() if d.first > hit.last}
    # "14 were killed, a day after a similar attack"
    if any(cues.later.find(view.folded, begin, hit.last + 1)):
        own = {i for i in own if drafts[i].first > hit.last}
    harms = {drafts[i].harm_first for i in own}
    return [i for i, d in drafts.items() if i in own or d.harm_first in harms or d.parent in own]
