"""site_totals: sums -> the headline figures and the timeline of a site; documented only, nobody counted twice."""

from collections.abc import Sequence
from datetime import date

from tollbook.model.answer import TollRow
from tollbook.model.claim import HARMS
from tollbook.model.site import Totals
from tollbook.writers.brief_figures import HARMS as HARM_WORDS
from tollbook.writers.brief_figures import MONTHS, STATUSES, day_words
from tollbook.writers.drawing import Bar, Drawing, Mark, Stroke, Word, to_svg
from tollbook.writers.site_parts import day_html, figure_words, persons_html, record_html, safe, table_html

_ORDER: tuple[str, ...] = HARMS
_MOST = 1200  # bars of one chart: what is older is in the table


def headline_html(totals: Totals, *, unreviewed: str) -> str:
    """Return the headline figures: each harm with low, best and high, by status as far as told; `unreviewed` is said of each."""
    blocks = []
    state = f' <span class="unreviewed">({unreviewed})</span>' if unreviewed else ""
    for row in sorted(totals.whole, key=lambda r: _ORDER.index(r.group[0])):
        harm = row.group[0]
        low, best, high = row.told
        main = best if best is not None else low if low is not None else high
        figure = "unknown" if main is None else f"{main:,}"
        notes = [_span_html(harm, low, best, high)]
        if row.open:
            notes.append(f"{record_html(row.open, 'incident has', 'incidents have')} no known upper bound.")
        if row.without_best:
            notes.append(
                f"{record_html(row.without_best, 'incident gives', 'incidents give')} no best figure."
            )
        parts = "".join(
            f"<li>{persons_html(figure_words(*r.told), sum=f'{harm} {r.group[1]}')} "
            f"{STATUSES[r.group[1]][1]}</li>"
            for r in sorted(totals.statuses, key=lambda r: list(STATUSES).index(r.group[1])) if r.group[0] == harm
        )  # fmt: skip
        blocks.append(
            f'<div><span class="figure">{persons_html(figure, sum=f"{harm} all")}</span><span '
            'class="under"><span class="harm '
            f'{harm}">{HARM_WORDS[harm]}</span>, documented in '
            f"{record_html(row.incidents, 'incident', 'incidents')}{state}</span>"
            f'<p class="soft">{" ".join(n for n in notes if n)}</p>{f"<ul class=plain>{parts}</ul>" if parts else ""}</div>'
        )
    return (
        f'<div class="tolls">{"".join(blocks)}</div>' if blocks else "<p>No figure of casualties is told.</p>"
    )


def _span_html(harm: str, low: int | None, best: int | None, high: int | None) -> str:
    ends = [persons_html(f"{f:,}", sum=f"{harm} all") if f is not None else "" for f in (low, high)]
    if low is not None and low == high == best:
        return "Low, best and high are the same."
    if high is None:
        return f"At least {ends[0]}." if low is not None else ""
    return f"Between {ends[0]} and {ends[1]}." if low is not None else f"Up to {ends[1]}."


def _first_day(period: str, unit: str) -> date | None:
    """Return the first day of a period's name; None of what reaches over several, or has no day."""
    try:
        return date.fromisoformat({"day": period, "month": f"{period}-01", "year": f"{period}-01-01"}[unit])
    except ValueError:
        return None


def chart_html(totals: Totals, harm: str = "killed") -> str:
    """Return the chart of a harm in time: bars are the best figures, lines reach from low to high."""
    rows = {
        d: r
        for r in totals.periods
        if r.group[1] == harm and (d := _first_day(r.group[0], totals.unit)) is not None
    }
    if len(rows) < 2:
        return ""
    drawing = _drawn(dict(sorted(rows.items())[-_MOST:]), totals.unit, harm)
    words = (
        f"People {HARM_WORDS[harm]} by {totals.unit}, documented. Bars: best figures; lines: from the least to "
        "the greatest told. "
        f"What reaches over more than one {totals.unit} is in the table only."
    )
    return f'<figure class="chart">{to_svg(drawing, themed=True)}<figcaption class="soft">{words}</figcaption></figure>'


