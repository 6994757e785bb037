"""hear: View -> who says so, and who said what about it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from tollbook.grammar.lexicon import Lexicon, entries_of
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Origin
from tollbook.model.telling import Speaker, Statement
from tollbook.model.text import Evidence, Quote
from tollbook.world.origins import canonical_origin

_LONGEST = 16  # words of a speaker with his office
_LONGEST_MATTER = 30
_QUOTES = frozenset('"“”«»')


class _Words(NamedTuple):
    verbs: Lexicon[str]
    acts: Lexicon[str]
    nested: frozenset[str]
    passive: frozenset[str]
    pronouns: frozenset[str]
    stops: frozenset[str]
    inside: frozenset[str]
    heads: frozenset[str]
    negations: frozenset[str]
    passives: frozenset[str]
    needs: dict[str, frozenset[str]]
    ends: frozenset[str]
    firsts: frozenset[str]
    adverbs: frozenset[str]
    articles: frozenset[str]
    joins: frozenset[str]


@cache
def _words(pack: Pack) -> _Words:
    table, fold = pack.parts["voices"], pack.fold
    origin, speech = table.get("origin", {}), table.get("speech", {})

    def words(given: Sequence[str]) -> frozenset[str]:
        return frozenset(fold(w) for w in given)

    verbs = Lexicon(
        [(w, "before") for w in origin.get("before", ())] + [(w, "verb") for w in origin.get("verbs", ())],
        fold,
    )
    acts = Lexicon(entries_of(table.get("acts", {})), fold)
    return _Words(
        verbs, acts, words(origin.get("nested", ())), words(origin.get("passive", ())),
        words(origin.get("pronouns", ())), words(origin.get("stops", ())), words(origin.get("inside", ())),
        words(origin.get("heads", ())), words(speech.get("negations", ())), words(speech.get("passives", ())),
        {k: words(v) for k, v in speech.get("needs", {}).items()}, words(speech.get("ends", ())),
        verbs.firsts | acts.firsts, words(origin.get("adverbs", ())), words(origin.get("articles", ())),
        words(origin.get("joins", ())),
    )  # fmt: skip


class Voice(NamedTuple):
    """An attribution: the speaker's words (None for one named before), and how deep it is nested."""

    sentence: int
    first: int
    last: int
    trigger: int
    depth: int


@dataclass(frozen=True, slots=True)
class Voices:
    """Every attribution of a text, in its order, and for each sentence the voice it is heard through, if any."""

    voices: tuple[Voice, ...]
    carried: dict[int, Voice]
    articles: frozenset[str] = frozenset()


def find_voices(view: View, pack: Pack) -> Voices:
    """Find who is said to speak in each sentence; an open quotation and "he added" carry the voice on."""
    words = _words(pack)
    found: list[Voice] = []
    carried: dict[int, Voice] = {}
    latest: Voice | None = None
    open_quote = False
    for index, (first, last) in enumerate(view.sentences):
        folded = view.folded[first:last]
        here = (
            []
            if words.verbs.firsts.isdisjoint(folded)
            else _attributions(view, words, index, first, last, latest)
        )
        found += here
        marks = sum(w in _QUOTES for w in view.words[first:last])
        if here:
            latest = max(here, key=lambda v: v.depth)
        elif latest is not None and open_quote:
            carried[index] = latest
        if marks % 2:
            open_quote = not open_quote
    return Voices(tuple(found), carried, words.articles)


def _attributions(
    view: View, words: _Words, index: int, first: int, last: int, latest: Voice | None
) -> list[Voice]:
    found = []
    for hit in words.verbs.find(view.folded, first, last):
        if hit.sense == "before":
            group = _right(view, words, hit.last + 1, last)
            depth = 2 if view.folded[hit.first] in words.nested else 1
        else:
            if hit.first > first and view.folded[hit.first - 1] in words.passive - words.pronouns:
                continue
            group, depth = _left(view, words, hit.first, first), 0
            if group is None:
                group = _right(view, words, hit.last + 1, last) if _inverted(view, hit.first, first) else None
        if group is None:
            continue
        a, b = group
        if a == b and view.folded[a] in words.pronouns:
            if latest is not None:
                found.append(Voice(index, latest.first, latest.last, hit.first, depth))
            continue
        found.append(Voice(index, a, b, hit.first, depth))
    return found


def _inverted(view: View, verb: int, first: int) -> bool:
    """Tell whether the speaker may stand behind the verb: '…," said the minister'."""
    return verb > first and view.words[verb - 1] in ',"”’»'


def _left(view: View, words: _Words, verb: int, first: int) -> tuple[int, int] | None:
    """Return the speaker before a verb; over an apposition between commas to the name before it."""
    last = verb - 1
    while last >= first and view.folded[last] in words.adverbs:
        last -= 1
    if last < first or view.folded[last] in words.joins:
        return None
    if view.words[last] == ",":
        k = last - 1
        while k > first and view.words[k] not in ",;:" and last - k < _LONGEST:
            k -= 1
        if view.words[k] != "," or k <= first:
            return None
        last = k - 1
    a = last
    while a - 1 >= first and last - a < _LONGEST and _belongs(view, words, a - 1):
        a -= 1
    while a < last and view.folded[a] in words.inside and view.folded[a] not in words.articles:
        a += 1
    return (a, last) if _speaks(view, words, a, last) else None


def _right(view: View, words: _Words, i: int, last: int) -> tuple[int, int] | None:
    """Return the speaker that begins at word i."""
    b = i - 1
    while (
        b + 1 < last
        and b + 1 - i < _LONGEST
        and (_belongs(view, words, b + 1) or (b + 1 == i and view.folded[i] in words.inside))
    ):
        b += 1
    while b > i and view.folded[b] in words.inside:
        b -= 1
    return (i, b) if b >= i and _speaks(view, words, i, b) else None


