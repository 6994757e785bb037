"""join: weighed pairs and decisions -> persons.

Joining whatever touches chains different people together (a pair at .97, a "person" of 250 rows), so rows are joined the
surest first, and two groups become one only where their rows agree on average and no decision or list forbids it.
"""

import hashlib
from collections import deque
from collections.abc import Collection, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tollbook.model.person import Conflict, Decision, Person, Row

_UNSEEN = 0.02  # what a pair that no rule found is taken for: it agrees on nothing that a rule looks at
_SURE = 0.999999


def join(
    count: int,
    pairs: NDArray[np.int64],
    probability: NDArray[np.float64],
    *,
    same: Collection[tuple[int, int]] = (),
    different: Collection[tuple[int, int]] = (),
    lists: Sequence[str] | None = None,
    single: Collection[str] = (),
    cut: float = 0.5,
    most: int = 80,
) -> list[tuple[int, ...]]:
    """Return the rows of each person, smallest row first; every row is in exactly one.

    `same` and `different` are decided pairs and hold whatever was weighed. In the lists named by `single` nobody stands
    twice. `cut` is the least average probability at which two groups are one; no group grows over `most` rows unless
    decisions make it so.
    """
    groups = _Groups(count, lists, frozenset(single), {_ordered(p) for p in different})
    for one, two in sorted(_ordered(p) for p in same):
        groups.put_together(one, two, decided=True)
    held: dict[int, dict[int, float]] = {}
    floor = min(cut / 4, 0.05)
    likely = probability >= floor
    pairs, probability = pairs[likely], probability[likely]
    for (one, two), p in zip(pairs.tolist(), probability.tolist(), strict=True):
        held.setdefault(one, {})[two] = p
        held.setdefault(two, {})[one] = p
    order = np.argsort(-probability, kind="stable")
    for at in order.tolist():
        if probability[at] < cut:
            break
        one, two = int(pairs[at, 0]), int(pairs[at, 1])
        a, b = groups.root(one), groups.root(two)
        if a == b or not groups.may(a, b, most):
            continue
        if groups.average(a, b, held) >= cut:
            groups.put_together(a, b)
    return sorted(tuple(sorted(rows)) for rows in groups.members.values())


class _Groups:
    """Rows in groups, with what forbids two groups to be one."""

    def __init__(
        self, count: int, lists: Sequence[str] | None, single: frozenset[str], apart: set[tuple[int, int]]
    ) -> None:
        self.of = list(range(count))
        self.members: dict[int, list[int]] = {i: [i] for i in range(count)}
        self.once: dict[int, set[str]] = {}
        if lists is not None and single:
            self.once = {i: ({lists[i]} if lists[i] in single else set()) for i in range(count)}
        self.foes: dict[int, set[int]] = {}
        for one, two in apart:
            self.foes.setdefault(one, set()).add(two)
            self.foes.setdefault(two, set()).add(one)

    def root(self, row: int) -> int:
        return self.of[row]

    def may(self, a: int, b: int, most: int) -> bool:
        if len(self.members[a]) + len(self.members[b]) > most:
            return False
        if self.once and self.once[a] & self.once[b]:
            return False
        return not self._foes(a, b)

    def _foes(self, a: int, b: int) -> bool:
        if not self.foes:
            return False
        small, other = sorted((a, b), key=lambda g: len(self.members[g]))
        return any(self.of[foe] == other for row in self.members[small] for foe in self.foes.get(row, ()))

    def average(self, a: int, b: int, held: Mapping[int, Mapping[int, float]]) -> float:
        """Return the mean probability over all pairs of rows of two groups."""
        total = 0.0
        for one in self.members[a]:
            near = held.get(one, {})
            for two in self.members[b]:
                total += near.get(two, _UNSEEN)
        return total / (len(self.members[a]) * len(self.members[b]))

    def put_together(self, one: int, two: int, *, decided: bool = False) -> None:
        a, b = self.of[one], self.of[two]
        if a == b or (decided and self._foes(a, b)):
            return  # decisions that fight each other are shown as conflicts, not resolved here
        if len(self.members[a]) < len(self.members[b]):
            a, b = b, a
        for row in self.members[b]:
            self.of[row] = a
        self.members[a] += self.members.pop(b)
        if self.once:
            self.once[a] |= self.once.pop(b)


