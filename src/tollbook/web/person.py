"""person: who is at the page, and what that person may do.

Every handler asks `request.state.person.may(...)`. Where the room has no accounts there is one person, on this machine.
"""

from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

ROLES = ("viewer", "reviewer", "editor", "admin")
# what is done in the room -> the least role that may do it; what is not named here nobody may
LEAST = {
    "read": "viewer",
    "confirm": "reviewer",
    "reject": "reviewer",
    "correct": "reviewer",
    "note": "reviewer",
    "relate": "reviewer",
    "revoke": "reviewer",
    "add": "editor",
    "receive": "editor",
    "merge": "editor",
    "split": "editor",
    "assign": "editor",
    "unify": "editor",
    "separate": "editor",
    "grade": "editor",
    "sign_off": "editor",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who uses the room: the name that decisions carry, and a role of ROLES."""

    name: str
    role: str = "editor"

    def may(self, action: str) -> bool:
        """Tell whether this role allows an action: one of model/review.py, `read`, or `receive` for adding reports."""
        least = LEAST.get(action)
        return least is not None and ROLES.index(self.role) >= ROLES.index(least)


class OnePerson:
    """Let everybody be the one person of a room without accounts."""

    def __init__(self, app: ASGIApp, name: str) -> None:
        self.app, self.person = app, Person(name)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            scope.setdefault("state", {}).setdefault("person", self.person)
        await self.app(scope, receive, send)
