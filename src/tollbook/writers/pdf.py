"""pdf: words and drawings -> a plain PDF file: A4, Helvetica, nothing embedded, nothing that runs."""

import zlib

from tollbook.writers.drawing import TONES, Bar, Dot, Drawing, Stroke, Word

_WIDE, _TALL, _EDGE = 595.0, 842.0, 56.0
_LACKING = "\x95"  # a bullet stands for a letter that the typeface lacks
# widths of Helvetica for the codes 32 to 126, in thousandths of the size (Adobe's font metrics)
_WIDTHS = (
    [278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278]
    + [556] * 10
    + [
        278,
        278,
        584,
        584,
        584,
        556,
        1015,
        667,
        667,
        722,
        722,
        667,
        611,
        778,
        722,
        278,
        500,
        667,
        556,
        833,
        722,
    ]
    + [778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333]
    + [
        556,
        556,
        500,
        556,
        556,
        278,
        556,
        556,
        222,
        222,
        500,
        222,
        833,
        556,
        556,
        556,
        556,
        333,
        500,
        278,
        556,
    ]
    + [500, 722, 500, 500, 500, 334, 260, 334, 584]
)


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a line of text in points."""
    units = sum(_WIDTHS[ord(c) - 32] if 32 <= ord(c) <= 126 else 556 for c in text)
    return units * size / 1000 * (1.06 if bold else 1.0)


class Pages:
    """A PDF that grows downwards, page by page."""

    def __init__(self, title: str) -> None:
        """Begin the first page."""
        self._title = title
        self._pages: list[list[str]] = [[]]
        self._y = _TALL - _EDGE
        self._lacking = False

    def heading(self, text: str, size: float) -> None:
        """Set a heading, kept with what follows."""
        self._room(size * 4)
        self._y -= size * 0.6
        self.paragraph(text, size=size, bold=True, after=size * 0.3)

    def paragraph(
        self, text: str, *, size: float = 9.5, tone: str = "ink", bold: bool = False, after: float = 6.0
    ) -> None:
        """Set a paragraph, its lines broken between words."""
        for line in self._broken(text, size, bold):
            self._room(size * 1.4)
            self._y -= size * 1.38
            self._write(_EDGE, self._y, line, size, tone, bold)
        self._y -= after

    def picture(self, title: str, drawing: Drawing) -> None:
        """Set a picture under its title, scaled to the page and never parted."""
        scale = min((_WIDE - 2 * _EDGE) / drawing.width, (_TALL - 2 * _EDGE - 40) / drawing.height)
        self._room(drawing.height * scale + 40)
        self.heading(title, 12)
        top = self._y
        for mark in drawing.marks:
            if isinstance(mark, Word):
                width = text_width(mark.text, mark.size * scale, bold=mark.bold)
                shift = {"start": 0.0, "middle": width / 2, "end": width}[mark.anchor]
                x = _EDGE + mark.x * scale - shift
                self._write(x, top - mark.y * scale, mark.text, mark.size * scale, mark.tone, mark.bold)
            else:
                self._pages[-1].append(_shape(mark, scale, top))
        self._y = top - drawing.height * scale - 8

    def to_bytes(self) -> bytes:
        """Return the file."""
        if self._lacking:
            self.paragraph(
                "A bullet inside a name stands for a letter that this file's typeface lacks; the page (HTML) and the "
                "JSON have the names in full.",
                size=8,
                tone="quiet",
            )
        count = len(self._pages)
        kids = " ".join(f"{6 + 2 * i} 0 R" for i in range(count))
        parts = [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
            b"<< /Title (" + _string(self._title) + b") /Producer (Tollbook) >>",
        ]
        for i, lines in enumerate(self._pages):
            parts.append(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDE:.0f} {_TALL:.0f}] /Contents {7 + 2 * i} 0 R "
                "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>".encode()
            )
            stream = zlib.compress("\n".join(lines).encode("latin-1"), 9)
            head = f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode()
            parts.append(head + stream + b"\nendstream")
        return _file(parts)

    def _room(self, needed: float) -> None:
        if self._y - needed < _EDGE and self._pages[-1]:
            self._pages.append([])
            self._y = _TALL - _EDGE

    def _broken(self, text: str, size: float, bold: bool) -> list[str]:
        lines, line = [], ""
        for word in text.split():
            longer = f"{line} {word}" if line else word
            if line and text_width(longer, size, bold=bold) > _WIDE - 2 * _EDGE:
                lines.append(line)
                line = word
            else:
                line = longer
        return [*lines, line]

    def _write(self, x: float, y: float, text: str, size: float, tone: str, bold: bool) -> None:
        shown = _string(text)
        self._lacking = self._lacking or _LACKING.encode("latin-1") in shown
        self._pages[-1].append(
            f"BT {_colour(tone)} rg /F{2 if bold else 1} {size:.2f} Tf {x:.2f} {y:.2f} Td "
            f"({shown.decode('latin-1')}) Tj ET"
        )


def _string(text: str) -> bytes:
    """Return text in the typeface's own code, with brackets and backslashes marked."""
    coded = b"".join(c.encode("cp1252", "ignore") or _LACKING.encode("latin-1") for c in text)
    return coded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _colour(tone: str) -> str:
    code = TONES[tone].lstrip("#")
    return " ".join(f"{int(code[i : i + 2], 16) / 255:.3f}" for i in (0, 2, 4))


def _shape(mark: Bar | Stroke | Dot, scale: float, top: float) -> str:
    colour = _colour(mark.tone)
    if isinstance(mark, Bar):
        x, y = _EDGE + mark.x * scale, top - (mark.y + mark.height) * scale
        return f"{colour} rg {x:.2f} {y:.2f} {mark.width * scale:.2f} {mark.height * scale:.2f} re f"
    if isinstance(mark, Stroke):
        path = " ".join(
            f"{_EDGE + x * scale:.2f} {top - y * scale:.2f} {'l' if i else 'm'}"
            for i, (x, y) in enumerate(mark.points)
        )
        dash = "[4 3] 0 d" if mark.dashed else "[] 0 d"
        return f"{colour} RG {mark.width * scale:.2f} w {dash} {path} S"
    x, y, r = _EDGE + mark.x * scale, top - mark.y * scale, mark.radius * scale
    k = 0.5523 * r  # four curves that pass for a circle
    return (
        f"{colour} rg {x + r:.2f} {y:.2f} m {x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c f"
    )


def _file(parts: list[bytes]) -> bytes:
    out = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + part + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    size = len(parts) + 1
    return (
        out
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 5 0 R >>\n"
            f"startxref\n{len(out)}\n%%EOF\n"
        ).encode()
    )
