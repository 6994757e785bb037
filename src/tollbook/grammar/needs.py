"""needs: a pattern over letters -> the letters without which it cannot fit.

A pattern needs sets of letters: a text has one of each set, or the pattern is not in it. What looks behind or ahead needs
nothing here, nor what may be left out. The sets hold for the part of regular expressions that orders are written in.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache, reduce

_TOKEN = re.compile(
    r"\\.|\[\^?(?:\\.|[^\]\\])*\]|\(\?(?:P<\w+>|[:>=!]|<[=!])|[?*+][?+]?|\{\d*(?:,\d*)?\}[?+]?|."
)
_LOOKING = frozenset(("(?=", "(?!", "(?<=", "(?<!"))
_FREE = frozenset("^$.")  # tokens that any letter satisfies, or none
Need = frozenset[str]


def smallest_first(needs: Iterable[Need]) -> tuple[Need, ...]:
    """Return different sets of letters, those first that a text is likeliest to lack."""
    return tuple(sorted(set(needs), key=_rank))


def needs_of(pattern: str) -> Sequence[Need]:
    """Return the sets of letters of which a text must have one each, in this order, from where the pattern begins to fit.

    re.error for a bracket too many.
    """
    tokens = _TOKEN.findall(pattern)
    found, end = _choices(tokens, 0)
    if end < len(tokens):
        raise re.error("unbalanced parenthesis", pattern)
    return found


def _rank(need: Need) -> tuple[int, list[str]]:
    """Return what puts the smallest set first, and sets in one order in every run."""
    return len(need), sorted(need)


def _choices(tokens: list[str], at: int) -> tuple[Sequence[Need], int]:
    """Read what stands between two bars or brackets, and again, up to the closing bracket or the end."""
    branches: list[Sequence[Need]] = []
    while True:
        branch, at = _sequence(tokens, at)
        branches.append(branch)
        if at >= len(tokens) or tokens[at] != "|":
            break
        at += 1
    if len(branches) == 1:
        return branches[0], at
    if not all(branches):
        return (), at
    return (reduce(Need.union, (min(branch, key=_rank) for branch in branches)),), at


def _sequence(tokens: list[str], at: int) -> tuple[Sequence[Need], int]:
    """Read tokens that follow one another, each with how often it must stand."""
    needed: list[Need] = []
    while at < len(tokens) and tokens[at] not in ("|", ")"):
        token = tokens[at]
        if token.startswith("("):
            inner, at = _choices(tokens, at + 1)
            inner = () if token in _LOOKING else inner
        else:
            inner = _letters(token)
        at += 1
        if at < len(tokens) and tokens[at][0] in "?*+{":
            least = tokens[at].strip("{}?+").partition(",")[0] if tokens[at][0] == "{" else ""
            inner = inner if tokens[at][0] == "+" or (least and int(least)) else ()
            at += 1
        needed += inner
    return needed, at


@lru_cache(maxsize=2**12)
def _letters(token: str) -> tuple[Need, ...]:
    """Return what one letter or class of letters needs."""
    if token in _FREE or token.startswith("[^"):
        return ()
    if token.startswith("["):
        return (frozenset(re.sub(r"\\(.)", r"\1", token[1:-1])),)
    return (frozenset(token[-1]),)
