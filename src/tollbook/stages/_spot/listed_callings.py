"""listed_callings: a calling and a name at the end of a list, with the words before it -> one mention."""

from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.mention import Group, Mention, Mentions
from tollbook.stages._sentence import NUMBER, ORDINARY, UNHEARD, Sentence

_QUALITIES = (role.OTHER, role.NAME)
_MOST_QUALITIES = 4
_AHEAD = 40  # words in which the last of a list is told
_LISTS = (role.COMMA, role.AND)
_BEFORE_CALLINGS = (*_QUALITIES, role.AND)
_CALLED_TOO = role.VICTIM + role.AND
_CLOSES = (role.STOP, role.BREAK)
_ADDS = (role.AND, role.ALONGSIDE, role.BESIDES, role.INCLUDING)
_PLACES = (role.PREPOSITION, role.BY, role.OF)
_GOES_ON = (*_ADDS, *_CLOSES, *_PLACES, role.TIME)
_BES = (role.BE_ONE, role.BE_MANY)
_FATED = (*_BES, role.HAVE, role.DIED, role.PARTICIPLE)
_BEFORE_FATES = (*_BES, role.HAVE, role.ADVERB)
_TELLS = frozenset((*_BES, role.HAVE, role.RELATIVE, role.PRONOUN, role.ONE_PERSON))


def with_qualities(here: Sentence, mention: Mention, before: Mentions) -> Mention:
    """Take in, in a list, what stands before a calling and its name: "a judge, and opposition leader Omar Haddad".

    Two callings of one name are one person, told by the first: "senator and presidential candidate Omar Haddad".
    """
    letters = before.spell()
    if letters[-1:] not in _BEFORE_CALLINGS or not _is_bare_name(mention):  # most
        return mention
    words = len(letters) - len(letters.rstrip("".join(_QUALITIES)))
    if words > _MOST_QUALITIES or letters[-words - 1 : len(letters) - words] not in _LISTS:
        return mention
    first = before[len(letters) - words].first if words else mention.first
    if not all(_is_quality(here, k) for k in range(first, mention.first)):
        return mention
    group, behind = mention.group, mention.last + 1
    listed = letters[-words - 1 : len(letters) - words]
    another = (
        before[len(letters) - words - 2] if letters.endswith(_CALLED_TOO, 0, len(letters) - words) else None
    )
    if another is not None and _is_bare_calling(another):
        if _acts(here, behind):
            return mention
        first, words, group = another.first, words + 2, _of_both(another.group, group)
    elif not _ends_list(here, behind, listed == role.COMMA):
        return mention
    for _ in range(words):
        before.drop_last()
    return Mention(mention.role, first, mention.last, mention.harm, group)


def _of_both(first: Group | None, second: Group | None) -> Group | None:
    """Return one person who is told by two callings."""
    if first is None or second is None:
        return second
    stated = replace(second.stated, first=first.stated.first)
    return replace(second, stated=stated, noun_first=first.noun_first)


def _is_bare_name(mention: Mention) -> bool:
    """Tell whether words are a calling without an article, and the name of who has it: "leader Omar Haddad"."""
    group = mention.group
    if group is None or mention.role != role.VICTIM or group.stated.first != group.noun_first:
        return False
    return group.stated.low == 1 and mention.last > group.noun_last


def _is_bare_calling(mention: Mention) -> bool:
    """Tell whether words are a calling without an article or a name: "senator"."""
    group = mention.group
    if group is None or group.stated.first != group.noun_first or group.noun_last != mention.last:
        return False
    return group.stated.low == 1


def _is_quality(here: Sentence, k: int) -> bool:
    """Tell whether word k says what kind of a calling follows, or of which body, which land: "Hamas commander"."""
    words, word = here.words, here.folded[k]
    if word in words.qualities:
        return True
    noun = words.people.get(word)
    if noun is not None and noun.identity:
        return True
    body = here.view.words[k][0].isupper() and words.lexicon.get(word) is None and word[0].isalpha()
    return body and (not here.upper or words.unheard[word] == UNHEARD)


