"""went_on: what was told before a figure -> whether it goes on with it: a share of a total, of its period, or of years."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tollbook.grammar.draft import Draft
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import Table
from tollbook.model.claim import Scope
from tollbook.model.period import Period
from tollbook.stages._scope.report import joins
from tollbook.stages._scope_cues import Cues, cues_of

_REACH = 14  # words from what began to the year in which it did
_AND = 2  # words from one figure with its harm to the next
_THEN = 3  # words from "then" to what was done
_SUBJECT = 4  # words from "since" to what was done
_EVENT = 10  # words from "since" to "that": "since the air raid on a camp that"
_DIGITS = 4  # of a year
_NEAR = 40  # words before a figure that are asked
_MANY = 500  # killed or otherwise harmed: no single event that a report tells of so long a war
_FAR = 10  # times all that a report told before, from which a total told as grown is of a longer time
_VAST = ("thousands", "tens_of_thousands", "hundreds_of_thousands", "millions")  # told without a figure
_DEAD = "killed"
_FARTHEST = 100  # the same of a toll told with a day of its own, which may be the event's grown
_MONTH = 4  # precision of a time that is a month, or more
_LEAST = 100  # persons from which it is one
_OPENING = 0  # the sentence in which a report tells its own event


_ACTIVE = "active"  # the order of a verb before its people
_TOLLS = ("toll", "toll revised", "toll put at", "toll of what rose to")


class _Words(NamedTuple):
    also: frozenset[str]
    perfect: frozenset[str]
    began: frozenset[str]
    years: Lexicon[str]
    then: frozenset[str]
    told_on: frozenset[str]
    said: frozenset[str]
    still: frozenset[str]
    long_ago: frozenset[str]
    present: frozenset[str]
    habits: frozenset[str]
    relative: frozenset[str]
    raiding: frozenset[str]
    joining: frozenset[str]
    purpose: frozenset[str]


@cache
def _words(pack: Pack) -> _Words:
    """Compile the words of what goes on, and of its beginning."""
    told = Table(pack, "words", "weigh")
    also, years = Table(pack, "words", "small").words("also"), told.forms("scope_years", "years")
    then, told_on = told.words("scope_then"), told.words("scope_told_on")
    said = Table(pack, "words", "small").words("said")
    still, long_ago = told.words("scope_still"), told.words("scope_long_ago")
    perfect, began = told.words("scope_perfect"), told.words("scope_began")
    present = told.words("scope_present")
    habits, raiding = told.words("scope_habits"), told.words("scope_raiding") | present
    small = Table(pack, "words", "small")
    relative, joining, purpose = small.words("relative"), small.words("and"), told.words("scope_purpose")
    return _Words(
        also,
        perfect,
        began,
        years,
        then,
        told_on,
        said,
        still,
        long_ago,
        present,
        habits,
        relative,
        raiding,
        joining,
        purpose,
    )


def going_on(
    view: View,
    pack: Pack,
    drafts: Sequence[Draft],
    i: int,
    scopes: Sequence[Scope],
    when: Period | None,
    published: str | None,
    spoken: bool,
) -> Scope | None:
    """Return the scope that a figure has from what was told before: a share of it, of the same period, or of years.

    `spoken` says that its sentence has words that may tell of a scope.
    """
    if scopes and spoken and _goes_on(view, cues_of(pack), drafts[i - 1], drafts[i]):
        return scopes[-1]
    if (
        scopes
        and spoken
        and scopes[-1] == "cumulative"
        and _goes_on_since(view, pack, drafts[i - 1], drafts[i], when)
    ):
        return "cumulative"
    if scopes and scopes[-1] == "cumulative":
        if _joined(drafts[i - 1], drafts[i]) or _toll_too(view, drafts[i - 1], drafts[i], when):
            return "cumulative"
    if _went_on(view, pack, drafts, i, published) or _towers(view, pack, drafts, i, scopes, when):
        return "cumulative"
    if scopes and scopes[-1] == "background" and _told_on(view, pack, drafts, i, when):
        return "background"
    return "cumulative" if is_habit(view, pack, drafts[i]) else None


def _towers(
    view: View, pack: Pack, drafts: Sequence[Draft], i: int, scopes: Sequence[Scope], when: Period | None
) -> bool:
    """Tell whether a total told as grown is far above all that a report told of its event: "900 have been killed"."""
    draft = drafts[i]
    low = draft.stated.low or 0
    if draft.sentence <= _OPENING or draft.order in _TOLLS:
        return False
    if i and scopes[i - 1] == "cumulative" and drafts[i - 1].harm_first == draft.harm_first:
        return True  # "killed 700 civilians and 15 guards"
    # "groups have seized land, killed thousands and displaced millions"
    if i and draft.harm == _DEAD and draft.stated.vague in _VAST:
        first = max(view.sentences[draft.sentence][0], draft.first - _NEAR)
        return not _words(pack).perfect.isdisjoint(view.folded[first : draft.first])
    if draft.harm != _DEAD or low < _LEAST:
        return False
    if _words(pack).perfect.isdisjoint(view.folded[max(0, draft.first - 1) : draft.last + 1]):
        return False
    pairs = zip(drafts[:i], scopes, strict=True)
    told = [d.stated.low or 0 for d, s in pairs if s == "incident" and d.harm == draft.harm]
    far = _FARTHEST if _is_told_anew(view, pack, drafts[0], draft, when) else _FAR
    return any(told) and low >= far * sum(told)


def _is_told_anew(view: View, pack: Pack, opening: Draft, draft: Draft, when: Period | None) -> bool:
    """Tell whether a toll is of the event of these days, told later: "later said 132 have died", "killed since Monday".

    So, too, where the report opens with what was known at first.
    """
    first, last = view.sentences[draft.sentence]
    own = when is not None and first <= view.word_at(when.start_offset) < last
    dated = own and when is not None and (when.precision or _MONTH) < _MONTH
    begin, end = view.sentences[opening.sentence]
    still, words = _words(pack).still, (*view.folded[begin:end], *view.folded[first:last])
    return dated or not still.isdisjoint(words)


def _told_on(view: View, pack: Pack, drafts: Sequence[Draft], i: int, when: Period | None) -> bool:
    """Tell whether a sentence goes on with another event told in the one before: "In April rebels killed 11. Troops then …".

    Not with another harm, nor with "three more", nor with what lies years back, nor where a name of the opening comes again.
    """
    before, draft = drafts[i - 1], drafts[i]
    if draft.sentence - before.sentence != 1 or draft.harm != before.harm or draft.others:
        return False
    first, last = view.sentences[draft.sentence]
    words = _words(pack)
    if _long_ago(view, words, before.sentence) or _opening_again(view, drafts[0].sentence, draft.sentence):
        return False
    near = (*range(first, min(first + _THEN, last - 1)), *range(max(first, draft.first - _THEN), draft.last))
    if not any(view.folded[k] in words.told_on and view.folded[k + 1] not in words.said for k in near):
        return False  # nor where police "later said"
    if "\n" in view.text[view.ends[first - 1] : view.starts[first]]:
        return False
    return when is None or not view.starts[first] <= when.start_offset < view.ends[last - 1]


def _long_ago(view: View, words: _Words, sentence: int) -> bool:
    """Tell whether a sentence names a year or speaks of years: "In 2014", "Last year"."""
    told = view.folded[slice(*view.sentences[sentence])]
    return not words.long_ago.isdisjoint(told) or any(_is_year(word) for word in told)


def _opening_again(view: View, opening: int, sentence: int) -> bool:
    """Tell whether a sentence has a name of the opening that the sentence before has not."""
    (a, b), (c, d), (first, last) = (view.sentences[k] for k in (opening, sentence - 1, sentence))
    names = {word for word in view.words[first + 1 : last] if word[0].isupper()}
    return not names.difference(view.words[c:d]).isdisjoint(view.words[a + 1 : b])


def _joined(before: Draft, draft: Draft) -> bool:
    """Tell whether "and" joins a figure to that of another harm: "45 have been killed and 180 injured"."""
    near = before.sentence == draft.sentence and before.harm != draft.harm and before.parent is None
    led = (
        draft.harm_first == draft.first
    )  # "tens of thousands of deaths and the displacement of 11 million people"
    return near and 0 < draft.first - before.last <= _AND + led


def _toll_too(view: View, before: Draft, draft: Draft, when: Period | None) -> bool:
    """Tell whether a toll goes on with the total right before it: "138 died since May. The number of guards killed is at 21"."""
    if draft.order != "toll" or draft.sentence - before.sentence != 1 or draft.harm != before.harm:
        return False
    first, last = view.sentences[draft.sentence]
    if "\n" in view.text[view.ends[first - 1] : view.starts[first]]:
        return False
    return when is None or not view.starts[first] <= when.start_offset < view.ends[last - 1]


def _goes_on(view: View, cues: Cues, before: Draft, draft: Draft) -> bool:
    """Tell whether a figure is a share of the total in the sentence before: "Mines accounted for 87 deaths"."""
    return 0 <= draft.sentence - before.sentence <= 1 and any(
        cues.goes_on.find(view.folded, view.sentences[draft.sentence][0], draft.last + 1)
    )


def _goes_on_since(view: View, pack: Pack, before: Draft, draft: Draft, when: Period | None) -> bool:
    """Tell whether a figure is of the period of the total in the sentence before: of another harm, or of more people.

    "More than 10,000 have been killed since 2015. Some three million have been driven from their homes." Or of people told
    as others: "They have also killed hundreds of soldiers".
    """
    first, last = view.sentences[draft.sentence]
    also = not _words(pack).also.isdisjoint(view.folded[first : draft.last + 1])
    if not 1 <= draft.sentence - before.sentence <= 1 + also:
        return False
    if draft.harm == before.harm and not (draft.others or also):
        return False
    if when is not None and view.starts[first] <= when.start_offset < view.ends[last - 1]:
        return False
    return any(cues_of(pack).since.find(view.folded, first, draft.last + 1))


def _went_on(view: View, pack: Pack, drafts: Sequence[Draft], i: int, published: str | None) -> bool:
    """Tell whether a figure is the total of a time that began in a year before: "They began in 1993, and 60 have been killed".

    Told in its own sentence, or in the one before it of its paragraph where that has no figure: "They have fought for a
    homeland since 1983. An estimated 37,000 people have died." So too behind "Since then, …". Without a year only a total of
    many is of so long a time.
    """
    draft, words = drafts[i], _words(pack)
    lead = draft.first
    if words.perfect.isdisjoint(view.folded[lead : draft.last + 1]):
        return False
    begin = view.sentences[draft.sentence][0]
    if draft.sentence and not (i and drafts[i - 1].sentence >= draft.sentence - 1):
        before, end = view.sentences[draft.sentence - 1]
        begin = before if "\n" not in view.text[view.ends[end - 1] : view.starts[begin]] else begin
    if view.folded[begin] in words.began and view.folded[begin + 1] in words.then:
        return True
    begin, year = max(begin, lead - _NEAR), (published or "")[:_DIGITS]
    if (draft.stated.low or 0) >= _MANY and any(words.years.find(view.folded, begin, lead)):
        return True
    return any(
        view.folded[k] in words.began
        and any(_is_before(word, year) for word in view.folded[k + 1 : min(k + 1 + _REACH, lead)])
        for k in range(begin, lead)
    )


def _is_before(word: str, year: str) -> bool:
    """Tell whether a word is a year before another."""
    return _is_year(word) and word < year


def _is_year(word: str) -> bool:
    return len(word) == _DIGITS and word.isdecimal() and word[:2] in ("19", "20")


def lasting_since(view: View, cues: Cues, draft: Draft, begin: int) -> bool:
    """Tell whether a figure is of what something has lasted since: "on alert since gunmen killed three guards on Monday".

    `begin` is where the stretch of words that leads up to it begins.
    """
    lead = draft.first
    if draft.harm_first != lead:
        return False
    led = (k for k in range(max(begin, lead - _SUBJECT), lead - 1) if view.folded[k] in cues.than)
    since = next(led, 0)
    return since > 0 and not cues.have.isdisjoint(view.folded[begin:since])


def since_what(view: View, cues: Cues, draft: Draft, start: int) -> str | None:
    """Tell the scope of a figure of what something is only dated by: "the first attack since the raid that killed their leader".

    What came "after a battle that killed 13" may have been led up to by it.
    """
    k = draft.first - 1
    while k > start and view.folded[k] in cues.have:
        k -= 1
    if draft.harm_first != draft.first or k <= start or view.folded[k] not in cues.relative:
        return None
    for n in range(k - 1, max(start, k - _EVENT) - 1, -1):
        hit = cues.since_what.at(view.folded, n)
        if hit is not None:
            return hit.sense
        if view.folded[n] in cues.breaks and not joins(view, n):
            return None
    return None


def is_habit(view: View, pack: Pack, draft: Draft) -> bool:
    """Tell whether people without a figure are harmed time and again: "gangs who raid villages and abduct residents"."""
    if draft.stated.kind != "some" or draft.order != _ACTIVE:
        return False
    words = _words(pack)
    if (
        view.folded[draft.harm_last] not in words.present
        or view.folded[draft.harm_first - 1] in words.purpose
    ):
        return False
    # the word itself, or "who", right before the deed, or before another deed that "and" joins it to
    leads = words.habits | words.relative
    if view.folded[draft.harm_first - 1] in leads:
        return True
    if words.joining.isdisjoint(view.folded[draft.harm_first - 1 : draft.harm_last]):
        return False
    first = max(view.sentences[draft.sentence][0], draft.harm_first - _NEAR)
    return any(
        view.folded[k] in leads and view.folded[k + 1] in words.raiding
        for k in range(first, draft.harm_first - 1)
    )
