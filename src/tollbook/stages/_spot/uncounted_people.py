"""uncounted_people: "a soldier", "the mayor", "his son", "a family of five" -> people without a number."""

from tollbook.grammar import role
from tollbook.grammar.mention import Group, Mention
from tollbook.grammar.number import Stated
from tollbook.grammar.people import Noun
from tollbook.stages._joints import begins_compound, compound_end
from tollbook.stages._person_names import name_behind, names_body
from tollbook.stages._sentence import NUMBER, OPENS, OPENS_NOT, Sentence
from tollbook.stages._spot.noun_groups import NounGroup, age_at, are_fighters, noun_after
from tollbook.stages._spot.noun_heads import number_at

_HYPHENS = "-–"
_APOSTROPHE, _PLURAL = "'", "sS"
_FARTHEST = 14  # words that a noun group can reach over, compounds included
_OBJECT = 4  # words from a verb's object to its noun: "a police officer"


def uncounted_people(here: Sentence, i: int) -> Mention | None:
    """Read "a soldier", "the mayor", "his son", "another", "a family of five", "gunmen"."""
    words, folded = here.words, here.folded
    if i + 3 < here.end and folded[i + 2] in _HYPHENS and (aged := _aged(here, i)) is not None:
        return aged
    before = folded[i - 1] if i > here.first else ""
    if before in words.ages.firsts and words.ages.at(folded, i - 1, here.end) is not None:
        return None  # "28 year old": an age, told of somebody named before
    start = _past_determiner(here, i)
    bare = start == i
    if not bare and start < here.end:
        if number_at(here, start) and age_at(here, start, here.end) is None:
            return None
        start = _past_determiner(here, start)
    if bare and words.people.get(folded[i]) is None:
        return None
    if words.nouns.isdisjoint(folded[start : start + _FARTHEST]):  # no people near: most "the" and "a"
        one = words.others_one.at(folded, i, here.end)
        if one is None:
            return None
    found = _who(here, start)
    if found is None or found[0] not in ("people", "harmed"):
        return _another(here, i) if found is None else None
    _, first, last, harm, _ = found
    if bare and first != i:
        return None
    family = _family(here, last)
    if family is not None:
        stated, first, last, end = _members(here, *family, start, last)
        return Mention(role.VICTIM, i, end, harm, Group(stated, first, last, harm))
    entry = words.people.get(folded[last]) or words.people.get(folded[first]) or _of_words(here, first, last)
    entry = _of_body(here, first, last) or entry
    single = entry is not None and entry.number == "one" and folded[last] not in words.families
    if single and ((bare and _is_adjective(here, last)) or names_body(here, last + 1)):
        return None  # "the militant Islamic group"
    name = name_behind(here, last) if single else None
    end = last if name is None else name.last
    pair = not single and entry is not None and entry.size > 1 and folded[i] in words.his  # his parents
    stated = _one(i, end, entry) if single or pair else Stated(i, last, "some", None, None)
    definite = words.definite.get(folded[i]) is not None
    # "a third member", "another clerk" is not one told before; "the third member killed this year" may be
    nth = single and not definite and _is_further(here, i, last)
    fighters = are_fighters(here, first, last)
    return Mention(role.VICTIM, i, end, harm, Group(stated, first, last, harm, definite, nth, fighters))


def _past_determiner(here: Sentence, k: int) -> int:
    """Return the word behind a determiner at word k, k itself for none."""
    told = here.words.opened[here.folded[k], here.folded[k + 1] if k + 1 < here.end else ""]
    if told == OPENS_NOT:
        return k
    if told == OPENS:  # most
        return k + 1
    hit = here.words.determiners.at(here.folded, k, here.end)
    return k if hit is None else hit.last + 1


def _is_further(here: Sentence, i: int, last: int) -> bool:
    """Tell whether words for one person say that he comes on top of those told before."""
    return here.folded[i] in here.words.others or not here.words.ordinals.isdisjoint(here.folded[i:last])


def _who(here: Sentence, start: int) -> NounGroup | None:
    """Return the people at word `start`; of "the rebels' leader" only the leader."""
    found = noun_after(here, start, here.end, counted=False) if start < here.end else None
    if found is None:
        return None
    behind = found[2] + 1
    if behind + 1 < here.end and here.folded[behind] == _APOSTROPHE and _owns(here, found[2]):
        return noun_after(here, behind + 1, here.end, counted=False)
    return found


def _owns(here: Sentence, last: int) -> bool:
    """Tell whether people are only those whose something is: "the rebels' base"; not where a quote of theirs ends."""
    view = here.view
    if view.ends[last] != view.starts[last + 1] or view.starts[last + 2] == view.ends[last + 1]:
        return False
    if here.folded[last + 2] in here.words.ands:
        return False
    return view.words[last][-1] in _PLURAL and not any(
        here.folded[k] == _APOSTROPHE and view.ends[k] == view.starts[k + 1] for k in range(here.first, last)
    )


def _of_body(here: Sentence, first: int, last: int) -> Noun | None:
    """Return what the noun for who belongs to a body tells: one member of the security forces."""
    words, folded = here.words, here.folded
    for k in range(first, last - 1):
        if folded[k + 1] in words.of and folded[k] in words.belonging:
            return words.people.get(folded[k])
    return None


