"""page: HTML -> text and what the page says of itself."""

import json
import re
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlsplit

from tollbook.errors import SourceError

_PROSE = 250  # characters of a cell from which it is no figure and no name
_MOST_DEEP = 400  # a deeper tree is no page for people; it is read as plain text
_OPEN_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]{0,2000}?(/?)>")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_NOT_TEXT = re.compile(
    r"(?is)<(script|style|noscript|template|svg|iframe)\b.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)"
)
_BLOCK = re.compile(
    r"(?i)</?(?:p|div|br|li|ul|ol|h[1-6]|tr|table|section|article|blockquote|header|footer)\b[^>]*>"
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?")
_BODY = re.compile(r'"articleBody"\s*:\s*("(?:[^"\\]|\\.)*")', re.S)
_SENTENCES = re.compile(r"(?s).*[.!?\u061f\u3002\u0964][\"'\u201d\u00bb)]*(?=\s|$)")
_TAG = re.compile(r"<[^>]{0,5000}>")
_DROP = (
    "script",
    "style",
    "nav",
    "aside",
    "form",
    "footer",
    "noscript",
    "iframe",
    "svg",
    "button",
    "template",
    "figure",
)


@dataclass(frozen=True, slots=True)
class Page:
    """The main text of a page, and its metadata as it declares them; `guessed`: its day was found, not declared."""

    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    guessed: bool = False


def read_page(html: str, url: str | None = None) -> Page:
    """Extract a page's article; SourceError where it has no text.

    Teasers, menus and notices are dropped before the extractor sees them. A tree too deep for people is read as plain
    text, in time linear in its length.
    """
    if _depth(html) > _MOST_DEEP:
        deep = _plain(html)
        if not deep.strip():
            raise SourceError("no text in this page - is it an application that builds itself with scripts?")
        return Page(deep, url=url)
    import trafilatura  # noqa: PLC0415  # costs a third of a second, which only pages should pay
    from lxml import etree  # noqa: PLC0415
    from lxml import html as lxml_html  # noqa: PLC0415

    try:
        tree = lxml_html.document_fromstring(
            html.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=False)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as problem:
        raise SourceError("no text in this page - it is empty or broken HTML") from problem
    meta = _metadata(tree, url)
    heading = _heading(tree)
    told = _told_body(tree)
    _prune(tree)
    text: str | None = trafilatura.extract(
        tree, fast=True, include_comments=False, include_tables=True, favor_recall=True, deduplicate=False
    )
    if not text or len(text) < 0.2 * len(" ".join(tree.text_content().split())) < 4000:
        body = tree.find(".//body")
        text = _plain(lxml_html.tostring(tree if body is None else body, encoding="unicode"))
    text = _lines(text or "")
    text = text or _finished(told)
    if not text:
        raise SourceError("no text in this page - is it an application that builds itself with scripts?")
    if heading and heading.casefold() not in text[: len(heading) + 200].casefold():
        text = f"{heading}\n\n{text}"
    declared = _DAY.match(meta.get("published", ""))
    return Page(
        text,
        heading or meta.get("title"),
        meta.get("publisher"),
        declared[0] if declared else _found_day(html, url),
        _own(meta.get("url"), url),
        meta.get("author"),
        meta.get("language"),
        guessed=declared is None,
    )


def _depth(html: str) -> int:
    """Return how deep the tags of a page nest, roughly, in one pass."""
    depth = deepest = 0
    for match in _OPEN_TAG.finditer(html):
        if match[2].lower() in _VOID or match[3]:
            continue
        depth = max(0, depth - 1) if match[1] else depth + 1
        deepest = max(deepest, depth)
        if deepest > _MOST_DEEP:
            break
    return deepest


def _plain(html: str) -> str:
    """Return the text of HTML without a tree."""
    from html import unescape  # noqa: PLC0415

    text = _NOT_TEXT.sub(" ", html) if html.count("<!--") < 1000 else html
    return _lines(unescape(_TAG.sub(" ", _BLOCK.sub("\n", text))))


def _lines(text: str) -> str:
    """Make blanks single and blank lines one."""
    lines = [" ".join(line.split()) for line in text.replace("\r", "\n").split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _prune(tree: Any) -> None:
    """Drop what stands around the article: teasers of other stories are the danger."""
    furniture = _furniture()
    _drop_hidden(tree)
    _unfold_layout(tree)
    for element in list(tree.iter(*_DROP)):
        if (
            element.tag == "figure"
            and element.find(".//figcaption") is None
            and element.text_content().strip()
        ):
            continue
        _remove(element)
    for element in list(tree.iter("div", "section", "ul", "p", "span", "table", "header")):
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"
        if (
            names.strip()
            and furniture.search(names)
            and not _content().search(names)
            and element.getparent() is not None
        ):
            if element.find(".//h1") is None and element.tag not in ("body", "html"):
                _remove(element)
                continue
        if element.tag in ("div", "ul", "section"):
            words = len(element.text_content())
            linked = sum(len(a.text_content()) for a in element.iter("a"))
            teaser = (words > 40 and linked > 0.6 * words) or (words > 15 and linked > 0.95 * words)
            if teaser and element.getparent() is not None:
                _remove(element)


def _drop_hidden(tree: Any) -> None:
    """Drop what a reader of the page does not see, unless it is most of the page, which a script will show."""
    whole = len(tree.text_content())
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in ("html", "body"):
            continue
        style = (element.get("style") or "").replace(" ", "").lower()
        if "hidden" in element.attrib or "display:none" in style or "visibility:hidden" in style:
            if 2 * len(element.text_content()) < whole:
                _remove(element)


def _unfold_layout(tree: Any) -> None:
    """Make plain blocks of tables that lay a page out: those with a heading, a table, or prose in a cell."""
    for table in list(tree.iter("table")):
        cells = [c for c in table.iter("td", "th") if next(c.iterancestors("table")) is table]
        laid_out = table.find(".//h1") is not None or table.find(".//table") is not None
        if laid_out or any(len(" ".join(c.text_content().split())) > _PROSE for c in cells):
            rows = [r for r in table.iter("tr", "tbody", "thead") if next(r.iterancestors("table")) is table]
            for part in [*cells, *rows, table]:
                part.tag = "div"


@cache
def _names() -> Mapping[str, Any]:
    return tomllib.loads((resources.files(__package__) / "page.toml").read_text(encoding="utf-8"))


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:^|[-_ ])(?:{'|'.join(_names()['furniture'])})(?:$|[-_ ])")


@cache
def _content() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?:^| )(?:{'|'.join(_names()['content'])})(?:$| )")


