"""spoken: a day of the text -> whether it is that on which something was said, not done."""

from collections.abc import Sequence

from tollbook.grammar.view import View
from tollbook.model.period import Period
from tollbook.stages._time_words import Times

_SAID_ON = 6  # words between a verb of speech and its day
_BEFORE_SPEECH = frozenset((",", '"', "”", "»"))  # signs behind which an inverted verb of speech stands
_DATELINE = 8  # words in which a report says whence and when it was sent
_SENT = frozenset("(-–—)")
_OPENING = 2  # sentences that open a report
_OPENS = 3  # words at the head of a sentence before its day: "Also on Friday, …"


def is_spoken(view: View, times: Times, period: Period) -> bool:
    """Tell whether a day is that on which something was said: "said Tuesday", "told AFP on Friday"."""
    word = view.word_at(period.start_offset)
    first = view.sentences[view.sentence_at(word)][0]
    k = word - 1
    while (
        k >= first
        and word - k <= _SAID_ON
        and (view.folded[k] in times.passing or (view.words[k][0].isupper() and k > first))
    ):
        k -= 1
    if k >= first and view.folded[k] in times.speech:
        return True
    last = view.word_at(period.end_offset - 1)
    following = view.folded[last + 1] if last + 1 < len(view.folded) else ""
    dateline = word - first <= _DATELINE and following in _SENT and view.sentence_at(word) <= _OPENING + 1
    return following in times.speech or dateline or _is_said_behind(view, times, first, word)


def said_then(view: View, times: Times, period: Period, told: Sequence[Period], end: int) -> bool:
    """Tell whether a day opens its sentence before who speaks: "On Friday, police said three men killed on Monday were …".

    Not so where commas enclose who speaks and no other time is of the claim's own clause: "On Friday, police said, nine …".
    """
    word, following = view.word_at(period.start_offset), view.word_at(period.end_offset - 1) + 1
    opens = word - view.sentences[view.sentence_at(word)][0] <= _OPENS
    if not opens or following >= len(view.folded) or view.words[following] != ",":
        return False
    near = range(following + 1, min(following + _SAID_ON, len(view.folded) - 1))
    said = next((k for k in near if view.folded[k] in times.speech), None)
    if said is None or view.words[said + 1] != ",":
        return said is not None
    return any(d.start_offset >= end and not {",", ";"} & {*view.text[end : d.start_offset]} for d in told)


def _is_said_behind(view: View, times: Times, first: int, day: int) -> bool:
    """Tell whether a day stands behind who speaks at a sentence's end: "killed 33 in May, reported the army today"."""
    for k in range(day - 1, max(first, day - _SAID_ON), -1):
        if not view.words[k][0].isalpha():
            return False
        if view.folded[k] in times.speech:
            return view.words[k - 1] in _BEFORE_SPEECH
    return False
