"""brief_markdown: Brief -> Markdown that any tool sets; what a report says cannot become markup."""

import re

from tollbook.model.brief import Brief, Citation, Grid, Paragraph, Part, Sentence, Source
from tollbook.writers.brief_figures import bracketed
from tollbook.writers.words import harmless

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_OPENING = re.compile(r"^(\s*)([-+]|\d+\.)(\s)")


def brief_markdown(brief: Brief) -> str:
    """Write a brief as Markdown; map and chart are in the other forms."""
    lines = [f"# {_plain(brief.title)}", "", *([f"*{brief.period}*", ""] if brief.period else [])]
    lines += [f"**{sentence_text(brief.headline, _plain)}**", ""]
    for section in brief.sections:
        lines += [f"## {section.title}", ""]
        bullet = False
        for block in section.blocks:
            if bullet and not (isinstance(block, Paragraph) and block.bullet):
                lines.append("")
            bullet = isinstance(block, Paragraph) and block.bullet
            lines += _grid(block) if isinstance(block, Grid) else _paragraph(block)
        lines += [""] if bullet else []
    lines += ["## Citations", ""]
    sources = {source.report: number for number, source in enumerate(brief.sources, 1)}
    lines += [f"- [{c.number}] {_plain(citation_text(c, sources))}" for c in brief.citations]
    lines += ["", "## Reports", ""]
    lines += [f"- {_plain(f'R{n}: {source_text(source)}')}" for n, source in enumerate(brief.sources, 1)]
    lines += ["", "## About this brief", ""]
    lines += [f"- {_plain(note)}" for note in brief.notes]
    return "\n".join(lines).rstrip() + "\n"


def sentence_text(sentence: Sentence, shown: object = None) -> str:
    """Return a sentence as text with its citation numbers; `shown` makes words safe for a form, none where they are plain."""
    safe = shown if callable(shown) else str
    return "".join(part_text(part, safe) for part in sentence.parts)


def part_text(part: Part, safe: object = str) -> str:
    """Return a part with its numbers, which stand before the blank or stop that it ends with."""
    assert callable(safe)
    numbers = bracketed(part.cites)
    return f"{safe(part.text)}{numbers}"


def citation_text(citation: Citation, sources: dict[str, int]) -> str:
    """Return what a number leads to: the words, the report by its number, where they stand in it, who stands for it."""
    state = {"machine": "read by machine"}.get(citation.state, citation.state)
    if citation.kind == "decision":
        return f"decision of a person: {citation.quote}"
    where = f"R{sources[citation.report]}" if citation.report in sources else ""
    return f"“{' '.join(citation.quote.split())}” – {where}, characters {citation.start}–{citation.end}; {citation.kind}, {state}"


def source_text(source: Source) -> str:
    """Return a report: outlet, title, day, address, when it was captured, and the digest of what was captured."""
    head = [
        source.publisher or "unknown outlet",
        source.title and f"“{source.title}”",
        (source.published or "undated")[:10],
    ]
    parts = [p for p in head if p] + ([source.url] if source.url else [])
    parts.append(f"report {source.report[:16]}")
    if source.captured:
        parts.append(f"captured {source.captured[:16].replace('T', ' ')} UTC")
    if source.original:
        parts.append(f"SHA-256 of the capture {source.original}")
    return harmless(" · ".join(parts))


def _plain(text: str) -> str:
    text = _SIGNS.sub(r"\\\1", text)
    return _OPENING.sub(r"\1\\\2\3", text)


def _paragraph(block: Paragraph) -> list[str]:
    lead = f"**{_plain(block.lead)}{'' if not block.sentences else ':'}** " if block.lead else ""
    text = (lead + "".join(sentence_text(s, _plain) for s in block.sentences)).strip()
    return [f"- {text}"] if block.bullet else [text, ""]


def _grid(grid: Grid) -> list[str]:
    rows = [" | ".join(sentence_text(cell, _plain) for cell in row) for row in grid.rows]
    return [
        "| " + " | ".join(grid.columns) + " |", "|" + "---|" * len(grid.columns), *(f"| {row} |" for row in rows), "",
    ]  # fmt: skip
