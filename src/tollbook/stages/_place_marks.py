"""_place_marks: what marks a name as a place though no gazetteer has it: a word of kind behind it, a distance."""

from math import log10

from tollbook.grammar.view import View
from tollbook.stages._place_cues import Cues
from tollbook.world.gazetteer import Entry

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


def is_measured(view: View, cues: Cues, j: int, last: int) -> bool:
    """Tell whether a distance follows word j behind a comma: "X, about 80 kilometres north of …"."""
    if j + 3 >= last or view.words[j + 1] != ",":
        return False
    following = view.folded[j + 2 : min(j + 6, last)]
    return any(w[0].isdecimal() for w in following) and not cues.units.isdisjoint(following)


def particle_before(view: View, cues: Cues, i: int, first: int) -> int | None:
    """Return the particle written small and joined to the name at word i: "al-Qaim"; None where there is none."""
    k = i - 2
    if k < first or view.words[i - 1] not in "-–" or not view.words[k].islower():
        return None
    joined = view.starts[i] == view.ends[k] + 1
    return k if joined and view.folded[k] in cues.particles else None


def size_points(entry: Entry) -> float:
    """Return what its size says for an entry: a town of 30,000 is known enough to be named without a word beside it."""
    points = max(-0.5, log10(entry.population + 1) - 3.0)
    if entry.level == "adm1":
        points = max(points, 0.5)
    return points if entry.main else points - 1.0
