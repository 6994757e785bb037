"""warc: a WARC archive -> the pages, PDFs and texts captured in it, with their addresses and the time of capture."""

import base64
import gzip
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from tollbook.errors import Problem, SourceError
from tollbook.model.text import Warning
from tollbook.sources.encoding import body_of
from tollbook.sources.forward import Budget, Forward
from tollbook.sources.received import Capture, Options
from tollbook.sources.tape import Record, records_of

_TAKEN = re.compile(
    r"text/(?:html|plain|markdown)|application/(?:xhtml\+xml|pdf|x-pdf|msword|vnd\.openxmlformats-officedocument\.wordprocessingml\.document)"
)
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})")
_MOST_KNOWN = 200_000  # captures remembered for those that refer to them


@dataclass(frozen=True, slots=True)
class Captured:
    """One capture: the address, when, the bytes of the page, what they are said to be, and the record itself."""

    url: str
    time: str | None
    data: bytes
    media_type: str
    charset: str | None
    capture: Capture | None
    warnings: tuple[Warning, ...] = ()


class Wanted:
    """Which addresses of an archive are reports: all, or those listed and what they redirect to."""

    def __init__(self, listed: set[str] | None = None) -> None:
        """Want the listed addresses; None means all."""
        self._listed, self.missing = listed, set(listed or ())
        self.known: set[str] = (
            set()
        )  # digests and addresses of the captures seen, for those that refer to them

    def asks_for(self, url: str) -> bool:
        """Tell whether an address is wanted, and note that it was there."""
        self.missing.discard(url)
        return self._listed is None or url in self._listed

    def moved(self, url: str, target: str) -> None:
        """Want what a wanted address sends on to."""
        if self._listed is not None and url in self._listed:
            self._listed.add(target)


def captures_of(
    stream: Forward, where: str, options: Options, budget: Budget, wanted: Wanted | None = None
) -> Iterator[Captured | Problem]:
    """Yield the pages, PDFs and texts of an archive; a broken record is a Problem, and the rest goes on.

    Not reports, and passed over: requests and metadata, answers other than success, pictures, styles, scripts. A capture
    that refers to an earlier one of the same address brings nothing new; one of another address is that page again.
    """
    wanted = wanted or Wanted()
    passed: Counter[str] = Counter()
    found = 0
    for record in records_of(stream, options.max_bytes + 1_000_000, budget):
        if record.block is None:
            found += 1
            yield Problem(f"{where}, record at byte {record.place:,}", _told(record))
            continue
        captured: Captured | Problem | None
        try:
            captured = _capture(record, options, wanted, passed)
        except SourceError as problem:
            captured = Problem(f"{where}, {_url(record)}", str(problem))
        if captured is not None:
            found += 1
            yield captured
    if not found:
        told = ", ".join(f"{count:,} {kind}" for kind, count in passed.most_common(6)) or "it is empty"
        raise SourceError(f"no page, PDF or text in this WARC archive: {told}")


def _capture(record: Record, options: Options, wanted: Wanted, passed: Counter[str]) -> Captured | None:
    kind, url = record.headers.get("warc-type", "").lower(), _url(record)
    block = record.block or b""
    if kind in ("resource", "conversion"):
        return _resource(record, kind, block, options, wanted, passed)
    if kind not in ("response", "revisit") or not url.lower().startswith(("http:", "https:")):
        passed[f"records '{kind or 'without a type'}'"[:60]] += 1
        return None
    status, headers, raw = _http(block)
    target = headers.get("location")
    if 300 <= status < 400 and kind == "response":
        if target:
            wanted.moved(url, _joined(url, target))
        wanted.asks_for(url)
        passed["redirects"] += 1
        return None
    if not wanted.asks_for(url):
        passed["parts of pages"] += 1
        return None
    if kind == "revisit":
        _revisit(record, url, wanted.known, passed)
        return None
    if status == 0:
        raise SourceError("the answer is no HTTP answer")
    if not 200 <= status < 300:
        passed[f"answers {status}"] += 1
        return None
    return _answer(record, url, status, headers, raw, options, wanted.known, passed)


