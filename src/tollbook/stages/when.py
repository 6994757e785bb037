"""when: View -> times, resolved against the day of publication; and the time of a claim."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from tollbook.grammar import calendar
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.period import Period
from tollbook.stages._time_days import Range, Resolver
from tollbook.stages._time_tokens import near_triggers, tokens_in
from tollbook.stages._time_words import Times, times_of_pack

_MAY_BEGIN = re.compile("[^x.,&(/c]")


def find_dates(view: View, pack: Pack, published: str | None) -> tuple[Period, ...]:
    """Find every time expression in the order of the text.

    `published` is the day (or moment) of publication in ISO form; without it nothing relative is resolved, and the
    words are kept with no dates. Durations are kept with no dates.
    """
    times = times_of_pack(pack)
    anchor = _day(published)
    found: list[Period] = []
    last_named: date | None = None
    folded = view.folded
    for index, first, last in near_triggers(view, times):
        tokens = tokens_in(view, times, first, last, view.upper[index])
        letters = "".join(t.letter for t in tokens)
        may_begin = _MAY_BEGIN.search(letters)
        while may_begin is not None:
            i = may_begin.start()
            fit = times.longest(letters, i)
            if fit is None:
                may_begin = _MAY_BEGIN.search(letters, i + 1)
                continue
            means, end_at, groups = fit
            parts = {name: tokens[i + at] for name, at in groups}
            future = anchor is not None and not times.future.isdisjoint(
                folded[view.sentences[index][0] : tokens[i].first]
            )
            resolved, basis = Resolver(anchor, last_named, future).resolve(means, parts)
            begin, end = tokens[i], tokens[i + end_at - 1]
            found.append(_period(view, begin.first, end.last, resolved, basis))
            if resolved is not None and resolved[0] == resolved[1]:
                last_named = resolved[0]
            may_begin = _MAY_BEGIN.search(letters, i + end_at)
    return tuple(found)


def _day(published: str | None) -> date | None:
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _period(view: View, first: int, last: int, resolved: Range | None, basis: str) -> Period:
    start, end = view.starts[first], view.ends[last]
    quote = view.text[start:end]
    if resolved is None:
        return Period(quote, start, end, None, None, None, basis)  # type: ignore[arg-type]  # stated or relative
    a, b = resolved
    precision = calendar.precision_of(a, b)
    return Period(quote, start, end, a.isoformat(), b.isoformat(), precision, basis)  # type: ignore[arg-type]  # as above


# ---------------------------------------------------------------- the time of a claim


def date_for(
    view: View, pack: Pack, dates: Sequence[Period], start: int, end: int, published: str | None
) -> Period | None:
    """Return when the claim at text[start:end] happened: the time of its sentence, else of those before it.

    A day that stands with a word of speech ("said on Tuesday") yields to one that does not; "since Monday" runs to the
    day of publication. None where the text has no time; the day of publication is never put in its place.
    """
    if not dates or not view.starts:
        return None
    times = times_of_pack(pack)
    sentence = view.sentence_at(view.word_at(start))
    for back in range(5):
        if sentence - back < 0:
            break
        span = view.sentence_span(sentence - back)
        inside = dates[bisect_left(dates, span.start, key=_start) : bisect_left(dates, span.end, key=_start)]
        here = [d for d in inside if d.start is not None]
        here = [d for d in here if back == 0 or (d.precision or 9) <= 3]
        if here:
            chosen = min(here, key=lambda d: _distance(view, times, d, start, end))
            return _since(view, times, chosen, published)
    lead = [
        d for d in dates[:4] if d.start is not None and (d.precision or 9) <= 3 and d.start_offset < start
    ]
    return lead[0] if lead else None


def _start(period: Period) -> int:
    return period.start_offset


def _distance(view: View, times: Times, period: Period, start: int, end: int) -> float:
    """Rank a time for a claim: near words first, days before years, times of speech last."""
    gap = max(period.start_offset - end, start - period.end_offset, 0)
    word = view.word_at(period.start_offset)
    near = [*view.folded[max(0, word - 3) : word], *view.folded[word + 1 : word + 3]]
    spoken = 400 if any(w in times.speech for w in near) else 0
    coarse = 60 * ((period.precision or 1) - 1)
    return gap + spoken + coarse


def _since(view: View, times: Times, period: Period, published: str | None) -> Period:
    """Let "since Monday" run up to the day of publication."""
    word = view.word_at(period.start_offset)
    if word == 0 or view.folded[word - 1] not in times.since or period.start is None:
        return period
    anchor, first = _day(published), _day(period.start)
    if anchor is None or first is None or anchor < first:
        return period
    precision = calendar.precision_of(first, anchor)
    return Period(
        period.quote,
        period.start_offset,
        period.end_offset,
        period.start,
        anchor.isoformat(),
        precision,
        period.basis,
    )
