"""when: View -> times, resolved against the day of publication; and the time of a claim."""

import sys
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date
from functools import cache
from operator import attrgetter

from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.marks import Marks
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.period import Period
from tollbook.stages._time_words import Times, times_of_pack
from tollbook.stages._when.finding import day_of, find_times
from tollbook.stages._when.nearest import alone, cited, distance, heads_the_report, issued, nearest
from tollbook.stages._when.ranges import between
from tollbook.stages._when.running_on import from_when_it_began, has_begun, lasting, since
from tollbook.stages._when.spoken import is_spoken, said_then

__all__ = ["Datable", "datable", "date_for", "find_times", "time_marks"]

_LEADING = 8  # times at the head of a text of which one may date all of it
_BACK = 5  # sentences looked back for the time of one that names none
_LINES = 12  # lines looked back for that of a line of figures
_OPENING, _AHEAD = (
    2,
    5,
)  # sentences that open a report; how far ahead of them the day of the event is looked for
_COMPARED = 14  # words between a figure and the time of what it is held against
_GROWN = 25  # words between a figure and the time of the toll that it made grow
_LONG, _YEAR = 4, 5  # precision of a time that is a month, or more; and of a year
_OPENS = 3  # words at the head of a sentence before its day: "Also on Friday, …"
_LONG_ASIDE = 40  # words on each side of a time in which the commas of an aside are looked for
_WINDOW = 24  # times on each side of a claim that can be its own
_HEAD = 3  # sentences in which a periodic report says what period it is about
_START = attrgetter("start_offset")
_MONTHS_BACK = 100  # days: a month is reported on soon after it, or not at all


def time_marks(pack: Pack) -> tuple[Marks, Marks]:
    """Return what this stage asks of single words: of them as written, and of their folded forms."""
    times = times_of_pack(pack)
    return times.parts, times.telling


class Datable:
    """The times of a text, and which of them can be an event's: not those of its publication or of a source.

    What holds of a time, whatever the claim, is told once.
    """

    __slots__ = ("_every_of", "_of", "_spoken", "_view", "events", "every", "headed", "leading")

    def __init__(
        self,
        view: View,
        every: Sequence[Period],
        events: Sequence[Period],
        leading: Sequence[Period],
        headed: Sequence[Period],
    ) -> None:
        """Take the times of a text.

        `leading` are those of events among the first times of the text, `headed` the same, and the day of publication in
        a line of its own.
        """
        self.every, self.events, self.leading, self.headed = every, events, leading, headed
        self._view = view
        self._every_of: dict[int, list[Period]] | None = None
        self._of: dict[int, list[Period]] | None = None
        self._spoken: dict[int, bool] = {}

    def of(self, sentence: int, near: int) -> Sequence[Period]:
        """Return the times of events in a sentence; of very many only those about an offset."""
        if self._of is None:
            self._of = _by_sentence(self._view, self.events)
        return _about(self._of.get(sentence, ()), near)

    def every_of(self, sentence: int) -> Sequence[Period]:
        """Return the times of a sentence; of very many only the first."""
        if self._every_of is None:
            self._every_of = _by_sentence(self._view, self.every)
        return _about(self._every_of.get(sentence, ()), 0)

    def is_spoken(self, times: Times, period: Period) -> bool:
        """Tell whether a day is that on which something was said."""
        known = self._spoken.get(period.start_offset)
        if known is None:
            known = self._spoken[period.start_offset] = is_spoken(self._view, times, period)
        return known


def _by_sentence(view: View, periods: Sequence[Period]) -> dict[int, list[Period]]:
    found: dict[int, list[Period]] = {}
    for period in periods:
        found.setdefault(view.sentence_at(view.word_at(period.start_offset)), []).append(period)
    return found


def _about(here: Sequence[Period], near: int) -> Sequence[Period]:
    if len(here) <= 2 * _WINDOW:  # nearly always
        return here
    middle = bisect_left(here, near, key=_START)
    return here[max(0, middle - _WINDOW) : middle + _WINDOW]


