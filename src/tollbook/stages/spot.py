"""spot: View -> the mentions of each sentence that speaks of harm."""

from collections.abc import Iterable, Iterator

from tollbook.grammar import role
from tollbook.grammar.marks import Marks
from tollbook.grammar.mention import Mention, Mentions, Spelled
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack
from tollbook.stages._coming import coming_of, sentences_of_coming
from tollbook.stages._joints import is_inner_hyphen
from tollbook.stages._person_names import name_at
from tollbook.stages._sentence import (
    FORMLESS,
    LOOK,
    NUMBER,
    OPENER,
    ORDINARY,
    PEOPLE_FIRST,
    WORD,
    Sentence,
    words_of_pack,
)
from tollbook.stages._spot.ages import without_ages
from tollbook.stages._spot.counted_people import counted_people
from tollbook.stages._spot.listed_callings import with_qualities
from tollbook.stages._spot.semicolons import listed_by_commas
from tollbook.stages._spot.uncounted_people import uncounted_people

_NAMED_WITHIN = (
    2  # sentences behind one that tells of harm in which "they were identified as …" names its people
)
_OPENING = (
    3  # words at the head of a sentence that may say that it tells of the rest: "The remaining 75 were"
)
_BOUND = 14  # words from a verb to what belongs to it
_BODY = 3  # words of the name of a body
_OF_PEOPLE = role.VICTIM + role.OF
_TAKEN = (role.VICTIM, role.COUNT, role.TAKING)
_CALLED = role.INCLUDING + role.OTHER + role.ADVERB + role.BREAK  # letters of what calls somebody by a name
_AGED = role.NAME + role.COMMA, role.VICTIM + role.COMMA


def harm_marks(pack: Pack) -> Marks:
    """Return what this stage asks of single folded words."""
    return words_of_pack(pack).harms_told.marks


def spot(view: View, pack: Pack, blocked: Iterable[tuple[int, int]] = ()) -> Iterator[Spelled]:
    """Yield every sentence that tells of harm, spelled in roles, and those behind it that may name its people.

    `blocked` are word ranges (both included) that are something else already, such as dates: no number in them counts.
    """
    words = words_of_pack(pack)
    told, including = words.harms_told, words.including
    telling = told.telling(view.marks(told.marks, folded=True), view.folded, view.sentences)
    latest = -_NAMED_WITHIN - 1
    closed: set[int] = set()
    for first, last in blocked:
        closed.update(range(first, last + 1))
    coming = sentences_of_coming(view, coming_of(pack), telling)
    shares = any(sign in view.text for sign in words.per_cent)  # few texts: no sentence of others is asked
    for index, (first, last) in enumerate(view.sentences):
        if index in telling:
            latest = index
        if (
            latest == index
            or index in coming
            or (
                index - latest <= _NAMED_WITHIN
                and (
                    any(including.find(view.folded, first, last))
                    or (shares and not words.per_cent.isdisjoint(view.folded[first:last]))
                    or not words.rest.isdisjoint(view.folded[first : min(first + _OPENING, last)])
                )
            )
        ):
            here = Sentence(view, pack, words, closed, index)
            mentions = _spell(here)
            yield Spelled(index, mentions, mentions.spell(), view.folded, view.words, index in coming)


def spell(view: View, pack: Pack, blocked: Iterable[tuple[int, int]] = ()) -> list[Spelled]:
    """Spell every sentence in roles, those that tell of no harm too; `blocked` as for `spot`."""
    closed = {i for first, last in blocked for i in range(first, last + 1)}
    every = []
    for index in range(len(view.sentences)):
        mentions = _spell(Sentence(view, pack, words_of_pack(pack), closed, index))
        every.append(Spelled(index, mentions, mentions.spell(), view.folded, view.words))
    return every


def _marks(here: Sentence) -> str:
    """Return a letter for each word of a sentence: its role where that is plain, LOOK where others decide it."""
    marks = here.words.marks(here.upper).of(here.view.words[here.first : here.end])
    closed = here.closed.intersection(range(here.first, here.end)) if here.closed else ()
    if not closed:
        return marks
    letters = list(marks)
    for i in closed:
        letters[i - here.first] = role.TIME
    return "".join(letters)


