"""calls: the table of what programs may ask, each a question or a change that the desk knows, under the permissions of pages."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from starlette.requests import Request

from tollbook.desk import adding_up, asking, deciding, remembering
from tollbook.desk.adding_claims import Missed, add_claim
from tollbook.desk.asking import newest_entry
from tollbook.desk.deciding import Wish
from tollbook.desk.rooming import country_name, key_of_pasted, paste, spots
from tollbook.errors import UsageError
from tollbook.model.answer import (
    Disagreement,
    Hit,
    IncidentCard,
    IncidentLine,
    IncidentPage,
    LogLine,
    Open,
    OriginLine,
    ReportCard,
    ReportLine,
    Step,
    TollTable,
)  # fmt: skip
from tollbook.model.review import Review
from tollbook.web.api import shapes
from tollbook.web.catalogue import term
from tollbook.web.divisions import division_of
from tollbook.web.forms import register_of
from tollbook.web.memory import remembered
from tollbook.web.pages.maps import Spot as MapSpot
from tollbook.web.pages.maps import on_map
from tollbook.web.person import table
from tollbook.web.veil import seen_by
from tollbook.web.wishes import checked


@dataclass(frozen=True, slots=True)
class Me:
    """Who asks, and what this role (and key) allows."""

    name: str
    role: str
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and whether it is in force."""

    decision: Review
    holds: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """A place that a name may mean; `value` is what a correction of a place carries as `new`.

    `division` is the name under which the basemap draws the division that it is, or lies in.
    """

    value: str
    words: str
    lat: float
    lon: float
    division: str | None


@dataclass(frozen=True, slots=True)
class Added:
    """What was added: the report's key, or the claim's id; `new` is False where it was there already."""

    id: str
    new: bool


@dataclass(frozen=True, slots=True)
class Previewed:
    """Incidents that decisions would touch, as they are and as they would become."""

    before: tuple[IncidentLine, ...]
    after: tuple[IncidentLine, ...]


@dataclass(frozen=True, slots=True)
class Reports:
    """Reports: the newest, or those found by words with the sentence that shows it."""

    newest: tuple[ReportLine, ...]
    hits: tuple[Hit, ...]


