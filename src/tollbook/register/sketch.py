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

    def __init__(self, window: int) -> None:
        """Start empty; `window` is how many days two copies may lie apart."""
        self._window = window
        self._days: dict[str, Runs] = {}
        self._seen = 0  # every report up to this number is in memory, for the days that are

    def alike(self, connection: Connection, n: int, day: str | None, keys: Sequence[int]) -> list[int]:
        """Return the numbers of the reports before `n` that share a hash and lie within the window, ascending."""
        if not keys:
            return []
        found: set[int] = set()
        asked = np.asarray(sorted(keys), _HASH)
        for name in self._around(connection, day):
            for hashes, numbers in self._days.get(name, ()):
                at = np.searchsorted(hashes, asked, "left")
                end = np.searchsorted(hashes, asked, "right")
                for i in np.flatnonzero(end > at):
                    found.update(numbers[at[i] : end[i]].tolist())
        return sorted(other for other in found if other < n)

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
            hashes = np.concatenate(pieces)
            numbers = np.repeat(np.asarray([n for n, _ in some], np.int64), [len(p) for p in pieces])
            order = np.argsort(hashes, kind="stable")
            _merge(self._days[day], hashes[order], numbers[order])

    def _around(self, connection: Connection, day: str | None) -> list[str]:
        """Return the names of the days within the window of a day; of an undated report all days there are."""
        if day is None:
            return list(connection.execute(text("SELECT DISTINCT day FROM sketch")).scalars())
        middle = date.fromisoformat(day[:10]).toordinal()
        span = range(middle - self._window, middle + self._window + 1)
        return [_UNDATED, *(date.fromordinal(d).isoformat() for d in span if d > 0)]


def _merge(runs: Runs, hashes: NDArray[np.uint32], numbers: NDArray[np.int64]) -> None:
    """Add a sorted run; runs of like length become one, so that there are few and each hash moves seldom."""
    while runs and len(runs[-1][0]) <= 2 * len(hashes):
        others, theirs = runs.pop()
        hashes, numbers = np.concatenate((others, hashes)), np.concatenate((theirs, numbers))
        order = np.argsort(hashes, kind="stable")
        hashes, numbers = hashes[order], numbers[order]
    runs.append((hashes, numbers))
