"""schema: the tables of a register, the same on SQLite and PostgreSQL.

Inputs are kept for good: `original`, `body`, `report`, `custody`, `claim`, `review`, `log`. What follows from them is a
cache of pure functions with a history: `incident` and `toll` have one row a version, from the moment it was recorded
(`recorded_from`) until another took its place (`recorded_to`, empty for the present one). `member`, `keys` and `origin`
serve finding; `line`, `figure` and `voice` (FOLLOWING) hold what pages ask of the present, narrow enough to be added up at
once: they follow from the others, are written with them and can be made again. `account`, `session` and `attempt` say who may
use a room.
Moments are ISO date-times in UTC, so that their order is that of their letters; days are ISO dates.
"""

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

metadata = MetaData()
_Number = BigInteger().with_variant(Integer, "sqlite")


def _number(name: str = "n") -> Column[int]:
    """Make a key that the writer counts himself: the order of arrival, without gaps, the same on every database."""
    return Column(name, _Number, primary_key=True, autoincrement=False)


about = Table(
    "about", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False)
)

original = Table(
    "original",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", _Number, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("received", Text, nullable=False),
)

body = Table(
    "body",
    metadata,
    Column("id", Text, primary_key=True),  # SHA-256 of the text: Report.id
    Column("content", Text, nullable=False),
)

