"""asked: the address of a page -> the question it asks, and back; a filter is a link that can be kept and shared."""

from dataclasses import fields
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request

from tollbook.model.answer import Wanted

FILTERS = ("place", "start", "end", "harm", "party", "grade", "review")


def wanted_of(request: Request) -> Wanted:
    """Return what a page's address asks for; days that are none are not asked about."""
    asked = request.query_params
    values: dict[str, str | bool | None] = {
        name: (asked.get(name) or "").strip()[:200] or None for name in FILTERS
    }
    for name in ("start", "end"):
        values[name] = _day(values[name])
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
        f.name: "1" if value is True else str(value)
        for f in fields(wanted)
        if f.name in (*FILTERS, "conflicts") and (value := getattr(wanted, f.name)) not in (None, False)
    }


def link(path: str, wanted: Wanted, **more: object) -> str:
    """Return the address of a page with the same filters, and some more."""
    values = {**shown(wanted), **{k: str(v) for k, v in more.items() if v not in (None, "")}}
    return f"{path}?{urlencode(values)}" if values else path


def whole(request: Request, name: str, usual: int, most: int = 1_000_000) -> int:
    """Return a whole number of the address, within bounds."""
    words = request.query_params.get(name) or ""
    return min(int(words), most) if words.isdecimal() and len(words) < 9 else usual
