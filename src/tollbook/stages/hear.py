"""hear: View -> who says so."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import attrgetter

from tollbook.grammar.draft import Draft, without
from tollbook.grammar.lexicon import MAY_BEGIN, Lexicon
from tollbook.grammar.marks import Marks
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Origin
from tollbook.model.place import Place
from tollbook.stages._speakers import (
    Group,
    Speakers,
    fitting_subject,
    is_pronoun,
    left,
    meant,
    right,
    speakers_of,
    subject,
)
from tollbook.world.origins import canonical_origin, is_known_origin
from tollbook.world.parties import parties_lexicon

_QUOTES = frozenset('"“”«»')
_PARTS = frozenset(":)")  # signs beside which a speaker may be named without a verb
_SOURCE = 7  # words of a source in brackets
_LABEL = 6  # words of a speaker before a colon
_CLAUSE = 8  # words from what is claimed to the verb of its clause
_LOOK_BACK, _SMALL = (
    60,
    4,
)  # voices before a short name among which its full one is sought; letters of a small word
_TOWNS = ("locality", "adm1", "adm2")
_FIRST_WORDS = 5  # words at the head of a sentence that can tie it to the one before


@dataclass(slots=True)
class Voice:
    """An attribution: the speaker's words, the verb that tells it, and how deep it is nested."""

    sentence: int
    first: int
    last: int
    trigger: int
    depth: int


@dataclass(frozen=True, slots=True)
class Voices:
    """Every attribution of a text, in its order, and for each sentence the voice it is heard through, if any.

    `breaks` are folded words that part one statement of a sentence from the next, `bodies` those for bodies that speak,
    `generic` those that with an article alone mean the body named last: "the group".
    """

    voices: tuple[Voice, ...]
    carried: dict[int, Voice]
    articles: frozenset[str] = frozenset()
    breaks: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    generic: frozenset[str] = frozenset()


@cache
def _ties(pack: Pack) -> tuple[Lexicon[bool], frozenset[str]]:
    """Return the words that tie a sentence to the one before ("of them"), and those that part two statements."""
    origin = pack.parts["voices"].get("origin", {})
    breaks = frozenset(pack.fold(w) for w in origin.get("breaks", ()))
    return Lexicon([(w, True) for w in origin.get("ties", ())], pack.fold), breaks


_SENTENCE = attrgetter("sentence")
_SIGNS = Marks(lambda word: '"' if word in _QUOTES else word if word in _PARTS else "x")


def voice_marks(pack: Pack) -> tuple[Marks, Marks]:
    """Return what this stage asks of single words: of them as written, and of their folded forms."""
    return _SIGNS, speakers_of(pack).verbs.begins


def find_voices(view: View, pack: Pack) -> Voices:
    """Find who is said to speak in each sentence; an open quotation, "he added" and "of them" carry the voice on."""
    words = speakers_of(pack)
    ties, breaks = _ties(pack)
    found: list[Voice] = []
    carried: dict[int, Voice] = {}
    latest: Voice | None = None
    open_quote = False
    begins = view.marks(words.verbs.begins, folded=True)
    signs = view.marks(_SIGNS)
    quoted, labelled, bracketed = '"' in signs, ":" in signs, ")" in signs
    for index, (first, last) in enumerate(view.sentences):
        speaks = MAY_BEGIN.search(begins, first, last)
        here = _attributions(view, words, begins, index, found) if speaks else []
        if labelled and not here and signs.find(":", first, last) >= 0:
            here = _labels(view, words, index, first, last)
        if bracketed and not here and ")" in signs[last - 2 : last]:
            here = _bracketed(view, pack, words, index, first, last)
        found += here
        marks = signs.count('"', first, last) if quoted else 0
        if here:
            latest = here[0] if len(here) == 1 else max(here, key=lambda v: v.depth)
        elif latest is not None:
            tied = latest.sentence == index - 1 or index - 1 in carried
            if open_quote or (tied and any(ties.find(view.folded, first, min(last, first + _FIRST_WORDS)))):
                carried[index] = latest
        if marks % 2:
            open_quote = not open_quote
    return Voices(tuple(found), carried, words.articles, breaks, words.bodies, words.generic)


@cache
def _counting(pack: Pack) -> frozenset[str]:
    """Return the folded verbs that say of a place only how many it had: recorded."""
    return frozenset(map(pack.fold, pack.parts["voices"].get("origin", {}).get("counting", ())))


