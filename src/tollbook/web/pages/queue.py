"""queue: what waits for a person, the weightiest first, each with its reason; decided one by one, with the words in view."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tollbook.desk.waiting import work
from tollbook.model.answer import Open
from tollbook.model.incident import Incident
from tollbook.model.testimony import Testimony
from tollbook.web.asked import link, wanted_of, whole
from tollbook.web.filtering import filtering
from tollbook.web.forms import register_of
from tollbook.web.render import page

_PAGE = 8  # incidents of one page
_CLAIMS = 6  # claims shown of each; the rest is on the incident's own page


@dataclass(frozen=True, slots=True)
class Shown:
    """An incident that waits, with the claims of it that nobody has looked at, and who else has it open."""

    item: Open
    incident: Incident
    open: list[tuple[Open, Testimony]]
    more: int
    others: list[str]


def _queue(request: Request) -> Response:
    register, wanted, offset = register_of(request), wanted_of(request), whole(request, "offset", 0)
    presence, browser = request.app.state.presence, request.state.token
    last: dict[str, str] = {}
    shown_work = []
    items = work(register, wanted, limit=_PAGE, offset=offset)
    for one in items:
        told = {t.id: t for t in one.testimonies}
        waiting = [(o, told[o.id]) for o in one.open if o.id in told]
        waiting.sort(key=lambda w: (w[1].claim.scope != "incident", -w[0].weight, w[0].id))
        others = presence.others(f"incident {one.item.id}", browser)
        more = max(0, len(waiting) - _CLAIMS)
        shown_work.append(Shown(one.item, one.incident, waiting[:_CLAIMS], more, others))
        last |= one.last
    return page(
        request, "queue.html", work=shown_work, f=filtering(request, wanted), offset=offset, last=last,
        older=link("/queue", wanted, offset=offset + _PAGE) if len(items) == _PAGE else None,
        newer=link("/queue", wanted, offset=max(0, offset - _PAGE) or None) if offset else None,
    )  # fmt: skip


routes = [Route("/queue", _queue)]
