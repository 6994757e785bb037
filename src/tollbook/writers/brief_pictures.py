"""brief_pictures: a brief's places and days -> a map and a chart, as drawings."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from math import cos, radians

from tollbook.model.brief import Brief, Spot, Stage
from tollbook.model.folio import Area
from tollbook.writers.brief_figures import day_words
from tollbook.writers.drawing import Bar, Dot, Drawing, Mark, Stroke, Word

_WIDE, _TALL, _LEAST = 480.0, 280.0, 1.2  # points; degrees that a map shows at least


def map_of(brief: Brief) -> Drawing | None:
    """Draw where it happened: divisions in outline, those named in a strong line, places as dots; None without a place."""
    if not brief.spots:
        return None
    west, south, east, north = _box(brief.spots)
    shrink = cos(radians((south + north) / 2))
    scale = _WIDE / ((east - west) * shrink)
    tall = (north - south) * scale
    if tall > _TALL:  # a wide window: more is shown to both sides, not a taller picture
        scale, tall = scale * _TALL / tall, _TALL
        middle, half = (west + east) / 2, _WIDE / scale / shrink / 2
        west, east = middle - half, middle + half

    def at(lon: float, lat: float) -> tuple[float, float]:
        return (lon - west) * shrink * scale, (north - lat) * scale

    wide = (east - west) * shrink * scale
    marks: list[Mark] = [Bar(0, 0, wide, tall, "white")]
    frame = ((0.0, 0.0), (wide, 0.0), (wide, tall), (0.0, tall), (0.0, 0.0))
    for area, tone, width in (
        *((a, "grid", 0.8) for a in brief.outlines), *((s.area, "documented", 1.6) for s in brief.spots if s.area),
    ):  # fmt: skip
        for run in _runs(area, (west, south, east, north)):
            marks.append(Stroke(tuple(at(x, y) for x, y in run), tone, width))
    taken: list[tuple[float, float, float]] = []
    for spot in brief.spots:
        x, y = at(spot.lon, spot.lat)
        if spot.area is None:
            marks.append(Dot(x, y, 4.0, "estimated"))
        width = len(spot.name) * 5.6 + 8
        right = x + 7 + width <= wide
        left = x + 7 if right else x - 7 - width
        if not any(abs(y - ty) < 12 and left < tx + tw and tx < left + width for tx, ty, tw in taken):
            taken.append((left, y, width))
            marks.append(
                Word(
                    x + 7 if right else x - 7, y + 3.5, spot.name, 10, "start" if right else "end", bold=True
                )
            )
    marks.append(Stroke(frame, "grid", 1.0))
    names = ", ".join(spot.name for spot in brief.spots[:8])
    return Drawing(wide, tall, tuple(marks), f"Map of the places named: {names}.")


def _box(spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    lons, lats = [s.lon for s in spots], [s.lat for s in spots]
    for spot in spots:
        for x, y in (point for polygon in spot.area or () for ring in polygon for point in ring):
            lons.append(x)
            lats.append(y)
    middle = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    half = max(_LEAST, (max(lats) - min(lats)) * 0.8, (max(lons) - min(lons)) * 0.5)
    half_lon = max(half * 1.5, (max(lons) - min(lons)) * 0.75)
    return (
        middle[0] - half_lon,
        max(middle[1] - half, -89.0),
        middle[0] + half_lon,
        min(middle[1] + half, 89.0),
    )


def _runs(area: Area | None, box: tuple[float, float, float, float]) -> list[list[tuple[float, float]]]:
    """Return the stretches of an outline that lie within the box."""
    west, south, east, north = box
    runs: list[list[tuple[float, float]]] = []
    for ring in (ring for polygon in area or () for ring in polygon):
        run: list[tuple[float, float]] = []
        for a, b in pairwise(ring):
            inside = all(west <= x <= east and south <= y <= north for x, y in (a, b))
            if inside:
                run = run or [a]
                run.append(b)
            elif run:
                runs.append(run)
                run = []
        if run:
            runs.append(run)
    return runs


def chart_of(brief: Brief) -> Drawing | None:
    """Draw the documented toll of the killed over time: what was told up to each day, or what happened on each."""
    stages = brief.stages
    if len(stages) < 2:
        return None
    top = max(max(s.high or 0, s.best or 0, s.low or 0) for s in stages)
    if not top:
        return None
    tall, left, right, foot = 200.0, 46.0, 12.0, 34.0
    first = date.fromisoformat(stages[0].day).toordinal()
    span = max(date.fromisoformat(stages[-1].day).toordinal() - first, 1)

    def x(day: str) -> float:
        return left + 8 + (date.fromisoformat(day).toordinal() - first) / span * (_WIDE - left - right - 24)

    def y(value: float) -> float:
        return 10 + (tall - foot - 10) * (1 - value / top)

    marks: list[Mark] = [
        Stroke(((left, y(0)), (_WIDE - right, y(0))), "ink", 0.8),
        Stroke(((left, y(top)), (_WIDE - right, y(top))), "grid", 0.6),
        Word(left - 5, y(0) + 3.5, "0", 9, "end", "quiet"), Word(left - 5, y(top) + 3.5, f"{top:,}", 9, "end", "quiet"),
    ]  # fmt: skip
    marks += _steps(stages, x, y) if brief.stages_are == "told" else _bars(stages, x, y)
    marks.append(Word(left, tall - 12, day_words(stages[0].day), 9, "start", "quiet"))
    marks.append(Word(_WIDE - right, tall - 12, day_words(stages[-1].day), 9, "end", "quiet"))
    return Drawing(_WIDE, tall, tuple(marks), f"{chart_title(brief)}.")


def chart_title(brief: Brief) -> str:
    """Return what the chart shows."""
    if brief.stages_are == "told":
        return "Killed, as documented by reports out up to each day (line: by the counting rule; bars: least to greatest told)"
    return "Killed, by day of the event, where one day is known (bars: by the counting rule)"


def _steps(stages: Sequence[Stage], x: object, y: object) -> list[Mark]:
    assert callable(x)
    assert callable(y)
    marks: list[Mark] = []
    line: list[tuple[float, float]] = []
    for stage in stages:
        low, high, best = stage.low, stage.high, stage.best if stage.best is not None else stage.low
        if low is not None and high is not None and high > low:
            marks.append(Stroke(((x(stage.day), y(low)), (x(stage.day), y(high))), "second", 4.0))
        if best is not None:
            line += [(x(stage.day), line[-1][1])] if line else []
            line.append((x(stage.day), y(best)))
    marks.append(Stroke(tuple(line), "documented", 1.8))
    shown = [s for s in stages if s.best is not None or s.low is not None]
    for n, stage in enumerate(shown):
        best = stage.best if stage.best is not None else stage.low
        marks.append(Dot(x(stage.day), y(best), 2.8, "documented"))
        if n in (0, len(shown) - 1):
            end = n == len(shown) - 1
            marks.append(Word(x(stage.day) + (-6 if end else 6), y(best) - 6 + (0 if y(best) > 24 else 20), f"{best:,}", 9,
                              "end" if end else "start", "documented", True))  # fmt: skip
    return marks


def _bars(stages: Sequence[Stage], x: object, y: object) -> list[Mark]:
    assert callable(x)
    assert callable(y)
    marks: list[Mark] = []
    wide = max(2.0, min(14.0, 300 / len(stages)))
    for stage in stages:
        value = stage.best or stage.low or 0
        marks.append(Bar(x(stage.day) - wide / 2, y(value), wide, y(0) - y(value), "documented"))
        if len(stages) <= 14:
            marks.append(Word(x(stage.day), y(value) - 3, f"{value:,}", 8, "middle"))
    return marks
