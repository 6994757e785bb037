"""capture: the bytes of exchanges with servers -> WARC records of request and response."""

import base64
import hashlib
import io
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tollbook.sources.received import Capture


@dataclass(frozen=True, slots=True)
class Exchange:
    """One step: the address asked, the server's network address, the bytes sent and got, when it answered."""

    url: str
    address: str
    time: str
    status: int
    sent: bytes
    got: bytes


def capture_of(steps: Sequence[Exchange]) -> Capture:
    """Make a capture of the steps that led to an answer: redirects first, the answer last."""
    last = steps[-1]
    return Capture(
        url=steps[0].url,
        final=last.url,
        time=last.time,
        status=last.status,
        warc=b"".join(_records(step) for step in steps),
        address=last.address,
        redirects=tuple(step.url for step in steps[:-1]),
    )


def _records(step: Exchange) -> bytes:
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415  # only captures pay for it

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    response = _record(writer, "response", step, step.got)
    request = _record(writer, "request", step, step.sent)
    writer.write_request_response_pair(request, response)
    return out.getvalue()


def _record(writer: Any, kind: str, step: Exchange, block: bytes) -> Any:
    """Make a record of bytes as they passed: parsed by nobody, so that none is written anew."""
    from warcio.recordloader import ArcWarcRecord  # noqa: PLC0415  # as above
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415  # as above

    _, _, body = block.partition(b"\r\n\r\n")
    headers = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid4()}>",
        "WARC-Target-URI": step.url,
        "WARC-Date": step.time,
        "WARC-IP-Address": step.address,
        "WARC-Block-Digest": _digest(block),
        "WARC-Payload-Digest": _digest(body),
    }
    kind_of_block = f"application/http; msgtype={kind}"
    made = StatusAndHeaders("", list(headers.items()), protocol=writer.warc_version)
    return ArcWarcRecord(
        "warc", kind, made, io.BytesIO(block), None, kind_of_block, len(block), payload_length=len(block)
    )


def _digest(data: bytes) -> str:
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode()
