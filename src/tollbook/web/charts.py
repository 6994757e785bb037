"""charts: values -> the points of a drawing, which a template writes as SVG: it is there without scripts, and it prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from tollbook.model.answer import Step
from tollbook.web.catalogue import term

WIDTH, HEIGHT = 640, 180
LEFT, RIGHT, TOP, BOTTOM = 56, 16, 12, 26


@dataclass(frozen=True, slots=True)
class Mark:
    """One step of a chart: where it stands, what it says."""

    n: int
    x: float
    y: float
    label: str
    words: str
    cause: str


@dataclass(frozen=True, slots=True)
class StepChart:
    """A step chart of one harm: the line of the best figure, the area from low to high, its marks and its axes."""

    harm: str
    line: str
    area: str
    marks: tuple[Mark, ...]
    ys: tuple[tuple[float, str], ...]
    xs: tuple[tuple[float, str], ...]
    steps: tuple[Step, ...]


def nice(most: int) -> tuple[int, ...]:
    """Return three to five round numbers from nought to at least a figure."""
    step = 1
    while most / step > 4:
        for factor in (1, 2, 5):
            if most / (step * factor) <= 4:
                step *= factor
                break
        else:
            step *= 10
    return tuple(range(0, (most // step + 1) * step + 1, step)) or (0, 1)


def _days(moment: str) -> float:
    try:
        day = date.fromisoformat(moment[:10]).toordinal()
    except ValueError:
        return 0.0
    clock = moment[11:19].split(":") if len(moment) >= 19 else []
    if len(clock) == 3 and all(part.isdecimal() for part in clock):
        hours, minutes, seconds = map(int, clock)
        return day + (hours * 3600 + minutes * 60 + seconds) / 86400
    return float(day)


def step_chart(steps: Sequence[Step], axis: str) -> list[StepChart]:
    """Draw what the tolls of all victims were over time, one chart a harm; by days told or by moments recorded."""
    by_harm: dict[str, list[Step]] = {}
    for step in steps:
        if step.axis == axis and step.figures.status == "all":
            by_harm.setdefault(step.figures.harm, []).append(step)
    return [_drawn(harm, some) for harm, some in by_harm.items()]


def _value(step: Step) -> int:
    figures = step.figures
    return figures.best if figures.best is not None else figures.low or figures.high or 0


def _drawn(harm: str, steps: Sequence[Step]) -> StepChart:
    steps = sorted(steps, key=lambda s: s.start)
    first, last = _days(steps[0].start), _days(steps[-1].start)
    pad = (last - first) * 0.12 or 1.0
    span = last - first + pad
    most = max(max(_value(s), s.figures.high or 0) for s in steps)
    ticks = nice(most or 1)
    top = ticks[-1]

    def x(moment: float) -> float:
        return round(LEFT + (moment - first) / span * (WIDTH - LEFT - RIGHT), 1)

    def y(value: int) -> float:
        return round(HEIGHT - BOTTOM - value / top * (HEIGHT - TOP - BOTTOM), 1)

    line, upper, lower, marks = [], [], [], []
    for n, step in enumerate(steps):
        begin, end = (
            x(_days(step.start)),
            x(_days(steps[n + 1].start)) if n + 1 < len(steps) else WIDTH - RIGHT,
        )
        value = _value(step)
        low = step.figures.low if step.figures.low is not None else value
        high = step.figures.high if step.figures.high is not None else value
        line += [f"{begin},{y(value)}", f"{end},{y(value)}"]
        upper += [f"{begin},{y(max(high, value))}", f"{end},{y(max(high, value))}"]
        lower += [f"{begin},{y(min(low, value))}", f"{end},{y(min(low, value))}"]
        marks.append(Mark(n + 1, begin, y(value), step.start[:10], step.words, step.cause))
    days = dict.fromkeys((steps[0].start[:10], steps[-1].start[:10]))
    xs = tuple((x(_days(day)), day) for day in days)
    return StepChart(
        harm, " ".join(line), " ".join([*upper, *reversed(lower)]), tuple(marks),
        tuple((y(t), f"{t:,}") for t in ticks), xs, tuple(steps),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Bar:
    """One piece of a stacked bar."""

    x: float
    y: float
    width: float
    height: float
    status: str
    words: str


@dataclass(frozen=True, slots=True)
class BarChart:
    """Stacked bars in time, with a line from low to high above each."""

    bars: tuple[Bar, ...]
    ranges: tuple[tuple[float, float, float], ...]
    ys: tuple[tuple[float, str], ...]
    xs: tuple[tuple[float, str], ...]
    width: int
    height: int


def bar_chart(
    groups: Sequence[str],
    parts: Mapping[str, Mapping[str, int]],
    bounds: Mapping[str, tuple[int, int]],
    order: Sequence[str],
) -> BarChart:
    """Draw groups one after the other: parts stacked in an order, bounds (low, high) as a line."""
    width, height = 1120, 300
    most = max([1, *(max(sum(parts[g].values()), bounds[g][1]) for g in groups)])
    ticks = nice(most)
    top = ticks[-1]
    slot = (width - LEFT - RIGHT) / max(1, len(groups))
    scale = (height - TOP - BOTTOM) / top
    bars, ranges, xs = [], [], []
    every = max(1, len(groups) // 12 + 1)
    for n, group in enumerate(groups):
        left, base = LEFT + n * slot, float(height - BOTTOM)
        wide = max(1.5, min(slot * 0.76, 44.0))
        for status in order:
            value = parts[group].get(status, 0)
            if value:
                tall = value * scale
                base -= tall
                words = f"{group}: {value:,} {term(status)}"
                bars.append(
                    Bar(round(left, 1), round(base, 1), round(wide, 1), round(tall, 1), status, words)
                )
        low, high = bounds[group]
        if high > low:
            ranges.append(
                (
                    round(left + wide / 2, 1),
                    round(height - BOTTOM - high * scale, 1),
                    round(height - BOTTOM - low * scale, 1),
                )
            )
        if n % every == 0:
            xs.append((round(left, 1), group.replace(" to ", " – ")))
    ys = tuple((round(height - BOTTOM - t * scale, 1), f"{t:,}") for t in ticks)
    return BarChart(tuple(bars), tuple(ranges), ys, tuple(xs), width, height)
