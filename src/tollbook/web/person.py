"""person: who is at the page, and what that person may do.

Every route asks for the action that roles.toml names for it, before anything else happens; a route that the table does not
name cannot be opened. Where the room has no accounts there is one person, on this machine.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from inspect import iscoroutinefunction
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from tollbook.desk.admitting import Account, Session


@dataclass(frozen=True, slots=True)
class Table:
    """Who may do what, as roles.toml says: roles from the least, actions, keys' scopes, open routes, routes."""

    roles: tuple[str, ...]
    actions: Mapping[str, str]
    scopes: Mapping[str, frozenset[str]]
    open: frozenset[str]
    routes: Mapping[str, str]


@cache
def table() -> Table:
    """Return the table of the package."""
    words = (resources.files(__package__) / "roles.toml").read_text(encoding="utf-8")
    told = tomllib.loads(words)
    scopes = {name: frozenset(actions) for name, actions in told["scopes"].items()}
    return Table(tuple(told["roles"]), told["actions"], scopes, frozenset(told["open"]), told["routes"])


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the room: the name that decisions carry, a role, and for a program's key what the key may at most."""

    name: str
    role: str = "editor"
    at_most: frozenset[str] | None = None
    account: Account | None = None
    session: Session | None = None

    def may(self, action: str) -> bool:
        """Tell whether this role (and key) allows an action of the table; what it does not name nobody may."""
        known = table()
        least = known.actions.get(action)
        if least is None or (self.at_most is not None and action not in self.at_most):
            return False
        return known.roles.index(self.role) >= known.roles.index(least)


def key_may(scopes: Iterable[str]) -> frozenset[str]:
    """Return the actions that a key of some scopes may at most."""
    known = table().scopes
    return frozenset[str]().union(*(known.get(scope, frozenset()) for scope in scopes))


class OnePerson:
    """Let everybody be the one person of a room without accounts."""

    def __init__(self, app: ASGIApp, name: str) -> None:
        self.app, self.person = app, Person(name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {}).setdefault("person", self.person)
        await self.app(scope, receive, send)


def doors(routes: Sequence[BaseRoute]) -> list[BaseRoute]:
    """Return routes that ask for their action first; KeyError, at the start, for one that the table does not name."""
    made: list[BaseRoute] = []
    for route in routes:
        assert isinstance(route, Route)
        assert route.methods is not None
        (method,) = route.methods - {"HEAD"}
        name = f"{method} {route.path}"
        endpoint = route.endpoint if name in table().open else _asking(route.endpoint, table().routes[name])
        made.append(Route(route.path, endpoint, methods=[method]))
    return made


def _asking(endpoint: Callable[[Request], Any], action: str) -> Callable[[Request], Any]:
    async def door(request: Request) -> Response:
        person = getattr(request.state, "person", None)
        if person is None:
            if request.url.path.startswith("/api/"):
                raise HTTPException(401, headers={"www-authenticate": "Bearer"})
            if request.method != "GET":
                raise HTTPException(401)
            back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse("/login" if back == "/" else f"/login?{urlencode({'back': back})}", 303)
        if not person.may(action):
            raise HTTPException(403)
        answer = await (
            endpoint(request) if iscoroutinefunction(endpoint) else run_in_threadpool(endpoint, request)
        )
        assert isinstance(answer, Response)
        return answer

    return door


__all__ = ["OnePerson", "Person", "Table", "doors", "key_may", "table"]
