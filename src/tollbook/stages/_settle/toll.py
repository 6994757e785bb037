"""toll: settled figures of one harm -> low, best, high, with a ledger in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from tollbook.grammar.told import Told
from tollbook.model.claim import Claim, Harm, Status
from tollbook.model.text import Warning
from tollbook.model.toll import Entry, Toll, Use

Figures = tuple[int | None, int | None, int | None]
_APART = "those who attacked: counted by themselves, not in the toll of all"
_OPENS = "gives no figure: nothing is added, and the toll is open above"
ROUNDED = 1.25  # how far a figure is rounded down: "more than 40" of 41
_SHARED = "of {} incidents told together, over which this rule shares it out evenly"
_LOOSELY = 5  # how far a word such as "dozens" reaches above its least
COUNTED = ("asserted", "estimated")  # the modalities that count
GENERIC = ("unknown", "mixed")  # statuses that say nothing of who the people are


@dataclass(slots=True)
class Node:
    """A figure in the making of a toll: its parts, and what was decided about it and why."""

    told: Told
    parts: list["Node"] = field(default_factory=list)
    rivals: list["Node"] = field(default_factory=list)
    use: Use = "used"
    reason: str = ""
    # both are asked for over and over, and told once: the claim of this figure, and the figure for comparing, best, else low
    claim: Claim = field(init=False)
    value: int | None = field(init=False)

    def __post_init__(self) -> None:
        """Tell what is asked of it most."""
        self.tell(self.told)

    def tell(self, told: Told) -> None:
        """Set what is told of this figure, once that changes."""
        count, fewer = told.claim.count, told.fewer
        value = count.best if count.best is not None else count.low
        self.told, self.claim = told, told.claim
        self.value = value if not fewer or value is None else value - fewer

    @property
    def generic(self) -> bool:
        """Tell whether the people are told as people, not as soldiers or civilians."""
        return self.told.claim.victims.status in GENERIC


def tolls_of(
    harm: Harm, tops: Sequence[Node], aside: Sequence[Entry], *, attackers_apart: bool
) -> tuple[list[Toll], list[Warning]]:
    """Return the rows of one harm, status "all" first, and warnings where totals and parts disagree."""
    warnings: list[Warning] = []
    victims = {t.told.group for t in tops if t.use == "used" and not t.told.attackers and t.value}
    apart = attackers_apart and bool(victims)
    counted = {t.claim.id for t in tops if t.use == "used" and t.claim.count.kind != "some" and t.value}
    ledger: list[Entry] = []
    figures: list[Figures] = []
    together: dict[int, list[Figures]] = {}
    by_status: dict[Status, list[tuple[Figures, str]]] = {}
    for top in tops:
        if top.use != "used":
            ledger += [Entry(top.claim.id, top.use, top.reason), *_below(top)]
            continue
        figure, entries = _figure(top, warnings)
        if top.claim.count.kind == "some" and counted - {top.claim.id}:
            figure, entries[0] = (None, None, None), Entry(top.claim.id, "used", _OPENS)
        if apart and _is_apart(top, victims):
            entries[0] = Entry(top.claim.id, "set_aside", _APART)
        else:
            figures.append(figure)
        ledger += entries
        over = top.told.shared_over
        if over > 1 and figure != (None, None, None):
            if entries[0].use == "used":  # shared out with what else is told of them all
                together.setdefault(over, []).append(figures.pop())
            entry = ledger[-len(entries)]
            ledger[-len(entries)] = Entry(entry.claim, entry.use, f"{entry.reason}; {_SHARED.format(over)}")
        _spread(top, figure, by_status, over)
    figures += [_shared(_sum(of_all), over) for over, of_all in together.items()]
    low, best, high = _sum(figures)
    used = [t for t in tops if t.use == "used" and not (apart and _is_apart(t, victims))]
    if len(used) > 1 and all(t.told.shared_over == 1 for t in used):
        ledger = [
            _with_sum(e, used, best if best is not None else low) if e.claim == used[-1].claim.id else e
            for e in ledger
        ]
    rows = [Toll(harm, "all", low, best, high, (*ledger, *aside))] if ledger or aside else []
    reasons = {e.claim: e for e in ledger}
    for status, parts in by_status.items():
        row = _sum([f for f, _ in parts])
        entries = [_row_entry(reasons.get(claim), claim, status) for _, claim in parts]
        rows.append(Toll(harm, status, *row, tuple(entries)))
    return rows, warnings


def _is_apart(top: Node, victims: set[tuple[int, int]]) -> bool:
    """Tell whether a figure is of attackers told by themselves; "two guards and a gunman" are counted together."""
    return top.told.attackers and top.told.group not in victims


def _row_entry(entry: Entry | None, claim: str, status: Status) -> Entry:
    reason = f"counts the victims told as {status.replace('_', ' ')}"
    return Entry(
        claim, "used", reason if entry is None or entry.use in ("part_of", "set_aside") else entry.reason
    )


def _figure(top: Node, warnings: list[Warning]) -> tuple[Figures, list[Entry]]:
    """Return the figures of a total with its parts and rivals, and the ledger that says how."""
    count = top.claim.count
    figure: Figures = (count.low, count.best, count.high)
    if top.told.fewer:
        figure = _less(figure, top.told.fewer)
    parts = [
        p
        for p in top.parts
        if p.claim.part_of is not None
        and p.claim.part_of.relation == "partition"
        and p.claim.count.kind != "some"
    ]
    entries: list[Entry] = []
    reason = top.reason or f"the figure “{count.quote}”"
    if top.told.fewer:
        reason = f"{reason}, less {top.told.fewer:,} of them told dead"
    if parts and all(p.value is not None for p in parts):
        total = sum(p.value or 0 for p in parts)
        sum_words = " + ".join(f"{p.value:,}" for p in parts) + f" = {total:,}"
        value = top.value or 0
        if len(parts) > 1 and total > value and count.kind != "exact":
            high = None if count.high is None else max(total, count.high)
            figure = (total, total, high)
            reason = f"{sum_words}; agrees with “{count.quote}”, which is the total and is not added"
        elif total == value:
            reason = (
                f"{sum_words}, as the total “{count.quote}” says; counted once" if len(parts) > 1 else reason
            )
        elif total > value:
            reason = f"the total “{count.quote}” is used, though its parts {sum_words}"
            warnings.append(
                Warning(
                    "parts_exceed_total",
                    f"“{count.quote}” is given as the total, but its parts make more: {sum_words} ("
                    + ", ".join(f"“{p.claim.count.quote}”" for p in parts)
                    + ")",
                    count.start,
                    count.end,
                )
            )
        else:
            reason = f"the total “{count.quote}”; its parts ({sum_words if len(parts) > 1 else format(total, ',')}) are within it"
    rivals = [r for r in top.rivals if r.use == "used"]
    if rivals:
        figure, reason = _over_origins(top, figure, rivals, warnings)
    entries.append(Entry(top.claim.id, "used", reason))
    return figure, [*entries, *_below(top)]


def _part_reason(part: Node, whole: Node) -> str:
    overlay = part.claim.part_of is not None and part.claim.part_of.relation == "overlay"
    tail = "an overlapping group, never added" if overlay else "not added to it"
    return f"“{part.claim.count.quote}” is a part of {whole.claim.id} (“{whole.claim.count.quote}”), {tail}"


def _over_origins(
    top: Node, figure: Figures, rivals: Sequence[Node], warnings: list[Warning]
) -> tuple[Figures, str]:
    """Let different origins give low and high; best stays with the figure told first."""
    everyone = [top, *rivals]
    exact = _exact_among(everyone)
    if exact is not None:
        return _agreed(exact, everyone)
    lows = [n.claim.count.low for n in everyone if n.claim.count.low is not None]
    values = [n.value for n in everyone if n.value is not None]
    highs = [n.claim.count.high for n in everyone]
    low = min(lows, default=None)
    high = None if any(h is None for h in highs) else max([*(h for h in highs if h is not None), *values])
    said = "; ".join(
        f"{n.claim.origin.name if n.claim.origin else 'the report'}: “{n.claim.count.quote}”"
        for n in everyone
    )
    first = next((n for n in everyone if not boasts(n.claim)), top)
    if first is not top and first.claim.count.best is not None:
        figure = figure[0], first.claim.count.best, figure[2]
        why = f"best is “{first.claim.count.quote}”: a loose word of those who did it reaches high only"
    else:
        why = "best is the figure told first"
    warnings.append(
        Warning(
            "origins_disagree",
            f"origins disagree on the {top.claim.harm}: {said}",
            top.claim.count.start,
            top.claim.count.end,
        )
    )
    return (
        low,
        figure[1],
        high,
    ), f"origins disagree ({said}): low and high span them, {why}"


def _exact_among(nodes: Sequence[Node]) -> Node | None:
    """Return the exact figure that all others say loosely: "dozens wounded" and "more than 50" beside "60 injured".

    Where none is exact, the only one that is a figure: "several hurt" beside "at least 13 hurt".
    """
    exact = [n for n in nodes if n.claim.count.kind == "exact" and n.value]
    exact = exact or [n for n in nodes if n.claim.count.kind in ("at_least", "about") and n.value]
    loose = [n for n in nodes if n not in exact]
    if not loose or len({n.value for n in exact}) != 1:
        return None
    return exact[0] if all(_says_loosely(n, exact[0].value or 0) for n in loose) else None


def _says_loosely(node: Node, value: int) -> bool:
    """Tell whether a figure is a looser word for a value: a round one just below it, or a word of its size."""
    reach = {"at_least": ROUNDED, "vague": _LOOSELY}.get(node.claim.count.kind)
    least = node.claim.count.low
    return reach is not None and least is not None and least <= value <= reach * least


def _agreed(exact: Node, nodes: Sequence[Node]) -> tuple[Figures, str]:
    """Let the exact figure stand that others say loosely; it may still be open above."""
    said = ", ".join(f"“{n.claim.count.quote}”" for n in nodes if n.claim.count.kind != "exact")
    open_above = any(n.claim.count.high is None for n in nodes)
    reason = f"“{exact.claim.count.quote}”, which {said} says loosely; counted once"
    return (exact.value, exact.value, None if open_above else exact.value), reason


def relation_of(whole: Node, part: Node) -> Literal["partition", "overlay"]:
    """Tell disjoint parts (by status) from overlapping ones (by age, sex, profession)."""
    victims = part.claim.victims
    if victims.age_group is not None or victims.sex is not None:
        return "overlay"
    narrower = whole.generic and victims.status not in GENERIC
    return "partition" if narrower or not victims.identities else "overlay"


def boast_beside_count(a: Node, b: Node) -> bool:
    """Tell whether one figure is the doers' own loose word, and the other people counted by somebody else."""
    counted = b if boasts(a.claim) else a
    if boasts(a.claim) == boasts(b.claim):
        return False
    return counted.claim.count.kind not in ("vague", "some") and (counted.value or 0) > 1