def _answer(
    record: Record, url: str, status: int, headers: dict[str, str], raw: bytes, options: Options,
    known: set[str], passed: Counter[str],
) -> Captured | None:  # fmt: skip
    media, _, rest = headers.get("content-type", "").partition(";")
    media = media.strip().lower()
    if media and not _TAKEN.fullmatch(media) and media != "application/octet-stream":
        passed[media[:60]] += 1
        return None
    data = body_of(raw, headers, options.max_bytes)
    if media in ("", "application/octet-stream") and not data[:1024].lstrip().lower().startswith(
        (b"%pdf-", b"<!doctype html", b"<html")
    ):
        passed["answers of no told kind"] += 1
        return None
    digest = record.headers.get("warc-payload-digest", "")
    if len(known) < _MOST_KNOWN:
        known.update(word for word in (digest.lower(), url) if word)
    charset = rest.split("charset=")[-1].split(";")[0].strip(" \"'") if "charset=" in rest else None
    warnings = _digests(record, raw)
    return Captured(url, _time(record), data, media, charset, _kept(record, url, status, options), warnings)


def _resource(
    record: Record, kind: str, block: bytes, options: Options, wanted: Wanted, passed: Counter[str]
) -> Captured | None:
    media, _, rest = record.headers.get("content-type", "").partition(";")
    url = _url(record)
    if not _TAKEN.fullmatch(media.strip().lower()) or not wanted.asks_for(url):
        passed[f"records '{kind}' of {media.strip().lower() or 'no told kind'}"[:60]] += 1
        return None
    charset = rest.split("charset=")[-1].strip(" \"'") if "charset=" in rest else None
    capture = _kept(record, url, 200, options)
    return Captured(
        url, _time(record), block, media.strip().lower(), charset, capture, _digests(record, block)
    )


def _revisit(record: Record, url: str, known: set[str], passed: Counter[str]) -> None:
    earlier = record.headers.get("warc-refers-to-target-uri", "").strip("<>")
    if record.headers.get("warc-payload-digest", "").lower() in known or (earlier or url) in known:
        passed["captures that found the page unchanged"] += 1
        return
    raise SourceError(
        f"it only refers to an earlier capture of {earlier or url} that is not in this archive - give that too"
    )


def _http(block: bytes) -> tuple[int, dict[str, str], bytes]:
    """Split an HTTP answer into status (0 for none), headers with names in small letters, and body."""
    head, between, body = block.partition(b"\r\n\r\n")
    if not between or b"\n\n" in head:
        head, _, body = block.partition(b"\n\n")
    found = _STATUS.match(head)
    headers: dict[str, str] = {}
    for line in head.splitlines()[1:]:
        name, colon, value = line.decode("utf-8", "replace").partition(":")
        if colon:
            headers.setdefault(name.strip().lower(), value.strip())
    return int(found[1]) if found else 0, headers, body


def _digests(record: Record, body: bytes) -> tuple[Warning, ...]:
    """Say where the archive's own check sums do not fit its bytes."""
    block = _fits(record.headers.get("warc-block-digest", ""), lambda: record.block or b"")
    payload = _fits(record.headers.get("warc-payload-digest", ""), lambda: body)
    if block is False or (block is None and payload is False):
        return (
            Warning(
                "digest",
                "the archive's own check sum does not fit this record: it was changed, or written wrongly",
            ),
        )
    return ()


def _fits(said: str, data: Callable[[], bytes]) -> bool | None:
    """Tell whether a check sum such as sha1:BASE32 fits; None when it is none that is known."""
    name, _, value = said.partition(":")
    name = name.lower().replace("-", "")
    if name not in ("sha1", "sha256", "sha512", "md5") or not value:
        return None
    digest = hashlib.new(name, data(), usedforsecurity=False)
    plain = base64.b32encode(digest.digest()).decode().rstrip("=").lower()
    return value.rstrip("=").lower() in (plain, digest.hexdigest())


def _kept(record: Record, url: str, status: int, options: Options) -> Capture | None:
    """Return the record as a capture, for who keeps it."""
    if not options.keep:
        return None
    address = record.headers.get("warc-ip-address")
    return Capture(url, url, _time(record) or "", status, gzip.compress(record.raw, 6, mtime=0), address)


def _told(record: Record) -> str:
    url = _url(record)
    return f"broken: {record.problem}" + (f" ({url})" if url else "")


def _url(record: Record) -> str:
    return record.headers.get("warc-target-uri", "").strip("<>")[:2000]


def _time(record: Record) -> str | None:
    """Return the time of capture, where it is one."""
    said = record.headers.get("warc-date", "")
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return None
    return said


def _joined(url: str, target: str) -> str:
    try:
        return urljoin(url, target).partition("#")[0]
    except ValueError:
        return target
