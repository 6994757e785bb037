"""publishing: the record goes out by the page: formats, a site, a brief; each with its manifest, by role."""

from dataclasses import replace
from pathlib import Path

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import Route

from tollbook.desk.asking import incidents
from tollbook.desk.brief_files import FORMS, write_brief
from tollbook.desk.briefing import brief
from tollbook.desk.formats import known_formats
from tollbook.desk.publishing import Order, export
from tollbook.desk.rooming import Register
from tollbook.desk.siting import SiteOrder, site
from tollbook.desk.withholding import KINDS
from tollbook.errors import UsageError
from tollbook.model.answer import Wanted
from tollbook.profiles.toll_rule import installed_toll_rules
from tollbook.web.asked import link, shown, wanted_of
from tollbook.web.filtering import filtering
from tollbook.web.forms import allowed, changing, field, fields, register_of
from tollbook.web.makings import Make, Making, Step
from tollbook.web.render import page, say


def _form(request: Request) -> Response:
    wanted, id = wanted_of(request), _incident(request)
    found = incidents(register_of(request), wanted, limit=1).total
    own = [m for m in reversed(request.app.state.makings.all.values()) if m.by == request.state.person.name]
    return page(
        request, "publish.html", f=filtering(request, wanted), total=found, formats=sorted(known_formats()), forms=tuple(FORMS),
        rules=installed_toll_rules(), kinds=KINDS, makings=own[:10], incident=id,
        here=link("/publish", wanted, incident=id),
    )  # fmt: skip


def _incident(request: Request) -> str:
    id = (request.query_params.get("incident") or "")[:40]
    return id if id.isalnum() else ""


def _order(request: Request, form: FormData) -> Order:
    wanted = wanted_of(request)
    redact = tuple(kind for kind in fields(form, "redact") if kind in KINDS)
    review = "confirmed" if field(form, "go_out") == "confirmed" else "all"
    return Order(
        tuple(fields(form, "format")), wanted, field(form, "as_of") or None, field(form, "profile") or None, review, redact,
        field(form, "hxl") == "1",
    )  # fmt: skip


def _start(request: Request, form: FormData) -> Response:
    allowed(request, "export")
    register, order, wish = register_of(request), _order(request, form), field(form, "wish")
    if wish == "brief":
        work = _brief(register, order, _incident(request), field(form, "form") or "pdf")
    elif wish == "site":
        work = _site(register, order, field(form, "title"))
    else:
        if not order.formats:
            raise UsageError(say("publish.no_format"))
        work = _export(register, order)
    job = request.app.state.makings.start(*work, by=request.state.person.name)
    return RedirectResponse(f"/publish/{job.id}", 303)


def _export(register: Register, order: Order) -> tuple[str, str, Make]:
    def make(out: Path, step: Step) -> None:
        asked = replace(order.wanted, review="signed_off") if order.review == "confirmed" else order.wanted
        total = incidents(register, asked, limit=1).total
        export(register, order, out, lambda count: step(say("publish.incidents"), count, total))

    names = ", ".join(order.formats)
    return say("publish.title_export", formats=names, of=_of(order.wanted)), "tollbook-export.zip", make


def _site(register: Register, order: Order, title: str) -> tuple[str, str, Make]:
    def make(out: Path, step: Step) -> None:
        asked = SiteOrder(
            order.wanted, order.as_of, order.profile or "house", order.review, order.redact, title=title or SiteOrder().title
        )  # fmt: skip
        site(register, asked, out, step)

    return say("publish.title_site", of=_of(order.wanted)), "tollbook-site.zip", make


def _brief(register: Register, order: Order, id: str, form: str) -> tuple[str, str, Make]:
    if form not in FORMS:
        raise UsageError(say("publish.no_form"))

    def make(out: Path, step: Step) -> None:
        out.mkdir()
        step(say("publish.reading"), 0, 0)
        write_brief(brief(register, id or None, order), form, out / f"brief.{form}")

    return say("publish.title_brief", form=form, of=id or _of(order.wanted)), "tollbook-brief.zip", make


def _of(wanted: Wanted) -> str:
    return ", ".join(shown(wanted).values()) or say("publish.all")


def _own(request: Request) -> Making:
    """Return a work of this person's; HTTPException 404 where it is nobody's or another's."""
    job = request.app.state.makings.all.get(request.path_params["job"])
    if not isinstance(job, Making) or job.by != request.state.person.name:
        raise HTTPException(404)
    return job


def _one(request: Request) -> Response:
    return page(request, "making.html", job=_own(request))


def _stop(request: Request, form: FormData) -> Response:
    allowed(request, "export")
    job = _own(request)
    job.stop.set()
    return RedirectResponse(f"/publish/{job.id}", 303)


def _file(request: Request) -> Response:
    job = _own(request)
    if job.state != "done":
        raise HTTPException(404)
    return FileResponse(job.archive, media_type="application/zip", filename=job.name)


routes = [
    Route("/publish", _form),
    Route("/publish", changing(_start), methods=["POST"]),
    Route("/publish/{job}", _one),
    Route("/publish/{job}", changing(_stop), methods=["POST"]),
    Route("/publish/{job}/file", _file),
]
