"""api: the doors by which programs, and the scripts of pages, ask and change; JSON in, JSON out."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tollbook.errors import ConflictError, UsageError
from tollbook.web.api.calls import CALLS, Call, answer
from tollbook.web.api.describing import description
from tollbook.web.guard import TOKEN_COOKIE, TOKEN_HEADER, token_holds
from tollbook.web.render import say

_JSON = msgspec.json.Encoder()
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def refusal(words: str, status: int) -> Response:
    """Answer why something was not done."""
    return JSONResponse({"error": words}, status)


def _told(call: Call) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        try:
            asked: Any = _asked(request, call) if call.method == "GET" else await _sent(request, call)
        except msgspec.MsgspecError as problem:
            return refusal(_UNSEEN.sub("�", str(problem)), 400)
        try:
            found = await run_in_threadpool(answer, request, call, asked)
        except PermissionError:
            return refusal(say("error.forbidden"), 403)
        except ConflictError as problem:
            return refusal(str(problem), 409)
        except UsageError as problem:
            return refusal(_UNSEEN.sub("�", str(problem)), 404 if request.path_params else 422)
        return Response(_JSON.encode(found), call.status, media_type="application/json")

    return endpoint


def _asked(request: Request, call: Call) -> Any:
    given = request.query_params
    twice = [name for name in given if len(given.getlist(name)) > 1]
    if twice:
        raise msgspec.ValidationError(f"{twice[0]} is given more than once")
    for value in (*given.values(), *request.path_params.values()):
        if _UNSEEN.search(value):
            raise msgspec.ValidationError("a parameter holds what is no letter")
    return msgspec.convert(dict(given), call.takes, strict=False)


async def _sent(request: Request, call: Call) -> Any:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise HTTPException(415, say("error.json"))
    if request.query_params:
        raise msgspec.ValidationError("this takes no parameters in its address")
    if not (_by_key(request) or _alone(request) or token_holds(request, request.headers.get(TOKEN_HEADER))):
        raise HTTPException(403, say("error.token"))
    most, held = request.app.state.settings.max_upload, bytearray()
    async for piece in request.stream():
        held += piece
        if len(held) > most:
            raise HTTPException(413, say("error.large"))
    try:
        return msgspec.json.decode(bytes(held), type=call.takes)
    except (RecursionError, UnicodeDecodeError) as problem:
        raise msgspec.ValidationError("the body cannot be read") from problem


def _by_key(request: Request) -> bool:
    """Tell whether a program's key made the request: no browser sends one by itself."""
    session = request.state.person.session
    return session is not None and session.kind == "key"


def _alone(request: Request) -> bool:
    """Tell whether, in a room without accounts, a program of this machine asks: every browser sends one of these of itself."""
    sent = request.headers
    return (
        not request.app.state.settings.team
        and TOKEN_COOKIE not in request.cookies
        and not {"origin", "sec-fetch-site", "sec-fetch-mode", "referer"} & set(sent.keys())
    )


def _description(request: Request) -> Response:
    return Response(_JSON.encode(description()), media_type="application/json")


routes = [
    Route("/api/openapi.json", _description),
    *(Route(call.path, _told(call), methods=[call.method]) for call in CALLS),
]
