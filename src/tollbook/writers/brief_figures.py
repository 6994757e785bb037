"""brief_figures: tolls and counts -> the words of a brief for them, after the house style for ranges and bounds."""

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources

from tollbook.model.count import Count

HARMS = {
    "killed": "killed", "injured": "injured", "killed_or_injured": "killed or injured", "missing": "missing",
    "abducted": "abducted", "detained": "detained", "displaced": "displaced",
}  # fmt: skip
STATUSES = {
    "civilian": ("civilian", "civilians"),
    "armed_forces": ("member of armed forces", "members of armed forces"),
    "security_forces": ("member of security forces", "members of security forces"),
    "armed_group": ("member of armed groups", "members of armed groups"),
    "mixed": ("person of several statuses told together", "people of several statuses told together"),
    "unknown": ("person whose status is not told", "people whose status is not told"),
    "all": ("person", "people"),
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def figure_words(
    low: int | None,
    best: int | None,
    high: int | None,
    counts: Sequence[Count] = (),
    status: str | None = None,
) -> tuple[str, tuple[int, ...]]:
    """Return a toll in words, with the noun of a status where one is given, and the numbers they hold.

    `counts` are those it rests on: "about" where one of them says so and no bound does; "more than" where the one count it
    rests on excludes its number. An upper bound that is not known is never given.
    """
    words, values = _bounds(low, best, high, counts)
    noun = "" if status is None else f" {people(status, values)}"
    if best is None or best in values:
        aside = "" if len(values) < 2 or best is None else f" ({best:,} by the counting rule)"
        return f"{words}{noun}{aside}", values
    return f"{words}{noun} ({best:,} by the counting rule)", (*values, best)


def _bounds(
    low: int | None, best: int | None, high: int | None, counts: Sequence[Count]
) -> tuple[str, tuple[int, ...]]:
    if low is None and high is None:
        return ("an unknown number of", ()) if best is None else ("a number without known bounds of", ())
    if low is None:
        return f"up to {high:,}", (high or 0,)
    if high is None:
        above = "more than" if len(counts) == 1 and _is_above(counts[0]) else "at least"
        return f"{above} {low:,}", (low,)
    if low == high:
        lead = "about " if any(c.kind == "about" for c in counts) else ""
        return f"{lead}{low:,}", (low,)
    return f"between {low:,} and {high:,}", (low, high)


@cache
def _above() -> tuple[str, ...]:
    text = (resources.files(__package__) / "data" / "brief.toml").read_text(encoding="utf-8")
    return tuple(tomllib.loads(text)["above"])


def _is_above(count: Count) -> bool:
    return count.kind == "at_least" and count.quote.casefold().startswith(_above())


def people(status: str, values: Sequence[int]) -> str:
    """Return the noun for victims of a status, singular for exactly one."""
    return STATUSES[status][0 if list(values) == [1] else 1]


def day_words(day: str) -> str:
    """Return an ISO day as people write it: 6 March 2025."""
    year, month, date = day[:10].split("-")
    return f"{int(date)} {MONTHS[int(month) - 1]} {year}"


def period_words(start: str, end: str) -> str:
    """Return a period: 6 March 2025 · 6–12 March 2025 · 28 February – 2 March 2025 · 30 December 2024 – 2 January 2025."""
    if start == end:
        return day_words(start)
    if start[:7] == end[:7]:
        return f"{int(start[8:10])}–{day_words(end)}"
    if start[:4] == end[:4]:
        return f"{day_words(start).rsplit(' ', 1)[0]} – {day_words(end)}"
    return f"{day_words(start)} – {day_words(end)}"


def titled(title: str, start: str | None, end: str | None) -> str:
    """Return an incident's title with its days as people write them."""
    place, colon, days = title.rpartition(": ")
    dated = bool(colon) and start is not None and end is not None and days.startswith(start)
    return f"{place}: {period_words(start or '', end or '')}" if dated else title


def listed(words: Iterable[str]) -> str:
    """Return words in a row: a · a and b · a, b and c."""
    found = list(words)
    return found[0] if len(found) == 1 else ", ".join(found[:-1]) + f" and {found[-1]}" if found else ""


def bracketed(cites: Sequence[int]) -> str:
    """Return citation numbers in brackets, runs of three or more as a span: [1][2] · [1–5]."""
    out: list[str] = []
    run: list[int] = []
    for number in [*sorted(set(cites)), -1]:
        if run and number == run[-1] + 1:
            run.append(number)
            continue
        if len(run) > 2:
            out.append(f"[{run[0]}–{run[-1]}]")
        else:
            out += [f"[{n}]" for n in run]
        run = [number]
    return "".join(out)
