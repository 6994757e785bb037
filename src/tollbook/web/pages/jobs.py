"""jobs: the page of long work: how far it is, its switches, what came of it; and reading all reports anew."""

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.desk.rereading import found_by
from tollbook.errors import UsageError
from tollbook.web.asked import whole
from tollbook.web.forms import allowed, changing, field, register_of
from tollbook.web.jobs import Jobs, Seen
from tollbook.web.render import page, say

_PAGE = 40  # reports of a comparison on one page
_READ_ANEW = ("compare", "take")


def jobs_of(request: Request) -> Jobs:
    """Return the work of the room."""
    found = request.app.state.jobs
    assert isinstance(found, Jobs)
    return found


def _seen(request: Request) -> Seen:
    seen = jobs_of(request).find(request.path_params["job"])
    if seen is None:
        raise HTTPException(404)
    return seen


def _job(request: Request) -> Response:
    seen = _seen(request)
    comparison = seen.kept.id if seen.kept.kind == "compare" else seen.kept.plan.get("comparison")
    found, offset = None, whole(request, "offset", 0)
    if comparison is not None and not seen.moves:
        found = found_by(register_of(request), comparison, limit=_PAGE, offset=offset)
    here = f"/jobs/{seen.kept.id}"
    return page(
        request, "job.html", job=seen, found=found, offset=offset, here=here,
        newer=f"{here}?offset={max(0, offset - _PAGE)}" if offset else None,
        older=f"{here}?offset={offset + _PAGE}" if found and found[0].reports > offset + _PAGE else None,
    )  # fmt: skip


def _switch(request: Request, form: FormData) -> Response:
    allowed(request, "receive")
    seen, wish = _seen(request), field(form, "wish")
    if seen.kept.kind in _READ_ANEW:
        allowed(request, "reread")
    if wish == "resume":
        jobs_of(request).go_on(seen.kept.id)
    elif wish in ("pause", "go", "stop"):
        if seen.moves:
            jobs_of(request).switch(seen.kept.id, wish)
    else:
        raise UsageError(f"job: '{wish}' is nothing that can be done - pause, go, stop or resume it")
    return RedirectResponse(f"/jobs/{seen.kept.id}", 303)


def _rereading(request: Request) -> Response:
    work = [one for one in jobs_of(request).newest(50) if one.kept.kind in _READ_ANEW]
    return page(request, "reread.html", work=work[:10])


def _compare(request: Request, form: FormData) -> Response:
    allowed(request, "reread")
    id = jobs_of(request).start("compare", say("reread.comparison"), {}, by=request.state.person.name)
    return RedirectResponse(f"/jobs/{id}", 303)


def _take(request: Request, form: FormData) -> Response:
    allowed(request, "reread")
    seen, reason = _seen(request), field(form, "why")
    if seen.kept.kind != "compare" or seen.state != "done":
        raise UsageError("reread: this is no comparison that is done - compare first")
    if not reason:
        raise UsageError("reread: why? - give a reason, which is kept with the change")
    plan = {"comparison": seen.kept.id, "reason": reason}
    id = jobs_of(request).start("take", say("reread.taking"), plan, by=request.state.person.name)
    return RedirectResponse(f"/jobs/{id}", 303)


routes = [
    Route("/jobs/{job}", _job),
    Route("/jobs/{job}", changing(_switch), methods=["POST"]),
    Route("/reread", _rereading),
    Route("/reread", changing(_compare), methods=["POST"]),
    Route("/reread/{job}", changing(_take), methods=["POST"]),
]
