"""filtering: the filters of an address -> what every filtered room shows of them: fields, what is set, what is saved."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.requests import Request

from tollbook.desk.saving import saved_filters
from tollbook.model.answer import Wanted
from tollbook.web.asked import shown
from tollbook.web.forms import register_of


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved filter as a page shows it; `parts` are its filters by name."""

    n: int
    name: str
    query: str
    by: str
    shared: bool
    made: str
    parts: dict[str, str]


def kept_by(request: Request) -> list[Kept]:
    """Return the saved filters that a person sees: own and shared ones, those by words only where words may be read."""
    person = request.state.person
    made = [
        Kept(s.n, s.name, s.query, s.by, s.shared, s.made, dict(parse_qsl(s.query)))
        for s in saved_filters(register_of(request), person.name)
    ]
    return [kept for kept in made if "words" not in kept.parts or person.may("words")]


def filtering(request: Request, wanted: Wanted, **also: str) -> dict[str, Any]:
    """Return what a template is told of the filters; `also` are further parts of the address, such as an order."""
    filters = shown(wanted)
    more = {name: value for name, value in also.items() if value}
    here = request.url.path

    def without(name: str) -> str:
        left = {**{k: v for k, v in filters.items() if k != name}, **more}
        return f"{here}?{urlencode(left)}" if left else here

    query = urlencode(filters)
    return {
        "filters": filters,
        "fewer": {name: without(name) for name in filters},
        "cleared": f"{here}?{urlencode(more)}" if more else here,
        "kept": kept_by(request),
        "query": query,
        "back": f"{here}?{urlencode({**filters, **more})}" if filters or more else here,
    }


__all__ = ["Kept", "filtering", "kept_by"]