def _told_body(tree: Any) -> str:
    """Return the text that a page declares beside what it shows: some build themselves with scripts, from that."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json":
            body = _BODY.search((script.text or "")[:1_000_000])
            if body:
                with suppress(ValueError):
                    return _plain(str(json.loads(body[1], strict=False)))
    tags = (tag for tag in tree.iter("meta") if (tag.get("property") or "").lower() == "og:description")
    return next((_plain(tag.get("content")) for tag in tags if tag.get("content")), "")


def _finished(text: str) -> str:
    """Return a text without a sentence at its end that is cut off: its figure may be half of one."""
    found = _SENTENCES.match(text)
    return found[0] if found else ""


def _remove(element: Any) -> None:
    parent = element.getparent()
    if parent is not None:
        element.drop_tree()


def _heading(tree: Any) -> str | None:
    found = [" ".join(h.text_content().split()) for h in tree.iter("h1")]
    return next((h for h in found if len(h) > 10), None)


def _metadata(tree: Any, url: str | None) -> dict[str, str]:
    """Return what a page declares of itself: JSON-LD first, then its meta tags."""
    meta: dict[str, str] = {}
    for script in tree.iter("script"):
        if (script.get("type") or "").lower() == "application/ld+json" and len(script.text or "") < 200_000:
            _from_json_ld(script.text or "", meta)
    tags: dict[str, str] = {}
    for tag in tree.iter("meta"):
        key = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        if key and tag.get("content"):
            tags.setdefault(key, " ".join(tag.get("content").split())[:1000])
    for key, names in _names()["meta"].items():
        value = next((tags[n] for n in names if n in tags), None)
        if value and not (key == "author" and value.startswith("http")):
            meta.setdefault(key, value)
    for link in tree.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and (link.get("href") or "").startswith("http"):
            meta.setdefault("url", link.get("href"))
    title = tree.find(".//title")
    if title is not None and title.text:
        meta.setdefault("title", " ".join(title.text.split()))
    if tree.get("lang"):
        meta["language"] = tree.get("lang")
    return meta


def _own(declared: str | None, url: str | None) -> str | None:
    """Return the address that a page declares of itself, where it can be its own.

    One that names another site is that of the original of a copy; one that names the site's front page is a mistake
    that many sites make. Both would make different pages look like versions of one.
    """
    if not declared or not url:
        return declared or url
    try:
        said, real = urlsplit(declared), urlsplit(url)
    except ValueError:
        return url
    same = (said.hostname or "").removeprefix("www.") == (real.hostname or "").removeprefix("www.")
    front = said.path in ("", "/") and not said.query and real.path not in ("", "/")
    return declared if same and not front else url


def _from_json_ld(text: str, meta: dict[str, str]) -> None:
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    items = found if isinstance(found, list) else [found]
    items += [
        g for i in items if isinstance(i, dict) and isinstance(i.get("@graph"), list) for g in i["@graph"]
    ]
    dated = [i for i in items[:50] if isinstance(i, Mapping) and "datePublished" in i]
    for item in sorted(dated, key=lambda i: not re.search("Article|Posting|Report", str(i.get("@type")))):
        for key, name in (("headline", "title"), ("datePublished", "published"), ("inLanguage", "language")):
            if isinstance(item.get(key), str):
                meta.setdefault(name, item[key])
        for key in ("publisher", "author"):
            value = item.get(key)
            found_names = [_name_of(v) for v in (value if isinstance(value, list) else [value])]
            if any(found_names):
                meta.setdefault(key, ", ".join(n for n in found_names if n))
        if isinstance(item.get("url"), str) and item["url"].startswith("http"):
            meta.setdefault("url", item["url"])


def _name_of(value: Any) -> str | None:
    name = value.get("name") if isinstance(value, Mapping) else value
    return " ".join(name.split()) or None if isinstance(name, str) else None


def _found_day(html: str, url: str | None) -> str | None:
    """Return the day of publication as found in the page; a bare 1 January is only a year."""
    from htmldate import find_date  # noqa: PLC0415  # slow to import

    try:
        found = find_date(html, url=url, original_date=True, extensive_search=True)
    except (ValueError, AttributeError, TypeError, RecursionError):
        return None
    if found and found.endswith("-01-01") and found[:4] + "-01-01" not in html:
        return None
    return found
