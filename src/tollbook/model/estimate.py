"""estimate: how many were on no list; what is documented and what is estimated stand apart, always."""

from dataclasses import dataclass
from typing import Literal

Family = Literal["loglinear", "graphs", "latent_class", "no_highest_interaction", "lower_bound"]
Role = Literal["estimate", "floor", "sensitivity"]

SPOKEN: dict[Family | None, str] = {
    "loglinear": "log-linear models",
    "graphs": "decomposable graphs",
    "latent_class": "latent classes",
    "no_highest_interaction": "no highest interaction",
    "lower_bound": "Chao's lower bound",
    None: "the table",
}


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval of an estimate: persons, listed or not; `best` is the median or the fitted value."""

    low: float
    best: float
    high: float
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Quoted:
    """The interval to quote for everyone, listed or not; `best` is None where the families do not agree on one."""

    low: float
    best: float | None
    high: float
    level: float = 0.95


@dataclass(frozen=True, slots=True)
class Table:
    """Persons counted by the lists they stand on: (pattern, count), one digit a list, '1' for on the list.

    Patterns are sorted, counts are positive, the pattern of zeros cannot be there: nobody saw those persons.
    """

    lists: tuple[str, ...]
    cells: tuple[tuple[str, int], ...]

    @property
    def documented(self) -> int:
        """Return the number of persons on at least one list."""
        return sum(count for _, count in self.cells)

    def size(self, name: str) -> int:
        """Return how many persons one list names."""
        at = self.lists.index(name)
        return sum(count for pattern, count in self.cells if pattern[at] == "1")


@dataclass(frozen=True, slots=True)
class Check:
    """One check made before or after estimating: what was found, in words."""

    code: str
    passed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """No number, and why: what - where - what to do."""

    family: Family | None
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Estimate:
    """One family's estimate of how many persons there were, listed or not, with what it takes for granted.

    `estimated` counts everyone, `unlisted` those on no list; the documented number is not here, on purpose.
    `draws` are from the family's posterior or bootstrap of the whole number; empty where it has none.
    """

    family: Family
    role: Role
    estimated: Interval
    unlisted: Interval
    assumes: str
    method: str
    notes: tuple[str, ...] = ()
    figures: tuple[tuple[str, float], ...] = ()
    draws: tuple[float, ...] = ()
    traces: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Modes:
    """An answer with more than one centre: the table supports each; no single number is given.

    `modes` pairs each interval with the share of draws in it, which is itself uncertain where chains do not mix.
    `draws` are kept where the posterior is exact, so that strata can be summed; they make no single number.
    """

    family: Family
    role: Role
    modes: tuple[tuple[float, Interval], ...]
    assumes: str
    words: str
    traces: tuple[tuple[float, ...], ...] = ()
    draws: tuple[float, ...] = ()


Answer = Estimate | Modes | Refusal


@dataclass(frozen=True, slots=True)
class Consistency:
    """How well one family finds the known size of each list from the other lists alone."""

    family: Family
    lists: tuple[tuple[str, int, Interval], ...]
    covered: float
    log_bias: float
    refused: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WithoutList:
    """The answer of a family when one list is left out, beside how many the other lists document."""

    left_out: str
    documented: int
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Stratum:
    """One stratum: its labels, its table, its answers.

    `labelled` counts the persons whose lists gave the labels; the rest of the table has them from one imputation.
    """

    name: str
    table: Table
    answers: tuple[Answer, ...]
    labelled: int
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Provenance:
    """What it takes to compute the same again."""

    data: str
    sha256: str
    seed: int
    settings: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Strata:
    """The same by strata: each one's answers, and each family's sum over them.

    `unlabelled` counts persons without some label; `fills` how often the labels were imputed, 0 where they were
    not. The sum over strata and the answer for all together need not be equal: both are reported.
    """

    names: tuple[str, ...]
    unlabelled: int
    fills: int
    strata: tuple[Stratum, ...]
    summed: tuple[Answer, ...]
    quoted: Quoted | None
    agree: bool
    checks: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """The families side by side: what is documented, what each estimates, whether they agree."""

    title: str
    table: Table
    documented: int
    checks: tuple[Check, ...]
    answers: tuple[Answer, ...]
    quoted: Quoted | None
    verdict: str
    agree: bool
    identification: bool
    sensitivity: tuple[tuple[float, Interval], ...] = ()
    consistency: tuple[Consistency, ...] = ()
    without: tuple[WithoutList, ...] = ()
    strata: Strata | None = None
    provenance: Provenance | None = None
