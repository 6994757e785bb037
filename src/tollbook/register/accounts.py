"""accounts: who may use a room, as rows: people, their sessions and keys, and wrong passwords counted.

Secrets are never kept: of a password its argon2 hash, of a session or a key the SHA-256 of a random word of 256 bits. What
changes about a person is an entry in the log, without any secret.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from tollbook.model.version import VERSION
from tollbook.register import chain, schema
from tollbook.register.keep import next_number

_PROGRAM = f"tollbook {VERSION}"


@dataclass(frozen=True, slots=True)
class Account:
    """One person of a room; `removed` is the moment from which the account opens nothing any more."""

    n: int
    name: str
    role: str
    password: str
    totp: str | None
    counter: int
    made: str
    removed: str | None


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in, or a program's key: `kind` is "session" or "key", `scopes` what a key may, blank-parted.

    `id` names it in lists and is no secret. `token` is what forms of this session must carry.
    """

    digest: str
    id: str
    kind: str
    account: int
    label: str
    scopes: str
    token: str
    made: str
    used: str
    expires: str


def any_there(connection: Connection) -> bool:
    """Tell whether the register has an account, removed ones too: once a room had accounts it stays closed."""
    return connection.execute(select(schema.account.c.n).limit(1)).first() is not None


def every(connection: Connection) -> list[Account]:
    """Return all accounts in the order of their making."""
    rows = connection.execute(select(schema.account).order_by(schema.account.c.n))
    return [Account(**row._mapping) for row in rows]


def find(connection: Connection, name: str) -> Account | None:
    """Return the account of a name that is not removed; upper and lower case are the same."""
    rows = connection.execute(
        select(schema.account).where(
            schema.account.c.name == name.casefold(), schema.account.c.removed.is_(None)
        )
    )
    row = rows.one_or_none()
    return None if row is None else Account(**row._mapping)


def add(connection: Connection, name: str, role: str, password: str, *, at: str, by: str) -> int:
    """Make an account; the caller has looked that there is none of this name."""
    n = next_number(connection, schema.account)
    values = {
        "n": n, "name": name.casefold(), "role": role, "password": password, "totp": None, "counter": 0, "made": at,
        "removed": None,
    }  # fmt: skip
    connection.execute(insert(schema.account), [values])
    told(connection, name, {"did": "add", "role": role}, at=at, by=by)
    return n


def change(
    connection: Connection,
    account: Account,
    values: Mapping[str, Any],
    did: str,
    *,
    at: str,
    by: str,
    **more: str,
) -> None:
    """Change an account and say in the log what was done."""
    connection.execute(update(schema.account).where(schema.account.c.n == account.n).values(**values))
    told(connection, account.name, {"did": did, **more}, at=at, by=by)


def told(connection: Connection, name: str, detail: Mapping[str, Any], *, at: str, by: str) -> None:
    """Write an entry about an account into the log."""
    entry = chain.Entry("account", name.casefold(), detail)
    chain.append(connection, [entry], at=at, by=by, program=_PROGRAM)


def stepped(connection: Connection, account: int, counter: int) -> bool:
    """Use up a one-time code's place in time; False where it, or a later one, was used before."""
    table = schema.account.c
    done = connection.execute(
        update(schema.account).where(table.n == account, table.counter < counter).values(counter=counter)
    )
    return done.rowcount == 1


def begin(connection: Connection, session: Session) -> None:
    """Keep a session or a key."""
    values = {name: getattr(session, name) for name in Session.__slots__}
    connection.execute(insert(schema.session), [values])


def known(connection: Connection, digest: str, at: str) -> tuple[Session, Account] | None:
    """Return the session or key of a digest with its account, where both hold at a moment."""
    account, session = schema.account, schema.session
    row = connection.execute(
        select(*session.c, *(c.label(f"a_{c.name}") for c in account.c))
        .join(account, session.c.account == account.c.n)
        .where(session.c.digest == digest, session.c.expires > at, account.c.removed.is_(None))
    ).one_or_none()
    if row is None:
        return None
    values = row._mapping
    own = {c.name: values[c.name] for c in session.c}
    return Session(**own), Account(**{c.name: values[f"a_{c.name}"] for c in account.c})


def used(connection: Connection, digest: str, at: str, expires: str) -> None:
    """Note when a session was used last, and until when it holds now."""
    table = schema.session
    connection.execute(update(table).where(table.c.digest == digest).values(used=at, expires=expires))


def sessions_of(connection: Connection, account: int, at: str) -> list[Session]:
    """Return the sessions and keys of an account that hold, the newest first."""
    table = schema.session
    rows = connection.execute(
        select(table).where(table.c.account == account, table.c.expires > at).order_by(table.c.made.desc())
    )
    return [Session(**row._mapping) for row in rows]


def end(
    connection: Connection, account: int, *, id: str | None = None, kind: str | None = None, but: str = ""
) -> int:
    """End sessions and keys of an account: one by its id, those of a kind, or all; but never the one of a digest."""
    table = schema.session.c
    asked = [table.account == account, table.digest != but]
    if id is not None:
        asked.append(table.id == id)
    if kind is not None:
        asked.append(table.kind == kind)
    return connection.execute(delete(schema.session).where(*asked)).rowcount


def sweep(connection: Connection, at: str) -> None:
    """Forget sessions that have expired and wrong passwords of long ago."""
    connection.execute(delete(schema.session).where(schema.session.c.expires <= at))
    connection.execute(
        delete(schema.attempt).where(schema.attempt.c.until <= at, schema.attempt.c.last < at[:10])
    )


def failures(connection: Connection, whom: list[str]) -> dict[str, tuple[int, str, str]]:
    """Return for each of some keys how often it went wrong, when last, and until when it has to wait."""
    table = schema.attempt
    rows = connection.execute(select(table).where(table.c.whom.in_(whom)))
    return {row.whom: (row.failures, row.last, row.until) for row in rows}


def failed(connection: Connection, whom: str, number: int, at: str, until: str) -> None:
    """Keep that it went wrong so often, and until when to wait."""
    table = schema.attempt
    values = {"whom": whom, "failures": number, "last": at, "until": until}
    if connection.execute(update(table).where(table.c.whom == whom).values(**values)).rowcount == 0:
        connection.execute(insert(table), [values])


def forgiven(connection: Connection, whom: list[str]) -> None:
    """Forget what went wrong before somebody got it right."""
    connection.execute(delete(schema.attempt).where(schema.attempt.c.whom.in_(whom)))
