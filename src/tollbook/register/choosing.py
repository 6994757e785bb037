"""choosing: what is asked for -> the conditions under which an incident is one of those."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Table,
    and_,
    bindparam,
    exists,
    false,
    or_,
    select,
)

from tollbook.model.answer import Sought, Voices, Wanted
from tollbook.register import schema
from tollbook.register.moment import NOW
from tollbook.register.words import plain


def at(table: FromClause, as_of: str) -> ColumnElement[bool]:
    """Return the condition that a version is the one known at a moment."""
    if as_of == NOW:
        return table.c.recorded_to.is_(None)
    return and_(
        table.c.recorded_from <= as_of, or_(table.c.recorded_to.is_(None), table.c.recorded_to > as_of)
    )


def conditions(wanted: Wanted, of: Table = schema.incident, as_of: str = NOW) -> list[ColumnElement[bool]]:
    """Return the conditions under which an incident is one that is wanted, in `incident` or, for the present, in `line`."""
    table = of.c
    found: list[ColumnElement[bool]] = [
        table.harms != "|"
    ]  # an incident all of whose claims were replaced tells nothing
    if wanted.country:
        found.append(table.country == wanted.country)
    if wanted.place:
        found.append(table.places.like(f"%|{_plainly(wanted.place)}%", escape="\\"))
    if wanted.party:
        found.append(table.parties.like(f"%{_plainly(wanted.party)}%", escape="\\"))
    if wanted.harm:
        found.append(table.harms.like(f"%|{_plainly(wanted.harm, '_')}|%", escape="\\"))
    if wanted.start:
        found.append(table.end >= wanted.start)
    if wanted.end:
        found.append(table.start <= wanted.end)
    if wanted.grade:
        found.append(table.grade == wanted.grade)
    if wanted.review:
        found.append(table.review == wanted.review)
    if wanted.conflicts is not None:
        found.append(table.conflicts > 0 if wanted.conflicts else table.conflicts == 0)
    if wanted.top:
        found.append(table.parent.is_(None))
    if wanted.status:
        present = of is schema.line
        found.append(
            _of_status(wanted, wanted.status) if present else _was_of_status(wanted, wanted.status, as_of)
        )
    sought = wanted.sought or Sought()
    if sought.voices is not None:
        found.append(table.id.in_(_holding(_told_by(sought.voices))))
    if sought.reports is not None:
        found.append(table.id.in_(_holding(_one_of(schema.claim.c.report, sought.reports))))
    if sought.incidents is not None:
        found.append(_one_of(table.id, sought.incidents))
    return found


def _plainly(name: str, keep: str = "") -> str:
    """Return words as they stand between bars, what LIKE would read as a sign escaped."""
    return (name if keep else plain(name)).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _one_of(column: ColumnElement[Any], values: Iterable[Any]) -> ColumnElement[bool]:
    """Return the condition that a value is one of many: written out, since databases take few values beside a question."""
    listed = sorted(values)
    return column.in_(bindparam(None, listed, expanding=True, literal_execute=True)) if listed else false()


def _of_status(wanted: Wanted, status: str) -> ColumnElement[bool]:
    """Return the condition that a line has a figure of such victims; those of whom nothing is said are unknown."""
    figure = schema.figure.alias("own")
    own = figure.c.status == status
    if status == "unknown":
        own = or_(own, and_(figure.c.status == "all", figure.c.alone == 1))
    of_harm = [figure.c.harm == wanted.harm] if wanted.harm else []
    return exists().where(figure.c.line == schema.line.c.n, own, *of_harm).correlate(schema.line)


def _was_of_status(wanted: Wanted, status: str, as_of: str) -> ColumnElement[bool]:
    """Return the same condition for an incident as known at a moment."""
    own, apart = schema.toll.alias("own"), schema.toll.alias("apart")
    here = [own.c.incident == schema.incident.c.id, at(own, as_of)]
    if wanted.harm:
        here.append(own.c.harm == wanted.harm)
    told = exists().where(*here, own.c.status == status).correlate(schema.incident)
    if status != "unknown":
        return told
    same = and_(apart.c.incident == own.c.incident, apart.c.harm == own.c.harm, apart.c.status != "all")
    parted = exists().where(same, at(apart, as_of)).correlate(own)
    return or_(told, exists().where(*here, own.c.status == "all", ~parted).correlate(schema.incident))


def claims_of(connection: Connection, voices: Voices, limit: int, offset: int = 0) -> list[int]:
    """Return the numbers of claims that some voices gave, as people's decisions left it, the newest first."""
    claim = schema.claim.c
    question = select(claim.n).where(_told_by(voices), claim.superseded_at.is_(None))
    return list(connection.execute(question.order_by(claim.n.desc()).limit(limit).offset(offset)).scalars())


def _told_by(voices: Voices) -> ColumnElement[bool]:
    """Return the condition that a claim was given by some voices, as people's decisions left it."""
    claim = schema.claim.c
    read = and_(claim.origin.in_(voices.origins), claim.id.not_in(voices.others))
    return or_(read, claim.id.in_(voices.claims))


def _holding(claims: ColumnElement[bool]) -> Select[Any]:
    """Return the question which incidents hold, at present, a claim of which something is true."""
    member = schema.member
    question = select(member.c.incident).join(schema.claim, member.c.claim == schema.claim.c.n)
    return question.where(claims, member.c.incident.is_not(None))


def held_then(wanted: Sought, claims: Mapping[str, str], connection: Connection) -> frozenset[str]:
    """Return the incidents that held a claim of those sought, given where each claim was at an earlier moment."""
    found: list[set[str]] = []
    for about in (
        _told_by(wanted.voices) if wanted.voices is not None else None,
        _one_of(schema.claim.c.report, wanted.reports) if wanted.reports is not None else None,
    ):
        if about is not None:
            ids = connection.execute(select(schema.claim.c.id).where(about)).scalars()
            found.append({claims[id] for id in ids if id in claims})
    return frozenset(set.intersection(*found)) if found else frozenset()


__all__ = ["at", "conditions", "held_then"]
