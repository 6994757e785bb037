"""grade: an incident, its testimonies and tolls -> how well it is attested, and its UCDP codes.

Airwars' five steps, on independent origins instead of outlets: *confirmed* where a party accepts the harm as its own,
*contested* where parties are said to have done it who blame or deny each other, *discounted* where only fighters died,
*fair* where two independent origins attest it, *weak* where one does. UCDP's codes: type of violence 1 (state), 2 (between
other groups), 3 (against civilians); event_clarity 1 where single events are told, 2 where a sum over days or areas is;
date_prec 1 (the day) to 5; where_prec 1 (the place) to 7.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from tollbook.model.claim import Basis
from tollbook.model.incident import Grade, Incident, ReviewState, Side
from tollbook.model.origin import CARRIERS, OriginRef
from tollbook.model.review import Review
from tollbook.model.testimony import Days, Site, Testimony

_FIGHTERS = ("armed_forces", "security_forces", "armed_group")
_SILENT = ("superseded", "set_aside", "out_of_scope")
_NOT_ADDED = (*_SILENT, "same_origin", "repeated", "agrees")
_STATE = "Government of "
_LEVELS = {"point": 1, "locality": 1, "adm2": 3, "adm1": 4, "region": 5, "country": 6}
_BLAME: tuple[Basis, ...] = ("stated", "alleged", "suspected", "claimed", "admitted")


def grade(incident: Incident, members: Sequence[Testimony], reviews: Sequence[Review] = ()) -> Incident:
    """Grade an incident by its independent origins and admissions (Airwars), and code it (UCDP GED).

    An origin is independent when somebody else than those who pass figures on gave it, or when an outlet names no source and
    nobody else gives figures. A grade that a person gave stands, and so does a person's signature.
    """
    origins = _origins(incident, members)
    sides = _sides(members)
    step, reason = _step(incident, members, origins, sides)
    ids = {incident.id, *incident.previous_ids}
    for review in reviews:
        if review.action == "grade" and ids & set(review.targets) and review.new:
            step = review.new  # type: ignore[assignment]  # a grade, as the person chose it
            reason = f"graded by {review.by}" + (f": {review.reason}" if review.reason else "")
    return replace(
        incident,
        independent_origins=origins,
        parties=sides,
        type_of_violence=_type(members, sides),
        clarity=_clarity(incident),
        date_prec=_date_precision(incident.period),
        where_prec=_where_precision(incident.place, incident.places),
        grade=step,
        grade_reason=reason,
        review=_review(reviews, ids, members),
    )


def _origins(incident: Incident, members: Sequence[Testimony]) -> tuple[OriginRef, ...]:
    """Return the origins that attest the harm an incident is known by (the dead, where there are any), each once.

    Left out are carriers beside those whom they carry, and what a side says of those it fought.
    """
    main = next((t.harm for t in incident.tolls), None)
    entries = {e.claim: e for t in incident.tolls if t.status == "all" for e in t.ledger}
    found: dict[str, OriginRef] = {}
    carriers: dict[str, OriginRef] = {}
    for one in sorted(members, key=lambda t: t.id):
        entry = entries.get(one.id)
        if one.claim.scope != "incident" or one.claim.modality not in ("asserted", "estimated"):
            continue
        if one.claim.state == "rejected" or one.claim.count.kind == "none" or one.claim.harm != main:
            continue
        if one.origin.kind in ("military", "belligerent") and one.claim.victims.status in _FIGHTERS:
            continue
        if one.origin.kind in CARRIERS:
            if entry is not None and entry.use not in _NOT_ADDED:
                carriers.setdefault(one.origin.id, one.origin)
        elif entry is None or entry.use not in ("set_aside", "out_of_scope"):
            found.setdefault(one.origin.id, one.origin)
    chosen = found or dict(
        sorted(carriers.items())[:1]
    )  # outlets without a source are one voice, whoever they are
    return tuple(chosen[i] for i in sorted(chosen))


def _sides(members: Sequence[Testimony]) -> tuple[Side, ...]:
    """Return the parties that claims name as those who did it, with every footing and the origins that say so."""
    bases: dict[str, set[Basis]] = {}
    origins: dict[str, set[str]] = {}
    for one in members:
        for party in one.claim.by:
            bases.setdefault(party.name, set()).add(party.basis)
            origins.setdefault(party.name, set()).add(one.origin.id)
    return tuple(Side(n, tuple(sorted(bases[n])), tuple(sorted(origins[n]))) for n in sorted(bases))


def _step(
    incident: Incident, members: Sequence[Testimony], origins: Sequence[OriginRef], sides: Sequence[Side]
) -> tuple[Grade, str]:
    owning = [s.name for s in sides if {"admitted", "claimed"} & set(s.bases)]
    owning += sorted({a.speaker.name for t in members for a in t.answers if a.act == "admits"})
    blamed = [s.name for s in sides if set(s.bases) & set(_BLAME)]
    denying = sorted({a.speaker.name for t in members for a in t.answers if a.act == "denies"})
    names = ", ".join(o.name for o in origins)
    if _only_fighters(incident):
        return "discounted", "all whose status is told were fighters or forces of a state"
    if owning:
        return "confirmed", f"{', '.join(dict.fromkeys(owning))} accepted it as their own"
    if denying and len(blamed) > 1:
        return "contested", f"{', '.join(blamed)} are named; {', '.join(denying)} denied it"
    if len(origins) > 1:
        return "fair", f"{len(origins)} independent origins: {names}"
    if not origins:
        return "weak", "nobody but the outlet is named"
    return "weak", f"one origin, through however many reports: {names}"


def _only_fighters(incident: Incident) -> bool:
    told = {
        t.status
        for t in incident.tolls
        if t.harm in ("killed", "injured") and t.status != "all" and (t.best or t.low or t.high)
    }
    return bool(told) and told <= set(_FIGHTERS)


def _type(members: Sequence[Testimony], sides: Sequence[Side]) -> int | None:
    """Return UCDP's type_of_violence: 3 where civilians are whom it was done to, 1 where a state fights, 2 where others do."""
    civilians = _sum(members, ("civilian",))
    fighters = _sum(members, _FIGHTERS)
    states = any(s.name.startswith(_STATE) for s in sides) or any(
        t.claim.victims.status in ("armed_forces", "security_forces") for t in members
    )
    if civilians and civilians >= fighters:
        return 3
    if fighters:
        return 1 if states else 2
    return None


