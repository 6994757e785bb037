"""_person_names: runs of capitalised words -> names of persons; where all is capitals, of words that are no ordinary ones."""

from tollbook.grammar import role
from tollbook.grammar.mention import Mention
from tollbook.grammar.people import Noun
from tollbook.lang.pack import common_words
from tollbook.stages._joints import is_inner_hyphen
from tollbook.stages._sentence import FORENAME, NUMBER, ORDINARY, UNHEARD, Sentence

_APPOSED = 18  # words of what is told between commas of a person named
_NAMING = (UNHEARD, FORENAME)
_BODY = 4  # words behind a name in which a word for a body makes it the body's
_SHORT = 3  # letters of a body's short form that is nobody's name
_OF_PERSONS = ("killed", "injured", "abducted", "detained")  # harms that befall persons one by one
_VERBS = (role.PARTICIPLE, role.ACTIVE)
_ENDS = (",", ";", ".")
_REMEMBERED = 400  # words back to which a surname alone is that of a longer name


def name_at(here: Sentence, i: int, least: int = 2) -> Mention | None:
    """Read a run of capitalised words as a name; where all is capitals, of words that are no ordinary words.

    A run that names a body is nobody's name, but one mention as well.
    """
    words, view = here.words, here.view
    if here.upper:
        return _name_in_capitals(here, i)
    article = here.folded[i] in words.name_articles and view.words[i][0].islower()  # "al-Saidi"
    j = i + article
    while j < here.end and j < i + 7 and j not in here.closed:
        word = view.words[j]
        if word[0].isupper() and word[0].isalpha():
            if words.lexicon.get(here.folded[j]) is not None and j > i:
                break
            j += 1
        elif (
            (word in "-." and is_inner_hyphen(here, j))
            or (word == "." and j > i and (len(view.words[j - 1]) == 1 or _ends_title(here, j - 1)))
        ) or (j > i and word in words.particles):
            j += 1
        else:
            break
    while j > i and not view.words[j - 1][0].isupper():
        j -= 1
    count = article + sum(view.words[k][0].isupper() for k in range(i, j))
    if count == 1 and j == i + 1 and here.folded[i] not in common_words(here.pack):
        # "Noor and his guard", "Noor was killed"; where he was told before in full, "Noor and a guard", "Noor died",
        # "Noor, a clerk, was killed"
        told = _meets_his_end(here, j) or _told_more_of(here, j) or _whose_death(here, j)
        known = told and _named_before(here, i)
        if known or _with_his(here, j) or _suffers(here, j) or _harmed_and_told_of(here, i, j):
            least = 1
    if count > 1 and _is_headline(here, j):
        return None
    if j > i + 1 and (here.folded[j - 1] in words.no_person or _is_short(here, j - 1)):
        return Mention(role.OTHER, i, j - 1)  # "Migration Service"
    return Mention(_name_role(here, j - 1), i, j - 1) if count >= least else None


def _ends_title(here: Sentence, k: int) -> bool:
    """Tell whether word k is a title shortened by the full stop behind it, before a name: "Mr. Alin"."""
    return here.folded[k] in here.words.titles and k + 2 < here.end and _is_shortened(here, k)


def _is_headline(here: Sentence, j: int) -> bool:
    """Tell whether a run of capitalised words ends with a calling, and his harm follows at word j: "Union Leader Slain"."""
    told = j < here.end and here.folded[j] in here.words.harms
    return told and here.words.people.get(here.folded[j - 1]) is not None


def _is_short(here: Sentence, last: int) -> bool:
    """Tell whether a word is a body's short form: "Local PDF"."""
    word = here.view.words[last]
    return word.isupper() and word.isalpha() and len(word) == _SHORT


def _with_his(here: Sentence, j: int) -> bool:
    """Tell whether "and his" follows: whoever stands before it is a person."""
    folded = here.folded
    return j + 1 < here.end and folded[j] in here.words.ands and folded[j + 1] in here.words.his


