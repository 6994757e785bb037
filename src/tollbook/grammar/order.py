"""order: patterns over the roles of mentions -> which people suffered which harm.

An order is tried only at the mentions it can begin with, each a bounded match, so the cost grows with the mentions and
not with their square.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Any

from tollbook.errors import PackError
from tollbook.grammar import role
from tollbook.grammar.mention import Spelled
from tollbook.grammar.needs import Need, needs_of, smallest_first

_ROLE = re.compile(r"<([a-z_]+)>")
_SHAPE = re.compile(r"\{([a-z_]+)\}")
_WRITTEN = {name: re.escape(letter) for name, letter in role.NAMES.items()}
_DEEPEST = 8  # shapes within shapes
_ANCHORS = {
    "count": frozenset((role.COUNT, role.VICTIM, role.UNSURE, role.PEOPLE, role.BESIDES)),
    "name": frozenset((role.NAME, role.ONE_PERSON, role.POSSESSIVE)),
    "harm": frozenset(
        (
            role.PARTICIPLE,
            role.ACTIVE,
            role.EVENT,
            role.TOLL,
            role.STATE,
            role.PEOPLE,
            role.DIED,
            role.LOSING,
        )
    ),
}


@dataclass(frozen=True, slots=True)
class Order:
    """One pattern of a pack, which matches the mention that it begins with, and the examples that prove it."""

    name: str
    source: str  # the pattern, compiled when the first text has its letters: a short report tries few of a hundred
    needs: tuple[frozenset[str], ...]
    from_right: bool
    numbered: bool = False
    one: bool = False
    inner_harm: bool = False
    again: bool = False
    relative: bool = False
    fighting: bool = False
    others: bool = False
    bare: bool = False
    counts: bool = False
    names: bool = False
    only: frozenset[str] = frozenset()
    example: tuple[str, ...] = ()
    never: tuple[str, ...] = ()


@dataclass(slots=True)
class Found:
    """An order that fits: the indexes of the mentions it counts, of those that tell the harm, and of a name."""

    order: Order
    counts: range
    harms: range
    name: range


def orders_of(table: Mapping[str, Any]) -> tuple[Order, ...]:
    """Read a parsed claims.toml; PackError names the order that is wrong, one that is no pattern at `pattern_of`."""
    shapes = _Shapes(table.get("shapes", {}))
    return tuple(_order(row, shapes) for row in table.get("order", ()))


def _order(row: Mapping[str, Any], shapes: "_Shapes") -> Order:
    name = row.get("name", "")
    try:
        letters = _letters(row["pattern"], shapes)
        anchor = row.get("anchor_group", row["anchor"])
        anchors = _ANCHORS[anchor]
        needs = needs_of(letters)
    except (re.error, KeyError) as problem:
        raise PackError(
            f"claims.toml: order '{name}': {problem} - see the roles in grammar/role.py"
        ) from problem
    if "(?P<harm>" not in letters:
        raise PackError(f"claims.toml: order '{name}' has no (?P<harm>…) - say which mention tells the harm")
    return Order(
        name,
        _anchored(letters, anchors, needs),
        (anchors, *smallest_first(needs)),
        anchor in ("count", "name"),
        bool(row.get("numbered")),
        bool(row.get("one")),
        bool(row.get("inner_harm")),
        bool(row.get("again")),
        bool(row.get("relative")),
        bool(row.get("fighting")),
        bool(row.get("others")),
        bool(row.get("bare")),
        "(?P<count>" in letters,
        "(?P<name>" in letters,
        frozenset(row.get("only", ())),
        tuple(row.get("example", ())),
        tuple(row.get("never", ())),
    )


def _anchored(letters: str, anchors: Need, needs: Sequence[Need]) -> str:
    """Write a pattern that matches one letter, an anchor, where the pattern given would begin to match.

    So one search finds all places where an order fits, one over another, and passes over all other letters in one step;
    the groups tell what the order spans. Whether the letters that it cannot lack come at all behind the place, in their
    order, is looked at before all else: most places lack one, which costs little to see.
    """
    behind = "".join(f"[^{need}]*+[{need}]" for need in map(_class, needs[1:]))
    return f"[{_class(anchors)}]{behind and f'(?={behind})'}(?<=(?={letters}).)"


def _class(letters: frozenset[str]) -> str:
    return re.escape("".join(sorted(letters)))


@cache
def pattern_of(order: Order) -> re.Pattern[str]:
    """Compile the pattern of an order, once a process; PackError for one that is no pattern."""
    try:
        return re.compile(order.source)
    except re.error as problem:
        raise PackError(
            f"claims.toml: order '{order.name}': {problem} - see the roles in grammar/role.py"
        ) from problem


class _Shapes:
    """What patterns are made of, each written in letters once, not for every pattern that it is a part of."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self._written: dict[str, str] = {}

    def letters_of(self, shape: str, depth: int) -> str:
        if depth > _DEEPEST:
            raise KeyError("shapes that contain each other")
        if shape not in self._written:
            self._written[shape] = _letters(self._given[shape], self, depth)
        return self._written[shape]


def _letters(pattern: str, shapes: _Shapes, depth: int = 0) -> str:
    """Write a pattern in letters: shapes opened, role names replaced, blanks dropped."""
    pattern = "".join(pattern.split())
    # group names look like roles: (?P<count>…) is kept, <count> is a letter
    parts = re.split(r"(\(\?P<[a-z]+>)", pattern)
    for i in range(0, len(parts), 2):
        text = _SHAPE.sub(lambda m: f"(?:{shapes.letters_of(m[1], depth + 1)})", parts[i])
        parts[i] = _ROLE.sub(lambda m: _WRITTEN[m[1]], text)
    return "".join(parts)


_NOTHING = range(0)
_MOST_KEPT = 20_000
_Tried = tuple[Order, re.Pattern[str]]
_kept: dict[tuple[int, frozenset[str]], tuple[_Tried, ...]] = {}


def _possible(orders: Sequence["Order"], letters: str) -> tuple[_Tried, ...]:
    """Return the orders of which a sentence has all the letters, each with its pattern.

    Few sentences have their letters to themselves.
    """
    key = id(orders), frozenset(letters)
    found = _kept.get(key)
    if found is None:
        if len(_kept) > _MOST_KEPT:
            _kept.clear()
        absent = key[1].isdisjoint
        found = _kept[key] = tuple((o, pattern_of(o)) for o in orders if not any(map(absent, o.needs)))
    return found


def fits(orders: Sequence[Order], spelled: Spelled, left: Set[int] | None = None) -> Iterator[Found]:
    """Yield every order that fits a sentence, in the pack's order; whoever takes them decides what is spent.

    With `left`, the mentions that may still be counted when the next order is asked for, those are passed over that would
    find nobody left: most.
    """
    letters, inner = spelled.letters, None
    for order, pattern in _possible(orders, letters):
        if left is not None:
            if order.inner_harm and inner is None:
                inner = spelled.mentions.harmed(left)
            if not (inner if order.inner_harm else left) and not order.names:
                continue
        first = pattern.search(letters)
        if first is None:  # most do not fit anywhere
            continue
        found = [first, *pattern.finditer(letters, first.end())]
        for match in reversed(found) if order.from_right else found:
            counts = range(*match.span("count")) if order.counts else _NOTHING
            name = range(*match.span("name")) if order.names else _NOTHING
            if name or left is None or not left.isdisjoint(counts):
                yield Found(order, counts, range(*match.span("harm")), name)
