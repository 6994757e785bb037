"""asking: a question -> what the register says, now or at any earlier moment.

`as_of` is everywhere the day (or date-time) up to which the register's knowledge counts: what did we say then. It is another
thing than the days of the events asked for. All answers are frozen values of `model/answer.py`.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import Connection

from tollbook.desk.choosing import meant
from tollbook.desk.recounting import decided
from tollbook.errors import UsageError
from tollbook.model.answer import (
    Disagreement,
    Hit,
    IncidentCard,
    IncidentLine,
    IncidentPage,
    LogLine,
    OriginLine,
    ReportCard,
    ReportLine,
    Wanted,
)
from tollbook.model.incident import Incident
from tollbook.model.review import Review
from tollbook.model.testimony import Testimony
from tollbook.record import retold
from tollbook.register import deciders, find, neighbours, present, reports, schema, words
from tollbook.register.moment import NOW, moment_of
from tollbook.register.register import Register
from tollbook.stages.heed import heed

When = str | date | datetime | None


def incidents(
    register: Register,
    wanted: Wanted | None = None,
    *,
    as_of: When = None,
    profile: str = "house",
    order: str = "newest",
    limit: int = 50,
    offset: int = 0,
) -> IncidentPage:
    """List the incidents wanted, a page at a time; `order` is newest, oldest, largest or conflicts.

    With another `profile` the tolls shown are counted anew by that school's rule; filters and order stay those of the register.
    """
    moment = moment_of(as_of)
    if order not in find.ORDERS:
        raise UsageError(f"no order '{order}' - there are: {', '.join(find.ORDERS)}")
    with register.reading() as connection:
        page = _page(connection, meant(connection, wanted or Wanted(), moment), moment, order, limit, offset)
        if profile == "house":
            return page
        return replace(page, lines=tuple(_line_by(connection, line, moment, profile) for line in page.lines))


def _page(
    connection: Connection, wanted: Wanted, moment: str, order: str, limit: int, offset: int
) -> IncidentPage:
    """Return a page as known at a moment; that of the present comes from narrow tables."""
    if moment == NOW:
        return present.page(connection, wanted, limit=limit, offset=offset, order=order)
    return find.incidents(connection, wanted, as_of=moment, limit=limit, offset=offset, order=order)


def short_ids(register: Register, ids: Sequence[str]) -> dict[str, str]:
    """Return for incidents' ids the shortest beginnings, of seven letters at least, that name no other incident today."""
    with register.reading() as connection:
        return {id: find.shortest(connection, schema.incident, "id", id) for id in ids}


def incident(register: Register, id: str, *, as_of: When = None, profile: str = "house") -> IncidentCard:
    """Return one incident with everything that stands behind it.

    `id` is its id, the beginning of it, or any id it had before. Raises UsageError where it leads nowhere.
    """
    moment = moment_of(as_of)
    with register.reading() as connection:
        version, found = resolved(connection, id, moment)
        members = members_of(connection, found, moment)
        decisions = decided(connection, members, moment)
        if profile != "house":
            found = counted(found, members, decisions, profile)
        heads = reports.lines_of(connection, found.reports)
        effects, statements = reports.beside(heads, reports.rests_of(connection, found.reports, moment))
        children = find.some_incidents(connection, found.children, moment)
        parents = find.some_incidents(connection, [found.parent] if found.parent else [], moment)
        return IncidentCard(
            found,
            version,
            tuple(heed(members, decisions).testimonies),
            tuple(heads),
            effects,
            statements,
            tuple(children),
            parents[0] if parents else None,
            tuple(decisions),
            profile,
            None if moment == NOW else moment,
        )


def resolved(connection: Connection, id: str, moment: str) -> tuple[int, Incident]:
    """Return the incident that an id leads to, and its version; UsageError where it leads nowhere."""
    found = find.incident(connection, id, moment)
    if found is not None:
        return found
    begun = find.ids_beginning(connection, schema.incident, "id", id) if len(id) > 2 else []
    for candidate in begun[:1] if len(begun) == 1 else []:
        found = find.incident(connection, candidate, moment)
        if found is not None:
            return found
    if len(begun) > 1:
        raise UsageError(f"'{id}' begins more than one id: {', '.join(begun)} … - give more of it")
    led = follow(connection, begun[0] if begun else id)
    found = find.incident(connection, led, moment) if led else None
    if found is None and moment != NOW and (led or begun):
        found = _then(connection, begun[0] if begun else id, moment)
    if found is None:
        when = "" if moment == NOW else f" on {moment[:10]}"
        raise UsageError(f"no incident '{id}'{when} - list them with: tollbook incidents")
    return found


def follow(connection: Connection, id: str) -> str | None:
    """Return the incident in which the founding claim of an id is at present: the id of a former incident leads on."""
    founder = neighbours.founders_of(connection, [id]).get(id)
    return None if founder is None else find.present_id(connection, founder)


def _then(connection: Connection, id: str, moment: str) -> tuple[int, Incident] | None:
    """Return the incident in which the founding claim of an id was at an earlier moment."""
    founder = neighbours.founders_of(connection, [id]).get(id)
    if founder is None:
        return None
    claim = next(iter(neighbours.recall(connection, [founder]).values())).id
    former = find.holding(connection, claim, moment)
    return None if former is None else find.incident(connection, former, moment)


def members_of(connection: Connection, incident: Incident, moment: str) -> list[Testimony]:
    """Return the testimonies of an incident as they were known at a moment."""
    numbers = neighbours.numbers_of(connection, incident.testimonies, then=moment != NOW)
    return list(neighbours.recall(connection, numbers.values(), as_of=moment).values())


