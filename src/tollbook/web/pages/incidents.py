"""incidents: the list of what happened, and the page of one incident with everything that stands behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from tollbook.desk.asking import incident, incidents
from tollbook.desk.deciding import decisions
from tollbook.desk.nearby import nearby
from tollbook.desk.remembering import history
from tollbook.desk.rooming import country_name, last_decisions
from tollbook.model.answer import IncidentCard, ReportLine
from tollbook.model.claim import HARMS
from tollbook.model.origin import OriginRef
from tollbook.model.testimony import Testimony
from tollbook.model.toll import Entry, Toll
from tollbook.web.asked import link, wanted_of, whole
from tollbook.web.charts import step_chart
from tollbook.web.divisions import division_of
from tollbook.web.filtering import filtering
from tollbook.web.forms import register_of
from tollbook.web.render import page
from tollbook.web.veil import seen_by

_PAGE = 50
_FOLDED = 8  # lines of a ledger that add nothing, from which they are folded
ORDERS = ("newest", "oldest", "largest", "conflicts")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a ledger as a page shows it: what was considered, and the claim it is about, where it is one."""

    entry: Entry
    claim: Testimony | None


def _list(request: Request) -> Response:
    wanted, offset = wanted_of(request), whole(request, "offset", 0)
    order = request.query_params.get("order", "newest")
    order = order if order in ORDERS else "newest"
    found = incidents(register_of(request), wanted, order=order, limit=_PAGE, offset=offset)
    more = {"order": order} if order != "newest" else {}
    newer = link("/incidents", wanted, **more, offset=max(0, offset - _PAGE) or None) if offset else None
    older = (
        link("/incidents", wanted, **more, offset=offset + _PAGE) if found.total > offset + _PAGE else None
    )
    return page(
        request, "incidents.html", found=found, f=filtering(request, wanted, **more), order=order, orders=ORDERS, newer=newer,
        older=older, country=country_name,
    )  # fmt: skip


def _one(request: Request) -> Response:
    register, asked = register_of(request), request.path_params["id"]
    as_of = request.query_params.get("as_of") or None
    person = request.state.person
    card = seen_by(person, incident(register, asked, as_of=as_of))
    if card.incident.id != asked:
        return RedirectResponse(f"/incidents/{card.incident.id}", 307)
    subject, browser = f"incident {card.incident.id}", request.state.token
    others = request.app.state.presence.others(subject, browser)
    request.app.state.presence.look(subject, browser, request.state.person.name)
    claims = {one.id: one for one in card.testimonies}
    steps = seen_by(person, history(register, card.incident.id, as_of=as_of))
    about = {card.incident.id, *card.incident.previous_ids, *claims}
    every = seen_by(person, decisions(register))
    decided = [(r, holds) for r, holds in every if about & {*r.targets, r.new or ""}]
    known = {r.id for r, _ in decided}
    decided += [(r, h) for r, h in every if r.action == "revoke" and known & set(r.targets)]
    return page(
        request, "incident.html", card=card, one=card.incident, claims=claims, tolls=_tolls(card, claims),
        steps=steps, chart=step_chart(steps, "told"), since=step_chart(steps, "recorded"), voices=voices(card),
        links={t.id: f"/reports/{t.report}#{t.id}" for t in card.testimonies} if person.may("words") else {},
        against=partial(against, claims), folded=folded, near=nearby(register, card.incident) if as_of is None else [],
        decided=sorted(decided, key=lambda d: d[0].at, reverse=True), last=last_decisions(register, set(claims)),
        heads={line.key: line for line in card.reports}, others=others, country=country_name,
        division=division_of(card.incident.place.country, card.incident.place.adm1) if card.incident.place else None,
        open=[one for one in card.testimonies if one.claim.state == "machine"],
    )  # fmt: skip


def _tolls(card: IncidentCard, claims: Mapping[str, Testimony]) -> list[tuple[Toll, list[Toll], list[Line]]]:
    """Return for each harm the toll of all, those by status, and the ledger with what counts first."""
    made = []
    for toll in sorted(card.incident.tolls, key=lambda t: HARMS.index(t.harm)):
        if toll.status != "all":
            continue
        parts = [t for t in card.incident.tolls if t.harm == toll.harm and t.status != "all"]
        lines = [Line(e, claims.get(e.claim)) for e in toll.ledger]
        made.append((toll, parts, sorted(lines, key=lambda line: line.entry.use != "used")))
    return made


def folded(lines: Sequence[Line]) -> list[tuple[str, list[Line]]]:
    """Return the lines of a ledger that count, and behind them the rest, which a page folds where there is much of it."""
    used = [line for line in lines if line.entry.use == "used"]
    rest = [line for line in lines if line.entry.use != "used"]
    if len(rest) <= _FOLDED:
        return [("all", [*used, *rest])]
    return [("used", used), ("rest", rest)]


def against(claims: Mapping[str, Testimony], ids: Sequence[str]) -> list[tuple[OriginRef, list[Testimony]]]:
    """Return the claims of a conflict by the voice that gave them, in the order in which they are named."""
    found: dict[str, tuple[OriginRef, list[Testimony]]] = {}
    for id in ids:
        if id in claims:
            found.setdefault(claims[id].origin.id, (claims[id].origin, []))[1].append(claims[id])
    return list(found.values())


def voices(card: IncidentCard) -> list[tuple[str, str, list[tuple[ReportLine, list[Testimony]]]]]:
    """Return the reports of an incident under the origins whose figures they carry, those of most reports first."""
    heads = {line.key: line for line in card.reports}
    found: dict[str, dict[str, list[Testimony]]] = {}
    names: dict[str, tuple[str, str]] = {}
    for one in card.testimonies:
        if one.report in heads:
            names[one.origin.id] = (one.origin.name, one.origin.kind)
            found.setdefault(one.origin.id, {}).setdefault(one.report, []).append(one)
    order: Sequence[str] = sorted(found, key=lambda i: (-len(found[i]), names[i][0]))
    return [(*names[i], [(heads[key], told) for key, told in found[i].items()]) for i in order]


routes = [Route("/incidents", _list), Route("/incidents/{id}", _one)]
