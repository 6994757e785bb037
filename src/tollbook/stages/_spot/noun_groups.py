"""noun_groups: words behind a number or a determiner -> the people they name."""

from tollbook.grammar import role
from tollbook.grammar.people import Noun
from tollbook.stages._joints import begins_compound, compound_end, is_inner_hyphen
from tollbook.stages._sentence import ENDS, MORE, NUMBER, UPROOTED, WORD, Sentence
from tollbook.stages._spot.deputies import titled
from tollbook.stages._spot.noun_heads import is_people, is_short_form, last_noun, number_at, with_body

_ARMED = frozenset(("armed_forces", "security_forces", "armed_group"))
_ADJECTIVES = frozenset((role.PARTICIPLE, role.STATE))
_BOUNDS = ("at_least", "at_most", "about")
_HYPHENS = "-–"
_QUOTES = frozenset("\"'“”‘’«»")
_APOSTROPHES = frozenset("'’")
_ASIDE = _QUOTES | {"("}
_ASIDE_WORDS = 10  # of an aside in brackets
_QUOTED = 6  # words from a quotation mark to the one that closes it
_MODIFIERS = 6  # no noun group of news prose has more words between its number and its noun


NounGroup = tuple[str, int, int, str | None, bool]


def noun_after(here: Sentence, i: int, end: int, *, counted: bool) -> NounGroup | None:
    """Find the noun after a number or determiner: (kind, first, last word, harm, others).

    kind: "people"; "harmed" (the noun itself tells the harm); "thing" (no people); "unsure".
    """
    words, folded = here.words, here.folded
    beside, harm, others, modifiers = words.beside, None, False, 0
    if counted and i + 1 < end and here.view.words[i] in _QUOTES and folded[i + 1] in words.of:
        i += 1  # "hundreds" of fighters
    inner = counted and i < end and folded[i] in words.of  # twelve of the hostages
    noun = j = _after_of(here, i + 1, end) if inner else _past_aside(here, i, end) if counted else i
    if counted and j < end and words.definite.get(folded[j]) is not None:
        return None  # "bringing to 14 the number of journalists killed"
    while j < end and modifiers <= _MODIFIERS and j not in here.closed:
        word = folded[j]
        told = beside[word]
        if told == MORE:  # most
            modifiers += 1
            j += 1
            continue
        if told == ENDS and (j + 1 >= end or here.view.words[j + 1] not in _HYPHENS):
            break
        if harm is not None and words.numbers.value_at(folded, j, end) is not None:
            break  # "which wounded two students": the word of harm is a verb
        if modifiers and not counted and number_at(here, j) and not is_inner_hyphen(here, j - 1):
            break  # "the report recorded nine people"
        if words.people.get(word) is not None:
            if (lands := _of_lands(here, j, end, counted=counted)) > 0:
                j, modifiers = lands, modifiers + 1
                continue
            if (head := titled(here, j, end, counted=counted)) > 0:
                j, modifiers = head, modifiers + 1
                continue
            if (
                j + 3 < end and is_inner_hyphen(here, j + 1) and not is_people(here, j + 2, end)
            ):  # a child-support worker
                head = compound_end(here, j + 1) + 1
                if is_people(here, head, end):
                    j = head
                    modifiers += 1
                    continue
            if counted and _counts_things(here, j, end):
                return "thing", noun, j + (1 if words.people.is_thing(folded[j + 1]) else 2), None, others
            people = _known_people(here, noun, j, end, harm, others)
            things = counted and people[0] == "people" and _counts_things(here, people[2], end)
            return ("thing", noun, people[2] + 1, None, others) if things else people
        known = words.kinds.get(word, 0) & WORD and not here.is_acronym(j)
        hit = words.lexicon.at(folded, j, end) if known else None
        if hit is not None and hit.sense[0] == role.PEOPLE:
            return "harmed", noun, hit.last, hit.sense[1], others
        whole = words.people.phrase(folded, j, end)
        if whole is not None and words.people.get(folded[whole.last]) is None:
            return "people", noun, whole.last, harm, others  # a passer-by
        other = words.others.at(folded, j, end) if counted and word in words.others.firsts else None
        if other is not None:
            others = True
            j = other.last + 1
            continue
        if hit is not None:
            if hit.sense[0] in _ADJECTIVES and _noun_follows(here, hit.last + 1, end):
                harm = hit.sense[1]
                j = hit.last + 1
                modifiers += 1
                continue
            harmed = _harmed(here, j, end)
            if harmed is not None:
                return "harmed", noun, harmed[1], harmed[0], others
            qualified = _qualified(here, j, hit.last, hit.sense[0], end)
            if qualified is not None:
                j = qualified
                modifiers += 1
                continue
            if hit.sense[0] == role.AND and _joins_bodies(here, j, end):
                modifiers += 1
                j += 1
                continue
            if hit.sense[0] not in (role.ADVERB, role.RISING, role.TAKING) or modifiers == 0:
                if j == noun and hit.sense[0] == role.OTHER and words.people.is_thing(folded[hit.last]):
                    return "thing", noun, hit.last, None, others  # three IDP camps
                uprooted = j == noun and hit.sense[1] == UPROOTED and hit.last + 1 < end
                if uprooted and words.people.is_thing(folded[hit.last + 1]):
                    return "thing", noun, hit.last + 1, None, others  # two displaced camps
                break
        if word in words.causing or (modifiers and word in words.doing):
            break
        old = _age_end(here, j, end)
        if old is not None:
            j = old + 1
            modifiers += 1
            continue
        if _is_of_area(here, j, noun):  # two Washington area workers
            j += 1
            modifiers += 1
            continue
        after = j + 4 if j + 1 < end and is_short_form(here, j + 1, end) else j + 1
        thing = words.people.is_thing(word) and not here.is_acronym(j)  # 3,000 CAR refugees
        if thing and not is_people(here, after, end):
            if j + 1 >= end or not is_inner_hyphen(here, j + 1):
                return "thing", noun, j, None, others
            j = compound_end(here, j + 1) + 1  # 57 explosives-related casualties
            modifiers += 1
            continue
        aside = _aside_end(here, j, end)
        if aside is not None:
            j = aside + 1
            continue
        if here.view.words[j] in _QUOTES and counted:
            behind = _behind_quotes(here, j, end)
            if behind is not None:  # around 20 "terrorists"; nine "Boko Haram" fighters
                noun = behind if j == noun and behind == j + 1 else noun
                j = behind
                continue
        if _ends_group(here, j) or (modifiers and word in words.determiners):
            break
        modifiers += 1
        j += 1
    if others:
        return "people", i, j - 1, None, True
    if counted and j > noun and modifiers:
        return "unsure", noun, j - 1, None, False
    return None


