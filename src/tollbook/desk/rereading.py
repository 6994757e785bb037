"""rereading: reports there are, read with the packs of today -> what their claims would be, beside what they are; taken over.

A claim's id is its words, so what people decided about it holds whatever reads it. A claim about which somebody decided stays
even where it is not found any more, with those it is a part of or replaces; what a person added stays as well. What stood until
now stays for questions about earlier moments.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy import Connection

from tollbook.desk.bulk_reading import read_item
from tollbook.desk.differing import changes, told
from tollbook.desk.keeping import PROGRAM
from tollbook.desk.preparing import parcel_of
from tollbook.desk.recounting import recount
from tollbook.errors import Problem, UsageError
from tollbook.model.incident import incident_id
from tollbook.model.reading import Reading
from tollbook.model.report import Report
from tollbook.model.rereading import Difference, Standing, Sum
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony, claim_key
from tollbook.register import differences, neighbours, readings
from tollbook.register.incidents import Writer
from tollbook.register.moment import now
from tollbook.register.parcel import ClaimRow, Parcel
from tollbook.register.readings import Anew
from tollbook.register.register import Register
from tollbook.sources import Received
from tollbook.stages.heed import in_force

_BATCH = 50  # reports compared between two looks at the switches
_TAKEN = 20  # reports taken over together
_SHOWN = 50  # problems that are named
_DECODER = msgspec.json.Decoder(Testimony)
READER = "person"


@dataclass(frozen=True, slots=True)
class _Old:
    """A claim as it stands: its number and its testimony."""

    n: int
    told: Testimony


def compare(register: Register, job: str, *, after: Standing | None = None) -> Iterator[Standing]:
    """Read all reports that stand anew and keep under a job's id what would change; yield how far it is after each batch.

    Nothing of the record changes. With `after` it goes on where it was. A report that cannot be read is a problem, and its
    claims stay.
    """
    so_far = after or Standing()
    with register.writing() as connection:
        differences.forget_others(connection, [job] if after else [])
        total = so_far.done + readings.how_many(connection, so_far.at)
    so_far = replace(so_far, total=total)
    yield so_far
    while True:
        with register.reading() as connection:
            rows = readings.standing(connection, so_far.at, _BATCH)
            found, problems = _compared(connection, rows)
        if not rows:
            return
        with register.writing() as connection:
            differences.put(connection, job, found)
            summed = differences.summed(connection, job)
        so_far = Standing(
            so_far.done + len(rows), total, _counts(summed), (*so_far.problems, *problems)[:_SHOWN],
            so_far.unread + len(problems), rows[-1].n,
        )  # fmt: skip
        yield so_far


def _counts(summed: Sum) -> tuple[tuple[str, int], ...]:
    names = ("reports", "gained", "lost", "changed", "kept", "taken")
    return tuple((name, getattr(summed, name)) for name in names)


def _compared(
    connection: Connection, rows: Sequence[Any]
) -> tuple[list[tuple[int, Difference]], list[tuple[str, str]]]:
    holding = in_force(neighbours.reviews(connection))
    claims = readings.claims_of(connection, [row.n for row in rows])
    found: list[tuple[int, Difference]] = []
    problems: list[tuple[str, str]] = []
    for row in rows:
        old = _old(claims.get(row.n, ()))
        made = _anew(row, old, holding)
        if isinstance(made, Problem):
            problems.append((row.title or row.key[:12], made.what))
            continue
        one, kept = made
        if one or kept:
            found.append((row.n, _difference(row, one, old, kept)))
    return found, problems


def _old(rows: Iterable[Any]) -> dict[str, _Old]:
    return {row.id: _Old(row.n, _DECODER.decode(row.body)) for row in rows}


def _anew(
    row: Any, old: Mapping[str, _Old], holding: Sequence[Review]
) -> tuple[Anew, frozenset[str]] | Problem:
    """Read a report anew; return what changes, and the ids of the claims that stay though they are not found any more."""
    report = Report(
        row.id, row.content, row.ref, row.url, row.title, row.publisher, row.author, row.published, row.retrieved,
        row.language, row.media_type, row.original,
    )  # fmt: skip
    profile = next((o.told.claim.count.profile for o in old.values() if _is_read(o)), "house")
    item = Received(report, row.title or row.key[:12])
    reading = read_item(item, profile, said=row.language is not None)
    if isinstance(reading, Problem):
        return reading
    parcel = parcel_of(_named(reading, row.key, old), row.key)
    return _apart(row.n, parcel, old, holding)


def _is_read(one: _Old) -> bool:
    return one.told.claim.reader != READER


def _named(reading: Reading, key: str, old: Mapping[str, _Old]) -> Reading:
    """Return a reading whose claims bear the names that they have in the register; new ones get names that are free.

    Relations between claims of a report go by these names, and claims that stay must not come to mean others.
    """
    taken = {one.told.claim.id for one in old.values()}
    names: dict[str, str] = {}
    free = (f"c{n}" for n in range(1, 10**9))
    for claim in reading.claims:
        held = old.get(claim_key(key, claim))
        names[claim.id] = held.told.claim.id if held else next(n for n in free if n not in taken)
    claims = tuple(
        replace(
            c, id=names[c.id], supersedes=names.get(c.supersedes or "", c.supersedes),
            part_of=replace(c.part_of, claim=names.get(c.part_of.claim, c.part_of.claim)) if c.part_of else None,
        )
        for c in reading.claims
    )  # fmt: skip
    statements = tuple(
        replace(s, claims=tuple(names.get(n, n) for n in s.claims)) for s in reading.statements
    )
    toll = tuple(
        replace(t, ledger=tuple(replace(e, claim=names.get(e.claim, e.claim)) for e in t.ledger))
        for t in reading.toll
    )
    return replace(reading, claims=claims, statements=statements, toll=toll)


def _apart(
    n: int, parcel: Parcel, old: Mapping[str, _Old], holding: Sequence[Review]
) -> tuple[Anew, frozenset[str]]:
    """Tell apart which claims are gained, changed and lost, and which stay by a person's decision."""
    new = {row.id: row for row in parcel.claims}
    gained = tuple(row for id, row in new.items() if id not in old)
    changed = tuple(
        (old[id].n, row)
        for id, row in new.items()
        if id in old and _is_read(old[id]) and changes(old[id].told, _DECODER.decode(row.body))
    )
    missing = {id for id, one in old.items() if id not in new and _is_read(one)}
    kept = _kept(missing, old, holding)
    return Anew(n, parcel, gained, changed, tuple(old[id].n for id in sorted(missing - kept))), kept


