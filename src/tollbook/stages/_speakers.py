"""_speakers: words around a verb of speech -> the words for who speaks.

A speaker is a group of words with a head that can speak (an official, the ministry), or a name; a name between commas
behind a head belongs to it ("a doctor, Ana Ruiz, said"), a description between commas does not end it ("Ana Ruiz, 41, said").
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from tollbook.grammar.lexicon import Lexicon, entries_of
from tollbook.grammar.people import People
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack, common_words
from tollbook.lang.tables import people_of

_LONGEST = 16  # words of a speaker with his office
_LONGEST_ASIDE = 20  # words between two commas
_ABBREVIATED = 6  # words of an abbreviation in brackets
_SAID_IT = 2  # words from a speaker to the pronoun behind his verb that means himself
_KEPT = 4  # words before a group in which another can be told to be run by it
_DAYS = "weekday", "part"  # the words of a pack for days and hours
_SENT = frozenset("(-–—")  # behind the place that a report was sent from
_MOST_PLAIN = 4  # words of no known kind that a speaker's description may hold

Group = tuple[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Speakers:
    """A pack's words of speech, compiled once."""

    verbs: Lexicon[str]
    acts: Lexicon[str]
    nested: frozenset[str]
    suffering: frozenset[str]  # before a verb: somebody is told, and does not tell; no pronoun
    pronouns: frozenset[str]
    persons: frozenset[str]  # pronouns for a person
    several: frozenset[str]  # pronouns for several persons, or a body
    own: frozenset[str]  # pronouns for who speaks in quotes: we
    relative: frozenset[str]
    stops: frozenset[str]
    inside: frozenset[str]
    small: frozenset[str]  # what stands inside, but no article
    unjoining: frozenset[str]  # and what joins no two names
    opening: frozenset[str]  # and any article
    heads: frozenset[str]
    bodies: frozenset[str]
    generic: frozenset[str]
    predicates: frozenset[str]
    numerals: frozenset[str]
    adverbs: frozenset[str]
    articles: frozenset[str]
    joins: frozenset[str]
    people: People
    toward: frozenset[str]
    double: frozenset[str]
    spoken: frozenset[str]
    unspoken: frozenset[str]
    clause: frozenset[str]  # verbs of a clause that is said: were
    taken: frozenset[str]  # what is claimed and not said: lives
    participle: Lexicon[bool]  # "12 farmers reported missing"
    abbreviations: frozenset[str]
    common: frozenset[str]
    days: frozenset[str]  # weekdays and hours: "police on Friday said", "by evening the police said"
    asides: Lexicon[bool]  # "who asked not to be named"
    aside_ends: frozenset[str]
    kept_by: Lexicon[bool]
    addressing: frozenset[str]  # before whom somebody speaks to: told
    acting: frozenset[str]  # verbs of a clause that is said: stormed


@cache
def speakers_of(pack: Pack) -> Speakers:
    """Compile a pack's words of speech."""
    table, fold = pack.parts["voices"], pack.fold
    origin = table.get("origin", {})

    def words(key: str) -> frozenset[str]:
        return frozenset(fold(w) for w in origin.get(key, ()))

    numerals = frozenset(fold(w) for w, n in pack.parts["numbers"].get("values", {}).items() if n > 1)
    verbs = [(w, key) for key in ("before", "verbs", "names") for w in origin.get(key, ())]
    return Speakers(
        Lexicon(verbs, fold), Lexicon(entries_of(table.get("acts", {})), fold), words("nested"),
        words("passive") - words("pronouns"), words("pronouns"), words("persons"), words("several"),
        words("own"), words("relative"), words("stops"), words("inside"),
        words("inside") - words("articles"), words("inside") - words("joins"), words("inside") | words("articles"),
        words("heads"), words("bodies"), words("generic"),
        words("predicates"), numerals, words("adverbs"),
        words("articles"), words("joins"), people_of(pack),
        words("toward"), words("double"), words("spoken"), words("unspoken"), words("clause"),
        words("taken"), Lexicon([(w, True) for w in origin.get("participle", ())], fold), pack.abbreviations,
        common_words(pack),
        frozenset(fold(w) for k in _DAYS for w in pack.parts["time"].get("words", {}).get(k, ())),
        Lexicon([(w, True) for w in origin.get("asides", ())], fold),
        frozenset(fold(w) for form in origin.get("asides", ()) for w in form.split()[-1].split("|")),
        Lexicon([(w, True) for w in origin.get("kept_by", ())], fold),
        words("addressing"), words("acting"),
    )  # fmt: skip


