"""brief_docx: Brief -> a Word file with headings, a table and pictures, for a desk that edits."""

import io
import re
import zipfile
from importlib import resources
from typing import Any

from tollbook.model.brief import Brief, Grid, Paragraph, Sentence
from tollbook.writers.brief_figures import bracketed
from tollbook.writers.brief_markdown import citation_text, source_text
from tollbook.writers.brief_pictures import chart_of, chart_title, map_of
from tollbook.writers.drawing import TONES, Bar, Dot, Drawing, Stroke
from tollbook.writers.words import is_right_to_left

_SCALE = 3  # pixels for a point
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_STAMP = (2000, 1, 1, 0, 0, 0)  # a file made again is the same file: no clock in it


def brief_docx(brief: Brief) -> bytes:
    """Write a brief as a Word file; the same brief gives the same bytes."""
    from docx import Document  # noqa: PLC0415  # only this form needs it

    document: Any = Document()
    core = document.core_properties
    core.title, core.author, core.comments = _clean(brief.title), "Tollbook", ""
    document.add_heading(_clean(brief.title), 0)
    if brief.period:
        document.add_paragraph(_clean(brief.period))
    _sentences(document.add_paragraph(), (brief.headline,), bold=True)
    for n, section in enumerate(brief.sections):
        document.add_heading(section.title, 1)
        for block in section.blocks:
            _grid(document, block) if isinstance(block, Grid) else _paragraph(document, block)
        if n == 0:
            _picture(document, chart_of(brief), chart_title(brief))
        if n == 1:
            _picture(
                document,
                map_of(brief),
                "Places named. Dots: towns and points; strong lines: known by division only.",
            )
    sources = {source.report: number for number, source in enumerate(brief.sources, 1)}
    document.add_heading("Citations", 1)
    for c in brief.citations:
        _small(document, f"[{c.number}] {citation_text(c, sources)}")
    document.add_heading("Reports", 1)
    for number, source in enumerate(brief.sources, 1):
        _small(document, f"R{number} {source_text(source)}")
    document.add_heading("About this brief", 1)
    for note in brief.notes:
        _small(document, note)
    return _without_clock(document)


def _clean(text: str) -> str:
    return _UNSEEN.sub("\ufffd", text)


def _run(paragraph: Any, text: str, *, bold: bool = False, raised: bool = False) -> None:
    from docx.shared import Pt  # noqa: PLC0415  # as above

    if not text:
        return
    run = paragraph.add_run(_clean(text))
    run.bold, run.font.superscript = bold or None, raised or None
    if is_right_to_left(text):
        run.font.rtl = True
    if paragraph.style.name == "Small":
        run.font.size = Pt(8)


def _sentences(paragraph: Any, sentences: tuple[Sentence, ...], *, bold: bool = False) -> None:
    for sentence in sentences:
        for part in sentence.parts:
            _run(paragraph, part.text, bold=bold or part.kind == "persons")
            _run(paragraph, bracketed(part.cites), raised=True)


def _paragraph(document: Any, block: Paragraph) -> None:
    paragraph = document.add_paragraph(style="List Bullet" if block.bullet else None)
    if block.lead:
        _run(paragraph, f"{block.lead}: " if block.sentences else block.lead, bold=True)
        paragraph.paragraph_format.keep_with_next = not block.sentences
    _sentences(paragraph, block.sentences)


def _grid(document: Any, grid: Grid) -> None:
    table = document.add_table(rows=1, cols=len(grid.columns), style="Light Grid Accent 1")
    for cell, words in zip(table.rows[0].cells, grid.columns, strict=True):
        cell.text = words
    for row in grid.rows:
        for cell, sentence in zip(table.add_row().cells, row, strict=True):
            _sentences(cell.paragraphs[0], (sentence,))
    document.add_paragraph()


def _small(document: Any, text: str) -> None:
    from docx.shared import Pt  # noqa: PLC0415  # as above

    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(_clean(text))
    run.font.size = Pt(8)


def _picture(document: Any, drawing: Drawing | None, caption: str) -> None:
    from docx.shared import Inches  # noqa: PLC0415  # as above

    if drawing is None:
        return
    document.add_picture(io.BytesIO(to_png(drawing)), width=Inches(5.8))
    shape = document.inline_shapes[-1]._inline.docPr
    shape.set("descr", drawing.words)
    _small(document, caption)


def to_png(drawing: Drawing) -> bytes:
    """Paint a drawing as a PNG, three pixels a point."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415  # as above

    image = Image.new("RGB", (round(drawing.width * _SCALE), round(drawing.height * _SCALE)), "white")
    draw = ImageDraw.Draw(image)
    folder = resources.files(__package__) / "fonts"
    for mark in drawing.marks:
        tone = TONES[mark.tone]
        if isinstance(mark, Bar):
            draw.rectangle(
                _times(mark.x, mark.y, mark.x + max(mark.width, 0), mark.y + max(mark.height, 0)), fill=tone
            )
        elif isinstance(mark, Dot):
            r = mark.radius
            draw.ellipse(_times(mark.x - r, mark.y - r, mark.x + r, mark.y + r), fill=tone)
        elif isinstance(mark, Stroke):
            points = [(x * _SCALE, y * _SCALE) for x, y in mark.points]
            draw.line(points, fill=tone, width=max(1, round(mark.width * _SCALE)), joint="curve")
        else:
            with resources.as_file(folder / f"{'bold' if mark.bold else 'regular'}.ttf") as path:
                font = ImageFont.truetype(str(path), round(mark.size * _SCALE))
            anchor = {"start": "ls", "middle": "ms", "end": "rs"}[mark.anchor]
            draw.text((mark.x * _SCALE, mark.y * _SCALE), mark.text, font=font, fill=tone, anchor=anchor)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=False)
    return out.getvalue()


def _times(*values: float) -> list[float]:
    return [value * _SCALE for value in values]


def _without_clock(document: Any) -> bytes:
    rough, out = io.BytesIO(), io.BytesIO()
    document.save(rough)
    with zipfile.ZipFile(rough) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            new.writestr(zipfile.ZipInfo(entry.filename, _STAMP), old.read(entry), zipfile.ZIP_DEFLATED)
    return out.getvalue()
