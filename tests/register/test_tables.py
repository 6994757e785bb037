"""The tables, their versions, and what a register of another version is told."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text

from tollbook.errors import RegisterError, VersionError
from tollbook.register import migrate, migrations
from tollbook.register.engine import connect, reading, writing
from tollbook.register.register import Register, upgraded
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


LATER = """
import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = "{newest}"


def upgrade() -> None:
    op.add_column("report", sa.Column("colour", sa.Text))
"""


def test_an_older_register_is_refused_until_it_is_upgraded_on_request(
    register: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Register(register, create=True).close()
    before = migrate.newest()
    newer = tmp_path / "migrations"
    shutil.copytree(Path(migrations.__file__).parent, newer)
    (newer / "versions" / "later_colour.py").write_text(LATER.format(newest=before))
    real = migrate._config

    def config(connection: Connection | None = None) -> Config:
        made = real(connection)
        made.set_main_option("script_location", str(newer))
        return made

    monkeypatch.setattr(migrate, "_config", config)
    for create in (False, True):
        with pytest.raises(VersionError, match="tollbook upgrade"):
            Register(register, create=create)
    with upgraded(register) as versions:
        assert versions == (before, "later")
    with Register(register) as opened, opened.reading() as connection:
        assert connection.execute(text("SELECT count(colour) FROM report")).scalar_one() == 0
    with upgraded(register) as versions:
        assert versions == ("later", "later")


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
