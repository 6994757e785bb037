"""noun_heads: the first word for people in a group -> its last: police officers, women and children, members of the forces."""

from tollbook.grammar import role
from tollbook.stages._joints import begins_compound, is_inner_hyphen
from tollbook.stages._sentence import NUMBER, UNHEARD, Sentence

_QUOTES = frozenset("\"'“”‘’«»")
_NAMED = 5  # words of the name of a body, the word for a people before it among them
_TAKEN = 6  # words from "took" to the noun of those who are taken


def last_noun(here: Sentence, j: int, end: int) -> int:
    """Follow a run of nouns to its head: police officers; women and children; soldier Ali Hassan."""
    people, folded, surfaces = here.words.people, here.folded, here.view.words
    named = people.phrase(folded, j, end)
    last = j if named is None else named.last
    while last + 1 < end and last < j + 8:
        following, surface = folded[last + 1], surfaces[last + 1]
        known = following in people.firsts
        phrase = people.phrase(folded, last + 1, end) if known else None
        if phrase is not None:
            last = phrase.last
        elif known and people.get(following) is not None:
            if following in here.words.fates and _are_taken(here, j):
                break  # took 11 people hostage
            last += 1
        elif is_people(here, last + 2, end) and (
            is_inner_hyphen(here, last + 1)
            or _pair(here, last, end, last + 2)
            or _either_noun(here, last, end)
            or _rank(here, last, end)
            or _of_party(here, last, end)
            or _describes(here, last, end)
        ):
            last += 2
        elif surface == "(" and is_short_form(here, last + 1, end) and is_people(here, last + 4, end):
            last += 4  # ten Afghan National Army (ANA) soldiers
        elif surface in _QUOTES and last + 3 < end and _is_quoted(here, last + 1, end):
            last += 3  # five separatist ‘generals’
        elif last + 3 < end and folded[last + 2] in here.words.pairing and _pair(here, last, end, last + 3):
            last += 3
        elif (behind := _behind(here, j, last, end)) > 0:
            last = behind
        else:
            break
    return last


def _behind_name(here: Sentence, last: int, end: int) -> int:
    """Return the noun behind the name of a body, else 0: "45 African National Congress (ANC) supporters"."""
    surfaces, k = here.view.words, last + 1
    if here.upper or not surfaces[last][0].isupper() or not surfaces[k][0].isupper():  # most
        return 0
    while k < min(end, last + _NAMED) and surfaces[k][0].isupper():
        k += 1
    k = k + 3 if k < end and is_short_form(here, k, end) else k
    return k if is_people(here, k, end) and surfaces[k].islower() else 0


def _behind_words(here: Sentence, first: int, last: int, end: int) -> int:
    """Return the head far behind a number and a noun for one, else 0: "three female field-based workers"."""
    words, folded, before = here.words, here.folded, first - 1
    while here.upper and before > here.first and words.unheard[folded[before]] == UNHEARD:
        before -= 1  # "TWO BARZAN NATIONAL FRONT REBELS"
    one = words.people.get(folded[last])
    if before < here.first or one is None or one.number != "one" or not number_at(here, before):
        return 0
    value = words.numbers.value_at(folded, before, first)
    if value is None or value[1] < 2:
        return 0
    for k in range(last + 1, min(last + 2 + _NAMED, end)):
        noun = words.people.get(folded[k])
        if noun is not None:
            return k if noun.number != "one" else 0
        if is_inner_hyphen(here, k) or (k + 1 < end and is_inner_hyphen(here, k + 1)):
            continue
        if folded[k] in words.no_person and here.upper:
            continue
        if (
            not folded[k].isalpha()
            or words.lexicon.at(folded, k, end) is not None
            or words.kinds.get(folded[k])
        ):
            return 0
    return 0


def _behind(here: Sentence, first: int, last: int, end: int) -> int:
    """Return the noun behind a body's name, behind other words or at the end of a list, else 0."""
    if here.folded[last + 1] == ",":
        return _listed(here, first, last, end)
    return _behind_name(here, last, end) or _behind_words(here, first, last, end)


def _listed(here: Sentence, first: int, last: int, end: int) -> int:
    """Return the last of several nouns for many that share a number, else 0: "12 soldiers, policemen and civilians were".

    Not where they only speak or act: "12 soldiers, officers and villagers said", "fled".
    """
    words, folded = here.words, here.folded
    if first == here.first or not number_at(here, first - 1):
        return 0
    k, ended = last, False
    while k + 2 < end and not ended:
        k += 1 + (folded[k + 1] == "," and folded[k + 2] in words.ands)
        ended = folded[k] in words.ands
        noun = words.people.get(folded[k + 1]) if k + 1 < end else None
        many = noun is not None and noun.number == "many"
        if not many or not (ended or folded[k] == ","):
            return 0
        k += 1
    if not ended or k == last + 2:
        return 0
    if k + 1 >= end or not folded[k + 1].isalpha():
        return k
    told = words.lexicon.at(folded, k + 1, end)
    return k if told is not None and told.sense[0] != role.SAID else 0


