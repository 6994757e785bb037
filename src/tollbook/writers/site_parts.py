"""site_parts: values -> the pieces that every page of a site is made of: its frame, sentences, figures, links.

A report is hostile: everything it says is escaped, no page runs a script of its own text, and none asks another machine.
Every number stands in an element that says what it is: `b.n` are persons (`data-c`: the citations that they rest on,
`data-of`: the toll of an incident that they repeat, `data-sum`: the group that they are a sum of), `.r` counts things of the
record, `time` is a day, `.why` a rule's explanation. So a program can take each back to its words, and a test does.
"""

import re
from collections.abc import Iterable, Mapping
from html import escape

from tollbook.model.answer import Figures
from tollbook.model.brief import Grid, Paragraph, Part, Sentence
from tollbook.model.claim import HARMS
from tollbook.model.site import Front
from tollbook.writers.brief_figures import HARMS as HARM_WORDS
from tollbook.writers.brief_figures import bracketed, period_words
from tollbook.writers.words import harmless

PAGES = (
    ("index.html", "Overview"), ("list/1.html", "Incidents"), ("map.html", "Map"), ("timeline.html", "Timeline"),
    ("search.html", "Search"), ("data.html", "Data"), ("method.html", "Method"),
)  # fmt: skip
# `file:` beside 'self': opened from a folder, some browsers do not take a page for a neighbour of its own files
_POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file:; font-src 'self' file:; img-src "
    "'self' file: data:; "
    "form-action 'self' file:; base-uri 'none'"
)
_ORDER: tuple[str, ...] = HARMS


def safe(words: str | None) -> str:
    """Return words for a page: escaped, with signs made visible that would turn or hide what follows."""
    return escape(harmless(words or ""), quote=True)


def path_of(id: str) -> str:
    """Return the path of an incident's page, from the root of the site; no folder has more than some hundred."""
    return f"incidents/{id[1:3]}/{id}.html"


def framed(
    front: Front, here: str, title: str, body: str, *, scripts: Iterable[str] = (), map: bool = False
) -> str:
    """Return a whole page; `here` is its path from the root."""
    root = "../" * here.count("/")
    links = "".join(f'<a href="{root}{path}"{_current(here, path)}>{name}</a>' for path, name in PAGES)
    files = ("site.js", *(("leaflet.js", "topojson-client.js", "map.js") if map else ()), *scripts)
    run = "".join(f'<script src="{root}assets/{name}" defer></script>' for name in files)
    styles = ("leaflet.css", "room.css", "site.css") if map else ("room.css", "site.css")
    sheets = "".join(f'<link rel="stylesheet" href="{root}assets/{name}">' for name in styles)
    whole = title if title == front.title else f"{title} – {front.title}"
    return (
        f'<!doctype html>\n<html lang="en" data-root="{root}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f'<meta name="referrer" content="no-referrer"><title>{safe(whole)}</title>{sheets}'
        f'<link rel="icon" href="{root}assets/mark.svg"></head>\n<body><a class="skip" href="#content">Skip to '
        "the content</a>"
        f'<header class="bar"><a class="name" href="{root}index.html">{safe(front.title)}</a>'
        f'<nav aria-label="Pages">{links}</nav>'
        f'<form class="tools" role="search" aria-label="The whole record" action="{root}search.html" method="get">'
        '<label class="sr" for="find">Search the record</label>'
        '<input id="find" name="q" type="search" placeholder="Place, party, '
        'words…"><button>Search</button></form></header>\n'
        f'<main id="content" tabindex="-1">{_banner(front)}{body}</main>\n{_foot(front)}{run}</body></html>\n'
    )


def _current(here: str, path: str) -> str:
    same = here == path or (path == "list/1.html" and here.startswith(("list/", "incidents/")))
    return ' aria-current="page"' if same else ""


def _banner(front: Front) -> str:
    if front.confirmed:
        return ""
    return (
        '<p class="notice alert">This edition holds incidents that no person has signed off. Their figures are '
        "as the machine "
        "read them, and are marked unreviewed.</p>"
    )


def _foot(front: Front) -> str:
    edition = front.edition
    asked = "; ".join(f"{key.replace('_', ' ')} {value}" for key, value in edition.filters)
    words = [
        f"As known on {day_html(edition.as_of[:10])}", "Documented figures only, no estimates",
        f"Counted by the rule <code>{safe(edition.profile)} {safe(dict(edition.rules).get(edition.profile))}</code>",
        *([f"Only: {safe(asked)}"] if asked else []),
        *([f"Withheld: {safe(', '.join(edition.redacted))}"] if edition.redacted else []),
        f"Made by <code>{safe(edition.program)}</code>", "Places: GeoNames, CC BY 4.0",
    ]  # fmt: skip
    return '<footer class="foot">' + "".join(f"<span>{w}</span>" for w in words) + "</footer>"


def day_html(start: str, end: str | None = None) -> str:
    """Return days as people write them."""
    return f'<time datetime="{safe(start)}">{safe(period_words(start, end or start))}</time>'


def days_html(start: str | None, end: str | None) -> str:
    """Return the days of an incident, or that none is known."""
    return day_html(start, end) if start else '<span class="soft">no day known</span>'


def record_html(count: int, one: str, many: str) -> str:
    """Return a count of things of the record."""
    return f'<span class="r">{count:,}</span> {one if count == 1 else many}'