def _named_before(here: Sentence, i: int) -> bool:
    """Tell whether a word was the last of a longer name in a sentence before: "Khan", after "Sardar Mohammad Khan"."""
    folded, surfaces = here.view.folded, here.view.words
    endings = (e for e in here.words.possessives if folded[i].endswith(e))
    name = folded[i].removesuffix(next(endings, ""))
    return any(
        folded[k] == name
        and surfaces[k][0].isupper()
        and surfaces[k - 1][0].isupper()
        and surfaces[k - 1][-1].isalpha()
        for k in range(max(1, here.first - _REMEMBERED), here.first)
    )


def _meets_his_end(here: Sentence, j: int) -> bool:
    """Tell whether "died" follows at word j, or "and" with somebody else."""
    return _and_others(here, j) or _dies(here, j)


def _and_others(here: Sentence, j: int) -> bool:
    """Tell whether "and a guard", "and three others" stands at word j."""
    if j + 2 >= here.end or here.folded[j] not in here.words.ands:
        return False
    numbered = here.words.kinds.get(here.folded[j + 1], 0) & NUMBER or here.folded[j + 1].isdecimal()
    return bool(numbered) or here.words.determiners.at(here.folded, j + 1, here.end) is not None


def _whose_death(here: Sentence, j: int) -> bool:
    """Tell whether the word before j is a name in the possessive, and a death or a body follows: "Noor's body"."""
    if j >= here.end or not here.folded[j - 1].endswith(here.words.possessives):
        return False
    told = here.words.lexicon.at(here.folded, j, here.end)
    return told is not None and told.sense[0] == role.EVENT


def _dies(here: Sentence, j: int) -> bool:
    """Tell whether "died" stands at word j."""
    told = here.words.lexicon.at(here.folded, j, here.end) if j < here.end else None
    return told is not None and told.sense[0] == role.DIED


def _told_more_of(here: Sentence, j: int) -> bool:
    """Tell whether words between commas at word j say who he is, and his fate follows: "Noor, the head, was killed"."""
    words = here.view.words
    if (
        j + 2 >= here.end
        or words[j] != ","
        or here.words.determiners.at(here.folded, j + 1, here.end) is None
    ):
        return False
    close = next((k for k in range(j + 2, min(here.end, j + _APPOSED)) if words[k] == ","), None)
    return close is not None and (_suffers(here, close + 1) or _meets_his_end(here, close + 1))


def _harmed_and_told_of(here: Sentence, i: int, j: int) -> bool:
    """Tell whether a verb of harm stands before word i, and behind a comma at word j who he is: "killed Noor, a clerk,"."""
    words, folded = here.words, here.folded
    if i == here.first or words.harms.get(folded[i - 1]) not in _OF_PERSONS:
        return False
    verb = words.lexicon.at(folded, i - 1, i)
    if verb is None or verb.sense[0] not in _VERBS or j + 2 >= here.end or here.view.words[j] != ",":
        return False
    if words.determiners.at(folded, j + 1, here.end) is None:
        return False
    close = next((k for k in range(j + 2, min(here.end, j + _APPOSED)) if here.view.words[k] in _ENDS), j)
    return any(_is_one(words.people.get(folded[k])) for k in range(j + 2, close))


def _is_one(noun: Noun | None) -> bool:
    return noun is not None and noun.number == "one"


def _suffers(here: Sentence, j: int) -> bool:
    """Tell whether "was killed" follows at word j, an age between commas passed over: towns and bodies suffer otherwise."""
    words, folded = here.words, here.folded
    if j + 4 < here.end and here.view.words[j] == "," and folded[j + 1].isdecimal() and folded[j + 2] == ",":
        j += 3
    be = words.lexicon.at(folded, j, here.end) if j + 1 < here.end else None
    if be is None or be.sense[0] != role.BE_ONE or be.last + 1 >= here.end:
        return False
    k = be.last + 1
    told = words.lexicon.at(folded, k, here.end)
    if told is not None and told.sense[0] == role.ADVERB and told.last + 1 < here.end:
        k = told.last + 1
        told = words.lexicon.at(folded, k, here.end)
    return told is not None and told.sense[0] == role.PARTICIPLE and folded[k] not in words.weak


