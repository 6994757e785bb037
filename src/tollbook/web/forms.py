"""forms: a form that a page sent -> a change, or the page that says why not."""

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import Message

from tollbook.desk.rooming import Register
from tollbook.errors import ConflictError, TollbookError
from tollbook.web.guard import TOKEN_FIELD, TOKEN_HEADER, token_holds
from tollbook.web.render import page, say

Handler = Callable[[Request, FormData], Response]
Endpoint = Callable[[Request], Awaitable[Response]]


def register_of(request: Request) -> Register:
    """Return the open register behind the room."""
    found = request.app.state.register
    assert isinstance(found, Register)
    return found


def changing(handler: Handler) -> Endpoint:
    """Make an endpoint of a handler that changes something: it holds the token, and failures become pages."""

    async def endpoint(request: Request) -> Response:
        form = await read_form(request, request.app.state.settings.max_upload)
        try:
            return await run_in_threadpool(handler, request, form)
        except PermissionError:
            raise HTTPException(403) from None
        except ConflictError as problem:
            return page(request, "conflict.html", 409, words=str(problem), back=back_of(form), form=form)
        except TollbookError as problem:
            return page(request, "error.html", 422, words=str(problem), back=back_of(form))
        finally:
            await form.close()  # files that were sent with it

    return endpoint


async def read_form(request: Request, most: int) -> FormData:
    """Return the fields of a form that carries its page's token and is no larger than `most` bytes, whatever it says."""
    if not _decent(request, most):
        raise HTTPException(413, say("error.large"))
    held = 0
    receive = request._receive

    async def counted() -> Message:
        nonlocal held
        message = await receive()
        held += len(message.get("body", b""))
        if held > most:
            raise HTTPException(413, say("error.large"))
        return message

    request._receive = counted
    form = await request.form(max_part_size=most)
    given = form.get(TOKEN_FIELD) or request.headers.get(TOKEN_HEADER)
    if not token_holds(request, str(given) if given else None):
        raise HTTPException(403, say("error.token"))
    return form


def _decent(request: Request, most: int) -> bool:
    length = request.headers.get("content-length") or "0"
    return length.isascii() and length.isdecimal() and len(length) < 16 and int(length) <= most


def allowed(request: Request, action: str) -> None:
    """Raise HTTPException 403 where the person's role does not allow an action."""
    if not request.state.person.may(action):
        raise HTTPException(403)


def field(form: FormData, name: str) -> str:
    """Return a field's words without the blanks around them; "" where there is none."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def fields(form: FormData, name: str) -> list[str]:
    """Return all values of a field."""
    return [value for value in form.getlist(name) if isinstance(value, str) and value]


def back_of(form: FormData) -> str:
    """Return where to go after a change: an address of this room, never another's."""
    return inside(field(form, "back"))


def inside(wanted: str) -> str:
    """Return an address if it is one of this room, else that of its first page."""
    safe = wanted.startswith("/") and not wanted.startswith(("//", "/\\")) and wanted.isprintable()
    return wanted if safe and not urlsplit(wanted).netloc else "/"


def again(form: FormData) -> Response:
    """Send the browser back to the page it came from."""
    return RedirectResponse(back_of(form), 303)