def boasts(claim: Claim) -> bool:
    """Tell whether a figure is a loose word ("dozens") of the very side that is said to have done the harm."""
    return claim.count.kind == "vague" and counts_its_own(claim)


def counts_its_own(claim: Claim) -> bool:
    """Tell whether a side counts those whom it says that it harmed: "the group said that its men killed 40 soldiers"."""
    return claim.origin is not None and any(p.name == claim.origin.name for p in claim.by)


def _rivals(top: Node) -> list[Entry]:
    """Return the entries of the figures settled against one, with the parts they brought along."""
    if not top.rivals:  # most
        return []
    return [entry for r in top.rivals for entry in (Entry(r.claim.id, r.use, r.reason), *_below(r))]


def _below(node: Node) -> list[Entry]:
    """Return the entries of the parts of a figure that does not count itself."""
    if not node.parts:  # most
        return _rivals(node)
    parts = [e for p in node.parts for e in (Entry(p.claim.id, "part_of", _part_reason(p, node)), *_below(p))]
    return [*parts, *_rivals(node)]


def _shared(figure: Figures, over: int) -> Figures:
    """Share a figure out evenly over several incidents, to whole persons."""
    low, best, high = (None if f is None else round(f / over) for f in figure)
    return low, best, high


def _spread(
    top: Node, figure: Figures, by_status: dict[Status, list[tuple[Figures, str]]], over: int = 1
) -> None:
    """Divide a figure over the statuses that its parts tell; what no part tells stays with the whole's own status.

    Each is shared out over so many incidents.
    """
    own = top.claim.victims.status
    parts = [
        p
        for p in top.parts
        if p.claim.part_of is not None
        and p.claim.part_of.relation == "partition"
        and p.claim.victims.status not in (own, "unknown")
    ]
    for part in parts:
        count = part.claim.count
        by_status.setdefault(part.claim.victims.status, []).append(
            (_shared((count.low, count.best, count.high), over), part.claim.id)
        )
    taken = sum(p.value or 0 for p in parts)
    best = figure[1] if figure[1] is not None else figure[0]
    if not parts:
        by_status.setdefault(own, []).append((_shared(figure, over), top.claim.id))
    elif best is not None and best > taken:
        rest = tuple(None if f is None else max(f - taken, 0) for f in figure)
        by_status.setdefault(own, []).append((_shared(rest, over), top.claim.id))  # type: ignore[arg-type]  # three figures


