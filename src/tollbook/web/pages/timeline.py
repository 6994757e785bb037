"""timeline: the tolls of a selection by day, week or month, stacked by status, with the range they lie in."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tollbook.desk.adding_up import tolls
from tollbook.desk.asking import newest_entry
from tollbook.desk.rooming import Register
from tollbook.model.answer import TollRow, Wanted
from tollbook.model.claim import HARMS
from tollbook.web.asked import link, wanted_of
from tollbook.web.charts import BarChart, bar_chart
from tollbook.web.filtering import filtering
from tollbook.web.forms import register_of
from tollbook.web.memory import remembered
from tollbook.web.render import page

STATUSES = ("civilian", "armed_forces", "security_forces", "armed_group", "mixed", "unknown")
_BY = ("day", "week", "month")
_MOST = 366  # bars: what is older is in the table


def drawn(register: Register, wanted: Wanted, by: str, harm: str) -> tuple[BarChart | None, list[TollRow]]:
    """Return the chart of a harm by day, week or month, and the rows of its table."""
    whole, by_status = tolls(register, ((by, "harm"), (by, "harm", "status")), wanted, only=harm)
    return chart_of(*of_status(whole.rows, by_status.rows, wanted.status), harm)


def of_status(
    whole: Sequence[TollRow], by_status: Sequence[TollRow], status: str | None
) -> tuple[Sequence[TollRow], Sequence[TollRow]]:
    """Return sums by time and harm, and by time, harm and status, of the people of one status, or of all."""
    if status is None:
        return whole, by_status
    own = [row for row in by_status if row.group[2] == status]
    return [replace(row, group=row.group[:2]) for row in own], own


def chart_of(
    every: Sequence[TollRow], by_status: Sequence[TollRow], harm: str
) -> tuple[BarChart | None, list[TollRow]]:
    """Return the chart of a harm from sums by time and harm, and by time, harm and status; and the rows of its table."""
    whole = [r for r in every if r.group[1] == harm]
    parts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in by_status:
        if row.group[1] == harm:
            parts[row.group[0]][row.group[2]] = row.best
    dated = [r for r in whole if r.group[0] != "?"][-_MOST:]
    if not dated:
        return None, whole
    groups = [r.group[0] for r in dated]
    bounds = {r.group[0]: (r.low, r.high if r.high is not None else r.best) for r in dated}
    return bar_chart(groups, {g: parts.get(g, {}) for g in groups}, bounds, STATUSES), whole


def _link(wanted: Wanted, group: str, by: str) -> str:
    """Return the address of the incidents behind a row, with the filters that are set; "" where it has no day."""
    if group == "?":
        return ""
    first, last = ends_of(group, by)
    first, last = max(first, wanted.start or first), min(last, wanted.end or last)
    return link("/incidents", replace(wanted, start=first, end=last))


def ends_of(group: str, by: str) -> tuple[str, str]:
    """Return first and last day of a group by its name: a day, the Monday of a week, a month, or two of them with "to"."""
    begin, _, end = group.partition(" to ")
    last = end or begin
    if by == "month":
        year, month = int(last[:4]), int(last[5:7])
        return f"{begin}-01", f"{last}-{monthrange(year, month)[1]:02d}"
    if by == "week":
        return begin, date.fromordinal(
            min(date.fromisoformat(last).toordinal() + 6, date.max.toordinal())
        ).isoformat()
    return begin, last


def _timeline(request: Request) -> Response:
    register, wanted = register_of(request), wanted_of(request)
    by, harm = request.query_params.get("by", "day"), wanted.harm or "killed"
    by, harm = by if by in _BY else "day", harm if harm in HARMS else "killed"
    at = newest_entry(register)
    found = remembered(request, ("timeline", wanted, by, harm), at, lambda: drawn(register, wanted, by, harm))
    chart, rows = found.value
    return page(
        request, "timeline.html", of=found.state, at=at,
        chart=chart, rows=[(row, _link(wanted, row.group[0], by)) for row in rows], by=by, ways=_BY, harm=harm,
        f=filtering(request, wanted, by=by if by != "day" else ""),
        statuses=STATUSES,
    )  # fmt: skip


routes = [Route("/timeline", _timeline)]
