"""brief_pdf: Brief -> a PDF of A4 pages, offline, right-to-left names set rightly."""

from tollbook.model.brief import Brief, Grid, Paragraph
from tollbook.writers.brief_markdown import citation_text, sentence_text, source_text
from tollbook.writers.brief_pictures import chart_of, chart_title, map_of
from tollbook.writers.pages import Pages

_WIDTHS = (1.0, 1.3, 2.6, 3.4, 1.1)  # of the one table that a brief has, to one another


def brief_pdf(brief: Brief) -> bytes:
    """Write a brief as a PDF; the same brief gives the same bytes."""
    pages = Pages(brief.title)
    pages.paragraph(brief.title, size=18, bold=True, after=2)
    if brief.period:
        pages.paragraph(brief.period, size=10, tone="quiet", after=8)
    pages.paragraph(sentence_text(brief.headline), size=12.5, tone="documented", bold=True, after=10)
    for n, section in enumerate(brief.sections):
        pages.heading(section.title, 13)
        for block in section.blocks:
            if isinstance(block, Grid):
                pages.table(
                    block.columns, [[sentence_text(cell) for cell in row] for row in block.rows], _WIDTHS
                )
            else:
                _paragraph(pages, block)
        if n == 0 and (chart := chart_of(brief)) is not None:
            pages.picture(chart_title(brief), chart, size=9.5)
        if n == 1 and (drawn := map_of(brief)) is not None:
            pages.picture(
                "Places named (dots: towns and points; strong lines: known by division only)", drawn, size=9.5
            )
    sources = {source.report: number for number, source in enumerate(brief.sources, 1)}
    pages.heading("Citations", 13)
    for citation in brief.citations:
        pages.paragraph(f"[{citation.number}] {citation_text(citation, sources)}", size=8, after=2)
    pages.heading("Reports", 13)
    for number, source in enumerate(brief.sources, 1):
        pages.paragraph(f"R{number} {source_text(source)}", size=8, after=2)
    pages.heading("About this brief", 13)
    for note in brief.notes:
        pages.paragraph(note, size=8, tone="quiet", after=2)
    return pages.to_bytes()


def _paragraph(pages: Pages, block: Paragraph) -> None:
    text = "".join(sentence_text(s) for s in block.sentences).strip()
    if block.lead and not block.sentences:
        pages.heading(block.lead, 9.5)
        return
    lead = f"{block.lead}: " if block.lead else ""
    pages.paragraph(f"• {lead}{text}" if block.bullet else lead + text, after=3 if block.bullet else 5)