def _kept(missing: set[str], old: Mapping[str, _Old], holding: Sequence[Review]) -> frozenset[str]:
    """Return of the claims that are not found any more those that stay: decided on, or needed by one that stays."""
    decided: set[str] = set()
    related: set[str] = set()  # names within the report that people set as relations
    for review in holding:
        decided.update(review.targets)
        decided.update((review.new or "").split() if review.action == "split" else ())
        if review.action == "correct" and review.field in ("part_of", "supersedes") and review.new:
            related.add(review.new)
    local = {one.told.claim.id: id for id, one in old.items()}
    mine = {id for id in old if id in decided or incident_id(id) in decided or not _is_read(old[id])}
    staying = set(mine)
    staying |= {local[name] for name in related if name in local and mine}
    waiting = list(staying)
    while waiting:
        claim = old[waiting.pop()].told.claim
        for name in (claim.part_of.claim if claim.part_of else None, claim.supersedes):
            if name in local and local[name] not in staying:
                staying.add(local[name])
                waiting.append(local[name])
    return frozenset(missing & staying)


def _difference(row: Any, one: Anew, old: Mapping[str, _Old], kept: frozenset[str]) -> Difference:
    numbers = {o.n: o for o in old.values()}
    made = [
        *(told("gained", None, _DECODER.decode(r.body)) for r in one.gained),
        *(told("changed", numbers[n].told, _DECODER.decode(r.body)) for n, r in one.changed),
        *(told("lost", numbers[n].told, None) for n in one.lost),
        *(told("kept", old[id].told, None) for id in sorted(kept)),
    ]
    return Difference(row.key, row.title, row.publisher, row.published, tuple(made), _digest(one))


