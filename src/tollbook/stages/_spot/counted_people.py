"""counted_people: a number in a sentence -> the people it counts, or what else it is."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Group, Mention, Mentions
from tollbook.grammar.number import Stated
from tollbook.model.made import changed
from tollbook.stages._joints import begins_compound, compound_end, is_glued
from tollbook.stages._sentence import NUMBER, OPENER, WORD, Sentence
from tollbook.stages._spot.averages import averaged, is_average
from tollbook.stages._spot.noun_groups import NounGroup, are_fighters, noun_after

_OLDEST = 115
_APART = (role.COMMA, role.DASH)  # before a number that may say who some of those before it were
_BEFORE_AGE = (role.COMMA, role.OPEN)
_TELLING = (role.PARTICIPLE, role.STATE, role.RELATIVE)  # right behind people, what befell all of them
_VERBS = (role.BE_ONE, role.BE_MANY, role.HAVE)
_LACKED = 3  # words from "without" to the harm that it denies
_OWNER = 3  # words from "of" to the number of all: "of the town's 9,000"
_HEAD = 8  # words from "of" at the head of a sentence to the number of all
_HOUR = 4  # digits of an hour with its minutes
_YEAR = 4  # digits of a year


def counted_people(here: Sentence, i: int, before: Mentions) -> Mention | None:
    """Read the number at word i and the people it counts; an OTHER mention where it counts something else.

    `before` are the mentions of the sentence so far. None where the words are no number after all.
    """
    years = _years_told(here, i)
    if years is not None:
        return Mention(role.OTHER, i, years)
    if i > here.first and is_average(here, i - 1):
        return averaged(here, i)
    counted = _counted(here, i, before)
    if counted is None or _points_back(here, i, counted):
        return None
    if i == here.first and counted.role == role.PEOPLE and _is_year(here, counted.group):
        return Mention(role.OTHER, i, counted.last)  # the head of a table: "2015 casualties by outcome"
    return counted


def _counted(here: Sentence, i: int, before: Mentions) -> Mention | None:
    stated = here.words.numbers.at(here.folded, i, here.end)
    if stated is None or _lacks_something(here, stated):
        return None
    if not here.closed.isdisjoint(range(i, stated.last + 1)) or _only_joins(here, stated):
        return None
    stated = _said_twice(here, stated)
    if stated.kind == "none" and stated.last + 1 < here.end:
        inner = here.words.numbers.value_at(here.folded, stated.last + 1, here.end)
        stated = stated if inner is None else changed(stated, last=inner[0])  # none of the four priests
    if _is_whole_of_share(here, i, stated):
        return Mention(role.OTHER, i, stated.last)  # "40 per cent of the town's 9,000 residents"
    stated = _with_whole(here, _as_share(here, stated))
    after, last_role = stated.last + 1, before.spell()[-1:]
    if last_role in _APART and _tells_more(here, after):
        return Mention(role.INCLUDING, i, stated.last)
    if begins_compound(here, after):
        if here.words.kinds.get(here.folded[i], 0) & OPENER:
            return None  # his 2-year-old son
        last = compound_end(here, after)
        aged = here.folded[last] in here.words.age_ends  # "wounding 30-year-old Fatima Noor"
        return Mention(role.ADVERB if aged else role.OTHER, i, last)
    ages = _ages_of_several(here, i, before) if last_role == role.COMMA else None
    if ages is not None:
        return Mention(role.OTHER, i, ages)
    boxed = _is_boxed(here, stated)
    if not boxed and _is_label(here, i, stated, before):
        return _labelled(here, i, stated, before)
    if last_role == role.RISING and stated.kind == "range":  # rose from 10 to 12
        stated = changed(stated, kind="exact", low=stated.high)
    found = _nobody(here, i, stated) or noun_after(
        here, after + 1 if boxed else _past_bracket(here, i, after), here.end, counted=True
    )
    if found is None and boxed:
        return Mention(role.COUNT, i, after, None, Group(stated, after + 1, after))
    aged = found is None and last_role == role.OF and _is_age_behind_of(here, stated, before)
    if aged or ((found is None or found[0] == "unsure") and _is_age(here, stated, before)):
        return Mention(role.OTHER, i, stated.last)
    if found is None:
        return _bare(here, stated, after, _tells_others(here, i, stated))
    kind, first, last, harm, others = found
    if kind == "thing" or (stated.kind == "none" and _is_not_given(here, last + 1)):
        return Mention(role.OTHER, i, last)
    definite = here.words.definite.get(here.folded[i]) is not None
    if definite:  # not "the couple's two sons"
        definite = not here.folded[min(i + 1, stated.last)].endswith(here.words.possessives)
    others = others or _tells_others(here, i, stated)
    group = Group(stated, first, last, harm, definite, others, are_fighters(here, first, last))
    letter = role.PEOPLE if kind == "harmed" else role.UNSURE if kind == "unsure" else role.VICTIM
    return Mention(letter, i, max(last, stated.last), harm, group)


def _as_share(here: Sentence, stated: Stated) -> Stated:
    """Take a number of thirds or quarters of somebody's people for a share: "two thirds of Ruritania's people"."""
    k, folded = stated.last + 1, here.folded
    if k + 2 >= here.end or folded[k] not in here.words.shares or folded[k + 1] not in here.words.of:
        return stated
    owned = _past_owner(here, k + 2)
    return stated if owned == k + 2 else changed(stated, last=owned - 1, kind="some", low=None, high=None)


