"""What pages ask of the present, narrow enough to be added up at once; `migrate.upgrade` fills the tables from the others."""

import sqlalchemy as sa
from alembic import op

revision = "3"
down_revision = "2"
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _words(*names: str, known: bool) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=not known) for name in names]


def _numbers(*names: str, known: bool, kind: sa.types.TypeEngine[int] = NUMBER) -> list[sa.Column[int]]:
    return [sa.Column(name, kind, nullable=not known) for name in names]


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "line",
        sa.Column("n", NUMBER, autoincrement=False, nullable=False),
        *_words("id", "title", known=True),
        *_words("place", known=False),
        *_words("places", "parties", "harms", known=True),
        *_words("country", "adm1", known=False),
        sa.Column("lat", sa.Float(), nullable=True),
        sa.Column("lon", sa.Float(), nullable=True),
        *_numbers("precision", known=False, kind=sa.Integer()),
        *_words("start", "end", known=False),
        *_numbers("violence", "clarity", known=False, kind=sa.Integer()),
        *_words("grade", known=False),
        *_words("review", known=True),
        *_words("parent", known=False),
        *_numbers("reports", "origins", "conflicts", known=True, kind=sa.Integer()),
        *_numbers("low", "best", "high", known=False),
        *_numbers("weight", known=True),
        *_words("sides", known=True),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("id"),
    )
    for name, columns in (
        ("start", ["start", "id"]),
        ("country", ["country", "start"]),
        ("weight", ["weight", "id"]),
        ("best", ["best", "id"]),
    ):
        op.create_index(f"line_{name}", "line", columns)
    op.create_table(
        "figure",
        sa.Column("line", NUMBER, autoincrement=False, nullable=False),
        *_words("harm", "status", known=True),
        *_numbers("alone", known=True, kind=sa.Integer()),
        *_numbers("low", "best", "high", known=False),
        sa.PrimaryKeyConstraint("line", "harm", "status"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "voice",
        *_words("origin", "publisher", known=True),
        *_numbers("claims", "reports", "carried", known=True),
        sa.PrimaryKeyConstraint("origin", "publisher"),
        sqlite_with_rowid=False,
    )