def without_towns(view: View, pack: Pack, voices: Voices, places: Sequence[Place]) -> Voices:
    """Leave out towns and provinces that only had so many: "Dara recorded 21 deaths" says where they were, not who says so."""
    counting = _counting(pack)
    towns = {(p.start, p.end) for p in places if p.level in _TOWNS} if voices.voices else set()

    def speaks(voice: Voice) -> bool:
        town = (view.starts[voice.first], view.ends[voice.last]) in towns
        return not town or counting.isdisjoint(view.folded[voice.trigger : voice.trigger + 2])

    if all(map(speaks, voices.voices)):
        return voices
    carried = {index: voice for index, voice in voices.carried.items() if speaks(voice)}
    return replace(voices, voices=tuple(filter(speaks, voices.voices)), carried=carried)


def _labels(view: View, words: Speakers, index: int, first: int, last: int) -> list[Voice]:
    """Find who stands before or behind a colon: "Hospital sources: 5 killed", "12 killed in market blast: police"."""
    end = last - (view.words[last - 1] in ".!")
    first = _past_a_mark(view, first, end)
    colons = [k for k in range(first + 1, end - 1) if view.words[k] == ":"]
    for colon in colons[:1] if len(colons) == 1 else ():
        for a, b in ((first, colon - 1), (colon + 1, end - 1)):
            told = view.folded[a : b + 1]
            if not 0 < len(told) <= _LABEL or any(w[0].isdecimal() for w in told):
                continue
            named = is_known_origin(bare(view.text[view.starts[a] : view.ends[b]], words.articles))
            heads = told[-1] in words.heads and all(w[0].isalpha() for w in told)
            if (heads or named) and any(w.isdecimal() for w in view.words[first:last]):
                return [Voice(index, a, b, colon, 0)]
    return []


def _past_a_mark(view: View, first: int, end: int) -> int:
    """Return the word behind the number or the bullet of an item: "4/ Army spokesman: …"."""
    if first + 2 < end and view.words[first].isdecimal() and view.words[first + 1] in "/.)":
        return first + 2
    return first + (
        first + 1 < end and not view.words[first][0].isalnum() and view.words[first] not in _QUOTES
    )


def _bracketed(view: View, pack: Pack, words: Speakers, index: int, first: int, last: int) -> list[Voice]:
    """Find the source in brackets at the end of a sentence: "226 people killed since 10 May (MSF)".

    One that is no known origin must have a word for who speaks; an abbreviation alone may be a place or a side.
    """
    close = last - 1 - (view.words[last - 1] != ")")
    begin = max(first, close - _SOURCE)
    opened = next((k for k in range(close - 1, begin - 1, -1) if view.words[k] == "("), close)
    inner, told = view.words[opened + 1 : close], view.folded[opened + 1 : close]
    if not inner or any(w[0].isdecimal() for w in inner):
        return []
    whole = " ".join(inner)
    named = any(map(is_known_origin, (whole, *inner))) or not words.heads.isdisjoint(told)
    if not named or any(parties_lexicon(pack.fold).find(view.folded, opened + 1, close)):
        return []
    if "".join(
        w[0] for w in view.words[max(first, opened - 2 * len(whole)) : opened] if w[0].isupper()
    ).endswith(whole):
        return []  # what the words before are called for short
    return [Voice(index, opened + 1, close - 1, opened, 0)]


def unspoken(view: View, drafts: list[Draft], voices: Voices) -> list[Draft]:
    """Leave out people who only speak: "abducting dozens of others, residents said", "among them a girl, the mayor said"."""
    speakers: set[int] = set()
    for voice in voices.voices:
        speakers.update(range(voice.first, voice.last + 1))
    by_start = {v.first: v for v in voices.voices if v.trigger == v.last + 1}

    def speaks(draft: Draft) -> bool:
        if draft.harm_first in speakers:
            return False
        if draft.stated.kind == "some":
            return draft.noun_first in speakers
        told = by_start.get(draft.stated.first)
        listed = draft.harm_last < draft.stated.first and draft.stated.low == 1
        return (
            listed and told is not None and view.words[told.first - 1] == "," and told.last >= draft.noun_last
        )

    return without(drafts, speaks)


