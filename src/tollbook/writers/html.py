"""html: readings -> one page that needs nothing else: no network, no other file.

A report is hostile: everything it says is escaped, nothing it says is run, and the page's own policy forbids all but
the one style and the one script that are part of it.
"""

from base64 import b64encode
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from html import escape
from importlib import resources
from itertools import pairwise

from tollbook.model.claim import Claim
from tollbook.model.reading import Reading
from tollbook.model.toll import Toll
from tollbook.writers.words import (
    by_words,
    confidence_words,
    count_words,
    harmless,
    is_right_to_left,
    note_words,
    nothing_words,
    plain,
    quoted,
    toll_words,
    when_words,
    where_words,
    who_words,
)

_KINDS = {"killed": "killed", "killed_or_injured": "other", "injured": "injured", "displaced": "displaced"}


def to_html(readings: Sequence[Reading]) -> str:
    """Write readings as one self-contained page: text beside claims, linked in both directions, toll and ledger below."""
    style, script = _static("page.css"), _static("page.js")
    policy = (
        f"default-src 'none'; style-src 'sha256-{_digest(style)}'; script-src 'sha256-{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    title = _title(readings[0], 1) if len(readings) == 1 else f"{len(readings):,} reports"
    body = "".join(_article(reading, number, len(readings)) for number, reading in enumerate(readings, 1))
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>{_safe(title)} – Tollbook</title><style>{style}</style></head><body>"
        f'<a class="skip" href="#r1-claims">To the claims</a>{_index(readings)}{body}'
        '<footer class="small">Read by Tollbook. <span class="state">machine</span> means that no person has confirmed '
        'a figure. <span class="keys">Keys: j next claim, k previous, Esc none.</span> Places: GeoNames, CC BY 4.0.</footer>'
        f"<script>{script}</script></body></html>\n"
    )


@cache
def _static(name: str) -> str:
    return (resources.files(__package__) / "static" / name).read_text(encoding="utf-8").strip()


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode()).digest()).decode()


def _safe(words: str | None) -> str:
    return escape(harmless(words or ""), quote=True)


def _title(reading: Reading, number: int) -> str:
    lines = (line.strip().lstrip("#").strip() for line in reading.report.text.split("\n"))
    first = next((line for line in lines if line), "")
    return reading.report.title or (first[:90] + ("…" if len(first) > 90 else "")) or f"Report {number}"


def _index(readings: Sequence[Reading]) -> str:
    if len(readings) == 1:
        return ""
    rows = "".join(
        f'<tr><td><a href="#r{n}">{_safe(_title(r, n))}</a></td><td>{_safe(r.report.published)}</td>'
        f'<td class="figure">{len(r.claims):,}</td><td class="figure">{len(r.warnings):,}</td></tr>'
        for n, r in enumerate(readings, 1)
    )
    return (
        f"<header><h1>{len(readings):,} reports</h1></header><main><table><thead><tr><th>report</th><th>published</th>"
        f'<th class="figure">claims</th><th class="figure">warnings</th></tr></thead><tbody>{rows}</tbody></table></main>'
    )


def _article(reading: Reading, number: int, total: int) -> str:
    report, prefix = reading.report, f"r{number}"
    about = " · ".join(
        _safe(v) for v in (report.publisher, report.author, report.published, report.url, report.ref) if v
    )
    heading = "h1" if total == 1 else "h2"
    claims = "".join(_card(claim, prefix) for claim in reading.claims)
    written = f'lang="{escape(report.language or "und")}"'
    way = ' dir="rtl"' if is_right_to_left(report.text) else ""
    many = f"{len(reading.claims):,} claim{'' if len(reading.claims) == 1 else 's'}, "
    read = f'{many}<span class="state">machine</span> read, reviewed by nobody'
    return (
        f'<article id="{prefix}"{way}><header><{heading} dir="auto" {written}>{_safe(_title(reading, number))}</{heading}>'
        f'<p class="about">{about}</p></header><main><div class="sides">'
        f'<section aria-label="Text of the report"><div class="text" dir="auto" {written}>'
        f"{_marked(reading, prefix)}</div></section>"
        f'<section class="claims" id="{prefix}-claims" tabindex="0" aria-label="Claims" dir="ltr">'
        f'<p class="small">{read if claims else nothing_words(reading)}</p><ol class="list">{claims}</ol></section></div>'
        f'<div dir="ltr">{_toll(reading.toll, prefix)}{_told(reading)}{_warnings(reading)}</div></main></article>'
    )


def _marked(reading: Reading, prefix: str) -> str:
    """Return the text with the counts of its claims marked; where claims overlap, a stretch bears all of them."""
    text = reading.report.text
    spans = [(c.count.start, c.count.end, c) for c in reading.claims]
    skipped = [
        (w.start, w.end)
        for w in reading.warnings
        if w.code == "furniture" and w.start is not None and w.end is not None
    ]
    cuts = sorted({0, len(text), *(p for a, b, _ in spans for p in (a, b)), *(p for s in skipped for p in s)})
    starts: dict[int, list[Claim]] = {}
    for a, _, claim in spans:
        starts.setdefault(a, []).append(claim)
    active: list[Claim] = []
    gaps = sorted(skipped)
    out: list[str] = []
    k = 0
    for a, b in pairwise(cuts):
        active = [c for c in active if c.count.end > a] + starts.get(a, [])
        while k < len(gaps) and gaps[k][1] <= a:
            k += 1
        words = _safe(text[a:b])
        if active:
            out.append(_mark(active, words, prefix, numbered=any(c.count.end == b for c in active)))
        elif k < len(gaps) and gaps[k][0] <= a < gaps[k][1]:
            out.append(f'<span class="skipped" title="not part of the report, not read">{words}</span>')
        else:
            out.append(words)
    return "".join(out)