def _ordered(pair: tuple[int, int]) -> tuple[int, int]:
    return (pair[0], pair[1]) if pair[0] <= pair[1] else (pair[1], pair[0])


def persons_of(
    rows: Sequence[Row],
    groups: Sequence[Sequence[int]],
    pairs: NDArray[np.int64],
    probability: NDArray[np.float64],
) -> list[Person]:
    """Make persons of groups: an id that the rows' own names give, and the weakest link that holds each together."""
    of = np.zeros(len(rows), np.int64)
    for number, group in enumerate(groups):
        of[list(group)] = number
    inside = of[pairs[:, 0]] == of[pairs[:, 1]]
    weight = {
        (int(a), int(b)): float(p) for (a, b), p in zip(pairs[inside], probability[inside], strict=True)
    }
    found = []
    for group in groups:
        names = "\n".join(sorted(f"{rows[i].list}\t{rows[i].ref}" for i in group))
        doubt = _weakest(group, weight) if len(group) > 1 else None
        found.append(Person("p" + hashlib.sha256(names.encode()).hexdigest()[:12], tuple(group), doubt))
    return found


def _weakest(group: Sequence[int], weight: Mapping[tuple[int, int], float]) -> float:
    """Return the least probability on the surest tree that spans a group."""
    reached, weakest = {group[0]}, 1.0
    waiting = set(group[1:])
    while waiting:
        p, row = max((max(weight.get(_ordered((a, b)), 0.0) for a in reached), b) for b in sorted(waiting))
        weakest = min(weakest, p)
        reached.add(row)
        waiting.discard(row)
    return weakest


def places_of(rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    """Return the place of each row by list and ref; the first where a list repeats a ref."""
    found: dict[tuple[str, str], int] = {}
    for i, row in enumerate(rows):
        found.setdefault((row.list, row.ref), i)
    return found


def decided(
    decisions: Sequence[Decision], rows: Sequence[Row]
) -> tuple[set[tuple[int, int]], set[tuple[int, int]], list[Decision]]:
    """Return the pairs decided the same, those decided different, and decisions whose rows are not here.

    The latest decision on a pair holds; earlier ones are kept by whoever keeps them.
    """
    at = places_of(rows)
    latest: dict[tuple[int, int], Decision] = {}
    lost = []
    for decision in sorted(decisions, key=lambda d: d.at):
        one, two = at.get(decision.one), at.get(decision.two)
        if one is None or two is None or one == two:
            lost.append(decision)
        else:
            latest[_ordered((one, two))] = decision
    same = {pair for pair, d in latest.items() if d.verdict == "same"}
    return same, {pair for pair, d in latest.items() if d.verdict == "different"}, lost


def standing(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions that hold, in the order they were taken: the latest of each pair, unless it was taken back."""
    latest: dict[frozenset[tuple[str, str]], Decision] = {}
    for decision in sorted(decisions, key=lambda d: d.at):
        pair = frozenset((decision.one, decision.two))
        latest.pop(pair, None)
        if decision.verdict != "undecided":
            latest[pair] = decision
    return list(latest.values())


def conflicts_of(
    same: Collection[tuple[int, int]], different: Collection[tuple[int, int]], rows: Sequence[Row]
) -> list[Conflict]:
    """Return decided-different pairs that a chain of decided-same pairs joins, each with the chain."""
    near: dict[int, list[int]] = {}
    for one, two in sorted(same):
        near.setdefault(one, []).append(two)
        near.setdefault(two, []).append(one)
    found = []
    for one, two in sorted(different):
        path = _path(near, one, two)
        if path:
            names = tuple((rows[i].list, rows[i].ref) for i in path)
            found.append(Conflict(names[0], names[-1], names))
    return found


def _path(near: Mapping[int, Sequence[int]], start: int, end: int) -> list[int]:
    came = {start: start}
    waiting = deque([start])
    while waiting:
        at = waiting.popleft()
        if at == end:
            path = [at]
            while path[-1] != start:
                path.append(came[path[-1]])
            return path[::-1]
        for step in near.get(at, ()):
            if step not in came:
                came[step] = at
                waiting.append(step)
    return []
