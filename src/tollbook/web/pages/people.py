"""people: pairs of rows that may be one person, side by side, with what each field adds; decided one by one, kept for ever.

The folder is one that `tollbook people link` made; what is decided here is written there at once, and can be taken back.
"""

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tollbook.desk.link_folder import Linked
from tollbook.desk.linking import decide, doubts, pair_of, rejoin, relink
from tollbook.errors import UsageError
from tollbook.model.person import FIELDS, Decision, Pair, Row, Verdict
from tollbook.people.join import standing
from tollbook.web.asked import whole
from tollbook.web.forms import again, changing, field
from tollbook.web.render import page

_PAGE, _MOST, _LAST = 10, 10_000, 30
_VERDICTS: dict[str, Verdict] = {"same": "same", "different": "different", "undecided": "undecided"}
_WEIGHT = 20.0  # bits at which a bar is full


class Linkings:
    """The linked lists of a room, compared once when they are first asked for."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._linked: Linked | None = None

    def get(self, folder: str) -> Linked:
        """Return the lists of a folder, linked; raises UsageError where nothing is linked there."""
        with self._lock:
            if self._linked is None:
                self._linked = relink(Path(folder))
            return self._linked

    def decide(
        self, folder: str, one: tuple[str, str], two: tuple[str, str], how: Verdict, by: str, why: str
    ) -> None:
        """Keep a decision and join anew."""
        linked = self.get(folder)
        pair_of(linked, one, two)
        with self._lock:
            decide(linked.folder, one, two, how, by=by, reason=why)
            self._linked = rejoin(linked)


@dataclass(frozen=True, slots=True)
class Side:
    """A doubtful pair as it is shown: both rows, each field of either, and what comparing them added."""

    one: Row
    two: Row
    fields: list[tuple[str, str, str]]
    added: list[tuple[str, str, float, float]]
    probability: float


def _side(linked: Linked, pair: Pair) -> Side:
    one, two = linked.rows[pair.one], linked.rows[pair.two]
    told = [(f, one.fields.get(f, ""), two.fields.get(f, "")) for f in FIELDS]
    added = [(c.what, c.level, c.bits, min(100.0, 100 * abs(c.bits) / _WEIGHT)) for c in pair.compared]
    return Side(one, two, [t for t in told if t[1] or t[2]], added, pair.probability)


def _people(request: Request) -> Response:
    folder = request.app.state.settings.people
    if folder is None:
        return page(request, "people.html", sides=None)
    linked = request.app.state.linkings.get(folder)
    waiting = doubts(linked, _MOST)
    offset = min(whole(request, "offset", 0), max(0, len(waiting) - 1))
    held = {id(d) for d in standing(linked.decisions)}
    last: list[tuple[Decision, bool]] = [(d, id(d) in held) for d in linked.decisions[::-1][:_LAST]]
    return page(
        request, "people.html", sides=[_side(linked, p) for p in waiting[offset : offset + _PAGE]], waiting=len(waiting),
        linked=linked, last=last, folder=Path(folder).name,
        older=f"/people?offset={offset + _PAGE}" if offset + _PAGE < len(waiting) else None,
        newer=f"/people?offset={max(0, offset - _PAGE)}" if offset else None,
    )  # fmt: skip


def _decide(request: Request, form: FormData) -> Response:
    folder = request.app.state.settings.people
    verdict = _VERDICTS.get(field(form, "verdict"))
    if folder is None or verdict is None:
        raise UsageError("people: there is no such decision - same, different, or undecided")
    one, two = ((field(form, f"{n}_list"), field(form, f"{n}_ref")) for n in ("one", "two"))
    name = request.state.person.name
    request.app.state.linkings.decide(folder, one, two, verdict, name, field(form, "why")[:2000])
    return again(form)


routes = [Route("/people", _people), Route("/people", changing(_decide), methods=["POST"])]
