"""deciding: the one door by which pages change the record: a form becomes decisions, all of them or none."""

from dataclasses import replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.desk.asking import incident
from tollbook.desk.deciding import Wish, decide_all, preview
from tollbook.errors import UsageError
from tollbook.web.forms import again, allowed, changing, field, fields, register_of
from tollbook.web.render import page

_FIGURES = ("count.low", "count.best", "count.high")
_FIELDS = (
    *_FIGURES, "victims.status", "harm", "scope", "modality", "days", "place", "origin", "part_of", "supersedes",
)  # fmt: skip
_PREVIEWED = ("merge", "split", "assign")


def _wishes(form: FormData) -> list[Wish]:
    """Return the decisions that a form asks for: a correction is one for each field that was changed."""
    action, targets = field(form, "action"), tuple(fields(form, "target"))
    if action == "correct":
        made = [
            Wish("correct", targets, name, field(form, f"old:{name}") or None, new or None)
            for name in _FIELDS
            if name in form and (new := field(form, name)) != field(form, f"old:{name}")
        ]
        if not made:
            raise UsageError("correct: nothing was changed - change a field, or accept the claim as it is")
        for wish in made:
            if wish.field in _FIGURES and wish.new and not wish.new.isascii():
                raise UsageError("correct: a figure is written in digits, as in 1200")
            if wish.field in _FIGURES and wish.new and not (wish.new.isdecimal() and len(wish.new) < 10):
                raise UsageError(
                    "correct: a figure is a whole number of persons - leave it empty where nobody knows"
                )
        return made
    if action == "merge":
        targets = tuple(dict.fromkeys(t for words in targets for t in words.replace(",", " ").split()))
    return [Wish(action, targets, None, field(form, "old") or None, field(form, "new") or None)]  # type: ignore[arg-type]  # checked by the desk


def _expected(form: FormData) -> dict[str, int]:
    """Return the versions that the person saw, sent as id=number."""
    seen = (words.rpartition("=") for words in fields(form, "seen"))
    return {id: int(number) for id, _, number in seen if number.isdecimal()}


def _reason(form: FormData) -> str | None:
    return field(form, "why") or field(form, "reason") or None


def _decide(request: Request, form: FormData) -> Response:
    register, person = register_of(request), request.state.person
    allowed(request, field(form, "action"))
    wishes, reason = _wishes(form), _reason(form)
    if wishes[0].action in ("merge", "split", "assign"):
        wishes = [_joined(request, wish) for wish in wishes]
    if wishes[0].action in _PREVIEWED and not field(form, "sure"):
        before, after = preview(register, wishes, by=person.name, reason=reason)
        return page(
            request, "preview.html", before=before, after=after, wish=wishes[0], reason=reason, back=field(form, "back"),
            seen=fields(form, "seen"),
        )  # fmt: skip
    kept = decide_all(register, wishes, by=person.name, reason=reason, expected=_expected(form))
    if wishes[0].action in ("merge",):
        return RedirectResponse(f"/incidents/{kept[0].targets[0]}", 303)
    return again(form)


def _joined(request: Request, wish: Wish) -> Wish:
    """Return a wish whose incidents are named by their present ids, with what a split leaves behind."""
    register = register_of(request)
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


routes = [Route("/decide", changing(_decide), methods=["POST"])]
