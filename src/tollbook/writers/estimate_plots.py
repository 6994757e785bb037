"""estimate_plots: Comparison -> drawings: overlaps of lists, intervals by family and stratum, posteriors, traces."""

import math
from collections.abc import Sequence

from tollbook.model.estimate import SPOKEN, Answer, Comparison, Estimate, Modes, Table
from tollbook.writers.drawing import Bar, Dot, Drawing, Mark, Stroke, Word

WIDTH = 720.0
_SIDE = 170.0
_TONES = {
    "loglinear": "estimated",
    "graphs": "second",
    "latent_class": "third",
    "no_highest_interaction": "fourth",
    "lower_bound": "floor",
}


class Axis:
    """A horizontal axis for numbers of persons; on a log scale where they span more than a factor of eight."""

    def __init__(self, values: Sequence[float], left: float, right: float) -> None:
        """Fit the axis to values."""
        low, high = max(min(values), 0.5), max(values)
        self.logs = high > 8 * low
        pad = 0.04
        if self.logs:
            self.low, self.high = low / 1.15, high * 1.15
        else:
            self.low, self.high = max(low - pad * (high - low), 0.0), high + pad * max(high - low, 1.0)
        self.left, self.right = left, right

    def at(self, value: float) -> float:
        """Return where a number stands."""
        if self.logs:
            share = math.log(max(value, self.low) / self.low) / math.log(self.high / self.low)
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def ticks(self) -> list[float]:
        """Return round numbers along the axis."""
        if self.logs:
            start, stop = math.floor(math.log10(self.low)), math.ceil(math.log10(self.high))
            found = [m * 10.0**e for e in range(start, stop + 1) for m in (1, 2, 5)]
        else:
            raw = (self.high - self.low) / 6
            unit = 10.0 ** math.floor(math.log10(raw))
            step = next(s * unit for s in (1, 2, 5, 10) if s * unit >= raw)
            found = [step * i for i in range(math.ceil(self.low / step), int(self.high / step) + 1)]
        return [t for t in found if self.low <= t <= self.high]

    def marks(self, top: float, bottom: float) -> list[Mark]:
        """Draw grid lines and numbers."""
        found: list[Mark] = []
        before = -math.inf
        for tick in self.ticks():
            x = self.at(tick)
            found.append(Stroke(((x, top), (x, bottom)), "grid"))
            if x - before > 52:
                found.append(Word(x, bottom + 15, f"{tick:,.0f}", 10.5, "middle", "quiet"))
                before = x
        return found


def upset(table: Table, most: int = 30) -> Drawing:
    """Draw how lists overlap: a bar for each combination of lists, dots for the lists in it, bars for list sizes."""
    cells = sorted(table.cells, key=lambda cell: -cell[1])[:most]
    rest = sum(count for _, count in table.cells) - sum(count for _, count in cells)
    tall, row = 150.0, 20.0
    left = _SIDE + 60
    step = min(30.0, (WIDTH - left - 10) / max(len(cells), 1))
    top = 22.0
    marks: list[Mark] = []
    highest = max(count for _, count in cells)
    for i, (pattern, count) in enumerate(cells):
        x = left + step * (i + 0.5)
        height = tall * count / highest
        marks.append(Bar(x - step * 0.33, top + tall - height, step * 0.66, height, "documented"))
        if step > 18:
            marks.append(Word(x, top + tall - height - 4, f"{count:,}", 9, "middle", "quiet"))
        on = [j for j, digit in enumerate(pattern) if digit == "1"]
        ys = [top + tall + 18 + row * j for j in range(len(table.lists))]
        for j, y in enumerate(ys):
            marks.append(Dot(x, y, 4.2, "documented" if j in on else "grid"))
        if len(on) > 1:
            marks.append(Stroke(((x, ys[on[0]]), (x, ys[on[-1]])), "documented", 2))
    largest = max(table.size(name) for name in table.lists)
    for j, name in enumerate(table.lists):
        y = top + tall + 18 + row * j
        size = table.size(name)
        width = 50 * size / largest
        marks.append(Bar(left - 12 - width, y - 5, width, 10, "documented"))
        marks.append(Word(left - 18 - 50, y + 4, f"{name[:22]} {size:,}", 10.5, "end"))
    height = top + tall + 18 + row * len(table.lists) + 10
    if rest:
        marks.append(
            Word(left, height + 4, f"{rest:,} persons in smaller combinations not drawn", 10, tone="quiet")
        )
        height += 14
    words = f"Overlap of {len(table.lists)} lists; {table.documented:,} persons documented"
    return Drawing(WIDTH, height, tuple(marks), words)