def _attributions(
    view: View, words: Speakers, begins: str, index: int, earlier: Sequence[Voice]
) -> list[Voice]:
    found: list[Voice] = []
    own: list[Voice] = []
    first, last = view.sentences[index]
    for hit in words.verbs.find_marked(view.folded, begins, first, last):
        depth = 0
        if hit.sense == "names":
            continue
        if hit.sense == "before":
            group = right(view, words, hit.last + 1, last)
            depth = 2 if view.folded[hit.first] in words.nested else 1
        elif (
            (hit.first > first and view.folded[hit.first - 1] in words.suffering)
            or (view.folded[hit.last] in words.double and not _says(view, words, hit.last + 1, last))
            or (
                view.folded[hit.last] in words.participle.firsts
                and words.participle.at(view.folded, hit.last, last) is not None
            )
        ):
            continue
        else:
            group = _around(view, words, hit.first, hit.last, first, last)
        quoted = group is not None and group[0] == group[1] and view.folded[group[0]] in words.own
        if group is not None and is_pronoun(view, words, group):
            before = [(v.first, v.last) for v in (*earlier, *found)]
            group = (
                _before_a_colon(view, words, group[0], first)
                or meant(view, words, group[0], before)
                or _relative(view, words, group[0], first)
            )
        if group is not None:
            (own if quoted else found).append(Voice(index, *group, hit.first, depth))
    return found or own  # '"We counted 12 bodies," said a resident': the resident


def _says(view: View, words: Speakers, k: int, last: int) -> bool:
    """Tell whether what stands from word k on is said: "claimed that …", "claimed 27 were killed", not "claimed 41 lives"."""
    if k >= last:
        return False
    if view.folded[k] in words.spoken:
        return " ".join(view.folded[k : k + 2]) not in words.unspoken
    behind = view.folded[k : min(k + _CLAUSE, last)]
    verb = next((i for i, word in enumerate(behind) if word in words.clause), None)
    return verb is not None and words.taken.isdisjoint(behind[:verb])


def _before_a_colon(view: View, words: Speakers, pronoun: int, first: int) -> Group | None:
    """Return whom "it" right behind a colon means: "The Network gave a lower figure: it documented 420"."""
    if pronoun - 1 <= first or view.words[pronoun - 1] not in ":;":
        return None
    return fitting_subject(view, words, pronoun, first, pronoun - 1)


def _relative(view: View, words: Speakers, pronoun: int, first: int) -> Group | None:
    """Return whom "who" means: the speaker right before it."""
    if view.folded[pronoun] not in words.relative:
        return None
    k = pronoun - 1
    return left(view, words, k if k > first and view.words[k] == "," else pronoun, first)


def _around(view: View, words: Speakers, verb: int, verb_last: int, first: int, last: int) -> Group | None:
    """Return the speaker before a verb, or behind it where the words end with him: '…," said the minister.'"""
    inverted = verb > first and view.words[verb - 1] in ',"”’»'
    if inverted and view.folded[verb] in words.addressing:  # "the chief told AFP"
        before = left(view, words, verb, first)
        if before is not None:
            return before
    if inverted:
        behind = right(view, words, verb_last + 1, last)
        if behind is not None and not is_pronoun(view, words, behind) and not _acts(view, words, behind):
            if behind[1] + 1 >= last or view.words[behind[1] + 1] in '.,;"“”':
                return behind
    before = left(view, words, verb, first)
    if before is None and verb - 1 > first and view.folded[verb - 1] in words.joins and not inverted:
        return _of_the_sentence(view, words, first, verb - 1)
    return before if before is not None or not inverted else right(view, words, verb_last + 1, last)


def _acts(view: View, words: Speakers, behind: Group) -> bool:
    """Tell whether what follows "said" is a clause of its own: "a chief, Ali Noor, said rebels carried out the attack"."""
    return not words.acting.isdisjoint(view.folded[behind[0] + 1 : behind[1] + 1])


def _of_the_sentence(view: View, words: Speakers, first: int, join: int) -> Group | None:
    """Return who does what is told before "and said": "The governor condemned the attack and said that 20 had died"."""
    if view.upper[view.sentence_at(first)]:
        return None  # in capitals nothing tells where a name ends
    group = subject(view, words, first, join)
    return group if group is not None and group[0] <= first + 1 else None


