"""name: claims -> the victims whom the text names, each with the words that name them.

Two ways are read: a single person named where the claim counts them ("the nurse Fatima Haddad", "Fatima Haddad, 45"), and
a list brought in by words of the pack behind a claim ("the dead were identified as …"). No other name is a victim's.
"""

from collections.abc import Iterable, Iterator, Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Mention
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.model.claim import Claim
from tollbook.model.person import Named
from tollbook.model.text import Span
from tollbook.stages._person_names import name_at
from tollbook.stages._sentence import Sentence, words_of_pack

_WITHIN = 2  # sentences behind a claim in which its people are named
_LONGEST = 6  # words of a name that stands before its person
_MOST_AGE = 120  # years
_JOINS = frozenset(",;")
_INSIDE = frozenset(")(-–—:")
_BEHIND = frozenset(",;()-–—.!?")  # what may stand behind a name in a list


def names_of(
    view: View, pack: Pack, claims: Sequence[Claim], taken: Iterable[Span] = ()
) -> tuple[Named, ...]:
    """Return the victims named, in the order of the text, nobody twice; `taken` are places and dates, which name no one."""
    closed = {
        i
        for span in taken
        for i in range(view.word_at(span.start), view.word_at(max(span.start, span.end - 1)) + 1)
    }
    found: dict[int, Named] = {}
    for claim in claims:
        for one in (*_single(view, pack, claim, closed), *_listed(view, pack, claim, claims, closed)):
            found.setdefault(one.start, one)
    said: dict[str, Named] = {}
    for one in sorted(found.values(), key=lambda n: n.start):
        key = " ".join(pack.fold(word) for word in one.name.split())
        if not any(key in longer for longer in said):
            said[key] = one
    return tuple(said.values())


def _single(view: View, pack: Pack, claim: Claim, closed: set[int]) -> Iterator[Named]:
    """Yield the name of the one person a claim counts: within its words, right behind them, or before their comma."""
    count = claim.count
    if count.best != 1 or count.high != 1:
        return
    first, last = view.word_at(count.start), view.word_at(max(count.start, count.end - 1))
    if claim.victims.end is not None:
        last = max(last, view.word_at(claim.victims.end - 1))
    here = Sentence(view, pack, words_of_pack(pack), closed, view.sentence_at(first))
    name = next((n for i in range(first, last + 2) if (n := _name(here, i)) is not None), None)
    if name is None and last + 1 < here.end:
        called = here.words.called.at(here.folded, last + 1, here.end)  # "a man named Peter Okello"
        name = None if called is None else _name(here, called.last + 1)
    name = name or _before(here, first)
    if name is not None:
        yield _named(here, name, claim, first, last)


def _before(here: Sentence, first: int) -> Mention | None:
    """Return the name that stands before a person's description: "Fatima Haddad, a 45-year-old nurse"."""
    if first - 1 <= here.first or here.view.words[first - 1] != ",":
        return None
    for i in range(max(here.first, first - 1 - _LONGEST), first - 2):
        name = _name(here, i)
        if name is not None and name.last == first - 2:
            return name
    return None


def _listed(
    view: View, pack: Pack, claim: Claim, claims: Sequence[Claim], closed: set[int]
) -> Iterator[Named]:
    """Yield the names of a list that belongs to a claim: the last claim before it, within two sentences."""
    words, told = words_of_pack(pack), view.sentence_at(view.word_at(claim.evidence.start))
    for index in range(told, min(told + _WITHIN + 1, len(view.sentences))):
        first, end = view.sentences[index]
        hit = next(reversed(list(words.naming.find(view.folded, first, end))), None)
        if hit is None or _owner(view, claims, view.starts[hit.first]) is not claim:
            continue
        here = Sentence(view, pack, words, closed, index)
        names = list(_names_from(here, hit.last + 1))
        most = claim.count.high
        if most is not None and len(names) > most:
            return  # more names than people: they are not all of these
        for name in names:
            yield _named(here, name, claim, name.first, name.last)
        return