def _mark(claims: Sequence[Claim], words: str, prefix: str, *, numbered: bool) -> str:
    kind = _KINDS.get(claims[0].harm, "other")
    apart = (
        "" if claims[0].scope == "incident" and claims[0].modality in ("asserted", "estimated") else " apart"
    )
    ids = " ".join(f"{prefix}-{c.id}" for c in claims)
    number = f'<span class="n">{",".join(c.id for c in claims)}</span>' if numbered else ""
    label = escape(", ".join(f"{c.id}: {plain(c.harm)} {count_words(c.count)}" for c in claims), quote=True)
    return f'<mark class="{kind}{apart}" data-c="{ids}" title="{label}">{words}{number}</mark>'


def _card(claim: Claim, prefix: str) -> str:
    """Return one claim as a card."""
    kind = _KINDS.get(claim.harm, "other")
    part = " part" if claim.part_of else ""
    rows = (
        ("words", quoted(claim.evidence.quote)),
        ("who", who_words(claim)),
        ("by whom", by_words(claim)),
        ("with what", ", ".join(plain(m.name) for m in claim.means)),
        ("where", where_words(claim)),
        ("when", when_words(claim)),
        ("says who", claim.origin.name if claim.origin else "the report itself"),
        ("confidence", confidence_words(claim)),
        ("note", note_words(claim)),
    )
    told = "".join(f'<dt>{name}</dt><dd dir="auto">{_safe(value)}</dd>' for name, value in rows if value)
    return (
        f'<li class="claim {kind}{part}" id="{prefix}-{claim.id}" tabindex="0">'
        f'<div class="top"><span class="small">{claim.id}</span><span class="figure">{_safe(count_words(claim.count))}</span>'
        f'<span class="harm">{plain(claim.harm)}</span><span class="state">{claim.state}</span></div><dl>{told}</dl></li>'
    )


def _toll(tolls: Sequence[Toll], prefix: str) -> str:
    """Return the tolls: for each harm the whole, its statuses, and the ledger that explains it."""
    if not tolls:
        return ""
    rows = []
    for toll in (t for t in tolls if t.status == "all"):
        parts = [t for t in tolls if t.harm == toll.harm and t.status != "all"]
        rows.append(_toll_row("all", plain(toll.harm), "all", toll))
        if [t.status for t in parts] != ["unknown"]:
            rows += [_toll_row("part", "", plain(t.status), t) for t in parts]
        ledger = "".join(
            f'<li><a href="#{prefix}-{escape(e.claim)}">{escape(e.claim)}</a> {plain(e.use)}: '
            f'<span dir="auto">{_safe(e.reason)}</span></li>'
            for e in toll.ledger
        )
        rows.append(
            '<tr><td></td><td colspan="2"><details open><summary class="small">why</summary>'
            f'<ul class="small">{ledger}</ul></details></td></tr>'
        )
    return (
        '<section class="toll"><h2>Toll of this report <span class="state">documented, unreviewed</span></h2><table><thead>'
        '<tr><th>harm</th><th>status</th><th class="figure">toll</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></section>"
    )


def _toll_row(kind: str, harm: str, status: str, toll: Toll) -> str:
    return f'<tr class="{kind}"><td>{harm}</td><td>{status}</td><td class="figure">{_safe(toll_words(toll))}</td></tr>'


def _told(reading: Reading) -> str:
    out = ""
    if reading.effects:
        rows = "".join(
            f'<tr><td>{plain(e.kind)}</td><td dir="auto">{_safe(quoted(e.quote))}</td>'
            f"<td>{_safe(', '.join(dict.fromkeys(p.name for p in e.where[:2])))}</td></tr>"
            for e in reading.effects
        )
        out += f"<section><h2>Effects</h2><table><tbody>{rows}</tbody></table></section>"
    if reading.statements:
        rows = "".join(
            f'<tr><td dir="auto">{_safe(s.speaker.name)}</td><td>{plain(s.act)}</td>'
            f'<td dir="auto">{_safe(quoted(s.about.quote)) if s.about else ""}</td>'
            f"<td>{_safe(', '.join(s.claims))}</td></tr>"
            for s in reading.statements
        )
        out += f"<section><h2>Statements</h2><table><tbody>{rows}</tbody></table></section>"
    return out


def _warnings(reading: Reading) -> str:
    if not reading.warnings:
        return ""
    rows = "".join(f'<li dir="auto">{_safe(w.message)}</li>' for w in reading.warnings)
    return f'<section><h2>Warnings</h2><ul class="small">{rows}</ul></section>'


def reading_html(reading: Reading) -> str:
    """Write a reading as a fragment for a notebook: no script, styles on the elements."""
    rows = "".join(
        "<tr>" + "".join(f'<td style="text-align:start;vertical-align:top">{_safe(v)}</td>' for v in (
            c.id, plain(c.harm), count_words(c.count), who_words(c), by_words(c), where_words(c), when_words(c),
            c.origin.name if c.origin else "", note_words(c), f"“{c.evidence.quote}”",
        )) + "</tr>"
        for c in reading.claims
    )  # fmt: skip
    tolls = "; ".join(f"{plain(t.harm)}: {toll_words(t)}" for t in reading.toll if t.status == "all")
    head = "".join(
        f"<th>{h}</th>"
        for h in ("", "harm", "count", "who", "by", "where", "when", "says who", "note", "words")
    )
    return (
        f"<div><strong>{_safe(_title(reading, 1))}</strong><p>{_safe(tolls) or nothing_words(reading)} "
        f"(machine, unreviewed)</p><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
