"""queue: what waits for a person, the weightiest first, each with its reason; decided one by one, with the words in view."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from tollbook.desk.asking import incident
from tollbook.desk.deciding import open_claims, queue
from tollbook.desk.rooming import last_decisions
from tollbook.model.answer import IncidentCard, Open
from tollbook.model.testimony import Testimony
from tollbook.web.asked import link, shown, wanted_of, whole
from tollbook.web.forms import register_of
from tollbook.web.render import page

_PAGE = 8  # incidents of one page
_CLAIMS = 6  # claims shown of each; the rest is on the incident's own page


@dataclass(frozen=True, slots=True)
class Work:
    """An incident that waits, with the claims of it that nobody has looked at."""

    item: Open
    card: IncidentCard
    open: list[tuple[Open, Testimony]]
    more: int
    others: list[str]


def _queue(request: Request) -> Response:
    register, wanted, offset = register_of(request), wanted_of(request), whole(request, "offset", 0)
    items = queue(register, wanted, limit=_PAGE, offset=offset)
    presence, browser = request.app.state.presence, request.state.token
    work = []
    for item in items:
        card = incident(register, item.id)
        told = {one.id: one for one in card.testimonies}
        waiting = [(o, told[o.id]) for o in open_claims(register, item.id) if o.id in told]
        waiting.sort(key=lambda w: (w[1].claim.scope != "incident", -w[0].weight, w[0].id))
        others = presence.others(f"incident {item.id}", browser)
        work.append(Work(item, card, waiting[:_CLAIMS], max(0, len(waiting) - _CLAIMS), others))
    ids = {one.id for w in work for one in w.card.testimonies}
    return page(
        request, "queue.html", work=work, filters=shown(wanted), offset=offset, last=last_decisions(register, ids),
        older=link("/queue", wanted, offset=offset + _PAGE) if len(items) == _PAGE else None,
        newer=link("/queue", wanted, offset=max(0, offset - _PAGE) or None) if offset else None,
    )  # fmt: skip


routes = [Route("/queue", _queue)]