def _owner(view: View, claims: Sequence[Claim], offset: int) -> Claim | None:
    """Return the claim whose people a list names: the largest of those told last before it."""
    before = [c for c in claims if c.evidence.start <= offset and c.scope == "incident"]
    if not before:
        return None
    latest = max(view.sentence_at(view.word_at(c.evidence.start)) for c in before)
    near = [c for c in before if view.sentence_at(view.word_at(c.evidence.start)) == latest]
    return max(near, key=lambda c: (c.count.high is None, c.count.high or 0, -c.evidence.start))


def _names_from(here: Sentence, i: int) -> Iterator[Mention]:
    """Yield names from word i on, parted by commas and "and"; a stretch that neither names nor describes ends the list."""
    ands = here.words.ands
    while i < here.end:
        while i < here.end and (here.view.words[i] in _JOINS or here.folded[i] in ands):
            i += 1
        start, name = i, None
        while i < here.end and name is None and _describes(here, i):
            i += 1
            name = _name(here, i)
        name = name or _name(here, i)
        if name is not None:
            after = name.last + 1
            if after < here.end and here.view.words[after] not in _BEHIND and here.folded[after] not in ands:
                return  # "…, John Smith said": a name in a sentence of its own
            yield name
            i = after
        elif i == start:
            return
        else:  # a farmer from Homs
            while i < here.end and here.view.words[i] not in _JOINS and here.folded[i] not in ands:
                i += 1


def _describes(here: Sentence, i: int) -> bool:
    """Tell whether a word begins or goes on with what a list says of a person: a number, a determiner, a noun for people."""
    word, folded = here.view.words[i], here.folded[i]
    known = here.words.people.get(folded) is not None or here.words.determiners.get(folded) is not None
    return known or folded in here.words.his or word[0].isdecimal() or word in _INSIDE


def _name(here: Sentence, i: int) -> Mention | None:
    """Return the name that begins at word i: two words at least, none of a place or a date; no possessive."""
    if i >= here.end or i in here.closed or not here.view.words[i][0].isupper():
        return None
    while i < here.end - 1 and here.folded[i] in here.words.titles:
        i += 1
    if (
        here.words.people.get(here.folded[i]) is not None
        or here.words.lexicon.get(here.folded[i]) is not None
    ):
        return None
    name = name_at(here, i)
    if name is None or name.role != role.NAME or name.first == name.last:
        return None
    return name


def _named(here: Sentence, name: Mention, claim: Claim, first: int, last: int) -> Named:
    """Make a victim of a name; first..last are the words that describe the person, where an age may stand too."""
    view = here.view
    sentence = view.sentence_span(view.sentence_at(name.first))
    age = _age_at(here, name.last + 1)
    if age is None:
        age = next((a for i in range(first, last + 1) if (a := _years_old(here, i)) is not None), None)
    spot = view.starts[name.first], view.ends[name.last]
    return Named(view.quote(name.first, name.last), *spot, claim.id, age, sentence)


def _age_at(here: Sentence, i: int) -> int | None:
    """Return the age that stands behind a name: ", 34," or "(34)"; a number before a noun is none."""
    words = here.view.words
    if i + 1 >= here.end or words[i] not in ",(" or not words[i + 1].isdecimal():
        return None
    if i + 2 < here.end and words[i + 2] not in ",.;)" and here.folded[i + 2] not in here.words.ands:
        return _years_old(here, i + 1)
    return _years(words[i + 1])


def _years_old(here: Sentence, i: int) -> int | None:
    """Return the years of "45-year-old" at word i."""
    word = here.view.words[i]
    if not word[:1].isdecimal():
        return None
    digits = "".join(c for c in word if c.isdecimal())
    if word.isdecimal():
        k = i + 1
        while k < here.end and here.view.words[k] in "-–":
            k += 1
        hit = here.words.ages.at(here.folded, k, here.end) if k < here.end else None
        joined = k < here.end and any(form.startswith(here.folded[k]) for form in here.words.ages.firsts)
        if hit is None and not joined:
            return None
    return _years(digits)


def _years(digits: str) -> int | None:
    years = int(digits) if digits and len(digits) <= 3 else _MOST_AGE + 1
    return years if years <= _MOST_AGE else None
