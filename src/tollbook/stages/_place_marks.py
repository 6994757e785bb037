"""_place_marks: what marks a name as a place though no gazetteer has it: a word of kind behind it, a distance."""

from collections.abc import Sequence
from functools import lru_cache
from math import log10

from tollbook.grammar.view import View
from tollbook.stages._place_cues import STRONG, Cues
from tollbook.world.gazetteer import Entry, Gazetteer

_TITLE_SHARE = 0.7  # share of capitalised words from which a line is a headline
_MOST_KEPT = 65_536  # names
_MOST = 4  # words of a name before its word of kind


def closed_by_kind(view: View, cues: Cues, i: int, first: int, last: int, shouted: bool) -> int | None:
    """Return the last of the capitals from word i on that a word of kind closes: "Pa Zi Gyi village".

    `first` and `last` bound the sentence; `shouted` says that it has capitals only, where they mean nothing.
    """
    folded = view.folded
    if shouted or i == first or folded[i] in cues.never or folded[i] in cues.titles:
        return None
    j = i
    while j + 1 < last and j - i < _MOST and view.words[j + 1][0].isupper() and "'" not in folded[j]:
        if view.text[view.ends[j] : view.starts[j + 1]] != " ":
            return None
        j += 1
    after = folded[j + 1] if j + 1 < last else ""
    if j == i or folded[j] in cues.organisations or any(len(w) == 1 for w in view.words[i : j + 1]):
        return None
    return j if cues.features.get(after) is not None or after in cues.around else None


def closed_behind_in(view: View, cues: Cues, i: int, first: int, last: int) -> int | None:
    """Return the last of the capitals from word i on that a comma or the end closes behind "in": "in Mir Sado, North …"."""
    folded, words = view.folded, view.words
    if (
        i == first
        or i + 1 == last
        or cues.locative.get(folded[i - 1], 0.0) < STRONG
        or folded[i] in cues.never
    ):
        return None
    j = i
    while j + 1 < last and j - i < _MOST and words[j + 1][0].isupper() and _may_go_on(cues, folded[j + 1]):
        if view.starts[j + 1] - view.ends[j] != 1 or words[j + 1].isupper():
            return None
        j += 1
    closed = j + 1 == last or words[j + 1] in ",.("
    told = closed and not all(f in cues.common for f in folded[i : j + 1])
    return j if j > i and told else None


def _may_go_on(cues: Cues, fold: str) -> bool:
    """Tell whether a word in capitals can belong to the name before it: no day, kind, people, title or body."""
    if (fold in cues.never and fold not in cues.given) or fold in cues.titles or fold in cues.organisations:
        return False
    if "'" in fold:
        return False
    return cues.features.get(fold) is None and fold not in cues.demonyms.firsts


def is_title(view: View, cues: Cues, first: int, last: int) -> bool:
    """Tell whether a sentence, of whose words half or more have a capital, is a headline that gives most words one."""
    if last - first < 5 or view.words[last - 1] in cues.ends:
        return False
    long = [word for word in view.words[first:last] if len(word) > 3 and word[0].isalpha()]
    return sum(word[0].isupper() for word in long) > _TITLE_SHARE * len(long)


def is_dateline(view: View, i: int, j: int, first: int, last: int, shouted: bool) -> bool:
    """Tell whether words i..j open a report as the place it was sent from: "KYIV, X -", "Kyiv (agency) -"."""
    if i != first or j + 1 >= last:
        return False
    after = view.words[j + 1]
    return after in "(—–" or (after in ",-" and not shouted and view.words[i].isupper())


def is_near(view: View, cues: Cues, i: int, j: int, first: int, last: int) -> bool:
    """Tell whether the words around the name at words i..j put the place near it, not at it."""
    folded = view.folded
    if j + 1 < last and folded[j + 1] in cues.around:
        return True
    firsts, begin = cues.near.firsts, max(first, i - 5)
    if begin == i or folded[i - 1] not in cues.near.lasts:  # most
        return False
    for k in range(begin, i):
        if folded[k] in firsts:
            hit = cues.near.at(folded, k, i)
            if hit is not None and hit.last == i - 1:
                return True
    return False


def is_measured(view: View, cues: Cues, j: int, last: int) -> bool:
    """Tell whether a distance follows word j behind a comma: "X, about 80 kilometres north of …"."""
    if j + 3 >= last or view.words[j + 1] != ",":
        return False
    following = view.folded[j + 2 : min(j + 6, last)]
    return any(w[0].isdecimal() for w in following) and not cues.units.isdisjoint(following)


def particle_before(view: View, cues: Cues, i: int, first: int) -> int | None:
    """Return the particle or article joined to the name at word i: "al-Qaim", "As-Safa"; None where there is none."""
    k = i - 2
    if k < first or view.words[i - 1] not in "-–":
        return None
    joined = view.starts[i] == view.ends[k] + 1
    small = view.folded[k] in cues.articles or (view.words[k].islower() and view.folded[k] in cues.particles)
    return k if joined and small else None


@lru_cache(maxsize=8)
def sizes_of(gazetteer: Gazetteer) -> dict[str, float]:
    """Return the points of `most_points` by the key of a name, for one gazetteer: they are the same in every text."""
    return {}


def most_points(known: dict[str, float], key: str, entries: Sequence[Entry]) -> float:
    """Return the most that its size says for any of the places of a name."""
    points = known.get(key)
    if points is None:
        if len(known) > _MOST_KEPT:
            known.clear()
        points = known[key] = max(map(_size_points, entries))
    return points


def _size_points(entry: Entry) -> float:
    """Return what its size says for an entry: a town of 30,000 is known enough to be named without a word beside it."""
    points = max(-0.5, log10(entry.population + 1) - 3.0)
    if entry.level == "adm1":
        points = max(points, 0.5)
    return points if entry.main else points - 1.0
