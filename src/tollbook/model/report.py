"""Report: what somebody published, as text."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Report:
    """One published text and what is known of it.

    `id` is the SHA-256 of the NFC text; `ref` the id its giver uses. `published` and `retrieved` are ISO dates or
    date-times with a zone, None when unknown. `original` is the SHA-256 of the bytes as received.
    """

    id: str
    text: str
    ref: str | None = None
    url: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: str | None = None
    retrieved: str | None = None
    language: str | None = None
    media_type: str = "text/plain"
    original: str | None = None


def report_of(text: str, **known: str | None) -> Report:
    """Make a report of a text: NFC, with the id that follows from it. Half a character (a lone surrogate) is U+FFFD."""
    text = whole(text)
    known = {key: value and whole(value) for key, value in known.items()}
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Report(id=digest, text=text, **known)  # type: ignore[arg-type]  # the keys are Report's own, checked by the call


def whole(text: str) -> str:
    """Return a text in which halves of a character are joined, and what has no other half is U+FFFD."""
    if text.isascii() or not _HALF.search(text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