def _drawn(rows: dict[date, TollRow], unit: str, harm: str) -> Drawing:
    wide, tall, right, foot = 1120.0, 300.0, 16.0, 26.0
    first, last = min(rows).toordinal(), max(rows).toordinal()
    length = {"day": 1, "month": 30, "year": 365}[unit]
    span = last - first + length
    top = max(max(r.best, r.high or 0, r.low) for r in rows.values()) or 1
    tick = _tick(top)
    ceiling = -(-top // tick) * tick
    left = max(56.0, 10 + 6.5 * len(f"{ceiling:,}"))  # room for the widest number of the scale

    def y(value: float) -> float:
        return 12 + (tall - foot - 12) * (1 - value / ceiling)

    marks: list[Mark] = []
    for value in range(0, ceiling + 1, tick):
        marks += [Stroke(((left, y(value)), (wide - right, y(value))), "grid", 1.0),
                  Word(left - 6, y(value) + 4, f"{value:,}", 11, "end", "quiet")]  # fmt: skip
    width = max(1.0, min(44.0, (wide - left - right) / span * length * 0.78))
    free = left
    for day, row in rows.items():
        x = left + (day.toordinal() - first) / span * (wide - left - right)
        high = row.high if row.high is not None else row.best
        marks.append(Bar(x, y(row.best), width, y(0) - y(row.best), "killed"))
        if high > row.low:
            marks.append(Stroke(((x + width / 2, y(high)), (x + width / 2, y(row.low))), "ink", 1.5))
        if x >= free:
            marks.append(Word(x, tall - 8, _label(day, unit), 11, "start", "quiet"))
            free = x + 96
    return Drawing(
        wide,
        tall,
        tuple(marks),
        f"People {HARM_WORDS[harm]} by {unit}; the figures are in the table of the timeline.",
    )


def _tick(top: int) -> int:
    step = 1
    while top / step > 4:
        step = next((step * f for f in (2, 5) if top / (step * f) <= 4), step * 10)
    return step


def _label(day: date, unit: str) -> str:
    if unit == "year":
        return str(day.year)
    return f"{MONTHS[day.month - 1][:3]} {day.year}" if unit == "month" else day_words(day.isoformat())


def periods_html(totals: Totals) -> str:
    """Return the table of the timeline, newest first: each period and harm with low, best and high."""
    rows = sorted(
        totals.periods, key=lambda r: (r.group[0] != "?", r.group[0], -_ORDER.index(r.group[1])), reverse=True
    )
    columns = [
        (totals.unit, ""),
        ("harm", ""),
        ("low", "number"),
        ("best", "number"),
        ("high", "number"),
        ("incidents", "number"),
    ]
    return table_html(f"Figures by {totals.unit}", columns, [_period(row, totals.unit) for row in rows])


def _period(row: TollRow, unit: str) -> Sequence[str]:
    period, harm = row.group
    low, best, high = row.told
    cells = [
        persons_html(f"{f:,}", sum=f"{harm} {period}") if f is not None else word
        for f, word in ((low, "–"), (best, "–"), (high, "open"))
    ]
    name = "no day known" if period == "?" else _name(period, unit)
    return (name, HARM_WORDS[harm], *cells, f'<span class="r">{row.incidents:,}</span>')


def _name(period: str, unit: str) -> str:
    first, _, last = period.partition(" to ")
    start, end = _first_day(first, unit), _first_day(last or first, unit)
    if start is None or end is None:
        return f"<time>{safe(period)}</time>"
    if unit == "day":
        return day_html(start.isoformat(), end.isoformat())
    ends = [
        str(d.year) if unit == "year" else f"{MONTHS[d.month - 1]} {d.year}"
        for d in dict.fromkeys((start, end))
    ]
    return f"<time>{' – '.join(ends)}</time>"