def figure_words(low: int | None, best: int | None, high: int | None) -> str:
    """Return a toll in one phrase, the best first where the three differ: 12 · at least 20 · 1,656 "
    "(803–1,656) · up to 30."""
    if low is None and high is None:
        return "no figure" if best is None else f"{best:,}"
    if low is None:
        span = f"up to {high:,}"
    elif high is None:
        span = f"at least {low:,}"
    else:
        span = f"{low:,}" if low == high else f"{low:,}–{high:,}"
    alone = (
        best is None
        or span == f"{best:,}"
        or (high is None and best == low)
        or (low is None and best == high)
    )
    return span if alone else f"{best:,} ({span})"


def persons_html(words: str, **told: str) -> str:
    """Return figures of persons with what they rest on: see this module."""
    marks = "".join(f' data-{key.rstrip("_")}="{safe(value)}"' for key, value in told.items())
    return f'<b class="n"{marks}>{safe(words)}</b>'


def figures_html(id: str, figures: Iterable[Figures]) -> str:
    """Return the tolls of an incident for a list: each harm with all its victims."""
    told = sorted((f for f in figures if f.status == "all"), key=lambda f: _ORDER.index(f.harm))
    words = [
        f"{persons_html(figure_words(f.low, f.best, f.high), of=f'{id} {f.harm}')} {HARM_WORDS[f.harm]}"
        for f in told
    ]
    return ", ".join(words) or '<span class="soft">no figure</span>'


def review_html(state: str) -> str:
    """Return a state of review with its shape."""
    words = {"signed_off": "signed off", "in_review": "in review"}.get(state, "unreviewed")
    return f'<span class="state review {safe(state)}"><span class="shape" aria-hidden="true"></span>{words}</span>'


def sentence_html(sentence: Sentence, numbers: Mapping[str, int]) -> str:
    """Return a sentence; `numbers` are the citations of claims, by their ids."""
    return "".join(_part(part, numbers) for part in sentence.parts)


def _part(part: Part, numbers: Mapping[str, int]) -> str:
    text = safe(part.text)
    if part.text:
        if part.kind == "persons":
            own = sorted({*part.cites, *(numbers[c] for c in part.claims if c in numbers)})
            text = persons_html(part.text, c=" ".join(map(str, own)))
        elif part.kind == "records":
            text = f'<span class="r">{text}</span>'
        elif part.kind == "quote":
            text = f'<bdi class="quote">{text}</bdi>'
        elif part.kind == "name":
            text = f"<bdi>{text}</bdi>"
        elif part.kind == "day":
            text = f"<time>{text}</time>"
        elif part.kind == "reason":
            text = f'<span class="why" dir="auto">{text}</span>'
        else:
            text = text.replace("(unreviewed)", '<span class="unreviewed">(unreviewed)</span>')
    return text + cited(part.cites)


def cited(cites: Iterable[int]) -> str:
    """Return citation numbers in brackets, each a link to the words."""
    numbers = tuple(cites)
    if not numbers:
        return ""
    groups = bracketed(numbers)
    links = re.sub(r"\[(\d+)[^\]]*\]", r'<a href="#c\1">\g<0></a>', groups)
    return f'<sup class="cite">{links}</sup>'


def blocks_html(blocks: Iterable[Paragraph | Grid], numbers: Mapping[str, int]) -> str:
    """Return paragraphs, lists and tables."""
    out: list[str] = []
    bullets = False
    for block in blocks:
        bullet = isinstance(block, Paragraph) and block.bullet
        if bullet is not bullets:
            out.append('<ul class="told">' if bullet else "</ul>")
            bullets = bullet
        if isinstance(block, Grid):
            out.append(_grid(block, numbers))
            continue
        colon = ":" if block.sentences else ""
        lead = f"<strong><bdi>{safe(block.lead)}</bdi>{colon}</strong> " if block.lead else ""
        text = lead + "".join(sentence_html(s, numbers) for s in block.sentences)
        out.append(f"<li>{text}</li>" if bullet else f"<p>{text}</p>")
    return "".join([*out, "</ul>"] if bullets else out)


def _grid(grid: Grid, numbers: Mapping[str, int]) -> str:
    rows = [[sentence_html(cell, numbers) for cell in row] for row in grid.rows]
    return table_html("Figures by harm and status", [(safe(c), "") for c in grid.columns], rows)


def table_html(name: str, columns: Iterable[tuple[str, str]], rows: Iterable[Iterable[str]]) -> str:
    """Return a table that scrolls by itself where it is wider than the page; columns are (words, class)."""
    kinds = list(columns)
    head = "".join(f'<th scope="col"{_class(kind)}>{words}</th>' for words, kind in kinds)
    body = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row"{_class(kind)}>{cell}</th>' if n == 0 else f"<td{_class(kind)}>{cell}</td>"
            for n, (cell, (_, kind)) in enumerate(zip(row, kinds, strict=True))
        )
        + "</tr>\n"
        for row in rows
    )
    return (
        f'<div class="wide" tabindex="0" role="group" aria-label="{safe(name)}"><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )


def _class(kind: str) -> str:
    return f' class="{kind}"' if kind else ""


def outward(url: str | None, words: str) -> str:
    """Return a link out of the site, where the address is one of the web; else its words."""
    if url is None or not re.match(r"https?://[^\s/]", url, re.IGNORECASE):
        return f"<bdi>{words}</bdi>"
    return f'<a href="{safe(url)}" rel="noopener noreferrer nofollow"><bdi>{words}</bdi></a>'