def _with_whole(here: Sentence, stated: Stated) -> Stated:
    """Take the number of all into the words of a share, which says of how many: "a third of the town's 9,000 residents"."""
    if stated.kind != "some":  # most
        return stated
    k = _past_owner(here, stated.last + 1)
    whole = here.words.numbers.value_at(here.folded, k, here.end) if k < here.end else None
    if whole is None or _harmed_behind(here, whole[0] + 1):
        return stated
    return changed(stated, last=whole[0])


def _past_owner(here: Sentence, k: int) -> int:
    """Step over whose people are counted, one word and a determiner before it: "the town's"."""
    for n in range(k, min(k + _OWNER, here.end)):
        if here.folded[n].endswith(here.words.possessives):
            return n + 1
    return k


def _is_whole_of_share(here: Sentence, i: int, stated: Stated) -> bool:
    """Tell whether a number only says of how many a share in a hundred is; who are told by a word of harm count anyway."""
    words, folded = here.words, here.folded
    if folded[here.first] in words.of and _opens_share(here, i, stated.last + 1):
        return not _harmed_behind(here, stated.last + 1)
    for k in range(i - 1, max(here.first, i - 1 - _OWNER), -1):
        if folded[k] in words.of:
            return folded[k - 1] in words.per_cent and not _harmed_behind(here, stated.last + 1)
    return False


def _opens_share(here: Sentence, i: int, k: int) -> bool:
    """Tell whether a share follows the head of a sentence that tells of how many: "Of its 12 million people, one in three"."""
    if i - here.first > _HEAD:
        return False
    comma = next((n for n in range(k, min(k + _OWNER, here.end - 1)) if here.folded[n] == ","), 0)
    share = here.words.numbers.at(here.folded, comma + 1, here.end) if comma else None
    return share is not None and share.kind == "some" and share.last > share.first


def _harmed_behind(here: Sentence, k: int) -> bool:
    """Tell whether a number before word k counts people told by what befell them: "4,000 refugees", "800 people arrested"."""
    found = noun_after(here, k, here.end, counted=True) if k < here.end else None
    if found is None:  # "two thirds of the 60 dead"
        told = here.words.lexicon.get(here.folded[k]) if k < here.end else None
        return told is not None and told[1] is not None
    if found[0] == "harmed":
        return True
    behind = here.words.lexicon.get(here.folded[found[2] + 1]) if found[2] + 1 < here.end else None
    return behind is not None and behind[0] in _TELLING


def _nobody(here: Sentence, i: int, stated: Stated) -> NounGroup | None:
    """Return what words that only mean nobody harmed tell, the number of none among them: "no victims"."""
    if stated.kind != "none":
        return None
    hit = here.words.lexicon.at(here.folded, i, here.end)
    if hit is None or hit.sense[0] != role.PEOPLE or hit.last <= stated.last:
        return None
    return "harmed", stated.last + 1, hit.last, hit.sense[1], False


