"""respond: View -> who condemned, denied, blamed, admitted, called for, was concerned about or announced what."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from tollbook.grammar.lexicon import Lexicon, beginnings
from tollbook.grammar.marks import Marks
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Claim
from tollbook.model.telling import Speaker, Statement
from tollbook.model.text import Evidence, Quote
from tollbook.stages._speakers import Group, Speakers, is_pronoun, left, meant, right, speakers_of, subject
from tollbook.world.origins import canonical_origin

_LONGEST_MATTER = 30
_NEEDED = 12  # words on either side of an act in which the word that it needs must stand
_NOBODY = 4  # words between nobody and what he does not do
_NEAR = 200  # claims on each side of a statement that it can be about: a book of reports costs no square of its length
_BACK = 6  # sentences looked back for what a blame or a denial is about
_NOT_BLAMED = ("detained", "displaced")
_LINKED = ("blames", "denies", "admits")


@dataclass(frozen=True, slots=True, eq=False)
class _Words:
    speakers: Speakers
    negations: frozenset[str]
    passives: frozenset[str]
    needs: Mapping[str, frozenset[str]]
    ends: frozenset[str]
    by: frozenset[str]
    nobody: frozenset[str]
    blamed_for: frozenset[str]  # what stands behind a blame without an object
    later: Lexicon[bool]  # "two weeks after": what stands behind is another event


@cache
def _words(pack: Pack) -> _Words:
    speech, fold = pack.parts["voices"].get("speech", {}), pack.fold

    def words(given: Sequence[str]) -> frozenset[str]:
        return frozenset(fold(w) for w in given)

    return _Words(
        speakers_of(pack), words(speech.get("negations", ())), words(speech.get("passives", ())),
        {k: words(v) for k, v in speech.get("needs", {}).items()}, words(speech.get("ends", ())),
        words(speech.get("by", ())), words(speech.get("nobody", ())), words(speech.get("blamed_for", ())),
        Lexicon([(w, True) for w in pack.parts["words"].get("weigh", {}).get("scope_later", ())], fold),
    )  # fmt: skip


def act_marks(pack: Pack) -> Marks:
    """Return what this stage asks of single folded words."""
    return speakers_of(pack).acts.begins


def statements_of(
    view: View, voices: Sequence[Group], pack: Pack, claims: Sequence[Claim]
) -> tuple[Statement, ...]:
    """Find every act of speech with who did it and about what.

    `voices` are the words of those who speak in the text, in its order; a pronoun means one of them. A blame, a denial
    or an admission is linked to the claims it concerns: those in its own matter, else those told right before it.
    """
    words = _words(pack)
    acts = words.speakers.acts
    begins = view.marks(acts.begins, folded=True)
    found: list[Statement] = []
    spoken: list[Group] = list(voices)
    for index in view.sentences_of(beginnings(begins)):
        first, last = view.sentences[index]
        before: Group | None = None
        for hit in acts.find_marked(view.folded, begins, first, last):
            if not _happens(view, words, hit.first, hit.last, first, last):
                continue
            if hit.sense == "blames" and _is_of_those_blamed(view, words, hit.first, hit.last, first, last):
                continue
            who = _doer(view, words, hit.first, hit.last, first, last, before, spoken)
            if who is None or view.folded[who[0]] in words.nobody:
                continue
            before = who
            spoken = sorted({*spoken, who})
            found.append(_statement(view, words, who, (hit.first, hit.last), hit.sense, index, claims))
    return tuple(found)


def _doer(
    view: View,
    words: _Words,
    a: int,
    b: int,
    first: int,
    last: int,
    before: Group | None,
    spoken: Sequence[Group],
) -> Group | None:
    """Return who does an act: the words before it, behind "by", or the doer of the verb that it is joined to."""
    speakers = words.speakers
    if _is_passive(view, words, a, first):
        return right(view, speakers, b + 2, last)
    who = _antecedent(view, speakers, a, first)
    if who is not None:
        return who
    own = left(view, speakers, a, first)
    if own is not None and is_pronoun(view, speakers, own):
        return meant(view, speakers, own[0], spoken)
    if own is not None:
        return own
    here = [g for g in spoken if first <= g[0] and g[1] < a]
    return before or (here[-1] if here else subject(view, speakers, first, a))


def _antecedent(view: View, speakers: Speakers, a: int, first: int) -> Group | None:
    """Return whom "which" right before an act means: "the group, which claimed"; of "police hold two men who claimed" the men."""
    k = a - 1
    if k <= first or view.folded[k] not in speakers.relative or _is_initials(view, k):
        return None
    aside = view.words[k - 1] == ","
    who = left(view, speakers, k - aside, first)
    if who is None or aside:
        return who
    led = (i for i in range(who[1], who[0], -1) if view.folded[i] in speakers.articles | speakers.numerals)
    return next(led, who[0]), who[1]


def _is_initials(view: View, k: int) -> bool:
    """Tell whether a word is in capitals where its sentence is not: "the WHO" is no "who"."""
    return view.words[k].isupper() and not view.upper[view.sentence_at(k)]


def _is_passive(view: View, words: _Words, a: int, first: int) -> bool:
    return a > first and view.folded[a - 1] in words.passives


def _is_of_those_blamed(view: View, words: _Words, a: int, b: int, first: int, last: int) -> bool:
    """Tell whether a blame only says who people are, and has no object: "a man accused of spying", "accused by rebels"."""
    return b + 1 < last and view.folded[b + 1] in words.blamed_for and not _is_passive(view, words, a, first)


def _happens(view: View, words: _Words, a: int, b: int, first: int, last: int) -> bool:
    """Tell whether an act is told as done: not negated, not passive but with "by", with the word it needs beside it."""
    folded = view.folded
    if not words.negations.isdisjoint(folded[max(first, a - 2) : a]):
        return False
    if not words.nobody.isdisjoint(folded[max(first, a - _NOBODY) : a]):  # "no one has claimed"
        return False
    if _is_passive(view, words, a, first) and (b + 1 >= last or folded[b + 1] not in words.by):
        return False
    needed = words.needs.get(folded[b])
    if needed is None or not needed.isdisjoint(folded[b + 1 : min(last, b + _NEEDED)]):
        return True
    closing = b + 1 >= last or not view.words[b + 1][0].isalnum()
    return closing and not needed.isdisjoint(folded[max(first, a - _NEEDED) : a])


def _matter_end(view: View, words: _Words, b: int, last: int) -> int:
    """Return the last word of what an act is about."""
    acts, joins = words.speakers.acts, words.speakers.joins
    stop = b
    while stop + 1 < last and stop - b < _LONGEST_MATTER:
        word = view.folded[stop + 1]
        if word in words.ends and not (word in words.speakers.relative and view.words[stop] != ","):
            break
        if view.words[stop + 1] == "," and not acts.firsts.isdisjoint(view.folded[stop + 2 : stop + 6]):
            break
        if word in joins and view.words[stop] == ",":
            break
        if word in joins and acts.at(view.folded, min(stop + 2, last - 1), last):
            break
        stop += 1
    while stop > b and view.words[stop] in ",;:":
        stop -= 1
    return stop


def _statement(
    view: View, words: _Words, who: Group, act: Group, sense: str, index: int, claims: Sequence[Claim]
) -> Statement:
    first, last = view.sentences[index]
    a, b = act
    if b > a + 1 and view.folded[a + 1] in words.speakers.articles:
        b = a  # "claimed the attack": the attack is what it is about
    stop = _matter_end(view, words, b, last)
    about = None
    if stop > b:
        about = Quote(view.quote(b + 1, stop), view.starts[b + 1], view.ends[stop])
    speaker = view.quote(*who)
    begin = min(view.starts[who[0]] if who[0] >= first else view.starts[a], view.starts[a])
    end = max(view.ends[stop], view.ends[who[1]] if first <= who[1] < last else 0)
    evidence = Evidence(begin, end, view.text[begin:end], view.sentence_span(index))
    at = bisect_left(claims, begin, key=lambda c: c.evidence.start) if len(claims) > _NEAR else 0
    near = claims[max(0, at - _NEAR) : at + _NEAR]
    linked = _concerned(view, words, index, act, about, sense, near) if sense in _LINKED else ()
    name = canonical_origin(_bare(speaker, words.speakers.articles))
    return Statement(
        Speaker(speaker, view.starts[who[0]], view.ends[who[1]], name),
        sense,  # type: ignore[arg-type]  # the pack's keys are the acts
        about,
        linked,
        evidence,
    )


def _bare(words: str, articles: frozenset[str]) -> str:
    head, _, rest = words.partition(" ")
    return rest if rest and head.lower() in articles else words


def _concerned(
    view: View,
    words: _Words,
    index: int,
    act: Group,
    about: Quote | None,
    sense: str,
    claims: Sequence[Claim],
) -> tuple[str, ...]:
    """Return the claims that a statement concerns.

    They are those told in its matter or behind it, before another act; else those of the place that the matter names;
    else those of the sentences right before it that can be of one place.
    """
    first, last = view.sentences[index]
    ahead = [hit.first for hit in words.speakers.acts.find(view.folded, act[1] + 1, last)]
    ahead += [hit.first for hit in words.later.find(view.folded, act[1] + 1, last)]
    stop = view.starts[min(ahead)] if ahead else view.ends[last - 1]
    begin = view.starts[act[0]]
    fitting = [c for c in claims if sense != "blames" or c.harm not in _NOT_BLAMED]
    inside = tuple(c.id for c in fitting if begin <= c.evidence.start < stop)
    if inside:
        return inside
    own = [c for c in fitting if view.starts[first] <= c.evidence.start < begin]
    if own and all(c.scope != "incident" for c in own):
        return tuple(c.id for c in own)  # "earlier this year five were killed in an attack attributed to …"
    start = view.bounds(max(0, index - _BACK))[0]
    told = [c for c in fitting if start <= c.evidence.start < begin and c.scope == "incident"]
    told = [c for c in told if c.harm not in _NOT_BLAMED] or told
    before = [c for c in fitting if c.evidence.start < begin] if told else fitting
    named = [c for c in before if about is not None and _names_place(about.quote, c)]
    if not told and not named:
        return ()
    head = view.starts[first]
    beside = [c for c in told if "\n" not in view.text[c.evidence.end : head]]  # in the same paragraph
    told = beside or told
    place = _inner((named or told)[-1])
    meant = {c.id for c in told if place is None or _inner(c) in (None, place)} | {c.id for c in named}
    return tuple(c.id for c in fitting if c.id in meant)


def _inner(claim: Claim) -> str | None:
    """Return the town or village of a claim; None for one in no gazetteer, which may lie in any."""
    place = claim.where[0] if claim.where else None
    known = place is not None and place.level in ("locality", "point") and place.lat is not None
    return place.name if place is not None and known else None


def _names_place(matter: str, claim: Claim) -> bool:
    inner = claim.where[0] if claim.where else None
    return inner is not None and inner.level in ("locality", "point") and inner.quote in matter
