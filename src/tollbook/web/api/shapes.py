"""shapes: what a program may send: every field with its bounds; a field that is not known is refused, never ignored.

A misspelt filter that is ignored would answer with the toll of everything.
"""

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

from tollbook.model.answer import Wanted
from tollbook.model.claim import HARMS
from tollbook.model.review import Action
from tollbook.register.find import ORDERS

Words = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
Many = Annotated[int, Meta(ge=1, le=200)]
Offset = Annotated[int, Meta(ge=0, le=1_000_000)]
Id = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00\s]+$")]
Value = Annotated[str, Meta(max_length=2000, pattern=r"^[^\x00]*$")]
Persons = Annotated[int, Meta(ge=0, le=999_999_999)]
Group = Literal[
    "harm", "status", "country", "place", "day", "week", "month", "year", "party", "grade", "incident"
]
Harm = Literal["killed", "injured", "killed_or_injured", "missing", "abducted", "detained", "displaced"]
Status = Literal["civilian", "armed_forces", "security_forces", "armed_group", "mixed", "unknown"]
assert set(HARMS) == set(get_args(Harm))


class Nothing(Struct, frozen=True, forbid_unknown_fields=True):
    """No parameter."""


class Filter(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Which incidents: as the filters of the rooms; those whose days lie at least in part from `start` to `end`."""

    place: Words | None = None
    start: Day | None = None
    end: Day | None = None
    harm: Harm | None = None
    party: Words | None = None
    grade: Literal["confirmed", "fair", "weak", "contested", "discounted"] | None = None
    review: Literal["machine", "in_review", "signed_off"] | None = None
    status: Status | None = None
    origin: Words | None = None
    words: Annotated[str, Meta(min_length=3, max_length=200, pattern=r"^[^\x00]*$")] | None = None
    conflicts: Literal["1", "true"] | None = None

    def wanted(self) -> Wanted:
        """Return it as the desk asks."""
        with_conflicts = True if self.conflicts else None
        return Wanted(
            place=self.place, start=self.start, end=self.end, harm=self.harm, party=self.party, grade=self.grade,
            review=self.review, conflicts=with_conflicts, status=self.status, origin=self.origin, words=self.words,
        )  # fmt: skip


class Listing(Filter, frozen=True, kw_only=True):
    """A page of incidents."""

    order: Literal["newest", "oldest", "largest", "conflicts"] = "newest"
    limit: Many = 50
    offset: Offset = 0


assert set(ORDERS) == {"newest", "oldest", "largest", "conflicts"}


class Paged(Filter, frozen=True, kw_only=True):
    """A page of what waits."""

    limit: Annotated[int, Meta(ge=1, le=50)] = 20
    offset: Annotated[int, Meta(ge=0, le=10_000)] = 0


class Sum(Filter, frozen=True, kw_only=True):
    """Sums by groups: `by` names up to three, with commas."""

    by: Annotated[str, Meta(pattern=r"^[a-z]+(,[a-z]+){0,2}$", max_length=40)] = "harm"
    as_of: Day | None = None


class AsOf(Struct, frozen=True, forbid_unknown_fields=True):
    """As known at the end of a day; of nothing, at present."""

    as_of: Day | None = None


class Search(Struct, frozen=True, forbid_unknown_fields=True):
    """Reports by words of their text or title; the newest where no words are given."""

    q: Annotated[str, Meta(min_length=3, max_length=300, pattern=r"^[^\x00]*$")] | None = None
    limit: Annotated[int, Meta(ge=1, le=100)] = 20
    offset: Offset = 0


class Named(Struct, frozen=True, forbid_unknown_fields=True):
    """Places by name."""

    name: Words


class Voices(Struct, frozen=True, forbid_unknown_fields=True):
    """Voices, all or those with some words in their name."""

    q: Words | None = None
    limit: Many = 50


class Entries(Struct, frozen=True, forbid_unknown_fields=True):
    """Entries of the log, the newest first, or those before a number; about one subject, or all."""

    subject: Id | None = None
    before: Annotated[int, Meta(ge=1, le=9_000_000_000_000_000)] | None = None
    limit: Annotated[int, Meta(ge=1, le=1000)] = 100


class About(Struct, frozen=True, forbid_unknown_fields=True):
    """Decisions, all or those about one id."""

    about: Id | None = None


class Pasted(Struct, frozen=True, forbid_unknown_fields=True):
    """A report as a program gives it."""

    text: Annotated[str, Meta(min_length=1, max_length=10_000_000, pattern=r"^[^\x00]*$")]
    title: Value | None = None
    publisher: Value | None = None
    published: Day | None = None
    url: Annotated[str, Meta(max_length=2000, pattern=r"^https?://[^\x00\s]+$")] | None = None
    language: Annotated[str, Meta(pattern=r"^[a-z]{2,3}$")] | None = None


class Asked(Struct, frozen=True, forbid_unknown_fields=True):
    """A decision; `targets`, `field`, `old` and `new` by action as docs/room.md tells, `expected` the versions that were seen."""

    action: Action
    targets: Annotated[tuple[Id, ...], Meta(min_length=1, max_length=100)]
    field: Value | None = None
    old: Value | None = None
    new: Value | None = None


class Deciding(Struct, frozen=True, forbid_unknown_fields=True):
    """Decisions made together, all of them or none; `expected` are versions that were seen, by id."""

    decisions: Annotated[tuple[Asked, ...], Meta(min_length=1, max_length=20)]
    reason: Value | None = None
    expected: dict[str, Annotated[int, Meta(ge=0, le=9_000_000_000_000_000)]] = {}


class Adding(Struct, frozen=True, forbid_unknown_fields=True):
    """A claim that the machine missed: words of the report, the figure among them, and what they mean."""

    report: Id
    quote: Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
    figure: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[^\x00]*$")]
    harm: Harm
    reason: Annotated[str, Meta(min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]
    low: Persons | None = None
    best: Persons | None = None
    high: Persons | None = None
    status: Status = "unknown"
    relation: Annotated[
        str, Meta(pattern=r"^(beside|part_of:[^\x00\s]+|supersedes:[^\x00\s]+)$", max_length=100)
    ] = "beside"
    origin: Annotated[str, Meta(max_length=200, pattern=r"^[^\x00]*$")] = ""
    near: Annotated[int, Meta(ge=0, le=100_000_000)] | None = None
