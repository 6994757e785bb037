"""adding: reports come in by the page: pasted, uploaded, by address; and a claim that the machine missed."""

import shutil
from datetime import date
from pathlib import Path, PurePath

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.desk.adding_claims import Missed, add_claim
from tollbook.desk.rooming import key_of_pasted, paste
from tollbook.desk.working import incoming
from tollbook.errors import UsageError
from tollbook.web.forms import allowed, back_of, changing, field, register_of
from tollbook.web.pages.jobs import jobs_of
from tollbook.web.render import page


def _form(request: Request) -> Response:
    return page(request, "add.html", jobs=jobs_of(request).newest())


def _paste(request: Request, form: FormData) -> Response:
    allowed(request, "receive")
    text = str(form.get("text") or "").replace("\r\n", "\n")
    if not text.strip():
        raise UsageError("add: no text - paste the words of a report")
    published = field(form, "published") or None
    if published is not None:
        try:
            date.fromisoformat(published[:10])
        except ValueError:
            raise UsageError(f"add: '{published}' is no date - write it as 2025-03-09") from None
    known = {
        "title": field(form, "title") or None, "publisher": field(form, "publisher") or None,
        "published": published, "url": field(form, "url") or None, "language": field(form, "language") or None,
    }  # fmt: skip
    tally = paste(register_of(request), text, known, by=request.state.person.name)
    if tally.problems:
        raise UsageError(f"add: {tally.problems[0].what}")
    return RedirectResponse(f"/reports/{key_of_pasted(text, known)}", 303)


def _upload(request: Request, form: FormData) -> Response:
    allowed(request, "receive")
    folder = incoming(register_of(request))
    names: list[str] = []
    for n, item in enumerate(form.getlist("files")):
        if isinstance(item, UploadFile) and item.filename:
            name = PurePath(item.filename.replace("\\", "/")).name.lstrip(".") or f"file-{n}"
            path = folder / f"{n}" / name[-120:]
            path.parent.mkdir()
            with path.open("wb") as out:
                while piece := item.file.read(1 << 20):
                    out.write(piece)
            names.append(str(path))
    if not names:
        shutil.rmtree(folder, ignore_errors=True)
        raise UsageError("add: no file - choose one or more")
    title = ", ".join(Path(n).name for n in names[:3]) + (
        f" and {len(names) - 3} more" if len(names) > 3 else ""
    )
    plan = {"sources": names, "folder": str(folder)}
    id = jobs_of(request).start("files", title, plan, by=request.state.person.name)
    return RedirectResponse(f"/jobs/{id}", 303)


def _addresses(request: Request, form: FormData) -> Response:
    allowed(request, "receive")
    urls = [u for u in field(form, "urls").split() if u]
    wrong = [u for u in urls if not u.startswith(("http://", "https://"))]
    if wrong or not urls:
        raise UsageError(
            f"add: {'no address' if not urls else wrong[0]} - addresses begin with http:// or https://"
        )
    title = urls[0] + (f" and {len(urls) - 1} more" if len(urls) > 1 else "")
    id = jobs_of(request).start("addresses", title, {"sources": urls}, by=request.state.person.name)
    return RedirectResponse(f"/jobs/{id}", 303)


def _claim(request: Request, form: FormData) -> Response:
    allowed(request, "add")
    start = field(form, "start")
    near = int(start) if start.isascii() and start.isdecimal() and len(start) < 10 else None
    low, best, high = field(form, "low"), field(form, "best"), field(form, "high")
    missed = Missed(
        str(form.get("quote") or ""), str(form.get("figure") or ""), low, best, high, field(form, "harm"),
        field(form, "status"), field(form, "relation"), field(form, "origin"), near,
    )  # fmt: skip
    claim = add_claim(
        register_of(request),
        field(form, "report"),
        missed,
        by=request.state.person.name,
        reason=field(form, "why"),
    )
    return RedirectResponse(f"{back_of(form)}#{claim}", 303)


routes = [
    Route("/add", _form),
    Route("/add", changing(_paste), methods=["POST"]),
    Route("/add/files", changing(_upload), methods=["POST"]),
    Route("/add/addresses", changing(_addresses), methods=["POST"]),
    Route("/claims", changing(_claim), methods=["POST"]),
]
