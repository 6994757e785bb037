"""engine: the name of a register -> a connection that keeps its promises, on SQLite or PostgreSQL.

SQLite: one file in WAL mode, so that people read while somebody adds; a writer takes the file's one write lock before it
looks (BEGIN IMMEDIATE). PostgreSQL: a writer takes an advisory lock for its transaction. On both, what a writer looked at is
therefore still true when it writes, and two writers take turns batch by batch.
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event, exc, text
from sqlalchemy.engine import make_url

from tollbook.errors import RegisterError

_LOCK = 7_455_021  # the advisory lock of a register's writer
_PATIENCE = 120  # seconds a writer waits for another's batch
_SERVER = re.compile(r"postgres(?:ql)?(?:\+psycopg)?://")


def is_server(name: str) -> bool:
    """Tell whether a register's name is the address of a PostgreSQL database."""
    return bool(_SERVER.match(name))


def shown(name: str) -> str:
    """Return a register's name without its password, for messages."""
    return make_url(name).render_as_string(hide_password=True) if is_server(name) else name


def connect(name: str, *, create: bool = False) -> Engine:
    """Return an engine for a register's name: a path, or postgresql://user@host/database.

    Raises RegisterError where there is no file (and `create` is not asked for).
    """
    if is_server(name):
        return _server(name)
    path = Path(name)
    if not create and not path.is_file():
        raise RegisterError(
            f"{name}: no register there - give --register or TOLLBOOK_REGISTER, or add a report, which makes one"
        )
    if not path.parent.is_dir():
        raise RegisterError(
            f"{shown(name)}: there is no folder {shown(str(path.parent))} - make it, or give another file"
        )
    engine = create_engine(f"sqlite:///{_file(path)}", connect_args={"timeout": _PATIENCE})
    event.listen(engine, "connect", _settings)
    event.listen(engine, "begin", _begin)
    return engine


def _file(path: Path) -> str:
    """Return how SQLite is told of a file; one that nobody can write just now is read as it lies there.

    In WAL mode even readers write beside the file, which a folder or a disk may forbid.
    """
    writable = os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    if writable or Path(f"{path}-wal").exists():
        return str(path)
    return f"file:{quote(str(path.absolute()))}?mode=ro&immutable=1&uri=true"


def _server(name: str) -> Engine:
    try:
        url = make_url(name).set(drivername="postgresql+psycopg")
    except exc.ArgumentError as problem:
        raise RegisterError(
            "the address of the register cannot be read - as in postgresql://user@host/database"
        ) from problem
    engine = create_engine(url, pool_pre_ping=True)
    event.listen(engine, "begin", _begin_on_server)
    return engine


def _settings(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor = connection.cursor()
    cursor.execute("PRAGMA page_size = 8192")  # of a new file: some claims to a page, whatever their length
    with suppress(sqlite3.OperationalError):  # a file that may only be read says so when it is written
        cursor.execute("PRAGMA journal_mode = WAL")
    for pragma in (
        "synchronous = FULL",  # a batch that is told as added survives the loss of power
        "foreign_keys = ON",
        "cache_size = -65536",
        "temp_store = MEMORY",
        "mmap_size = 268435456",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_on_server(connection: Connection) -> None:
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
    else:  # one moment for all questions of one answer, as SQLite's snapshot gives
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


@contextmanager
def writing(engine: Engine, name: str) -> Iterator[Connection]:
    """Open the one writer's transaction: all of it is kept at the end, or nothing.

    Raises RegisterError with what to do where the database cannot be written.
    """
    with (
        _told(name),
        engine.connect().execution_options(writes=True) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def reading(engine: Engine, name: str) -> Iterator[Connection]:
    """Open a transaction that sees one moment of the register and changes nothing."""
    with _told(name), engine.connect() as connection, connection.begin():
        yield connection


# what the databases say, what it is, what to do
_FAULTS = (
    (
        "disk is full|no space left|could not extend|disk i/o error|file size limit",
        "the disk is full",
        "make room",
    ),
    (
        "readonly database|read-only|unable to open database",
        "it may not be written here",
        "check who may write the file and its folder",
    ),
    (
        "database is locked|lock timeout",
        "somebody else is writing and does not finish",
        "wait a little",
    ),
    (
        "not a database|malformed|file is encrypted",
        "it is no register, or it is damaged",
        "check the name, or fetch your backup",
    ),
    (
        "permission denied|authentication failed|role .* does not exist",
        "the server does not let you in",
        "check user, password and rights",
    ),
    ("database .* does not exist", "there is no such database", "make it with createdb"),
    (
        "connection|server|terminating|timeout expired|could not translate",
        "the connection to the database is lost or was never there",
        "check the address and the server",
    ),
)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turn what a database says into what a person can do about it."""
    try:
        yield
    except (exc.DBAPIError, sqlite3.Error) as problem:
        said = " ".join(str(getattr(problem, "orig", None) or problem).split())[:300]
        for pattern, what, advice in _FAULTS:
            if re.search(pattern, said, re.IGNORECASE):
                raise RegisterError(
                    f"{shown(name)}: {what} - {advice}, then do the same again; what stood in it stands ({said})"
                ) from problem
        raise


def dialect(connection: Connection) -> str:
    """Return "sqlite" or "postgresql"."""
    return connection.dialect.name


def size_of(connection: Connection) -> int:
    """Return how many bytes the database takes."""
    if dialect(connection) == "sqlite":
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        return int(pages * connection.execute(text("PRAGMA page_size")).scalar_one())
    return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())


@contextmanager
def sparing(connection: Connection) -> Iterator[None]:
    """Hold little of the database in memory while much of it is read once: SQLite maps it and keeps pages otherwise."""
    if dialect(connection) != "sqlite":
        yield
        return
    names = ("mmap_size", "cache_size")
    usual = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in names}
    connection.exec_driver_sql("PRAGMA mmap_size = 0")
    connection.exec_driver_sql("PRAGMA cache_size = -16384")
    try:
        yield
    finally:
        for name in names:
            connection.exec_driver_sql(f"PRAGMA {name} = {usual[name]}")