def left(view: View, words: Speakers, verb: int, first: int) -> Group | None:
    """Return the speaker before a verb, a name or a description between commas included or passed over."""
    last = _before_aside(view, words, verb - 1, first)
    while last >= first and view.folded[last] in words.adverbs:
        last -= 1
    if last - 1 > first and view.folded[last] in words.days and view.folded[last - 1] in words.inside:
        last -= 2  # "police on Friday said"
    if last >= first and view.words[last] == ")":  # "the Office for X (OX) said"
        last = (
            next((k for k in range(last, max(first, last - _ABBREVIATED), -1) if view.words[k] == "("), last)
            - 1
        )
    if last < first or view.folded[last] in words.joins:
        return None
    if view.words[last] != ",":
        return _keeper(view, words, _group_to(view, words, last, first), first)
    comma = _comma_before(view, last, first)
    if comma is None:
        return None
    opening = comma + 1 + (view.folded[comma + 1] in words.joins)  # "the Group for …, or JNIM, said"
    if _is_name(view, words, opening, last - 1):
        head = _group_to(view, words, comma - 1, first)
        return (head[0] if head is not None else comma + 1, last - 1)
    group = _group_to(view, words, comma - 1, first)
    if group is not None and comma - 1 > first:
        outer = _comma_before(view, comma, first)  # "A doctor, Ana Ruiz, 41, said"
        if outer is not None and group[0] == outer + 1 and _is_name(view, words, outer + 1, comma - 1):
            head = _group_to(view, words, outer - 1, first)
            return (head[0], group[1]) if head is not None else group
    return group


def _keeper(view: View, words: Speakers, group: Group | None, first: int) -> Group | None:
    """Return the body that a group only runs: "the emergency room run by volunteers said"; else the group itself."""
    for k in range(group[0] - 2, max(first, group[0] - _KEPT) - 1, -1) if group is not None else ():
        hit = words.kept_by.at(view.folded, k, group[0] if group is not None else k)
        if hit is not None and group is not None and hit.last == group[0] - 1 and k > first:
            return _group_to(view, words, k - 1, first) or group
    return group


def _before_aside(view: View, words: Speakers, last: int, first: int) -> int:
    """Return the word before what only says that a speaker is not named: "an official, who asked not to be named, said"."""
    end = last - (last > first and view.words[last] == ",")
    if view.folded[end] not in words.aside_ends:
        return last
    for k in range(max(first, end - _LONGEST), end):
        hit = words.asides.at(view.folded, k, end + 1)
        if hit is not None and hit.last == end:
            return k - 1 - (k - 1 > first and view.words[k - 1] == ",")
    return last


def right(view: View, words: Speakers, i: int, last: int) -> Group | None:
    """Return the speaker that begins at word i, with a name behind a comma that says who it is."""
    if i >= last or view.folded[i] in words.small:
        return None
    b = i - 1
    while (
        b + 1 < last
        and b + 1 - i < _LONGEST
        and (_belongs(view, words, b + 1) or (b + 1 == i and view.folded[i] in words.articles))
    ):
        b += 1
    while b > i and view.folded[b] in words.inside:
        b -= 1
    if b < i or not speaks(view, words, i, b) or not words.numerals.isdisjoint(view.folded[i + 1 : b + 1]):
        return None  # nor "rescuers saved six people"
    return i, _named_end(view, words, b, last)


def _named_end(view: View, words: Speakers, b: int, last: int) -> int:
    """Return the end of a speaker whose name follows behind a comma: "its director, Omar Said", else b."""
    if b + 2 >= last or view.words[b + 1] != "," or view.words[b][0].isupper():
        return b
    begin = b + 2 + (view.folded[b + 2] in words.joins)  # "The Group for …, or JNIM,"
    end = begin
    while (
        end + 1 < last
        and end - b < 8
        and (view.words[end + 1][0].isupper() or view.folded[end + 1] in words.unjoining)
    ):
        end += 1
    while end > begin and view.folded[end] in words.inside:
        end -= 1
    closed = end + 1 >= last or view.words[end + 1] in ',."”'
    return end if closed and end - b > 2 and _is_name(view, words, begin, end) else b


