"""log: who did what, when and why, with old and new value; the whole of it to take away, and the state of its chain."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from tollbook.desk.asking import log
from tollbook.desk.deciding import decisions
from tollbook.desk.rooming import Register, chain_state
from tollbook.model.answer import LogLine
from tollbook.model.review import Action, Review
from tollbook.web.asked import wanted_of, whole
from tollbook.web.forms import register_of
from tollbook.web.render import page

_PAGE = 100
# of an entry that is a decision also what was decided: what, about what, old and new value, why
_COLUMNS = (
    "n", "at", "by", "program", "action", "subject", "did", "about", "field", "old", "new", "reason", "detail", "digest",
)  # fmt: skip
DECISIONS = get_args(Action)


@dataclass(frozen=True, slots=True)
class Sought:
    """What is asked of the log: about an id, by somebody, a kind of decision, between two days."""

    subject: str | None
    by: str | None
    did: str | None
    start: str | None
    end: str | None

    def fits(self, review: Review) -> bool:
        """Tell whether a decision is asked for; what it is about was looked at before."""
        return (
            (not self.by or self.by.casefold() in review.by.casefold())
            and (not self.did or review.action == self.did)
            and (not self.start or review.at >= self.start)
            and (not self.end or review.at[:10] <= self.end)
        )

    def query(self, **more: object) -> str:
        """Return it as the end of an address."""
        asked = {
            "subject": self.subject,
            "by": self.by,
            "action": self.did,
            "start": self.start,
            "end": self.end,
            **more,
        }
        left = {name: value for name, value in asked.items() if value}
        return f"?{urlencode(left)}" if left else ""


def _sought(request: Request) -> Sought:
    asked = {name: (value or "").strip()[:200] or None for name, value in request.query_params.items()}
    did = asked.get("action")
    days = wanted_of(request)
    return Sought(
        asked.get("subject"), asked.get("by"), did if did in DECISIONS else None, days.start, days.end
    )


def _log(request: Request) -> Response:
    register, sought, before = register_of(request), _sought(request), whole(request, "before", 0) or None
    chosen = [(r, holds) for r, holds in decisions(register, about=sought.subject) if sought.fits(r)]
    lines = _entries(register, sought, _PAGE, before)
    state = chain_state(register) if request.query_params.get("check") == "1" else None
    return page(
        request, "log.html", lines=lines, decided=chosen[:_PAGE], more=max(0, len(chosen) - _PAGE), s=sought,
        kinds=DECISIONS, state=state, head=_head(register), older=lines[-1].n if len(lines) == _PAGE else None,
    )  # fmt: skip


def _head(register: Register) -> str:
    newest = log(register, limit=1)
    return newest[0].digest if newest else ""


def _entries(register: Register, sought: Sought, limit: int, before: int | None) -> list[LogLine]:
    return log(
        register, subject=sought.subject, limit=limit, before=before, by=sought.by, did=sought.did, start=sought.start,
        end=sought.end,
    )  # fmt: skip


def _rows(register: Register, sought: Sought) -> Iterator[dict[str, object]]:
    """Yield the entries that are asked for, newest first, each that is a decision with what was decided."""
    reviews = {review.id: review for review, _ in decisions(register)}
    before: int | None = None
    while lines := _entries(register, sought, 1000, before):
        for line in lines:
            row: dict[str, object] = {name: getattr(line, name, "") for name in _COLUMNS}
            review = reviews.get(line.subject) if line.action == "review" else None
            if review is not None:
                row |= {"did": review.action, "about": " ".join(review.targets), "field": review.field or ""}
                row |= {"old": review.old or "", "new": review.new or "", "reason": review.reason or ""}
            yield row
        before = lines[-1].n


def _csv(request: Request) -> Response:
    """Answer with the log, or what is asked of it, as a table, newest first."""

    def rows() -> Iterator[str]:
        yield ",".join(_COLUMNS) + "\r\n"
        for row in _rows(register_of(request), _sought(request)):
            out = io.StringIO()
            csv.writer(out).writerow([_cell(row[name]) for name in _COLUMNS])
            yield out.getvalue()

    return StreamingResponse(
        rows(),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="log.csv"'},
    )


def _cell(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value


def _jsonl(request: Request) -> Response:
    """Answer with the log, or what is asked of it, one JSON object a line, newest first."""

    def rows() -> Iterator[str]:
        for row in _rows(register_of(request), _sought(request)):
            yield json.dumps({name: row[name] for name in _COLUMNS}, ensure_ascii=False) + "\n"

    return StreamingResponse(
        rows(),
        media_type="application/x-ndjson",
        headers={"content-disposition": 'attachment; filename="log.jsonl"'},
    )


routes = [Route("/log", _log), Route("/log.csv", _csv), Route("/log.jsonl", _jsonl)]
