"""proper_places: names -> those that are meant as places, not what only describes, names a body or is taken for a person."""

from collections.abc import Sequence

from tollbook.grammar.draft import Draft, without
from tollbook.grammar.view import View
from tollbook.model.place import Place
from tollbook.stages._place_cues import Cues

_WIDE = ("adm1", "adm2", "region", "country")
_SHORT = 4  # letters of a country's abbreviation
_BODY = 3  # words from the name of a place to the word for the body that bears it


def persons_only(view: View, drafts: Sequence[Draft], places: Sequence[Place]) -> list[Draft]:
    """Leave out names of divisions taken for persons: "in Recanto das Emas, Distrito Federal, a woman was shot dead"."""
    if not any(map(_may_be_name, drafts)):  # most
        return list(drafts)
    named = {(p.start, p.end) for p in places if p.lat is not None and p.level in _WIDE}

    def is_place(draft: Draft) -> bool:
        return _may_be_name(draft) and (view.starts[draft.noun_first], view.ends[draft.noun_last]) in named

    return without(drafts, is_place) if named else list(drafts)


def _may_be_name(draft: Draft) -> bool:
    """Tell whether the words that count people are those that say who they are, and several: as of a person's name."""
    return draft.stated.first == draft.noun_first < draft.noun_last


def named_places(view: View, cues: Cues, places: Sequence[Place]) -> list[Place]:
    """Return the places that are named, not those a word such as "Syrian" or "Moscow-backed" points to."""
    return [p for p in places if _is_named(view, cues, p)]


def _is_named(view: View, cues: Cues, place: Place) -> bool:
    k = view.word_at(place.end)
    if (
        _is_adjective(view, place, k)
        or _is_of_body(view, cues, place, k)
        or (place.level != "country" and _is_of_fighters(view, cues, place, k))
        or (place.level == "locality" and _states(view, cues, place, k))
        or (place.level == "country" and does_something(view, cues, place))
    ):
        return False
    return place.level != "country" or not (is_demonym(view, cues, place) or _is_whose(view, cues, place, k))


def _is_adjective(view: View, place: Place, k: int) -> bool:
    """Tell whether a place only describes what follows, from word k on: "Moscow-installed", "US troops"."""
    if k + 1 >= len(view.words) or view.starts[k] - place.end > 1:
        return False
    joined = view.words[k] in "-–" and view.starts[k] == place.end
    if joined and view.words[k + 1].islower() and len(view.words[k + 1]) > 1:  # not Nawa-i-Barakzayi
        return True
    short = place.level == "country" and place.quote.replace(".", "").isupper() and len(place.quote) <= _SHORT
    return short and view.words[k][0].islower() and not view.upper[view.sentence_at(k)]


def does_something(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a country only stands for its government: "since Russia launched its offensive"."""
    if place.level != "country":
        return False
    k = view.word_at(place.end)
    if k >= len(view.words) or view.folded[k] not in cues.doing:
        return False
    first = view.word_at(place.start)
    return first == 0 or view.folded[first - 1] not in cues.locative


def _states(view: View, cues: Cues, place: Place, k: int) -> bool:
    """Tell whether a town that opens its sentence only stands for its government: "Delhi has repeatedly denied"."""
    first, last = view.sentences[view.sentence_at(k - 1)]
    if view.word_at(place.start) != first:  # most
        return False
    while k < last and view.folded[k] in cues.stating_behind:
        k += 1
    return k < last and view.folded[k] in cues.stating


def _is_of_fighters(view: View, cues: Cues, place: Place, k: int) -> bool:
    """Tell whether a town before word k only is what fighters are called after: "54 Fano fighters"."""
    if place.level not in ("locality", "point") or k >= len(view.words) or view.starts[k] != place.end + 1:
        return False
    return view.folded[k] in cues.fighters and view.words[k].islower()


def _is_of_body(view: View, cues: Cues, place: Place, k: int) -> bool:
    """Tell whether a place, before word k, only stands in a body's name: "a Kosovo Liberation Army commander"."""
    end = place.end
    if k >= len(view.words) or view.starts[k] - end != 1:  # most
        return False
    for n in range(k, min(k + _BODY, len(view.words))):
        if view.starts[n] - end != 1 or not view.words[n][0].isupper() or view.words[n].isupper():
            return False
        if view.folded[n] in cues.organisations and view.folded[n] not in cues.buildings:
            return True
        end = view.ends[n]
    return False


def _is_whose(view: View, cues: Cues, place: Place, k: int) -> bool:
    """Tell whether a country before word k only says whose somebody is: "four United States citizens", "… from the US"."""
    first = view.word_at(place.start)
    if k < len(view.words) and view.folded[k] in cues.theirs and view.starts[k] == place.end + 1:
        return True
    article = first > 0 and view.folded[first - 1] in cues.definite
    return first > article and view.folded[first - 1 - article] in cues.whence


def is_abroad(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a land is only pointed to by what is seldom in it: "three Chinese engineers", "an Israeli airstrike"."""
    k = view.word_at(place.end)
    abroad = k < len(view.words) and view.folded[k] in cues.abroad and not view.words[k][0].isupper()
    return abroad and is_demonym(view, cues, place)


def is_demonym(view: View, cues: Cues, place: Place) -> bool:
    """Tell whether a country is only pointed to by a word for what is of it."""
    word = view.word_at(place.start)
    return view.folded[word] in cues.demonyms.firsts and cues.demonyms.at(view.folded, word) is not None
