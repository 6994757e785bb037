"""accounts: request -> who it is from: a browser that is signed in, or a program with a key; nobody, where neither holds."""

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from tollbook.desk.admitting import IDLE, LONGEST, Admitted, known
from tollbook.desk.rooming import Register
from tollbook.web.person import Person, key_may
from tollbook.web.settings import Settings


def cookie_name(settings: Settings) -> str:
    """Return the name of the cookie of a session; over TLS browsers themselves keep others from setting it."""
    return "__Host-tollbook" if settings.secure else "tollbook"


def cookie(settings: Settings, word: str) -> str:
    """Return the header that keeps a session's word in a browser, or with "" forgets it; no script can read it."""
    age = int(LONGEST.total_seconds()) if word else 0
    secure = "; Secure" if settings.secure else ""
    return f"{cookie_name(settings)}={word}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}"


def person_of(admitted: Admitted) -> Person:
    """Return who was let in as a person of the room."""
    account, session = admitted.account, admitted.session
    at_most = key_may(session.scopes.split()) if session.kind == "key" else None
    return Person(account.name, account.role, at_most, account, session)


class People:
    """Find out who asks, from a session's cookie or a key in the Authorization header; a key that fails is no one."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and not scope["path"].startswith("/static/"):
            state = scope.setdefault("state", {})
            word, kind = self._shown(scope)
            if word:
                register = scope["app"].state.register
                assert isinstance(register, Register)
                admitted = await run_in_threadpool(known, register, word, kind)
                if admitted is not None:
                    state["person"] = person_of(admitted)
                    state["token"] = admitted.session.token or state["token"]
        await self.app(scope, receive, send)

    def _shown(self, scope: Scope) -> tuple[str, str]:
        said = Headers(scope=scope).get("authorization", "")
        if said:
            kind, _, word = said.partition(" ")
            return (word.strip()[:200], "key") if kind.lower() == "bearer" else ("", "key")
        return Request(scope).cookies.get(cookie_name(self.settings), "")[:200], "session"


__all__ = ["IDLE", "People", "cookie", "cookie_name", "person_of"]
