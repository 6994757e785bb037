"""mail: a saved page (MHTML) or an e-mail -> the part of it that is read, and what its head says."""

import email
import re
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr, parsedate_to_datetime

from tollbook.errors import SourceError
from tollbook.model.text import Warning

TYPE = "message/rfc822"
_HEADER = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]")
_NEEDED = (re.compile(rb"(?im)^mime-version:"), re.compile(rb"(?im)^content-type:\s*(?:text|multipart)/"))
_MOST_PARTS = 1000


@dataclass(frozen=True, slots=True)
class Mail:
    """The part that is read, as bytes in a charset, and what is known of it; None for what is not said.

    An e-mail is `published` when it was sent; a saved page was `retrieved` when it was saved, and says itself when it was
    published.
    """

    data: bytes
    html: bool
    charset: str | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    retrieved: str | None = None
    warnings: tuple[Warning, ...] = ()


def is_mail(head: bytes) -> bool:
    """Tell a message by its head: lines of headers, which name the version of MIME and a type of content."""
    if not _HEADER.match(head):
        return False
    headers = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
    return all(needed.search(headers) for needed in _NEEDED)


def read_mail(data: bytes) -> Mail:
    """Return what is read of a message; SourceError where it holds no text.

    Of an e-mail its plain text is read, or else its HTML; of a saved page its first HTML. Attachments are told, not read.
    """
    try:
        message = email.message_from_bytes(data)
        parts = [
            part
            for _, part in zip(range(_MOST_PARTS), message.walk(), strict=False)
            if not part.is_multipart()
        ]
        own = [part for part in parts if part.get_content_disposition() != "attachment"]
        saved = (
            message["Snapshot-Content-Location"] is not None
            or message.get_content_type() == "multipart/related"
        )
        order = ("text/html", "text/plain") if saved else ("text/plain", "text/html")
        bodies = ((part, _bytes(part)) for kind in order for part in own if part.get_content_type() == kind)
        part, body = next(((p, b) for p, b in bodies if b.strip()), (None, b""))
        if part is None:
            raise SourceError("a message without text - save its attachments, and give those")
        return _mail(message, part, body, saved, parts)
    except (MessageError, LookupError, ValueError, TypeError, RecursionError, AttributeError) as problem:
        raise SourceError(f"the message is broken: {type(problem).__name__}: {problem}"[:300]) from problem


def _mail(message: Message, part: Message, body: bytes, saved: bool, parts: list[Message]) -> Mail:
    moment = _moment(message["Date"])
    url = message["Snapshot-Content-Location"] or (part["Content-Location"] if saved else None)
    name, address = parseaddr(_words(message["From"]) or "")
    attached = [
        p.get_filename() or p.get_content_type() for p in parts if p.get_content_disposition() == "attachment"
    ]
    return Mail(
        body,
        part.get_content_type() == "text/html",
        part.get_content_charset(),
        str(url).strip() if url and re.match(r"https?://", str(url).strip(), re.I) else None,
        _words(message["Subject"]),
        None if saved else (name or address or None),
        None if saved else moment,
        moment if saved else None,
        tuple(
            Warning("attachment", f"not read: the attachment “{str(name)[:200]}”") for name in attached[:50]
        ),
    )


def _bytes(part: Message) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _words(header: object) -> str | None:
    """Return a header in letters, whatever it was encoded in."""
    if header is None:
        return None
    try:
        said = str(make_header(decode_header(str(header))))
    except (MessageError, LookupError, ValueError):
        said = str(header)
    return " ".join(said.encode("utf-8", "replace").decode().split())[:1000] or None


def _moment(header: object) -> str | None:
    try:
        moment: datetime = parsedate_to_datetime(str(header))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")
