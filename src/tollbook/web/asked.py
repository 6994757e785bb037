"""asked: the address of a page -> the question it asks, and back; a filter is a link that can be kept and shared."""

from datetime import date
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request

from tollbook.model.answer import Wanted

# the filters of every room, in the order in which a form shows them; the API's are in api/shapes.py
FILTERS = ("start", "end", "place", "party", "harm", "status", "grade", "review", "origin", "words")


def wanted_of(request: Request) -> Wanted:
    """Return what a page's address asks for; days that are none are not asked about.

    Raises HTTPException 403 where it asks for words of reports and the person's role may not read them.
    """
    asked = request.query_params
    values: dict[str, str | bool | None] = {
        name: (asked.get(name) or "").strip()[:200] or None for name in FILTERS
    }
    for name in ("start", "end"):
        values[name] = _day(values[name])
    if values["words"] and not request.state.person.may("words"):
        raise HTTPException(403)  # who may not read names must not find out where they stand
    if asked.get("conflicts") == "1":
        values["conflicts"] = True
    return Wanted(**values)  # type: ignore[arg-type]  # the names are Wanted's own


def _day(words: str | bool | None) -> str | None:
    try:
        return date.fromisoformat(str(words)).isoformat() if words else None
    except ValueError:
        return None


def shown(wanted: Wanted) -> dict[str, str]:
    """Return the filters that are set, as the fields of a form show them."""
    return {
        name: "1" if value is True else str(value)
        for name in (*FILTERS, "conflicts")
        if (value := getattr(wanted, name)) not in (None, False)
    }


def link(path: str, wanted: Wanted, **more: object) -> str:
    """Return the address of a page with the same filters, and some more."""
    values = {**shown(wanted), **{k: str(v) for k, v in more.items() if v not in (None, "")}}
    return f"{path}?{urlencode(values)}" if values else path


def whole(request: Request, name: str, usual: int, most: int = 1_000_000) -> int:
    """Return a whole number of the address, within bounds."""
    words = request.query_params.get(name) or ""
    return min(int(words), most) if words.isdecimal() and len(words) < 9 else usual