def _spell(here: Sentence) -> Mentions:
    """Walk a sentence left to right, once; most words are ordinary and passed over in one step."""
    mentions = Mentions(here.folded, here.words.harms)
    marks, base, end, folded = _marks(here), here.first, here.end, here.folded
    before = here.words.before
    # words up to i are mentions; those up to k stand for themselves, by the letters that wait
    i = k = base
    waiting = ""
    while True:
        at = k - base
        if k >= end or marks[at] != LOOK:  # where all is in capitals, most are to be looked at
            at = marks.find(LOOK, at)
        if at < 0:
            mentions.pass_over(i, waiting + marks[k - base :])
            return listed_by_commas(here, without_ages(here, mentions))
        waiting += marks[k - base : at]
        k = base + at
        letter = before[folded[k], folded[k + 1] if k + 1 < end else ""]
        mention = None
        if letter[0] == LOOK:
            if waiting:
                mentions.pass_over(i, waiting)
            i, waiting = k, ""
            found = _next(here, k, mentions, letter == FORMLESS)
            if isinstance(found, str):
                letter = found
            else:
                mention = found
        elif letter[0] == PEOPLE_FIRST:
            mention = uncounted_people(here, k)
            if mention is not None and waiting:
                mentions.pass_over(i, waiting)
                waiting = ""
        if mention is None:
            waiting += letter[-1]
            k += 1
            continue
        i = k = mention.last + 1
        if mention.group is None:
            if mention.role == role.OTHER and _is_age_of(here, mention, mentions):
                mentions.drop_last()
            elif mention.role != role.NAME or not _names_last(here, mention, mentions):
                mentions.add(mention)
        elif _is_body_of(here, mention, mentions):
            mentions.add(Mention(role.OTHER, mention.first, mention.last))
        else:
            if _is_boxed(here, mention, mentions):
                mentions.drop_last()
            mentions.add(with_qualities(here, mention, mentions))


def _names_last(here: Sentence, name: Mention, before: Mentions) -> bool:
    """Put a name to the one person whom it is said to be of right before: "a teacher identified as Omar Haddad, a guard and"."""
    letters = before.spell()
    many = len(letters) - len(letters.rstrip(_CALLED))
    apart = letters.endswith(role.COMMA, 0, len(letters) - many)  # "a chief, known as Abu Omar, and"
    who = before[len(letters) - many - apart - 1] if 0 < many < len(letters) - apart else None
    if who is None or who.role != role.VICTIM or who.group is None or who.group.stated.low != 1:
        return False
    first = who.last + 1 + apart
    called = here.words.called.at(here.folded, first, name.first)
    if called is None or called.last + 1 != name.first:
        return False
    if apart and here.words.ands.isdisjoint(here.folded[name.last + 2 : name.last + 3]):
        return False
    for _ in range(many + apart + 1):
        before.drop_last()
    before.add(Mention(who.role, who.first, name.last, who.harm, who.group))
    return True


def _is_boxed(here: Sentence, mention: Mention, before: Mentions) -> bool:
    """Tell whether the bracket before a mention only opens the box of its number: "and (12) men", not "a total of (40) men"."""
    if before.spell()[-1:] != role.OPEN or mention.group is None:
        return False
    behind = mention.group.stated.last + 1
    return (
        behind <= mention.last
        and here.folded[behind] == ")"
        and not before.spell().endswith(role.OF + role.OPEN)
    )


def _is_age_of(here: Sentence, mention: Mention, before: Mentions) -> bool:
    """Tell whether a number behind a comma is the age of the person before it: "Ali Hassan, 34, and his brother, 22"."""
    if not here.folded[mention.first].isdecimal():
        return False
    if (
        mention.last > mention.first and here.folded[mention.last] not in here.words.age_ends
    ):  # "34 years old"
        return False
    return before.spell().endswith(_AGED)  # a person, a comma


def _is_body_of(here: Sentence, mention: Mention, before: Mentions) -> bool:
    """Tell whether a body is what the people before it belong to: "two soldiers of the army and one officer"."""
    group = mention.group
    letters = before.spell()
    if group is not None and mention.role == role.UNSURE and group.stated.low == 1:
        return letters.endswith(_OF_PEOPLE)  # "four staff of one agency"
    if group is None or mention.role != role.VICTIM:
        return False
    k = len(letters) - 1
    # "of the Congolese armed forces"
    while k > 0 and letters[k] == role.OTHER and len(letters) - k <= _BODY:
        k -= 1
    if k < 1 or letters[k] != role.OF or letters[k - 1] != role.VICTIM:
        return False
    inside = k < len(letters) - 1
    owned = before[k - 1].group
    # not "rector of the Central American University"
    several = owned is not None and (owned.stated.low or 0) > 1
    noun = here.words.people.get(here.folded[group.noun_last])
    body = noun is None or noun.collective or noun.number in ("both", "many") or (several and noun.identity)
    return body and (group.stated.kind == "some" if inside else group.definite)


