"""reports: questions about reports, origins, the log -> what the register holds of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, distinct, func, or_, select

from tollbook.model.answer import CustodyStep, LogLine, OriginLine, ReportLine
from tollbook.model.report import Report
from tollbook.model.telling import Effect, Statement
from tollbook.model.text import Warning
from tollbook.register import readings, schema
from tollbook.register.keep import chunks
from tollbook.register.moment import NOW
from tollbook.register.neighbours import reference_of


class Rest(msgspec.Struct, frozen=True):
    """What a reading holds beside its claims, as far as cards show it."""

    effects: tuple[Effect, ...]
    statements: tuple[Statement, ...]
    warnings: tuple[Warning, ...]


_REST = msgspec.json.Decoder(Rest)


def line(row: Any) -> ReportLine:
    """Make the line of a report from its row."""
    return ReportLine(row.key, reference_of(row), row.story, row.claims, row.recorded, row.superseded_by)


def row_of(connection: Connection, key: str) -> Any:
    """Return the row of a report; None where there is none."""
    return connection.execute(select(schema.report).where(schema.report.c.key == key)).one_or_none()


def report_of(connection: Connection, row: Any) -> tuple[Report, Rest]:
    """Return a report with its text, and what was read beside claims."""
    content = connection.execute(select(schema.body.c.content).where(schema.body.c.id == row.id)).scalar_one()
    report = Report(
        row.id, content, row.ref, row.url, row.title, row.publisher, row.author, row.published, row.retrieved,
        row.language, row.media_type, row.original,
    )  # fmt: skip
    return report, _REST.decode(row.rest)


def rests_of(connection: Connection, keys: Iterable[str], as_of: str = NOW) -> dict[str, Rest]:
    """Return for reports by key what was read beside claims, as they were read at a moment."""
    found: dict[str, Rest] = {}
    keys = list(keys)
    for some in chunks(keys):
        rows = connection.execute(
            select(schema.report.c.key, schema.report.c.rest).where(schema.report.c.key.in_(some))
        )
        found.update((row.key, _REST.decode(row.rest)) for row in rows)
    if as_of != NOW:
        found |= {
            key: _REST.decode(rest) for key, rest in readings.rests_then(connection, keys, as_of).items()
        }
    return found


def lines_of(connection: Connection, keys: Iterable[str]) -> list[ReportLine]:
    """Return the lines of reports by key, by day of publication."""
    rows: list[Any] = []
    for some in chunks(keys):
        rows += connection.execute(select(schema.report).where(schema.report.c.key.in_(some))).all()
    return in_order(line(row) for row in rows)


def in_order(lines: Iterable[ReportLine]) -> list[ReportLine]:
    """Return reports by day of publication, those without a day last: the order of rooms and exports."""
    return sorted(lines, key=lambda one: (one.reference.published or "9", one.key))


def beside(
    lines: Iterable[ReportLine], rests: Mapping[str, Rest]
) -> tuple[tuple[tuple[str, Effect], ...], tuple[tuple[str, Statement], ...]]:
    """Return the effects and the statements that reports tell of beside claims, each with its report, in the order of these."""
    told = [(one.key, rests[one.key]) for one in lines if one.key in rests]
    return (
        tuple((key, effect) for key, rest in told for effect in rest.effects),
        tuple((key, said) for key, rest in told for said in rest.statements),
    )


def newest(connection: Connection, limit: int, offset: int) -> list[ReportLine]:
    """Return the lines of the reports that came last, newest first."""
    table = schema.report
    return [
        line(r)
        for r in connection.execute(select(table).order_by(table.c.n.desc()).limit(limit).offset(offset))
    ]


def versions_of(connection: Connection, row: Any) -> list[ReportLine]:
    """Return the versions of a report's page, in the order in which they came."""
    if row.page is None:
        return [line(row)]
    table = schema.report
    return [
        line(r) for r in connection.execute(select(table).where(table.c.page == row.page).order_by(table.c.n))
    ]


def copies_of(connection: Connection, row: Any) -> list[ReportLine]:
    """Return the other reports of a report's story."""
    table = schema.report
    rows = connection.execute(
        select(table)
        .where(table.c.story == row.story, table.c.key != row.key)
        .order_by(table.c.published, table.c.key)
    )
    return [line(r) for r in rows]


def custody_of(connection: Connection, key: str) -> list[CustodyStep]:
    """Return how a report came, oldest first."""
    table = schema.custody
    return [
        CustodyStep(r.at, r.received_from, r.url, r.original, r.capture, r.program)
        for r in connection.execute(select(table).where(table.c.report == key).order_by(table.c.n))
    ]


def custodies_of(connection: Connection, keys: Iterable[str]) -> dict[str, tuple[CustodyStep, ...]]:
    """Return for reports by key how each came, oldest first."""
    table = schema.custody
    found: dict[str, list[CustodyStep]] = {}
    for some in chunks(dict.fromkeys(keys)):
        for r in connection.execute(select(table).where(table.c.report.in_(some)).order_by(table.c.n)):
            step = CustodyStep(r.at, r.received_from, r.url, r.original, r.capture, r.program)
            found.setdefault(r.report, []).append(step)
    return {key: tuple(steps) for key, steps in found.items()}


def rows_by_number(connection: Connection, numbers: Sequence[int]) -> dict[int, Any]:
    """Return rows of reports with their texts, by number."""
    found: dict[int, Any] = {}
    question = select(schema.report, schema.body.c.content).join(
        schema.body, schema.report.c.id == schema.body.c.id
    )
    for some in chunks(numbers):
        found.update((r.n, r) for r in connection.execute(question.where(schema.report.c.n.in_(some))))
    return found


