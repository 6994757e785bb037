"""own_setting: a claim and its sentence -> whether its own words tell where and when it was, and who only received the harmed.

A place or a day taken from what was told before shows of nobody that he is not among those counted already; nor does the
place where somebody speaks, or where the hospital lies to which people were brought.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from tollbook.grammar.draft import Draft
from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.lang.tables import Table
from tollbook.model.claim import Claim
from tollbook.stages._place_cues import Cues, cues_of, governs
from tollbook.stages._place_marks import is_dateline

_OPENS = range(4)  # characters before the day of an entry: a bullet
_SETS_OFF = frozenset(":-–—")  # behind the day of an entry
_HOUSE = 3  # words between a place and the word for the house that lies there: "the hospital in X", "X General Hospital"
_PARAGRAPH = 3  # sentences back to which a paragraph's first may turn to another event
_HEAD = 6  # words with which a sentence turns to another event
_CIVILIAN = "civilian"  # the status of those who have a calling
_RECEIVED = 8  # words before a figure, or behind its claim, in which people are told as received


@cache
def receiving(pack: Pack) -> Lexicon[bool]:
    """Compile the words of those who received the harmed."""
    return Table(pack, "words", "weigh").forms("receiving", True)


@cache
def _turning(pack: Pack) -> Lexicon[bool]:
    """Compile the words with which a sentence turns to another event."""
    return Table(pack, "words", "weigh").forms("turning", True)


@cache
def _words(pack: Pack, key: str) -> frozenset[str]:
    """Compile one list of words that weigh a claim."""
    return Table(pack, "words", "weigh").words(key)


class Setting(NamedTuple):
    """What a claim's own words say of its place."""

    placed: bool  # they say where people were harmed: in its sentence, or by "there" right behind it
    filed: bool  # the place is only the one that its report was sent from: "JERUSALEM -- Eight people died"
    known: bool  # it is that by which an attack is known: "died in the Beirut bombing"
    across: bool  # it is told as an area all over which it was, whatever a gazetteer makes of its name


_NOWHERE = Setting(True, False, False, False)


def setting_of(view: View, pack: Pack, claim: Claim, draft: Draft) -> Setting:
    """Tell what a claim's own words say of its place, by the words that name it, found once for all questions."""
    if not claim.where:
        return _NOWHERE
    place = claim.where[0]
    begin, end = view.word_at(place.start), view.word_at(place.end - 1)
    return Setting(
        _is_placed(view, pack, claim, draft, (begin, end)),
        view.words[begin].isupper() and _is_filed(view, begin, end),  # few
        _is_known(view, pack, begin, end),
        not _words(pack, "across").isdisjoint(view.folded[begin - 2 if begin > 2 else 0 : begin]),
    )


def _is_placed(view: View, pack: Pack, claim: Claim, draft: Draft, named: tuple[int, int]) -> bool:
    first, last = view.sentences[draft.sentence]
    place, (begin, end) = claim.where[0], named
    if not first <= begin < last:
        if _in_entry(view, claim, place.start):
            return True
        before = draft.sentence > 0 and view.sentences[draft.sentence - 1][0] <= begin < first
        return before and not _words(pack, "there").isdisjoint(view.folded[first:last])
    if not _words(pack, "mourning").isdisjoint(view.folded[first:begin]):
        return False
    cues = cues_of(pack)
    if place.level == "country" and not _is_led(view, cues, begin):
        return False
    if governs(view.folded, cues, begin, end):
        return True
    return not (_of_who_speaks(view, cues, claim, begin, end) or _of_house(view, cues, begin, end))


def _is_filed(view: View, begin: int, end: int) -> bool:
    sentence = view.sentence_at(begin)
    return is_dateline(view, begin, end, *view.sentences[sentence], view.upper[sentence])


def _is_known(view: View, pack: Pack, begin: int, end: int) -> bool:
    named = begin > 0 and view.folded[begin - 1] in cues_of(pack).definite
    return named and end + 1 < len(view.words) and view.folded[end + 1] in _words(pack, "attacks")


