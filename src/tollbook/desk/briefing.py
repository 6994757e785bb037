"""briefing: an incident, or those asked for -> the dossier that a brief is made from."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import Connection

from tollbook.desk import asking
from tollbook.desk.adding_up import toll
from tollbook.desk.areas import area_of, divisions_of
from tollbook.desk.publishing import Needs, Order, edition_of, folios
from tollbook.desk.remembering import history
from tollbook.desk.telling_names import NOBODY, names_in_all
from tollbook.desk.withholding import Veil, check_kinds
from tollbook.errors import UsageError
from tollbook.model.answer import CustodyStep, IncidentCard, Step, Wanted
from tollbook.model.brief import Brief, Dossier, Spot, Total
from tollbook.model.claim import Harm
from tollbook.model.folio import Edition
from tollbook.model.toll import Toll
from tollbook.register import reports
from tollbook.register.moment import moment_of
from tollbook.register.register import Register
from tollbook.world.codes import land
from tollbook.writers.brief import to_brief
from tollbook.writers.brief_casualties import title_of
from tollbook.writers.brief_figures import period_words
from tollbook.writers.brief_places import placed

_MOST = 500  # incidents that a brief can be about
_NEAR = 3  # places of so many or more are not named in a title


def brief(register: Register, id: str | None, order: Order) -> Brief:
    """Make the brief of one incident (with what lies in it), or of all that the order wants.

    Raises UsageError where there is no such incident, nothing is found, or more than a brief can be about.
    """
    check_kinds(order.redact)
    rule, moment = order.profile or "house", moment_of(order.as_of)
    steps: tuple[Step, ...] = ()
    if id is not None:
        card = asking.incident(register, id, as_of=order.as_of, profile=rule)
        cards = [card, *_parts(register, card, order)]
        if order.review == "confirmed" and card.incident.review != "signed_off":
            raise UsageError(
                f"brief {card.incident.id}: nobody has signed it off - leave out --review confirmed"
            )
        totals = tuple(Total(t.harm, t.status, t.low, t.best, t.high) for t in card.incident.tolls)
        inside: frozenset[tuple[str, str]] = frozenset(
            (c.incident.id, t.harm) for c in cards[1:] for t in c.incident.tolls
        )
        steps = tuple(history(register, card.incident.id, as_of=order.as_of, profile=rule))
        title = title_of(card.incident)
    else:
        plain = replace(order, redact=())  # names are looked for in all before any is struck
        with register.reading() as connection:
            cards = [next(iter(f.values())).card for f in folios(connection, plain, moment, Needs((rule,)))][
                : _MOST + 1
            ]
        if not cards:
            raise UsageError("brief: no incident is like that - see tollbook incidents")
        if len(cards) > _MOST:
            raise UsageError(f"brief: more than {_MOST} incidents - narrow them, or use tollbook export")
        cards.sort(key=_weight)
        totals, inside = _totals(register, order, rule)
        title = _title(order.wanted, cards)
    if order.redact:
        title, cards, steps = _withheld(title, cards, steps, order.redact)
    with register.reading() as connection:
        edition = replace(edition_of(connection, order, moment), profile=rule)
        return to_brief(_dossier(connection, title, cards, totals, inside, steps, edition, order))


def _withheld(
    title: str, cards: list[IncidentCard], steps: tuple[Step, ...], kinds: tuple[str, ...]
) -> tuple[str, list[IncidentCard], tuple[Step, ...]]:
    """Return what a brief is made of without what must not go out; its steps are of its first incident."""
    told = names_in_all(cards) if "names" in kinds else NOBODY
    veils = [Veil(one, kinds, told) for one in cards]
    steps = tuple(replace(step, words=veils[0].words(step.words)) for step in steps)
    return veils[0].words(title), [veil.card for veil in veils], steps


def _dossier(
    connection: Connection, title: str, cards: list[IncidentCard], totals: tuple[Total, ...],
    inside: frozenset[tuple[str, str]], steps: tuple[Step, ...], edition: Edition, order: Order,
) -> Dossier:  # fmt: skip
    texts: dict[str, str] = {}
    custody: dict[str, tuple[CustodyStep, ...]] = {}
    for key in dict.fromkeys(line.key for card in cards for line in card.reports):
        row = reports.row_of(connection, key)
        if row is not None and not {"quotes", "names"} & set(order.redact):
            texts[key] = reports.report_of(connection, row)[0].text
        custody[key] = tuple(reports.custody_of(connection, key))
    spots, countries = _spots(cards)
    outlines = tuple(area for country in countries[:3] for area in divisions_of(country))
    return Dossier(
        title, tuple(cards), totals, inside, texts, custody, steps, edition, edition.profile, spots, outlines,
        lands_of(cards),
    )  # fmt: skip


def lands_of(cards: Iterable[IncidentCard]) -> dict[str, str]:
    """Return the names of the countries that incidents lie in, by code."""
    codes = dict.fromkeys(
        site.country
        for card in cards
        for site in (card.incident.place, *card.incident.places)
        if site and site.country
    )
    return {code: land(code).name for code in codes}


def _parts(register: Register, card: IncidentCard, order: Order) -> list[IncidentCard]:
    parts = [
        asking.incident(register, child, as_of=order.as_of, profile=order.profile or "house")
        for child in card.incident.children
    ]
    if order.review == "confirmed":
        parts = [part for part in parts if part.incident.review == "signed_off"]
    return sorted(parts, key=_weight)


def _beside(own: set[Harm], parts: list[IncidentCard]) -> list[Total]:
    """Add up the harms that the parts of an incident tell and the incident itself does not."""
    found: dict[tuple[Harm, str], list[Toll]] = {}
    for toll_ in (t for part in parts for t in part.incident.tolls if t.harm not in own):
        found.setdefault((toll_.harm, toll_.status), []).append(toll_)
    return [
        Total(
            harm, status,
            None if all(t.low is None for t in tolls) else sum(t.low or 0 for t in tolls),
            None if all(t.best is None for t in tolls) else sum(t.best or 0 for t in tolls),
            None if any(t.high is None for t in tolls) else sum(t.high or 0 for t in tolls),
            len(tolls), sum(t.high is None for t in tolls), sum(t.best is None for t in tolls),
        )
        for (harm, status), tolls in found.items()
    ]  # fmt: skip


def _weight(card: IncidentCard) -> tuple[int, int, str]:
    killed = next((t for t in card.incident.tolls if (t.harm, t.status) == ("killed", "all")), None)
    best = 0 if killed is None else killed.best or killed.low or 0
    return -best, -len(card.testimonies), card.incident.id


def _totals(
    register: Register, order: Order, rule: str
) -> tuple[tuple[Total, ...], frozenset[tuple[str, str]]]:
    wanted = replace(order.wanted, review="signed_off") if order.review == "confirmed" else order.wanted
    found: list[Total] = []
    inside: set[tuple[str, str]] = set()
    for by in (("harm",), ("harm", "status")):
        table = toll(register, by, wanted, as_of=order.as_of, profile=rule)
        inside |= {(left.incident, left.figures.harm) for left in table.left_out}
        for row in table.rows:
            status = row.group[1] if len(by) > 1 else "all"
            found.append(Total(row.group[0], status, *row.told, row.incidents, row.open, row.without_best))
    return tuple(found), frozenset(inside)


def _title(wanted: Wanted, cards: list[IncidentCard]) -> str:
    periods = [card.incident.period for card in cards if card.incident.period is not None]
    start = wanted.start or min((p.start for p in periods), default="")
    end = wanted.end or max((p.end for p in periods), default="")
    words = period_words(start, end) if start and end and start <= end else ""
    where = wanted.place or wanted.country or ""
    if not where:
        lands = list(lands_of(cards).values())
        told = (s for card in cards for s in (card.incident.places or (card.incident.place,)) if s)
        sites = list(dict.fromkeys(s.name for s in told if s.level not in ("country", "region")))
        near = [name for name in sites if name not in lands] if len(sites) < _NEAR else []
        where = placed(near, lands) or "All places"
    who = f" – {wanted.party}" if wanted.party else ""
    return f"{where}{who}" + (f": {words}" if words else "")


def _spots(cards: list[IncidentCard]) -> tuple[tuple[Spot, ...], list[str]]:
    spots: dict[str, Spot] = {}
    countries: dict[str, None] = {}
    for card in cards:
        for site in card.incident.places:
            if site.country:
                countries[site.country] = None
            if site.lat is None or site.lon is None or site.level in (None, "country", "region"):
                continue
            area = area_of(site) if site.level == "adm1" else None
            spots.setdefault(site.name, Spot(site.name, site.lat, site.lon, area))
    return tuple(spots.values())[:40], list(countries)


__all__ = ["brief"]
