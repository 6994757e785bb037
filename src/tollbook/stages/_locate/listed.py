"""listed: groups of places of a sentence -> that of a figure in a list, each with its own: "4 deaths in X, 2 in Y"."""

from collections.abc import Sequence

from tollbook.grammar.view import View
from tollbook.model.place import Place
from tollbook.stages._place_cues import Cues

_BARE = 3  # words of a figure and its harm in a list, without a verb: "6 deaths", "two people killed"
_BESIDE = (
    5  # words from a figure to the place that one behind "and" has as well: "2 deaths and 16 injured in X"
)


def listed_with(
    view: View, cues: Cues, groups: Sequence[list[Place]], start: int, end: int
) -> list[Place] | None:
    """Return the places of text[start:end] in a list of figures, each with its own: "14 deaths in Derna, 6 deaths in Marj".

    Not behind a place that opens its sentence: "In Derna, six were killed and two wounded in Marj".
    """
    word = view.word_at(start)
    if len(groups) < 2 or word < 1 or view.word_at(end) - word > _BARE:  # most
        return None
    behind = next((g for g in groups if g[0].start >= end), None)
    before = [g for g in groups if g[-1].end <= start]
    if before and (_leads(view, cues, before[-1], word) or _leads_next(view, cues, behind)):
        return before[-1]
    if behind is None or not before or view.folded[word - 1] not in cues.joins:
        return None
    opens = view.sentences[view.sentence_at(word)][0]
    if view.word_at(before[-1][0].start) <= opens + 1:
        return None
    between = view.folded[view.word_at(end) : view.word_at(behind[0].start)]
    if not between or between[-1] not in cues.locative or "," in between:
        return None
    beside = len(between) <= _BESIDE and between[0] in cues.joins
    return behind if len(between) == 1 or beside else None


def _leads_next(view: View, cues: Cues, group: Sequence[Place] | None) -> bool:
    """Tell whether a place behind a comma leads up to a figure of its own: "…, Kirkuk (had) 26 killed"."""
    if group is None:
        return False
    first, behind = view.word_at(group[0].start), view.word_at(group[-1].end - 1) + 1
    figure = any(w.isdecimal() for w in view.folded[behind : behind + 2])
    return figure and view.folded[first - 1] in cues.joins


def _leads(view: View, cues: Cues, group: Sequence[Place], word: int) -> bool:
    """Tell whether a place of a list leads up to the figure at a word: "…, Kirkuk 26 killed and 11 injured"."""
    first, behind = view.word_at(group[0].start), view.word_at(group[-1].end - 1) + 1
    if first < 1 or view.folded[first - 1] not in cues.joins or not behind <= word <= behind + _BARE:
        return False
    between = view.folded[behind:word]
    return not between or (between[0][0].isdecimal() and between[-1] in cues.joins and "," not in between)
