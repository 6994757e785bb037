"""feed: RSS, Atom or JSON Feed -> the entries it tells, with its own dates, titles and authors."""

import html as markup
import io
import json
import re
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin

from tollbook.errors import SourceError
from tollbook.model.text import Warning
from tollbook.sources.entry import Entry, Listing
from tollbook.sources.received import MEGABYTE

_MOST_FEED = 16 * MEGABYTE
_WHOLE = 600  # letters; a shorter text may be a teaser of the page
_CUT = re.compile(r"(?:…|\.\.\.|\[[^\]]{0,20}\]|»|>>)\s*\Z")
_CHANGED = Warning("published", "the feed tells only when it was last changed: taken as its publication")
_LINK = re.compile(r"<link\b([^>]{0,2000})>", re.I)
_TAG = re.compile(r"<[^>]{0,5000}>")
_FIRST_YEAR = 1970


def read_feed(data: bytes, url: str | None = None) -> Listing:
    """Return what a feed tells; SourceError when it is none that can be read."""
    if len(data) > _MOST_FEED:
        raise SourceError(f"a feed of {len(data) / 1e6:,.0f} MB - the limit is {_MOST_FEED / 1e6:,.0f} MB")
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return _json_feed(data, url)
    import feedparser  # noqa: PLC0415  # only feeds pay for it

    said = {"content-location": url} if url else {}
    try:
        found = feedparser.parse(io.BytesIO(data), response_headers=said, sanitize_html=False)
    except Exception as problem:  # the library raises whatever a broken feed makes it stumble over
        raise SourceError(f"the feed is broken: {type(problem).__name__}: {problem}"[:300]) from problem
    if not found.entries and not found.get("version"):
        raise SourceError(
            f"not a feed that can be read: {found.get('bozo_exception', 'it holds no entries')}"[:300]
        )
    warnings: tuple[Warning, ...] = ()
    fault = found.get("bozo_exception")
    if fault is not None and "SAX" in type(fault).__name__:
        warnings = (Warning("feed", f"the feed's XML is broken, read as far as it goes: {fault}"[:300]),)
    title = _text(found.feed.get("title"))
    language = _text(found.feed.get("language"))
    base = url or _text(found.feed.get("link")) or ""
    return Listing(
        tuple(_entry(dict(row), title, language, warnings, base) for row in found.entries), title=title
    )


def _entry(
    row: Any, feed: str | None, language: str | None, warnings: tuple[Warning, ...], base: str
) -> Entry:
    content = [part.get("value") or "" for part in row.get("content") or ()]
    full = max(content, key=len, default="")
    source = row.get("source") or {}
    link = row.get("link") or next((x.get("href") for x in row.get("links") or () if x.get("href")), None)
    url = _address(link, base)
    summary = row.get("summary") or ""
    told = full if len(full) >= len(summary) else summary
    published = _moment(row.get("published"), row.get("published_parsed"))
    updated = _moment(row.get("updated"), row.get("updated_parsed"))
    if published is None and updated is not None:
        published, warnings = updated, (*warnings, _CHANGED)
    return Entry(
        url=url,
        id=_text(row.get("id")),
        title=_text(row.get("title")),
        author=_text(row.get("author")),
        publisher=_text(source.get("title")) or feed,
        published=published,
        updated=updated,
        language=_text((row.get("title_detail") or {}).get("language")) or language,
        html=told or None,
        whole=_is_whole(told, url),
        warnings=warnings,
    )


def _address(link: object, base: str) -> str | None:
    """Return the web address of an entry, which may be told in part; None where there is none."""
    if not isinstance(link, str) or not link.strip():
        return None
    try:
        url = urljoin(base, link.strip())
    except ValueError:
        return None
    return url if url.lower().startswith(("http://", "https://")) else None


def _is_whole(told: str, url: str | None) -> bool:
    """Tell whether a feed's words are the whole report: long, not cut short; or all there is."""
    text = " ".join(_TAG.sub(" ", told).split())
    return bool(text) and (url is None or (len(text) >= _WHOLE and not _CUT.search(text)))


def _moment(said: object, parsed: Any) -> str | None:
    """Return a date as ISO: with the zone it was told in, a bare day where it tells none."""
    text = said.strip() if isinstance(said, str) else ""
    moment = None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
            break
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    if moment is None and parsed:
        try:
            moment = datetime(*parsed[:6]).replace(tzinfo=UTC)
        except (ValueError, TypeError):
            return None
    if moment is None or moment.year <= _FIRST_YEAR:
        return None
    if moment.tzinfo is None or len(text) == 10:
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _text(said: object) -> str | None:
    """Return words without tags and line ends, None for none."""
    if not isinstance(said, str):
        return None
    return " ".join(markup.unescape(_TAG.sub(" ", said)).split())[:1000] or None


def _json_feed(data: bytes, url: str | None) -> Listing:
    try:
        found: Any = json.loads(data)
    except (ValueError, RecursionError) as problem:
        raise SourceError(f"the feed is broken: {problem}"[:300]) from problem
    rows = found.get("items") if isinstance(found, dict) else None
    if not isinstance(rows, list):
        raise SourceError("the feed holds no list of items - is it a JSON Feed?")
    base = url or _text(found.get("home_page_url")) or _text(found.get("feed_url")) or ""
    title = _text(found.get("title"))
    language = _text(found.get("language"))
    return Listing(
        tuple(_json_entry(row, title, language, base) for row in rows if isinstance(row, dict)), title=title
    )


def _json_entry(row: dict[str, Any], feed: str | None, language: str | None, base: str) -> Entry:
    link = row.get("url") or row.get("external_url")
    url = _address(link, base)
    plain = row.get("content_text")
    told = row.get("content_html") or (markup.escape(plain) if isinstance(plain, str) else None)
    told = told if isinstance(told, str) else row.get("summary")
    told = told if isinstance(told, str) else ""
    authors = row.get("authors") if isinstance(row.get("authors"), list) else [row.get("author")]
    named = [_text(a.get("name")) for a in authors or () if isinstance(a, dict)]
    return Entry(
        url=url,
        id=_text(row.get("id")),
        title=_text(row.get("title")),
        author=", ".join(name for name in named if name) or None,
        publisher=feed,
        published=_moment(row.get("date_published"), None),
        updated=_moment(row.get("date_modified"), None),
        language=_text(row.get("language")) or language,
        html=told or None,
        whole=_is_whole(told, url),
    )


def feeds_of_page(data: bytes, url: str) -> list[str]:
    """Return the addresses of the feeds that a page names in its head."""
    found = []
    for tag in _LINK.findall(data[:500_000].decode("utf-8", "replace"))[:500]:
        if not re.search(r"""type\s*=\s*["']?application/(?:rss|atom|feed)\+""", tag, re.I):
            continue
        href = re.search(r"""href\s*=\s*["']?([^"'\s>]+)""", tag, re.I)
        if href:
            with suppress(ValueError):
                found.append(urljoin(url, markup.unescape(href[1])))
    return found


def page_of(entry: Entry) -> bytes:
    """Return an entry's own words as a page, its title as the heading."""
    title = markup.escape(entry.title or "")
    body = entry.html or ""
    if not _TAG.search(body):
        body = f"<p>{body}</p>"
    heading = f"<h1>{title}</h1>" if title else ""
    return f"<!doctype html><html><body><article>{heading}{body}</article></body></html>".encode(
        "utf-8", "replace"
    )
