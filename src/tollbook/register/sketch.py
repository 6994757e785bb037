"""sketch: the shingles by which copies of a report are found, by day of publication.

A sketch is the sorted hashes of those shingles of which two copies share at least one. Sketches lie in the database, one a
report; while somebody adds, those of the days around are held in memory, sorted, so that to look up a report is a search in
a few sorted lists. What is found are candidates: whether they are copies, their texts decide.
"""

from collections.abc import Iterable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, text

_LAST = date.max.toordinal()  # a report may give itself any day that the calendar has
_UNDATED = "-"
_HASH = np.dtype("<u4")
Runs = list[tuple[NDArray[np.uint32], NDArray[np.int64]]]


def add(connection: Connection, rows: Sequence[tuple[int, str | None, Sequence[int]]]) -> None:
    """Keep the sketches of new reports: number, day of publication, hashes."""
    if rows:
        connection.execute(
            text("INSERT INTO sketch (n, day, keys) VALUES (:n, :day, :keys)"),
            [
                {"n": n, "day": (day or _UNDATED)[:10], "keys": np.asarray(sorted(keys), _HASH).tobytes()}
                for n, day, keys in rows
            ],
        )


class Sketches:
    """The sketches of a register, read day by day as they are asked for, and kept up with what others add."""

    def __init__(self, window: int, threshold: float) -> None:
        """Start empty; `window` is how many days two copies may lie apart, `threshold` their least likeness."""
        self._window, self._threshold = window, threshold
        self._days: dict[str, Runs] = {}
        self._sizes = np.zeros(0, np.int64)  # by number of report: hashes in its sketch
        self._ends = np.zeros(0, np.uint32)  # by number of report: the last of them
        self._seen = 0  # every report up to this number is in memory, for the days that are

    def alike(self, connection: Connection, n: int, day: str | None, keys: Sequence[int]) -> list[int]:
        """Return the numbers of the reports before `n` that may be its copies, ascending; no copy is left out.

        Copies share a hash; and of the hashes up to the end of the shorter reach, so many that the others, were they all shared,
        would make up what is missing. That leaves out texts that share a sentence or two.
        """
        if not keys:
            return []
        asked = np.asarray(sorted(keys), _HASH)
        met = [
            _slices(numbers, np.searchsorted(hashes, asked, "left"), np.searchsorted(hashes, asked, "right"))
            for name in self._around(connection, day)
            for hashes, numbers in self._days.get(name, ())
        ]
        others, shared = (
            np.unique(np.concatenate(met), return_counts=True) if met else (np.zeros(0, np.int64),) * 2
        )
        shared = shared[others < n]
        others = others[others < n]
        sizes, ends = self._sizes[others], self._ends[others]
        (mine_least, mine_most), (least, most) = self._texts(np.asarray([len(asked)])), self._texts(sizes)
        reached = np.searchsorted(asked, np.minimum(ends, asked[-1]), "right")
        more = np.minimum(mine_most - reached, most - np.where(ends <= asked[-1], sizes, shared))
        needed = self._threshold / (1 + self._threshold) * (mine_least + least)
        return [int(other) for other in others[shared + more >= needed - 1e-9]]

    def _texts(self, sizes: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the fewest and the most shingles of texts whose sketches have some sizes.

        A text of m shingles has a sketch of m - ceil(threshold * m) + 1 of them.
        """
        rest = 1 - self._threshold
        return np.ceil((sizes - 1) / rest - 1e-9).astype(np.int64), np.floor(sizes / rest).astype(np.int64)

    def load(self, connection: Connection, days: Iterable[str | None]) -> None:
        """Bring the days around those of a batch into memory, and what was added since the last look."""
        self._refresh(connection)
        missing = {name for day in days for name in self._around(connection, day)} - self._days.keys()
        if missing:
            rows = connection.execute(
                text("SELECT n, day, keys FROM sketch WHERE day IN :days AND n <= :last").bindparams(
                    bindparam("days", expanding=True)
                ),
                {"days": sorted(missing), "last": self._seen},
            ).all()
            self._take(rows, missing)

    def _refresh(self, connection: Connection) -> None:
        last = int(connection.execute(text("SELECT coalesce(max(n), 0) FROM sketch")).scalar_one())
        if self._days and last > self._seen:
            self._take(
                connection.execute(
                    text("SELECT n, day, keys FROM sketch WHERE n > :last ORDER BY n"), {"last": self._seen}
                ).all(),
                set(),
            )
        self._seen = last

    def _take(self, rows: Iterable[tuple[int, str, bytes]], new: set[str]) -> None:
        for name in new:
            self._days.setdefault(name, [])
        by_day: dict[str, list[tuple[int, bytes]]] = {}
        for n, day, keys in rows:
            if day in self._days:
                by_day.setdefault(day, []).append((n, keys))
        for day, some in by_day.items():
            pieces = [np.frombuffer(keys, _HASH) for _, keys in some]
            self._measure([n for n, _ in some], pieces)
            hashes = np.concatenate(pieces)
            numbers = np.repeat(np.asarray([n for n, _ in some], np.int64), [len(p) for p in pieces])
            order = np.argsort(hashes, kind="stable")
            _merge(self._days[day], hashes[order], numbers[order])

    def _measure(self, numbers: Sequence[int], pieces: Sequence[NDArray[np.uint32]]) -> None:
        """Note the size and the end of sketches."""
        missing = max(numbers) + 1 - len(self._sizes)
        if missing > 0:
            grown = max(missing, len(self._sizes))
            self._sizes = np.concatenate((self._sizes, np.zeros(grown, np.int64)))
            self._ends = np.concatenate((self._ends, np.zeros(grown, np.uint32)))
        for n, piece in zip(numbers, pieces, strict=True):
            if len(piece):
                self._sizes[n], self._ends[n] = len(piece), piece[-1]

    def _around(self, connection: Connection, day: str | None) -> list[str]:
        """Return the names of the days within the window of a day; of an undated report all days there are."""
        if day is None:
            return list(connection.execute(text("SELECT DISTINCT day FROM sketch")).scalars())
        middle = date.fromisoformat(day[:10]).toordinal()
        span = range(middle - self._window, middle + self._window + 1)
        return [_UNDATED, *(date.fromordinal(d).isoformat() for d in span if 0 < d <= _LAST)]


def _slices(numbers: NDArray[np.int64], at: NDArray[np.intp], end: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return the numbers in several stretches of a list, one behind the other."""
    lengths = end - at
    if not lengths.any():
        return numbers[:0]
    steps = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    chosen: NDArray[np.int64] = numbers[np.repeat(at, lengths) + steps]
    return chosen


def _merge(runs: Runs, hashes: NDArray[np.uint32], numbers: NDArray[np.int64]) -> None:
    """Add a sorted run; runs of like length become one, so that there are few and each hash moves seldom."""
    while runs and len(runs[-1][0]) <= 2 * len(hashes):
        others, theirs = runs.pop()
        hashes, numbers = np.concatenate((others, hashes)), np.concatenate((theirs, numbers))
        order = np.argsort(hashes, kind="stable")
        hashes, numbers = hashes[order], numbers[order]
    runs.append((hashes, numbers))
