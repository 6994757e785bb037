"""figures: numbers and days -> the words a page shows."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from tollbook.model.answer import Figures
from tollbook.model.claim import HARMS
from tollbook.model.toll import Toll

AnyToll = TypeVar("AnyToll", Figures, Toll)


def grouped(number: int | None) -> str:
    """Return a number with its thousands apart; an en dash where it is unknown, which is never nought."""
    return "–" if number is None else f"{number:,}"


def figure(low: int | None, best: int | None, high: int | None) -> str:
    """Return low, best and high as people write them: 12 · 10–15 · at least 20 · up to 30."""
    if low is None and high is None:
        return "–" if best is None else f"{best:,}"
    if low is None:
        return f"up to {high:,}"
    if high is None:
        return f"at least {low:,}"
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def sure(confidence: float) -> str:
    """Return how sure the reader may be of a claim, as a word and a share: high 0.97 · doubtful 0.62."""
    bands = ((0.9, "high"), (0.8, "fair"), (0.7, "low"), (0.0, "doubtful"))
    return f"{next(word for least, word in bands if confidence >= least)} {confidence:.2f}"


def toll_figure(low: int | None, best: int | None, high: int | None) -> str:
    """Return a toll in one phrase, best first where the three differ: 1,018 (at least 1,000)."""
    whole = figure(low, best, high)
    if best is None or whole == f"{best:,}" or (high is None and best == low):
        return whole
    return f"{best:,} ({whole})"


def in_order(tolls: Iterable[AnyToll]) -> list[AnyToll]:
    """Return tolls in the record's order of harms, those of all victims first; the killed come before all others."""
    order: tuple[str, ...] = HARMS
    return sorted(tolls, key=lambda t: (order.index(t.harm), t.status != "all", t.status))


def day(moment: str | None) -> str:
    """Return an ISO date or date-time as 9 March 2025; what is no date comes back as it is."""
    if not moment:
        return "no date"
    try:
        found = date.fromisoformat(moment[:10])
    except ValueError:
        return moment
    return f"{found.day} {found:%B %Y}"


def days(start: str | None, end: str | None) -> str:
    """Return first and last day in one phrase: 6–12 March 2025 · 30 March – 2 April 2025; "no day known" where there is none."""
    if not start:
        return "no day known"
    first, last = day(start), day(end or start)
    if first == last:
        return first
    ours, theirs = first.split(" ", 1), last.split(" ", 1)
    if len(ours) == 2 and ours[1:] == theirs[1:]:
        return f"{ours[0]}–{last}"
    year = first[-5:]
    return f"{first[:-5] if last.endswith(year) else first} – {last}"
