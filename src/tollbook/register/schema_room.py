"""schema_room: the tables of those who use a register, beside the record itself: accounts, saved filters, work under way."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, MetaData, Table, Text

metadata = MetaData()
Number = BigInteger().with_variant(Integer, "sqlite")


def number(name: str = "n") -> Column[int]:
    """Make a key that the writer counts himself: the order of arrival, without gaps, the same on every database."""
    return Column(name, Number, primary_key=True, autoincrement=False)


account = Table(
    "account",
    metadata,
    number(),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # argon2id, with its salt and cost
    Column("totp", Text),  # the secret of one-time codes, which must be known to check them
    Column("counter", Number, nullable=False),  # of the last one-time code taken: none is taken twice
    Column("made", Text, nullable=False),
    Column("removed", Text),
    Index("account_name", "name"),
)

session = Table(
    "session",
    metadata,
    Column("digest", Text, primary_key=True),  # SHA-256 of what the browser or program shows
    Column("id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("account", Number, ForeignKey("account.n"), nullable=False),
    Column("label", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("used", Text, nullable=False),
    Column("expires", Text, nullable=False),
    Index("session_account", "account"),
)

attempt = Table(
    "attempt",
    metadata,
    Column("whom", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", Text, nullable=False),
    Column("until", Text, nullable=False),
)

saved = Table(
    "saved",
    metadata,
    number(),
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),  # the part of an address that asks for it
    Column("by", Text, nullable=False),
    Column("shared", Integer, nullable=False),
    Column("made", Text, nullable=False),
)

job = Table(  # long work of a room: what it is, how far it is, and who holds it
    "job",
    metadata,
    number(),
    Column("id", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("made", Text, nullable=False),
    Column("plan", Text, nullable=False),  # what it takes to go on, as JSON
    Column("state", Text, nullable=False),
    Column("told", Text, nullable=False),  # how far it is, as JSON
    Column("error", Text, nullable=False),
    Column("holder", Text, nullable=False),  # the machine and process that is at it
    Column("touched", Text, nullable=False),
)

difference = Table(  # what a comparison found that another reading of a report would change
    "difference",
    metadata,
    Column("job", Text, primary_key=True),
    Column("report", Number, primary_key=True, autoincrement=False),
    Column("gained", Number, nullable=False),
    Column("lost", Number, nullable=False),
    Column("changed", Number, nullable=False),
    Column("kept", Number, nullable=False),
    Column("detail", Text, nullable=False),  # claim by claim, as JSON
    Column("digest", Text, nullable=False),
    Column("taken", Text),
)

__all__ = ["Number", "account", "attempt", "difference", "job", "metadata", "number", "saved", "session"]
