"""progress: long work -> a line on standard error: how many, how fast, how long still."""

import sys
import time
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
_AFTER = 2.0  # seconds before the first line: short work needs none
_EVERY = 0.5


class Progress(Generic[T]):
    """Passes items on, and says on a terminal's standard error how the work goes; elsewhere it is silent."""

    def __init__(self, items: Iterator[T], *, total: int | None = None, quiet: bool = False) -> None:
        """Wrap items; `total` is their number where it is known, for the time that remains."""
        self._items, self._total = items, total
        self._shown = not quiet and sys.stderr.isatty()

    def __iter__(self) -> Iterator[T]:
        """Yield the items."""
        begun = last = time.monotonic()
        count, written = 0, False
        for item in self._items:
            yield item
            count += 1
            now = time.monotonic()
            if self._shown and now - begun > _AFTER and now - last > _EVERY:
                sys.stderr.write("\r" + self._line(count, now - begun))
                sys.stderr.flush()
                last, written = now, True
        if written:
            sys.stderr.write("\r" + self._line(count, time.monotonic() - begun) + "\n")

    def _line(self, count: int, seconds: float) -> str:
        rate = count / seconds if seconds else 0.0
        line = f"{count:,} reports, {rate:,.0f} a second"
        if self._total and rate:
            left = max(0, self._total - count) / rate
            line += f", {left // 60:.0f} min {left % 60:.0f} s left"
        return line.ljust(60)
