"""received: a report as it came in, with what was noticed on the way; and the options of receiving."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from tollbook.errors import Problem
from tollbook.model.report import Report
from tollbook.model.text import Warning

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Received:
    """One report, where it came from in words, and warnings about its bytes."""

    report: Report
    where: str
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """What the user said about the sources, and the limits of receiving.

    `max_bytes` bounds one item: a file, a line of a .jsonl, a response (after decompression).
    """

    published: str | None = None
    publisher: str | None = None
    language: str | None = None
    allow_private: bool = False
    timeout: float = 30.0
    max_bytes: int = 64 * MEGABYTE
    stdin: BinaryIO | None = field(default=None, compare=False)


Item = Received | Problem
Items = Iterator[Item]
