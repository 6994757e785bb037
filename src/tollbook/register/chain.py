"""chain: the log of every change, each entry sealed with the digest of the one before.

Whoever changes, removes or slips in an entry breaks every digest behind it. An entry names its subject (a report, a
decision, a round of counting) and holds the digests of what was written with it, so that the chain vouches for that too.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from tollbook.register import schema

BEGINNING = "0" * 64
_JSON = msgspec.json.Encoder(order="deterministic")


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, not yet sealed: what was done to what, by whom, with what."""

    action: str
    subject: str
    detail: Mapping[str, Any]


def digest_of(values: Any) -> str:
    """Return the SHA-256 of values as JSON with sorted keys."""
    return hashlib.sha256(_JSON.encode(values)).hexdigest()


def seal(n: int, at: str, program: str, by: str, entry: tuple[str, str, str], before: str) -> str:
    """Return the digest of an entry (action, subject, detail as JSON) behind the one whose digest is `before`."""
    return digest_of([n, at, program, by, *entry, before])


def append(connection: Connection, entries: Sequence[Entry], *, at: str, by: str, program: str) -> int:
    """Append entries within the writer's transaction; return the number of the last one of the log."""
    last = connection.execute(
        select(schema.log.c.n, schema.log.c.digest).order_by(schema.log.c.n.desc()).limit(1)
    ).one_or_none()
    n, before = (last.n, last.digest) if last else (0, BEGINNING)
    rows = []
    for entry in entries:
        n += 1
        detail = _JSON.encode(entry.detail).decode()
        digest = seal(n, at, program, by, (entry.action, entry.subject, detail), before)
        rows.append(
            {
                "n": n, "at": at, "program": program, "by": by, "action": entry.action, "subject": entry.subject,
                "detail": detail, "before": before, "digest": digest,
            }
        )  # fmt: skip
        before = digest
    if rows:
        connection.execute(insert(schema.log), rows)
    return n


def faults(connection: Connection) -> Iterator[tuple[int, str | None]]:
    """Yield each entry's number with what is wrong with it, or None."""
    before, expected = BEGINNING, 1
    for row in connection.execute(select(schema.log).order_by(schema.log.c.n)):
        wrong = None
        if row.n != expected:
            wrong = f"entries {expected} to {row.n - 1} are missing"
        elif row.before != before:
            wrong = "does not follow the entry before it"
        elif row.digest != seal(
            row.n, row.at, row.program, row.by, (row.action, row.subject, row.detail), row.before
        ):
            wrong = "was changed after it was sealed"
        yield row.n, wrong
        before, expected = row.digest, row.n + 1