def _less(figure: Figures, fewer: int) -> Figures:
    """Take from a figure those of its people who are told dead."""
    low, best, high = (None if f is None else max(f - fewer, 0) for f in figure)
    return low, best, high


def _sum(figures: Sequence[Figures]) -> Figures:
    """Add figures: what is unknown in one low counts nothing, an open best or high opens the whole."""
    if not figures:
        return None, None, None
    if len(figures) == 1:
        low, best, high = figures[0]
        best = low if best is not None and low is not None and low > best else best
        return low, best, best if high is not None and best is not None and high < best else high
    lows = [f[0] for f in figures if f[0] is not None]
    bests = [f[1] if f[1] is not None else f[0] for f in figures]
    low = sum(lows) if lows else None
    known = [f[1] for f in figures if f[1] is not None]
    best = sum(b for b in bests if b is not None) if known else None
    high = None if any(f[2] is None for f in figures) else sum(f[2] or 0 for f in figures)
    if best is not None and low is not None and low > best:
        best = low
    if high is not None and best is not None and high < best:
        high = best
    return low, best, high


def _with_sum(entry: Entry, used: Sequence[Node], total: int | None) -> Entry:
    figures = [u.value for u in used if u.value is not None]
    if len(figures) < 2 or total is None:
        return entry
    words = " + ".join(f"{f:,}" for f in figures)
    return Entry(
        entry.claim, entry.use, f"{entry.reason}; {words} = {sum(figures):,}, different people and so added"
    )
