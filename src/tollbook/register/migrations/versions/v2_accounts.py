"""Who may use a room: accounts, sessions and keys, wrong passwords counted."""

import sqlalchemy as sa
from alembic import op

revision = "2"
down_revision = "1"
branch_labels = None
depends_on = None
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _words(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables; a register that has no account stays as open as it was."""
    op.create_table(
        "account",
        sa.Column("n", NUMBER, autoincrement=False, nullable=False),
        *_words("name", "role", "password"),
        sa.Column("totp", sa.Text(), nullable=True),
        sa.Column("counter", NUMBER, nullable=False),
        *_words("made"),
        sa.Column("removed", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_index("account_name", "account", ["name"])
    op.create_table(
        "session",
        *_words("digest", "id", "kind"),
        sa.Column("account", NUMBER, nullable=False),
        *_words("label", "scopes", "token", "made", "used", "expires"),
        sa.ForeignKeyConstraint(["account"], ["account.n"]),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("session_account", "session", ["account"])
    op.create_table(
        "attempt",
        *_words("whom"),
        sa.Column("failures", sa.Integer(), nullable=False),
        *_words("last", "until"),
        sa.PrimaryKeyConstraint("whom"),
    )
