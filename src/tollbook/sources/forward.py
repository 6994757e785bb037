"""forward: a stream that is read once, from its beginning to its end, and never in pieces larger than asked for."""

import io
import lzma
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from tollbook.errors import SourceError
from tollbook.sources.received import MEGABYTE

HEAD = 65_536  # how far ahead a kind may be told by its content
BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError,
    RuntimeError, ValueError, OverflowError, struct.error,
)  # fmt: skip  # what the libraries raise over broken bytes
_SPOOL = 16 * MEGABYTE  # what is larger waits on disk
_FLOOR = 200 * MEGABYTE  # an archive may always unpack to this much
_RATIO = 200  # and to this many times its size: no text does, bombs do
_MOST_MEMBERS = 1_000_000


class Budget:
    """How much an archive may still unpack to, with all archives in it."""

    def __init__(self, packed: int, parent: "Budget | None" = None) -> None:
        """Allow what an archive of `packed` bytes may unpack to, within what its own archive may."""
        self.left = max(_FLOOR, _RATIO * packed)
        self.members = _MOST_MEMBERS
        self._parent = parent

    def take(self, count: int) -> None:
        """Count unpacked bytes; SourceError when it is more than an honest archive holds."""
        self.left -= count
        if self._parent is not None:
            self._parent.take(count)
        if self.left < 0:
            raise SourceError(
                f"the archive unpacks to more than {_RATIO} times its size - refused as a bomb; unpack it and give the folder"
            )

    def count(self) -> None:
        """Count a member; SourceError when there are more than anybody packs."""
        self.members -= 1
        if self._parent is not None:
            self._parent.count()
        if self.members < 0:
            raise SourceError(f"more than {_MOST_MEMBERS:,} members - the rest is not read; pack it in parts")

    def spent(self) -> bool:
        """Tell whether nothing may be unpacked any more."""
        return self.left < 0 or self.members < 0 or (self._parent is not None and self._parent.spent())


class Forward:
    """Reads a stream once, with a look ahead; what it yields counts against a budget."""

    def __init__(
        self, read: Callable[[int], bytes], budget: Budget | None = None, source: BinaryIO | None = None
    ) -> None:
        """Wrap a function that returns up to so many bytes, b"" at the end; `source` is a seekable file of the same."""
        self._read, self._budget, self._source = read, budget, source
        self._ahead = b""
        self._place = 0

    def peek(self, count: int = HEAD) -> bytes:
        """Return up to `count` bytes of what comes next, and leave them there."""
        while len(self._ahead) < count:
            more = self._more(count - len(self._ahead))
            if not more:
                break
            self._ahead += more
        return self._ahead[:count]

    def read(self, count: int) -> bytes:
        """Return exactly `count` bytes, fewer at the end."""
        out = [self._ahead[:count]]
        self._ahead = self._ahead[count:]
        missing = count - len(out[0])
        while missing > 0:
            more = self._more(min(missing, 1_048_576))
            if not more:
                break
            out.append(more)
            missing -= len(more)
        data = b"".join(out)
        self._place += len(data)
        return data

    def push(self, data: bytes) -> None:
        """Put back what was read last."""
        self._ahead = data + self._ahead
        self._place -= len(data)

    def line(self, most: int) -> bytes:
        """Return the next line with its end; of a longer one the first `most` bytes."""
        while True:
            end = self._ahead.find(b"\n", 0, most)
            if end >= 0:
                return self.read(end + 1)
            if len(self._ahead) >= most:
                return self.read(most)
            more = self._more(
                max(HEAD, len(self._ahead))
            )  # twice as much each time: a long line costs its length
            if not more:
                return self.read(len(self._ahead))
            self._ahead += more

    def lines(self, most: int) -> Iterator[bytes]:
        """Yield the lines; of a line longer than `most` its first part, one byte longer than allowed."""
        while line := self.line(most + 1):
            yield line
            while len(line) > most and not line.endswith(b"\n"):
                line = self.line(HEAD)  # the rest of a line that is too long
                if not line:
                    return

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._place

    def seekable_file(self) -> BinaryIO:
        """Return a file to seek in with all that the stream holds; it may lie on disk for as long as it is open."""
        if self._source is not None:
            return self._source
        file = cast(BinaryIO, tempfile.SpooledTemporaryFile(_SPOOL))  # noqa: SIM115  # closed by who asked
        while piece := self.read(1_048_576):
            file.write(piece)
        file.seek(0)
        return file

    def _more(self, count: int) -> bytes:
        try:
            data = self._read(count)
        except BROKEN as problem:
            raise SourceError(f"cannot be unpacked: {problem or type(problem).__name__}"[:300]) from problem
        if self._budget is not None and data:
            self._budget.take(len(data))
        return data


def forward_of(data: bytes) -> Forward:
    """Return a stream of bytes that are there already."""
    file = io.BytesIO(data)
    return Forward(file.read, source=file)
