"""deciding: the one door by which pages change the record: a form becomes decisions, all of them or none."""

from functools import partial

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.desk.deciding import Wish, decide_all, preview
from tollbook.desk.voicing import claims_of, line_of
from tollbook.errors import UsageError
from tollbook.model.answer import IncidentLine
from tollbook.web.forms import again, allowed, changing, field, fields, register_of
from tollbook.web.render import page, say
from tollbook.web.wishes import FIELDS, checked

NOWHERE = "-"  # the choice that a claim has no place: none chosen leaves it as it is
_PREVIEWED = ("merge", "split", "assign", "unify", "separate")
_SHOWN = 60  # incidents of a preview; of the rest their number is told


def _wishes(form: FormData) -> list[Wish]:
    """Return the decisions that a form asks for: a correction is one for each field that was changed."""
    action, targets = field(form, "action"), tuple(fields(form, "target"))
    if action == "correct":
        made = [
            Wish("correct", targets, name, _old(form, name) or None, new or None)
            for name in FIELDS
            if (new := _new(form, name)) is not None and new != _old(form, name)
        ]
        if not made:
            raise UsageError("correct: nothing was changed - change a field, or accept the claim as it is")
        return made
    if action == "merge":
        targets = tuple(dict.fromkeys(t for words in targets for t in words.replace(",", " ").split()))
    return [Wish(action, targets, None, field(form, "old") or None, field(form, "new") or None)]  # type: ignore[arg-type]  # checked by the desk


def _old(form: FormData, name: str) -> str:
    return field(form, f"old:{name}").replace("\r\n", "\n")


def _new(form: FormData, name: str) -> str | None:
    """Return a field's new value; None where the form does not have it, or leaves it as it is."""
    if name == "by" and "by.name" in form:
        names, bases = form.getlist("by.name"), form.getlist("by.basis")
        pairs = [(str(n).strip(), str(b)) for n, b in zip(names, bases, strict=False)]
        return "\n".join(f"{n}\t{b}" for n, b in pairs if n)
    if name == "place" and field(form, name) == NOWHERE:
        return "" if field(form, "old:place") else None
    if name == "place" and not field(form, name):
        return None
    return field(form, name) if name in form else None


def _expected(form: FormData) -> dict[str, int]:
    """Return the versions that the person saw, sent as id=number."""
    seen = (words.rpartition("=") for words in fields(form, "seen"))
    chosen = (
        set(fields(form, "target")) if field(form, "action") == "separate" else None
    )  # of a list some are chosen
    return {
        id: int(number)
        for id, _, number in seen
        if number.isascii() and number.isdecimal() and len(number) < 19 and (chosen is None or id in chosen)
    }


def _reason(form: FormData) -> str | None:
    return field(form, "why") or field(form, "reason") or None


def _decide(request: Request, form: FormData) -> Response:
    register, person = register_of(request), request.state.person
    allowed(request, field(form, "action"))
    reason = _reason(form)
    wishes = checked(register, person, _wishes(form), reason)
    if wishes[0].action in _PREVIEWED and not field(form, "sure"):
        return _shown(request, form, wishes, reason)
    kept = decide_all(register, wishes, by=person.name, reason=reason, expected=_expected(form))
    if wishes[0].action == "merge":
        return RedirectResponse(f"/incidents/{kept[0].targets[0]}", 303)
    return again(form)


def _shown(request: Request, form: FormData, wishes: list[Wish], reason: str | None) -> Response:
    """Show what decisions would change before they are made: the incidents whose tolls would be others, and every item."""
    register, wish = register_of(request), wishes[0]
    before, after = preview(register, wishes, by=request.state.person.name, reason=reason)
    same = {told(line) for line in before} & {told(line) for line in after}
    left, come = ([line for line in lines if told(line) not in same] for lines in (before, after))
    return page(
        request, "preview.html", before=left[:_SHOWN], after=come[:_SHOWN], most=max(len(left), len(come)), untouched=len(same),
        shown=_SHOWN, wish=wish, reason=reason, back=field(form, "back"), seen=fields(form, "seen"), items=_items(request, wish),
    )  # fmt: skip


def told(line: IncidentLine) -> tuple[object, ...]:
    """Return what a preview compares of an incident: what a person would see change."""
    return (
        line.id,
        line.title,
        line.place,
        line.start,
        line.end,
        line.tolls,
        line.reports,
        line.origins,
        line.grade,
    )


def _items(request: Request, wish: Wish) -> list[str]:
    """Return in words what a decision on several things at once is about: every voice, or the words of every claim."""
    register = register_of(request)
    if wish.action == "unify":
        return [
            f"{one.name} – {say('origin.claims_n', n=one.claims)}"
            for one in map(partial(line_of, register), wish.targets)
        ]
    if wish.action in ("split", "separate", "assign"):
        return [f"“{t.claim.evidence.quote}” – {t.origin.name}" for t in claims_of(register, wish.targets)]
    return []


routes = [Route("/decide", changing(_decide), methods=["POST"])]