def _name_role(here: Sentence, last: int) -> str:
    """Tell a name from a name in the possessive."""
    return role.POSSESSIVE if here.folded[last].endswith(here.words.possessives) else role.NAME


def _name_in_capitals(here: Sentence, i: int) -> Mention | None:
    words, folded = here.words, here.folded
    heard = words.unheard[folded[i]]
    if heard == ORDINARY or i in here.closed or (heard == FORENAME and not _is_forename(here, i)):  # most
        return None
    j = i + 1
    while j < here.end and j < i + 6 and j not in here.closed:
        word = folded[j]
        initial = len(word) == 1 and (word.isalpha() or (word in "-." and is_inner_hyphen(here, j)))
        if not initial and word not in words.particles and words.unheard[word] not in _NAMING:
            break
        j += 1
    if j == i + 1 and folded[i] in words.titles:
        return None
    while j > i and (folded[j - 1] in words.particles or not folded[j - 1][0].isalpha()):
        j -= 1
    if j <= i:
        return None
    body = _body_end(here, j)
    return Mention(role.OTHER, i, body) if body >= j else Mention(_name_role(here, j - 1), i, j - 1)


def _is_forename(here: Sentence, i: int) -> bool:
    """Tell whether an ordinary word is a forename here, a name behind it: "MARTIN HADDAD"."""
    k = i + 1
    return k < here.end and k not in here.closed and here.words.unheard[here.folded[k]] == UNHEARD


def _body_end(here: Sentence, j: int) -> int:
    """Return the word that makes a run of capitals before word j the name of a body, or -1: "BARZAN NATIONAL FRONT".

    Not where it does something first, or where people of a body follow: "OMAR TELLEZ JOINED PARTY LEADERS".
    """
    words, folded = here.words, here.folded
    for k in range(j, min(j + _BODY, here.end)):
        if folded[k] in words.no_person:
            return -1 if k == j and _is_of_body(here, k + 1) else k
        if k in here.closed or not folded[k].isalpha() or words.lexicon.get(folded[k]) is not None:
            return -1
        if k == j and folded[k] not in words.qualities:
            return -1
    return -1


def _is_of_body(here: Sentence, k: int) -> bool:
    """Tell whether somebody of a body is told of, from word k behind a word for it: "ARMY COMMAND CHIEF"."""
    while k < here.end and here.folded[k] in here.words.no_person:
        k += 1
    return k < here.end and here.words.people.get(here.folded[k]) is not None


def name_behind(here: Sentence, last: int) -> Mention | None:
    """Return the name that belongs to the person at word `last`: "guard Ali Hassan"; none in the possessive."""
    first = last + 1 + (last + 2 < here.end and _is_shortened(here, last))
    if first < here.end and here.folded[first] in here.words.harms:  # "Judge Slain by Gunmen"
        return None
    plain = first >= here.end or (not here.upper and here.view.words[first][0].islower())
    name = None if plain else name_at(here, first, least=1)
    return name if name is not None and name.role == role.NAME else None


def names_body(here: Sentence, k: int) -> bool:
    """Tell whether a capitalised word and one for a body stand at word k: behind "the militant", "Islamic group"."""
    if k + 1 >= here.end or here.upper or not here.view.words[k][0].isupper():
        return False
    return here.view.words[k + 1] in here.words.no_person


def _is_shortened(here: Sentence, last: int) -> bool:
    """Tell whether a full stop right behind word `last` only shortens it before a name: "Gen. Alin"."""
    view = here.view
    stop = view.words[last + 1] == "." and view.starts[last + 1] == view.ends[last]
    return stop and view.words[last][0].isupper() and view.words[last + 2][0].isupper()
