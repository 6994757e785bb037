"""kinds: the first bytes of something -> what kind of thing it is; its name is asked only where bytes do not tell."""

import re
import zlib
from pathlib import PurePath
from urllib.parse import urlsplit

from tollbook.sources.decode import decode, is_binary
from tollbook.sources.forward import HEAD

LINE_KINDS = (".jsonl", ".ndjson")
_MARKS = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"WARC/", "warc"),
    (b"filedesc://", "arc"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
)
_PROLOGUE = re.compile(
    r"\s*(?:<\?[^>]{0,500}>|<!--.{0,20000}?-->|<!DOCTYPE[^>\[]{0,500}(?:\[[^\]]{0,5000}\])?\s*>)", re.S
)
_ROOT = re.compile(r"\s*<(?:[\w.-]{1,40}:)?([A-Za-z]{1,40})\b")
_ROOTS = {"rss": "feed", "feed": "feed", "rdf": "feed", "urlset": "sitemap", "sitemapindex": "sitemap"}
_JSON_FEED = re.compile(r'\s*\{.{0,2000}?"version"\s*:\s*"https?://(?:www\.)?jsonfeed\.org/version/', re.S)
_ADDRESS = re.compile(r"https?://[^\s<>\"]+\Z", re.I)


def kind_of(head: bytes, name: str = "") -> str:
    """Return what the first bytes are the beginning of (give 64 KB, or all that there is).

    One of: zip gzip bz2 xz zstd 7z rar tar warc arc feed sitemap robots addresses lines report.
    """
    for mark, kind in _MARKS:
        if head.startswith(mark):
            return kind
    if _is_tar(head[:512]):
        return "tar"
    name = (_path(name) if "://" in name[:12] else name).lower()
    if name.endswith(LINE_KINDS):
        return "lines"
    if not head.strip() or head[:1024].lstrip().startswith(b"%PDF-") or is_binary(head):
        return "report"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"{":
        if _JSON_FEED.match(decode(head[:8192])[0]):
            return "feed"
        return "lines" if b'"text"' in head.partition(b"\n")[0] else "report"
    text = decode(head)[0].lstrip("\ufeff")
    if text.lstrip().startswith("<"):
        return _of_markup(text)
    suffix = PurePath(name).suffix
    if suffix == ".urls" or (suffix in ("", ".txt", ".text") and _are_addresses(text, len(head) >= HEAD)):
        return "addresses"
    if PurePath(name).name == "robots.txt" and re.search(r"(?im)^\s*sitemap\s*:", text):
        return "robots"
    return "report"


def inside_gzip(head: bytes) -> bytes:
    """Return the first bytes of what a gzip file holds, as far as its head tells."""
    try:
        return zlib.decompressobj(31).decompress(head, HEAD)
    except zlib.error:
        return b""


def _of_markup(text: str) -> str:
    while prologue := _PROLOGUE.match(text):
        text = text[prologue.end() :]
    root = _ROOT.match(text)
    return _ROOTS.get(root[1].lower(), "report") if root else "report"


def _are_addresses(text: str, cut: bool) -> bool:
    """Tell whether each line is an address, a remark or blank; the last is not asked where the text is cut off."""
    lines = text.splitlines()
    if cut:
        lines = lines[:-1]
    said = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
    return bool(said) and all(_ADDRESS.match(line) for line in said)


def _path(address: str) -> str:
    """Return the path of an address; the whole where it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return address


def _is_tar(block: bytes) -> bool:
    """Tell a tar header by its check sum, which old archives have too."""
    if len(block) < 512 or not block[0]:
        return False
    try:
        said = int(block[148:156].strip(b" \0") or b"x", 8)
    except ValueError:
        return False
    return said == sum(block[:148]) + 8 * 32 + sum(block[156:])
