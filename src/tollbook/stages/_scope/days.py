"""days: the time of a figure, and that of the report -> whether it is of the report's event, a period, or another."""

from collections.abc import Sequence
from datetime import date

from tollbook.grammar.draft import Draft
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Scope
from tollbook.model.period import Period
from tollbook.stages._scope.report import LONG, days_of
from tollbook.stages._scope_cues import recalling

_YEAR = 360  # days, as they are counted here
_LATE = 190  # days after a period in which a report on nothing but it appears
_MONTH = 25  # days from which a report is about a period, not an event
_EARLIER, _OLDER = (
    20,
    60,
)  # days before the report's event, or its publication, from which a date is another's
_DAYS_OF_WEEK = 6  # from its first day to its last
_WEEK = 8  # days from the first to the last of a week, "between 17 and 24 August"
_BEFORE = 2  # days: an event of the day before may be the report's
_DAYS = 2  # UCDP's date_prec up to which a period is of some days


def recalled(view: View, pack: Pack, draft: Draft, when: Period | None, main: Period | None) -> bool:
    """Tell whether a figure is of what somebody did days before the report's event: "was blamed for 40 deaths on June 12"."""
    if when is None or main is None or not when.end or not main.start or (main.precision or 9) > _DAYS:
        return False
    first, last = view.sentences[draft.sentence]
    before = (date.fromisoformat(main.start[:10]) - date.fromisoformat(when.end[:10])).days
    told = first <= view.word_at(when.start_offset) < last
    return told and before >= _BEFORE and any(recalling(pack).find(view.folded, first, last))


def by_date(when: Period | None, main: Period | None, published: str | None, *, alone: bool) -> Scope:
    """Compare a claim's own period with the report's; `alone` says that the report tells no other figure."""
    if when is None or when.start is None or when.end is None:
        return "incident"
    length = days_of(when.end) - days_of(when.start)
    anchor = main.start if main is not None and main.start is not None else (published or "")[:10]
    if not anchor:
        return (
            "cumulative" if length >= _YEAR and not alone else "incident"
        )  # "In 2022, at least 403 were slain"
    if length > LONG and when.precision is not None and when.precision >= 4:
        late = 31 if main is not None else _LATE
        return "cumulative" if days_of(when.end) >= days_of(anchor) - late else "background"
    if days_of(anchor) - days_of(when.end) > (_EARLIER if main is not None else _OLDER):
        return "background"
    if (
        main is not None
        and main.end is not None
        and days_of(main.end) - days_of(main.start or main.end) >= _MONTH
    ):
        if when.end < (main.start or "") and length >= _MONTH:
            return "background"  # the month before, told to compare with
    relative_month = when.basis == "relative" and (when.precision or 0) >= 4
    if main is not None and (main.precision or 9) <= 2 and relative_month and length >= _MONTH:
        if when.start <= (main.start or "") and days_of(when.end) >= days_of(anchor):
            return "cumulative"  # "36 this month" beside what happened on the 12th
    event = main is not None and _is_of_days(main) and _of_event(main, published)
    if event and relative_month and days_of(when.end) < days_of(anchor):
        return "background"  # "last month" beside what happened on Tuesday
    return "incident"


def of_last_week(
    drafts: Sequence[Draft],
    scopes: Sequence[Scope],
    periods: Sequence[Period | None],
    i: int,
    main: Period | None,
) -> bool:
    """Tell whether a figure is of a week before the day of the report's event, of which others of the same fate were told."""
    when = periods[i]
    if (
        when is None
        or main is None
        or when.basis != "relative"
        or not when.start
        or not when.end
        or not main.start
    ):
        return False
    if not _DAYS_OF_WEEK <= days_of(when.end) - days_of(when.start) <= _WEEK or when.end >= main.start:
        return False
    return any(
        scope == "incident" and d.harm == drafts[i].harm and p is not None and p.start == main.start
        for d, scope, p in zip(drafts[:i], scopes, periods, strict=False)
    )


def _is_of_days(main: Period) -> bool:
    """Tell whether a report is about a day or some days, a week at most."""
    within = (
        main.start is not None and main.end is not None and days_of(main.end) - days_of(main.start) <= _WEEK
    )
    return within or (main.precision or 9) <= _DAYS


def _of_event(main: Period, published: str | None) -> bool:
    """Tell whether the day of a report is its event's, not that of its dateline."""
    return main.start != (published or "")[:10] or main.basis == "relative"
