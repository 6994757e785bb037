"""across: what several origins say of the same people -> low, best and high.

Low and high span the independent origins. Best is the middle figure of those who count first (monitors, ministries,
hospitals), then of those who speak for a body, then of unnamed voices; a figure that a later, higher one has overtaken is not
asked, because first counts are incomplete. Which voices come first, and how the middle is taken, are data of the rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tollbook.profiles.toll_rule import TollRule
from tollbook.stages._tally.voices import Figures, Said


@dataclass(frozen=True, slots=True)
class Share:
    """One origin's part in a toll: its figures, the moment it gave them, and what may be done with them.

    `role`: `counts` (a figure like others), `floor` (verified only), `enemy` (what a side says of its enemy's dead).
    """

    said: Said
    figures: Figures
    role: str
    sure: bool = True

    @property
    def value(self) -> int | None:
        """Return the figure for comparing."""
        return next((f for f in (self.figures[1], self.figures[0]) if f is not None), None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """Low, best and high; which shares made them, and why best is what it is."""

    figures: Figures
    used: tuple[Share, ...]
    overtaken: tuple[Share, ...]
    why: str


def combine(shares: Sequence[Share], earlier: Sequence[Said], rule: TollRule) -> Outcome:
    """Turn what origins say of the same people into low, best and high by a rule.

    `earlier` are all figures that were ever given, by which a figure may be overtaken.
    """
    counting = [s for s in shares if s.role == "counts"]
    asked = [s for s in counting if s.value is not None and s.sure]
    overtaken = [s for s in asked if _overtaken(s, asked, earlier, rule)]
    standing = [s for s in asked if s not in overtaken]
    first = _first(standing, rule)
    best_of = _middle(first, rule) if first else None
    bounding = [
        s for s in counting if s not in overtaken or (tier_of(s.said, rule) == 0 and not _replaced(s, asked))
    ]
    figures = _bounds(bounding, best_of, [s for s in shares if s.role == "floor"],
                      [s for s in shares if s.role == "enemy"], rule)  # fmt: skip
    gone = tuple(s for s in overtaken if s not in bounding)
    return Outcome(
        figures, tuple(s for s in shares if s not in gone), gone, _why(best_of, first, standing, rule)
    )


def tier_of(said: Said, rule: TollRule) -> int:
    """Return how soon a voice is asked: 0 first."""
    return next((n for n, kinds in enumerate(rule.first) if said.origin.kind in kinds), len(rule.first))


def _first(standing: Sequence[Share], rule: TollRule) -> list[Share]:
    if not standing or not rule.first:
        return list(standing)
    tier = min(tier_of(s.said, rule) for s in standing)
    return [s for s in standing if tier_of(s.said, rule) == tier]


def _overtaken(share: Share, asked: Sequence[Share], earlier: Sequence[Said], rule: TollRule) -> bool:
    """Tell whether somebody else gave a higher figure on a later day, or replaced this one in so many words."""
    day, value = share.said.published[:10], share.value or 0
    last = len(rule.first)  # voices without a body behind them overtake nobody but each other
    mine = tier_of(share.said, rule)
    earlier = [s for s in earlier if tier_of(s, rule) < last or mine == last]
    others = [
        (s.said.origin.id, s.said.published[:10], s.value or 0)
        for s in asked
        if tier_of(s.said, rule) < last or mine == last
    ]
    others += [(s.origin.id, s.published[:10], s.value or 0) for s in earlier]
    if _replaced(share, asked):
        return True
    return any(o != share.said.origin.id and when > day and more > value for o, when, more in others)


def _replaced(share: Share, asked: Sequence[Share]) -> bool:
    return any(share.value in s.said.revises for s in asked if s is not share and s.value != share.value)


def _middle(shares: Sequence[Share], rule: TollRule) -> Share:
    ordered = sorted(shares, key=lambda s: (s.value or 0, s.said.published, s.said.origin.id))
    if rule.best == "lowest":
        return ordered[0]
    if rule.best == "highest":
        return ordered[-1]
    if rule.best == "newest":
        return max(ordered, key=lambda s: (s.said.published, s.value or 0, s.said.origin.id))
    return ordered[(len(ordered) - 1) // 2]


def _bounds(
    bounding: Sequence[Share],
    best_of: Share | None,
    floors: Sequence[Share],
    enemies: Sequence[Share],
    rule: TollRule,
) -> Figures:
    """Span the origins: an open figure leaves the top open, a verified floor holds the bottom, an enemy's lifts the top."""
    lows = [s.figures[0] for s in bounding if s.figures[0] is not None]
    low = min(lows, default=None)
    best = best_of.value if best_of is not None and best_of.figures[1] is not None else None
    if best_of is not None and best is None:
        best = best_of.figures[1]
    values = [f for s in bounding for f in (s.figures[2], s.value) if f is not None]
    opened = not bounding or any(s.figures[2] is None for s in bounding)
    high = None if opened and bounding else max(values, default=None)
    floor = max((s.figures[0] for s in floors if s.figures[0] is not None), default=None)
    if floor is not None:
        low = floor if low is None else max(low, floor)
    if rule.belligerents == "high":
        claimed = [f for s in enemies for f in (s.figures[2], s.value) if f is not None]
        if claimed and (high is not None or not bounding):
            high = max([*claimed, *([high] if high is not None else [])])
    if best is not None and low is not None and low > best:
        if floor is not None and low == floor:
            best = low
        else:
            low = best
    if high is not None:
        high = max(f for f in (low, best, high) if f is not None)
    if rule.single and best is not None:
        return best, best, best
    return low, best, high


def _why(best_of: Share | None, first: Sequence[Share], standing: Sequence[Share], rule: TollRule) -> str:
    if best_of is None:
        return "no origin gives a figure that could be best"
    name = best_of.said.origin.name
    if len(standing) == 1:
        return f"the figure of {name}"
    told = ", ".join(
        f"{s.said.origin.name} {s.value:,}"
        for s in sorted(first, key=lambda s: (s.value or 0, s.said.origin.id))
    )
    words = {
        "median": "the middle of",
        "lowest": "the lowest of",
        "highest": "the highest of",
        "newest": "the newest of",
    }
    if len(first) == 1:
        return f"the figure of {name}, which is asked before the others"
    return f"{words[rule.best]} {told}"