def _behind_quotes(here: Sentence, j: int, end: int) -> int | None:
    """Return the word for people in quotes that open at word j, or behind them: "terrorists"; "Boko Haram" fighters."""
    closed = next((k for k in range(j + 2, min(j + _QUOTED, end)) if here.view.words[k] in _QUOTES), end)
    named = all(
        not here.words.kinds.get(here.folded[k], 0) & WORD
        or here.folded[k] in here.words.of
        or (here.view.words[k][0].isupper() and not here.upper)
        for k in range(j + 1, closed)
    )
    if named and is_people(here, closed + 1, end):
        return closed + 1
    return j + 1 if is_people(here, j + 1, end) else None


def _past_aside(here: Sentence, i: int, end: int) -> int:
    """Return the word for people behind an aside to a vague number, else i: several (at least ten) rebels, "many" rebels."""
    surfaces, j = here.view.words, i
    if j >= end or surfaces[j] not in _ASIDE:
        return i
    if surfaces[j] in _QUOTES and i >= here.first + 2 and surfaces[i - 2] in _QUOTES:  # it closes "many"
        j += 1
    if j < end and surfaces[j] == "(":
        j = next((k + 1 for k in range(j + 2, min(j + _QUOTED, end)) if surfaces[k] == ")"), j)
    for k in range(j, min(j + 3, end)) if j > i else ():
        if is_people(here, k, end):
            return j
    return i