def datable(view: View, pack: Pack, every: Sequence[Period], published: str | None) -> Datable:
    """Tell once for a text which of its times say when the report, or what it cites, came out."""
    times = times_of_pack(pack)
    told = [d for d in every if not issued(view, times, d) and not cited(view, d)]
    events = [d for d in told if not heads_the_report(view, d, published)]
    lead = every[_LEADING].start_offset if len(every) > _LEADING else sys.maxsize
    leading, headed = ([d for d in kept if d.start_offset < lead] for kept in (events, told))
    if any(d.start is not None and not alone(view, d) for d in leading):
        headed = leading  # a headline's figure is of the event that the text dates, not of the report's day
    return Datable(view, every, events, leading, headed)


def date_for(
    view: View,
    pack: Pack,
    dates: Datable,
    start: int,
    end: int,
    published: str | None,
    *,
    lined: bool = False,
) -> Period | None:
    """Return when the claim at text[start:end] happened: the time of its sentence, else of those around it.

    A day on which something was said ("said on Tuesday") yields to one on which something happened, in the sentences
    before or, where the report opens, behind; "since Monday" runs to the day of publication. None where the text has no
    time; the day of publication is never put in its place. A claim that is a line of figures (`lined`) takes the month or
    the year of the lines above it, too.
    """
    if not dates.every or not view.starts:
        return None
    times = times_of_pack(pack)
    sentence = view.sentence_at(view.word_at(start))
    spoken: Period | None = None
    for back in range(_LINES if lined else _BACK):
        if sentence - back < 0:
            break
        here = _not_to_come(dates.of(sentence - back, start), published if back else None)
        if not here:  # most
            continue
        if back == 0:
            here = [d for d in here if _may_date(view, pack, times, d, start, end)]
            unresolved = None if published else _unresolved(dates, times, here, start, end)
            if unresolved is not None:
                return unresolved
        long = _YEAR if back == 1 and _is_of_that(view, times, sentence, here) else _LONG - 1
        here = [d for d in here if d.start is not None and (back == 0 or lined or (d.precision or 9) <= long)]
        told = [d for d in here if not dates.is_spoken(times, d)]
        told = [d for d in told if not said_then(view, times, d, told, end)] or told
        told = [d for d in told if not _is_custom(view, times, d)] or told
        if back and told:
            told = _before_another(view, times, dates.of(sentence - back, start), told)
        if told:
            chosen = _until(view, times, nearest(view, times, told, start, end), told)
            chosen = chosen if back and not lined else since(view, times, chosen, published, start)
            return from_when_it_began(view, times, chosen, published, start, end)
        spoken = spoken or min(here, key=lambda d: distance(d, start, end), default=None)
    month = _reported(view, dates.every, start, published)
    lead = _lead(dates.leading, start) or _lead(dates.headed, start)
    if month is not None and lead is not None and lead.start_offset < month.start_offset:
        month, lead = lead, None
    return _of_event(view, times, dates, sentence, published) or month or spoken or lead


def _not_to_come(here: Sequence[Period], published: str | None) -> Sequence[Period]:
    """Leave out times to come, which date nothing told as done elsewhere: "They meet in France on 6 January".

    It may be a day later there than where a report came out.
    """
    day = day_of(published) if here and published else None
    if day is None:  # most
        return here
    return [d for d in here if (first := day_of(d.start)) is None or (first - day).days <= 1]


def _is_of_that(view: View, times: Times, sentence: int, here: Sequence[Period]) -> bool:
    """Tell whether a sentence opens with the event of the one before: "In June a shell hit a bus. That attack killed ten".

    Not where the time of the one before is that of a thing: "The mosque was built in 2010", "rebuilt after a quake in 2008".
    """
    first, last = view.sentences[sentence]
    if view.folded[first] not in times.pointing:
        return False
    if times.event.isdisjoint(view.folded[first + 1 : min(first + _OPENS, last)]):
        return False
    before = view.sentences[sentence - 1]
    told = view.folded[before[0] : before[1]]
    if times.passed.isdisjoint(told) and times.event.isdisjoint(told):
        return False
    return all(times.after.isdisjoint(view.folded[before[0] : view.word_at(d.start_offset)]) for d in here)