def counted(incident: Incident, members: list[Testimony], decisions: list[Review], profile: str) -> Incident:
    """Return an incident with its tolls by the rule of another school, from the same testimonies."""
    return retold(incident, members, decisions, profile)


def _line_by(connection: Connection, line: IncidentLine, moment: str, profile: str) -> IncidentLine:
    found = find.incident(connection, line.id, moment)
    if found is None:
        return line
    members = members_of(connection, found[1], moment)
    decisions = decided(connection, members, moment)
    return replace(
        line, tolls=find.figures(counted(found[1], members, decisions, profile).tolls, status="all")
    )


def report(register: Register, key: str) -> ReportCard:
    """Return one report with its text, claims, versions, copies and chain of custody.

    `key` is its id in the register or the beginning of it. Raises UsageError where there is none.
    """
    with register.reading() as connection:
        row = reports.row_of(connection, key)
        if row is None:
            begun = find.ids_beginning(connection, schema.report, "key", key) if len(key) > 3 else []
            row = reports.row_of(connection, begun[0]) if len(begun) == 1 else None
        if row is None:
            raise UsageError(f"no report '{key}' - find reports with: tollbook search")
        whole, rest = reports.report_of(connection, row)
        numbers = sorted(neighbours.claims_of_report(connection, row.n))
        told = neighbours.recall(connection, numbers)
        decisions = decided(connection, told.values(), NOW)
        heeded = {one.id: one for one in heed(told.values(), decisions).testimonies}
        return ReportCard(
            row.key,
            whole,
            row.story,
            row.recorded,
            row.superseded_by,
            tuple(heeded[told[n].id] for n in numbers),
            rest.effects,
            rest.statements,
            rest.warnings,
            tuple(reports.versions_of(connection, row)),
            tuple(reports.copies_of(connection, row)),
            tuple(reports.custody_of(connection, row.key)),
            tuple(
                (told[n].id, held) for n in numbers if (held := find.present_id(connection, n)) is not None
            ),
            tuple((told[n].id, deciders.claim_version(connection, told[n].id)) for n in numbers),
        )


def newest_reports(register: Register, *, limit: int = 50, offset: int = 0) -> list[ReportLine]:
    """List the reports that came last, newest first."""
    with register.reading() as connection:
        return reports.newest(connection, limit, offset)


def newest_entry(register: Register) -> int:
    """Return the number of the newest entry of the log: where it is the same, every answer is the same."""
    with register.reading() as connection:
        found = reports.log(connection, None, 1, None)
    return found[0].n if found else 0


def search(register: Register, query: str, *, limit: int = 20, as_of: When = None) -> list[Hit]:
    """Return the reports whose title or text holds all the words, newest first, with the sentence that shows it.

    Words match in part and whatever their accents, in any script; "words in quotes" stand next to each other. Raises
    UsageError where no word has three letters.
    """
    terms, moment = words.asked(query), moment_of(as_of)
    hits: list[Hit] = []
    with register.reading() as connection:
        pending: list[int] = []
        for n in words.candidates(connection, terms):
            pending.append(n)
            if len(pending) == 50:
                hits += _hits(connection, pending, terms, moment)
                pending = []
                if len(hits) >= limit:
                    break
        hits += _hits(connection, pending, terms, moment)
    return hits[:limit]


def _hits(connection: Connection, numbers: list[int], terms: tuple[str, ...], moment: str) -> list[Hit]:
    rows = reports.rows_by_number(connection, numbers)
    found = []
    for n in numbers:
        row = rows[n]
        norm = words.plain(f"{row.title or ''}\n{row.content}")
        if row.recorded <= moment and all(term in norm for term in terms):
            start, end = words.sentence_of(row.content, terms)
            found.append(Hit(row.key, neighbours.reference_of(row), row.content[start:end], start, end))
    return found


def origins(
    register: Register, words: str | None = None, *, limit: int = 50, as_of: When = None
) -> list[OriginLine]:
    """Return the voices that give figures, those of most reports first, with the outlets that carried them."""
    with register.reading() as connection:
        return reports.origins(connection, words, limit, moment_of(as_of))


def conflicts(
    register: Register, wanted: Wanted | None = None, *, limit: int = 50, as_of: When = None
) -> list[Disagreement]:
    """Return what disagrees and deserves a person, the incidents with most of it first."""
    moment = moment_of(as_of)
    with register.reading() as connection:
        asked = replace(meant(connection, wanted or Wanted(), moment), conflicts=True)
        page = _page(connection, asked, moment, "conflicts", limit, 0)
        return [
            Disagreement(line, conflict.kind, conflict.message, conflict.testimonies)
            for line in page.lines
            if (found := find.incident(connection, line.id, moment)) is not None
            for conflict in found[1].conflicts
        ]


def log(
    register: Register,
    *,
    subject: str | None = None,
    limit: int = 50,
    before: int | None = None,
    by: str | None = None,
    did: str | None = None,
    start: str | None = None,
    end: str | None = None,
) -> list[LogLine]:
    """Return entries of the sealed log, newest first; `subject` is a report's, decision's or incident's id.

    `by` is a part of a name, `did` the kind of a decision (merge, correct, …); `start` and `end` are days, both included.
    """
    with register.reading() as connection:
        return reports.log(connection, subject, limit, before, by=by, did=did, start=start, end=end)


def stories(register: Register, key: str) -> list[ReportLine]:
    """Return the copies of a report: the other reports that tell its story in the same words."""
    return list(report(register, key).copies)


def holding(register: Register, claim: str) -> str | None:
    """Return the incident that a claim is in at present; None where there is no such claim."""
    with register.reading() as connection:
        numbers = neighbours.numbers_of(connection, [claim])
        return find.present_id(connection, numbers[claim]) if numbers else None
