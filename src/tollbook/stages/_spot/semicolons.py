"""semicolons: persons listed between semicolons -> the same between commas, without what is told of each.

"killing Omar Haddad, a driver; Lina Khoury, who sold fruit; and a policeman" names three persons as "killing Omar Haddad,
Lina Khoury, and a policeman" does. Semicolons that part clauses stay.
"""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Mention, Mentions
from tollbook.stages._counted_as_well import is_one_person
from tollbook.stages._sentence import Sentence

_VERBS = frozenset((role.BE_ONE, role.BE_MANY, role.HAVE, role.SAID, role.DIED, role.ACTIVE, role.PARTICIPLE))
_FINITE = frozenset((role.BE_ONE, role.BE_MANY, role.HAVE, role.DIED))
_TRIGGERS = frozenset((role.ACTIVE, role.PARTICIPLE, role.STATE, role.COLON, role.INCLUDING, role.BE_MANY))
_OF_OTHERS = (role.PREPOSITION, role.OF, role.BY)
_JOINS = (role.COMMA, role.AND)


def listed_by_commas(here: Sentence, mentions: Mentions) -> Mentions:
    """Turn the semicolons of a list of persons into commas, and leave out what its items tell of each.

    Behind a comma words for one person would say who the one before is: here they stand for somebody, as a name does.
    """
    letters = mentions.spell()
    if role.BREAK not in letters or ";" not in here.folded[here.first : here.end]:  # most
        return mentions
    cuts = [k for k, m in enumerate(letters) if m == role.BREAK and here.folded[mentions[k].first] == ";"]
    heads = _heads(mentions, letters, cuts)
    if heads is None:
        return mentions
    kept = Mentions(here.folded, here.words.harms)
    gone = {
        k
        for head, cut in zip(heads, cuts, strict=False)
        if not _lists_more(mentions, head + 1, cut)
        for k in range(head + 1, cut)
    }
    for k, mention in enumerate(mentions):
        if k in cuts:
            kept.add(Mention(role.COMMA, mention.first, mention.last))
        elif k in heads[1:-1] and is_one_person(mention):
            kept.add(Mention(role.NAME, mention.first, mention.last))
        elif k not in gone:
            kept.add(mention)
    return kept


def _heads(mentions: Mentions, letters: str, cuts: Sequence[int]) -> list[int] | None:
    """Return the mentions of the persons that the items begin with; None where the semicolons part something else."""
    first = next((k for k in range(cuts[0]) if _is_person(mentions[k]) and _may_begin(letters, k)), None)
    if first is None:
        return None
    heads = [first, *(cut + 1 + (letters[cut + 1 : cut + 2] == role.AND) for cut in cuts)]
    if heads[-1] >= len(mentions) or not all(_is_person(mentions[k]) for k in heads):
        return None
    if any(_tells_a_deed(letters[head + 1 : cut]) for head, cut in zip(heads, cuts, strict=False)):
        return None
    joined = letters[cuts[-1] + 1] == role.AND or any(c == role.AND for c in letters[heads[-1] :])
    named = any(mentions[k].role == role.NAME for k in heads) or len(cuts) > 1
    # behind what befell them the last has no verb of its own: not "killing two guards; three others were wounded"
    behind = letters[heads[-1] + 1 :].split(role.RELATIVE, 1)[0]
    clause = any(c in _VERBS for c in letters[:first]) and bool(_FINITE.intersection(behind))
    return heads if joined and named and not clause else None


def _is_person(mention: Mention) -> bool:
    """Tell whether a mention is a name, or people with a figure of their own, one included."""
    group = mention.group
    return mention.role == role.NAME or (
        mention.role == role.VICTIM and group is not None and group.stated.kind == "exact"
    )


def _may_begin(letters: str, k: int) -> bool:
    """Tell whether a list of persons may begin at mention k: at the head of a clause, or behind what befell them."""
    before = letters[k - 1 : k]
    if letters[k] == role.NAME:  # not a place: "in Rio Negro"
        return before not in _OF_OTHERS
    return before in ("", role.COMMA, role.TIME, role.BREAK) or before in _TRIGGERS


def _tells_a_deed(letters: str) -> bool:
    """Tell whether what follows a person is a clause of its own; what "who" begins says more of him."""
    return bool(_VERBS.intersection(letters.split(role.RELATIVE, 1)[0]))


def _lists_more(mentions: Mentions, first: int, end: int) -> bool:
    """Tell whether an item lists more persons itself: "Omar Haddad, Ali Khoury and Rami Aziz, of Dara; …"."""
    return any(
        mentions[k].role == role.NAME and mentions[k - 1].role in _JOINS for k in range(first + 1, end)
    )
