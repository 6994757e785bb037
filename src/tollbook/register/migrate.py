"""migrate: a register's version -> this program's, on request and never silently."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect

from tollbook.errors import VersionError
from tollbook.register import following


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "tollbook.register:migrations")
    if connection is not None:
        config.attributes["connection"] = connection
    return config


def newest() -> str:
    """Return the version of the tables that this program knows."""
    head = ScriptDirectory.from_config(_config()).get_current_head()
    assert head is not None
    return head


def version_of(connection: Connection) -> str | None:
    """Return the version of a register's tables; None where there are none yet."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection) -> tuple[str | None, str]:
    """Bring the tables to the newest version within the caller's transaction; return the versions before and after.

    What follows from the record is made anew.
    """
    before = version_of(connection)
    check_known(connection, before)
    command.upgrade(_config(connection), "head")
    if before not in (None, newest()):
        following.fill(connection)
    return before, newest()


def check(connection: Connection, name: str) -> None:
    """Raise VersionError where the tables are not those of this program, saying what to do."""
    found = version_of(connection)
    if found == newest():
        return
    check_known(connection, found)
    if found is None:
        raise VersionError(f"{name}: there is no register in it yet - add a report first, which makes one")
    raise VersionError(
        f"{name}: made by an older version of Tollbook (tables {found}, this one needs {newest()}) - "
        "back it up, then run: tollbook upgrade"
    )


def check_known(connection: Connection, found: str | None) -> None:
    """Raise VersionError for tables that are newer than this program, or nobody's register."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if found is not None and found not in known:
        raise VersionError(
            f"the register was made by a newer version of Tollbook (tables {found}) - update Tollbook; it was not touched"
        )
    if found is None and any(name != "alembic_version" for name in inspect(connection).get_table_names()):
        raise VersionError(
            "the database holds other tables and no register - give a database or a file of its own"
        )
