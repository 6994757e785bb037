"""parcel: what one report brings to the register, made ready before the writer's turn comes."""

import hashlib
from dataclasses import dataclass

from tollbook.model.origin import OriginRef
from tollbook.model.report import Report


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim as it is stored: what is asked for often as columns, the whole Testimony as JSON."""

    id: str
    harm: str
    status: str
    scope: str
    modality: str
    place: str | None
    country: str | None
    day: str | None
    origin: str
    low: int | None
    best: int | None
    high: int | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Parcel:
    """One report with its claims.

    `key` is the report's id in this register: the same text published elsewhere, or dated otherwise, is another report.
    `page` names what later versions of it share, None where it can have none. `rest` is the remainder of the reading as
    JSON, `norm` the text as it is searched, `sketch` the sorted shingle hashes by which copies are found, `keys` those by which
    reports that may tell one event are found.
    """

    key: str
    page: str | None
    report: Report
    claims: tuple[ClaimRow, ...]
    origins: tuple[OriginRef, ...]
    rest: bytes
    norm: str
    sketch: tuple[int, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Custody:
    """How a report came: from where in words, its address, and the SHA-256 of what is in the archive."""

    received_from: str
    url: str | None = None
    original: str | None = None
    size: int = 0
    capture: str | None = None
    capture_size: int = 0


@dataclass(frozen=True, slots=True)
class Added:
    """What a batch changed: numbers and ids of new reports, numbers of new claims, of claims of reports now superseded.

    `versions` is how many of the new reports are versions of a page that was there.
    """

    reports: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()
    claims: tuple[int, ...] = ()
    superseded: tuple[int, ...] = ()
    versions: int = 0


def key_of(report: Report) -> str:
    """Return the id of a report in a register: of its text where nothing else is known, else of text, address, publisher, day.

    So one wire story in ten outlets is ten reports (and one story), and the same text added twice is one.
    """
    head = (report.url, report.publisher, report.published)
    if not any(head):
        return report.id
    return hashlib.sha256("\n".join((report.id, *(part or "" for part in head))).encode()).hexdigest()


def again(key: str, retrieved: str) -> str:
    """Return the id of a report whose text was seen on its page before, and is seen there again at a later moment."""
    return hashlib.sha256(f"{key}\n{retrieved}".encode()).hexdigest()


def page_of(report: Report) -> str | None:
    """Return what the versions of a page share: its address, and its giver's own id where many stand at one address."""
    if not report.url:
        return None
    return report.url if report.ref is None else f"{report.url}\n{report.ref}"
