"""remembering: each value that a toll had, when, and what moved it; and what any day's figure was, as known on any day.

Two times run side by side. A figure is *told* on the day its report was published; the register *knows* it from the moment
the report was added. So "what was the figure on day X, as known on day Y" has one answer for every X and Y.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from tollbook.desk.asking import When, counted, members_of, resolved
from tollbook.desk.choosing import meant
from tollbook.desk.recounting import decided
from tollbook.model.answer import Figures, Step, Told, Wanted
from tollbook.model.incident import Incident
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.model.toll import Toll
from tollbook.register import neighbours, past, reports
from tollbook.register.moment import moment_of
from tollbook.register.register import Register

_BEFORE = "0000-00-00"  # of reports without a day


def history(register: Register, id: str, *, as_of: When = None, profile: str = "house") -> list[Step]:
    """List each value that the tolls of an incident had, oldest first, in both times.

    Steps of the axis `told` follow the days of publication: what the toll is, from the reports out by that day, as the
    register knows them at `as_of`. Steps of the axis `recorded` are what the register itself said, from when until when; they
    go back to the incidents that became part of this one.
    """
    moment = moment_of(as_of)
    with register.reading() as connection:
        _, incident = resolved(connection, id, moment)
        members = members_of(connection, incident, moment)
        decisions = decided(connection, members, moment)
        return steps_of(connection, incident, members, decisions, moment, profile)


def steps_of(
    connection: Connection, incident: Incident, members: list[Testimony], decisions: list[Review], moment: str,
    profile: str,
) -> list[Step]:  # fmt: skip
    """List the values of an incident's tolls from its testimonies and the decisions about them. See `history`."""
    words = _Words(connection, members, decisions)
    told = list(_told(incident, members, _ends(connection, members), decisions, profile, words))
    ids = sorted({incident.id, *incident.previous_ids, *("i" + one.id[1:13] for one in members)})
    rows = past.tolls(connection, ids, moment)
    words.add(connection, [row.cause for row in rows])
    kept = [
        Step(
            "recorded", row.incident, Figures(row.harm, row.status, row.low, row.best, row.high),
            row.recorded_from, None if row.recorded_to is None or row.recorded_to > moment else row.recorded_to,
            row.cause, words.of(row.cause),
        )
        for row in rows
    ]  # fmt: skip
    return [*told, *kept]


def toll_on(
    register: Register, id: str, day: str, *, as_of: When = None, profile: str = "house"
) -> tuple[Toll, ...]:
    """Return the tolls of an incident on a day (from reports out by then), as known at a moment, with their ledgers."""
    moment = moment_of(as_of)
    with register.reading() as connection:
        _, incident = resolved(connection, id, moment)
        members = members_of(connection, incident, moment)
        decisions = decided(connection, members, moment)
        ends = _ends(connection, members)
    return counted(incident, _out_by(members, ends, day), decisions, profile).tolls


def _day(one: Testimony) -> str:
    return (one.reference.published or _BEFORE)[:10]


def _ends(connection: Connection, members: Sequence[Testimony]) -> dict[str, str]:
    """Return for the reports that took another's place the day on which they were published."""
    newer = {m.superseded_by for m in members if m.superseded_by}
    return {
        line.key: (line.reference.published or _BEFORE)[:10] for line in reports.lines_of(connection, newer)
    }


def _out_by(members: Sequence[Testimony], ends: Mapping[str, str], day: str) -> list[Testimony]:
    """Return what was told up to a day, as it stood then: a version of a page counts until a newer one is out."""
    return [
        replace(m, superseded_by=None) if m.superseded_by and ends.get(m.superseded_by, _BEFORE) > day else m
        for m in members
        if _day(m) <= day
    ]


def _told(
    incident: Incident,
    members: Sequence[Testimony],
    ends: Mapping[str, str],
    decisions: Sequence[Review],
    profile: str,
    words: "_Words",
) -> Iterable[Step]:
    """Yield the steps of an incident's tolls by day of publication."""
    before: dict[tuple[str, str], Toll] = {}
    steps: list[Step] = []
    gone: dict[tuple[str, str], list[str]] = {}  # the days on which a toll was no longer told apart
    for day in sorted({_day(m) for m in members}):
        out = _out_by(members, ends, day)
        tolls: dict[tuple[str, str], Toll] = {}
        for toll in counted(incident, out, list(decisions), profile).tolls:
            tolls[toll.harm, toll.status] = toll
        for key, toll in tolls.items():
            old = before.get(key)
            if old is not None and _values(old) == _values(toll):
                continue
            cause = _mover(toll, old, {m.id for m in out if _day(m) == day})
            figures = Figures(toll.harm, toll.status, *_values(toll))
            steps.append(Step("told", incident.id, figures, day, None, cause, words.of(cause)))
        for key in before.keys() - tolls.keys():
            gone.setdefault(key, []).append(day)
        before = tolls
    return _closed(steps, gone)


