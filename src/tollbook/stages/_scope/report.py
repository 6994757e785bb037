"""report: what a whole report is about: a long period that is over, or days in which nothing else happened."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import pairwise

from tollbook.grammar.draft import Draft
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import Table
from tollbook.model.claim import Scope
from tollbook.model.period import Period

LONG = 45  # days from which a period is no event's own
_LATE = 31  # days that the period of a figure may end before that of the first
_FOLLOWING = 3  # sentences behind a total in which its parts are told
_RECENT = 31  # days before publication in which what a report only tells of has begun
_MANY = 20  # persons from which a figure is the total of a long period, not those of one day of it
_NOT_BY_CHANCE = 5  # persons from which a figure of the same people is hardly met of another event
_JOINED = 2  # words from one figure with its harm to the next: "and"
_SHARES = ("of the dead", "the wounded are", "are among the wounded")
_BOTH = "killed_or_injured"
_OF_BOTH = (_BOTH, "killed", "injured")
_PARTICULAR = 100  # persons from which a figure that is not round is not met twice in one report
_OLDER = 60  # days before publication from which a date is another's
_ALIKE = 1.5  # times over which two figures may be of one event, told on two days
_NEWS = 2  # UCDP's precision of a period of some days
_OLDER_THAN_NEWS = 20  # days before publication from which the event of most claims is not its news
_OPENING = 1  # the last sentence of a headline and of the lead below it
_GONE = 2  # days before the report's own from which it goes through a time day by day
_HEAD = 12  # words of a headline
_DAYS = 7  # days before publication from which a report's opening may count the dead
_OPEN = 3  # days before publication in which a period that runs up to the report may end


@lru_cache(maxsize=4096)
def days_of(date: str) -> int:
    """Return a number of days for a date: good enough to compare two."""
    year, month, day = (int(part) for part in date[:10].split("-"))
    return year * 372 + month * 31 + day


def period_of_all(
    drafts: Sequence[Draft], periods: Sequence[Period | None], published: str | None
) -> Period | None:
    """Return the long period that the first figure of a report is of, if it is over and all dated claims have long ones."""
    if not published or not periods or (drafts[0].stated.low or 0) < _MANY:
        return None
    first = periods[0]
    if first is None or not _is_long(first) or _is_whole_years(first):
        return None
    if any(p is not None and p.start and not _is_long(p) for p in periods):
        return None
    return first if days_of(published) - days_of(first.end or published) > _OPEN else None


def _is_whole_years(period: Period) -> bool:
    """Tell whether a period is a year or more, in which an event of one day may be told: "in 2014, gunmen killed 140"."""
    return (period.start or "").endswith("-01-01") and (period.end or "").endswith("-12-31")


def _is_long(period: Period | None) -> bool:
    if period is None or period.start is None or period.end is None:
        return False
    return days_of(period.end) - days_of(period.start) > LONG


def by_period(
    view: View, whole: Period, drafts: Sequence[Draft], i: int, period: Period | None
) -> Scope | None:
    """Tell the scope of a claim of a report about a period: of it, of one before it, None for what is neither.

    Of the period is also a smaller figure without a time of its own, right behind the total: "533 were killed in the first
    quarter of 2020. Rebels killed 282." Where the total is of killed and injured together, as the UN counts, so is all that is
    told without a time: "IEDs caused 1,557 casualties (501 killed and 1,056 injured)".
    """
    if period is not None and period.end is not None and whole.end is not None:
        return "cumulative" if days_of(period.end) >= days_of(whole.end) - _LATE else "background"
    first, draft = drafts[0], drafts[i]
    between = view.text[view.ends[first.last] : view.starts[draft.first]]
    smaller = (draft.stated.low or 0) < (first.stated.low or 0)
    if smaller and first.harm == _BOTH and draft.harm in _OF_BOTH:
        return "cumulative"
    near = 0 < draft.sentence - first.sentence <= _FOLLOWING and "\n\n" not in between
    return "cumulative" if near and smaller and draft.harm == first.harm else None


def particular(draft: Draft) -> bool:
    """Tell whether a figure is too large, and not round, to be met twice in one report but for the same persons."""
    low = draft.stated.low or 0
    return low >= _PARTICULAR and low % 100 != 0


def joins(view: View, k: int) -> bool:
    """Tell whether a sign is the hyphen amid a word: "Syrian-backed"."""
    near = 0 < k < len(view.words) - 1 and view.words[k] in "-–"
    return near and view.ends[k - 1] == view.starts[k] and view.ends[k] == view.starts[k + 1]


def main_period(periods: Sequence[Period | None], published: str | None = None) -> Period | None:
    """Return the period most claims of a report share, the earliest told among equals.

    None where it lies long before the report and more claims tell no date: those are of the report's own days. Of what lies
    weeks before, the day of news that the report opens with.
    """
    known = [p for p in periods if p is not None and p.start is not None and (p.precision or 9) <= 4]
    seen: dict[str | None, int] = {}
    for period in known:
        seen[period.start] = seen.get(period.start, 0) + 1
    best: Period | None = None
    most = 0
    for period in known:
        if seen[period.start] > most:
            best, most = period, seen[period.start]
    if best is not None and published and _is_fresh(known[0], published):
        if days_of(published) - days_of(best.end or published) > _OLDER_THAN_NEWS:
            return known[0]  # what it opens with, whatever it tells of days long before
    undated = sum(1 for p in periods if p is None or p.start is None)
    if best is not None and published and best.end and undated > most:
        if days_of(published) - days_of(best.end) > _OLDER:
            return None
    return best


def _is_fresh(period: Period, published: str) -> bool:
    """Tell whether a period is of some days right before publication, told in words."""
    start, end = period.start or "", period.end or ""
    if period.basis == "published" or (period.precision or 9) > _NEWS:
        return False
    return start <= end <= published[:10] and days_of(published) - days_of(start) <= _OPEN


def of_heads(view: View, drafts: Sequence[Draft], scopes: Sequence[Scope]) -> Sequence[Scope]:
    """Let a headline amid a report be of the scope of what the next paragraph says again: "400 Killed in Week"."""
    if len(set(scopes)) < 2:
        return scopes
    out = list(scopes)
    for i, draft in enumerate(drafts):
        if scopes[i] != "incident" or not (draft.sentence and _is_head(view, draft.sentence)):
            continue
        for other, scope in zip(drafts[i + 1 :], scopes[i + 1 :], strict=True):
            if other.sentence - draft.sentence > _FOLLOWING:
                break
            if (other.harm, other.stated.low) == (draft.harm, draft.stated.low):
                out[i] = scope
    return out


def _is_head(view: View, sentence: int) -> bool:
    """Tell whether a sentence is a line by itself, short and without a full stop."""
    first, last = view.sentences[sentence]
    if last - first > _HEAD or not view.words[last - 1][0].isalnum():
        return False
    before, behind = view.ends[first - 1], view.starts[last] if last < len(view.words) else len(view.text)
    return "\n" in view.text[before : view.starts[first]] and "\n" in view.text[view.ends[last - 1] : behind]


def before_others(
    view: View,
    drafts: Sequence[Draft],
    scopes: Sequence[Scope],
    later: Collection[int],
    led_up: Collection[int],
) -> list[Scope]:
    """Set a figure of days before an event apart, where the report counted people before, and by far not as many.

    "At least 13 killed … two weeks after a bombing that left more than 350 dead", but not "… a day after the bomb killed 14".
    What is told to have led up to it (`led_up`) need only be another number: "The raid followed the deaths of 20 people".
    """
    out = list(scopes)
    for i in sorted((*later, *led_up)):
        low = drafts[i].stated.low or 0
        told = [
            d.stated.low or 0
            for d, scope in zip(drafts[:i], out, strict=False)
            if d.harm == drafts[i].harm and scope == "incident" and d.sentence < drafts[i].sentence
        ]
        far = any(low > _ALIKE * n or n > _ALIKE * low for n in told if n)
        listed = any(drafts[k].harm_first == drafts[i].harm_first and out[k] == "background" for k in led_up)
        if any(told) and (listed or low not in told) if i in led_up else far:
            out[i] = "background"
            for k in range(i + 1, len(drafts)):  # "killing six and injuring at least 70"
                if (
                    not 0 < drafts[k].first - drafts[k - 1].last <= _JOINED
                    or drafts[k].harm == drafts[i].harm
                ):
                    break
                out[k] = "background"
    return _with_shares(view, drafts, out) if "background" in out else out


def _with_shares(view: View, drafts: Sequence[Draft], scopes: list[Scope]) -> list[Scope]:
    """Let some of the dead of another event, told right behind it, be of it, and as many told again of the same people.

    "Five of the dead were labourers"; "more than 20 settlers were killed", behind "the deaths of more than 20 settlers".
    """
    told: dict[tuple[str, int, str], Scope] = {}
    for draft, scope in zip(drafts, scopes, strict=True):
        if (draft.stated.low or 0) >= _NOT_BY_CHANCE and draft.noun_first <= draft.noun_last:
            told.setdefault((draft.harm, draft.stated.low or 0, view.folded[draft.noun_last]), scope)
    for k, draft in enumerate(drafts) if "background" in told.values() else ():
        noun = view.folded[draft.noun_last]
        if scopes[k] == "incident" and told.get((draft.harm, draft.stated.low or 0, noun)) == "background":
            scopes[k] = "background"
            if k + 1 < len(drafts) and 0 < drafts[k + 1].first - draft.last <= _JOINED:
                scopes[k + 1] = "background"  # "eight soldiers were killed and 28 wounded"
    for (one, draft), k in zip(pairwise(drafts), range(1, len(drafts)), strict=True):
        near = draft.order in _SHARES and draft.sentence - one.sentence == 1 and draft.harm == one.harm
        if near and scopes[k - 1] == "background" and (draft.stated.low or 0) < _MANY:
            scopes[k] = "background"
    return scopes


def long_gone(
    view: View,
    pack: Pack,
    drafts: Sequence[Draft],
    scopes: Sequence[Scope],
    periods: Sequence[Period | None],
    published: str | None,
) -> list[Scope]:
    """Set apart people harmed more than a week before publication, where the report counts others first, at no told time.

    News that does not date its event is of the days of its publication: "Two soldiers killed in an ambush … 40 were killed
    last month". Not where so many are those of the opening, nor where several days are gone through, which it may sum up,
    nor where either counts people more than others, the first sentence nobody, or the opening tells who died of wounds.
    """
    out = list(scopes)
    opened = [i for i, d in enumerate(drafts) if d.sentence <= _OPENING]
    further = any(drafts[i].others and not drafts[i].reference for i in opened)
    if not published or not opened or drafts[0].sentence or further:
        return out
    if any((p := periods[i]) is not None and p.start for i in opened):
        return out
    wounds = Table(pack, "words", "small").words("of_wounds")
    if not wounds.isdisjoint(view.folded[: view.sentences[max(drafts[i].sentence for i in opened)][1]]):
        return out
    told = {
        (drafts[i].harm, drafts[i].stated.low)
        for i in opened
        if scopes[i] == "incident" and drafts[i].stated.vague is None and drafts[i].numbered
    }
    harms = {harm for harm, _ in told if harm in _OF_BOTH}
    if not harms:
        return out
    gone = [
        i
        for i, draft in enumerate(drafts)
        if scopes[i] == "incident" and draft.harm in harms and not draft.others
        if _is_gone(view, draft, periods[i], published) and not _dates_another(view, drafts, i, periods[i])
    ]
    days = {when.start for i in gone if (when := periods[i]) is not None}
    if len(days) <= _GONE and not any((drafts[i].harm, drafts[i].stated.low) in told for i in gone):
        for i in gone:
            out[i] = "background"
    return out


def _is_gone(view: View, draft: Draft, when: Period | None, published: str) -> bool:
    """Tell whether the sentence of a figure itself tells a time that was over more than a week before publication."""
    if when is None or not when.start or not when.end or when.basis == "published":
        return False
    first, last = view.sentences[draft.sentence]
    told = first <= view.word_at(when.start_offset) < last
    return told and days_of(published) - days_of(when.end) > _DAYS


def _dates_another(view: View, drafts: Sequence[Draft], i: int, when: Period | None) -> bool:
    """Tell whether a time is told of something else: right behind another harm, or between people and their own.

    "Three nurses abducted on 12 February were killed".
    """
    k, own = view.word_at(when.start_offset) if when is not None else 0, drafts[i]
    if own.noun_first <= own.noun_last < k < own.harm_first:
        return True
    return any(d.harm != own.harm and 0 < k - d.harm_last <= _JOINED for d in drafts)


def sole(
    drafts: Sequence[Draft],
    scopes: Sequence[Scope],
    periods: Sequence[Period | None],
    recent: Sequence[bool],
    published: str | None,
) -> list[Scope]:
    """Let what a report tells of the last weeks be what it is about, where it tells of nothing else.

    So of a flash update on fighting that began days ago, and of "earlier this month" (`recent`).
    """
    out = list(scopes)
    if "incident" in scopes:
        if _opens_with_days(drafts, scopes, periods, published):
            out[0] = "incident"
        return out
    for i, (scope, period) in enumerate(zip(scopes, periods, strict=True)):
        if recent[i] and period is None:
            out[i] = "incident"
        if not published or period is None or not period.start or not period.end:
            continue
        runs_on = scope == "cumulative" and period.start < period.end == published[:10]
        if (runs_on or recent[i]) and 0 <= days_of(published) - days_of(period.start) <= _RECENT:
            out[i] = "incident"
    return out


def _opens_with_days(
    drafts: Sequence[Draft], scopes: Sequence[Scope], periods: Sequence[Period | None], published: str | None
) -> bool:
    """Tell whether a report opens with the total of some days, of which it then tells single ones, none with as many.

    "Fighting since Sunday has killed 17 people. Eleven died on Tuesday."
    """
    first = periods[0]
    if scopes[0] != "cumulative" or drafts[0].sentence or not published or first is None or not first.start:
        return False
    if first.end != published[:10] or not 0 < days_of(published) - days_of(first.start) <= _DAYS:
        return False
    told = 0
    for draft, scope, period in zip(drafts, scopes, periods, strict=True):
        if scope != "incident" or draft.harm != drafts[0].harm or draft.parent is not None:
            continue
        told += draft.stated.low or 0
        if period is not None and (period.start or "") < first.start:
            return False
    return told <= (drafts[0].stated.low or 0)
