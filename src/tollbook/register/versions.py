"""versions: reports that come from a page which is there -> which of them say nothing new, and which show an earlier text again.

A page is what has one address (`parcel.page_of`). Its text seen again with no other head is the same report, though a later
capture may know less of it (no day, no publisher). Its earlier text seen again, after another was seen there, is a new version:
but only a capture tells that the page went back, since a list that is added twice gives its older lines again as well.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from tollbook.model.report import Report
from tollbook.register import schema
from tollbook.register.keep import chunks
from tollbook.register.parcel import again, key_of, page_of


@dataclass(frozen=True, slots=True)
class _Newest:
    """The version of a page that stands."""

    key: str
    text: str
    publisher: str | None
    published: str | None
    retrieved: str | None


class Pages:
    """The versions that stand of some pages, as they are in the register and as they become, report by report."""

    def __init__(self, connection: Connection, reports: Iterable[Report]) -> None:
        """Look up the pages of reports."""
        table = schema.report.c
        self._newest: dict[str, _Newest] = {}
        self._keys: set[str] = set()
        every = list(reports)
        for pages in chunks({page for r in every if (page := page_of(r))}):
            rows = connection.execute(
                select(table.page, table.key, table.id, table.publisher, table.published, table.retrieved,
                       table.superseded_by).where(table.page.in_(pages))
            )  # fmt: skip
            for row in rows:
                self._keys.add(row.key)
                if row.superseded_by is None:
                    self._newest[row.page] = _Newest(
                        row.key, row.id, row.publisher, row.published, row.retrieved
                    )

    def key(self, report: Report) -> str | None:
        """Return the id that a report gets in the register, and count it as seen; None where it says nothing new."""
        key, page = key_of(report), page_of(report)
        if page is None:
            return key
        newest = self._newest.get(page)
        if newest is not None:
            if key == newest.key or _tells_no_more(report, newest):
                return None
            later = bool(report.retrieved and newest.retrieved and report.retrieved > newest.retrieved)
            if key in self._keys:
                if not later:
                    return None
                key = again(key, report.retrieved or "")
            if report.retrieved and newest.retrieved and not later:
                self._keys.add(key)  # an older capture that comes late: it does not stand
                return key
        self._keys.add(key)
        self._newest[page] = _Newest(key, report.id, report.publisher, report.published, report.retrieved)
        return key


def _tells_no_more(report: Report, newest: _Newest) -> bool:
    """Tell whether a report is the text that stands, with nothing in its head that is not known."""
    return (
        report.id == newest.text
        and report.published in (None, newest.published)
        and report.publisher in (None, newest.publisher)
    )
