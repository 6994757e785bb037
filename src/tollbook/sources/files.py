"""files: bytes of any known kind -> a report."""

import hashlib
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from tollbook.errors import SourceError
from tollbook.model.report import report_of
from tollbook.model.text import Warning
from tollbook.sources import mail
from tollbook.sources.decode import decode, is_binary, undecodable
from tollbook.sources.docx import read_docx
from tollbook.sources.entry import Entry
from tollbook.sources.lines import given
from tollbook.sources.page import read_page
from tollbook.sources.pdf import read_pdf
from tollbook.sources.received import Capture, Options, Received

_HTML_STARTS = (
    b"<!doctype html",
    b"<html",
    b"<head",
    b"<body",
    b"<?xml",
    b"<article",
    b"<div",
    b"<p>",
    b"<p ",
    b"<h1",
)
TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".eml": mail.TYPE,
    ".mhtml": mail.TYPE,
    ".mht": mail.TYPE,
}


def sniff(data: bytes, name: str = "") -> str:
    """Return the media type of bytes: by their own mark first, by the name's ending else."""
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return TYPES[".pdf"]
    if data.startswith(b"PK\x03\x04") and (b"word/" in data[:4000] or name.lower().endswith(".docx")):
        return TYPES[".docx"]
    if mail.is_mail(data[:16_384]):
        return mail.TYPE
    kind = TYPES.get(PurePath(name).suffix.lower(), "text/plain")
    if head.startswith(_HTML_STARTS) or (kind == "text/html" and b"<" in head):
        return "text/html"
    return (
        "text/plain"
        if kind in ("text/html", "application/pdf", mail.TYPE) or kind.startswith("application/vnd")
        else kind
    )


def received_of(
    data: bytes,
    where: str,
    options: Options,
    *,
    name: str = "",
    url: str | None = None,
    charset: str | None = None,
    entry: Entry | None = None,
    capture: Capture | None = None,
    retrieved: str | None = None,
) -> Received:
    """Make a report of bytes; SourceError says why they are none.

    `entry` is what a feed or sitemap tells of them: its day of publication holds, the rest fills what they do not say.
    """
    if not data.strip():
        raise SourceError("the file is empty - nothing to read")
    kind = sniff(data, name)
    if kind == mail.TYPE:
        return _of_mail(data, where, options, entry, capture, retrieved)
    text, known, warnings = _taken(data, kind, url, charset)
    known |= {"media_type": kind, "original": hashlib.sha256(data).hexdigest(), "retrieved": retrieved}
    known["url"] = known.get("url") or url
    if not text.strip():
        raise SourceError("the text is empty - nothing to read")
    warnings = undecodable(text, warnings)
    found = known.pop("found", None)
    if found and not (options.published or (entry and entry.published)):  # it yields to a day that is told
        known["published"] = found
        told = "is found in the page, which does not declare it: check it, or give --published"
        warnings += (Warning("published", f"the day of publication, {found}, {told}"),)
    said = {k: v for k, v in known.items() if v}
    if entry is not None:
        warnings = (*warnings, *entry.warnings, *_days_apart(said, entry))
        said = _with_entry(said, entry)
    said |= {k: v for k, v in given(options, said).items() if v}
    return Received(report_of(text, **said), where, warnings, data if options.keep else None, capture)


def _of_mail(
    data: bytes,
    where: str,
    options: Options,
    entry: Entry | None,
    capture: Capture | None,
    retrieved: str | None,
) -> Received:
    """Make a report of the part of a message that is read."""
    read = mail.read_mail(data)
    told = entry or Entry(url=read.url, title=read.title, author=read.author, published=read.published)
    inner = received_of(
        read.data, where, options, name="page.html" if read.html else "mail.txt", url=read.url, charset=read.charset,
        entry=told, capture=capture, retrieved=read.retrieved or retrieved,
    )  # fmt: skip
    report = replace(inner.report, media_type=mail.TYPE, original=hashlib.sha256(data).hexdigest())
    return replace(
        inner,
        report=report,
        warnings=(*read.warnings, *inner.warnings),
        original=data if options.keep else None,
    )


def _taken(
    data: bytes, kind: str, url: str | None, charset: str | None
) -> tuple[str, dict[str, str | None], tuple[Warning, ...]]:
    """Return the text of bytes of a known kind, what they say of themselves, and what was noticed.

    A day of publication that a page does not declare, and that was only found in it, is called "found".
    """
    if kind == TYPES[".pdf"]:
        text, title, author, warnings = read_pdf(data)
        return text, {"title": title, "author": author}, warnings
    if kind == TYPES[".docx"]:
        text, title, author = read_docx(data)
        return text, {"title": title, "author": author}, ()
    if is_binary(data):
        raise SourceError("not text: the bytes are binary - give .txt .md .html .pdf .docx .jsonl")
    text, warnings = decode(data, charset)
    if kind != "text/html":
        return text, {}, warnings
    page = read_page(text, url)
    known = {
        "title": page.title, "publisher": page.publisher, "author": page.author, "url": page.url,
        "language": page.language, "found" if page.guessed else "published": page.published,
    }  # fmt: skip
    return page.text, known, warnings


def _with_entry(said: dict[str, str], entry: Entry) -> dict[str, str]:
    """Return what is known of a page with what a feed or sitemap tells of it."""
    told = {
        "title": entry.title, "author": entry.author, "publisher": entry.publisher,
        "language": entry.language, "url": entry.url,
    }  # fmt: skip
    filled = {k: v for k, v in told.items() if v and k not in said}
    return {**said, **filled, **({"published": entry.published} if entry.published else {})}


def _days_apart(said: dict[str, str], entry: Entry) -> tuple[Warning, ...]:
    """Say where page and feed name days of publication more than a day apart."""
    page, feed = said.get("published"), entry.published
    if not page or not feed:
        return ()
    try:
        apart = abs((date.fromisoformat(page[:10]) - date.fromisoformat(feed[:10])).days)
    except ValueError:
        return ()
    if apart <= 1:
        return ()
    return (
        Warning("published", f"the page says it was published {page}, the feed {feed}: the feed's is taken"),
    )
