"""tape: the records of a WARC archive, one after the other; where one is broken the next is looked for.

The libraries for it stop at the first broken record, or pass over it in silence; and they hold a line of any length.
"""

import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tollbook.sources.forward import HEAD, Budget, Forward

_MOST_HEADER = 256_000
_MOST_LINE = 65_536
_VERSION = re.compile(rb"WARC/\d\.\d{1,2}\s*\Z")
_GZIP = b"\x1f\x8b\x08"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its headers (names in small letters), its block, and its bytes as they stand; or what is broken.

    `place` is where it begins in the archive. `block` is None where `problem` says why.
    """

    place: int
    headers: Mapping[str, str]
    block: bytes | None
    raw: bytes = b""
    problem: str | None = None


class _TornError(Exception):
    """The bytes cannot be unpacked any further."""


class _Unpacked:
    """Bytes of the archive, unpacked where they are gzip members; after a tear the next member is looked for."""

    def __init__(self, stream: Forward, budget: Budget) -> None:
        self._stream, self._budget = stream, budget
        self._packed = stream.peek(3) == _GZIP
        self._unpack = zlib.decompressobj(31)
        self._rest = b""
        self.place = stream.tell()

    def more(self, count: int) -> bytes:
        """Return up to `count` more bytes, b"" at the end; raises at a tear, after which it goes on behind it."""
        if not self._packed:
            return self._stream.read(count)
        while True:
            if self._unpack.eof:
                self._rest = (self._unpack.unused_data or self._rest or self._stream.read(HEAD)).lstrip(b"\0")
                self._unpack = zlib.decompressobj(31)
                self.place = self._stream.tell() - len(self._rest)
            source = self._rest or self._stream.read(HEAD)
            if not source:
                return b""
            try:
                data = self._unpack.decompress(source, count)
            except zlib.error as problem:
                self._skip(source)
                raise _TornError(f"its compression is broken: {problem}") from problem
            self._rest = b"" if self._unpack.eof else self._unpack.unconsumed_tail
            if data:
                self._budget.take(len(data))
                return data

    def _skip(self, source: bytes) -> None:
        """Move to the next beginning of a gzip member."""
        source = source[1:]
        while True:
            found = source.find(_GZIP)
            if found >= 0:
                self._rest, self._unpack = source[found:], zlib.decompressobj(31)
                self.place = self._stream.tell() - len(self._rest)
                return
            more = self._stream.read(HEAD)
            if not more:
                self._rest, self._unpack = b"", zlib.decompressobj(31)
                return
            source = source[-2:] + more


def records_of(stream: Forward, most: int, budget: Budget) -> Iterator[Record]:
    """Yield the records of a WARC archive, plain or gzip; blocks larger than `most` are passed over and told."""
    source = _Unpacked(stream, budget)
    text = Forward(source.more)
    lost = False
    while True:
        place = source.place if source._packed else text.tell()
        try:
            line = text.line(_MOST_LINE)
            if not line:
                return
            if not line.strip():
                continue
            if not _VERSION.match(line):
                if not lost:
                    yield Record(place, {}, None, problem="no record begins here - looking for the next")
                lost = True
                continue
            lost = False
            yield _record(text, place, line, most)
        except _TornError as problem:
            text = Forward(source.more)
            if not lost:
                yield Record(place, {}, None, problem=str(problem))
            lost = False


def _record(text: Forward, place: int, first: bytes, most: int) -> Record:
    head = bytearray(first)
    headers: dict[str, str] = {}
    name = ""
    while True:
        line = text.line(_MOST_LINE)
        head += line
        if not line.strip():
            break
        if len(head) > _MOST_HEADER:
            return Record(place, headers, None, problem="its headers do not end")
        words = line.decode("utf-8", "replace")
        if words[0] in " \t" and name:
            headers[name] += " " + words.strip()
            continue
        name, colon, value = words.partition(":")
        name = name.strip().lower()
        if not colon:
            return Record(place, headers, None, problem="a line of its headers is none")
        headers[name] = value.strip()
    length = headers.get("content-length", "")
    if not (length.isascii() and length.isdigit()):
        return Record(place, headers, None, problem="it does not tell its length")
    size = int(length)
    if size > most:
        _pass(text, size)
        return Record(
            place,
            headers,
            None,
            problem=f"{size / 1e6:,.0f} MB - the limit is {most / 1e6:,.0f} MB; give --max-size",
        )
    block = text.read(size)
    if len(block) < size:
        return Record(place, headers, None, problem="the archive ends in the middle of it")
    return Record(place, headers, block, bytes(head) + block + b"\r\n\r\n")


def _pass(text: Forward, size: int) -> None:
    while size > 0:
        passed = len(text.read(min(size, 1_048_576)))
        if not passed:
            return
        size -= passed
