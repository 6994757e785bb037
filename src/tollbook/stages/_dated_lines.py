"""_dated_lines: whose day is whose: each line of a dated list tells its own event; parts have the time of their whole."""

from bisect import bisect_left
from collections.abc import Sequence

from tollbook.grammar.view import View
from tollbook.model.claim import Claim
from tollbook.model.made import changed
from tollbook.model.period import Period
from tollbook.model.place import Place

_HEAD = 4  # words of a line in which its day stands: "- On 4 March,"
_WIDE = ("adm1", "region", "country")


def of_own_line(
    view: View, dates: Sequence[Period], start: int, where: tuple[Place, ...]
) -> tuple[Place, ...]:
    """Return the places of the claim at an offset; in a line that begins with a day, no town of a line that does too.

    "4 March: three were killed in Goma. / 5 March: two died": nobody says that the two died in Goma.
    """
    if not where or where[0].level in _WIDE or not dates:
        return where
    own = view.sentence_at(view.word_at(start))
    told = view.sentence_at(view.word_at(where[0].start))
    if told >= own:
        return where
    mine, theirs = (_day_of_line(view, dates, index) for index in (own, told))
    if mine is None or theirs is None or where[0].start < theirs.start_offset:  # a dateline
        return where
    return tuple(p for p in where if p.level in _WIDE)


def _day_of_line(view: View, dates: Sequence[Period], sentence: int) -> Period | None:
    """Return the day, told with a number, at the head of a sentence that begins a line."""
    first, _ = view.sentences[sentence]
    if first > 0 and "\n" not in view.text[view.ends[first - 1] : view.starts[first]]:
        return None
    k = bisect_left(dates, view.starts[first], key=lambda d: d.start_offset)
    if k >= len(dates) or dates[k].precision not in (1, None) or not any(map(str.isdecimal, dates[k].quote)):
        return None
    day = view.word_at(dates[k].start_offset)
    short = day - first < _HEAD and sum(w[0].isalpha() for w in view.words[first:day]) <= 1  # "- On 4 March"
    return dates[k] if short else None


def dated_with_whole(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Give a part whose own sentence tells no time the period of its total, where that begins on the same day.

    "More than 100 have died since Thursday. About 70 of them were civilians": the 70 have died since Thursday too.
    """
    by_id = {c.id: c for c in claims}
    out = []
    for claim in claims:
        whole = by_id.get(claim.part_of.claim) if claim.part_of is not None else None
        told, period = claim.when, None if whole is None else whole.when
        sentence = claim.evidence.sentence
        apart = told is not None and not sentence.start <= told.start_offset < sentence.end
        held = told is not None and period is not None and apart and period.start == told.start
        out.append(changed(claim, when=period) if held else claim)
    return tuple(out)