def _next(here: Sentence, i: int, before: Mentions, formless: bool) -> Mention | str:
    """Return what begins at word i, no form of the pack where it is `formless`; the role alone of a word by itself: most."""
    words, folded = here.words, here.folded
    word = folded[i]
    kind = words.kinds.get(word, 0)
    if (kind & NUMBER or word[0].isdecimal()) and words.numbers.may(folded, i, here.end):
        counted = counted_people(here, i, before)
        if counted is not None:
            return counted
        if i - 2 >= here.first and folded[i - 1] == "-" and words.kinds.get(folded[i - 2], 0) & NUMBER:
            return Mention(role.OTHER, i, i)  # "Eighty-one per cent": no one
    hit = None
    if kind & WORD and not formless and not here.is_acronym(i):
        hit = words.lexicon.at(folded, i, here.end)
    if hit is not None:
        if hit.sense[0] == role.ACTIVE and _is_event(here, hit.first, hit.last):
            return Mention(role.EVENT, i, hit.last, hit.sense[1])
        if word in words.bound_firsts and not _is_bound(here, hit.first, hit.last):
            return Mention(role.OTHER, i, hit.last)
        if hit.last > i and word in words.states and _parts_two(here, hit.last + 1):
            hit = words.lexicon.at(folded, i, i + 1)
        if hit is not None and hit.last > i:
            return Mention(hit.sense[0], i, hit.last, hit.sense[1])
    if kind & OPENER or words.people.get(word) is not None:
        fate = word in words.fates and before.spell()[-1:] in _TAKEN  # took 11 people hostage
        group = None if fate else uncounted_people(here, i)
        if group is not None:
            return group
    if hit is not None:
        return Mention(hit.sense[0], i, i, hit.sense[1]) if word[0].isdecimal() else hit.sense[0]
    surface = here.view.words[i]
    sign = role.SIGNS.get(surface)
    if sign is not None:
        return sign
    if not (here.upper and words.unheard[word] == ORDINARY) and (  # most, where all is in capitals
        surface[0].isupper() or (word in words.name_articles and _joins_name(here, i))
    ):
        name = name_at(here, i)
        if name is not None:
            return name
    # a number may be somebody's age
    return Mention(role.OTHER, i, i) if kind & WORD or word[0].isdecimal() else role.OTHER


def _joins_name(here: Sentence, i: int) -> bool:
    """Tell whether word i begins a name, "al-Saidi": behind a preposition it is rather that of a place or a body."""
    if i + 2 >= here.end or not is_inner_hyphen(here, i + 1) or not here.view.words[i + 2][0].isupper():
        return False
    before = here.words.lexicon.get(here.folded[i - 1]) if i > here.first else None
    return before is None or before[0] not in (role.PREPOSITION, role.OF)


def _parts_two(here: Sentence, k: int) -> bool:
    """Tell whether people begin at word k, whom the second of two harms befell: "left seven dead and injured 16"."""
    return k < here.end and _people_begin(here, k)


def _is_bound(here: Sentence, first: int, last: int) -> bool:
    """Tell whether words of harm that need a verb before them have it: "took three men away", not "drove three men away"."""
    row = here.words.bound.get(tuple(here.folded[first : last + 1]))
    if row is None:
        return True
    before = here.folded[max(here.first, first - _BOUND) : first]
    return not row[0].isdisjoint(before) and row[1].isdisjoint(before)


def _is_event(here: Sentence, first: int, last: int) -> bool:
    """Tell whether a word that is verb and noun (murder, killing) is the noun here: "the …", "… of"."""
    words = here.words
    if here.folded[first] not in words.events:
        return False
    if last + 1 < here.end and here.folded[last + 1] in words.of:
        return True
    if first > here.first and here.folded[first - 1].endswith(words.possessives):
        return True
    deed = here.folded[first] in words.deeds and first > here.first
    if deed and words.numbers.value_at(here.folded, first - 1, first) is not None:  # "46 arrests"
        return True
    if last + 1 < here.end and _people_begin(here, last + 1):
        return words.determiners.get(here.folded[first - 1]) is not None if first > here.first else False
    for k in range(first - 1, max(here.first, first - 4) - 1, -1):  # "the recent murder in …"
        if words.determiners.get(here.folded[k]) is not None:
            return True
        if words.kinds.get(here.folded[k]) or not here.folded[k].isalpha():
            return False
    return False


def _people_begin(here: Sentence, k: int) -> bool:
    """Tell whether word k may begin a group of people: a number, a determiner, a noun."""
    word = here.folded[k]
    hit = here.words.lexicon.at(here.folded, k, here.end)
    if (
        hit is not None and hit.sense[0] == role.PREPOSITION
    ):  # "the recent murder in …": also "in the hundreds"
        return False
    begins = here.words.kinds.get(word, 0) & (NUMBER | OPENER)
    return bool(begins) or word[0].isdecimal() or here.words.people.get(word) is not None