def _qualified(here: Sentence, j: int, last: int, sense: str, end: int) -> int | None:
    """Return the word behind a quality that a small word begins: "two off-duty officers", "two newly hired guards"."""
    if last != j or sense not in (role.ADVERB, role.PREPOSITION) or j + 2 >= end:
        return None
    if begins_compound(here, j + 1):
        return compound_end(here, j + 1) + 1
    quality = here.folded[j + 1].isalpha() and here.words.lexicon.at(here.folded, j + 1, end) is None
    return j + 2 if sense == role.ADVERB and quality and is_people(here, j + 2, end) else None


def _joins_bodies(here: Sentence, j: int, end: int) -> bool:
    """Tell whether "and" stands between two short forms of bodies whose people are counted: "five UN and NGO staff"."""
    surfaces = here.view.words
    bodies = j + 2 < end and surfaces[j - 1].isupper() and surfaces[j + 1].isupper() and not here.upper
    return bodies and (
        is_people(here, j + 2, end) or (surfaces[j + 2].islower() and is_people(here, j + 3, end))
    )


def _of_lands(here: Sentence, j: int, end: int, *, counted: bool) -> int:
    """Return the last of several words for peoples that say of whom one noun is, or 0: "900 Syrian and Iraqi refugees".

    So without a figure: "Syrian, Iraqi and Lebanese children"; not behind "a", which has a person of its own.
    """
    people, folded, ands = here.words.people, here.folded, here.words.ands
    last = j
    while last + 2 < end and here.view.words[last + 1] == "," and _is_land(people.get(folded[last + 2])):
        last += 2
    joined = last + 1 + (last > j and here.view.words[last + 1] == ",")
    if joined + 2 >= end or folded[joined] not in ands or not _is_land(people.get(folded[j])):  # most
        return 0
    noun, before = people.get(folded[joined + 2]), folded[j - 1] if j > here.first else ""
    many = noun is not None and noun.number == "many"
    several = many or folded[joined + 2] in here.words.harmed
    if not several or not _is_land(people.get(folded[joined + 1])):
        return 0
    some = j > here.first and here.words.numbers.bounds(folded, j - 1, j)  # "some Syrian and Iraqi refugees"
    whose = here.words.definite.get(before) is not None or here.words.determiners.get(before) is None
    return joined + 1 if counted or some or whose else 0


def _is_land(noun: Noun | None) -> bool:
    return noun is not None and bool(noun.identity) and noun.number != "many"


def _is_of_area(here: Sentence, j: int, noun: int) -> bool:
    """Tell whether word j makes a name before it the area that people are of, behind a number."""
    named = j > noun and here.view.words[j - 1][0].isupper() and not here.upper
    return named and here.folded[j] in here.words.areas and here.view.words[j].islower()


def _aside_end(here: Sentence, j: int, end: int) -> int | None:
    """Return the bracket that closes an aside between a number and its people: "two international (1 British, 1 Dutch) staff"."""
    if is_short_form(here, j, end):
        return j + 2
    if here.view.words[j] != "(":
        return None
    closed = next((k for k in range(j + 2, min(j + _ASIDE_WORDS, end)) if here.view.words[k] == ")"), None)
    return closed if closed is not None and is_people(here, closed + 1, end) else None


def _ends_group(here: Sentence, j: int) -> bool:
    """Tell whether word j is a sign or a number, but for a hyphen or point within a word."""
    strange = here.view.words[j] in role.SIGNS or not here.folded[j][0].isalpha()
    return strange and not is_inner_hyphen(here, j)


def _known_people(here: Sentence, noun: int, j: int, end: int, harm: str | None, others: bool) -> NounGroup:
    """Follow the nouns that begin at word j to their end; a word of harm among or right behind them tells it."""
    last = with_body(here, last_noun(here, j, end), end)
    harmed = _harmed(here, last, end) or (_harmed(here, last + 1, end) if last + 1 < end else None)
    for k in range(j + 1, last) if harmed is None else ():  # "ten Syrian asylum seekers"
        told = _harmed(here, k, end)
        harmed = told if told is not None and told[1] >= last else harmed
    if harmed is not None:
        return "harmed", noun, max(last, harmed[1]), harmed[0], others
    return "people", noun, last, harm, others


