"""shaping: draws -> intervals, modes and refusals, alike for every family."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tollbook.estimation.settings import ASSUMES, Settings
from tollbook.model.estimate import Family, Interval, Modes, Refusal

Array = NDArray[np.float64]
_TRACE = 250  # points of a chain kept for its picture


def interval_of(draws: Array, level: float, best: float | None = None) -> Interval:
    """Return the interval of draws between equal tails; `best` is their median unless given."""
    low, middle, high = np.quantile(draws, [(1 - level) / 2, 0.5, (1 + level) / 2])
    return Interval(float(low), float(middle if best is None else best), float(high), level)


def less(interval: Interval, documented: int) -> Interval:
    """Return the interval of the unlisted, from that of everyone."""
    low, best, high = (max(0.0, x - documented) for x in (interval.low, interval.best, interval.high))
    return Interval(low, best, high, interval.level)


def thinned(draws: Array, kept: int) -> tuple[float, ...]:
    """Return at most `kept` draws, evenly spaced."""
    flat = draws.ravel()
    step = max(1, math.ceil(flat.size / kept))
    return tuple(round(float(x), 1) for x in flat[::step])


def traces_of(draws: Array) -> tuple[tuple[float, ...], ...]:
    """Return each chain thinned for its picture; nothing where draws are not of chains."""
    if draws.ndim != 2:
        return ()
    every = max(1, draws.shape[1] // _TRACE)
    return tuple(tuple(float(x) for x in row[::every]) for row in draws)


def modes_answer(
    family: Family, draws: Array, parts: Sequence[Array], words: str, settings: Settings
) -> Modes:
    """Answer with several centres, each with its share of the draws; draws in one row are an exact posterior's."""
    total = sum(len(p) for p in parts)
    found = tuple((len(p) / total, interval_of(p, settings.level)) for p in parts)
    kept = thinned(draws, settings.kept) if draws.ndim == 1 else ()
    return Modes(family, "estimate", found, ASSUMES[family], words, traces_of(draws), kept)


def refuse_cap(family: Family, settings: Settings, found: str = "the interval reaches") -> Refusal:
    """Refuse an answer that no table bounds from above."""
    return Refusal(
        family,
        "cap",
        f"{found} beyond {settings.cap:.0f} times the documented - the table does not bound the number from above "
        "- find a list that overlaps more with the others, or give the documented number only",
    )


def refuse_width(family: Family, lists: int, most: int, why: str) -> Refusal:
    """Refuse more lists than a family can take."""
    return Refusal(family, "too_many_lists", f"{lists} lists - {why} up to {most} - merge lists of one kind")
