"""entry: what a feed, a sitemap or a list says of one page: its address, and what it tells beside it."""

from dataclasses import dataclass, field

from tollbook.model.text import Warning


@dataclass(frozen=True, slots=True)
class Entry:
    """One page as a feed or sitemap names it; None for what is not said.

    `id` is the feed's own name of it, `published` and `updated` are ISO days or times with a zone. `html` is what the
    feed itself tells of the page, `whole` whether that is the page's full text.
    """

    url: str | None
    id: str | None = None
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    updated: str | None = None
    language: str | None = None
    html: str | None = field(default=None, repr=False)
    whole: bool = False
    warnings: tuple[Warning, ...] = ()

    def day(self) -> str | None:
        """Return the day on which it was published, or else changed."""
        said = self.published or self.updated
        return said[:10] if said else None


@dataclass(frozen=True, slots=True)
class Listing:
    """The pages that one feed or sitemap names, and the addresses of further sitemaps."""

    entries: tuple[Entry, ...]
    further: tuple[str, ...] = ()
    title: str | None = None
