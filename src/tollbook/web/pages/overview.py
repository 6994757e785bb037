"""overview: what a selection adds up to, where and when, what changed last, and what needs eyes; each a link into work."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tollbook.desk.adding_up import unlooked
from tollbook.desk.asking import incidents, log, newest_entry
from tollbook.desk.deciding import decisions_named, queue
from tollbook.desk.rooming import Register, country_name, number
from tollbook.model.answer import LogLine, TollTable, Wanted
from tollbook.model.claim import HARMS
from tollbook.model.review import Review
from tollbook.web.asked import link, wanted_of
from tollbook.web.catalogue import say, strings, term
from tollbook.web.figures import grouped, toll_figure
from tollbook.web.filtering import filtering
from tollbook.web.forms import register_of
from tollbook.web.memory import remembered
from tollbook.web.pages.timeline import chart_of, of_status
from tollbook.web.render import page

_CHANGES = 8
_HARMS: tuple[str, ...] = HARMS
_GROUPINGS = (("harm",), ("harm", "status"), ("month", "harm"), ("month", "harm", "status"))


def _overview(request: Request) -> Response:
    register, wanted = register_of(request), wanted_of(request)
    at = newest_entry(register)

    def counted() -> dict[str, Any]:
        by = ("harm", "status") if wanted.status else ("harm",)
        (sums, by_status, by_month, parts), apart = unlooked(register, _GROUPINGS, by, wanted, drawn="killed")
        rows = sums.rows
        if wanted.status:  # of those incidents only the people that were asked for
            rows = tuple(replace(r, group=r.group[:1]) for r in by_status.rows if r.group[1] == wanted.status)
        return {
            "rows": sorted(rows, key=lambda row: _HARMS.index(row.group[0])),
            "statuses": {
                row.group[0]: [r for r in by_status.rows if r.group[0] == row.group[0]] for row in rows
            },
            "left_out": len({one.incident for one in sums.left_out}),
            "unlooked": _unlooked(wanted, apart),
            "total": number(register, wanted),
            "timeline": chart_of(*of_status(by_month.rows, parts.rows, wanted.status), "killed"),
        }

    reads = request.state.person.may("words")
    found = remembered(request, ("overview", wanted), at, counted)
    return page(
        request, "overview.html", **found.value, of=found.state, at=at, f=filtering(request, wanted),
        newest=incidents(register, wanted, limit=8).lines,
        work=queue(register, wanted, limit=6) if reads else [], changes=_changes(register) if reads else [],
        country=country_name, reads=reads,
        links={name: link(f"/{name}", wanted) for name in ("map", "timeline", "incidents", "queue")},
    )  # fmt: skip


def _changes(register: Register) -> list[tuple[LogLine, str, str]]:
    """Return the newest entries of the log, each with the address of what it is about and what it says."""
    lines = log(register, limit=_CHANGES)
    reviews = decisions_named(register, [line.subject for line in lines if line.action == "review"])
    return [(line, *_about(line, reviews.get(line.subject))) for line in lines]


def _about(line: LogLine, review: Review | None) -> tuple[str, str]:
    words = say(f"log.{line.action}") if f"log.{line.action}" in strings() else line.action
    if line.action == "report":
        return f"/reports/{line.subject}", words
    if review is None:
        return f"/log?{urlencode({'subject': line.subject})}", words
    field = f" ({term(review.field)})" if review.field and review.action == "correct" else ""
    about = review.targets[0] if review.targets else ""
    address = f"/incidents/{about}" if about.startswith("i") else f"/log?{urlencode({'subject': review.id})}"
    return address, f"{words}: {term(review.action)}{field}"


def _unlooked(wanted: Wanted, sums: TollTable) -> dict[str, tuple[int, str]]:
    """Return for each harm how many incidents nobody has looked at, and in words how many people are in them."""
    if wanted.review not in (None, "machine"):
        return {}
    rows = [row for row in sums.rows if not wanted.status or row.group[1] == wanted.status]
    return {
        row.group[0]: (
            row.incidents,
            grouped(row.best) if row.told[1] is not None else toll_figure(*row.told),
        )
        for row in rows
    }


routes = [Route("/", _overview)]
