"""check: everything the register holds, against its hashes, its texts and its log -> what is broken, exactly.

Checked are: each original against its SHA-256; each text against the report's id; every quote of every claim against the words
at its place; each claim, decision and version of an incident against the digest in the log; the log's chain; whether each
claim is where its incident says; and whether the lists of pages say what the incidents do.
"""

import hashlib
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import msgspec
from sqlalchemy import Connection, func, or_, select

from tollbook.model.answer import Fault
from tollbook.model.claim import Claim
from tollbook.model.testimony import Testimony
from tollbook.register import added, chain, following, incidents, readings, schema
from tollbook.register.archive import Archive
from tollbook.register.datasets import datasets as kept_datasets
from tollbook.register.keep import head_digest
from tollbook.register.moment import NOW

_TESTIMONY = msgspec.json.Decoder(Testimony)
Finding = tuple[str, Fault | None]  # what was checked, and what is wrong with it


def originals(connection: Connection, archive: Archive) -> Iterator[Finding]:
    """Hash each original again."""
    table = schema.original.c
    for row in connection.execute(select(table.sha256).order_by(table.sha256)):
        wrong = archive.check(row.sha256)
        if wrong is not None:
            wrong = f"{_owners(connection, row.sha256)} {wrong}"
        yield "originals", None if wrong is None else Fault("original", row.sha256, wrong)


def _owners(connection: Connection, original: str) -> str:
    """Name the reports that came as an original."""
    table = schema.custody.c
    keys = connection.execute(
        select(table.report).where(or_(table.original == original, table.capture == original)).distinct()
    ).scalars()
    owners = [f"report {key[:12]}" for key in keys]
    owners += [f"data set {d.id}" for d in kept_datasets(connection, NOW) if d.original == original]
    return "of " + ", ".join(owners)


def datasets(connection: Connection) -> Iterator[Finding]:
    """Check that the original of each data set of others is one that the register knows."""
    known = set(connection.execute(select(schema.original.c.sha256)).scalars())
    for found in kept_datasets(connection, NOW):
        lost = (
            None
            if found.original in known
            else Fault("data set", found.id, "its original is not in the register any more")
        )
        yield "data sets", lost


def unknown_originals(connection: Connection, archive: Archive) -> int:
    """Count the files in the archive that no report names: of an add that was broken off, or of another register."""
    known = set(connection.execute(select(schema.original.c.sha256)).scalars())
    return sum(1 for digest in archive.all() if digest not in known)


def texts(connection: Connection) -> Iterator[Finding]:
    """Check each report's text, head and claims: hashes, quotes, and what the log says of them."""
    entries = _entries(connection, "report")
    again = _rereadings(connection)
    people = added.vouched(connection)  # claims that persons added stand under decisions of their own
    question = (
        select(schema.report, schema.body.c.content)
        .join(schema.body, schema.report.c.id == schema.body.c.id)
        .order_by(schema.report.c.n)
    )
    claims = groupby(
        connection.execute(
            select(schema.claim.c.id, schema.claim.c.report, schema.claim.c.body).order_by(
                schema.claim.c.report, schema.claim.c.n
            )
        ),
        key=lambda row: row.report,
    )
    at, own = next(claims, (None, iter(())))
    for row in connection.execute(question):
        mine: list[Any] = []
        if at == row.n:
            mine = list(own)
            at, own = next(claims, (None, iter(())))
        if row.key in again:
            mine = readings.rows_of(connection, row.n)
        read = [claim for claim in mine if people.get(claim.id) != claim.body]
        first = [claim for claim in read if row.key not in again or _stood(claim, row.recorded)]
        yield "reports", _report_fault(row, first, entries.pop(row.key, None))
        for entry in again.pop(row.key, ()):
            yield "readings anew", _reading_fault(row, mine, entry)
        for claim in mine:
            yield from _quotes(claim, row.content)
    for key in (*entries, *again):
        yield "reports", Fault("report", key, "is in the log and not in the register any more")


def _entries(connection: Connection, action: str) -> dict[str, dict[str, Any]]:
    table = schema.log.c
    return {
        row.subject: msgspec.json.decode(row.detail)
        for row in connection.execute(select(table.subject, table.detail).where(table.action == action))
    }


def _rereadings(connection: Connection) -> dict[str, list[dict[str, Any]]]:
    """Return what the log says of each reading anew, by report, in their order."""
    table, found = schema.log.c, dict[str, list[dict[str, Any]]]()
    rows = connection.execute(
        select(table.subject, table.detail).where(table.action == "reread").order_by(table.n)
    )
    for row in rows:
        found.setdefault(row.subject, []).append(msgspec.json.decode(row.detail))
    return found


def _stood(claim: Any, moment: str) -> bool:
    return bool(claim.since <= moment and (claim.until is None or claim.until > moment))


def _reading_fault(row: Any, claims: list[Any], entry: dict[str, Any]) -> Fault | None:
    own = [(claim.id, claim.body) for claim in claims if _stood(claim, entry["since"])]
    if entry["digest"] == readings.digest_of(own):
        return None
    return Fault(
        "report", row.key, f"its claims of {entry['since'][:16]} are not those that the log vouches for"
    )


