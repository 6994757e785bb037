"""files: bytes of any known kind -> a report."""

import hashlib
from pathlib import PurePath

from tollbook.errors import SourceError
from tollbook.model.report import report_of
from tollbook.model.text import Warning
from tollbook.sources.decode import decode, is_binary
from tollbook.sources.docx import read_docx
from tollbook.sources.lines import given
from tollbook.sources.page import read_page
from tollbook.sources.pdf import read_pdf
from tollbook.sources.received import Options, Received

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
}
LINE_KINDS = (".jsonl", ".ndjson")


def sniff(data: bytes, name: str = "") -> str:
    """Return the media type of bytes: by their own mark first, by the name's ending else."""
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return TYPES[".pdf"]
    if data.startswith(b"PK\x03\x04") and (b"word/" in data[:4000] or name.lower().endswith(".docx")):
        return TYPES[".docx"]
    kind = TYPES.get(PurePath(name).suffix.lower(), "text/plain")
    if head.startswith(_HTML_STARTS) or (kind == "text/html" and b"<" in head):
        return "text/html"
    return (
        "text/plain"
        if kind in ("text/html", "application/pdf") or kind.startswith("application/vnd")
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
) -> Received:
    """Make a report of bytes; SourceError says why they are none."""
    if not data.strip():
        raise SourceError("the file is empty")
    kind = sniff(data, name)
    known: dict[str, str | None] = {
        "url": url,
        "media_type": kind,
        "original": hashlib.sha256(data).hexdigest(),
    }
    warnings: tuple[Warning, ...] = ()
    if kind == TYPES[".pdf"]:
        text, known["title"], known["author"], warnings = read_pdf(data)
    elif kind == TYPES[".docx"]:
        text, known["title"], known["author"] = read_docx(data)
    elif is_binary(data):
        raise SourceError("not text: the bytes are binary - give .txt .md .html .pdf .docx .jsonl")
    else:
        text, warnings = decode(data, charset)
        if kind == "text/html":
            page = read_page(text, url)
            text = page.text
            known |= {
                "title": page.title, "publisher": page.publisher, "published": page.published,
                "author": page.author, "url": page.url, "language": page.language,
            }  # fmt: skip
    if not text.strip():
        raise SourceError("the text is empty")
    said = {k: v for k, v in known.items() if v}
    said = {**said, **{k: v for k, v in given(options, {}).items() if v}}
    return Received(report_of(text, **said), where, warnings, data if options.keep else None)
