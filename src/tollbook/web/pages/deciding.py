"""deciding: the one door by which pages change the record: a form becomes decisions, all of them or none."""

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.desk.deciding import Wish, decide_all, preview
from tollbook.errors import UsageError
from tollbook.web.forms import again, allowed, changing, field, fields, register_of
from tollbook.web.render import page
from tollbook.web.wishes import FIELDS, checked

_PREVIEWED = ("merge", "split", "assign")


def _wishes(form: FormData) -> list[Wish]:
    """Return the decisions that a form asks for: a correction is one for each field that was changed."""
    action, targets = field(form, "action"), tuple(fields(form, "target"))
    if action == "correct":
        made = [
            Wish("correct", targets, name, field(form, f"old:{name}") or None, new or None)
            for name in FIELDS
            if name in form and (new := field(form, name)) != field(form, f"old:{name}")
        ]
        if not made:
            raise UsageError("correct: nothing was changed - change a field, or accept the claim as it is")
        return made
    if action == "merge":
        targets = tuple(dict.fromkeys(t for words in targets for t in words.replace(",", " ").split()))
    return [Wish(action, targets, None, field(form, "old") or None, field(form, "new") or None)]  # type: ignore[arg-type]  # checked by the desk


def _expected(form: FormData) -> dict[str, int]:
    """Return the versions that the person saw, sent as id=number."""
    seen = (words.rpartition("=") for words in fields(form, "seen"))
    return {
        id: int(number)
        for id, _, number in seen
        if number.isascii() and number.isdecimal() and len(number) < 19
    }


def _reason(form: FormData) -> str | None:
    return field(form, "why") or field(form, "reason") or None


def _decide(request: Request, form: FormData) -> Response:
    register, person = register_of(request), request.state.person
    allowed(request, field(form, "action"))
    reason = _reason(form)
    wishes = checked(register, person, _wishes(form), reason)
    if wishes[0].action in _PREVIEWED and not field(form, "sure"):
        before, after = preview(register, wishes, by=person.name, reason=reason)
        return page(
            request, "preview.html", before=before, after=after, wish=wishes[0], reason=reason, back=field(form, "back"),
            seen=fields(form, "seen"),
        )  # fmt: skip
    kept = decide_all(register, wishes, by=person.name, reason=reason, expected=_expected(form))
    if wishes[0].action == "merge":
        return RedirectResponse(f"/incidents/{kept[0].targets[0]}", 303)
    return again(form)


routes = [Route("/decide", changing(_decide), methods=["POST"])]
