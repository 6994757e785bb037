"""simulate: worlds with known numbers -> tables -> how often each family's interval holds the truth."""

import math
import string
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tollbook.errors import UsageError
from tollbook.estimation.compare import compare
from tollbook.estimation.settings import ALL_FAMILIES, Settings
from tollbook.estimation.table import table_of_rows
from tollbook.model.estimate import Comparison, Estimate, Modes, Table

Rows = NDArray[np.bool_]
_LOW = (0.033, 0.033, 0.099, 0.132, 0.033)
_HIGH = (0.66, 0.825, 0.759, 0.99, 0.693)
_NEAR_EMPTY = tuple(round(0.005 + 0.00025 * at, 5) for at in range(20))  # HRDAG: each under one in a hundred


@dataclass(frozen=True, slots=True)
class World:
    """A population of known size and the chances of its people to be on each list; `width` is how many lists."""

    name: str
    people: int
    width: int
    lists: Callable[[np.random.Generator, int], Rows]
    words: str


def _classes(shares: tuple[float, ...], rates: tuple[tuple[float, ...], ...]) -> Callable[..., Rows]:
    def draw(rng: np.random.Generator, people: int) -> Rows:
        which = np.repeat(np.arange(len(shares)), np.round(np.array(shares) * people).astype(int))
        return np.asarray(rng.random((len(which), len(rates[0]))) < np.array(rates)[which])

    return draw


def _dependent(rng: np.random.Generator, people: int) -> Rows:
    first = rng.random(people) < 0.3
    second = rng.random(people) < np.where(first, 0.55, 0.15)
    rest = rng.random((people, 2)) < np.array([0.25, 0.2])
    return np.column_stack([first, second, rest])


def _smooth(rng: np.random.Generator, people: int) -> Rows:
    base = np.array([0.25, 0.2, 0.2, 0.15, 0.15])
    logits = np.log(base / (1 - base)) + rng.normal(size=(people, 1))
    return np.asarray(rng.random((people, 5)) < 1 / (1 + np.exp(-logits)))


WORLDS: dict[str, World] = {
    w.name: w
    for w in (
        World("indep4", 1000, 4, _classes((1.0,), ((0.3, 0.25, 0.2, 0.15),)), "four independent lists"),
        World("dep12", 1000, 4, _dependent, "four lists, the second copies from the first"),
        World(
            "ag4a",
            2000,
            3,
            _classes((0.7, 0.2, 0.1), (_LOW[1:4], (0.2, 0.3, 0.35), _HIGH[1:4])),
            "three lists, three kinds of people: the data cannot tell the number",
        ),
        World(
            "mv2016", 2000, 5, _classes((0.9, 0.1), (_LOW, _HIGH)), "five lists, nine in ten hardly visible"
        ),
        World(
            "stan3",
            2000,
            5,
            _classes((0.8, 0.2), ((0.113, 0.113, 0.199, 0.232, 0.133), (0.86, 0.925, 0.859, 0.99, 0.793))),
            "five lists, two kinds of people",
        ),
        World(
            "stan5neg",
            2000,
            5,
            _classes((0.8, 0.2), ((0.113, 0.113, 0.199, 0.832, 0.733), (0.86, 0.925, 0.859, 0.19, 0.193))),
            "five lists that see different people",
        ),
        World("logitnorm", 1000, 5, _smooth, "five lists, visibility varies smoothly between people"),
        World(
            "wide25",
            2000,
            25,
            _classes((0.9, 0.1), (_LOW + _NEAR_EMPTY, _HIGH + _NEAR_EMPTY)),
            "the lists of mv2016 and twenty that name hardly anyone",
        ),
    )
}


def simulate(world: str, seed: int) -> tuple[Table, int]:
    """Draw one table from a world; return it with the true number of people."""
    if world not in WORLDS:
        raise UsageError(f"world '{world}' - there are {', '.join(WORLDS)}")
    rows = WORLDS[world].lists(np.random.default_rng(seed), WORLDS[world].people)
    names = string.ascii_uppercase[: rows.shape[1]]
    return table_of_rows((row for row in rows if row.any()), names), len(rows)


@dataclass(slots=True)
class Score:
    """How one family did in a world: answers given, truth inside, medians and widths."""

    family: str
    given: int = 0
    covered: int = 0
    warned: int = 0
    bests: tuple[float, ...] = ()
    widths: tuple[float, ...] = ()

    def add(self, truth: float, low: float, best: float, high: float) -> None:
        """Count one interval."""
        self.given += 1
        self.covered += low <= truth <= high
        self.bests = (*self.bests, best)
        self.widths = (*self.widths, high - low)


def coverage(
    world: str, replicates: int, settings: Settings, seed: int
) -> Iterator[tuple[int, dict[str, Score]]]:
    """Yield the running scores of every family and of the quoted interval after each replicate."""
    scores = {name: Score(name) for name in (*(f for f in ALL_FAMILIES if f in settings.families), "quoted")}
    for at in range(replicates):
        table, truth = simulate(world, seed + at)
        _count(compare(table, settings, seed + 7 * at, consistency=False, without=False), truth, scores)
        yield at + 1, scores


def _count(found: Comparison, truth: int, scores: dict[str, Score]) -> None:
    for answer in found.answers:
        if isinstance(answer, Estimate):
            one = answer.estimated
            scores[answer.family].add(truth, one.low, one.best, one.high)
        elif isinstance(answer, Modes):
            scores[answer.family].warned += 1
    if found.quoted is not None:
        quoted = found.quoted
        middle = quoted.best if quoted.best is not None else math.sqrt(quoted.low * quoted.high)
        scores["quoted"].add(truth, quoted.low, middle, quoted.high)
    scores["quoted"].warned += found.identification