def origins(connection: Connection, words: str | None, limit: int, as_of: str) -> list[OriginLine]:
    """Return the voices that give figures, those of most reports first, with the outlets that carried them."""
    if as_of == NOW:
        return _voices(connection, words, limit)
    claim, origin, report = readings.claims_at(as_of), schema.origin, schema.report
    reports = func.count(distinct(claim.c.report))
    question = (
        select(origin, func.count().label("claims"), reports.label("reports"))
        .join(claim, claim.c.origin == origin.c.id)
        .where(claim.c.recorded <= as_of, or_(claim.c.superseded_at.is_(None), claim.c.superseded_at > as_of))
        .group_by(origin.c.id, origin.c.name, origin.c.kind, origin.c.party)
        .order_by(reports.desc(), origin.c.name, origin.c.id)
        .limit(limit)
    )
    if words:
        question = question.where(func.lower(origin.c.name).contains(words.lower(), autoescape=True))
    rows = connection.execute(question).all()
    carried: dict[str, list[tuple[str, int]]] = {}
    for some in chunks([row.id for row in rows]):
        for row in connection.execute(
            select(claim.c.origin, report.c.publisher, func.count(distinct(report.c.n)).label("reports"))
            .join(report, claim.c.report == report.c.n)
            .where(claim.c.origin.in_(some), claim.c.recorded <= as_of, report.c.publisher.is_not(None))
            .group_by(claim.c.origin, report.c.publisher)
        ):
            carried.setdefault(row.origin, []).append((row.publisher, row.reports))
    return [
        OriginLine(
            r.id, r.name, r.kind, r.party, r.claims, r.reports,
            tuple(sorted(carried.get(r.id, ()), key=lambda c: (-c[1], c[0]))),
        )
        for r in rows
    ]  # fmt: skip


def _voices(connection: Connection, words: str | None, limit: int) -> list[OriginLine]:
    """Answer `origins` for the present, from what was counted as reports came."""
    question = _counted().having(func.sum(schema.voice.c.claims) > 0).limit(limit)
    if words:
        question = question.where(func.lower(schema.origin.c.name).contains(words.lower(), autoescape=True))
    return _with_carriers(connection, connection.execute(question).all())


def voice(connection: Connection, id: str) -> OriginLine | None:
    """Return a voice by its id; None where there is none."""
    found = _with_carriers(
        connection, connection.execute(_counted().where(schema.origin.c.id == id).limit(1)).all()
    )
    return found[0] if found else None


def _counted() -> Select[Any]:
    origin, voice = schema.origin, schema.voice
    reports = func.sum(voice.c.reports)
    return (
        select(origin, func.sum(voice.c.claims).label("claims"), reports.label("reports"))
        .join(voice, voice.c.origin == origin.c.id)
        .group_by(origin.c.id, origin.c.name, origin.c.kind, origin.c.party)
        .order_by(reports.desc(), origin.c.name, origin.c.id)
    )


def _with_carriers(connection: Connection, rows: Sequence[Any]) -> list[OriginLine]:
    voice = schema.voice
    carried: dict[str, list[tuple[str, int]]] = {}
    for some in chunks([row.id for row in rows]):
        for own in connection.execute(select(voice).where(voice.c.origin.in_(some), voice.c.publisher != "")):
            carried.setdefault(own.origin, []).append((own.publisher, own.carried))
    return [
        OriginLine(
            r.id, r.name, r.kind, r.party, int(r.claims), int(r.reports),
            tuple(sorted(carried.get(r.id, ()), key=lambda c: (-c[1], c[0]))),
        )
        for r in rows
    ]  # fmt: skip


def voices(connection: Connection) -> dict[str, str]:
    """Return the names of all voices by their ids."""
    return {row.id: row.name for row in connection.execute(select(schema.origin.c.id, schema.origin.c.name))}


def log(
    connection: Connection,
    subject: str | None,
    limit: int,
    before: int | None,
    *,
    by: str | None = None,
    did: str | None = None,
    start: str | None = None,
    end: str | None = None,
) -> list[LogLine]:
    """Return entries of the log, newest first: of a subject where one is named, before an entry's number where one is.

    `by` is a part of a name, `did` the kind of a decision, `start` and `end` are days.
    """
    table = schema.log
    question = select(table).order_by(table.c.n.desc()).limit(limit)
    if subject is not None:
        question = question.where(table.c.subject == subject)
    if before is not None:
        question = question.where(table.c.n < before)
    if by:
        question = question.where(func.lower(table.c.by).contains(by.lower(), autoescape=True))
    if did:
        question = question.where(
            table.c.action == "review", table.c.detail.contains(f'"action":"{did}"', autoescape=True)
        )
    if start:
        question = question.where(table.c.at >= start)
    if end:
        question = question.where(
            table.c.at < f"{end}U"
        )  # behind every moment of that day, which goes on with T
    return [
        LogLine(r.n, r.at, r.by, r.program, r.action, r.subject, r.detail, r.digest)
        for r in connection.execute(question)
    ]


def all_lines(connection: Connection, as_of: str) -> Iterator[ReportLine]:
    """Yield the lines of all reports known at a moment, in the order in which they came."""
    table = schema.report
    for row in connection.execute(select(table).where(table.c.recorded <= as_of).order_by(table.c.n)):
        yield line(row)