def _is_not_given(here: Sentence, k: int) -> bool:
    """Tell whether what stands before word k was only not given out: "no casualties were given"."""
    verb = here.words.lexicon.get(here.folded[k]) if k < here.end else None
    if verb is None or verb[0] not in _VERBS:
        return False
    return not here.words.given_out.isdisjoint(here.folded[k + 1 : min(k + 3, here.end)])


def _tells_others(here: Sentence, i: int, stated: Stated) -> bool:
    """Tell whether the words before a figure say that its people are others: "another 27", not "more than 50"."""
    words, folded = here.words, here.folded
    for k in range(i, max(i + 1, min(i + 2, stated.last))):
        if words.others.get(folded[k]) is not None and not words.numbers.bounds(folded, k, here.end):
            return True
    return False


def _tells_more(here: Sentence, after: int) -> bool:
    """Tell whether a number behind a comma only says who some of those before it were: "killed two, one a Dutch engineer"."""
    return after < here.end and here.folded[after] in here.words.articles


def _only_joins(here: Sentence, stated: Stated) -> bool:
    """Tell whether a whole phrase of number only joins two things named behind it: "both the mayor and his guard"."""
    words, folded = here.words, here.folded
    if folded[stated.first] not in words.joining or stated.last + 1 >= here.end:
        return False
    for k in range(stated.last + 2, min(stated.last + 6, here.end)):
        if folded[k] in words.ands:
            return not _are_one_kind(here, stated.last + 1, k)
        if words.lexicon.get(folded[k]) is not None:
            return False
    return False


def _are_one_kind(here: Sentence, first: int, joint: int) -> bool:
    """Tell whether "both" counts the noun right behind it, since nobody follows "and": "both gunmen and freed hostages"."""
    words, folded = here.words, here.folded
    if joint != first + 1 or joint + 1 >= here.end or words.people.get(folded[first]) is None:
        return False
    word = folded[joint + 1]
    told = word in words.harms and folded[min(joint + 2, here.end - 1)] not in words.articles
    named = told or words.people.get(word) is not None or words.people.is_identity(word)
    described = words.people.modifiers.get(word) is not None or here.view.words[joint + 1][0].isupper()
    return not (named or described or word in words.articles or words.kinds.get(word, 0) & (NUMBER | WORD))


def _points_back(here: Sentence, i: int, counted: Mention) -> bool:
    """Tell whether words of number only open a list of parts or are no number: "many of them", "one another"."""
    if counted.group is None or not here.words.kinds.get(here.folded[i], 0) & WORD:  # most
        return False
    hit = here.words.lexicon.at(here.folded, i, here.end)
    if hit is None or hit.last <= counted.group.stated.last:
        return False
    vague = counted.group.stated.kind in ("vague", "some")
    return hit.sense[0] == role.PRONOUN or (vague and hit.sense[0] == role.INCLUDING)


def _said_twice(here: Sentence, stated: Stated) -> Stated:
    """Take "five (5)" as one number: its words and its figure in brackets."""
    k, view = stated.last + 1, here.view
    if k + 2 >= here.end or view.words[k] != "(" or view.words[k + 2] != ")":
        return stated
    value = here.words.numbers.value_at(here.folded, k + 1, k + 2)
    same = value is not None and value[1] == stated.low and view.words[k + 1][0].isdecimal()
    return changed(stated, last=k + 2) if same else stated


def _is_age(here: Sentence, stated: Stated, before: Sequence[Mention]) -> bool:
    """Tell whether a bound right behind people is their age: "children under 5"."""
    if not before or before[-1].role != role.VICTIM or stated.kind not in ("at_most", "at_least"):
        return False
    return (stated.high or stated.low or 0) <= _OLDEST


