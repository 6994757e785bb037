"""gathering: one source of whatever kind -> reports; what cannot be read is a Problem, and the rest goes on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath

from tollbook.errors import LaterError, Problem, SourceError
from tollbook.model.text import Warning
from tollbook.sources.archive import (
    Member,
    is_hidden,
    is_outside,
    shown,
    tar_members,
    unsqueezed,
    zip_members,
    zip_of,
)
from tollbook.sources.entry import Entry, Listing
from tollbook.sources.feed import feeds_of_page, page_of, read_feed
from tollbook.sources.files import TYPES, received_of, sniff
from tollbook.sources.forward import HEAD, Budget, Forward, forward_of
from tollbook.sources.kinds import LINE_KINDS, inside_gzip, kind_of
from tollbook.sources.lines import read_lines
from tollbook.sources.manners import Manners
from tollbook.sources.received import Capture, Item, Options, Received
from tollbook.sources.sitemap import read_sitemap, sitemaps_of_robots
from tollbook.sources.wacz import is_wacz, wacz_captures
from tollbook.sources.warc import Captured, captures_of
from tollbook.sources.web import Gate, Resolver, Response, addresses_of, ask, fetch

_MOST_DEPTH = 5  # archives within archives; a .tar.gz is two
_MOST_STEPS = 3  # lists within lists
_MOST_SITEMAPS = 1_000  # of one site
_OTHERS = (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".warc", ".wacz", ".xml", ".rss", ".atom", ".urls")
KNOWN = (*TYPES, *LINE_KINDS, *_OTHERS)
_OUTSIDE = Warning("name", "the member's name leads out of the archive; it was read, and written nowhere")


@dataclass(frozen=True, slots=True)
class Found:
    """Something to read: where it is in words, its name, and what is known of it from outside."""

    where: str
    name: str = ""
    budget: Budget | None = None
    depth: int = 0
    steps: int = 0
    url: str | None = None
    charset: str | None = None
    entry: Entry | None = None
    capture: Capture | None = None
    retrieved: str | None = None


class Gathering:
    """Reads sources under one set of options, with one memory of the sites it asked."""

    def __init__(
        self, options: Options, *, manners: Manners | None = None, resolve: Resolver = addresses_of
    ) -> None:
        """Gather within the limits of the options."""
        self._options, self._resolve = options, resolve
        self._manners = manners or Manners(options, asking=self._asked)
        self._sitemaps: set[str] = set()

    def address(self, url: str, where: str | None = None, *, steps: int = 0) -> Iterator[Item]:
        """Yield what an address holds that the user named."""
        yield from self._fetched(url, Found(where or url, steps=steps), None)

    def entry(self, entry: Entry, found: Found, *, patient: bool = False) -> Iterator[Item]:
        """Yield the page that a feed or sitemap names: fetched, or as the feed itself tells it.

        Where it cannot be fetched the feed's own words are taken, with a warning, if there are any. Who is `patient`
        gets a LaterError instead where the page may be there later.
        """
        where = f"{found.where}, {entry.url or entry.id or entry.title or 'an entry without a name'}"
        wanted = replace(found, where=where, entry=entry, steps=found.steps + 1)
        if entry.whole or not self._options.follow or entry.url is None:
            yield self._told(entry, wanted, "it has no address")
            return
        yielded = False
        try:
            for item in self._fetched(entry.url, wanted, self._manners.pass_gate):
                yielded = True
                yield item
        except SourceError as problem:
            if patient and not yielded and isinstance(problem, LaterError):
                raise
            if yielded or not entry.html:
                yield Problem(where, str(problem))
                return
            why = Warning("feed", f"read from the feed's own words, which may be short: {problem}")
            yield self._told(replace(entry, warnings=(*entry.warnings, why)), wanted, str(problem))

    def listing_at(self, answer: Response) -> Listing:
        """Return what a feed or sitemap at an address names, packed or not; SourceError when it is neither."""
        stream = forward_of(answer.data)
        kind = kind_of(stream.peek(), answer.url)
        if kind == "gzip":
            stream = unsqueezed(kind, stream, Budget(len(answer.data)))
            kind = kind_of(stream.peek(), answer.url)
        data = self._all(stream)
        if kind == "report":
            named = feeds_of_page(data, answer.url)
            hint = f"but a page that names one: {named[0]}" if named else "- is the address that of a page?"
            raise SourceError(f"neither a feed nor a sitemap {hint}")
        listing = self.listing(data, kind, answer.url)
        if listing.further and not listing.entries:
            raise SourceError(f"it only names sitemaps - give those you mean, such as {listing.further[0]}")
        return listing

    def listing(self, data: bytes, kind: str, url: str | None = None) -> Listing:
        """Return what a feed, sitemap or robots.txt names; SourceError when it is broken or none of these."""
        if kind == "feed":
            return read_feed(data, url)
        if kind == "sitemap":
            return read_sitemap(data)
        if kind == "robots":
            return sitemaps_of_robots(data.decode("utf-8", "replace"))
        raise SourceError("neither a feed nor a sitemap")

    def stream(self, stream: Forward, found: Found) -> Iterator[Item]:
        """Yield what a stream of bytes holds, told by its content; SourceError where that is nothing to be read."""
        head = stream.peek(HEAD)
        kind = kind_of(head, found.name)
        if kind == "gzip" and inside_gzip(head[:8192]).startswith(b"WARC/"):
            kind = "warc"
        if kind in ("zip", "tar", "gzip", "bz2", "xz"):
            yield from self._unpacked(kind, stream, found)
        elif kind == "warc":
            budget = found.budget or Budget(self._options.max_bytes)
            yield from self._captures(captures_of(stream, found.where, self._options, budget), found)
        elif kind == "lines":
            yield from read_lines(stream.lines(self._options.max_bytes), found.where, self._options)
        elif kind == "addresses":
            yield from self._addresses(stream, found)
        elif kind in ("feed", "sitemap", "robots"):
            yield from self._listed(self.listing(self._all(stream), kind, found.url), found)
        elif kind == "arc":
            raise SourceError("an ARC archive, the older form of WARC - turn it into one: warcio recompress")
        elif kind in ("zstd", "7z", "rar"):
            raise SourceError(f"packed as {kind}, which is not read here - unpack it and give the folder")
        else:
            yield self._report(self._all(stream), found)

    def _report(self, data: bytes, found: Found) -> Received:
        return received_of(
            data, found.where, self._options, name=found.name, url=found.url, charset=found.charset,
            entry=found.entry, capture=found.capture, retrieved=found.retrieved,
        )  # fmt: skip

    def _told(self, entry: Entry, found: Found, why: str) -> Item:
        """Return an entry as the feed tells it."""
        if not entry.html and not entry.title:
            return Problem(found.where, f"the feed tells nothing of it, and it is not fetched: {why}")
        if not entry.html and not self._options.follow:
            return Problem(found.where, "only its title is told here, and pages are not to be fetched")
        try:
            page = replace(found, entry=entry, name="entry.html", url=entry.url, charset="utf-8")
            return self._report(page_of(entry), page)
        except SourceError as problem:
            return Problem(found.where, str(problem))

    def _all(self, stream: Forward) -> bytes:
        most = self._options.max_bytes
        data = stream.read(most + 1)
        if len(data) > most:
            raise SourceError(f"larger than {most / 1e6:,.0f} MB, the limit - give --max-size or split it")
        return data

    def _asked(self, url: str, options: Options) -> Response:
        return ask(url, options, self._resolve)

    def _fetched(self, url: str, found: Found, gate: Gate | None) -> Iterator[Item]:
        answer = fetch(url, self._options, self._resolve, gate)
        name = "page.html" if "html" in answer.media_type else answer.url
        yield from self.stream(
            forward_of(answer.data),
            replace(
                found, name=name, url=answer.url, charset=answer.charset, capture=answer.capture,
                retrieved=answer.time, budget=Budget(len(answer.data)),
            ),
        )  # fmt: skip

    def _listed(self, listing: Listing, found: Found) -> Iterator[Item]:
        """Yield the pages that a listing names, and those of further sitemaps, each once."""
        if found.steps >= _MOST_STEPS:
            raise SourceError(f"a list in a list, more than {_MOST_STEPS} deep - give it by itself")
        seen: set[str] = set()
        for count, entry in enumerate(self._chosen(listing.entries)):
            if self._options.most is not None and count >= self._options.most:
                return
            if entry.url is not None and entry.url in seen:
                continue
            seen.add(entry.url or "")
            yield from self.entry(entry, replace(found, budget=None))
        for url in listing.further:
            yield from self._sitemap(url, found)

    def _chosen(self, entries: tuple[Entry, ...]) -> Iterator[Entry]:
        since = self._options.since
        for entry in entries:
            day = entry.day()
            if since is None or day is None or day >= since:
                yield entry

    def _sitemap(self, url: str, found: Found) -> Iterator[Item]:
        where = f"{found.where}, {url}"
        if url in self._sitemaps:
            return
        if not self._options.follow:
            yield Problem(where, "a further sitemap, and nothing is to be fetched")
            return
        if len(self._sitemaps) >= _MOST_SITEMAPS:
            yield Problem(where, f"more than {_MOST_SITEMAPS:,} sitemaps - give those you mean")
            return
        self._sitemaps.add(url)
        try:
            yield from self._fetched(
                url, replace(found, where=where, steps=found.steps + 1), self._manners.pass_gate
            )
        except SourceError as problem:
            yield Problem(where, str(problem))

    def _addresses(self, stream: Forward, found: Found) -> Iterator[Item]:
        """Yield what the addresses of a list hold, one a line; blank lines and those after # are none."""
        if found.steps >= _MOST_STEPS:
            raise SourceError(f"a list in a list, more than {_MOST_STEPS} deep - give it by itself")
        taken = 0
        for number, line in enumerate(stream.lines(65_536), 1):
            url = line.decode("utf-8", "replace").strip("\ufeff \t\r\n")
            if not url or url.startswith("#"):
                continue
            taken += 1
            if self._options.most is not None and taken > self._options.most:
                return
            where = f"{found.where}, line {number}"
            if not url.lower().startswith(("http://", "https://")):
                yield Problem(where, f"'{shown(url)[:100]}' is no web address - give one a line")
            elif not self._options.follow:
                yield Problem(where, f"{url} is not fetched, as you asked")
            else:
                yield from self._line(url, where, found)
        if not taken:
            yield Problem(found.where, "no address in it - give one a line")

    def _line(self, url: str, where: str, found: Found) -> Iterator[Item]:
        try:
            wanted = Found(f"{where}, {url}", steps=found.steps + 1)
            yield from self._fetched(url, wanted, self._manners.pace)
        except SourceError as problem:
            yield Problem(f"{where}, {url}", str(problem))

    def _unpacked(self, kind: str, stream: Forward, found: Found) -> Iterator[Item]:
        if kind == "zip" and sniff(stream.peek(HEAD), found.name) == TYPES[".docx"]:
            yield self._report(self._all(stream), found)
            return
        if found.depth >= _MOST_DEPTH:
            raise SourceError(f"an archive in an archive, more than {_MOST_DEPTH} deep - unpack it first")
        budget = found.budget or Budget(self._options.max_bytes)
        inside = replace(found, budget=budget, depth=found.depth + 1)
        if kind == "zip":
            yield from self._zip(stream, inside, budget)
        elif kind == "tar":
            yield from self._members(tar_members(stream, budget), inside, budget)
        else:
            name = PurePath(found.name)
            ending = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}.get(name.suffix.lower(), "")
            yield from self.stream(unsqueezed(kind, stream, budget), replace(inside, name=name.stem + ending))

    def _zip(self, stream: Forward, found: Found, budget: Budget) -> Iterator[Item]:
        with stream.seekable_file() as file, zip_of(file) as archive:
            names = archive.namelist()
            if "word/document.xml" in names:
                file.seek(0)
                yield self._report(self._all(Forward(file.read)), replace(found, name="report.docx"))
            elif "[Content_Types].xml" in names or "META-INF/manifest.xml" in names:
                raise SourceError("an office file of another kind than .docx - save it as .docx or .pdf")
            elif is_wacz(names):
                yield from self._captures(wacz_captures(archive, found.where, self._options, budget), found)
            else:
                yield from self._members(zip_members(archive, budget), found, budget)

    def _members(self, members: Iterator[Member], found: Found, budget: Budget) -> Iterator[Item]:
        empty = True
        for member in members:
            if is_hidden(member.name):
                continue
            empty = False
            where = f"{found.where}, {member.name}" if member.name else found.where
            if member.stream is None:
                yield Problem(where, member.problem or "not read")
                continue
            inner = Budget(member.size, budget)
            inside = Found(
                where,
                member.name,
                inner,
                found.depth,
                found.steps,
                retrieved=found.retrieved,
                capture=found.capture,
            )
            yield from self._member(member.stream, inside, is_outside(member.name))
            if budget.spent():
                raise SourceError("the rest of the archive is not read: it unpacks to far more than it is")
        if empty:
            raise SourceError("the archive holds no files")

    def _member(self, stream: Forward, found: Found, outside: bool) -> Iterator[Item]:
        try:
            if not readable(stream.peek(HEAD), found.name):
                yield Problem(found.where, f"not read: a kind that is not known - known: {' '.join(KNOWN)}")
                return
            for item in self.stream(stream, found):
                if outside and isinstance(item, Received):
                    yield replace(item, warnings=(*item.warnings, _OUTSIDE))
                else:
                    yield item
        except SourceError as problem:
            yield Problem(found.where, str(problem))

    def _captures(self, captures: Iterator[Captured | Problem], found: Found) -> Iterator[Item]:
        for captured in captures:
            if isinstance(captured, Problem):
                yield captured
                continue
            where = f"{found.where}, {captured.url}"
            name = "page.html" if "html" in captured.media_type else captured.url
            page = Found(
                where, name, url=captured.url, charset=captured.charset, capture=captured.capture,
                retrieved=captured.time,
            )  # fmt: skip
            try:
                item = self._report(captured.data, page)
                yield replace(item, warnings=(*captured.warnings, *item.warnings))
            except SourceError as problem:
                yield Problem(where, str(problem))


def readable(head: bytes, name: str) -> bool:
    """Tell whether something among other things is meant to be read: by what it is, or by its name's ending."""
    suffix = PurePath(name).suffix.lower()
    if suffix in KNOWN or kind_of(head, name) != "report":
        return True
    told = sniff(head, name)
    return told != "text/plain" or (not suffix and bool(head.strip()))