def _digest(one: Anew) -> str:
    """Return the digest of what changes, by which it is known again when it is taken over."""
    rows: list[ClaimRow] = [*one.gained, *(row for _, row in one.changed)]
    return readings.digest_of(
        [*((row.id, row.body.decode()) for row in rows), *((str(n), "lost") for n in one.lost)]
    )


def take_over(
    register: Register, job: str, *, by: str, reason: str, after: Standing | None = None
) -> Iterator[Standing]:
    """Put what a comparison found in the place of what there is, some reports at a time, and count anew what they touch.

    Yield how far it is after each batch; what was taken over stays when it is broken off, and the rest goes on from there. A
    report that would be read otherwise than when it was compared (other packs, a decision since) is left, and told as a
    problem. Raises UsageError without a reason.
    """
    if not reason.strip():
        raise UsageError("reread: why? - give a reason, which is kept with the change")
    so_far = after or Standing()
    with register.reading() as connection:
        summed = differences.summed(connection, job)
    so_far = replace(so_far, total=summed.reports, done=summed.taken, counts=_counts(summed))
    yield so_far
    while True:
        with register.writing() as connection:
            waiting = differences.waiting(connection, job, _TAKEN)
            if not waiting:
                return
            problems = _taken(connection, job, waiting, by, reason.strip())
            summed = differences.summed(connection, job)
        so_far = Standing(
            summed.taken, summed.reports, _counts(summed), (*so_far.problems, *problems)[:_SHOWN],
            so_far.unread + len(problems), waiting[-1].report,
        )  # fmt: skip
        yield so_far


def _taken(
    connection: Connection, job: str, waiting: Sequence[Any], by: str, reason: str
) -> list[tuple[str, str]]:
    """Take reports over in the writer's transaction."""
    at = now()
    holding = in_force(neighbours.reviews(connection))
    wanted = {row.report: row.digest for row in waiting}
    rows = [r for n in wanted for r in readings.standing(connection, n - 1, 1) if r.n == n]
    claims = readings.claims_of(connection, wanted)
    problems: list[tuple[str, str]] = []
    ready: list[Anew] = []
    for row in rows:
        made = _anew(row, _old(claims.get(row.n, ())), holding)
        if isinstance(made, Problem) or _digest(made[0]) != wanted[row.n]:
            why = made.what if isinstance(made, Problem) else "is read otherwise by now - compare again"
            problems.append((row.title or row.key[:12], why))
        elif made[0]:
            ready.append(made[0])
    if ready:
        _put(connection, ready, at, by, reason, job)
    differences.take(connection, job, list(wanted), at)
    return problems


def _put(connection: Connection, ready: Sequence[Anew], at: str, by: str, reason: str, job: str) -> None:
    moved = {n for one in ready for n in (*one.lost, *(n for n, _ in one.changed))}
    emptied = {held for held, _ in neighbours.places_of(connection, moved).values() if held is not None}
    said = {"reason": reason, "comparison": job}
    gained = readings.replace(connection, ready, at=at, by=by, program=PROGRAM, told=said)
    touched = neighbours.claims_of_reports(connection, [one.report for one in ready])
    recount(
        connection,
        touched,
        Writer(at, by, PROGRAM, at),
        cause=f"reread by {PROGRAM}",
        fresh=gained,
        emptied=emptied,
    )


def found_by(
    register: Register, job: str, *, limit: int = 50, offset: int = 0
) -> tuple[Sum, dict[str, int], list[Difference]]:
    """Return what a comparison found: sums, in which parts claims changed, and the reports that differ most."""
    with register.reading() as connection:
        return (
            differences.summed(connection, job),
            differences.fields(connection, job),
            differences.listed(connection, job, limit=limit, offset=offset),
        )


__all__ = ["compare", "found_by", "take_over"]
