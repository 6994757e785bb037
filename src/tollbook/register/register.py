"""register: a name -> the register behind it: its database, its archive of originals, its one writer."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from types import TracebackType

from sqlalchemy import Connection, insert, select

from tollbook.errors import RegisterError
from tollbook.register import engine as database
from tollbook.register import migrate, schema
from tollbook.register.archive import Archive
from tollbook.register.moment import now

DEFAULT = "tollbook.register"


def name_of(given: str | None) -> str:
    """Return the name of the register meant: the one given, that of TOLLBOOK_REGISTER, else the one in this folder."""
    return given or os.environ.get("TOLLBOOK_REGISTER") or DEFAULT


class Register:
    """An open register. Close it, or use it in a `with`."""

    def __init__(self, name: str, *, create: bool = False) -> None:
        """Open a register by its name; with `create` make it where there is none.

        Raises RegisterError where there is none or it cannot be opened, VersionError where its tables are of another version.
        """
        self.name = name
        self.engine = database.connect(name, create=create)
        self.archive = Archive(_archive_of(name))
        try:
            if create and self._is_new():
                with self.writing() as connection:
                    _make(connection)
            with self.reading() as connection:
                migrate.check(connection, database.shown(name))
        except BaseException:
            self.close()
            raise

    def _is_new(self) -> bool:
        with self.reading() as connection:
            return migrate.version_of(connection) is None

    def writing(self) -> AbstractContextManager[Connection]:
        """Open the one writer's transaction: at its end all of it is kept, or nothing."""
        return database.writing(self.engine, self.name)

    def reading(self) -> AbstractContextManager[Connection]:
        """Open a transaction that sees one moment of the register."""
        return database.reading(self.engine, self.name)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def __enter__(self) -> "Register":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _archive_of(name: str) -> Path:
    """Return the folder of originals: that of TOLLBOOK_ARCHIVE, else beside the register."""
    told = os.environ.get("TOLLBOOK_ARCHIVE")
    if told:
        return Path(told)
    return Path("tollbook.originals") if database.is_server(name) else Path(f"{name}.originals")


def _make(connection: Connection) -> None:
    """Make the tables, unless another writer did while this one waited for its turn."""
    if migrate.version_of(connection) is None:
        migrate.upgrade(connection)
        connection.execute(insert(schema.about), [{"name": "made", "value": now()}])


@contextmanager
def upgraded(name: str) -> Iterator[tuple[str | None, str]]:
    """Bring a register to this program's version and yield the versions before and after; on any error nothing is changed."""
    engine = database.connect(name)
    try:
        with database.writing(engine, name) as connection:
            if migrate.version_of(connection) is None:
                migrate.check(connection, database.shown(name))
            yield migrate.upgrade(connection)
    finally:
        engine.dispose()


def about(connection: Connection, key: str) -> str | None:
    """Return what the register says about itself under a key."""
    found = connection.execute(
        select(schema.about.c.value).where(schema.about.c.name == key)
    ).scalar_one_or_none()
    return None if found is None else str(found)


__all__ = ["DEFAULT", "Register", "RegisterError", "about", "name_of", "upgraded"]