def _is_age_behind_of(here: Sentence, stated: Stated, before: Sequence[Mention]) -> bool:
    """Tell whether a bare number is the age of the one person before it: "a girl of 6 and a boy of 13"."""
    if len(before) < 2 or before[-1].role != role.OF or before[-2].role != role.VICTIM:  # a person, "of"
        return False
    group = before[-2].group
    if group is None or group.stated.kind != "exact" or group.stated.low != 1:
        return False
    noun = (
        here.words.people.get(here.folded[group.noun_last]) if group.noun_first <= group.noun_last else None
    )
    return (
        noun is not None
        and noun.number == "one"
        and (noun.sex is not None or noun.age is not None)
        and stated.kind in ("exact", "about")
        and 0 < (stated.low or 0) <= _OLDEST
    )


def _past_bracket(here: Sentence, i: int, after: int) -> int:
    """Return the word behind a number alone in brackets that counts what follows: "more than (2,671) families"."""
    words = here.view.words
    if i - 2 < here.first or after + 1 >= here.end or words[i - 1] != "(" or words[after] != ")":
        return after
    before, noun = words[i - 2], here.words.people.get(here.folded[after + 1])
    counted = before[0].isdecimal() or here.words.people.get(here.folded[i - 2]) is not None
    return after if counted or noun is None else after + 1


def _is_boxed(here: Sentence, stated: Stated) -> bool:
    """Tell whether a house style puts a number in brackets that counts what follows: "(32) women and (12) men", "(3) were hurt".

    Nothing that has a figure or an age of its own stands before it: not "Homs (6) were".
    """
    words, first, after = here.view.words, stated.first, stated.last + 1
    if first == here.first or words[first - 1] != "(" or after + 1 >= here.end or words[after] != ")":
        return False
    if stated.kind != "exact":
        return False
    before = first - 2
    opens = before < here.first or words[before] in role.SIGNS or here.folded[before] in here.words.ands
    opens = opens or here.words.definite.get(here.folded[before]) is not None
    verb = here.words.lexicon.get(here.folded[after + 1])
    harmed = verb is not None and verb[0] == role.PEOPLE
    counts = harmed or here.words.people.get(here.folded[after + 1]) is not None
    return opens and (counts or (verb is not None and verb[0] in _VERBS))


def _lacks_something(here: Sentence, stated: Stated) -> bool:
    """Tell whether a lone word for nobody has no word of harm behind it: "without their help", not "without losses"."""
    if (
        stated.kind != "none"
        or stated.last > stated.first
        or here.folded[stated.first] not in here.words.lacking
    ):
        return False
    near = range(stated.last + 1, min(stated.last + 1 + _LACKED, here.end))
    hits = (here.words.lexicon.at(here.folded, k, here.end) for k in near)
    return not any(hit is not None and hit.sense[1] is not None for hit in hits)


def _bare(here: Sentence, stated: Stated, after: int, others: bool) -> Mention:
    """Make a count with no noun; a lone year or a long decimal is none."""
    hour = stated.first == stated.last and _is_hour(here.folded[stated.first])
    group = Group(stated, after, after - 1, others=others)
    if hour or _is_year(here, group):
        return Mention(role.OTHER, stated.first, stated.last)
    return Mention(role.COUNT, stated.first, stated.last, None, group)


def _is_year(here: Sentence, group: Group | None) -> bool:
    """Tell whether a number is of four digits that may be a year: 2015, not 2,015."""
    if group is None:
        return False
    stated = group.stated
    alone = stated.kind == "exact" and stated.first == stated.last and 1900 <= (stated.low or 0) <= 2100
    return alone and len(here.folded[stated.first]) == _YEAR


def _is_hour(word: str) -> bool:
    """Tell whether four digits that begin with nought are a time of day: "at 0815"."""
    return len(word) == _HOUR and word[0] == "0" and word.isdecimal()