def _spans(answer: Answer) -> list[tuple[float, float | None, float]]:
    if isinstance(answer, Estimate):
        return [(answer.estimated.low, answer.estimated.best, answer.estimated.high)]
    if isinstance(answer, Modes):
        return [(part.low, part.best, part.high) for _, part in answer.modes]
    return []


def intervals(found: Comparison) -> Drawing:
    """Draw each family's interval on one axis, the documented number as a line of its own colour."""
    rows = [a for a in found.answers if a.family is not None]
    ends = [e for a in rows for low, _, high in _spans(a) for e in (low, high)]
    axis = Axis([found.documented, *ends], _SIDE, WIDTH - 20)
    top, step = 34.0, 30.0
    bottom = top + step * len(rows) + 4
    marks: list[Mark] = []
    if found.quoted is not None:
        x = axis.at(found.quoted.low)
        marks.append(Bar(x, top - 6, axis.at(found.quoted.high) - x, bottom - top + 6, "band"))
    marks += axis.marks(top - 6, bottom)
    x = axis.at(found.documented)
    marks.append(Stroke(((x, top - 6), (x, bottom)), "documented", 2))
    marks.append(Word(x, top - 12, f"documented {found.documented:,}", 10.5, "start", "documented", True))
    for i, answer in enumerate(rows):
        y = top + step * (i + 0.5)
        marks.append(Word(_SIDE - 12, y + 4, SPOKEN[answer.family], 11.5, "end"))
        marks += _interval(answer, axis, y)
    words = "Intervals by family beside the documented number"
    return Drawing(WIDTH, bottom + 22, tuple(marks), words)


def _interval(answer: Answer, axis: Axis, y: float, width: float = 3.0) -> list[Mark]:
    spans = _spans(answer)
    if not spans:
        return [Word(axis.left + 8, y + 4, "refused: see the words", 10.5, tone="quiet")]
    assert answer.family is not None
    tone = _TONES[answer.family]
    marks: list[Mark] = []
    for low, best, high in spans:
        marks.append(Stroke(((axis.at(low), y), (axis.at(high), y)), tone, width, len(spans) > 1))
        if best is not None and len(spans) == 1:
            marks.append(Dot(axis.at(best), y, width + 1.8, tone))
    return marks


def strata_intervals(found: Comparison) -> Drawing | None:
    """Draw each stratum's interval by family on one axis, its documented number as a tick of its own colour."""
    if found.strata is None or not found.strata.strata:
        return None
    strata = found.strata.strata
    families = [a.family for a in strata[0].answers if a.family not in (None, "lower_bound")]
    ends = [e for s in strata for a in s.answers for low, _, high in _spans(a) for e in (low, high)]
    axis = Axis([*(float(s.table.documented) for s in strata), *ends], _SIDE, WIDTH - 20)
    top, inner = 36.0, 9.0
    step = inner * max(len(families), 1) + 10
    bottom = top + step * len(strata)
    marks = axis.marks(top - 4, bottom)
    marks.append(Bar(_SIDE, 9, 2.4, 10, "documented"))
    marks.append(Word(_SIDE + 7, 18, "documented", 10.5, tone="documented"))
    x = _SIDE + 90
    for family in families:
        assert family is not None
        marks.append(Stroke(((x, 14), (x + 16, 14)), _TONES[family], 3))
        marks.append(Word(x + 21, 18, SPOKEN[family], 10.5))
        x += 36 + 6.2 * len(SPOKEN[family])
    for i, stratum in enumerate(strata):
        y = top + step * i
        marks.append(Word(_SIDE - 12, y + step / 2 + 2, stratum.name[:26], 11, "end"))
        at = axis.at(stratum.table.documented)
        marks.append(Bar(at - 1.2, y + 2, 2.4, step - 8, "documented"))
        known = {a.family: a for a in stratum.answers}
        for j, family in enumerate(families):
            if family in known and _spans(known[family]):
                marks += _interval(known[family], axis, y + 6 + inner * j, 2.2)
    return Drawing(WIDTH, bottom + 22, tuple(marks), "Intervals by stratum and family")