def subject(view: View, words: Speakers, first: int, before: int) -> Group | None:
    """Return the first speaker of a sentence before a word: whose doing a verb behind "and" is."""
    i = first
    while i < before and view.folded[i] not in words.predicates:
        word = view.folded[i]
        if word in words.small or not view.words[i][0].isalpha():
            i += 1
            continue
        group = _head_from(view, words, i, before)
        if group is not None and not _is_led_to(view, words, i, first):
            return group
        i = i + 1 if group is None else group[1] + 1  # "of those killed at the hands of the army": no subject
        if i - first > _LONGEST:
            return None
    return None


def _is_led_to(view: View, words: Speakers, i: int, first: int) -> bool:
    """Tell whether a small word leads to word i, an article between passed over: "at the hands"."""
    k = i - 1
    while k >= first and view.folded[k] in words.articles:
        k -= 1
    if (
        k < first or view.upper[view.sentence_at(first)]
    ):  # in capitals nothing tells where the next name begins
        return False
    return view.words[k][0].isalpha() and view.folded[k] in words.unjoining


def _head_from(view: View, words: Speakers, i: int, before: int) -> Group | None:
    """Return the speaker that begins at word i, cut behind its head and what belongs to it."""
    head = -1
    k = i
    while k < before and k - i < _LONGEST and _belongs(view, words, k):
        known = view.folded[k] in words.heads or words.people.get(view.folded[k]) is not None
        named = view.words[k][0].isupper() and k > i and head == k - 1
        linked = view.folded[k] in words.inside and head >= 0
        if known or named or (head >= 0 and view.words[k][0].isupper()):
            head = k
        elif head >= 0 and not linked:
            break
        k += 1
    if head < 0 and view.words[i][0].isupper() and view.folded[i] not in words.stops:
        if view.words[i].isupper() and i + 1 < before and view.words[i + 1] in _SENT:
            return None  # "MAIDUGURI (Agency) - …"
        head = i
        while head + 1 < before and view.words[head + 1][0].isupper():
            head += 1
        if head == i and (view.folded[i] in words.opening or view.folded[i] in words.common):
            return None
    if head < 0 or not speaks(view, words, i, head):
        return None
    return i, _named_end(view, words, head, before)


def _comma_before(view: View, last: int, first: int) -> int | None:
    """Return the comma that opens what the comma at `last` closes; None where a sentence part ends before it."""
    for k in range(last - 1, max(first, last - _LONGEST_ASIDE) - 1, -1):
        if view.words[k] == ",":
            return k if k > first else None
        if view.words[k] in ';:"“”':
            return None
    return None


def _is_name(view: View, words: Speakers, a: int, b: int) -> bool:
    """Tell whether words a..b are the name of a person or a body, with title and particles."""
    if b < a or b - a > 9 or not view.words[a][0].isalpha():
        return False
    small = [k for k in range(a, b + 1) if not view.words[k][0].isupper() and view.words[k] not in ".-'’"]
    if any(view.folded[k] not in words.inside and view.folded[k] not in words.heads for k in small):
        return False
    return not view.words[b][0].islower() and len(small) <= (b - a + 1) // 2


def _group_to(view: View, words: Speakers, last: int, first: int) -> Group | None:
    a = last + 1
    plain = 0
    while a - 1 >= first and last - a < _LONGEST:
        if not _belongs(view, words, a - 1) and not _is_with(view, words, a - 1, first):
            break
        word = view.words[a - 1]
        if word[0].islower() and view.folded[a - 1] not in words.inside:
            known = view.folded[a - 1] in words.heads or words.people.get(view.folded[a - 1]) is not None
            plain += not known
            if plain > _MOST_PLAIN:
                return None
        a -= 1
    while a < last and view.folded[a] in words.inside and view.folded[a] not in words.articles:
        a += 1
    joined = not words.joins.isdisjoint(view.folded[a : last + 1])
    while joined and a - 2 >= first and view.words[a - 1] == "," and _is_listed(view, words, a):
        a -= 2  # "Germany, Russia and Sweden"
    return (a, last) if a <= last and speaks(view, words, a, last) else None


def _is_listed(view: View, words: Speakers, a: int) -> bool:
    """Tell whether the word before a comma is one more of several names: not "in Burkina Faso, residents and police said"."""
    before = view.words[a - 2]
    return before[0].isupper() and view.words[a][0].isupper() and view.folded[a - 2] not in words.stops


