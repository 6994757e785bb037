"""pairs: weighed pairs -> what a person looks at."""

from collections.abc import Callable

import numpy as np

from tollbook.model.person import Compared, Pair
from tollbook.people.weigh import Weighed


def pair_at(weighed: Weighed, one: int, two: int) -> Pair:
    """Return two rows as a pair with what each comparison adds; probability 0 where no rule found them."""
    a, b = min(one, two), max(one, two)
    low = int(np.searchsorted(weighed.pairs[:, 0], a, "left"))
    high = int(np.searchsorted(weighed.pairs[:, 0], a, "right"))
    at = low + int(np.searchsorted(weighed.pairs[low:high, 1], b))
    if at >= high or int(weighed.pairs[at, 1]) != b:
        return Pair(a, b, 0.0)
    return Pair(a, b, float(weighed.probability[at]), _compared(weighed, at))


def _compared(weighed: Weighed, at: int) -> tuple[Compared, ...]:
    found = []
    for c, comparison in enumerate(weighed.comparisons):
        level = int(weighed.levels[at, c])
        if level < 0:
            continue
        words = comparison.levels[level].words if level < len(comparison.levels) else "different"
        found.append(Compared(comparison.name, words, weighed.weights[c][level]))
    return tuple(found)


def doubtful(weighed: Weighed, fresh: Callable[[int, int], bool], most: int) -> list[Pair]:
    """Return the pairs nearest to a toss of a coin, of those that `fresh` lets through."""
    order = np.argsort(np.abs(weighed.probability - 0.5), kind="stable")
    found: list[Pair] = []
    for at in order.tolist():
        if len(found) >= most or not 0.02 < weighed.probability[at] < 0.98:
            break
        a, b = int(weighed.pairs[at, 0]), int(weighed.pairs[at, 1])
        if fresh(a, b):
            found.append(Pair(a, b, float(weighed.probability[at]), _compared(weighed, at)))
    return found
