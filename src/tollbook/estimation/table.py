"""table: persons or counts -> Table, and the checks that come before any estimate."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from tollbook.errors import UsageError
from tollbook.model.estimate import Check, Refusal, Table

MOST_LISTS = 60


def table_of(
    counts: Mapping[str, int] | Iterable[tuple[str, int]], lists: Sequence[str] | None = None
) -> Table:
    """Build a table from pattern counts such as {"110": 7}; list names are A, B, C… unless given.

    Raises UsageError for a pattern that is not of zeros and ones, of another length, negative, or of zeros only.
    """
    summed: Counter[str] = Counter()
    for pattern, count in counts.items() if isinstance(counts, Mapping) else counts:
        if set(pattern) - {"0", "1"}:
            raise UsageError(f"pattern '{pattern}' - one digit a list - use 1 for on the list and 0 for not")
        if count < 0 or int(count) != count:
            raise UsageError(
                f"count {count} of pattern '{pattern}' - counts are whole numbers, none negative"
            )
        summed[pattern] += int(count)
    widths = {len(pattern) for pattern in summed}
    if len(widths) > 1:
        raise UsageError(f"patterns of {sorted(widths)} digits - one table has one number of lists")
    width = widths.pop() if widths else len(lists or ())
    if any("1" not in pattern and count for pattern, count in summed.items()):
        raise UsageError(
            "a row on no list - nobody can have counted those persons - leave the row of zeros out"
        )
    names = tuple(lists) if lists is not None else tuple(_letters(width))
    if len(names) != width or len(set(names)) != width:
        raise UsageError(f"{len(names)} list names for patterns of {width} digits - name each list once")
    return Table(names, tuple(sorted((pattern, count) for pattern, count in summed.items() if count)))


def table_of_rows(rows: Iterable[Sequence[bool]], lists: Sequence[str]) -> Table:
    """Build a table from persons: one row each, true where the person is on the list."""
    return table_of(Counter("".join("1" if on else "0" for on in row) for row in rows), lists)


def parse_cells(text: str, lists: Sequence[str] | None = None) -> Table:
    """Read a table from words such as "100:40 010:30 110:6"."""
    pairs = (cell.split(":") for cell in text.split())
    return table_of(((pattern, int(count)) for pattern, count in pairs), lists)


def _letters(width: int) -> Iterable[str]:
    return (chr(65 + i) if i < 26 else f"L{i + 1}" for i in range(width))


def arrays(table: Table) -> tuple[NDArray[np.int8], NDArray[np.int64]]:
    """Return the patterns present (cells by lists, 0 or 1) and their counts."""
    patterns = np.array([[int(d) for d in p] for p, _ in table.cells], dtype=np.int8)
    counts = np.array([c for _, c in table.cells], dtype=np.int64)
    return patterns.reshape(len(table.cells), len(table.lists)), counts


def full_counts(table: Table) -> NDArray[np.int64]:
    """Return counts of all 2^p patterns; bit j of the index is list j; index 0, on no list, is 0."""
    counts = np.zeros(2 ** len(table.lists), dtype=np.int64)
    for pattern, count in table.cells:
        counts[sum(1 << j for j, digit in enumerate(pattern) if digit == "1")] = count
    return counts


def keep_lists(table: Table, kept: Sequence[str]) -> Table:
    """Return the table of some of the lists; persons on none of them drop out."""
    at = [table.lists.index(name) for name in kept]
    summed: Counter[str] = Counter()
    for pattern, count in table.cells:
        summed["".join(pattern[i] for i in at)] += count
    summed.pop("0" * len(at), None)
    return table_of(summed, kept)


def merge_lists(table: Table, merged: Sequence[str], name: str) -> Table:
    """Return the table with several lists taken as one: a person is on it when on any of them."""
    at = {table.lists.index(one) for one in merged}
    rest = [i for i in range(len(table.lists)) if i not in at]
    summed: Counter[str] = Counter()
    for pattern, count in table.cells:
        on = "1" if any(pattern[i] == "1" for i in at) else "0"
        summed[on + "".join(pattern[i] for i in rest)] += count
    return table_of(summed, [name, *(table.lists[i] for i in rest)])


def within_list(table: Table, name: str) -> Table:
    """Return the persons of one list by the other lists; those on that list alone become the unseen."""
    at = table.lists.index(name)
    counts = Counter(
        {p[:at] + p[at + 1 :]: c for p, c in table.cells if p[at] == "1" and "1" in p[:at] + p[at + 1 :]}
    )
    return table_of(counts, [one for one in table.lists if one != name])


def usable_lists(table: Table, at_least: int = 1) -> Table:
    """Return the table of the lists that name at least so many persons."""
    return keep_lists(table, [name for name in table.lists if table.size(name) >= at_least])


def components(table: Table) -> tuple[tuple[str, ...], ...]:
    """Group lists that are joined by shared persons, directly or through others."""
    parent = {name: name for name in table.lists}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    for pattern, _ in table.cells:
        on = [name for name, digit in zip(table.lists, pattern, strict=True) if digit == "1"]
        for other in on[1:]:
            parent[root(other)] = root(on[0])
    groups: dict[str, list[str]] = {}
    for name in table.lists:
        groups.setdefault(root(name), []).append(name)
    return tuple(tuple(group) for group in groups.values())


def refuse_table(table: Table) -> Refusal | None:
    """Return why no estimate can be made from this table at all, or None.

    Fewer than three lists, a list that names nobody, or groups of lists that share no person.
    """
    if len(table.lists) < 3:
        return Refusal(
            None,
            "too_few_lists",
            f"{len(table.lists)} lists - with fewer than three, nothing shows how "
            "lists depend on each other - add an independent list, or report the documented number only",
        )
    if len(table.lists) > MOST_LISTS:
        return Refusal(
            None,
            "too_many_lists",
            f"{len(table.lists)} lists - more than {MOST_LISTS} near-empty lists "
            "decide the answer by themselves - merge lists of one kind first",
        )
    empty = [name for name in table.lists if table.size(name) == 0]
    if empty:
        return Refusal(
            None,
            "empty_list",
            f"no person on {', '.join(empty)} - an empty list tells nothing - leave it out",
        )
    groups = components(table)
    if len(groups) > 1:
        named = " | ".join(", ".join(group) for group in groups)
        return Refusal(
            None,
            "no_overlap",
            f"lists share no person: {named} - without overlap nothing tells how many "
            "both missed - check the linking of persons, or estimate the groups apart",
        )
    return None


def check_table(table: Table) -> tuple[Check, ...]:
    """Make the checks of a table that do not forbid an estimate but belong beside it."""
    counts = {name: table.size(name) for name in table.lists}
    found = []
    for i, one in enumerate(table.lists):
        for j in range(i + 1, len(table.lists)):
            shared = sum(c for p, c in table.cells if p[i] == "1" and p[j] == "1")
            if shared == 0:
                found.append(f"{one} and {table.lists[j]}")
    checks = [
        Check(
            "pairs_overlap",
            not found,
            "every two lists share persons"
            if not found
            else f"no person is on both lists of a pair: {'; '.join(found[:6])}"
            + (f" and {len(found) - 6} pairs more" if len(found) > 6 else ""),
        )
    ]
    twice = sum(c for p, c in table.cells if p.count("1") > 1)
    share = twice / table.documented if table.documented else 0.0
    checks.append(
        Check(
            "shared_persons",
            twice >= 30,
            f"{twice:,} persons ({share:.0%}) are on more than one list"
            + ("" if twice >= 30 else "; so few that the estimate rests on each of them"),
        )
    )
    small = [name for name, size in counts.items() if size < 0.02 * table.documented]
    wide = len(table.lists) > 6
    checks.append(
        Check(
            "wide_lists",
            not (wide and small),
            f"{len(small)} of {len(table.lists)} lists name fewer than "
            "2% of persons; near-empty lists pull the latent-class estimate down: merge them, or use a "
            "prior on the multiplier"
            if wide and small
            else "no crowd of near-empty lists",
        )
    )
    return tuple(checks)
