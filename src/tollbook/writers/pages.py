"""pages: words and drawings -> a PDF of A4 pages, in a typeface that travels with it, right-to-left names set rightly.

The same calls give the same bytes. What the typeface lacks stands as a bullet, and the last page says so.
"""

import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import resources

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from tollbook.writers.drawing import TONES, Bar, Dot, Drawing, Stroke, Word

_WIDE, _TALL, _EDGE = 595.28, 841.89, 56.0
_LEAD = 1.38  # of the size, from line to line
_FACE = "tollbook"  # Latin, Cyrillic, Greek, Arabic, Hebrew, Armenian, Georgian and signs in one, so that no run is parted
_LACKING = "\u2022"
_LACKS = (
    "A bullet inside a name stands for a letter that this file's typeface lacks; the page (HTML) and the JSON have "
    "the names in full."
)
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # a file made again is the same file: no clock in it


class Pages:
    """A PDF that grows downwards, page by page; sizes and widths are in points."""

    def __init__(self, title: str) -> None:
        """Begin the first page."""
        self._pdf = pdf = _Numbered(unit="pt", format="A4")
        pdf.set_creation_date(_UNDATED)
        pdf.set_title(title)
        pdf.set_producer("Tollbook")
        pdf.set_lang("en")
        pdf.set_margins(_EDGE, _EDGE, _EDGE)
        pdf.set_auto_page_break(True, margin=_EDGE)
        pdf.c_margin = 0
        folder = resources.files(__package__) / "fonts"
        for style, weight in (("", "regular"), ("B", "bold")):
            with resources.as_file(folder / f"{weight}.ttf") as path:
                pdf.add_font(_FACE, style, path)
        pdf.set_text_shaping(True)
        pdf.add_page()
        self._lacking = False

    def heading(self, text: str, size: float) -> None:
        """Set a heading, kept with what follows."""
        self._room(size * 4)
        self._pdf.set_y(self._pdf.get_y() + size * 0.6)
        self.paragraph(text, size=size, bold=True, after=size * 0.3)

    def paragraph(
        self, text: str, *, size: float = 9.5, tone: str = "ink", bold: bool = False, after: float = 6.0
    ) -> None:
        """Set a paragraph, its lines broken between words; one that begins in a right-to-left script stands right."""
        self._face(size, tone, bold)
        self._pdf.multi_cell(
            0,
            size * _LEAD,
            self._shown(text),
            align="R" if _from_right(text) else "L",
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )
        self._pdf.set_y(self._pdf.get_y() + after)

    def table(
        self,
        columns: Sequence[str],
        rows: Sequence[Sequence[str]],
        widths: Sequence[float],
        size: float = 8.5,
    ) -> None:
        """Set a table over the width of the page, columns as wide as `widths` are to one another; a row is never parted."""
        pdf = self._pdf
        self._face(size, "ink", False)
        pdf.set_draw_color(*_colour("grid"))
        with pdf.table(
            line_height=size * _LEAD,
            padding=3,
            text_align="L",
            borders_layout="HORIZONTAL_LINES",
            col_widths=tuple(widths),
        ) as table:
            for row in (columns, *rows):
                table.row([self._shown(cell) for cell in row])
        pdf.set_y(pdf.get_y() + 8)

    def picture(self, title: str, drawing: Drawing, size: float = 12) -> None:
        """Set a picture under its title, scaled to the page and never parted."""
        scale = min((_WIDE - 2 * _EDGE) / drawing.width, (_TALL - 2 * _EDGE - 40) / drawing.height)
        self._room(drawing.height * scale + 40)
        self.heading(title, size)
        top = self._pdf.get_y()
        # marks stand where they are told to, at the foot of a page too
        self._pdf.set_auto_page_break(False)
        for mark in drawing.marks:
            if isinstance(mark, Word):
                self._word(mark, scale, top)
            else:
                self._mark(mark, scale, top)
        self._pdf.set_auto_page_break(True, margin=_EDGE)
        self._pdf.set_xy(_EDGE, top + drawing.height * scale + 8)

    def to_bytes(self) -> bytes:
        """Return the file."""
        if self._lacking:
            self.paragraph(_LACKS, size=8, tone="quiet")
        return bytes(self._pdf.output())

    def _room(self, needed: float) -> None:
        if self._pdf.get_y() + needed > _TALL - _EDGE and self._pdf.get_y() > _EDGE:
            self._pdf.add_page()

    def _face(self, size: float, tone: str, bold: bool) -> None:
        self._pdf.set_font(_FACE, "B" if bold else "", size)
        self._pdf.set_text_color(*_colour(tone))

    def _shown(self, text: str) -> str:
        """Return text with what the typeface lacks made visible; marks of direction are heeded, not shown."""
        told = "".join(c if ord(c) in _letters() or c.isspace() else _LACKING for c in _composed(text))
        self._lacking = self._lacking or told.count(_LACKING) > text.count(_LACKING)
        return told

    def _word(self, mark: Word, scale: float, top: float) -> None:
        size = mark.size * scale
        self._face(size, mark.tone, mark.bold)
        text = self._shown(mark.text)
        width = self._pdf.get_string_width(text)
        shift = {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
        # a cell sets its letters a little below its middle: this puts the baseline where the mark has it
        self._pdf.set_xy(_EDGE + mark.x * scale - shift, top + mark.y * scale - 0.8 * size)
        self._pdf.cell(width, size, text)

    def _mark(self, mark: Bar | Stroke | Dot, scale: float, top: float) -> None:
        pdf, colour = self._pdf, _colour(mark.tone)
        pdf.set_fill_color(*colour)
        if isinstance(mark, Bar):
            wide, tall = max(mark.width, 0.0) * scale, max(mark.height, 0.0) * scale
            pdf.rect(_EDGE + mark.x * scale, top + mark.y * scale, wide, tall, style="F")
        elif isinstance(mark, Dot):
            radius = mark.radius * scale
            pdf.ellipse(
                _EDGE + mark.x * scale - radius,
                top + mark.y * scale - radius,
                2 * radius,
                2 * radius,
                style="F",
            )
        else:
            pdf.set_draw_color(*colour)
            pdf.set_line_width(mark.width * scale)
            if mark.dashed:
                pdf.set_dash_pattern(dash=4, gap=3)
            pdf.polyline([(_EDGE + x * scale, top + y * scale) for x, y in mark.points])
            pdf.set_dash_pattern()


class _Numbered(FPDF):
    """Pages with their number at the foot."""

    def footer(self) -> None:
        self.set_y(-_EDGE / 1.6)
        self.set_font(_FACE, "", 8)
        self.set_text_color(*_colour("quiet"))
        self.cell(0, 8, f"{self.page_no()}", align="C")


@cache
def _letters() -> frozenset[int]:
    """Return the code points that the typeface has."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  # only a PDF needs it

    with (resources.files(__package__) / "fonts" / "regular.ttf").open("rb") as file:
        return frozenset(TTFont(file).getBestCmap())


def _composed(text: str) -> str:
    """Return text composed, without what is never seen: a joiner inside a word is kept, other marks of format are not."""
    return "".join(
        c
        for c in unicodedata.normalize("NFC", text)
        if unicodedata.category(c) != "Cf" or c in "\u200c\u200d"
    )


def _from_right(text: str) -> bool:
    first = next((d for d in map(unicodedata.bidirectional, text) if d in ("L", "R", "AL")), "L")
    return first != "L"


def _colour(tone: str) -> tuple[int, int, int]:
    code = TONES[tone].lstrip("#")
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)
