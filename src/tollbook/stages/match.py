"""match: reports -> stories: which reports are copies of one text, by exact likeness of their three-word shingles."""

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil

THRESHOLD = 0.6
WINDOW = 7  # days between two copies of one story
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Copy:
    """A report as it is compared: its id, its day of publication (None: any day), its shingles."""

    report: str
    published: str | None
    shingles: frozenset[int]


def shingles_of(text: str) -> frozenset[int]:
    """Return the hashes of all runs of three words of a text, case and punctuation aside; of a shorter text its words."""
    words = [w.casefold() for w in _WORD.findall(text)]
    if len(words) < 3:
        return frozenset(zlib.crc32(w.encode()) for w in words)
    return frozenset(zlib.crc32(" ".join(words[i : i + 3]).encode()) for i in range(len(words) - 2))


def likeness(a: frozenset[int], b: frozenset[int]) -> float:
    """Return the Jaccard likeness of two sets of shingles: 1.0 for equal, 0.0 for nothing in common."""
    both = len(a & b)
    return both / (len(a) + len(b) - both) if a or b else 0.0


def match_keys(
    shingles: frozenset[int], threshold: float = THRESHOLD, common: Mapping[int, int] | None = None
) -> tuple[int, ...]:
    """Return the shingles by which a copy can be found: two texts alike to `threshold` share at least one of them.

    Exact (prefix filter): of the shingles in one fixed order, all but the last `ceil(threshold * n) - 1`. The order is by how
    `common` a shingle is, the rarest first, then by hash; all that are compared must use the same `common`.
    """
    ordered = sorted(shingles) if common is None else sorted(shingles, key=lambda s: (common[s], s))
    return tuple(ordered[: len(ordered) - ceil(threshold * len(ordered)) + 1])


def match(copies: Iterable[Copy], *, window: int = WINDOW, threshold: float = THRESHOLD) -> dict[str, str]:
    """Tell for each report the id of its story: the earliest report among its copies (the lowest id of equals).

    Copies are reports published within `window` days of each other whose texts are alike to `threshold`; copies of copies
    are of the story too. Cost grows with the number of reports and of copies, not with its square.
    """
    ordered = sorted(copies, key=lambda c: (c.published or "9", c.report))
    common = Counter(s for c in ordered for s in c.shingles)
    above: dict[str, str] = {c.report: c.report for c in ordered}
    index: dict[int, list[Copy]] = {}
    for copy in ordered:
        seen: set[str] = set()
        for key in match_keys(copy.shingles, threshold, common):
            if common[key] < 2:
                continue  # nobody else has it
            held = index.setdefault(key, [])
            for other in reversed(held):
                if not _near(copy, other, window):
                    break  # those before it are older still
                if other.report not in seen:
                    seen.add(other.report)
                    if _can(copy, other, threshold) and likeness(copy.shingles, other.shingles) >= threshold:
                        _join(above, other.report, copy.report)
            held.append(copy)
    first = {c.report: at for at, c in enumerate(ordered)}
    return _stories(above, first)


def _near(a: Copy, b: Copy, window: int) -> bool:
    if a.published is None or b.published is None:
        return True
    return (
        abs(
            date.fromisoformat(a.published[:10]).toordinal()
            - date.fromisoformat(b.published[:10]).toordinal()
        )
        <= window
    )


def _can(a: Copy, b: Copy, threshold: float) -> bool:
    small, large = sorted((len(a.shingles), len(b.shingles)))
    return small >= threshold * large


def _root(above: dict[str, str], report: str) -> str:
    while above[report] != report:
        above[report] = above[above[report]]
        report = above[report]
    return report


def _join(above: dict[str, str], a: str, b: str) -> None:
    above[_root(above, b)] = _root(above, a)


def _stories(above: dict[str, str], first: Mapping[str, int]) -> dict[str, str]:
    groups: dict[str, list[str]] = {}
    for report in above:
        groups.setdefault(_root(above, report), []).append(report)
    return {r: min(g, key=first.__getitem__) for g in groups.values() for r in g}


def copies_of(stories: Mapping[str, str]) -> dict[str, Sequence[str]]:
    """Return story -> its reports, for stories of more than one."""
    groups: dict[str, list[str]] = {}
    for report, story in stories.items():
        groups.setdefault(story, []).append(report)
    return {s: sorted(g) for s, g in groups.items() if len(g) > 1}
