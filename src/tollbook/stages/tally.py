"""tally: the testimonies of one incident -> its tolls: low, best and high, with the whole ledger.

First what counts at all is told from what does not (`_sift`); then each origin is heard on what it says now (`_tally/voices.py`);
then the origins are put side by side (`_tally/across.py`). The ledger of the row `all` has every claim of its harm exactly once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tollbook.model.claim import HARMS
from tollbook.model.incident import Conflict
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.model.toll import Entry, Toll
from tollbook.profiles.profile import derive_again, load_profile
from tollbook.profiles.toll_rule import TollRule
from tollbook.stages._tally.areas import shared_out
from tollbook.stages._tally.sums import ORDER, Sums
from tollbook.stages._tally.voices import ALL, GENERIC, Ledger, Links, links_of, listen

_COUNTED = ("asserted", "estimated")
_ARMED = ("armed_group", "armed_forces", "security_forces")
_SIDES = ("military", "belligerent", "police")


@dataclass(frozen=True, slots=True)
class Tallied:
    """The tolls of an incident, and what disagrees."""

    tolls: tuple[Toll, ...]
    conflicts: tuple[Conflict, ...] = ()


def tally(
    members: Sequence[Testimony],
    reviews: Sequence[Review],
    rule: TollRule,
    *,
    incident: str = "",
    previous: Sequence[str] = (),
    floors: frozenset[str] = frozenset(),
) -> Tallied:
    """Add up what the members of one incident say, by a rule.

    `floors` are the origins that count only what they verified. A correction that a person made of a toll (targets: the
    incident or one of its `previous` ids, field `toll.<harm>.<status>`, new `low/best/high`) stands above every rule.
    """
    tolls: list[Toll] = []
    conflicts: list[Conflict] = []
    counting = load_profile(rule.counts)
    if rule.unsaid == "civilian":
        members = [_as_civilian(t) for t in members]
    every = links_of(members)
    for harm in HARMS:
        own = [t for t in sorted(members, key=lambda t: t.id) if t.claim.harm == harm]
        if not own:
            continue
        ledger = Ledger()
        heard = _with_wholes(_sift(own, ledger, rule), every, ledger, rule)
        counted = {t.id: derive_again(t.claim.count, counting) for t in heard}
        some = [t for t in heard if all(f is None for f in counted[t.id]) or t.claim.count.kind == "some"]
        plain = [t for t in heard if t not in some] if len(some) < len(heard) else heard
        if plain is not heard:
            ledger.write([t.id for t in some], "agrees", "gives no figure and contradicts none")
        plain = _without_orphans(plain, {t.id for t in some}, every, ledger)
        enemies = {t.id for t in plain if _of_enemy(t)} if rule.belligerents != "all" else set()
        links = every.among({t.id for t in plain})
        plain = _without_groups(plain, links, ledger)
        foe = [t for t in plain if t.id in enemies]
        plain, parts = shared_out([t for t in plain if t.id not in enemies], links.whole)
        voices = listen(plain, counted, links, ledger)
        foes = listen(foe, counted, links, ledger)
        sums = Sums(rule, floors, ledger, voices, foes)
        areas = [
            listen(some, counted, links, ledger)
            for _, some in sorted(parts.items(), key=lambda p: sorted(p[0]))
        ]
        rows, found = sums.rows(harm, own, [Sums(rule, floors, ledger, a, ()) for a in areas])
        tolls += rows
        conflicts += found
    return Tallied(_by_people(tolls, reviews, {incident, *previous}), tuple(conflicts))


def _as_civilian(one: Testimony) -> Testimony:
    """Take people of whom nothing is said for civilians, as Airwars does."""
    victims = one.claim.victims
    if victims.status != "unknown":
        return one
    return replace(one, claim=replace(one.claim, victims=replace(victims, status="civilian")))


def _sift(own: Sequence[Testimony], ledger: Ledger, rule: TollRule) -> list[Testimony]:
    """Return what counts; write down why the rest does not."""
    heard = []
    for one in own:
        claim = one.claim
        entry = one.entry
        if claim.state == "rejected":
            ledger.write([one.id], "set_aside", "rejected by a person")
        elif one.superseded_by is not None:
            ledger.write([one.id], "superseded", "a newer version of the report replaces it")
        elif claim.scope != "incident":
            ledger.write(
                [one.id], "out_of_scope", f"“{claim.count.quote}” is told as {claim.scope}, not of this event"
            )
        elif claim.modality not in _COUNTED:
            ledger.write(
                [one.id], "set_aside", f"“{claim.count.quote}” is {claim.modality}, not stated as a fact"
            )
        elif entry is not None and entry.use in ("superseded", "repeated", "set_aside", "agrees"):
            ledger.write([one.id], entry.use, f"in its own report: {entry.reason}")
        elif rule.civilians == "only" and not _civilian(one):
            status = claim.victims.status.replace("_", " ")
            ledger.write(
                [one.id], "out_of_scope", f"the {rule.name} rule counts civilians; these are told as {status}"
            )
        else:
            heard.append(one)
    return heard


def _with_wholes(heard: Sequence[Testimony], links: Links, ledger: Ledger, rule: TollRule) -> list[Testimony]:
    """Leave out the parts of totals that do not count; but where only civilians count, civilians stand by themselves."""
    ids = {t.id for t in heard}
    kept = []
    for one in heard:
        whole = links.whole.get(one.id)
        if (
            whole is None
            or whole.id in ids
            or (rule.civilians == "only" and not _civilian(whole) and one.claim.victims.status == "civilian")
        ):
            kept.append(one)
        else:
            words = f"a part of “{whole.claim.count.quote}”, which does not count here"
            ledger.write([one.id], "part_of", words)
    return kept


def _without_orphans(
    plain: Sequence[Testimony], some: set[str], links: Links, ledger: Ledger
) -> list[Testimony]:
    """Leave out the parts of what has no figure ("fighters, three of them women") where others give figures of everyone."""
    orphans = [t for t in plain if (whole := links.whole.get(t.id)) is not None and whole.id in some]
    others = [t for t in plain if t not in orphans]
    if not others:
        return list(plain)
    for one in orphans:
        words = f"“{one.claim.count.quote}” is a part of “{links.whole[one.id].claim.count.quote}”, not added"
        ledger.write([one.id], "part_of", words)
    return others


def _without_groups(plain: Sequence[Testimony], links: Links, ledger: Ledger) -> list[Testimony]:
    """Take out the figures of groups (children, women, a calling) that are among others told without a group."""

    def value(one: Testimony) -> int:
        return one.claim.count.best or one.claim.count.low or 0

    def grouped(one: Testimony) -> bool:
        victims = one.claim.victims
        return victims.age_group is not None or victims.sex is not None or bool(victims.identities)

    whole = [t for t in plain if not grouped(t)]
    kept = []
    for one in plain:
        victims = one.claim.victims
        overlaps = victims.age_group is not None or victims.sex is not None
        around = [t for t in whole if value(t) >= value(one) and (overlaps or t.origin.id == one.origin.id)]
        around = [
            t
            for t in around
            if victims.status in GENERIC
            or (t.claim.victims.status == victims.status or t.claim.victims.status in GENERIC)
        ]
        if grouped(one) and one.id not in links.whole and around:
            first = min(around, key=lambda t: (t.origin.id != one.origin.id, t.id))
            words = f"“{one.claim.count.quote}” is a group among “{first.claim.count.quote}”, never added"
            ledger.write([one.id], "part_of", words)
        else:
            kept.append(one)
    return kept


def _civilian(one: Testimony) -> bool:
    status = one.claim.victims.status
    return status == "civilian" or status in GENERIC


def _of_enemy(one: Testimony) -> bool:
    """Tell whether a side speaks of those whom it fought."""
    origin, victims = one.origin, one.claim.victims
    if victims.status in _ARMED and any(p.basis == "claimed" for p in one.claim.by):
        return True
    if origin.kind not in _SIDES and origin.party is None:
        return False
    if any(p.basis == "claimed" for p in one.claim.by):
        return True
    if victims.affiliation is not None and origin.party is not None and not origin.party.startswith("state:"):
        return victims.affiliation != origin.party and victims.status in _ARMED
    if victims.status == "armed_group":
        return origin.kind in _SIDES
    return victims.status in ("armed_forces", "security_forces") and origin.kind == "belligerent"


def _by_people(tolls: Sequence[Toll], reviews: Sequence[Review], ids: set[str]) -> tuple[Toll, ...]:
    """Put what people decided on a toll in the place of what the rule made; the newest decision on a row holds."""
    made = {(t.harm, t.status): t for t in tolls}
    for review in reviews:
        field = (review.field or "").split(".")
        if (
            review.action != "correct"
            or field[0] != "toll"
            or not ids & set(review.targets)
            or len(field) < 2
        ):
            continue
        harm, status = field[1], field[2] if len(field) > 2 else ALL
        low, best, high = (int(f) if f else None for f in ([*(review.new or "").split("/"), "", "", ""])[:3])
        old = made.get((harm, status))  # type: ignore[arg-type]  # a harm and a status as words
        why = f"set to {review.new} by {review.by}" + (f": {review.reason}" if review.reason else "")
        ledger = (Entry(review.id, "used", why), *(old.ledger if old is not None else ()))
        made[harm, status] = Toll(harm, status, low, best, high, ledger)  # type: ignore[index,arg-type]  # as above
    return tuple(made[k] for k in sorted(made, key=lambda k: (HARMS.index(k[0]), k[1] != ALL, _row(k[1]))))


def _row(status: Mapping[str, str] | str) -> int:
    return next((n for n, s in enumerate(ORDER) if s == status), -1)
