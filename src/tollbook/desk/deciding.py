"""deciding: what a person decides -> kept as an input, and everything it touches counted anew.

A decision never edits anything: it is applied again whenever the record is computed, whatever has come since. Whoever decides
names the version that was seen (`expected`); where that is no longer the present one, the decision is refused, so that nobody
overrules what they have not seen.
"""

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import get_args

from sqlalchemy import Connection

from tollbook.desk.asking import follow, resolved
from tollbook.desk.giving import claims_led_to, with_voice
from tollbook.desk.keeping import PROGRAM
from tollbook.desk.recounting import recount
from tollbook.desk.targets import check_targets, missing
from tollbook.desk.waiting import open_claims, queue
from tollbook.errors import ConflictError, UsageError
from tollbook.model.answer import IncidentLine
from tollbook.model.review import Action, Review
from tollbook.register import deciders, neighbours, present
from tollbook.register.incidents import Writer
from tollbook.register.moment import NOW, now
from tollbook.register.register import Register
from tollbook.stages.heed import in_force

_REASONED = ("merge", "split", "reject", "correct", "assign", "grade", "revoke")  # never without a reason
_OTHERWISE = {
    "add": "a claim is added by the words that state it",
    "relate": "correct part_of or supersedes of the claim",
}


def decide(
    register: Register,
    action: Action,
    targets: Sequence[str],
    *,
    by: str,
    reason: str | None = None,
    field: str | None = None,
    old: str | None = None,
    new: str | None = None,
    expected: Mapping[str, int] | None = None,
) -> Review:
    """Record a decision and count anew what it touches; return it as it was kept.

    `targets` are ids of claims, incidents, origins or decisions, as model/review.py says for each action; `expected` gives
    for some of them the version that the person saw (IncidentLine.version, ReportCard.claim_versions). Raises UsageError for
    what cannot be decided, ConflictError where something was decided or changed in the meantime.
    """
    wish = Wish(action, tuple(targets), field, old, new)
    return decide_all(register, [wish], by=by, reason=reason, expected=expected)[0]


@dataclass(frozen=True, slots=True)
class Wish:
    """A decision as a person asks for it, before it is kept; see model/review.py for what each part means."""

    action: Action
    targets: tuple[str, ...]
    field: str | None = None
    old: str | None = None
    new: str | None = None


def decide_all(
    register: Register,
    wishes: Sequence[Wish],
    *,
    by: str,
    reason: str | None = None,
    expected: Mapping[str, int] | None = None,
) -> list[Review]:
    """Record decisions made together, all of them or none, and count anew what they touch. See `decide`."""
    _check(wishes, by, reason)
    with register.writing() as connection:
        return _kept(connection, wishes, by, reason, expected or {})


class _TriedError(Exception):
    """Leave a transaction that was only tried."""


def preview(
    register: Register, wishes: Sequence[Wish], *, by: str, reason: str | None = None
) -> tuple[list[IncidentLine], list[IncidentLine]]:
    """Return the incidents that decisions would touch, as they are and as they would become; nothing is kept.

    What is only tried needs no reason yet.
    """
    reason = reason or "tried"
    _check(wishes, by, reason)
    before: list[IncidentLine] = []
    after: list[IncidentLine] = []
    with suppress(_TriedError), register.writing() as connection:
        about = [Review("", "", by, w.action, w.targets, w.field, w.old, w.new, reason) for w in wishes]
        claims = {n for review in about for n in _touched(connection, review)}
        ids = _incidents_of(connection, claims)
        claims |= neighbours.members_of(connection, ids, ())
        before = present.some(connection, sorted(ids))
        _kept(connection, wishes, by, reason, {})
        after = present.some(connection, sorted(_incidents_of(connection, claims)))
        raise _TriedError
    return before, after


def _incidents_of(connection: Connection, claims: set[int]) -> set[str]:
    return {held for held, _ in neighbours.places_of(connection, claims).values() if held is not None}


def _check(wishes: Sequence[Wish], by: str, reason: str | None) -> None:
    for wish in wishes:
        action = wish.action
        if action not in get_args(Action):
            raise UsageError(f"no decision '{action}' - there are: {', '.join(get_args(Action))}")
        if action in _OTHERWISE:
            raise UsageError(f"{action}: not so - {_OTHERWISE[action]}")
        if not wish.targets:
            raise UsageError(f"{action}: about what? - give the ids of claims or incidents")
        if action in _REASONED and not (reason or "").strip():
            raise UsageError(f"{action}: why? - give a reason, which is kept with the decision")
        if not by.strip():
            raise UsageError(f"{action}: who decides? - give a name, which is kept with the decision")


def _kept(
    connection: Connection,
    wishes: Sequence[Wish],
    by: str,
    reason: str | None,
    expected: Mapping[str, int],
) -> list[Review]:
    """Keep decisions in the writer's transaction and count anew what they touch, once."""
    for target, version in expected.items():
        _unchanged(connection, target, version)
    made: list[Review] = []
    touched: set[int] = set()
    at = now()
    for wish in wishes:
        id = _id(deciders.next_id(connection), at, by, wish.action, wish.targets)
        why = reason.strip() if reason else None
        review = Review(id, at, by.strip(), wish.action, wish.targets, wish.field, wish.old, wish.new, why)
        check_targets(connection, review)
        review = with_voice(connection, review)
        touched |= _touched(connection, review)
        deciders.keep(connection, review, program=PROGRAM)
        made.append(review)
    recount(connection, touched, Writer(at, by, PROGRAM, at), cause=f"review {made[-1].id}")
    return made