def _acts(here: Sentence, k: int) -> bool:
    """Tell whether an ordinary word stands at word k, what a person does: "and party leader Omar Haddad condemned it"."""
    if k >= here.end or k in here.closed or not here.folded[k].isalpha():
        return False
    return not here.words.kinds.get(here.folded[k]) and here.words.lexicon.get(here.folded[k]) is None


def _ends_list(here: Sentence, k: int, inside: bool) -> bool:
    """Tell whether nothing but places, days, others and their harm is told behind a name, at word k.

    Not "and party leader Omar Haddad also condemned it"; `inside` says that commas may tell of others.
    """
    while k < here.end:
        letter, last = _role_at(here, k)
        if letter in _ADDS or letter in _CLOSES:
            return True
        if letter in _FATED:
            return _suffers(here, k)
        if letter == role.TIME:
            k += 1
        elif letter in _PLACES:
            k = _past_place(here, last + 1)
        elif letter == role.COMMA and not _is_ordinary(here, k + 1):
            k += 1
        else:
            return letter == role.COMMA and (_who_said(here, k + 1) or (inside and _another(here, k + 1)))
    return True


def _role_at(here: Sentence, k: int) -> tuple[str, int]:
    """Return the role of what begins at word k, and its last word."""
    if k in here.closed or here.folded[k].isdecimal():  # a day, an age
        return role.TIME, k
    told = here.words.lexicon.at(here.folded, k, here.end)
    if told is not None:
        return told.sense[0], told.last
    return role.SIGNS.get(here.folded[k], role.OTHER), k


def _is_ordinary(here: Sentence, k: int) -> bool:
    return k < here.end and _role_at(here, k)[0] not in _GOES_ON


def _past_place(here: Sentence, k: int) -> int:
    """Return the word behind a place, an event or a body at word k: "in Rio Hondo", "in the raid"."""
    if k >= here.end or k in here.closed:
        return k
    determiner = here.words.determiners.at(here.folded, k, here.end)
    k = k + 1 if determiner is None else min(determiner.last + 2, here.end)
    while k < here.end and k not in here.closed and here.view.words[k][0].isupper():
        if here.upper and here.words.unheard[here.folded[k]] == ORDINARY:
            break
        k += 1
    return k


def _suffers(here: Sentence, k: int) -> bool:
    """Tell whether "was killed", "died" stands at word k."""
    letter, last = _role_at(here, k)
    while letter in _BEFORE_FATES and last + 1 < here.end:
        letter, last = _role_at(here, last + 1)
    return here.words.harms.get(here.folded[last]) is not None and letter in (role.PARTICIPLE, role.DIED)


def _clause(here: Sentence, k: int) -> range:
    """Return the words from word k to the next comma."""
    return range(k, next((i for i in range(k, here.end) if here.folded[i] == ","), here.end))


def _who_said(here: Sentence, k: int) -> bool:
    """Tell whether word k opens what only says who said it: ", police said", not ", police said, was near"."""
    clause = _clause(here, k)
    if clause.stop + 1 < here.end and _role_at(here, clause.stop + 1)[0] in _FATED:
        return False
    roles = [_role_at(here, i)[0] for i in clause]
    if roles[:1] == [role.SAID]:  # ", said the army", not ", said it was murder"
        return _TELLS.isdisjoint(roles)
    return role.SAID in roles and role.RELATIVE not in roles


def _another(here: Sentence, k: int) -> bool:
    """Tell whether word k opens another one of a list: ", a driver and a cook"."""
    ahead = here.folded[k : min(k + _AHEAD, here.end)]
    if _role_at(here, k)[0] == role.RELATIVE or here.words.ands.isdisjoint(ahead):
        return False
    kind = here.words.kinds.get(here.folded[k], 0) & NUMBER
    determined = here.words.determiners.at(here.folded, k, here.end) is not None
    people = any(here.words.people.get(here.folded[i]) is not None for i in _clause(here, k))
    return bool(kind) or (people and (determined or here.words.people.get(here.folded[k]) is not None))