def origin_for(view: View, voices: Voices, start: int, end: int) -> Origin | None:
    """Return who gave what text[start:end] claims: the innermost voice of its sentence, or one carried into it."""
    if not view.starts:
        return None
    sentence = view.sentence_at(view.word_at(start))
    at = bisect_right(voices.voices, sentence, key=_SENTENCE)
    here: list[Voice] = []
    while at > 0 and voices.voices[at - 1].sentence == sentence:
        at -= 1
        here.append(voices.voices[at])
    if not here:
        voice = voices.carried.get(sentence)
        return None if voice is None else _origin(view, voices, voice)
    beside = [v for v in here if view.ends[v.last] <= start or view.starts[v.first] >= end]
    inside = [v for v in here if start < view.starts[v.first] and view.starts[v.trigger] < end]
    # "948,000 civilians estimated displaced": the people of the figure give none
    here = beside or [v for v in inside if not view.folded[v.first - 1][0].isdecimal()]
    word, stop = view.word_at(start), view.word_at(max(start, end - 1))
    # "17 died, while an account spoke of 12": who begins another statement says nothing of what stands before it
    here = [v for v in here if v.first <= stop or view.folded[v.first - 1] not in voices.breaks]
    voice = max(
        here,
        key=lambda v: (not _parted(view, voices, v.trigger, word, stop), v.depth, -abs(v.trigger - word)),
        default=voices.carried.get(sentence),
    )
    return None if voice is None else _origin(view, voices, voice)


def _origin(view: View, voices: Voices, voice: Voice) -> Origin:
    """Return a voice as who gave a claim, by the name that the text gives in full."""
    a, b = view.starts[voice.first], view.ends[voice.last]
    full = _in_full(view, voices, voice) or voice
    words = view.text[view.starts[full.first] : view.ends[full.last]]
    return Origin(
        view.text[a:b], a, b, canonical_origin(_named_body(bare(words, voices.articles), voices.generic))
    )


def _in_full(view: View, voices: Voices, short: Voice) -> Voice | None:
    """Return the body named in full before that one capital word means: "the Observatory"."""
    word = view.folded[short.last]
    if (
        short.last - short.first == 1
        and word in voices.generic
        and view.folded[short.first] in voices.articles
    ):
        return _last_named(view, voices, short)
    named = short.last - short.first <= 1 and view.words[short.last][0].isupper()
    if (
        not named
        or word not in voices.bodies
        or not voices.articles.issuperset(view.folded[short.first : short.last])
    ):
        return None
    at = bisect_right(voices.voices, short.sentence, key=lambda v: v.sentence)
    for voice in reversed(voices.voices[max(0, at - _LOOK_BACK) : at]):
        longer = voice.last - voice.first > short.last - short.first and voice.first < short.first
        if longer and word in view.folded[voice.first : voice.last + 1] and _is_named(view, voices, voice):
            return voice
    return None


def _last_named(view: View, voices: Voices, short: Voice) -> Voice | None:
    """Return the body that was named last before "the group": not a person."""
    at = bisect_right(voices.voices, short.sentence, key=lambda v: v.sentence)
    for voice in reversed(voices.voices[max(0, at - _LOOK_BACK) : at]):
        bodies = not voices.bodies.isdisjoint(view.folded[voice.first : voice.last + 1])
        if voice.first < short.first and bodies and _is_named(view, voices, voice):
            return voice
    return None


def _is_named(view: View, voices: Voices, voice: Voice) -> bool:
    """Tell whether the words of a speaker are one name: each begins with a capital or is a small word inside."""
    words = view.words[voice.first : voice.last + 1]
    capitals = sum(w[0].isupper() for w in words)
    return capitals >= 2 and all(w[0].isupper() or len(w) < _SMALL for w in words)


def _parted(view: View, voices: Voices, trigger: int, word: int, stop: int) -> bool:
    """Tell whether another statement begins between a verb of speech and a claim."""
    a, b = (trigger, word) if trigger < word else (stop + 1, trigger)
    return not voices.breaks.isdisjoint(view.folded[a:b])


def _named_body(words: str, generic: frozenset[str]) -> str:
    """Return the name of a body that its kind stands before: "human rights group Witness", of the words for a speaker."""
    told = words.split()
    at = next((k for k, word in enumerate(told) if word[0].isupper()), 0)
    if at == 0 or told[at - 1] not in generic or not all(word[0].isupper() for word in told[at:]):
        return words
    return " ".join(told[at:])


def bare(words: str, articles: frozenset[str]) -> str:
    """Return a speaker's words without the article before them."""
    head, _, rest = words.partition(" ")
    return rest if rest and head.lower() in articles else words
