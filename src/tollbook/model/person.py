"""Person: somebody on one list or on many, with every row as it came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tollbook.model.text import Span

Verdict = Literal["same", "different", "undecided"]

# what a row may say of a person; the columns of a list are mapped to these
FIELDS = (
    "name",
    "given",
    "father",
    "grandfather",
    "family",
    "mother",
    "kunya",
    "other_names",
    "sex",
    "age",
    "birth",
    "death",
    "place",
    "category",
    "number",
    "address",
    "source",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one list: its place there, and its words field by field, untouched.

    `list` names the list, `ref` the row (its own id, else its number from 1). `fields` holds what FIELDS names; `rest`
    the columns that were not mapped.
    """

    list: str
    ref: str
    fields: Mapping[str, str]
    rest: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Named:
    """A victim whom a report names: the name as written with its place in the text, the claim it belongs to, and its sentence.

    `age` is in years where the text says one beside the name.
    """

    name: str
    start: int
    end: int
    claim: str
    age: int | None
    sentence: Span


@dataclass(frozen=True, slots=True)
class Compared:
    """One comparison of a pair: what was compared, how well it agrees in words, and its weight in bits.

    Positive bits speak for one person, negative for two.
    """

    what: str
    level: str
    bits: float


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that may be one person: their places among the rows, the probability, and what each field added."""

    one: int
    two: int
    probability: float
    compared: tuple[Compared, ...] = ()


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of two rows, by list and ref, kept for ever: `at` is an ISO date-time.

    "undecided" takes back what was decided of the two before; that stays written too.
    """

    one: tuple[str, str]
    two: tuple[str, str]
    verdict: Verdict
    by: str
    at: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """Rows taken for one person; `doubt` is the least probability that joins them, None where one row stands alone.

    `id` is made of the rows' own names, so that the same rows are the same person in every run.
    """

    id: str
    rows: tuple[int, ...]
    doubt: float | None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Decisions that cannot all hold: two rows said to be different that others' "same" joins."""

    one: tuple[str, str]
    two: tuple[str, str]
    path: tuple[tuple[str, str], ...]
