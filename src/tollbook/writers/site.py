"""site: incidents, sums, files -> a static public site that needs no server, no network and nobody's permission to be read.

Pages are written as incidents come; in memory stay a page of the list, the places, and the terms of the search.
"""

import heapq
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from tollbook.model.answer import Figures
from tollbook.model.site import Download, Front, Leaf, Totals
from tollbook.writers.brief_casualties import title_of
from tollbook.writers.brief_figures import HARMS as HARM_WORDS
from tollbook.writers.brief_figures import day_words
from tollbook.writers.site_incident import leaf_html
from tollbook.writers.site_map import Places
from tollbook.writers.site_markdown import markdown_html
from tollbook.writers.site_parts import (
    days_html,
    figure_words,
    figures_html,
    framed,
    path_of,
    record_html,
    review_html,
    safe,
    table_html,
)
from tollbook.writers.site_search import Index, script
from tollbook.writers.site_totals import chart_html, headline_html, periods_html
from tollbook.writers.words import harmless, plain

_PAGE = 100  # incidents on a page of the list
_COLUMNS = [
    ("incident", ""),
    ("days", ""),
    ("country", ""),
    ("documented", ""),
    ("reports", "number"),
    ("state", ""),
]
_PRINCIPLES = (
    "<p>Each figure is documented: it is what reports say, added up where it may be added, with the least, the "
    "best and the greatest "
    "that is told. Nothing is estimated, and what nobody reported is missing. A number is a claim that "
    "somebody made; each leads to "
    'the words, the report and the day. <a href="method.html">How this record is made</a>.</p>'
)
_WHERE = (
    '<section aria-labelledby="h-where"><h2 id="h-where">Where</h2><div class="map middle" '
    'data-map="places" role="region" '
    'aria-label="Map of the incidents; the map page holds the same as a table"></div>'
    '<p class="soft">Dots: towns and spots; areas: what is known as that area only. <a '
    'href="map.html">Map with all places</a></p></section>'
)
Row = tuple[str, ...]