def _closed(steps: Sequence[Step], gone: Mapping[tuple[str, str], Sequence[str]]) -> list[Step]:
    """Give each step the day on which another took its place, or on which there was no such toll any more."""
    done: list[Step] = []
    until: dict[tuple[str, str], str] = {}
    for step in reversed(steps):
        key = (step.figures.harm, step.figures.status)
        ends = [day for day in (*gone.get(key, ()), until.get(key)) if day is not None and day > step.start]
        done.append(replace(step, end=min(ends, default=None)))
        until[key] = step.start
    return done[::-1]


def _values(toll: Toll) -> tuple[int | None, int | None, int | None]:
    return toll.low, toll.best, toll.high


def _mover(toll: Toll, old: Toll | None, new: set[str]) -> str:
    """Return the claim of the day that moved a toll: one that counts, else any whose use is another than before."""
    before = {e.claim: e.use for e in old.ledger} if old else {}
    for used in (True, False):
        for entry in toll.ledger:
            if entry.claim in new and (entry.use == "used") is used and before.get(entry.claim) != entry.use:
                return f"claim {entry.claim}"
    return ""


class _Words:
    """What moved a toll, in words: whose figure in which report, or who decided what and why."""

    def __init__(
        self, connection: Connection, members: Sequence[Testimony], decisions: Sequence[Review]
    ) -> None:
        self._claims = {one.id: one for one in members}
        self._reviews = {review.id: review for review in decisions}

    def add(self, connection: Connection, causes: Iterable[str]) -> None:
        """Look up the claims and decisions that causes name and that are not known yet."""
        ids = {cause.partition(" ")[2] for cause in causes}
        missing = {i for i in ids if i.startswith("t") and i not in self._claims}
        numbers = neighbours.numbers_of(connection, missing)
        self._claims |= {one.id: one for one in neighbours.recall(connection, numbers.values()).values()}
        if any(i.startswith("r") and i not in self._reviews for i in ids):
            self._reviews |= {review.id: review for review in neighbours.reviews(connection)}

    def of(self, cause: str) -> str:
        """Say a cause."""
        kind, _, id = cause.partition(" ")
        if kind == "claim" and id in self._claims:
            one = self._claims[id]
            who = dict.fromkeys((one.origin.name, one.reference.publisher or ""))
            day = (one.reference.published or "")[:10]
            return " ".join(
                part for part in (f"“{one.claim.count.quote}”", ", ".join(w for w in who if w), day) if part
            )
        if kind == "review" and id in self._reviews:
            review = self._reviews[id]
            return f"{review.action} by {review.by}" + (f": {review.reason}" if review.reason else "")
        return f"{kind} {id[:8]}" if kind == "report" and id else cause


def told_on(
    register: Register,
    harm: str,
    *,
    on: str | None = None,
    as_of: When = None,
    place: str | None = None,
    origin: str | None = None,
    scope: str = "cumulative",
    age_group: str | None = None,
    modality: str | None = "asserted",
    carry: bool = False,
) -> list[Told]:
    """Return the figures that reports give for a day, as known at a moment: running totals, unless another scope is asked for.

    `on` is the day that the figure is for (all days where None); with `carry` the newest day up to it counts. What a newer
    version of its page had replaced by then is left out. `place` is a name, `origin` a voice's id or name; `age_group` asks for
    the figure of that group, None for that of everybody; `modality` None for figures however put. Newest knowledge comes last.
    """
    moment = moment_of(as_of)
    moment_of(on)
    with register.reading() as connection:
        place = meant(connection, Wanted(place=place)).country or place
        rows: Sequence[Any] = past.claims(
            connection, harm=harm, scope=scope, on=on, place=place, origin=origin, as_of=moment, carry=carry
        )
        told = neighbours.recall(connection, [row.n for row in rows], as_of=moment)
    found = [
        Told(told[row.n], row.day, row.recorded)
        for row in rows
        if told[row.n].claim.victims.age_group == age_group and modality in (None, told[row.n].claim.modality)
    ]
    if carry and found:
        newest = max(one.day for one in found)
        found = [one for one in found if one.day == newest]
    return found
