"""veil: a value of the register -> the same without the words of reports, for roles that may not read them.

Names and ages of victims stand in the words of reports: in texts, quotes, headlines, addresses, and in reasons that quote
them. No program can tell surely which words are a victim's name, so for such a role all of these go, and figures, places,
days and voices stay.
"""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from tollbook.model.report import Report
from tollbook.model.testimony import Reference
from tollbook.web.person import Person
from tollbook.web.render import say

# fields that hold, or may hold, the words of a report or of a person's reason
_WORDS = frozenset(
    ("quote", "message", "reason", "grade_reason", "words", "old", "new", "sentence", "where_known")
)
_LISTS = frozenset(("names", "reasons", "chain", "effects", "statements", "answers", "reviews", "custody"))
_HEADS = frozenset(("title", "url", "ref", "author", "text"))
T = TypeVar("T")


def seen_by(person: Person, value: T) -> T:
    """Return a value as a person may see it: itself, or without the words of reports."""
    return value if person.may("words") else cast(T, _veiled(value))


def _veiled(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(_veiled(one) for one in value)
    if isinstance(value, Mapping):
        return {key: _veiled(one) for key, one in value.items()}
    if not is_dataclass(value) or isinstance(value, type):
        return value
    head = isinstance(value, Reference | Report)
    changed: dict[str, Any] = {}
    for f in fields(value):
        now = getattr(value, f.name)
        if f.name in _WORDS and isinstance(now, str):
            changed[f.name] = say("veil.hidden") if now else now
        elif f.name in _LISTS and isinstance(now, tuple):
            changed[f.name] = ()
        elif head and f.name in _HEADS:
            changed[f.name] = None if now is None or f.name != "text" else ""
        else:
            changed[f.name] = _veiled(now)
    return replace(value, **changed)


__all__ = ["seen_by"]