def with_body(here: Sentence, last: int, end: int) -> int:
    """Take in the body that people belong to: members of the security forces."""
    words, folded = here.words, here.folded
    if last + 2 >= end or folded[last] not in words.belonging or folded[last + 1] not in words.of:
        return last
    for k in range(last + 2, min(last + 7, end)):
        noun = words.people.get(folded[k])
        if noun is not None and noun.number != "one":
            return last_noun(here, k, end)
        if words.people.phrase(folded, k, end) is not None:
            return last_noun(here, k, end)
        if number_at(here, k) or not folded[k][0].isalpha() or folded[k] in words.ands:
            return last
    return last


def _either_noun(here: Sentence, last: int, end: int) -> bool:
    """Tell whether a stroke leads to a second noun for the same people: "a driver/guard", "three villagers / farmers"."""
    if last + 2 >= end or here.view.words[last + 1] != "/":
        return False
    first, second = here.words.people.get(here.folded[last]), here.words.people.get(here.folded[last + 2])
    return first is not None and second is not None and first.number == second.number


def _pair(here: Sentence, last: int, end: int, second: int) -> bool:
    """Tell whether "and children" belongs to the same number: 12 women and children; `second` is the other noun."""
    if second >= end:
        return False
    hit = here.words.lexicon.at(here.folded, last + 1, end)
    entry = here.words.people.get(here.folded[second])
    first = here.words.people.get(here.folded[last])
    return (
        hit is not None
        and hit.sense[0] == role.AND
        and hit.last == last + 1
        and entry is not None
        and first is not None
        and entry.number == "many"
        and first.number == "many"
    )


def _rank(here: Sentence, last: int, end: int) -> bool:
    """Tell whether one word more leads to the head behind a body of people: a police sub inspector."""
    if last + 2 >= end or not here.folded[last + 1].isalpha() or here.view.words[last + 1][0].isupper():
        return False
    body, head = here.words.people.get(here.folded[last]), here.words.people.get(here.folded[last + 2])
    return (
        body is not None
        and body.number == "both"
        and head is not None
        and head.number == "one"
        and not here.words.kinds.get(here.folded[last + 1])
    )


def _describes(here: Sentence, last: int, end: int) -> bool:
    """Tell whether a noun for one, or for a body, only describes the head two words on: five local resistance fighters."""
    one, following = here.words.people.get(here.folded[last]), here.folded[last + 1]
    if one is None or one.number == "many" or last + 2 >= end or not following.isalpha() or here.upper:
        return False
    if last > here.first and here.folded[last - 1] in here.words.articles:
        return False  # "a man attacked soldiers"
    head = here.words.people.get(here.folded[last + 2])
    plain = not here.words.kinds.get(following) and here.view.words[last + 1].islower()
    return plain and head is not None and head.number == "many"


def _of_party(here: Sentence, last: int, end: int) -> bool:
    """Tell whether a name leads from a noun for one to the head: four Syrian ISIS members, three national UN staff."""
    people, following = here.words.people.get(here.folded[last]), here.view.words[last + 1]
    if people is None or people.number != "one" or here.upper:
        return False
    word = here.words.lexicon.at(here.folded, last + 1, end) is not None and not here.is_acronym(last + 1)
    named = following[0].isupper() and not word
    head = here.words.people.get(here.folded[last + 2]) if named and last + 2 < end else None
    return head is not None and (head.number == "many" or (head.number == "both" and following.isupper()))


def _is_quoted(here: Sentence, i: int, end: int) -> bool:
    """Tell whether one word for people stands in quotation marks from word i on."""
    marks = here.view.words[i] in _QUOTES and here.view.words[i + 2] in _QUOTES
    return marks and is_people(here, i + 1, end)


def _are_taken(here: Sentence, j: int) -> bool:
    """Tell whether a word of taking stands shortly before the noun at word j: what ends its group says what befell it."""
    near = range(max(here.first, j - _TAKEN), j)
    hits = (here.words.lexicon.get(here.folded[k]) for k in near)
    return any(hit is not None and hit[0] == role.TAKING for hit in hits)


def is_short_form(here: Sentence, j: int, end: int) -> bool:
    """Tell whether one word in brackets says more of a name or people: "two Workers' Party (PKK) members"."""
    surfaces = here.view.words
    if surfaces[j] != "(" or j + 3 >= end or surfaces[j + 2] != ")":
        return False
    told = surfaces[j + 1][0].isupper() and is_people(here, j + 3, end)  # three (Spanish) workers
    return surfaces[j + 1].isupper() or told


def is_people(here: Sentence, j: int, end: int) -> bool:
    """Tell whether word j is a noun for people: party members, business leaders."""
    return j < end and here.words.people.get(here.folded[j]) is not None


def number_at(here: Sentence, i: int) -> bool:
    """Tell whether a number with a noun of its own begins here: "that seven people"."""
    word = here.folded[i]
    if not (word[0].isdecimal() or here.words.kinds.get(word, 0) & NUMBER):  # most
        return False
    value = here.words.numbers.value_at(here.folded, i, here.end)
    return value is not None and not begins_compound(here, i + 1)
