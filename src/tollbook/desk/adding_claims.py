"""adding_claims: words that a person selected -> a claim of the report, kept with the decision that added it.

A person's claim is held to the same law as a machine's: its quote and its figure stand in the text, character by character.
It is a row like others, under a log entry of its own, and no part of what the reader left; undoing the decision sets it aside.
"""

import hashlib
from dataclasses import dataclass
from typing import get_args

import msgspec
from sqlalchemy import Connection

from tollbook.desk.asking import report
from tollbook.desk.giving import voice_called
from tollbook.desk.keeping import PROGRAM
from tollbook.desk.recounting import recount
from tollbook.errors import UsageError
from tollbook.model.answer import ReportCard
from tollbook.model.claim import Claim, Harm, PartOf, Status, Victims
from tollbook.model.count import Count, Kind
from tollbook.model.review import Review
from tollbook.model.testimony import Reference, Testimony, claim_key
from tollbook.model.text import Evidence, Span
from tollbook.model.toll import Entry
from tollbook.register import added, deciders, neighbours
from tollbook.register.incidents import Writer
from tollbook.register.moment import now
from tollbook.register.register import Register

READER = "person"
_JSON = msgspec.json.Encoder()


@dataclass(frozen=True, slots=True)
class Missed:
    """A claim that the machine missed, as a person gives it.

    `quote` are words of the report, `figure` the words among them that give the number; `near` tells which of several places of
    the quote is meant. `low`, `best`, `high` are persons in digits, "" where nobody knows. `relation` is `beside` (other
    people, so added), or `part_of:ID` or `supersedes:ID` of another claim of the report by the id it has there. `origin` is
    who gives the figure, "" for that of the nearest claim before.
    """

    quote: str
    figure: str
    low: str
    best: str
    high: str
    harm: str
    status: str
    relation: str
    origin: str = ""
    near: int | None = None


def add_claim(register: Register, key: str, missed: Missed, *, by: str, reason: str) -> str:
    """Add a claim to a report; return its id. Place and days are those of the nearest claim before it.

    Raises UsageError for words that the text has not, figures out of order, and what is missing.
    """
    if not reason.strip():
        raise UsageError("add: why? - give a reason, which is kept with the decision")
    card = report(register, key)
    start = _place(card.report.text, missed.quote, missed.near)
    before = [t for t in card.testimonies if t.claim.evidence.start <= start] or list(card.testimonies)
    model = max(before, key=lambda t: t.claim.evidence.start, default=None)
    claim = _claim(card, missed, start, model)
    with register.writing() as connection:
        one = _told(connection, card, claim, missed, model)
        if any(t.id == one.id for t in card.testimonies):
            raise UsageError("add: these words are a claim already - correct that one")
        _keep(connection, card.key, one, by, reason)
    return one.id


def _claim(card: ReportCard, missed: Missed, start: int, model: Testimony | None) -> Claim:
    if missed.harm not in get_args(Harm) or missed.status not in get_args(Status):
        raise UsageError(f"add: '{missed.harm}', '{missed.status}' - give a harm and a status of the record")
    inner = missed.quote.find(missed.figure)
    if not missed.figure.strip() or inner < 0:
        raise UsageError("add: the figure is not among the words chosen - give the words that say how many")
    how, _, other = missed.relation.partition(":")
    if how not in ("beside", "part_of", "supersedes") or (
        how != "beside" and other not in {t.claim.id for t in card.testimonies}
    ):
        raise UsageError(
            "add: are these other people, a part of another figure, or does it replace one? - choose"
        )
    at, end = start + inner, start + len(missed.quote)
    first, last = _line(card.report.text, start, end)
    return Claim(
        "p" + hashlib.sha256(f"{start}|{end}|{missed.harm}".encode()).hexdigest()[:8],
        missed.harm,  # type: ignore[arg-type]  # checked above
        _count(missed, at),
        Victims(None, None, None, missed.status),  # type: ignore[arg-type]  # checked above
        (), (), model.claim.where if model else (), model.claim.when if model else None, None, "incident", "asserted",
        PartOf(other, "partition") if how == "part_of" else None, other if how == "supersedes" else None,
        Evidence(start, end, missed.quote, Span(first, last)), READER, "added",
    )  # fmt: skip


def _count(missed: Missed, at: int) -> Count:
    low, best, high = _number(missed.low), _number(missed.best), _number(missed.high)
    known = [f for f in (low, best, high) if f is not None]
    if not known or known != sorted(known):
        raise UsageError("add: give low, best or high, in this order")
    kind: Kind = (
        "exact"
        if low == best == high
        else "at_least"
        if high is None
        else "at_most"
        if low is None
        else "range"
    )
    return Count(missed.figure, at, at + len(missed.figure), kind, low, best, high, False, "person")


def _told(
    connection: Connection, card: ReportCard, claim: Claim, missed: Missed, model: Testimony | None
) -> Testimony:
    """Return the claim as a testimony: of the event that the nearest claim before it tells."""
    head = card.report
    reference = Reference(
        card.key, head.url, head.title, head.publisher, head.author, head.published, head.language
    )
    named = missed.origin.strip() or (model.origin.name if model else head.publisher or "unknown")
    known = {t.origin.name.casefold(): t for t in card.testimonies}
    same = known.get(named.casefold())
    voice = same.origin if same else voice_called(connection, named, [model] if model else [])
    chain = same.chain if same else tuple(name for name in (head.publisher, named) if name)
    entry = Entry("", "part_of", "a part, as a person said") if claim.part_of else None
    return Testimony(
        claim_key(card.key, claim), claim, card.key, reference, "", voice, chain, "",
        model.telling if model else f"{card.key}#p", model.sites if model else (), model.days if model else None, (), entry,
    )  # fmt: skip


def _keep(connection: Connection, key: str, one: Testimony, by: str, reason: str) -> None:
    at = now()
    number = added.keep(connection, key, one, at=at)
    n = deciders.next_id(connection)
    id = "r" + hashlib.sha256(f"{n}|{at}|{by}|add|{one.id}".encode()).hexdigest()[:12]
    review = Review(
        id, at, by.strip(), "add", (one.id,), "claim", None, _JSON.encode(one).decode(), reason.strip()
    )
    deciders.keep(connection, review, program=PROGRAM)
    touched = {
        number,
        *neighbours.claims_of_reports(connection, neighbours.numbers_of_reports(connection, [key]).values()),
    }
    recount(connection, touched, Writer(at, by, PROGRAM, at), cause=f"review {review.id}", fresh=(number,))


def _place(text: str, quote: str, near: int | None) -> int:
    if not quote.strip():
        raise UsageError("add: no words - select the words of the report that state the figure")
    found: list[int] = []
    at = text.find(quote)
    while at >= 0 and len(found) < 1000:
        found.append(at)
        at = text.find(quote, at + 1)
    if not found:
        raise UsageError(
            f"add: “{quote[:80]}” is not in the report, character by character - select it in the text"
        )
    return found[0] if near is None else min(found, key=lambda place: abs(place - near))


def _number(words: str) -> int | None:
    if not words:
        return None
    if not (words.isascii() and words.isdecimal() and len(words) < 10):
        raise UsageError(
            f"add: '{words}' is no number of persons - write digits, or leave it empty where nobody knows"
        )
    return int(words)


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the line that words stand in: a person's claim needs no finer cut."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    return first, len(text) if last < 0 else last
