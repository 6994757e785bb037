"""sitemap: XML sitemap, index of sitemaps, or robots.txt -> the pages of a site, and further sitemaps."""

import io
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tollbook.errors import SourceError
from tollbook.sources.entry import Entry, Listing

_MOST_PAGES = 50_000  # the protocol's own bound for one file
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_sitemap(data: bytes) -> Listing:
    """Return the pages that a sitemap names, and the sitemaps that an index names; SourceError when it is none.

    What news sitemaps add is taken: title, day of publication, publisher, language.
    """
    from lxml import etree  # noqa: PLC0415  # only sitemaps pay for it

    entries: list[Entry] = []
    further: list[str] = []
    try:
        for name, row in _rows(etree, data):
            place = row.get("loc", "")
            if not place.lower().startswith(("http://", "https://")):
                continue
            if name == "sitemap":
                further.append(place)
            else:
                entries.append(_entry(place, row))
            if len(entries) + len(further) >= _MOST_PAGES:
                break
    except etree.XMLSyntaxError as problem:
        if not entries and not further:
            raise SourceError(f"the sitemap is broken: {problem}"[:300]) from problem
    if not entries and not further:
        raise SourceError("the sitemap names no page")
    return Listing(tuple(entries), tuple(dict.fromkeys(further)))


def sitemaps_of_robots(text: str) -> Listing:
    """Return the sitemaps that a robots.txt names."""
    named = re.findall(r"(?im)^\s*sitemap\s*:\s*(https?://\S+)", text)
    return Listing((), tuple(dict.fromkeys(named)))


def _rows(etree: Any, data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each <url> and <sitemap> as its name and the words of what is in it, holding one at a time."""
    row: dict[str, str] = {}
    for _, element in etree.iterparse(
        io.BytesIO(data), events=("end",), resolve_entities=False, load_dtd=False, no_network=True,
        huge_tree=False, recover=True,
    ):  # fmt: skip
        if not isinstance(element.tag, str):
            continue
        name = element.tag.rpartition("}")[2].lower()
        if name in ("url", "sitemap"):
            yield name, row
            row = {}
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
        elif element.text and element.text.strip():
            row.setdefault(name, " ".join(element.text.split())[:2000])


def _entry(place: str, row: dict[str, str]) -> Entry:
    return Entry(
        url=place,
        title=row.get("title"),
        publisher=row.get("name"),
        published=_moment(row.get("publication_date")),
        updated=_moment(row.get("lastmod")),
        language=row.get("language"),
    )


def _moment(said: str | None) -> str | None:
    """Return a date or a time with a zone as it is told; a time without a zone as its day."""
    if not said or not _DAY.match(said):
        return None
    try:
        moment = datetime.fromisoformat(said)
    except ValueError:
        return None
    return said if moment.tzinfo else said[:10]
