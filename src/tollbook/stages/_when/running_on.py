"""running_on: a time that something goes on from -> up to the day of publication: "since Monday", "began on Sunday"."""

import sys
from collections.abc import Sequence

from tollbook.grammar.view import View
from tollbook.model.period import Period
from tollbook.stages._time_words import Times
from tollbook.stages._when.finding import day_of
from tollbook.stages._when.ranges import between

_LED = 2  # words from a day to the event that it is of: "Tuesday's air strike"
_SINCE = 13  # words between "since" and the day that it means
_LATELY = 14  # days in which what began is told as going on, not as a war
_BEGUN = 6  # words from what began to its day: "broke out in the port on Sunday"
_NAMED = 4  # words more in which what began is named: "the offensive in the capital, which began on Sunday"
_PERFECT = 3  # words from "have" to whom it has killed


def since(view: View, times: Times, period: Period, published: str | None, claim: int) -> Period:
    """Let "since Monday", "since the coup in 2021" run up to the day of publication."""
    word = view.word_at(period.start_offset)
    if word == 0 or not _runs_on(view, times, word, period, claim):
        return period
    return _until_now(view, period, published)


def from_when_it_began(
    view: View, times: Times, period: Period, published: str | None, start: int, end: int
) -> Period:
    """Let a day on which something began lately run up to that of publication, where it has harmed people by now."""
    if not has_begun(view, times, period, start, end):  # nearly always
        return period
    return _until_now(view, period, published, _LATELY)


def lasting(view: View, times: Times, period: Period, before: Sequence[str], published: str | None) -> Period:
    """Let the day of which words before say that what lasts began on it run on: "the clashes began on Friday", not a blast."""
    if times.begun.isdisjoint(before) or times.lasting_events.isdisjoint(before):  # nearly always
        return period
    what = next(k for k, w in enumerate(before) if w in times.lasting_events)
    if before[what] in times.anew and (what == 0 or before[what - 1] not in times.the):
        return period  # "Violence broke out on Sunday as they were buried"
    if _is_over(view, times, period):
        return period
    return _until_now(view, period, published, _LATELY)


def _until_now(view: View, period: Period, published: str | None, most: int = sys.maxsize) -> Period:
    """Return a time that runs up to the day of publication, unless that is more than so many days later."""
    anchor, first = day_of(published), day_of(period.start)
    if anchor is None or first is None or not 0 <= (anchor - first).days <= most:
        return period
    return between(view, period.start_offset, period.end_offset, (first, anchor), period.basis)


def _runs_on(view: View, times: Times, word: int, period: Period, claim: int) -> bool:
    """Tell whether "since" governs a time, and not what the claim behind it tells: "since a 2017 bombing killed 12"."""
    starts = view.folded[word - 1] in times.since
    if starts and (view.folded[word - 1] in times.since_apart or not _owns(view, times, period)):
        return period.start == period.end or view.folded[word - 1] in times.since_apart
    opening = view.folded[view.sentences[view.sentence_at(word)][0]] in times.since_apart
    if (
        not opening
        and claim > period.end_offset
        and "," not in view.words[view.word_at(period.end_offset) : view.word_at(claim)]
    ):
        return False
    reach = 2 * _SINCE if opening else _SINCE  # "Since the war between the two clans broke out last May, …"
    for k in range(word - 1, max(0, word - reach) - 1, -1):
        if not view.words[k][0].isalnum() and view.words[k] != "-":
            return False
        if view.folded[k] in times.since_apart:
            return True
    return False


def has_begun(view: View, times: Times, period: Period, start: int, end: int) -> bool:
    """Tell whether what began on a day is told to have harmed people by now: "clashes that began on Sunday have killed 17"."""
    word, claim = view.word_at(period.start_offset), view.word_at(start)
    near = view.folded[max(0, word - _BEGUN) : word]
    if times.begun.isdisjoint(near) or (period.precision or 9) > 1:  # most
        return False
    k = max(k for k, w in enumerate(near) if w in times.begun)
    what = view.folded[max(0, word - _BEGUN - _NAMED) : word - len(near) + k]
    if times.lasting_events.isdisjoint(what) or _is_over(view, times, period):
        return False  # not of a fire, a shooting, or polling
    opening = view.sentences[view.sentence_at(claim)][0]
    first = claim if claim < word else max(claim - _PERFECT, opening)  # "17 have been killed in clashes that"
    joined = all(w[0].isalnum() for w in near[k:])
    last = view.word_at(max(end - 1, start)) + 1
    if not times.captives.isdisjoint(view.folded[claim:last]):
        return False  # "has killed ten hostages", and others on days of their own
    return joined and not times.has.isdisjoint(view.folded[first:last])


def _is_over(view: View, times: Times, period: Period) -> bool:
    """Tell whether words behind its first day say that something ended: "it lasted an hour"."""
    word = view.word_at(period.start_offset)
    return not times.lasted.isdisjoint(view.folded[word : view.sentences[view.sentence_at(word)][1]])


def _owns(view: View, times: Times, period: Period) -> bool:
    """Tell whether a day is that of an event named behind it: "the death toll from Tuesday's raid"."""
    behind = view.word_at(period.end_offset - 1) + 1
    near = view.folded[behind : behind + _LED]  # not "from Monday, killing 42"
    return not times.event.isdisjoint(near) and near[0][0].isalpha()