def _counts_things(here: Sentence, j: int, end: int) -> bool:
    """Tell whether a noun for one, or a body, says whose things are, or measures them: "40 civilian houses", "9 head of cattle".

    So "three Iraqi police stations", where the body is the last of the nouns, and "four villagers' huts".
    """
    words, folded = here.words, here.folded
    if (
        j + 2 < end
        and here.view.words[j + 1] in _APOSTROPHES
        and here.view.starts[j + 1] == here.view.ends[j]
    ):
        return words.people.is_thing(folded[j + 2]) and not is_people(here, j + 3, end)
    noun = words.people.get(folded[j])
    owner = noun is not None and noun.number != "many" and j + 1 < end
    if owner and words.people.is_thing(folded[j + 1]) and not is_people(here, j + 2, end):
        return (noun is not None and noun.number == "one") or not _goes_on(here, j + 2, end)
    measured = j + 2 < end and folded[j + 1] in words.of and words.people.is_thing(folded[j + 2])
    return measured and noun is not None and noun.number == "one"


def _goes_on(here: Sentence, j: int, end: int) -> bool:
    """Tell whether a word that no list knows may go on with nouns: "two police dog handlers", no people and no thing yet."""
    return j < end and here.folded[j][0].isalpha() and not here.words.kinds.get(here.folded[j], 0) & WORD


def _age_end(here: Sentence, j: int, end: int) -> int | None:
    """Return the last word of an age that says more of a noun: "18 year old man", "14-year-old boy"."""
    if not here.words.kinds.get(here.folded[j], 0) & NUMBER and not here.folded[j][0].isdecimal():
        return None
    age = age_at(here, j, end)
    return compound_end(here, j + 1) if age is None and begins_compound(here, j + 1) else age


def are_fighters(here: Sentence, first: int, last: int) -> bool:
    """Tell whether the nouns of a group are of people under arms."""
    for word in here.folded[first : last + 1]:
        noun = here.words.people.get(word)
        if noun is not None and noun.status in _ARMED:
            return True
    return False


def age_at(here: Sentence, j: int, end: int) -> int | None:
    """Return the last word of an age before a noun: "18 year old"."""
    if not here.words.kinds.get(here.folded[j], 0) & NUMBER and not here.folded[j][0].isdecimal():
        return None
    value = here.words.numbers.value_at(here.folded, j, end)
    if value is None or value[0] + 1 >= end:
        return None
    hit = here.words.ages.at(here.folded, value[0] + 1, end)
    return None if hit is None else hit.last


def _harmed(here: Sentence, j: int, end: int) -> tuple[str, int] | None:
    """Return (harm, last word) of a counted word that tells its harm, such as refugees."""
    if here.folded[j] not in here.words.harmed:  # most
        return None
    hit = here.words.lexicon.at(here.folded, j, end)
    if hit is not None and hit.sense[0] == role.PEOPLE and hit.sense[1] is not None:
        return hit.sense[1], hit.last
    return None


def _after_of(here: Sentence, j: int, end: int) -> int:
    """Step over "the", "his" and an inner number: of the 20 hostages, of more than 800 homes."""
    for _ in range(3):
        if j >= end:
            break
        det = here.words.determiners.at(here.folded, j, end)
        inner = here.words.numbers.value_at(here.folded, j, end)
        bound = None if inner is not None else here.words.numbers.at(here.folded, j, end)
        if inner is not None:
            j = inner[0] + 1
        elif bound is not None and bound.kind in _BOUNDS:
            j = bound.last + 1
        elif det is not None:
            j = det.last + 1
        else:
            break
    return j


def _noun_follows(here: Sentence, j: int, end: int) -> bool:
    """Tell whether a noun for people stands here or one or two words on: "wounded (young) soldiers"."""
    for k in range(j, min(j + 3, end)):
        if here.words.people.get(here.folded[k]) is not None:
            return True
        if here.words.lexicon.at(here.folded, k, end) is not None or not here.folded[k][0].isalpha():
            return False
    return False
