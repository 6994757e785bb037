"""brief_html: Brief -> one page that needs nothing else; every number leads to its words, and prints."""

from base64 import b64encode
from hashlib import sha256
from html import escape
from importlib import resources

from tollbook.model.brief import Brief, Citation, Grid, Paragraph, Part, Sentence
from tollbook.writers.brief_figures import bracketed
from tollbook.writers.brief_markdown import source_text
from tollbook.writers.brief_pictures import chart_of, chart_title, map_of
from tollbook.writers.drawing import Drawing, to_svg
from tollbook.writers.words import harmless


def brief_html(brief: Brief) -> str:
    """Write a brief as a page; nothing a report says is run, and the page asks for nothing."""
    style = (resources.files(__package__) / "static" / "brief.css").read_text(encoding="utf-8").strip()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    body = [
        f"<h1>{_safe(brief.title)}</h1>",
        f'<p class="period">{_safe(brief.period)}</p>' if brief.period else "",
    ]
    body.append(f'<p class="headline">{_sentence(brief.headline)}</p>')
    for n, section in enumerate(brief.sections):
        body.append(f"<section><h2>{_safe(section.title)}</h2>")
        body += _blocks(section.blocks)
        if n == 0:
            body.append(_figure(chart_of(brief), chart_title(brief)))
        if n == 1:
            body.append(
                _figure(
                    map_of(brief),
                    "Places named. Dots: towns and points; strong lines: what is known by division only.",
                )
            )
        body.append("</section>")
    sources = {source.report: number for number, source in enumerate(brief.sources, 1)}
    body.append('<section class="small"><h2>Citations</h2><ol class="cites">')
    body += [_citation(citation, sources) for citation in brief.citations]
    body.append("</ol></section><section class='small'><h2>Reports</h2><ol class='reports'>")
    body += [f'<li id="r{n}"><bdi>{_safe(source_text(s))}</bdi></li>' for n, s in enumerate(brief.sources, 1)]
    body.append(
        "</ol></section><footer>" + "".join(f"<p>{_safe(note)}</p>" for note in brief.notes) + "</footer>"
    )
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">'
        f"<title>{_safe(brief.title)} – Tollbook</title><style>{style}</style></head><body>{''.join(body)}</body></html>\n"
    )


def _safe(words: str) -> str:
    return escape(harmless(words), quote=True)


def _figure(drawing: Drawing | None, caption: str) -> str:
    if drawing is None:
        return ""
    return f"<figure>{to_svg(drawing)}<figcaption>{_safe(caption)}</figcaption></figure>"


def _blocks(blocks: tuple[Paragraph | Grid, ...]) -> list[str]:
    out: list[str] = []
    bullets = False
    for block in blocks:
        bullet = isinstance(block, Paragraph) and block.bullet
        if bullet is not bullets:
            out.append("<ul>" if bullet else "</ul>")
            bullets = bullet
        if isinstance(block, Grid):
            out.append(_grid(block))
            continue
        colon = ":" if block.sentences else ""
        lead = f"<strong>{_safe(block.lead)}{colon}</strong> " if block.lead else ""
        text = lead + "".join(_sentence(s) for s in block.sentences)
        out.append(f"<li>{text}</li>" if bullet else f"<p>{text}</p>")
    return [*out, "</ul>"] if bullets else out


def _grid(grid: Grid) -> str:
    head = "".join(f"<th>{_safe(c)}</th>" for c in grid.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{_sentence(cell)}</td>" for cell in row) + "</tr>" for row in grid.rows
    )
    return f'<div class="scroll"><table><tr>{head}</tr>{rows}</table></div>'


def _sentence(sentence: Sentence) -> str:
    return "".join(_part(part) for part in sentence.parts)


def _part(part: Part) -> str:
    text = _safe(part.text)
    if part.kind in ("name", "quote") and part.text:
        text = f"<bdi>{text}</bdi>"
    elif part.kind == "persons":
        text = f"<b>{text}</b>"
    elif "(unreviewed)" in part.text:
        text = text.replace("(unreviewed)", '<span class="unreviewed">(unreviewed)</span>')
    if not part.cites:
        return text
    first = sorted(part.cites)[0]
    return f'{text}<sup><a href="#c{first}">{_safe(bracketed(part.cites))}</a></sup>'


def _citation(citation: Citation, sources: dict[str, int]) -> str:
    if citation.kind == "decision":
        return f'<li id="c{citation.number}">decision of a person: <bdi>{_safe(citation.quote)}</bdi></li>'
    number = sources.get(citation.report or "")
    where = (
        f'<a href="#r{number}">R{number}</a>, characters {citation.start}–{citation.end}' if number else ""
    )
    state = "read by machine" if citation.state == "machine" else citation.state
    words = " ".join(citation.quote.split())
    return f'<li id="c{citation.number}">“<bdi>{_safe(words)}</bdi>” – {where}; {citation.kind}, {state}</li>'
