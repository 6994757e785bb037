"""origins: who gives figures and who carries them; two names of one voice are made one, and parted again."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tollbook.desk.asking import newest_entry, origins
from tollbook.desk.deciding import decisions
from tollbook.desk.rooming import country_name
from tollbook.desk.voicing import voice
from tollbook.model.answer import OriginLine
from tollbook.model.review import voices_led_to
from tollbook.web.asked import whole
from tollbook.web.forms import register_of
from tollbook.web.memory import remembered
from tollbook.web.render import page
from tollbook.web.veil import seen_by

_DRAWN = 18  # voices, and outlets, in the drawing; the table has all
_ROW = 24
_CLAIMS = 60  # of a voice, on one page


@dataclass(frozen=True, slots=True)
class Edge:
    """A line from a voice to an outlet that carries it."""

    y1: int
    y2: int
    width: float
    words: str


def graph(
    lines: list[OriginLine],
) -> tuple[list[tuple[int, OriginLine]], list[tuple[int, str]], list[Edge], int]:
    """Place voices at the left, outlets at the right, and a line for each that carries the other."""
    left = [(16 + n * _ROW, line) for n, line in enumerate(lines[:_DRAWN])]
    weight: dict[str, int] = {}
    for _, line in left:
        for outlet, reports in line.carriers:
            weight[outlet] = weight.get(outlet, 0) + reports
    outlets = sorted(weight, key=lambda o: (-weight[o], o))[:_DRAWN]
    right = [(16 + n * _ROW, outlet) for n, outlet in enumerate(outlets)]
    at = {outlet: y for y, outlet in right}
    most = max(weight.values(), default=1)
    edges = [
        Edge(y, at[outlet], round(1 + 5 * reports / most, 1), f"{line.name} → {outlet}: {reports}")
        for y, line in left
        for outlet, reports in line.carriers
        if outlet in at
    ]
    return left, right, edges, 24 + _ROW * max(len(left), len(right))


def _origins(request: Request) -> Response:
    register, words = register_of(request), (request.query_params.get("q") or "").strip()[:100]
    at = newest_entry(register)
    found = remembered(request, ("origins", words), at, lambda: origins(register, words or None, limit=200))
    lines = found.value
    left, right, edges, height = graph(lines)
    made = [
        (r, holds)
        for r, holds in seen_by(request.state.person, decisions(register))
        if r.action in ("unify", "separate")
    ]
    notes: dict[str, list[str]] = {}
    for review, holds in seen_by(request.state.person, decisions(register)):
        if review.action == "note" and holds:
            for target in review.targets:
                notes.setdefault(target, []).append(review.new or review.reason or "")
    return page(
        request, "origins.html", of=found.state, at=at, lines=lines, query=words, left=left,
        right=right, edges=edges, height=height,
        made=made, notes=notes, country=country_name,
        names={line.id: line.name for line in lines},
    )  # fmt: skip


def _voice(request: Request) -> Response:
    register, person = register_of(request), request.state.person
    id, offset = request.path_params["voice"], whole(request, "offset", 0)
    found = seen_by(person, voice(register, id, limit=_CLAIMS, offset=offset))
    every = seen_by(person, decisions(register))
    ids = {id, *(other for other, _ in found.also)}
    about = [(r, holds) for r, holds in every if ids.intersection((*r.targets, *voices_led_to(r)))]
    here = f"/origins/{quote(id, safe='')}"
    return page(
        request, "voice.html", one=found, line=found.line, here=here, country=country_name, decided=about,
        older=f"{here}?offset={offset + _CLAIMS}" if found.more else None,
        newer=f"{here}?offset={max(0, offset - _CLAIMS)}" if offset else None,
    )  # fmt: skip


routes = [Route("/origins", _origins), Route("/origins/{voice:path}", _voice)]