Handler = Callable[[Request, Any], Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One thing a program may ask: method, path, what it is, what it takes (in the address, or as a body), what it gives."""

    method: str
    path: str
    summary: str
    takes: type
    gives: Any
    run: Handler
    status: int = 200


def day(words: str | None) -> str | None:
    """Return a day of the calendar; UsageError for one that is none."""
    try:
        return date.fromisoformat(words).isoformat() if words else None
    except ValueError:
        raise UsageError(f"'{words}' is no day - write it as 2025-03-09") from None


def _wanted(request: Request, asked: shapes.Filter) -> Any:
    """Return what a program asks for; PermissionError for words of reports that its owner may not read."""
    day(asked.start), day(asked.end)
    if asked.words and not request.state.person.may("words"):
        raise PermissionError("words")
    return asked.wanted()


def _me(request: Request, _: shapes.Nothing) -> Me:
    person = request.state.person
    return Me(person.name, person.role, tuple(a for a in table().actions if person.may(a)))


def _incidents(request: Request, asked: shapes.Listing) -> IncidentPage:
    return asking.incidents(
        register_of(request),
        _wanted(request, asked),
        order=asked.order,
        limit=asked.limit,
        offset=asked.offset,
    )


def _incident(request: Request, asked: shapes.AsOf) -> IncidentCard:
    return asking.incident(register_of(request), request.path_params["id"], as_of=day(asked.as_of))


def _history(request: Request, asked: shapes.AsOf) -> list[Step]:
    return remembering.history(register_of(request), request.path_params["id"], as_of=day(asked.as_of))


def _toll(request: Request, asked: shapes.Sum) -> TollTable:
    return adding_up.toll(
        register_of(request),
        tuple(dict.fromkeys(asked.by.split(","))),
        _wanted(request, asked),
        as_of=day(asked.as_of),
    )


def _map(request: Request, asked: shapes.Filter) -> list[MapSpot]:
    register, wanted = register_of(request), _wanted(request, asked)
    at = newest_entry(register)
    return remembered(request, ("map", wanted), at, lambda: on_map(register, wanted), exact=True).value


def _origins(request: Request, asked: shapes.Voices) -> list[OriginLine]:
    return asking.origins(register_of(request), asked.q, limit=asked.limit)


def _conflicts(request: Request, asked: shapes.Paged) -> list[Disagreement]:
    return asking.conflicts(register_of(request), _wanted(request, asked), limit=asked.limit + asked.offset)[
        asked.offset :
    ]


def _places(request: Request, asked: shapes.Named) -> list[Choice]:
    return [
        Choice(
            s.value,
            ", ".join(p for p in dict.fromkeys((s.name, s.adm1, country_name(s.country))) if p)
            + f" ({term(s.level)})",
            s.lat,
            s.lon,
            division_of(s.country, s.adm1 or (s.name if s.level == "adm1" else None)),
        )
        for s in spots(asked.name)
    ]


def _reports(request: Request, asked: shapes.Search) -> Reports:
    register = register_of(request)
    if asked.q:
        return Reports(
            (), tuple(asking.search(register, asked.q, limit=asked.limit + asked.offset)[asked.offset :])
        )
    return Reports(tuple(asking.newest_reports(register, limit=asked.limit, offset=asked.offset)), ())


def _report(request: Request, _: shapes.Nothing) -> ReportCard:
    return asking.report(register_of(request), request.path_params["key"])


def _queue(request: Request, asked: shapes.Paged) -> list[Open]:
    return deciding.queue(
        register_of(request), _wanted(request, asked), limit=asked.limit, offset=asked.offset
    )


def _decisions(request: Request, asked: shapes.About) -> list[Decided]:
    return [Decided(*one) for one in deciding.decisions(register_of(request), about=asked.about)]


def _log(request: Request, asked: shapes.Entries) -> list[LogLine]:
    return asking.log(register_of(request), subject=asked.subject, limit=asked.limit, before=asked.before)


def _paste(request: Request, sent: shapes.Pasted) -> Added:
    if not sent.text.strip():
        raise UsageError("add: no text - send the words of a report")
    known = {
        "title": sent.title or None, "publisher": sent.publisher or None, "published": day(sent.published), "url": sent.url,
        "language": sent.language,
    }  # fmt: skip
    tally = paste(register_of(request), sent.text, known, by=request.state.person.name)
    if tally.problems:
        raise UsageError(f"add: {tally.problems[0].what}")
    return Added(key_of_pasted(sent.text, known), tally.added > 0)


def _claim(request: Request, sent: shapes.Adding) -> Added:
    low, best, high = ("" if n is None else str(n) for n in (sent.low, sent.best, sent.high))
    missed = Missed(
        sent.quote,
        sent.figure,
        low,
        best,
        high,
        sent.harm,
        sent.status,
        sent.relation,
        sent.origin,
        sent.near,
    )
    by = request.state.person.name
    return Added(add_claim(register_of(request), sent.report, missed, by=by, reason=sent.reason), True)


def _wishes(request: Request, sent: shapes.Deciding) -> list[Wish]:
    asked = [Wish(d.action, d.targets, d.field, d.old, d.new) for d in sent.decisions]
    return checked(register_of(request), request.state.person, asked, sent.reason)


def _preview(request: Request, sent: shapes.Deciding) -> Previewed:
    by, wishes = request.state.person.name, _wishes(request, sent)
    before, after = deciding.preview(register_of(request), wishes, by=by, reason=sent.reason)
    return Previewed(tuple(before), tuple(after))


def _decide(request: Request, sent: shapes.Deciding) -> list[Review]:
    by, wishes = request.state.person.name, _wishes(request, sent)
    return deciding.decide_all(
        register_of(request), wishes, by=by, reason=sent.reason, expected=sent.expected
    )


CALLS: tuple[Call, ...] = (
    Call("GET", "/api/me", "Who asks, and what that allows", shapes.Nothing, Me, _me),
    Call("GET", "/api/incidents", "List incidents", shapes.Listing, IncidentPage, _incidents),
    Call(
        "GET",
        "/api/incidents/{id}",
        "One incident with all that stands behind it",
        shapes.AsOf,
        IncidentCard,
        _incident,
    ),
    Call(
        "GET",
        "/api/incidents/{id}/history",
        "Each value its tolls had, by both times",
        shapes.AsOf,
        list[Step],
        _history,
    ),
    Call("GET", "/api/toll", "Sums over incidents that count nobody twice", shapes.Sum, TollTable, _toll),
    Call("GET", "/api/map", "Where it happened, the largest 2,000", shapes.Filter, list[MapSpot], _map),
    Call(
        "GET",
        "/api/origins",
        "Who gives figures, and who carries them",
        shapes.Voices,
        list[OriginLine],
        _origins,
    ),
    Call("GET", "/api/conflicts", "What disagrees", shapes.Paged, list[Disagreement], _conflicts),
    Call("GET", "/api/places", "Places of the gazetteer by name", shapes.Named, list[Choice], _places),
    Call("GET", "/api/reports", "Reports, the newest or by words", shapes.Search, Reports, _reports),
    Call(
        "GET",
        "/api/reports/{key}",
        "One report with its text and claims",
        shapes.Nothing,
        ReportCard,
        _report,
    ),
    Call("GET", "/api/queue", "What waits for a person", shapes.Paged, list[Open], _queue),
    Call("GET", "/api/decisions", "What people decided", shapes.About, list[Decided], _decisions),
    Call("GET", "/api/log", "Entries of the sealed log", shapes.Entries, list[LogLine], _log),
    Call("POST", "/api/reports", "Add a report", shapes.Pasted, Added, _paste, 201),
    Call("POST", "/api/claims", "Add a claim that the machine missed", shapes.Adding, Added, _claim, 201),
    Call(
        "POST",
        "/api/preview",
        "What decisions would change; nothing is kept",
        shapes.Deciding,
        Previewed,
        _preview,
    ),
    Call(
        "POST", "/api/decisions", "Decide: all of it or nothing", shapes.Deciding, list[Review], _decide, 201
    ),
)


def answer(request: Request, call: Call, asked: Any) -> Any:
    """Return a call's answer as the person who asks may see it."""
    return seen_by(request.state.person, call.run(request, asked))


__all__ = ["CALLS", "Call", "answer"]