def is_opened(view: View, pack: Pack, sentence: int) -> int:
    """Return how many sentences before one, in its paragraph, begins with words that turn to another event; 0 for none.

    "Elsewhere, …"; "In a separate incident the army raided a house. … About a dozen people were hurt".
    """
    for back in range(1, min(_PARAGRAPH, sentence) + 1):
        begin = view.sentences[sentence - back + 1][0]
        if "\n" in view.text[view.ends[begin - 1] : view.starts[begin]]:
            return 0
        first, last = view.sentences[sentence - back]
        if view.folded[first] in _words(pack, "elsewhere"):
            return back
        if view.folded[first] in _words(pack, "turning_heads") and any(
            _turning(pack).find(view.folded, first, min(last, first + _HEAD))
        ):
            return back
    return 0


def is_dated(view: View, pack: Pack, claim: Claim, draft: Draft) -> bool:
    """Tell whether a claim's own sentence says when people were harmed."""
    if claim.when is None or _in_entry(view, claim, claim.when.start_offset):
        return True
    first, last = view.sentences[draft.sentence]
    at = view.word_at(claim.when.start_offset)
    mourned = at > draft.last and not _words(pack, "mourning").isdisjoint(view.folded[first:at])
    return first <= at < last and not mourned  # "prayers for the 14 dead were held on Friday"


def _in_entry(view: View, claim: Claim, at: int) -> bool:
    """Tell whether a place or day stands in the claim's own entry of a list: a line that opens with its day and a colon.

    "1 May: In Nyala a shell hit a clinic. Two nurses were killed."
    """
    opens = view.text.rfind("\n", 0, claim.evidence.start) + 1
    when = claim.when
    if when is None or when.start_offset - opens not in _OPENS or at < opens:
        return False
    return view.text[when.end_offset :].lstrip(" ")[:1] in _SETS_OFF


def is_received(view: View, pack: Pack, draft: Draft) -> bool:
    """Tell whether people are counted where they were received: "the hospital had taken in 16 injured people"."""
    first, last = view.sentences[draft.sentence]
    start, stop = max(first, draft.first - _RECEIVED), min(last, draft.last + 1 + _RECEIVED)
    return any(receiving(pack).find(view.folded, start, stop))


def _is_led(view: View, cues: Cues, begin: int) -> bool:
    """Tell whether a preposition of place leads up to a place: no "United States drone strike" is in that country."""
    k = begin - 1
    while k > 0 and (view.folded[k] in cues.directions or view.folded[k] in cues.definite):
        k -= 1
    return view.folded[k] in cues.locative


def _of_who_speaks(view: View, cues: Cues, claim: Claim, begin: int, end: int) -> bool:
    """Tell whether a place is that of who gives the figure: "Dr Azmi, head of the hospital in X, said", "said Hana, from X"."""
    if claim.origin is None:
        return False
    named, until = view.word_at(claim.origin.start), view.word_at(claim.origin.end - 1)
    if begin < named or view.sentence_at(named) != view.sentence_at(begin):
        return False
    if begin <= until or (named > 0 and view.folded[named - 1] in cues.said):
        return True
    return any(w in cues.said for w in _behind(view, end)) and cues.said.isdisjoint(
        view.folded[until + 1 : begin]
    )


def _behind(view: View, end: int) -> Sequence[str]:
    """Return the word behind a place, and that behind a comma."""
    words = view.folded[end + 1 : end + 3]
    return words if words[:1] == [","] else words[:1]


def _of_house(view: View, cues: Cues, begin: int, end: int) -> bool:
    """Tell whether a place is that of a house where people die of what happened elsewhere: "the hospital in X"."""
    first, last = view.sentences[view.sentence_at(begin)]
    near = (
        *view.folded[max(first, begin - _HOUSE) : begin],
        *view.folded[end + 1 : min(last, end + 1 + _HOUSE)],
    )
    return not cues.houses.isdisjoint(near)


def calling_of(view: View, pack: Pack, claim: Claim, draft: Draft) -> str:
    """Return the calling by which several people are told, if whoever has it is none of another; "" for none."""
    if claim.victims.status != _CIVILIAN or not claim.victims.identities or draft.reference:
        return ""
    noun = view.folded[draft.noun_last]
    several = draft.noun_last > draft.stated.last and (draft.stated.low or 0) > 1
    return noun if several and noun in _words(pack, "callings_apart") else ""