def _sum(members: Sequence[Testimony], statuses: Sequence[str]) -> int:
    """Return the largest figure of the dead that is told of some statuses."""
    own = (t.claim.count for t in members if t.claim.harm == "killed" and t.claim.victims.status in statuses)
    return max((c.best or c.low or 0 for c in own), default=0)


def _clarity(incident: Incident) -> int:
    """Return UCDP's event_clarity: 1 for a single event, 2 for what is only told as a sum over days or areas."""
    period = incident.period
    days = 0 if period is None else (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days
    wide = incident.place is None or incident.place.level in ("adm1", "region", "country")
    return 2 if days > 1 or wide else 1


def _date_precision(period: Days | None) -> int | None:
    """Return UCDP's date_prec of a period: 1 a day, 2 up to six days, 3 a week, 4 a month, 5 longer."""
    if period is None:
        return None
    days = (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days + 1
    made = 1 if days == 1 else 2 if days <= 6 else 3 if days <= 7 else 4 if days <= 31 else 5
    return max(made, 2) if not period.stated else made


def _where_precision(place: Site | None, places: Sequence[Site]) -> int | None:
    if place is None:
        return None
    if place.level == "adm1" and len({s.adm1 for s in places if s.level == "adm1"}) > 1:
        return 5  # an area over several divisions
    return place.precision or _LEVELS.get(place.level or "", 7)


def _review(reviews: Sequence[Review], ids: set[str], members: Sequence[Testimony]) -> ReviewState:
    touched = {*ids, *(t.id for t in members)}
    state: ReviewState = "machine"
    for review in reviews:
        if touched & set(review.targets):
            state = "signed_off" if review.action == "sign_off" else "in_review"
    return state
