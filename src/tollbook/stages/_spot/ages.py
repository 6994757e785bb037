"""ages: mentions of a sentence -> the same without the ages told behind people: "three boys, aged 5, 7 and 9,"."""

from tollbook.grammar import role
from tollbook.grammar.mention import Mention, Mentions
from tollbook.stages._sentence import Sentence

_PEOPLE = (role.VICTIM, role.NAME, role.COUNT)
_FIGURES = (role.COUNT, role.OTHER, role.TIME)
_CLOSES = (role.COMMA, role.STOP, "")
_VERBS = (role.DIED, role.BE_ONE, role.BE_MANY, role.HAVE)
_HARMING = (role.ACTIVE, role.PARTICIPLE)
_JOINS = (role.COMMA, role.AND, role.PREPOSITION, role.DASH)


def without_ages(here: Sentence, mentions: Mentions) -> Mentions:
    """Leave out ages, and the comma before them: they are no people, and part nobody from what befell him."""
    near = here.folded[here.first : here.end]
    aged = not here.words.aged.isdisjoint(near)
    gone = set() if here.words.alike.isdisjoint(near) else _ages_alike(here, mentions)
    if not aged and not gone:  # most
        return mentions
    for k in range(1, len(mentions)) if aged else ():
        if here.folded[mentions[k].first] not in here.words.aged or k in gone:
            continue
        begin = k - 1 if mentions[k - 1].role == role.COMMA else k
        end = _end_of_figures(here, mentions, k)
        if end > k and begin > 0 and mentions[begin - 1].role in _PEOPLE:
            gone.update(range(begin, end + 1))
    if not gone:
        return mentions
    letters = mentions.spell()
    # the comma behind an age parts nobody from his verb: "three boys, aged 17, died"
    gone.update(
        k + 1 for k in list(gone) if letters[k + 1 : k + 2] == role.COMMA and letters[k + 2 : k + 3] in _VERBS
    )
    kept = Mentions(here.folded, here.words.harms)
    for k, mention in enumerate(mentions):
        if k not in gone:
            kept.add(mention)
    return kept


def _ages_alike(here: Sentence, mentions: Mentions) -> set[int]:
    """Return the mentions of one age told of several between commas, with the first comma: "two sisters, both under 10,"."""
    gone: set[int] = set()
    letters, folded, alike = mentions.spell(), here.folded, here.words.alike
    for k in range(2, len(letters)):
        if letters[k + 1 : k + 2] not in _CLOSES or role.COMMA not in letters[k - 2 : k]:  # most
            continue
        group = mentions[k].group
        bare = letters[k] == role.COUNT and group is not None and group.noun_first > group.noun_last
        if not (bare or _is_figure(here, mentions[k])):
            continue
        first = mentions[k].first
        begin = k - 1 if letters[k - 1] != role.COMMA else k
        if letters[begin] in _HARMING:  # "shot two clerks, killing both."
            continue
        said = folded[mentions[begin].first] in alike or folded[first] in alike or folded[first - 1] in alike
        if said and letters[begin - 1] == role.COMMA and letters[begin - 2 : begin - 1] in _PEOPLE:
            gone.update(range(begin - 1, k + 1))
    return gone


def _end_of_figures(here: Sentence, mentions: Mentions, k: int) -> int:
    """Return the last mention of the figures behind word `k`, k itself for none: "5 to 12", "5, 7 and 9".

    A figure behind a comma is an age where "and" and another follow: not "aged 8 to 12, 14 were hurt".
    """
    end, n, listed = k, k + 1, False
    while n < len(mentions):
        if _is_figure(here, mentions[n]):
            end = end if listed else n
        elif mentions[n].role in _JOINS:
            listed = mentions[n].role == role.COMMA
        else:
            break
        n += 1
    return end


def _is_figure(here: Sentence, mention: Mention) -> bool:
    """Tell whether a mention is a number and nothing else."""
    if mention.role not in _FIGURES or (mention.group is not None and mention.group.others):
        return False
    bare = mention.group is None or mention.group.noun_first > mention.group.noun_last
    word = here.folded[mention.first]
    return bare and (
        word[0].isdecimal() or here.words.numbers.value_at(here.folded, mention.first, here.end) is not None
    )
