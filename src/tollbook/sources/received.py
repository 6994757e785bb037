"""received: a report as it came in, with what was noticed on the way; and the options of receiving."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from tollbook.errors import Problem
from tollbook.model.report import Report
from tollbook.model.text import Warning

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Capture:
    """One exchange with a server, as it went over the wire.

    `url` is the address asked for, `final` the one that answered after `redirects` (the addresses that sent on, in
    order), `address` the network address of the last server, `time` when it answered (ISO, UTC), `status` its code.
    `warc` is WARC/1.1 records, each a gzip member: response and request of every step. Such pieces written one after
    the other are a .warc.gz file.
    """

    url: str
    final: str
    time: str
    status: int
    warc: bytes = field(repr=False)
    address: str | None = None
    redirects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Received:
    """One report, where it came from in words, and warnings about its bytes.

    With `Options.keep`, `original` is the bytes of the report as received (a web page after transfer and content
    encodings, a line of a .jsonl, a member of an archive, an entry of a feed), and `capture` the exchange that brought them.
    """

    report: Report
    where: str
    warnings: tuple[Warning, ...] = ()
    original: bytes | None = field(default=None, repr=False)
    capture: Capture | None = field(default=None, repr=False)


class Meter:
    """Counts the bytes that were read of files, for whoever shows how far the work has come."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.done = 0

    def counting(self, read: Callable[[int], bytes]) -> Callable[[int], bytes]:
        """Return a function that reads as `read` does, and counts."""

        def counted(count: int) -> bytes:
            data = read(count)
            self.done += len(data)
            return data

        return counted


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said about the sources, and the limits of receiving.

    `max_bytes` bounds one item: a file, a line of a .jsonl, a response (after decompression), a member of an archive.
    `follow` tells whether the pages that feeds, sitemaps and lists name are fetched, `spacing` is the least number of
    seconds between two of them from one host, `most` how many are taken of one feed, sitemap or list, `since` a day
    before which nothing they date is taken. `keep` holds on to the bytes as received and the exchange, for a register;
    `meter` counts what was read of files.
    """

    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    allow_private: bool = False
    timeout: float = 30.0
    max_bytes: int = 64 * MEGABYTE
    stdin: BinaryIO | None = field(default=None, compare=False)
    follow: bool = True
    spacing: float = 1.0
    most: int | None = None
    since: str | None = None
    keep: bool = True
    meter: Meter | None = field(default=None, compare=False)


Item = Received | Problem
Items = Iterator[Item]
