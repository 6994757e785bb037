"""drawing: marks on a plane -> SVG for a page, or the words of a PDF page; the same picture in both."""

from dataclasses import dataclass
from html import escape

Point = tuple[float, float]

# what is documented and what is estimated are never of one colour
TONES = {
    "documented": "#17607d",
    "killed": "#8f1d1d",
    "estimated": "#b4501e",
    "second": "#d98f5f",
    "third": "#8c3a5e",
    "fourth": "#c9a227",
    "floor": "#6b6b6b",
    "ink": "#1c1c1c",
    "quiet": "#66605a",
    "grid": "#dcd7d0",
    "band": "#f4e3d8",
    "white": "#ffffff",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points."""

    points: tuple[Point, ...]
    tone: str
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Dot:
    """A filled circle."""

    x: float
    y: float
    radius: float
    tone: str


@dataclass(frozen=True, slots=True)
class Word:
    """A line of text; `anchor` is start, middle or end."""

    x: float
    y: float
    text: str
    size: float = 11.0
    anchor: str = "start"
    tone: str = "ink"
    bold: bool = False


Mark = Bar | Stroke | Dot | Word


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of marks, in points from the upper left; `words` say what it shows to those who cannot see it."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    words: str


def to_svg(drawing: Drawing, *, themed: bool = False) -> str:
    """Write a drawing as SVG that needs nothing else; `themed` leaves colours to the page: classes f-TONE fill, s-TONE line."""
    body = "".join(_svg(mark, themed) for mark in drawing.marks)
    return (
        f'<svg viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}" role="img" '
        f'aria-label="{escape(drawing.words, quote=True)}" xmlns="http://www.w3.org/2000/svg" '
        f'font-family="Helvetica, Arial, sans-serif">{body}</svg>'
    )


def _n(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def _svg(mark: Mark, themed: bool) -> str:
    tone = TONES[mark.tone]
    fill = f'class="f-{mark.tone}"' if themed else f'fill="{tone}"'
    line = f'class="s-{mark.tone}"' if themed else f'stroke="{tone}"'
    if isinstance(mark, Bar):
        return (
            f'<rect x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(max(mark.width, 0))}" '
            f'height="{_n(max(mark.height, 0))}" {fill}/>'
        )
    if isinstance(mark, Dot):
        return f'<circle cx="{_n(mark.x)}" cy="{_n(mark.y)}" r="{_n(mark.radius)}" {fill}/>'
    if isinstance(mark, Stroke):
        path = " ".join(f"{_n(x)},{_n(y)}" for x, y in mark.points)
        dashes = ' stroke-dasharray="4 3"' if mark.dashed else ""
        return (
            f'<polyline points="{path}" fill="none" {line} stroke-width="{_n(mark.width)}"'
            f' stroke-linejoin="round"{dashes}/>'
        )
    weight = ' font-weight="700"' if mark.bold else ""
    return (
        f'<text x="{_n(mark.x)}" y="{_n(mark.y)}" font-size="{_n(mark.size)}" text-anchor="{mark.anchor}" '
        f"{fill}{weight}>{escape(mark.text)}</text>"
    )
