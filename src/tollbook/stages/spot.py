"""spot: View -> the mentions of each sentence that speaks of harm."""

from collections.abc import Iterable, Iterator, Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Mention, Spelled
from tollbook.grammar.view import View
from tollbook.lang.pack import Pack, common_words
from tollbook.stages._counted_people import counted_people
from tollbook.stages._person_names import name_at
from tollbook.stages._sentence import NUMBER, OPENER, WORD, Sentence, words_of_pack
from tollbook.stages._uncounted_people import uncounted_people

_MOST_KEPT = 50_000


def spot(view: View, pack: Pack, blocked: Iterable[tuple[int, int]] = ()) -> Iterator[Spelled]:
    """Yield every sentence that has a word of harm, spelled in roles.

    `blocked` are word ranges (both included) that are something else already, such as dates: no number in them counts.
    """
    words = words_of_pack(pack)
    harm = words.harm_firsts
    closed = {i for first, last in blocked for i in range(first, last + 1)}
    for index, (first, last) in enumerate(view.sentences):
        if not harm.isdisjoint(view.folded[first:last]):
            mentions = _spell(Sentence(view, pack, words, closed, index))
            yield Spelled(index, mentions, "".join(m.role for m in mentions), view.folded)


def _spell(here: Sentence) -> list[Mention]:
    mentions: list[Mention] = []
    plain, surfaces, closed = here.words.plain, here.view.words, here.closed
    i = here.first
    folded, end, upper, new = here.folded, here.end, here.upper, tuple.__new__
    while i < end:
        # most words are ordinary and stand for themselves: one look-up tells
        letter = plain.get(folded[i]) if (upper or surfaces[i][0].islower()) else None
        if letter is not None and i not in closed:
            mentions.append(new(Mention, (letter, i, i, None, None)))
            i += 1
            continue
        mention = _next(here, i, mentions)
        mentions.append(mention)
        if (
            letter is None
            and mention.first == mention.last
            and mention.harm is None
            and mention.group is None
        ):
            _learn(here, i, mention.role)
        i = mention.last + 1
    return mentions


def _learn(here: Sentence, i: int, letter: str) -> None:
    """Keep the role of a word that always stands for itself: it begins nothing longer and is no name or number."""
    word, words = here.folded[i], here.words
    kind = words.kinds.get(word, 0)
    alone = kind == 0 or (kind == WORD and words.lexicon.alone(word) and word not in words.events)
    if not alone or i in here.closed or words.people.get(word) is not None or not word[0].isalpha():
        return
    if word in words.acronyms and here.is_acronym(i):
        return
    if (letter == role.OTHER and (not here.upper or word in common_words(here.pack))) or kind == WORD:
        if len(words.plain) > _MOST_KEPT:
            words.plain.clear()
        words.plain[word] = letter


def _next(here: Sentence, i: int, before: Sequence[Mention]) -> Mention:
    words, folded = here.words, here.folded
    word = folded[i]
    if i in here.closed:
        return Mention(role.TIME, i, i)
    kind = words.kinds.get(word, 0)
    if (kind & NUMBER or word[0].isdecimal()) and words.numbers.may(folded, i, here.end):
        counted = counted_people(here, i, before)
        if counted is not None:
            return counted
    hit = words.lexicon.at(folded, i, here.end) if kind & WORD and not here.is_acronym(i) else None
    if hit is not None and hit.sense[0] == role.ACTIVE and _is_event(here, hit.first, hit.last):
        return Mention(role.EVENT, i, hit.last, hit.sense[1])
    if hit is not None and hit.last > i:
        return Mention(hit.sense[0], i, hit.last, hit.sense[1])
    if kind & OPENER or words.people.get(word) is not None:
        group = uncounted_people(here, i)
        if group is not None:
            return group
    if hit is not None:
        return Mention(hit.sense[0], i, i, hit.sense[1])
    surface = here.view.words[i]
    sign = role.SIGNS.get(surface)
    if sign is not None:
        return Mention(sign, i, i)
    return (name_at(here, i) if surface[0].isupper() else None) or Mention(role.OTHER, i, i)


def _is_event(here: Sentence, first: int, last: int) -> bool:
    """Tell whether a word that is verb and noun (murder, killing) is the noun here: "the …", "… of"."""
    words = here.words
    if here.folded[first] not in words.events:
        return False
    if last + 1 < here.end and here.folded[last + 1] in words.of:
        return True
    if first > here.first and here.folded[first - 1].endswith(words.possessives):
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
    begins = here.words.kinds.get(word, 0) & (NUMBER | OPENER)
    return bool(begins) or word[0].isdecimal() or here.words.people.get(word) is not None
