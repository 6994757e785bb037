"""guard: request -> refused, or passed on with its answer sealed.

What a page may load, who may frame it, which host names it answers to, and that a change came from a page of this room.
"""

import hmac
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tollbook.web.settings import Settings

TOKEN_COOKIE = "tollbook_token"
TOKEN_FIELD = "token"
TOKEN_HEADER = "x-tollbook-token"
_SAFE = frozenset(("GET", "HEAD", "OPTIONS"))


def policy(tiles: str | None) -> str:
    """Return the Content-Security-Policy: nothing inline, nothing from elsewhere but the tiles a person has set."""
    images = f"'self' data: {_host(tiles)}".rstrip() if tiles else "'self' data:"
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; connect-src 'self'; "
        f"img-src {images}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    )


def _host(address: str) -> str:
    parts = urlsplit(address.replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}"


class Guard:
    """Refuse foreign hosts and forged changes; seal every answer with headers."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.policy = policy(settings.tiles)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if not self._known_host(headers.get("host", "")):
            answer = PlainTextResponse(
                "This room does not answer to that name - see tollbook serve --host-name", 421
            )
            await answer(scope, receive, self._sealed(send, None))
            return
        token = Request(scope).cookies.get(TOKEN_COOKIE)
        fresh = None
        if not token or len(token) != 43:
            token = fresh = secrets.token_urlsafe(32)
        scope.setdefault("state", {})["token"] = token
        if scope["method"] not in _SAFE and not self._from_here(headers):
            answer = PlainTextResponse(
                "This change did not come from a page of this room - open the page anew", 403
            )
            await answer(scope, receive, self._sealed(send, fresh))
            return
        await self.app(scope, receive, self._sealed(send, fresh))

    def _known_host(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return name.lower() in self.settings.hosts

    @staticmethod
    def _from_here(headers: Headers) -> bool:
        """Tell whether a change was asked for by a page of this very room, or by a program with a key of its own."""
        if headers.get("authorization", "").startswith("Bearer "):
            return True  # no browser sends this by itself
        site = headers.get("sec-fetch-site")
        if site is not None and site not in ("same-origin", "none"):
            return False
        origin = headers.get("origin")
        return origin is None or urlsplit(origin).netloc == headers.get("host")

    def _sealed(self, send: Send, fresh: str | None) -> Callable[[Message], Awaitable[None]]:
        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                seal(out, self.policy)
                if fresh is not None:
                    secure = "; Secure" if self.settings.secure else ""
                    out.append(
                        "set-cookie", f"{TOKEN_COOKIE}={fresh}; Path=/; HttpOnly; SameSite=Strict{secure}"
                    )
            await send(message)

        return sealed


def seal(out: MutableHeaders, policy: str) -> None:
    """Put on an answer what every answer carries: what it may load, that nobody frames, guesses at or keeps it."""
    out["content-security-policy"] = policy
    out["x-content-type-options"] = "nosniff"
    out["referrer-policy"] = "same-origin"
    out["x-frame-options"] = "DENY"
    out["cross-origin-opener-policy"] = "same-origin"
    out["cross-origin-resource-policy"] = "same-origin"
    out["permissions-policy"] = "camera=(), geolocation=(), microphone=(), interest-cohort=()"
    if "cache-control" not in out:
        out["cache-control"] = "no-store"


def token_holds(request: Request, given: str | None) -> bool:
    """Tell whether a form or a script carries the token that its page was given."""
    return given is not None and hmac.compare_digest(given, str(request.state.token))