def _belongs(view: View, words: _Words, i: int) -> bool:
    """Tell whether a word may be part of a speaker's name or office."""
    word = view.folded[i]
    if word in words.inside:
        return True
    return (
        word not in words.stops
        and (view.words[i][0].isalpha() or view.words[i] == ".")
        and not word[0].isdecimal()
    )


def _speaks(view: View, words: _Words, a: int, b: int) -> bool:
    """Tell whether a group is somebody who can speak: a head of the pack, a pronoun, or a name."""
    group = view.folded[a : b + 1]
    if a == b and group[0] in words.pronouns:
        return True
    if not words.heads.isdisjoint(group):
        return True
    return any(w[0].isupper() for w in view.words[a : b + 1]) and group[0] not in words.stops


def origin_for(view: View, voices: Voices, start: int, end: int) -> Origin | None:
    """Return who gave what text[start:end] claims: the innermost voice of its sentence, or one carried into it."""
    if not view.starts:
        return None
    sentence = view.sentence_at(view.word_at(start))
    at = bisect_right(voices.voices, sentence, key=lambda v: v.sentence)
    here: list[Voice] = []
    while at > 0 and voices.voices[at - 1].sentence == sentence:
        at -= 1
        here.append(voices.voices[at])
    here = [v for v in here if view.ends[v.last] <= start or view.starts[v.first] >= end]
    voice = max(
        here,
        key=lambda v: (v.depth, -abs(view.starts[v.trigger] - start)),
        default=voices.carried.get(sentence),
    )
    if voice is None:
        return None
    a, b = view.starts[voice.first], view.ends[voice.last]
    return Origin(view.text[a:b], a, b, canonical_origin(_bare(view.text[a:b], voices.articles)))


def _bare(words: str, articles: frozenset[str]) -> str:
    head, _, rest = words.partition(" ")
    return rest if rest and head.lower() in articles else words


# ---------------------------------------------------------------- statements


def statements_of(
    view: View, voices: Voices, pack: Pack, claims: Sequence[tuple[str, int, int]]
) -> tuple[Statement, ...]:
    """Find who condemned, denied, blamed, admitted, called for, was concerned or announced what.

    `claims` are (id, start, end) of the claims' evidence; a blame or a denial is linked to those it concerns: in its
    own sentence, else in the two before it.
    """
    words = _words(pack)
    found: list[Statement] = []
    for index, (first, last) in enumerate(view.sentences):
        if words.acts.firsts.isdisjoint(view.folded[first:last]):
            continue
        subject: tuple[int, int] | None = None
        for hit in words.acts.find(view.folded, first, last):
            if not _happens(view, words, hit.first, hit.last, first, last):
                continue
            own = _left(view, words, hit.first, first)
            if own is not None and own[0] == own[1] and view.folded[own[0]] in words.pronouns:
                earlier = [v for v in voices.voices if v.sentence < index]
                own = (earlier[-1].first, earlier[-1].last) if earlier else subject
            subject = own or subject
            if subject is None:
                continue
            found.append(_statement(view, words, subject, hit.first, hit.last, hit.sense, index, claims))
    return tuple(found)


def _happens(view: View, words: _Words, a: int, b: int, first: int, last: int) -> bool:
    """Tell whether an act is told as done: not negated, not passive, and with the word it needs behind it."""
    before = view.folded[max(first, a - 2) : a]
    if not words.negations.isdisjoint(before) or (before and before[-1] in words.passives):
        return False
    needed = words.needs.get(view.folded[b])
    return needed is None or not needed.isdisjoint(view.folded[b + 1 : min(last, b + 12)])


def _statement(
    view: View, words: _Words, subject: tuple[int, int], a: int, b: int, act: str, index: int,
    claims: Sequence[tuple[str, int, int]],
) -> Statement:  # fmt: skip
    first, last = view.sentences[index]
    stop = b
    while stop + 1 < last and stop - b < _LONGEST_MATTER and view.folded[stop + 1] not in words.ends:
        if view.words[stop + 1] == "," and not words.acts.firsts.isdisjoint(view.folded[stop + 2 : stop + 6]):
            break
        if view.folded[stop + 1] in words.joins and words.acts.at(view.folded, min(stop + 2, last - 1), last):
            break
        stop += 1
    while stop > b and view.words[stop] in ",;:":
        stop -= 1
    about = None
    if stop > b:
        about = Quote(view.quote(b + 1, stop), view.starts[b + 1], view.ends[stop])
    speaker = view.quote(*subject)
    begin = min(view.starts[subject[0]] if subject[0] >= first else view.starts[a], view.starts[a])
    evidence = Evidence(begin, view.ends[stop], view.text[begin : view.ends[stop]], view.sentence_span(index))
    linked = _concerned(view, index, claims) if act in ("blames", "denies", "admits") else ()
    return Statement(
        Speaker(
            speaker,
            view.starts[subject[0]],
            view.ends[subject[1]],
            canonical_origin(_bare(speaker, words.articles)),
        ),
        act,  # type: ignore[arg-type]  # the pack's keys are the acts
        about,
        linked,
        evidence,
    )


def _concerned(view: View, index: int, claims: Sequence[tuple[str, int, int]]) -> tuple[str, ...]:
    """Return the claims of the same sentence, else of the nearest of the two before it that has any."""
    for back in range(3):
        if index - back < 0:
            break
        span = view.sentence_span(index - back)
        here = tuple(id_ for id_, start, _ in claims if span.start <= start < span.end)
        if here:
            return here
    return ()