class Site:
    """Writes a site into a folder that is there: add incidents, oldest first, then close it with what they add up to."""

    def __init__(self, folder: Path, front: Front) -> None:
        """Begin."""
        self._folder, self._front = folder, front
        for name in ("list", "map"):
            (folder / name).mkdir()
        self._index = Index(folder / "search")
        self._places = Places()
        self._seen = self._signed = 0
        self._rows: list[Row] = []
        self._months: dict[str, int] = {}
        self._newest: deque[Row] = deque(maxlen=8)
        self._largest: list[tuple[int, int, Row]] = []
        self._reports: set[int] = set()
        self._origins: set[str] = set()
        self.days: tuple[str, str] | None = None

    def add(self, leaf: Leaf) -> None:
        """Write the page of one incident, and take it into list, map and search."""
        incident = leaf.dossier.cards[0].incident
        path = self._folder / path_of(incident.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(leaf_html(leaf, self._front), encoding="utf-8")
        self._places.add(leaf)
        self._find(leaf)
        self._reports |= {int(key[:15], 16) for key in incident.reports}
        self._origins |= {o.id for o in incident.independent_origins}
        if incident.period is not None:
            start, end = self.days or (incident.period.start, incident.period.end)
            self.days = min(start, incident.period.start), max(end, incident.period.end)
        self._list(leaf)

    def _list(self, leaf: Leaf) -> None:
        """Put a line into the list, whose newest are first: so its pages are written from the last to the first."""
        incident = leaf.dossier.cards[0].incident
        period = incident.period
        row = (
            f'<a href="{{root}}{path_of(incident.id)}"><bdi>{safe(title_of(incident))}</bdi></a>',
            days_html(period.start, period.end) if period else days_html(None, None),
            f"<bdi>{safe(leaf.land.name)}</bdi>" if leaf.land else "",
            figures_html(incident.id, [Figures(t.harm, t.status, t.low, t.best, t.high) for t in incident.tolls]),
            f'<span class="r">{len(incident.reports):,}</span>', review_html(incident.review),
        )  # fmt: skip
        self._rows.append(row)
        self._newest.append(row)
        killed = next((t for t in incident.tolls if (t.harm, t.status) == ("killed", "all")), None)
        if killed is not None:
            heapq.heappush(self._largest, (killed.best or killed.low or 0, self._seen, row))
            if len(self._largest) > 8:
                heapq.heappop(self._largest)
        after = self._front.incidents - 1 - self._seen  # incidents that are newer
        self._seen += 1
        self._signed += incident.review == "signed_off"
        self._months[period.start[:7] if period else "?"] = after // _PAGE + 1
        if after % _PAGE == 0:
            self._write_list(after // _PAGE + 1)

    def _write_list(self, number: int) -> None:
        last = max(1, -(-self._front.incidents // _PAGE))
        links = [
            f'<a class="button" href="{n}.html" rel="{rel}">{words}</a>'
            for n, rel, words in ((number - 1, "prev", "Newer"), (number + 1, "next", "Older")) if 1 <= n <= last
        ]  # fmt: skip
        pager = f'<nav class="pager" aria-label="Pages of the list">{"".join(links)}</nav>' if links else ""
        rows = [[cell.replace("{root}", "../") for cell in row] for row in reversed(self._rows)]
        of = f' <span class="soft r">{number:,} of {last:,}</span>' if last > 1 else ""
        months = '<p class="soft"><a href="months.html">Go to a month</a></p>' if last > 1 else ""
        body = (
            f"<h1>Incidents{of}</h1><p "
            f'class="soft">{record_html(self._front.incidents, "incident", "incidents")}, the newest first. '
            "An incident within a wider one is listed too; its people are in the wider one's figure already.</p>"
            f"{months}{table_html('Incidents', _COLUMNS, rows)}{pager}"
        )
        self._write(f"list/{number}.html", "Incidents", body)
        self._rows.clear()

    def _find(self, leaf: Leaf) -> None:
        card = leaf.dossier.cards[0]
        incident, period = card.incident, card.incident.period
        killed = [
            f"{figure_words(t.low, t.best, t.high)} {HARM_WORDS[t.harm]}"
            for t in incident.tolls
            if t.status == "all"
        ]
        days = (period.start, period.end) if period else ("", "")
        country = leaf.land.name if leaf.land else ""
        title = harmless(title_of(incident))
        head = [incident.id, incident.title, title, country, *days, *(day_words(d) for d in days if d)]
        head += [name for s in incident.places for name in (s.name, s.adm1 or "")]
        head += [s.name for s in incident.parties] + [plain(m) for m in incident.means]
        head += [HARM_WORDS[t.harm] for t in incident.tolls if t.status == "all"]
        body = [o.name for o in incident.independent_origins]
        for line in card.reports:
            body += [line.reference.title or "", line.reference.publisher or ""]
        body += [one.claim.evidence.quote for one in card.testimonies] + [
            one.origin.name for one in card.testimonies
        ]
        body += [e.evidence.quote for _, e in card.effects] + [s.evidence.quote for _, s in card.statements]
        body += [s.speaker.name for _, s in card.statements]
        doc = (incident.id, title, days[0], country, ", ".join(killed), incident.review)
        self._index.add(doc, head, body)

    def close(self, totals: Totals, method: str, files: Sequence[Download], losses: int) -> None:
        """Write what stands for the whole: overview, map, timeline, search, data, method (Markdown)."""
        if not self._seen:
            self._write_list(1)
        self._index.close()
        (self._folder / "map" / "places.js").write_text(
            script("map/places", {"places": self._places.value(), "lines": self._places.countries()}),
            encoding="utf-8",
        )
        self._write("index.html", self._front.title, self._overview(totals), map=True)
        self._write("map.html", "Map", self._map(), map=True)
        self._write("timeline.html", "Timeline", _timeline(totals))
        self._write("search.html", "Search", _SEARCH, scripts=("search.js",))
        self._write("data.html", "Data", _data(files, losses))
        self._write("method.html", "Method", markdown_html(method, name="Standards"))
        self._write("list/months.html", "Months", self._by_month())

    def _by_month(self) -> str:
        rows = []
        for month, page in reversed(self._months.items()):
            words = "no day known" if month == "?" else f"<time>{safe(month)}</time>"
            rows.append((f'<a href="{page}.html">{words}</a>', f'page <span class="r">{page:,}</span>'))
        table = table_html("Months", [("begun in", ""), ("list", "")], rows)
        return f"<h1>Incidents by month</h1>{table}"

    def countries(self) -> list[str]:
        """Return the codes of the countries whose divisions the maps draw."""
        return self._places.countries()

    def _overview(self, totals: Totals) -> str:
        front, days = self._front, self.days
        span = f", {days_html(*days)}" if days else ""
        inside = (
            f" {record_html(totals.inside, 'incident lies', 'incidents lie')} within wider ones and are not "
            "added a second time."
            if totals.inside
            else ""
        )
        left = front.incidents - self._signed
        state = (
            "signed off by a person"
            if not left
            else f"{record_html(left, 'of them', 'of them')} signed off by nobody"
        )
        unreviewed = "" if not left else "unreviewed" if not self._signed else "in part unreviewed"
        chart = chart_html(totals)
        timeline = (
            f'<section aria-labelledby="h-when"><h2 id="h-when">When</h2>{chart}<p><a '
            'href="timeline.html">Timeline with all figures</a></p></section>'
            if chart
            else ""
        )
        tables = "".join(
            f'<section aria-labelledby="h-{id}"><h2 id="h-{id}">{name}</h2>'
            f"{table_html(name, _COLUMNS, [[c.replace('{root}', '') for c in row] for row in rows])}</section>"
            for id, name, rows in (
                ("large", "Most people killed", [r for _, _, r in sorted(self._largest, reverse=True)]),
                ("new", "Newest", list(reversed(self._newest))),
            ) if rows
        )  # fmt: skip
        return (
            f"<h1>{safe(front.title)}</h1><p "
            f'class="lead">{record_html(front.incidents, "incident", "incidents")}, {state}, told in '
            f"{record_html(len(self._reports), 'report', 'reports')} from "
            f"{record_html(len(self._origins), 'independent origin', 'independent origins')}{span}.</p>"
            '<section aria-labelledby="h-toll"><h2 id="h-toll">Documented '
            f"toll</h2>{headline_html(totals, unreviewed=unreviewed)}"
            f'<p class="soft">Harms are never added to one another.{inside}</p></section>'
            '<section aria-labelledby="h-read" class="notice"><h2 id="h-read">How to read '
            f"it</h2>{_PRINCIPLES}</section>{_WHERE}{timeline}{tables}"
            '<p><a href="list/1.html">All incidents</a> · <a href="map.html">Map</a> · <a '
            'href="data.html">Data to take away</a></p>'
        )

    def _map(self) -> str:
        unknown = self._places.unknown
        lost = (
            f" {record_html(unknown, 'incident has', 'incidents have')} no known place, and stand in the list only."
            if unknown
            else ""
        )
        return (
            '<h1>Where</h1><div class="map large" data-map="places" role="region" aria-label="Map of the '
            "incidents; the table below "
            'holds the same"></div><p class="legend"><span><i class="spot" aria-hidden="true"></i> a town or '
            "spot; the larger, the more "
            'people killed in its largest incident</span><span><i class="spot sure" aria-hidden="true"></i> '
            "all there signed off</span>"
            '<span><i class="zone" aria-hidden="true"></i> known only as this area</span></p><p '
            'class="soft">What is known only as a '
            "division or a country is drawn as that area, never as a point in its middle. Borders and "
            "divisions are those of Natural "
            f"Earth: they help the eye and say nothing about who holds what.{lost}</p>"
            f'<section aria-labelledby="h-places"><h2 id="h-places">Places</h2>{self._places.table()}</section>'
        )

    def _write(
        self, path: str, title: str, body: str, *, scripts: Sequence[str] = (), map: bool = False
    ) -> None:
        page = framed(self._front, path, title, body, scripts=scripts, map=map)
        (self._folder / path).write_text(page, encoding="utf-8")


_SEARCH = (
    '<h1>Search</h1><form class="filters" id="search" role="search" aria-label="Search incidents" '
    'action="search.html" method="get">'
    '<div><label for="q">Words: places, parties, days, words of reports</label><input id="q" name="q" '
    'type="search" size="40" '
    'autocomplete="off"></div><div><label for="by">Order</label><select id="by" name="by"><option value="fit">best fit first'
    '</option><option value="new">newest first</option><option value="old">oldest first</option></select></div>'
    '<button class="first">Search</button></form><p id="said" role="status" aria-live="polite">All words must be there; the '
    'beginning of a word is enough.</p><ol id="results" class="plain results"></ol><button type="button" '
    'id="more" hidden>Show more'
    "</button><noscript><p>Searching needs scripts, which are off here. The "
    '<a href="list/1.html">list of incidents</a> is there without.</p></noscript>'
)


def _timeline(totals: Totals) -> str:
    return (
        f'<h1>When</h1>{chart_html(totals)}<p class="soft">Sums of incidents by {totals.unit} of the event, '
        "nobody counted twice; an "
        f"incident that reaches over more than one {totals.unit} is told with both ends, never put on one of them.</p>"
        f'<section aria-labelledby="h-table"><h2 id="h-table">Figures</h2>{periods_html(totals)}</section>'
    )


def _data(files: Sequence[Download], losses: int) -> str:
    rows = [
        (
            f'<a href="{safe(f.name)}" download>{safe(f.name.removeprefix("data/"))}</a>',
            _size(f.size),
            f"<code>{f.digest}</code>",
        )
        for f in files
    ]
    if not rows:
        return "<h1>Data</h1><p>This edition was published without data files.</p>"
    return (
        "<h1>Data</h1><p>The same incidents in other people's formats. <code>manifest.json</code> says which "
        "program, rules, moment and "
        "question made them; <code>losses.csv</code> says, incident by incident, what a format cannot say "
        f'({record_html(losses, "line", "lines")}). Files called "shaped" have the columns of another data set '
        "and are not its data.</p>"
        f"{table_html('Files', [('file', ''), ('size', 'number'), ('SHA-256', '')], rows)}"
    )


def _size(size: int) -> str:
    for unit, scale in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= scale:
            return f'<span class="r">{size / scale:,.1f}</span> {unit}'
    return f'<span class="r">{size:,}</span> B'