def _ages_of_several(here: Sentence, i: int, before: Sequence[Mention]) -> int | None:
    """Return the last word of ages told of several people, a number each: "two pupils, 12 and 14, were shot"."""
    if len(before) < 2 or before[-1].role != role.COMMA or not here.folded[i].isdecimal():  # people, a comma
        return None
    group, k, seen = before[-2].group, i, 0
    if group is None or before[-2].role != role.VICTIM or group.stated.kind != "exact":
        return None
    while k < here.end and here.folded[k].isdecimal() and len(here.folded[k]) <= len(str(_OLDEST)):
        seen += 1
        if seen == group.stated.low or k + 2 >= here.end:
            break
        k += 1
        k += here.view.words[k] == "," and here.folded[k + 1] in here.words.ands
        if here.view.words[k] != "," and here.folded[k] not in here.words.ands:
            return None
        k += 1
    old = here.words.ages.at(here.folded, k + 1, here.end) if k + 1 < here.end else None
    k = k if old is None else old.last  # "two pupils, 12 and 14 years old, were shot"
    closed = k + 1 < here.end and here.view.words[k + 1] in ",.;)"
    return k if closed and seen > 1 and seen == group.stated.low else None


def _years_told(here: Sentence, i: int) -> int | None:
    """Return the last word of ages in years that begin at word i: "Omar, 34 years old", "20, 22 and 24 years old"."""
    k = i
    while k + 1 < here.end and here.folded[k].isdecimal() and len(here.folded[k]) <= len(str(_OLDEST)):
        old = here.words.ages.at(here.folded, k + 1, here.end)
        if old is not None:
            stands = old.last + 1 >= here.end or not here.view.words[old.last + 1][0].isalnum()
            return old.last if stands or here.folded[old.last + 1] in here.words.ands else None
        while k + 1 < here.end and (here.view.words[k + 1] == "," or here.folded[k + 1] in here.words.ands):
            k += 1
        k += 1
        if not here.folded[k - 1].isalpha() and here.view.words[k - 1] != ",":
            return None
    return None


def _is_label(here: Sentence, i: int, stated: Stated, before: Mentions) -> bool:
    """Tell whether the number is an age between commas, or the number of a list item."""
    words = here.view.words
    after = stated.last + 1
    if i > here.first + 1 and words[i - 1] in "-–/" and is_glued(here, i - 1):
        if words[i - 2][0].isdecimal() or (words[i - 2][0].isalpha() and words[i - 1] != "/"):
            return True  # a name with a number, F-16, or the end of one: aged 12-23, 7.3/10
    if i == here.first and after < here.end and words[after] in ".)/" and stated.kind == "exact":
        return True  # 2), 2/5
    ends = after >= here.end or words[after] in ",).;" or here.folded[after] in here.words.ands
    told = here.words.lexicon.get(here.folded[after]) if after < here.end and not ends else None
    if (ends or (told is not None and told[0] in _VERBS)) and _labelled_before(here, i):
        return True  # "two men, aged 24 and 31, …", "children aged 14 and 17 were hurt"
    if stated.kind != "exact" or before.spell()[-1:] not in _BEFORE_AGE:
        return False
    closes = after >= here.end or words[after] in ",).;-–—"
    named = any(m.role in (role.NAME, role.VICTIM) for m in before[-3:-1])
    named = named or (words[before[-1].first - 1][:1].isupper() and not here.upper)
    return closes and named and (stated.low or 0) <= _OLDEST and words[i][0].isdecimal()


def _labelled(here: Sentence, i: int, stated: Stated, before: Sequence[Mention]) -> Mention:
    """Make what is an age, or a figure for a place named: "Kafr Zita (4)", not "Amina Yusuf, 34, and her sons"."""
    comma = bool(before) and before[-1].role == role.COMMA
    person = comma and any(m.role in (role.NAME, role.VICTIM) for m in before[-3:-1])
    own = stated.kind == "exact" and not person and not _labelled_before(here, i)  # an age is nobody's figure
    kept = Group(stated, stated.last + 1, stated.last) if own else None
    return Mention(role.OTHER, i, stated.last, None, kept)


def _labelled_before(here: Sentence, i: int) -> bool:
    """Tell whether a number ends a list that a label opens: "two men, aged 24 and 31"."""
    k = i - 1
    while k > here.first and (here.folded[k] in here.words.ands or here.view.words[k] == ","):
        if not here.folded[k - 1][0].isdecimal():
            return False
        k -= 2
    return k < i - 1 and here.words.numbers.is_label(here.folded[k])