report = Table(
    "report",
    metadata,
    _number(),
    Column("key", Text, nullable=False, unique=True),
    Column("id", Text, ForeignKey("body.id"), nullable=False),
    Column("page", Text),
    Column("ref", Text),
    Column("url", Text),
    Column("title", Text),
    Column("publisher", Text),
    Column("author", Text),
    Column("published", Text),
    Column("retrieved", Text),
    Column("language", Text),
    Column("media_type", Text, nullable=False),
    Column("original", Text),
    Column("story", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("rest", Text, nullable=False),  # effects, statements, places, dates, toll, warnings, as JSON
    Column("recorded", Text, nullable=False),
    Column("superseded_by", Text),
    Column("superseded_at", Text),
    Index("report_page", "page"),
    Index("report_id", "id"),
    Index("report_story", "story"),
    Index("report_published", "published"),
)

custody = Table(
    "custody",
    metadata,
    _number(),
    Column("report", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("received_from", Text, nullable=False),
    Column("url", Text),
    Column("original", Text),
    Column("capture", Text),  # SHA-256 of the WARC records of request and response, where it was fetched
    Column("program", Text, nullable=False),
    Index("custody_report", "report"),
)

claim = Table(
    "claim",
    metadata,
    _number(),
    Column("id", Text, nullable=False, unique=True),
    Column("report", _Number, ForeignKey("report.n"), nullable=False),
    Column("harm", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("place", Text),
    Column("country", Text),
    Column("day", Text),  # the last day of the period the claim is about
    Column("origin", Text),
    Column("low", _Number),
    Column("best", _Number),
    Column("high", _Number),
    Column("recorded", Text, nullable=False),
    Column("superseded_at", Text),
    Column("body", Text, nullable=False),  # the Testimony, as JSON
    Index("claim_report", "report"),
    Index("claim_day", "day", "harm"),
    Index("claim_origin", "origin"),
)

keys = Table(
    "keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("report", _Number, ForeignKey("report.n"), primary_key=True),
    Index("keys_report", "report"),
)

origin = Table(
    "origin",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text),
    Column("party", Text),
)

_PRESENT = text("recorded_to IS NULL")

incident = Table(
    "incident",
    metadata,
    _number(),
    Column("id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("place", Text),
    Column("places", Text, nullable=False),  # names at every level, normalised, between bars
    Column("parties", Text, nullable=False),  # as places
    Column("harms", Text, nullable=False),  # as places
    Column("country", Text),
    Column("adm1", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("start", Text),
    Column("end", Text),
    Column("violence", Integer),
    Column("clarity", Integer),
    Column("grade", Text),
    Column("review", Text, nullable=False),
    Column("parent", Text),
    Column("wide", Integer, nullable=False),  # 1 where it can hold others
    Column("reports", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("low", _Number),
    Column("best", _Number),
    Column("high", _Number),
    Column("body", Text, nullable=False),  # the Incident, as JSON
    Column("cause", Text, nullable=False),
    Column("log", _Number, nullable=False),
    Column("recorded_from", Text, nullable=False),
    Column("recorded_to", Text),
    Index("incident_id", "id", "recorded_from"),
    Index("incident_present", "start", "id", sqlite_where=_PRESENT, postgresql_where=_PRESENT),
    Index("incident_country", "country", "start", sqlite_where=_PRESENT, postgresql_where=_PRESENT),
    Index("incident_parent", "parent", sqlite_where=_PRESENT, postgresql_where=_PRESENT),
    Index("incident_log", "log"),
)

toll = Table(
    "toll",
    metadata,
    _number(),
    Column("incident", Text, nullable=False),
    Column("harm", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("low", _Number),
    Column("best", _Number),
    Column("high", _Number),
    Column("ledger", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("log", _Number, nullable=False),
    Column("recorded_from", Text, nullable=False),
    Column("recorded_to", Text),
    Index("toll_incident", "incident", "recorded_from"),
    Index("toll_log", "log"),
)

member = Table(
    "member",
    metadata,
    Column("claim", _Number, ForeignKey("claim.n"), primary_key=True),
    Column("incident", Text),
    Column("family", Text, nullable=False),  # what it is linked with, directly or through others
    Index("member_incident", "incident"),
    Index("member_family", "family"),
)

review = Table(
    "review",
    metadata,
    _number(),
    Column("id", Text, nullable=False, unique=True),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("body", Text, nullable=False),  # the Review, as JSON
)

target = Table(
    "target",
    metadata,
    Column("id", Text, primary_key=True),  # a claim's, incident's or report's id
    Column("review", _Number, ForeignKey("review.n"), primary_key=True),
)

log = Table(
    "log",
    metadata,
    _number(),
    Column("at", Text, nullable=False),
    Column("program", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Index("log_subject", "subject"),
)

line = Table(
    "line",
    metadata,
    Column("n", _Number, primary_key=True, autoincrement=False),  # of the incident's present version
    Column("id", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("place", Text),
    Column("places", Text, nullable=False),
    Column("parties", Text, nullable=False),
    Column("harms", Text, nullable=False),
    Column("country", Text),
    Column("adm1", Text),
    Column("lat", Float),
    Column("lon", Float),
    Column("precision", Integer),
    Column("start", Text),
    Column("end", Text),
    Column("violence", Integer),
    Column("clarity", Integer),
    Column("grade", Text),
    Column("review", Text, nullable=False),
    Column("parent", Text),
    Column("reports", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("conflicts", Integer, nullable=False),
    Column("low", _Number),
    Column("best", _Number),
    Column("high", _Number),
    Column("weight", _Number, nullable=False),  # how much hangs on a look at it
    Column("sides", Text, nullable=False),  # its parties' names, as JSON
    Index("line_start", "start", "id"),
    Index("line_country", "country", "start"),
    Index("line_weight", "weight", "id"),
    Index("line_best", "best", "id"),
)

figure = Table(
    "figure",
    metadata,
    Column("line", _Number, primary_key=True, autoincrement=False),
    Column("harm", Text, primary_key=True),
    Column("status", Text, primary_key=True),
    Column("alone", Integer, nullable=False),  # 1 where the harm is told of no status apart
    Column("low", _Number),
    Column("best", _Number),
    Column("high", _Number),
    sqlite_with_rowid=False,
)

voice = Table(
    "voice",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("publisher", Text, primary_key=True),  # empty where the report names none
    Column("claims", _Number, nullable=False),  # that stand
    Column("reports", _Number, nullable=False),  # with a claim that stands
    Column("carried", _Number, nullable=False),  # with any claim of this voice
    sqlite_with_rowid=False,
)

FOLLOWING = (line, figure, voice)

account = Table(
    "account",
    metadata,
    _number(),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),  # argon2id, with its salt and cost
    Column("totp", Text),  # the secret of one-time codes, which must be known to check them
    Column("counter", _Number, nullable=False),  # of the last one-time code taken: none is taken twice
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
    Column("account", _Number, ForeignKey("account.n"), nullable=False),
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

__all__ = [
    "FOLLOWING", "about", "account", "attempt", "body", "claim", "custody", "figure", "incident", "keys", "line", "log",
    "member", "metadata", "origin", "original", "report", "review", "session", "target", "toll", "voice",
]  # fmt: skip