def _another(here: Sentence, i: int) -> Mention | None:
    """Read "another", "one more" without a noun."""
    one = here.words.others_one.at(here.folded, i, here.end)
    if one is None or not _is_person(here, one.last) or _harms_others(here, one.last):
        return None
    definite = here.words.definite.get(here.folded[i]) is not None
    group = Group(_one(i, one.last), one.last + 1, one.last, None, definite, True)
    return Mention(role.VICTIM, i, one.last, None, group)


def _harms_others(here: Sentence, last: int) -> bool:
    """Tell whether "the third" is an attack, which harms people told behind it: "the third wounded five", "the third five"."""
    which = here.folded[last]
    if (which not in here.words.ordinals and which not in here.words.others) or last + 2 >= here.end:
        return False
    behind = here.words.numbers.value_at(here.folded, last + 1, here.end)
    if behind is not None and behind[1] != 1:  # "the second one" is a person, or a thing
        return True
    verb = here.words.lexicon.at(here.folded, last + 1, here.end)
    if verb is None or verb.sense[0] not in (role.PARTICIPLE, role.ACTIVE) or verb.last + 1 >= here.end:
        return False
    k = verb.last + 1
    if (
        which in here.words.others
    ):  # "the other wounded two clerks", not "the other was wounded two days later"
        near = here.folded[k + 1 : min(k + _OBJECT, here.end)]
        return not here.words.nouns.isdisjoint(near) or (
            number_at(here, k) and (not near or not near[0][0].isalpha())
        )
    return bool(number_at(here, k)) or here.words.determiners.at(here.folded, k, here.end) is not None


def _of_words(here: Sentence, first: int, last: int) -> Noun | None:
    """Return what a noun of several words that ends a group tells: a young passer-by."""
    for k in range(first, last):
        hit = here.words.people.phrase(here.folded, k, last + 1)
        if hit is not None and hit.last == last:
            return hit.sense
    return None


def _aged(here: Sentence, i: int) -> Mention | None:
    """Read "an 11-year-old" or "a four-year-old" with no noun behind it; word i + 2 is a hyphen."""
    told = here.folded[i + 1][0].isdecimal() or here.words.kinds.get(here.folded[i + 1], 0) & NUMBER
    if not told or not begins_compound(here, i + 2):
        return None
    if here.words.determiners.get(here.folded[i]) is None:
        return None
    last = compound_end(here, i + 2)
    if last + 1 < here.end and here.folded[last + 1] in here.words.age_ends:
        last += 1  # "an 11-year old"
    if here.folded[last] not in here.words.age_ends or not _stands_alone(here, last + 1):
        return None
    return Mention(role.VICTIM, i, last, None, Group(_one(i, last), i + 1, last))


def _is_person(here: Sentence, last: int) -> bool:
    """Tell whether "another" ending at word `last` stands for a person, no thing and no share: "a third of the land".

    "One shell killed four people, and another, which fell near a barracks, hurt a guard".
    """
    behind = here.folded[last + 1] if last + 1 < here.end else ""
    share = here.folded[last] in here.words.shares and behind in here.words.of
    thing = last + 2 < here.end and here.folded[last + 2] in here.words.of_things
    return not (share or thing) and _stands_alone(here, last + 1)


def _stands_alone(here: Sentence, k: int) -> bool:
    """Tell whether "another" before word k stands for a person: no ordinary word follows that it could belong to."""
    if k >= here.end or not here.folded[k].isalpha():
        return True
    return bool(here.words.kinds.get(here.folded[k]))


def _is_adjective(here: Sentence, last: int) -> bool:
    """Tell whether a word such as "Salvadoran" with nothing before it says more of an ordinary word behind it."""
    if last + 1 >= here.end or not here.folded[last + 1][0].isalpha():
        return False
    if here.folded[last + 1] in here.words.charged:
        return False
    meant = here.words.lexicon.at(here.folded, last + 1, here.end)
    return meant is None and not number_at(here, last + 1) and name_behind(here, last) is None


def _family(here: Sentence, last: int) -> tuple[Stated, int] | None:
    """Read "of five" behind a collective noun."""
    folded = here.folded
    entry = here.words.people.get(folded[last])
    if entry is None or not entry.collective or last + 2 >= here.end or folded[last + 1] not in here.words.of:
        return None
    stated = here.words.numbers.at(folded, last + 2, here.end)
    return None if stated is None else (stated, stated.last)


def _members(here: Sentence, stated: Stated, end: int, start: int, last: int) -> tuple[Stated, int, int, int]:
    """Return a family's figure, the words for who they are, and its last word: of "a family of six children" the children."""
    who = noun_after(here, end + 1, here.end, counted=True) if end + 1 < here.end else None
    if who is None or who[0] != "people" or who[1] != end + 1:
        return stated, start, last, end
    entry = here.words.people.get(here.folded[who[2]])
    told = entry is not None and entry.status != "unknown"
    return (stated, who[1], who[2], who[2]) if told else (stated, start, last, who[2])


def _one(first: int, last: int, noun: Noun | None = None) -> Stated:
    """Make the figure of one person, or of as many as one of a noun is: two of "an elderly couple"."""
    persons = 1 if noun is None else noun.size
    return Stated(first, last, "exact", persons, persons)