def _may_date(view: View, pack: Pack, times: Times, period: Period, start: int, end: int) -> bool:
    """Tell whether a time of a claim's own sentence can be its own: not one of an aside, or held against."""
    return not (
        (_aside(view, times, period, start, end) and not has_begun(view, times, period, start, end))
        or _held_against(view, times, period)
        or _compared(view, pack, period, end)
        or _since_the_last(view, pack, times, period, end)
    )


def _since_the_last(view: View, pack: Pack, times: Times, period: Period, end: int) -> bool:
    """Tell whether a time behind a claim is that since when nothing was as bad: "the deadliest since they met in May"."""
    word = view.word_at(period.start_offset)
    first = view.word_at(max(end - 1, 0)) + 1
    near = range(word - 1, max(first, word - _GROWN) - 1, -1)
    since = next((k for k in near if view.folded[k] in times.since_apart), None)
    if since is None and (period.precision or 0) >= _LONG and period.start is not None:
        since, first = word, max(first, word - _OPENS - 1)  # "one of the deadliest attacks this year"
    if period.start_offset < end or since is None:
        return False
    return any(_worst(pack).find(view.folded, first, since))


@cache
def _worst(pack: Pack) -> Lexicon[bool]:
    takers = pack.parts["words"].get("weigh", {}).get("scope_takers", ())
    return Lexicon([(w, True) for w in takers], pack.fold)


def _unresolved(dates: Datable, times: Times, here: Sequence[Period], start: int, end: int) -> Period | None:
    """Return the time nearest to a claim where it is one that nobody can tell the days of: "over the weekend".

    Without a day of publication no other time of the text is put in its place, such as that of the dateline.
    """
    if all(d.start is not None for d in here):
        return None
    told = [d for d in here if not dates.is_spoken(times, d)]
    closest = min(told, key=lambda d: distance(d, start, end), default=None)
    return closest if closest is not None and closest.start is None else None


def _held_against(view: View, times: Times, period: Period) -> bool:
    """Tell whether a figure is only held against that of this time: "1,210 hurt, down 23 percent from a year earlier"."""
    word = view.word_at(period.start_offset)
    near = view.folded[max(0, word - 5) : word]
    return bool(near) and near[-1] in times.against and not times.rates.isdisjoint(near)


def _compared(view: View, pack: Pack, period: Period, end: int) -> bool:
    """Tell whether a time behind a claim is that of another figure: what it is held against, or a toll that it made grow.

    "38 died, compared with 25 in 2019"; "38 died, bringing the toll since October to 34,622".
    """
    if period.start_offset < end:
        return False
    first, last = view.word_at(max(end - 1, 0)) + 1, view.word_at(period.start_offset)
    against, grown = _comparing(pack)
    near = last - first <= _COMPARED and any(against.find(view.folded, first, last))
    return near or (last - first <= _GROWN and any(grown.find(view.folded, first, last)))


@cache
def _comparing(pack: Pack) -> tuple[Lexicon[bool], Lexicon[bool]]:
    words = pack.parts["words"]
    against = words.get("small", {}).get("compared", ())
    grown = words.get("weigh", {}).get("told", {}).get("update_behind", ())
    return Lexicon([(w, True) for w in against], pack.fold), Lexicon([(w, True) for w in grown], pack.fold)


def _reported(view: View, dates: Sequence[Period], start: int, published: str | None) -> Period | None:
    """Return the month that a periodic report is about: told at its head, over by the day of publication."""
    anchor = day_of(published)
    head = min(view.bounds(min(_HEAD, len(view.sentences)) - 1)[1], start)
    for period in dates[:_WINDOW]:
        if period.start_offset >= head or period.precision != 4 or anchor is None:
            continue
        first, last = day_of(period.start), day_of(period.end)
        if first and last and last <= anchor and (anchor - first).days <= _MONTHS_BACK:
            return period
    return None


def _lead(dates: Sequence[Period], start: int) -> Period | None:
    """Return the first day that the text names before a claim."""
    lead = [
        d for d in dates[:4] if d.start is not None and (d.precision or 9) <= 3 and d.start_offset < start
    ]
    return lead[0] if lead else None


