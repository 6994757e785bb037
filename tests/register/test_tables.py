"""The tables, their versions, and what a register of another version is told."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from tollbook.errors import RegisterError, VersionError
from tollbook.register import migrate
from tollbook.register.engine import connect, reading, writing
from tollbook.register.register import Register
from tollbook.register.schema import metadata


def test_the_migrations_make_the_tables_of_the_schema(register: str) -> None:
    with Register(register, create=True) as opened, opened.reading() as connection:
        own = {table.name for table in metadata.tables.values()}
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: kind != "table" or name in own}
        )
        assert compare_metadata(context, metadata) == []
    with Register(register) as again, again.reading() as connection:
        assert migrate.version_of(connection) == migrate.newest()


def test_a_newer_register_is_not_touched(register: str) -> None:
    with Register(register, create=True) as opened, opened.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'z9'"))
    with pytest.raises(VersionError, match="newer version"):
        Register(register)


@pytest.fixture
def other(register: str) -> Iterator[str]:
    """Make a database that is somebody else's."""
    engine = connect(register, create=True)
    with writing(engine, register) as connection:
        connection.execute(text("CREATE TABLE mine (x INTEGER)"))
    engine.dispose()
    yield register
    engine = connect(register)
    with reading(engine, register) as connection:
        assert connection.execute(text("SELECT count(*) FROM mine")).scalar_one() == 0
    engine.dispose()


def test_somebody_elses_database_is_left_alone(other: str) -> None:
    with pytest.raises(VersionError, match="other tables"):
        Register(other, create=True)


def test_no_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="TOLLBOOK_REGISTER"):
        connect(str(tmp_path / "none.register"))
