"""whereabouts: a place -> whether it only says where somebody spoke, went or is from."""

from tollbook.grammar.lexicon import Lexicon
from tollbook.grammar.view import View
from tollbook.model.place import Place
from tollbook.stages._place_cues import Cues

_AGED = 3  # words back from a place, in which an age between commas stands: "Rami, 45, from"
_SAID_IN = 4  # words from a verb of speech to the place where it was said


def only_whereabouts(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a place only says where somebody spoke, went or is from: "he said in X", "flown to X", "Rami, 45, from X"."""
    word = view.word_at(place.start)
    if stands_behind(view, cues.whereabouts, word) or _is_home(view, cues, word):
        return True
    first = view.sentences[view.sentence_at(word)][0]
    k = word - 1
    while k >= first and word - k <= _SAID_IN and view.folded[k] in cues.leading:
        k -= 1
    return k >= first and k < word - 1 and view.folded[k] in cues.said


def _is_home(view: View, cues: Cues, word: int) -> bool:
    """Tell whether a place is where somebody told of by his age is from: "Rami, 45, from X"."""
    if word < _AGED or view.folded[word - 1] not in cues.whence:
        return False
    between = view.words[word - _AGED : word - 1]
    return "," in between and any(w.isdecimal() for w in between)


def stands_behind(view: View, cues: Lexicon[bool], word: int) -> bool:
    """Tell whether one of some cues ends right before a word."""
    ends = word > 0 and view.folded[word - 1] in cues.lasts
    for k in range(max(0, word - 4), word - 1) if ends else ():
        hit = cues.at(view.folded, k, word) if view.folded[k] in cues.firsts else None
        if hit is not None and hit.last == word - 1:
            return True
    return False
