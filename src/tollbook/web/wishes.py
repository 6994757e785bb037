"""wishes: what a page or a program asks to be decided -> decisions that the desk can keep, or why not.

Everything that comes in by either door is looked at here: figures are digits, incidents are named by their present ids, and
nobody takes back what he could not have decided himself.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import get_args

from tollbook.desk.asking import incident
from tollbook.desk.deciding import Wish, decisions
from tollbook.desk.rooming import Register
from tollbook.desk.voicing import line_of
from tollbook.errors import UsageError
from tollbook.model.claim import HARMS, Basis
from tollbook.web.person import Person

FIGURES = ("count.low", "count.best", "count.high")
CHOICES = {
    "harm": HARMS,
    "victims.status": ("unknown", "civilian", "armed_forces", "security_forces", "armed_group", "mixed"),
    "scope": ("incident", "cumulative", "background"),
    "modality": ("asserted", "estimated", "feared", "denied", "threatened", "hypothetical"),
}
FIELDS = (*FIGURES, *CHOICES, "days", "place", "origin", "by", "part_of", "supersedes")
BASES: tuple[str, ...] = get_args(Basis)
GRADES = ("confirmed", "fair", "weak", "contested", "discounted")
_LONGEST = 2000  # characters of one value
_PARTIES = 6  # of one claim


def checked(register: Register, person: Person, wishes: Sequence[Wish], reason: str | None) -> list[Wish]:
    """Return wishes as the desk keeps them; UsageError for what cannot be decided, PermissionError where the role is too low."""
    made = []
    for wish in wishes:
        if not person.may(wish.action):
            raise PermissionError(wish.action)
        for words in (*wish.targets, wish.field, wish.old, wish.new, reason):
            if words is not None and ("\0" in words or len(words) > _LONGEST):
                raise UsageError(f"{wish.action}: a value is too long, or holds what is no letter")
        made.append(_one(register, person, wish))
    return made


def _one(register: Register, person: Person, wish: Wish) -> Wish:
    if wish.action == "correct":
        return _corrected(wish)
    if wish.action == "grade" and wish.new not in GRADES:
        raise UsageError(f"grade: '{wish.new or ''}' is none - there are: {', '.join(GRADES)}")
    if wish.action == "revoke":
        about = {review.id: review.action for review, _ in decisions(register)}
        for target in wish.targets:
            if target not in about:
                raise UsageError(f"revoke: '{target}' is no decision of this register")
            if not person.may(about[target]):
                raise PermissionError(about[target])
        return wish
    if wish.action == "unify":
        for target in wish.targets:
            line_of(register, target)  # raises for what is no voice
        return wish
    if wish.action in ("merge", "split", "assign"):
        return _joined(register, wish)
    if wish.action == "sign_off":
        return replace(wish, targets=tuple(incident(register, id).incident.id for id in wish.targets))
    return wish


def _corrected(wish: Wish) -> Wish:
    field, new = wish.field or "", wish.new or ""
    if field not in FIELDS:
        raise UsageError(f"correct: no field '{field}' - there are: {', '.join(FIELDS)}")
    if field in FIGURES and new and not new.isascii():
        raise UsageError("correct: a figure is written in digits, as in 1200")
    if field in FIGURES and new and not (new.isdecimal() and len(new) < 10):
        raise UsageError("correct: a figure is a whole number of persons - leave it empty where nobody knows")
    if field in CHOICES and new not in CHOICES[field]:
        raise UsageError(f"correct: '{new}' is no {field} - there are: {', '.join(CHOICES[field])}")
    if field == "days":
        _days(new)
    if field == "place" and new:
        _place(new)
    if field == "by":
        _parties(new)
    return wish


def _days(new: str) -> None:
    start, _, end = new.partition("/")
    try:
        first, last = date.fromisoformat(start), date.fromisoformat(end or start)
    except ValueError:
        raise UsageError(f"correct: '{new}' is no day - write 2025-03-07, or 2025-03-07/2025-03-09") from None
    if last < first or len(start) != 10 or len(end or start) != 10:
        raise UsageError(f"correct: '{new}' ends before it begins - write the first day first")


def _place(new: str) -> None:
    parts = new.split("\t")
    try:
        lat, lon, precision = float(parts[4]), float(parts[5]), int(parts[7])
    except (IndexError, ValueError):
        raise UsageError("correct: that is no place - choose one of those that the search finds") from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180 and 1 <= precision <= 7 and len(parts) == 8):
        raise UsageError("correct: that is no place on earth - choose one of those that the search finds")


def _parties(new: str) -> None:
    lines = [line.partition("\t") for line in new.split("\n")] if new else []
    if len(lines) > _PARTIES:
        raise UsageError(
            f"correct: no more than {_PARTIES} parties of one claim - leave out the least certain"
        )
    for name, _, basis in lines:
        if not name.strip() or not name.isprintable():
            raise UsageError(
                "correct: a party has a name - leave the field empty where the words name nobody"
            )
        if basis not in BASES:
            raise UsageError(f"correct: '{basis}' is no footing - there are: {', '.join(BASES)}")


def _joined(register: Register, wish: Wish) -> Wish:
    """Return a wish whose incidents are named by their present ids, with what a split leaves behind."""
    if wish.action == "merge":
        ids = tuple(dict.fromkeys(incident(register, id).incident.id for id in wish.targets))
        if len(ids) < 2:
            raise UsageError("merge: give two or more incidents that are not one already")
        return replace(wish, targets=ids)
    if wish.action == "assign":
        if not wish.new:
            raise UsageError("assign: to which incident? - give its id")
        return replace(wish, new=incident(register, wish.new).incident.id)
    found = incident(register, wish.old or "").incident
    if set(wish.targets) >= set(found.testimonies):
        raise UsageError(f"split: these are all claims of {found.id} - leave at least one behind")
    if not set(wish.targets) <= set(found.testimonies):
        raise UsageError(f"split: not all of these are claims of {found.id} - look again")
    stay = " ".join(t for t in found.testimonies if t not in wish.targets)
    return replace(wish, old=found.id, new=stay)


__all__ = ["BASES", "CHOICES", "FIELDS", "FIGURES", "GRADES", "checked"]
