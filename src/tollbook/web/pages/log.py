"""log: who did what, when and why, with old and new value; the whole of it to take away, and the state of its chain."""

import csv
import io
import json
from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from tollbook.desk.asking import log
from tollbook.desk.deciding import decisions
from tollbook.desk.rooming import Register, chain_state
from tollbook.model.answer import LogLine
from tollbook.web.asked import whole
from tollbook.web.forms import register_of
from tollbook.web.render import page

_PAGE = 100
_COLUMNS = ("n", "at", "by", "program", "action", "subject", "detail", "digest")


def _log(request: Request) -> Response:
    register, asked = register_of(request), request.query_params
    subject, before = (asked.get("subject") or "").strip()[:200] or None, whole(request, "before", 0) or None
    who, act = (asked.get("by") or "").strip()[:200], (asked.get("action") or "").strip()[:40]
    chosen = [
        (r, holds)
        for r, holds in decisions(register, about=subject)
        if (not who or who.casefold() in r.by.casefold()) and (not act or r.action == act)
    ]
    lines = log(register, subject=subject, limit=_PAGE, before=before)
    state = chain_state(register) if asked.get("check") == "1" else None
    return page(
        request, "log.html", lines=lines, decided=chosen[:_PAGE], more=max(0, len(chosen) - _PAGE), subject=subject or "",
        by=who, action=act, state=state, head=lines[0].digest if lines and before is None else "",
        older=lines[-1].n if len(lines) == _PAGE else None,
    )  # fmt: skip


def _every(register: Register) -> Iterator[LogLine]:
    before: int | None = None
    while lines := log(register, limit=1000, before=before):
        yield from lines
        before = lines[-1].n


def _csv(request: Request) -> Response:
    """Answer with the whole log as a table, newest first."""

    def rows() -> Iterator[str]:
        yield ",".join(_COLUMNS) + "\r\n"
        for line in _every(register_of(request)):
            out = io.StringIO()
            csv.writer(out).writerow([_cell(getattr(line, name)) for name in _COLUMNS])
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
    """Answer with the whole log, one JSON object a line, newest first."""

    def rows() -> Iterator[str]:
        for line in _every(register_of(request)):
            yield json.dumps({name: getattr(line, name) for name in _COLUMNS}, ensure_ascii=False) + "\n"

    return StreamingResponse(
        rows(),
        media_type="application/x-ndjson",
        headers={"content-disposition": 'attachment; filename="log.jsonl"'},
    )


routes = [Route("/log", _log), Route("/log.csv", _csv), Route("/log.jsonl", _jsonl)]
