"""filters: the filters that people keep: saved from any room, opened in any room, shared with the team, removed."""

from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tollbook.desk.saving import change_filter, save_filter
from tollbook.errors import UsageError
from tollbook.web.asked import FILTERS
from tollbook.web.filtering import kept_by
from tollbook.web.forms import again, allowed, changing, field, register_of
from tollbook.web.render import page

ROOMS = (
    ("overview", "/"),
    ("queue", "/queue"),
    ("incidents", "/incidents"),
    ("map", "/map"),
    ("timeline", "/timeline"),
)


def _list(request: Request) -> Response:
    person = request.state.person
    rooms = [(room, path) for room, path in ROOMS if room != "queue" or person.may("words")]
    return page(request, "filters.html", kept=kept_by(request), rooms=rooms, mine=person.name)


def canonical(query: str) -> str:
    """Return the filters of an address's query in their order, without anything else that stands there."""
    given = dict(parse_qsl(query.removeprefix("?")))
    known = {name: given[name] for name in (*FILTERS, "conflicts") if given.get(name)}
    if any(len(value) > 200 or not value.isprintable() for value in known.values()):
        raise UsageError("filter: a value is too long, or holds what is no letter")
    return urlencode(known)


def _change(request: Request, form: FormData) -> Response:
    register, person, wish = register_of(request), request.state.person, field(form, "wish")
    if wish == "save":
        shared = field(form, "shared") == "1"
        if shared:
            allowed(request, "share")
        query = canonical(field(form, "query"))
        if "words=" in query:
            allowed(request, "words")
        save_filter(register, field(form, "name"), query, shared=shared, by=person.name)
        return again(form)
    if wish == "share":
        allowed(request, "share")
    number = field(form, "filter")
    n = int(number) if number.isascii() and number.isdecimal() and len(number) < 16 else 0
    change_filter(register, n, wish, by=person.name, any_owner=person.may("manage"))
    return again(form)


routes = [Route("/filters", _list), Route("/filters", changing(_change), methods=["POST"])]