def undo(
    register: Register, review: str, *, by: str, reason: str, expected: Mapping[str, int] | None = None
) -> Review:
    """Take a decision back, which is itself a decision; what it changed comes out as before, with all that came since."""
    return decide(register, "revoke", [whole_id(register, review)], by=by, reason=reason, expected=expected)


def whole_id(register: Register, review: str) -> str:
    """Return the id of the decision that begins so; UsageError where none does, or several do."""
    with register.reading() as connection:
        ids = [r.id for r in neighbours.reviews(connection)]
    found = [id for id in ids if id == review or (len(review) > 2 and id.startswith(review))]
    if len(found) != 1:
        what = "is no decision" if not found else f"begins {len(found)} decisions"
        raise UsageError(f"'{review}' {what} - list them with: tollbook decisions")
    return found[0]


def merge(
    register: Register,
    incidents: Sequence[str],
    *,
    by: str,
    reason: str,
    expected: Mapping[str, int] | None = None,
) -> Review:
    """Say that incidents are one event; their ids go on leading to it."""
    if len(set(incidents)) < 2:
        raise UsageError("merge: give two or more incidents")
    return decide(register, "merge", _present(register, incidents), by=by, reason=reason, expected=expected)


def split(
    register: Register,
    incident: str,
    claims: Sequence[str],
    *,
    by: str,
    reason: str,
    expected: Mapping[str, int] | None = None,
) -> Review:
    """Say that some claims of an incident are another event; claims are given by their ids or the beginning of them."""
    with register.reading() as connection:
        _, found = resolved(connection, incident, NOW)
    chosen = [_one_of(found.testimonies, claim, found.id) for claim in claims]
    if len(set(chosen)) == len(found.testimonies):
        raise UsageError(f"split: these are all claims of {found.id} - leave at least one behind")
    stay = " ".join(t for t in found.testimonies if t not in chosen)
    return decide(register, "split", chosen, by=by, reason=reason, old=found.id, new=stay, expected=expected)


def _present(register: Register, ids: Sequence[str]) -> list[str]:
    with register.reading() as connection:
        return [resolved(connection, id, NOW)[1].id for id in ids]


def _one_of(claims: Sequence[str], words: str, incident: str) -> str:
    found = [claim for claim in claims if claim == words or (len(words) > 2 and claim.startswith(words))]
    if len(found) != 1:
        what = "is no claim" if not found else "begins more than one claim"
        raise UsageError(f"split: '{words}' {what} of {incident} - see them with: tollbook show {incident}")
    return found[0]


def _id(n: int, at: str, by: str, action: str, targets: Sequence[str]) -> str:
    return "r" + hashlib.sha256("|".join((str(n), at, by, action, *targets)).encode()).hexdigest()[:12]


def _unchanged(connection: Connection, target: str, version: int) -> None:
    incident = deciders.incident_version(connection, target)
    found = incident or deciders.claim_version(connection, target)
    if found != version:
        raise ConflictError(
            f"{target} has changed since you looked at it (version {version}, now {found}) - look again, then decide"
        )


def _touched(connection: Connection, review: Review) -> set[int]:
    """Return the claims that a decision is about."""
    if review.action == "revoke":
        about = [r for r in neighbours.reviews(connection) if r.id in review.targets]
        return {n for other in about for n in _touched(connection, other)}
    ids = [*review.targets, *([review.new] if review.action == "assign" and review.new else [])]
    return {
        *neighbours.numbers_of(connection, ids).values(),
        *neighbours.founders_of(connection, ids).values(),
        *(claims_led_to(connection, ids) if review.action == "unify" else ()),
        *deciders.claims_of_reports(connection, ids),
    }


def decisions(register: Register, *, about: str | None = None) -> list[tuple[Review, bool]]:
    """Return decisions, newest first, each with whether it is in force; those about one id where one is named."""
    with register.reading() as connection:
        every = neighbours.reviews(connection)
        names = {about, follow(connection, about) if about else None} - {None}
    holding = {review.id for review in in_force(every)}
    chosen = [r for r in every if not names or names.intersection((*r.targets, r.new, r.id))]
    return [(r, r.id in holding or r.action == "revoke") for r in reversed(chosen)]


def decisions_named(register: Register, ids: Sequence[str]) -> dict[str, Review]:
    """Return decisions by their ids; ids of none are left out."""
    with register.reading() as connection:
        return {review.id: review for review in deciders.named(connection, ids)}


def lost(register: Register) -> list[tuple[Review, str]]:
    """Return the decisions in force whose claim, incident or origin the register does not hold any more, and why."""
    with register.reading() as connection:
        return [
            (review, f"is about {', '.join(gone)}, which the record does not hold")
            for review in in_force(neighbours.reviews(connection))
            if (gone := missing(connection, review))
        ]


__all__ = [
    "Wish", "decide", "decide_all", "decisions", "decisions_named", "lost", "merge", "open_claims", "preview", "queue", "split",
    "undo",
]  # fmt: skip
