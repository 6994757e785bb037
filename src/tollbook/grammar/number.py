"""number: words -> how many, with the words that say so.

Language-free: a pack's numbers.toml names the words (values, scales, hedges, ranges, vague words); the arithmetic is
here. Numbers are read left to right in one pass, so that the cost stays linear.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from tollbook.grammar.lexicon import Lexicon
from tollbook.model.count import Kind
from tollbook.model.made import changed

_MOST_PAIRS = 50_000
_LED = 4  # words from an article to a number behind a place: "the old border region"
_NEAR = 5  # persons by which the ends of "two or three" may differ, if not by half: "280 or 320"
_WIDEST = 1000  # times the lower end that the upper end of a range may be
_NUMERATORS, _DENOMINATORS = "123", "2348"
_MOST = 10**12  # no count of persons is larger; what is larger is no count


@dataclass(slots=True, unsafe_hash=True)  # not frozen, which costs more to make; nobody changes one
class Stated:
    """A count as stated: first and last word, kind, least and greatest figure, and the sense of a vague word."""

    first: int
    last: int
    kind: Kind
    low: int | None
    high: int | None
    vague: str | None = None
    times: int = 1
    bare: bool = True  # no hedge stands before it


class Numbers:
    """The numbers of one language, compiled once from its table."""

    def __init__(self, table: Mapping[str, Any], fold: Callable[[str], str]) -> None:
        """Compile a parsed numbers.toml."""
        shape = table.get("shape", {})
        self._values: dict[str, int] = {fold(w): v for w, v in table.get("values", {}).items()}
        if shape.get("joined"):  # thirtythree
            tens = [(w, v) for w, v in self._values.items() if 20 <= v < 100 and v % 10 == 0]
            ones = [(w, v) for w, v in self._values.items() if 0 < v < 10]
            for (ten, a), (one, b) in product(tens, ones):
                self._values.setdefault(ten + one, a + b)
        self._scales: dict[str, int] = {fold(w): v for w, v in table.get("scales", {}).items()}
        self._suffixes: dict[str, int] = dict(table.get("suffixes", {}))
        self._joiners = frozenset(shape.get("joiners", ()))
        self._ones = frozenset(shape.get("ones", ()))
        self._halves = Lexicon([(form, True) for form in shape.get("halves", ())], fold)
        self._any_order = bool(shape.get("joined_in_any_order", False))
        whole: list[tuple[str, tuple[Kind, int | None, str | None]]] = []
        for value, forms in table.get("phrases", {}).items():
            whole += [(form, ("exact", int(value), None)) for form in forms]
        for sense, forms in table.get("vague", {}).items():
            whole += [(form, ("vague", None, sense)) for form in forms]
        whole += [(form, ("some", None, None)) for form in table.get("some", {}).get("forms", ())]
        whole += [(form, ("none", 0, None)) for form in table.get("none", {}).get("forms", ())]
        self._whole = Lexicon(whole, fold)
        self._before = Lexicon(_senses(table.get("before", {})), fold)
        self._after = Lexicon(_senses(table.get("after", {})), fold)
        ranges = table.get("range", {})
        self._openers = Lexicon([(form, True) for form in ranges.get("openers", ())], fold)
        self._links = frozenset(ranges.get("links", ()))
        self._needs_opener = frozenset(ranges.get("needs_opener", ()))
        self._loose = frozenset(ranges.get("loose", ()))
        barred = table.get("not_counts", {})
        self._units = Lexicon([(form, True) for form in barred.get("after", ())], fold)
        self._labels = frozenset(fold(w) for w in barred.get("before", ()))
        self._told = frozenset(fold(w) for w in barred.get("told", ()))
        self._places = frozenset(fold(w) for w in barred.get("places", ()))
        self._pointing = frozenset(fold(w) for w in barred.get("pointing", ()))
        firsts: set[str] = set(self._values) | set(self._scales) | self._ones
        for lexicon in (self._whole, self._before, self._openers, self._halves):
            firsts |= lexicon.firsts
        self.firsts = frozenset(firsts)
        self._begin = (
            frozenset(self._values) | self._ones | self._halves.firsts
        )  # what a number in words opens with
        self._pairs: dict[tuple[str, str], bool] = {}

    def may(self, folded: list[str], i: int, end: int) -> bool:
        """Tell by two words whether a count may begin at word i: a cheap question asked of every word."""
        word = folded[i]
        if word[0].isdecimal():
            return True
        pair = word, folded[i + 1] if i + 1 < end else ""
        known = self._pairs.get(pair)
        if known is None:
            if len(self._pairs) > _MOST_PAIRS:
                self._pairs.clear()
            known = self._pairs[pair] = self._may(*pair)
        return known

    def _may(self, word: str, following: str) -> bool:
        if word in self._values or word in self._scales or word in self._whole:
            return True
        if any(
            lexicon.may(word, following)
            for lexicon in (self._whole, self._before, self._openers, self._halves)
        ):
            return True
        begins = following[:1].isdecimal() or following in self.firsts
        hedge = word in self._before or word in self._openers or word in self._halves
        return begins and (hedge or word in self._ones)

    def at(self, folded: list[str], i: int, end: int) -> Stated | None:
        """Read the count that begins at word i, hedges included; None when there is none or it counts no people."""
        j, hedge, start, hedges = i, None, i, self._before
        for _ in range(3):  # "an estimated total of more than": hedges pile up, but not for ever
            found = hedges.at(folded, j, end) if folded[j] in hedges.firsts else None
            if found is None or found.last + 1 >= end or self._begins_number(folded, j, end, found.last):
                break
            if found.sense == "none":
                start = found.last + 1 if start == j else start  # "the 12": the words of the figure are "12"
            else:
                hedge = found.sense if hedge is None or hedge == "about" else hedge
            j = found.last + 1
        if i > 0 and folded[i - 1] in self._labels and not self._is_told(folded, i):
            return None
        plain = self.value_at(folded, j, end)
        core = self._range(folded, j, end, plain, hedge) or self._phrase(folded, j, end) or _single(j, plain)
        if core is None:
            return None
        stated = self._hedged(folded, core, hedge, end)
        after = stated.last + 1
        if (
            after < end
            and folded[after] in self._units.firsts
            and self._units.at(folded, after, end) is not None
        ):
            return None
        if "/" in folded[after : after + 2] and _is_fraction(folded, stated.last):
            return None
        if hedge is None and stated.first == start:  # most
            return stated
        return changed(stated, first=start, bare=hedge is None)

    def bounds(self, folded: list[str], i: int, end: int) -> bool:
        """Tell whether a hedge that bounds a number begins at word i: "more than", "up to"."""
        found = self._before.at(folded, i, end)
        return found is not None and found.sense != "none"

    def _is_told(self, folded: list[str], i: int) -> bool:
        """Tell whether the word before a number is a time or a place, and no label: "last week 16 people died".

        "In the border region four people died": what has an article is not called by a number.
        """
        if i > 1 and folded[i - 2] in self._told:
            return True
        return folded[i - 1] in self._places and not self._pointing.isdisjoint(
            folded[max(0, i - _LED) : i - 1]
        )

    def is_label(self, word: str) -> bool:
        """Tell whether a folded word makes the number behind it no count: aged, article, route."""
        return word in self._labels

    def unit_at(self, folded: list[str], i: int, end: int) -> int | None:
        """Return the last word of a unit that begins at word i (money, time, length, rate): no people are counted in it."""
        unit = self._units.at(folded, i, end) if i < end else None
        return None if unit is None else unit.last

    def value_at(self, folded: list[str], i: int, end: int) -> tuple[int, int] | None:
        """Read one plain number: (last word, value)."""
        word = folded[i]
        digits = self._digits(folded, i, end) if word[0].isdecimal() else None
        return digits or (self._words(folded, i, end) if word in self._begin else None)

    # ---------------------------------------------------------------- parts of a count

    def _begins_number(self, folded: list[str], j: int, end: int, hedge_last: int) -> bool:
        """Tell whether a whole phrase ("a few", "a number of") begins here and outreaches the hedge."""
        whole = self._whole.at(folded, j, end)
        if whole is not None and whole.last >= hedge_last:
            return True
        return folded[j] in self._ones and hedge_last == j and self._words(folded, j, end) is not None

    def _hedged(self, folded: list[str], core: Stated, hedge: str | None, end: int) -> Stated:
        """Apply the hedge before the number, or the one behind it."""
        last = core.last
        follows = last + 1 < end and folded[last + 1] in self._after.firsts
        behind = self._after.at(folded, last + 1, end) if follows else None
        if behind is not None and core.kind in ("exact", "vague"):
            last = behind.last
            hedge = hedge or behind.sense
        if core.kind == "exact" and hedge in ("at_least", "at_most", "about"):
            return changed(core, kind=hedge, last=last)
        return changed(core, last=last) if core.kind == "exact" and last > core.last else core

    def _phrase(self, folded: list[str], i: int, end: int) -> Stated | None:
        """Read a whole phrase: dozens, a few, no one, several hundred."""
        found = self._whole.at(folded, i, end) if folded[i] in self._whole.firsts else None
        if found is None:
            return None
        kind, value, sense = found.sense
        last, times = found.last, 1
        if kind == "vague" and last + 1 < end and folded[last + 1] in self._scales:  # several hundred
            last, times = last + 1, self._scales[folded[last + 1]]
        elif kind == "vague" and last > i + 1 and last + 1 < end:  # a group of five
            inner = self.at(folded, last + 1, end)
            if (
                inner is not None
                and inner.kind != "vague"
                and folded[inner.last + 1 : inner.last + 2] != ["-"]
            ):
                return changed(inner, first=i)
        elif kind in ("exact", "none") and self._words(folded, i, end) is not None:
            plain = self._words(folded, i, end)
            if plain is not None and plain[0] > last:
                return None
        return Stated(i, last, kind, value, value, sense, times)

    def _range(
        self, folded: list[str], i: int, end: int, plain: tuple[int, int] | None, least: str | None = None
    ) -> Stated | None:
        """Read "10 to 15", "between 10 and 15", "10-15", "two or three"; `plain` is the number that begins at word i.

        Behind "at least" (`least`) also "13 and up to 46".
        """
        opener = self._openers.at(folded, i, end) if folded[i] in self._openers.firsts else None
        start = opener.last + 1 if opener else i
        shared = self._shared_scale(folded, start, end)
        low = shared or (
            plain if opener is None else self.value_at(folded, start, end) if start < end else None
        )
        if low is None or low[0] + 2 >= end:
            return None
        link = folded[low[0] + 1]
        if link not in self._links:
            return None
        hedge = self._before.at(folded, low[0] + 2, end)  # "between six and about ten"
        bounded = least == "at_least" and hedge is not None and hedge.sense == "at_most"
        if link in self._needs_opener and not opener and not bounded:
            return None
        high = self.value_at(folded, low[0] + 2 if hedge is None else hedge.last + 1, end)
        if high is None or high[1] <= low[1] or high[1] > _WIDEST * max(low[1], 1):
            return None
        if link in self._loose and not opener and not shared and high[1] > low[1] + max(_NEAR, low[1] // 2):
            return None
        return Stated(i, high[0], "range", low[1], high[1])

    def _shared_scale(self, folded: list[str], i: int, end: int) -> tuple[int, int] | None:
        """Read the lower end of a range whose scale stands behind the upper alone: 10 to 15 thousand, 1.5-2 million."""
        if i + 2 >= end or folded[i + 1] not in self._links:
            return None
        plain = _plain(folded[i]) if folded[i][0].isdecimal() else self._values.get(folded[i])
        high = self.value_at(folded, i + 2, end)
        if plain is None or high is None:
            return None
        word = folded[high[0]]
        scale = self._scales.get(word) or self._suffixes.get(word.lstrip("0123456789.,"), 1)
        low = plain * scale
        return (i, round(low)) if scale > 1 and low < high[1] and low == round(low) else None

    def _digits(self, folded: list[str], i: int, end: int) -> tuple[int, int] | None:
        """Read digits with separators, and a scale behind them: 1,200 · 2.3 million · 12k."""
        word = folded[i]
        if not word[0].isdecimal():
            return None
        body = word.rstrip("abcdefghijklmnopqrstuvwxyz")
        times = self._suffixes.get(word[len(body) :], 1) if len(body) < len(word) else 1
        if len(body) < len(word) and times == 1:
            return None
        value = _plain(body)
        last = i
        if i + 1 < end and folded[i + 1] in self._scales:
            last, times = i + 1, times * self._scales[folded[i + 1]]
        if value is None:
            return None
        whole = value * times
        if whole > _MOST or abs(whole - round(whole)) > 1e-6:
            return None
        return last, round(whole)

    def _words(self, folded: list[str], i: int, end: int) -> tuple[int, int] | None:
        """Read number words: twenty-five, one hundred and twenty, a dozen, half a million."""
        half = self._halves.at(folded, i, end) if folded[i] in self._halves.firsts else None
        if half is not None and half.last + 1 < end and folded[half.last + 1] in self._scales:
            return half.last + 1, self._scales[folded[half.last + 1]] // 2
        total = current = 0
        last, j, previous = -1, i, 10**13
        if folded[i] in self._ones and i + 1 < end and folded[i + 1] in self._scales:
            current, j = 1, i + 1
        while j < end and j < i + 16:
            word = folded[j]
            unit = (
                last >= 0 and word.isdecimal() and len(word) == 1 and previous in range(20, 100)
            )  # "Twenty 2"
            if word in self._values or unit:
                value = int(word) if unit else self._values[word]
                if last >= 0 and not self._fits(value, previous):
                    break
                current, previous, last = current + value, value or 1, j
            elif word in self._scales and (last >= 0 or current):
                scale = self._scales[word]
                if scale >= 1000:
                    total, current = total + (current or 1) * scale, 0
                else:
                    current = (current or 1) * scale
                previous, last = scale, j
            elif last >= 0 and self._joins(folded, j, end, previous):
                pass
            else:
                break
            j += 1
        return (last, total + current) if last >= 0 and total + current <= _MOST else None

    def _fits(self, value: int, previous: int) -> bool:
        """Tell whether a value may follow another in one number: twenty five, not five five."""
        if self._any_order and value % 10 == 0 and previous < 10:
            return True
        return (
            value < previous and previous % 10 == 0 and (previous >= 100 or (previous >= 20 and value < 10))
        )

    def _joins(self, folded: list[str], j: int, end: int, previous: int) -> bool:
        """Tell whether a hyphen or "and" holds a number together here."""
        if j + 1 >= end or folded[j + 1] not in self._values:
            return False
        value = self._values[folded[j + 1]]
        if folded[j] == "-":
            return self._fits(value, previous) and previous < 100
        return (
            folded[j] in self._joiners
            and self._fits(value, previous)
            and (previous >= 100 or self._any_order)
        )


def _is_fraction(folded: list[str], k: int) -> bool:
    """Tell whether a number is a fraction, or stands before one: the 3 of "3/4 of the town", the 7 of "7 1/2 miles"."""
    slash = k + 1 if folded[k + 1] == "/" else k + 2
    return folded[slash - 1] in _NUMERATORS and slash + 1 < len(folded) and folded[slash + 1] in _DENOMINATORS


def _single(i: int, plain: tuple[int, int] | None) -> Stated | None:
    """Return a number by itself, its last word and value given."""
    if plain is None:
        return None
    return Stated(i, plain[0], "none" if plain[1] == 0 else "exact", plain[1], plain[1])


def _plain(body: str) -> float | None:
    """Return the value of digits with separators; None for times, versions and the like."""
    if body.isdecimal():
        return float(body) if len(body) < 13 else None
    for separator in (",", "\u00a0", "\u202f", "\u2009", "'", " "):
        head, *rest = body.split(separator)
        if rest and head.isdecimal() and all(len(r) == 3 for r in rest[:-1]):
            tail = rest[-1].split(".")
            if len(tail[0]) == 3 and all(r.isdecimal() for r in [*rest[:-1], tail[0]]):
                return float("".join([head, *rest]))
    head, dot, tail_ = body.partition(".")
    if dot and head.isdecimal() and tail_.isdecimal():
        return float(body)
    return None


def _senses(table: Mapping[str, Iterable[str]]) -> list[tuple[str, str]]:
    return [(form, sense) for sense, forms in table.items() for form in forms]