def _of_event(
    view: View, times: Times, dates: Datable, sentence: int, published: str | None
) -> Period | None:
    """Return the day of the event that the sentences behind tell of: "Friday's strike", "it took place on Friday"."""
    if sentence > _OPENING:
        return None
    for index in range(sentence + 1, min(sentence + _AHEAD, len(view.sentences))):
        for d in dates.every_of(index):
            if d.start is None or (d.precision or 9) > 2:
                continue
            first, last = view.word_at(d.start_offset), view.word_at(d.end_offset - 1)
            begin, stop = view.sentences[index]
            behind = view.folded[last + 1 : min(last + 4, stop)]
            near, before = (view.folded[max(begin, first - n) : first] for n in (4, 9))
            told = _tells_event(times, near) or _tells_event(times, behind)
            if told or not times.passed.isdisjoint(before):
                return lasting(view, times, d, before, published)
    return None


def _tells_event(times: Times, words: Sequence[str]) -> bool:
    """Tell whether words beside a day tell of the event told before, not of another: "an attack"."""
    k = next((k for k, word in enumerate(words) if word in times.event), None)
    return k is not None and times.event_anew.isdisjoint(words[max(0, k - 2) : k])


def _is_custom(view: View, times: Times, period: Period) -> bool:
    """Tell whether a day of the week is that of a custom, which no other day of the sentence gives way to: "Friday prayers"."""
    following = view.word_at(period.end_offset - 1) + 1
    return following < len(view.folded) and view.folded[following] in times.customs


def _before_another(view: View, times: Times, every: Sequence[Period], told: list[Period]) -> list[Period]:
    """Return the times of a sentence before the one that only sets it behind another event, if any are.

    "Two bombs killed 24 people on Sunday, two days after a strike": what is told next is of Sunday. So it is behind "killed
    24 on Sunday in Dara, where four died a day earlier".
    """
    for d in every:
        word = view.word_at(d.end_offset - 1) + 1
        if word < len(view.folded) and view.folded[word] in times.after:
            return [t for t in told if t.start_offset < d.start_offset] or told
    return [t for t in told if not _of_earlier_clause(view, times, told[0], t)]


def _of_earlier_clause(view: View, times: Times, own: Period, other: Period) -> bool:
    """Tell whether a time stands in a relative clause behind the sentence's own, and is counted back from that."""
    if other is own or (other.end or "") >= (own.start or ""):
        return False
    if view.folded[view.word_at(other.end_offset - 1)] not in times.counted_back:
        return False
    first, last = view.word_at(own.end_offset - 1) + 1, view.word_at(other.start_offset)
    return not times.relative.isdisjoint(view.folded[first:last])


def _aside(view: View, times: Times, period: Period, start: int, end: int) -> bool:
    """Tell whether a time stands in an aside, ", which …" or ", the latest of …", and the claim outside of it."""
    word = view.word_at(period.start_offset)
    first, last = view.sentences[view.sentence_at(word)]
    first, last = max(first, word - _LONG_ASIDE), min(last, word + _LONG_ASIDE)
    a = next((k for k in range(word - 1, first - 1, -1) if view.words[k] == ","), None)
    if a is None or times.relative.isdisjoint(view.folded[a + 1 : min(a + 3, word)]):
        return False
    b = next((k for k in range(word + 1, last) if view.words[k] == ","), last)
    return not (view.starts[a] < end and start < view.ends[b - 1])


def _until(view: View, times: Times, period: Period, here: Sequence[Period]) -> Period:
    """Let what "began on Saturday and went on until Monday" run until then."""
    for d in here:
        if d.start_offset <= period.end_offset or not (d.start and d.end and period.start):
            continue
        word = view.word_at(d.start_offset)
        near = view.folded[max(0, word - 5) : word]
        if d.start >= period.start and any(
            w in times.range_to and w.isalpha() and w not in times.passing for w in near
        ):
            days = date.fromisoformat(period.start), date.fromisoformat(d.end)
            return between(view, period.start_offset, d.end_offset, days, period.basis)
    return period
