"""Reports read anew: what stood before stays for earlier moments; long work that outlives its server."""

import sqlalchemy as sa
from alembic import op

revision = "5"
down_revision = "4"
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _words(*names: str, known: bool = True) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=not known) for name in names]


def _numbers(*names: str, known: bool = True) -> list[sa.Column[int]]:
    return [sa.Column(name, NUMBER, autoincrement=False, nullable=not known) for name in names]


def upgrade() -> None:
    """Make the tables, and the column that tells since when a claim is read as it is."""
    op.add_column("claim", sa.Column("since", sa.Text(), nullable=True))
    op.create_table(
        "former",
        *_numbers("n"),
        *_words("id"),
        *_numbers("report"),
        *_words("harm", "status", "scope", "modality"),
        *_words("place", "country", "day", "origin", known=False),
        *_numbers("low", "best", "high", known=False),
        *_words("recorded"),
        *_words("superseded_at", known=False),
        *_words("body", "since", "until"),
        sa.PrimaryKeyConstraint("n", "since"),
    )
    op.create_index("former_id", "former", ["id"])
    op.create_index("former_report", "former", ["report"])
    op.create_table(
        "reading",
        *_numbers("report", "claims"),
        *_words("rest", "since", "until"),
        sa.PrimaryKeyConstraint("report", "since"),
    )
    op.create_table(
        "job",
        *_numbers("n"),
        *_words("id", "kind", "title", "by", "made", "plan", "state", "told", "error", "holder", "touched"),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("id"),
    )
    op.create_table(
        "difference",
        *_words("job"),
        *_numbers("report", "gained", "lost", "changed", "kept"),
        *_words("detail", "digest"),
        *_words("taken", known=False),
        sa.PrimaryKeyConstraint("job", "report"),
    )
