"""archive: ZIP, tar and compressed streams -> their members, one after the other, none of them written anywhere."""

import bz2
import copy
import gzip
import io
import lzma
import re
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from tollbook.errors import SourceError
from tollbook.sources.forward import BROKEN, Budget, Forward
from tollbook.sources.received import MEGABYTE

_MOST_DIRECTORY = 24 * MEGABYTE  # of a ZIP, which is held in memory: room for some 200,000 members
_MOST_HEADER = MEGABYTE  # of a tar member: longer ones are made to fill memory
_BITE = 256
_XZ_MEMORY = 256 * MEGABYTE
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Member:
    """One member of an archive: its name, and its bytes or why there are none."""

    name: str
    stream: Forward | None
    problem: str | None = None
    size: int = 0


def is_outside(name: str) -> bool:
    """Tell whether a member's name leads out of a folder it would be unpacked into."""
    parts = re.split(r"[\\/]", name)
    return name.startswith(("/", "\\")) or ".." in parts or bool(re.match(r"[A-Za-z]:", name))


def is_hidden(name: str) -> bool:
    """Tell whether a member is a hidden file, or one that an operating system adds by itself."""
    return any(
        part.startswith((".", "__MACOSX")) and part not in (".", "..") for part in re.split(r"[\\/]", name)
    )


def zip_of(file: BinaryIO) -> zipfile.ZipFile:
    """Open a ZIP archive whose directory fits into memory; SourceError for one that does not or is broken."""
    try:
        size = _directory_size(file)
        if size > _MOST_DIRECTORY:
            raise SourceError("more members than can be listed at once - pack it in parts")
        return zipfile.ZipFile(file)
    except BROKEN as problem:
        raise SourceError(f"the ZIP archive is broken: {_words(problem)}") from problem


def zip_members(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member]:
    """Yield the members of a ZIP archive in its order; a stream is good until the next member is asked for."""
    for item in archive.infolist():
        if item.is_dir():
            continue
        budget.count()
        name = shown(item.filename)
        if item.flag_bits & 1:
            yield Member(name, None, "encrypted - unpack the archive with its password, and give the folder")
            continue
        try:
            yield Member(name, Forward(_frugal(archive, item), budget), size=item.compress_size)
        except BROKEN as problem:
            yield Member(name, None, f"cannot be unpacked: {_words(problem)}")


def _frugal(archive: zipfile.ZipFile, item: zipfile.ZipInfo) -> Callable[[int], bytes]:
    """Return how to read a member so that no bite of it unpacks to more than was asked for.

    The library bounds only the common kinds. A bzip2 member is unpacked here (it has check sums of its own), and the
    bites of an LZMA member are small.
    """
    if item.compress_type == zipfile.ZIP_BZIP2:
        packed = copy.copy(item)
        packed.compress_type, packed.file_size = zipfile.ZIP_STORED, item.compress_size
        cast(Any, packed).CRC = None
        return bz2.BZ2File(archive.open(packed)).read
    stream = archive.open(item)
    if item.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return stream.read
    cast(Any, stream).MIN_READ_SIZE = _BITE
    return lambda count: stream.read(min(count, _BITE))


def tar_members(stream: Forward, budget: Budget) -> Iterator[Member]:
    """Yield the files of a tar archive in its order; a stream is good until the next member is asked for."""
    try:
        with tarfile.open(fileobj=cast(Any, _Tape(stream)), mode="r:", ignore_zeros=False) as archive:
            while (item := archive.next()) is not None:
                cast(Any, archive).members = []  # the library would keep them all
                if item.isdir():
                    continue
                budget.count()
                yield _tar_member(archive, item)
    except (tarfile.TarError, ValueError, OverflowError, EOFError) as problem:
        yield Member("", None, f"the tar archive is broken from here on: {_words(problem)}")


def _tar_member(archive: tarfile.TarFile, item: tarfile.TarInfo) -> Member:
    name = shown(item.name)
    if item.issym() or item.islnk():
        return Member(name, None, f"a link to {shown(item.linkname)} - not followed")
    file = None if item.issparse() else archive.extractfile(item)
    if file is None:
        return Member(name, None, "not a plain file - not read")
    return Member(name, Forward(file.read), size=item.size)


def unsqueezed(kind: str, stream: Forward, budget: Budget) -> Forward:
    """Return what a gzip, bz2 or xz stream holds, unpacked as it is read."""
    source = cast(Any, stream)
    if kind == "gzip":
        return Forward(gzip.GzipFile(fileobj=source).read, budget)
    if kind == "bz2":
        return Forward(bz2.BZ2File(source).read, budget)
    return Forward(io.BufferedReader(_Xz(stream)).read, budget)


def shown(name: str) -> str:
    """Return a member's name as it can be shown: no control characters, no change of direction, no end of line."""
    return _CONTROL.sub("\ufffd", name)[:500]


def _words(problem: BaseException) -> str:
    return f"{problem}"[:200] or type(problem).__name__


class _Tape:
    """A stream as the tar library wants it, which seeks forward only and never fills memory with a header."""

    def __init__(self, stream: Forward) -> None:
        self._stream = stream

    def read(self, count: int = -1) -> bytes:
        if not 0 <= count <= _MOST_HEADER:
            raise tarfile.ReadError("a header larger than any honest one")
        return self._stream.read(count)

    def tell(self) -> int:
        return self._stream.tell()

    def seek(self, place: int, whence: int = 0) -> int:
        ahead = place - self._stream.tell()
        if whence or ahead < 0:
            raise tarfile.StreamError("the archive leads back to what was read")
        while ahead > 0:
            passed = len(self._stream.read(min(ahead, _MOST_HEADER)))
            if not passed:
                break
            ahead -= passed
        return self._stream.tell()


class _Xz(io.RawIOBase):
    """An xz stream, within a bound on the memory that it may demand."""

    def __init__(self, stream: Forward) -> None:
        self._stream = stream
        self._unpack = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while True:
            if self._unpack.eof:
                self._rest = (self._unpack.unused_data or self._stream.read(8192)).lstrip(b"\0")
                if not self._rest:
                    return 0
                self._unpack = lzma.LZMADecompressor(memlimit=_XZ_MEMORY)
            elif self._unpack.needs_input:
                self._rest = self._stream.read(8192)
                if not self._rest:
                    raise EOFError("the xz stream ends before its end")
            data = self._unpack.decompress(self._rest, len(buffer))
            self._rest = b""
            if data:
                buffer[: len(data)] = data
                return len(data)


def _directory_size(file: BinaryIO) -> int:
    """Return the size of a ZIP's directory as its end tells, before a library reads it."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read(66_000)
    file.seek(0)
    end = tail.rfind(b"PK\x05\x06")
    if end < 0 or len(tail) < end + 22:
        raise zipfile.BadZipFile("it has no end, as if cut off")
    told = int(struct.unpack("<L", tail[end + 12 : end + 16])[0])
    wide = tail.rfind(b"PK\x06\x06", 0, end)
    if wide >= 0 and len(tail) >= wide + 48:
        told = max(
            told if told != 0xFFFFFFFF else 0, int(struct.unpack("<Q", tail[wide + 40 : wide + 48])[0])
        )
    return told
