"""progress: long work -> a line on standard error: how many, how fast, how long still."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from tollbook.errors import Problem

T = TypeVar("T")
_AFTER = 2.0  # seconds before the first line: short work needs none
_SOON = 1.0  # the same for work whose share is known
_EVERY = 0.5


class Progress(Generic[T]):
    """Passes items on, and says on a terminal's standard error how the work goes; elsewhere it is silent.

    `share` tells how much of the work is done, from 0 to 1, or None while nobody knows; it gives the time that remains.
    """

    def __init__(
        self, items: Iterator[T], *, share: Callable[[], float | None] | None = None, quiet: bool = False
    ) -> None:
        """Wrap items; `quiet` keeps it silent on a terminal too."""
        self._items, self._share = items, share
        self._shown = not quiet and sys.stderr.isatty()
        self._written = 0

    def __iter__(self) -> Iterator[T]:
        """Yield the items."""
        begun = last = time.monotonic()
        count = 0
        try:
            for item in self._items:
                if isinstance(item, Problem):
                    self._write("")  # what is told of it begins on a clean line
                yield item
                count += 1
                now = time.monotonic()
                if self._shown and now - begun > _AFTER and now - last > _EVERY:
                    self._write(line_of(count, now - begun, self._share and self._share()))
                    last = now
        finally:
            if self._written:
                self._write(line_of(count, time.monotonic() - begun, None))
                sys.stderr.write("\n")

    def _write(self, line: str) -> None:
        """Put a line in the place of the one before."""
        if line or self._written:
            line = line[: shutil.get_terminal_size().columns - 1]
            sys.stderr.write("\r" + line.ljust(self._written) + ("" if line else "\r"))
            sys.stderr.flush()
            self._written = len(line)


def line_of(count: int, seconds: float, share: float | None) -> str:
    """Return the line for `count` reports after so many seconds, with the time that remains where a share is known."""
    rate = count / seconds if seconds else 0.0
    line = f"{count:,} report{'' if count == 1 else 's'}, {rate:,.{0 if rate >= 10 else 1}f} a second"
    if share is not None and 0 < share < 1:
        left = round(seconds * (1 - share) / share)
        hours, rest = divmod(left, 3600)
        remaining = f"{hours} h {rest // 60} min" if hours else f"{rest // 60} min {rest % 60} s"
        line += f", {share:.0%}, {remaining} left"
    return line


def size_of(names: Sequence[str]) -> int | None:
    """Return the bytes of all files that sources name; None where one is no file or folder, so that nobody knows."""
    total = 0
    for name in names:
        path = Path(name)
        if path.is_file():
            total += path.stat().st_size
        elif path.is_dir():
            total += sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
        else:
            return None
    return total


class Shares:
    """Says on a terminal's standard error what is being done, how much of all work is done, how long still."""

    def __init__(self, *, quiet: bool = False) -> None:
        """Begin to count time."""
        self._shown = not quiet and sys.stderr.isatty()
        self._begun = self._last = time.monotonic()
        self._written = False

    def __call__(self, name: str, share: float) -> None:
        """Hear that `share` of all work is done, and that `name` is under way."""
        now = time.monotonic()
        if not self._shown or now - self._begun < _SOON or now - self._last < _EVERY:
            return
        left = (now - self._begun) * (1 - share) / max(share, 1e-3)
        remains = f", about {left // 60:.0f} min {left % 60:.0f} s left" if share > 0.02 else ""
        sys.stderr.write("\r" + f"{name}: {share:.0%} done{remains}".ljust(70))
        sys.stderr.flush()
        self._last, self._written = now, True

    def close(self) -> None:
        """Wipe the line."""
        if self._written:
            sys.stderr.write("\r" + " " * 70 + "\r")
            sys.stderr.flush()
