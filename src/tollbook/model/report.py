"""Report: what somebody published, as text."""

import hashlib
import unicodedata
from dataclasses import dataclass


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
    """Make a report of a text: NFC, with the id that follows from it."""
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Report(id=digest, text=text, **known)  # type: ignore[arg-type]  # the keys are Report's own, checked by the call