def _is_with(view: View, words: Speakers, i: int, first: int) -> bool:
    """Tell whether word i leads from an office to whom it is with: "envoy to the United Nations"."""
    office = words.people.get(view.folded[i - 1]) if i > first else None
    return view.folded[i] in words.toward and office is not None and office.number == "one"


def _belongs(view: View, words: Speakers, i: int) -> bool:
    """Tell whether a word may be part of a speaker's name or office."""
    word = view.folded[i]
    if word in words.inside or (word == "." and i > 0 and view.folded[i - 1] in words.abbreviations):
        return True
    if word in words.stops and not (view.words[i][0].isupper() and word in words.adverbs):
        return False
    if word in words.days and i + 1 < len(view.folded) and view.folded[i + 1] in words.articles:
        return False
    return (view.words[i][0].isalpha() or view.words[i] == ".") and not word[0].isdecimal()


def speaks(view: View, words: Speakers, a: int, b: int) -> bool:
    """Tell whether a group is somebody who can speak: a head of the pack, a person, a pronoun, or a name."""
    group = view.folded[a : b + 1]
    if a == b and group[0] in words.pronouns:
        return True
    if not words.heads.isdisjoint(group) or any(map(words.people.get, group)):
        return True
    if group[0] in words.articles:
        a += 1  # "The latest report includes": a capital that tells of no name
    return any(w[0].isupper() for w in view.words[a : b + 1]) and group[0] not in words.stops


def is_pronoun(view: View, words: Speakers, group: Group) -> bool:
    """Tell whether a speaker is only pointed to: he, they, who."""
    return group[0] == group[1] and view.folded[group[0]] in words.pronouns


def meant(view: View, words: Speakers, pronoun: int, earlier: Sequence[Group]) -> Group | None:
    """Return whom a pronoun means: a person for "he", a body for "it"; those who spoke last, else who did something."""
    word = view.folded[pronoun]
    if word in words.relative:
        return None
    person = word in words.persons
    index = view.sentence_at(pronoun)
    before = view.sentences[index - 1] if index else (0, 0)
    near = [g for g in reversed(earlier[-6:]) if g[1] < pronoun]
    if near and pronoun - near[0][1] == _SAID_IT:
        return near[0]  # "the Clinic Network said it had counted 70"
    fitting = [g for g in near if word in words.several or person == _is_person(view, words, g)]
    if person and near and near[0] not in fitting and _is_surname(view, words, near[0]):
        fitting.insert(0, near[0])
    if fitting and fitting[0][1] >= before[0]:
        return fitting[0]
    doer = fitting_subject(view, words, pronoun, *before) if index else None
    if doer is not None:
        return doer
    if fitting:
        return fitting[0]
    return near[0] if near and not person else None


def _is_surname(view: View, words: Speakers, group: Group) -> bool:
    """Tell whether a speaker is one capital word, no body's: "Silva said … he added"."""
    word = view.words[group[0]]
    return group[0] == group[1] and word.istitle() and view.folded[group[0]] not in words.bodies


def fitting_subject(view: View, words: Speakers, pronoun: int, first: int, before: int) -> Group | None:
    """Return the first speaker of words first..before if a pronoun can mean it: a person for "he", a body for "it"."""
    doer = subject(view, words, first, before)
    if doer is None or is_pronoun(view, words, doer):
        return None
    counted = [*view.folded[max(first, doer[0] - 1) : doer[0] + 1]]
    if view.folded[pronoun] in words.persons and any(
        w in words.numerals or w[0].isdecimal() for w in counted
    ):
        return None  # "three women", for "he"
    return doer if (view.folded[pronoun] in words.persons) == _is_person(view, words, doer) else None


def _is_person(view: View, words: Speakers, group: Group) -> bool:
    """Tell whether a speaker is a person or people: by the last word before "of" that says what he or it is."""
    told: bool | None = None
    upper = view.upper[view.sentence_at(group[0])]
    for k in range(group[0], group[1] + 1):
        word = view.folded[k]
        if (
            word in words.inside
            and word not in words.articles
            and view.words[k][0].isalpha()
            and told is not None
        ):
            break
        if word in words.bodies:
            told = False
        elif words.people.get(word) is not None:
            inner = (
                not upper and k > group[0] and view.words[k][0].isupper() and view.words[k - 1][0].isupper()
            )
            told = told if inner else True  # "Human" inside a name tells nothing
    if told is not None:
        return told
    return (
        not upper and sum(w[0].isupper() and not w.isupper() for w in view.words[group[0] : group[1] + 1]) > 1
    )
