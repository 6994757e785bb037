"""app: settings -> the room, as an ASGI application."""

import logging
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from anyio import CapacityLimiter
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from tollbook.desk.rooming import open_register
from tollbook.errors import TollbookError, UsageError
from tollbook.web.accounts import People
from tollbook.web.guard import Guard, policy, seal
from tollbook.web.jobs import Jobs
from tollbook.web.makings import Makings
from tollbook.web.memory import Memory
from tollbook.web.pages.people import Linkings
from tollbook.web.person import OnePerson, doors
from tollbook.web.presence import Presence
from tollbook.web.render import page, say, speak
from tollbook.web.settings import Settings

_STATIC = Path(__file__).with_name("static")
# each room is a module of pages/ with `routes`; the order is that of the bar at the top
ROOMS: tuple[str, ...] = (
    "overview",
    "queue",
    "incidents",
    "reports",
    "maps",
    "timeline",
    "origins",
    "log",
    "people",
    "publishing",
    "comparing",
    "filters",
    "adding",
    "jobs",
    "deciding",
    "entering",
    "api",
)
_log = logging.getLogger("tollbook.web")


class _Files(StaticFiles):
    """Serve the files that came with the wheel; a browser may keep them for an hour."""

    def file_response(self, *args: object, **kwargs: object) -> Response:
        answer = super().file_response(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came
        answer.headers["cache-control"] = "private, max-age=3600"
        return answer


def create_app(settings: Settings) -> Starlette:
    """Build the room over a register; raises what opening the register raises, and UsageError for a catalogue that is none."""
    speak(settings.catalogue)
    routes: list[BaseRoute] = [
        Mount("/static", _Files(directory=_STATIC), name="static"),
        *_room_routes(ROOMS),
    ]
    app = Starlette(
        routes=routes,
        middleware=[
            Middleware(Guard, settings=settings),
            Middleware(People, settings=settings)
            if settings.team
            else Middleware(OnePerson, name=settings.person),
        ],
        exception_handlers={HTTPException: _refused, TollbookError: _wrong, Exception: _fault},
    )
    app.router.redirect_slashes = False  # an address that is not one gets no answer but that
    app.state.settings = settings
    app.state.register = open_register(settings.register)
    app.state.presence = Presence()
    app.state.jobs = Jobs(app.state.register)
    app.state.makings = Makings()
    app.state.linkings = Linkings()
    app.state.memory = Memory()
    app.state.entering = CapacityLimiter(1)  # no two guesses of a password at once
    return app


def _room_routes(rooms: Sequence[str]) -> list[BaseRoute]:
    found: list[BaseRoute] = []
    for room in rooms:
        found += doors(import_module(f"tollbook.web.pages.{room}").routes)
    return found


def _wants_json(request: Request) -> bool:
    return request.url.path.startswith("/api/")


async def _refused(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    words = {401: say("error.nobody"), 404: say("error.missing")}.get(
        problem.status_code, str(problem.detail)
    )
    if problem.status_code == 403 and words == "Forbidden":
        words = say("error.forbidden")
    if _wants_json(request):
        return JSONResponse({"error": words}, problem.status_code, headers=problem.headers)
    return page(request, "error.html", problem.status_code, words=words)


async def _wrong(request: Request, problem: Exception) -> Response:
    missing = isinstance(problem, UsageError)
    if _wants_json(request):
        return JSONResponse({"error": str(problem)}, 404 if missing else 503)
    return page(request, "error.html", 404 if missing else 503, words=str(problem))


async def _fault(request: Request, problem: Exception) -> Response:
    _log.error("fault at %s", request.url.path, exc_info=problem)
    answer: Response = JSONResponse({"error": say("error.fault")}, 500)
    if not _wants_json(request):
        answer = page(request, "error.html", 500, words=say("error.fault"))
    seal(answer.headers, policy(request.app.state.settings.tiles))  # it goes out past the guard
    return answer


__all__ = ["ROOMS", "create_app"]
