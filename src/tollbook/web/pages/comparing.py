"""comparing: our incidents beside others' data: what both tell, where figures differ, what is missing on either side."""

import tempfile
from pathlib import Path, PurePath

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.desk.asking import newest_entry
from tollbook.desk.comparing import compare
from tollbook.desk.importing import dataset, datasets, events_of, import_dataset
from tollbook.desk.laying_beside import KINDS, write_comparison
from tollbook.desk.publishing import Order
from tollbook.desk.rooming import Register
from tollbook.errors import UsageError
from tollbook.model.answer import Wanted
from tollbook.model.published import Compared, Dataset
from tollbook.web.asked import link, wanted_of
from tollbook.web.filtering import filtering
from tollbook.web.forms import allowed, changing, field, register_of
from tollbook.web.makings import packed
from tollbook.web.memory import remembered
from tollbook.web.render import page, say

OUTCOMES = ("differ", "theirs", "ours", "agree")
_MOST = 200  # pairs of an outcome that a page shows; the files have all


def _laid(register: Register, found: Dataset, wanted: Wanted) -> Compared:
    return compare(register, found.name, events_of(register, found), wanted)


def _compare(request: Request) -> Response:
    register, wanted = register_of(request), wanted_of(request)
    which = (request.query_params.get("dataset") or "")[:200]
    every = datasets(register)
    chosen = dataset(register, which) if which else None
    laid, at, state = None, newest_entry(register), 0
    if chosen is not None:
        own = chosen
        kept = remembered(request, ("compare", own.id, wanted), at, lambda: _laid(register, own, wanted))
        laid, state = kept.value, kept.state
    pairs = {o: [p for p in laid.pairs if p.outcome == o] for o in OUTCOMES} if laid else {}
    return page(
        request, "compare.html", every=every, chosen=chosen, laid=laid, pairs=pairs, most=_MOST, kinds=KINDS, at=at,
        of=state if laid else at, outcomes=OUTCOMES, f=filtering(request, wanted, dataset=chosen.id if chosen else ""),
        files=link("/compare/files", wanted, dataset=chosen.id) if chosen else "",
    )  # fmt: skip


def _import(request: Request, form: FormData) -> Response:
    allowed(request, "receive")
    item, kind = form.get("file"), field(form, "kind")
    if kind not in KINDS or not isinstance(item, UploadFile) or not item.filename:
        raise UsageError(say("compare.no_file"))
    name = PurePath(item.filename.replace("\\", "/")).name.lstrip(".")[-120:] or "data"
    with tempfile.TemporaryDirectory(prefix="tollbook-") as folder:
        path = Path(folder) / name
        with path.open("wb") as out:
            while piece := item.file.read(1 << 20):
                out.write(piece)
        done = import_dataset(
            register_of(request), kind, path, by=request.state.person.name, name=field(form, "name")[:200] or None
        )  # fmt: skip
    return RedirectResponse(link("/compare", Wanted(), dataset=done.dataset.id), 303)


def _files(request: Request) -> Response:
    register, wanted = register_of(request), wanted_of(request)
    found = dataset(register, (request.query_params.get("dataset") or "")[:200])
    with tempfile.TemporaryDirectory(prefix="tollbook-") as folder:
        out = Path(folder) / "out"
        out.mkdir()
        write_comparison(register, _laid(register, found, wanted), found, Order((), wanted), out)
        archive = Path(folder) / "comparison.zip"
        packed(out, archive)
        data = archive.read_bytes()
    headers = {"content-disposition": f'attachment; filename="comparison-{found.id}.zip"'}
    return Response(data, media_type="application/zip", headers=headers)


routes = [
    Route("/compare", _compare),
    Route("/compare", changing(_import), methods=["POST"]),
    Route("/compare/files", _files),
]
