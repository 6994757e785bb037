"""schema: the tables of a register, the same on SQLite and PostgreSQL.

Inputs are kept for good: `original`, `body`, `report`, `custody`, `claim`, `review`, `log`. What follows from them is a
cache of pure functions with a history: `incident` and `toll` have one row a version, from the moment it was recorded
(`recorded_from`) until another took its place (`recorded_to`, empty for the present one). `member`, `keys` and `origin`
serve finding; `line`, `figure` and `voice` (FOLLOWING) hold what pages ask of the present, narrow enough to be added up at
once: they follow from the others, are written with them and can be made again. `former` and `reading` hold what
claims and reports were before they were read anew, for questions about earlier moments. What is of the people who use a
register, and not of the record, is in `schema_room`.
Moments are ISO date-times in UTC, so that their order is that of their letters; days are ISO dates.
"""

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    text,
)

from tollbook.register.schema_room import (
    Number,
    account,
    attempt,
    difference,
    job,
    metadata,
    number,
    saved,
    session,
)

about = Table(
    "about", metadata, Column("name", Text, primary_key=True), Column("value", Text, nullable=False)
)

original = Table(
    "original",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("size", Number, nullable=False),
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
    number(),
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
    number(),
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
    number(),
    Column("id", Text, nullable=False, unique=True),
    Column("report", Number, ForeignKey("report.n"), nullable=False),
    Column("harm", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("place", Text),
    Column("country", Text),
    Column("day", Text),  # the last day of the period the claim is about
    Column("origin", Text),
    Column("low", Number),
    Column("best", Number),
    Column("high", Number),
    Column("recorded", Text, nullable=False),
    Column("superseded_at", Text),
    Column("body", Text, nullable=False),  # the Testimony, as JSON
    Column("since", Text),  # from when on it is read so, where it was read anew; else since it was recorded
    Index("claim_report", "report"),
    Index("claim_day", "day", "harm"),
    Index("claim_origin", "origin"),
)

former = Table(  # what a claim was before its report was read anew, from `since` until `until`
    "former",
    metadata,
    Column("n", Number, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("report", Number, nullable=False),
    Column("harm", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("modality", Text, nullable=False),
    Column("place", Text),
    Column("country", Text),
    Column("day", Text),
    Column("origin", Text),
    Column("low", Number),
    Column("best", Number),
    Column("high", Number),
    Column("recorded", Text, nullable=False),
    Column("superseded_at", Text),
    Column("body", Text, nullable=False),
    Column("since", Text, primary_key=True),
    Column("until", Text, nullable=False),
    Index("former_id", "id"),
    Index("former_report", "report"),
)

reading = Table(  # what a report told beside its claims, before it was read anew
    "reading",
    metadata,
    Column("report", Number, primary_key=True, autoincrement=False),
    Column("claims", Number, nullable=False),
    Column("rest", Text, nullable=False),
    Column("since", Text, primary_key=True),
    Column("until", Text, nullable=False),
)

keys = Table(
    "keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("report", Number, ForeignKey("report.n"), primary_key=True),
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
    number(),
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
    Column("low", Number),
    Column("best", Number),
    Column("high", Number),
    Column("body", Text, nullable=False),  # the Incident, as JSON
    Column("cause", Text, nullable=False),
    Column("log", Number, nullable=False),
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
    number(),
    Column("incident", Text, nullable=False),
    Column("harm", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("low", Number),
    Column("best", Number),
    Column("high", Number),
    Column("ledger", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("log", Number, nullable=False),
    Column("recorded_from", Text, nullable=False),
    Column("recorded_to", Text),
    Index("toll_incident", "incident", "recorded_from"),
    Index("toll_log", "log"),
)

member = Table(
    "member",
    metadata,
    Column("claim", Number, ForeignKey("claim.n"), primary_key=True),
    Column("incident", Text),
    Column("family", Text, nullable=False),  # what it is linked with, directly or through others
    Index("member_incident", "incident"),
    Index("member_family", "family"),
)

review = Table(
    "review",
    metadata,
    number(),
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
    Column("review", Number, ForeignKey("review.n"), primary_key=True),
)

log = Table(
    "log",
    metadata,
    number(),
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
    Column("n", Number, primary_key=True, autoincrement=False),  # of the incident's present version
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
    Column("low", Number),
    Column("best", Number),
    Column("high", Number),
    Column("weight", Number, nullable=False),  # how much hangs on a look at it
    Column("sides", Text, nullable=False),  # its parties' names, as JSON
    Index("line_start", "start", "id"),
    Index("line_country", "country", "start"),
    Index("line_weight", "weight", "id"),
    Index("line_best", "best", "id"),
)

figure = Table(
    "figure",
    metadata,
    Column("line", Number, primary_key=True, autoincrement=False),
    Column("harm", Text, primary_key=True),
    Column("status", Text, primary_key=True),
    Column("alone", Integer, nullable=False),  # 1 where the harm is told of no status apart
    Column("low", Number),
    Column("best", Number),
    Column("high", Number),
    sqlite_with_rowid=False,
)

voice = Table(
    "voice",
    metadata,
    Column("origin", Text, primary_key=True),
    Column("publisher", Text, primary_key=True),  # empty where the report names none
    Column("claims", Number, nullable=False),  # that stand
    Column("reports", Number, nullable=False),  # with a claim that stands
    Column("carried", Number, nullable=False),  # with any claim of this voice
    sqlite_with_rowid=False,
)

FOLLOWING = (line, figure, voice)

__all__ = [
    "FOLLOWING", "about", "account", "attempt", "body", "claim", "custody", "difference", "figure", "former",
    "incident", "job", "keys", "line", "log", "member", "metadata", "origin", "original", "reading", "report",
    "review", "saved", "session", "target", "toll", "voice",
]  # fmt: skip