def _report_fault(row: Any, claims: list[Any], entry: dict[str, Any] | None) -> Fault | None:
    head = (
        row.ref,
        row.url,
        row.title,
        row.publisher,
        row.author,
        row.published,
        row.retrieved,
        row.language,
        row.media_type,
    )
    if hashlib.sha256(row.content.encode("utf-8", "surrogatepass")).hexdigest() != row.id:
        return Fault("report", row.key, "its text is not the one that was read: its hash is another")
    if entry is None:
        return Fault("report", row.key, "has no entry in the log")
    if entry["text"] != row.id or entry["head"] != head_digest(head):
        return Fault(
            "report", row.key, "its title, address, publisher or day is not what the log vouches for"
        )
    if entry["digest"] != chain.digest_of([[claim.id, claim.body] for claim in claims]):
        return Fault("report", row.key, "its claims are not those that the log vouches for")
    return None


def _quotes(row: Any, text: str) -> Iterator[Finding]:
    """Check every quote of a claim against its place in the text."""
    claim = _TESTIMONY.decode(row.body).claim
    for quote, start, end in _places(claim):
        found = text[start:end]
        wrong = None
        if found != quote:
            wrong = Fault(
                "quote", row.id, f"“{quote}” should stand at {start}–{end}, where the text has “{found[:60]}”"
            )
        yield "quotes", wrong


def _places(claim: Claim) -> Iterator[tuple[str, int, int]]:
    yield claim.evidence.quote, claim.evidence.start, claim.evidence.end
    yield claim.count.quote, claim.count.start, claim.count.end
    victims = claim.victims
    if victims.quote is not None and victims.start is not None and victims.end is not None:
        yield victims.quote, victims.start, victims.end
    for slots in (claim.by, claim.means, claim.where, (claim.origin,) if claim.origin else ()):
        for slot in slots:
            yield slot.quote, slot.start, slot.end
    if claim.when is not None:
        yield claim.when.quote, claim.when.start_offset, claim.when.end_offset


def reviews(connection: Connection) -> Iterator[Finding]:
    """Check each decision against the log."""
    entries = _entries(connection, "review")
    for row in connection.execute(select(schema.review.c.id, schema.review.c.body)):
        entry = entries.pop(row.id, None)
        wrong = entry is None or entry["digest"] != chain.digest_of(row.body)
        yield "decisions", Fault("decision", row.id, "is not what the log vouches for") if wrong else None
    for id in entries:
        yield "decisions", Fault("decision", id, "is in the log and not in the register any more")


def counts(connection: Connection) -> Iterator[Finding]:
    """Check each version of incidents and tolls against the log's entry it was written with."""
    table = schema.log.c
    for row in connection.execute(
        select(table.n, table.detail).where(table.action == "count").order_by(table.n)
    ):
        versions = [
            r._asdict()
            for r in connection.execute(select(schema.incident).where(schema.incident.c.log == row.n))
        ]
        tolls = [
            r._asdict() for r in connection.execute(select(schema.toll).where(schema.toll.c.log == row.n))
        ]
        if incidents.content_of(versions, tolls) != msgspec.json.decode(row.detail)["digest"]:
            yield (
                "incidents",
                Fault(
                    "incidents",
                    f"log entry {row.n}",
                    "incidents or tolls of it are not what the log vouches for",
                ),
            )
        for _ in versions:
            yield "incidents", None
        for _ in tolls:
            yield "tolls", None


def log(connection: Connection) -> Iterator[Finding]:
    """Check the log's chain."""
    for n, wrong in chain.faults(connection):
        yield "log entries", None if wrong is None else Fault("log entry", str(n), wrong)


def members(connection: Connection) -> Iterator[Finding]:
    """Check that the list of which claim is in which incident agrees with the incidents."""
    held = {row.id: row.body for row in connection.execute(
        select(schema.incident.c.id, schema.incident.c.body).where(schema.incident.c.recorded_to.is_(None))
    )}  # fmt: skip
    listed: dict[str, set[str]] = {}
    question = (
        select(schema.member.c.incident, schema.claim.c.id)
        .join(schema.claim, schema.member.c.claim == schema.claim.c.n)
        .where(schema.member.c.incident.is_not(None))
    )
    for row in connection.execute(question):
        listed.setdefault(row.incident, set()).add(row.id)
    for id in sorted(held.keys() | listed.keys()):
        own = set(msgspec.json.decode(held[id])["testimonies"]) if id in held else set()
        wrong = own != listed.get(id, set())
        yield (
            "lists of claims",
            Fault("incident", id, "does not hold the claims that are listed as its own") if wrong else None,
        )


def lists(connection: Connection) -> Iterator[Finding]:
    """Check that what pages list and add up is what the incidents and claims say."""
    for id, wrong in following.faults(connection):
        yield "lists of pages", None if wrong is None else Fault("list", id, wrong)


def damaged(connection: Connection) -> str | None:
    """Return what the database itself finds broken in its file, or None; a server looks after its own."""
    if connection.dialect.name != "sqlite":
        return None
    said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
    return None if said == "ok" else str(said)


def number_of(connection: Connection) -> int:
    """Return how many reports there are, for saying how long a check takes."""
    return int(connection.execute(select(func.count()).select_from(schema.report)).scalar_one())