def posteriors(found: Comparison) -> Drawing | None:
    """Draw the density of each family's draws of everyone, listed or not."""
    rows = [a for a in found.answers if isinstance(a, Estimate | Modes) and len(a.draws) > 50]
    if not rows:
        return None
    cut = [sorted(a.draws) for a in rows]
    ends = [e for d in cut for e in (d[int(0.005 * len(d))], d[int(0.995 * len(d)) - 1])]
    axis = Axis([found.documented, *ends], _SIDE, WIDTH - 20)
    top, step = 12.0, 62.0
    bottom = top + step * len(rows)
    marks = axis.marks(top, bottom)
    x = axis.at(found.documented)
    marks.append(Stroke(((x, top), (x, bottom)), "documented", 2))
    for i, (answer, draws) in enumerate(zip(rows, cut, strict=True)):
        base = top + step * (i + 1) - 4
        assert answer.family is not None
        marks.append(Word(_SIDE - 12, base - 8, SPOKEN[answer.family], 11.5, "end"))
        marks.append(Stroke(_density(draws, axis, base, step - 14), _TONES[answer.family], 1.8))
    return Drawing(WIDTH, bottom + 22, tuple(marks), "Densities of the draws of each family")


def _density(
    draws: Sequence[float], axis: Axis, base: float, height: float
) -> tuple[tuple[float, float], ...]:
    """Return a smoothed histogram of draws along the axis, as tall as `height`."""
    bins = 120
    wide = (axis.right - axis.left) / bins
    counts = [0.0] * bins
    for value in draws:
        counts[min(int((axis.at(value) - axis.left) / wide), bins - 1)] += 1
    weights = [math.exp(-0.5 * (k / 1.6) ** 2) for k in range(-5, 6)]
    smooth = [
        sum(w * counts[b + k - 5] for k, w in enumerate(weights) if 0 <= b + k - 5 < bins)
        for b in range(bins)
    ]
    top = max(smooth)
    return tuple((axis.left + (b + 0.5) * wide, base - height * s / top) for b, s in enumerate(smooth))


def traces(found: Comparison) -> Drawing | None:
    """Draw the chains of the latent-class sampler one over the other: they should not be told apart."""
    rows = [a for a in found.answers if isinstance(a, Estimate | Modes) and a.traces]
    if not rows:
        return None
    chains = rows[0].traces
    flat = sorted(value for chain in chains for value in chain)
    low, high = max(flat[0], 0.5), flat[-1] + 1
    left, top, tall = 70.0, 10.0, 170.0
    marks: list[Mark] = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        value = low * (high / low) ** share
        y = top + tall * (1 - share)
        marks.append(Stroke(((left, y), (WIDTH - 10, y)), "grid"))
        marks.append(Word(left - 6, y + 4, f"{value:,.0f}", 10, "end", "quiet"))
    for chain, tone in zip(chains, ("estimated", "second", "third", "fourth") * len(chains), strict=False):
        points = tuple(
            (
                left + (WIDTH - 10 - left) * i / max(len(chain) - 1, 1),
                top + tall * (1 - math.log(max(value, low) / low) / math.log(high / low)),
            )
            for i, value in enumerate(chain)
        )
        marks.append(Stroke(points, tone, 0.8))
    marks.append(Word(left, top + tall + 16, f"draws of {len(chains)} chains, in order", 10.5, tone="quiet"))
    return Drawing(WIDTH, top + tall + 24, tuple(marks), f"Traces of {len(chains)} chains")


def known_sizes(found: Comparison) -> Drawing | None:
    """Draw the known size of each list beside the intervals that families gave for it from the other lists."""
    rows = [one for one in found.consistency if one.lists]
    if not rows:
        return None
    ends = [e for one in rows for _, size, i in one.lists for e in (float(size), i.low, i.high)]
    axis = Axis(ends, _SIDE, WIDTH - 20)
    top, inner = 36.0, 10.0
    step = inner * len(rows) + 12
    bottom = top + step * len(found.table.lists)
    marks = axis.marks(top - 4, bottom)
    x = _SIDE
    for one in rows:
        marks.append(Stroke(((x, 14), (x + 16, 14)), _TONES[one.family], 3))
        marks.append(Word(x + 21, 18, SPOKEN[one.family], 10.5))
        x += 36 + 6.2 * len(SPOKEN[one.family])
    for i, name in enumerate(found.table.lists):
        y = top + step * i
        at = axis.at(found.table.size(name))
        marks.append(Bar(at - 1.2, y, 2.4, step - 8, "documented"))
        marks.append(Word(_SIDE - 12, y + step / 2, f"{name[:22]} {found.table.size(name):,}", 11, "end"))
        for j, one in enumerate(rows):
            for known, _, interval in one.lists:
                if known == name:
                    line = y + 5 + inner * j
                    ends_at = ((axis.at(interval.low), line), (axis.at(interval.high), line))
                    marks.append(Stroke(ends_at, _TONES[one.family], 2.4))
                    marks.append(Dot(axis.at(interval.best), line, 3.6, _TONES[one.family]))
    return Drawing(WIDTH, bottom + 22, tuple(marks), "Known list sizes and what families made of them")
