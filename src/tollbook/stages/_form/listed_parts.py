"""listed_parts: mentions behind a word of including -> the figures that are listed there as parts of a total."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.mention import Mention

_BE = (role.BE_ONE, role.BE_MANY)
_TELLS = 12  # mentions that tell what befell one of several listed
_ENDS = (role.COMMA, role.BREAK, role.SAID, role.RELATIVE, role.STOP, *_BE)
_BEING = (*_BE, role.HAVE, role.DIED)
_DOES = (
    *_BE,
    role.HAVE,
    role.ADVERB,
    role.PARTICIPLE,
    role.ACTIVE,
    role.DIED,
    role.STATE,
    role.EVENT,
    role.SAID,
)


def adjunct_behind(mentions: Sequence[Mention], i: int) -> bool:
    """Tell whether words of place or time follow a bare figure, which are its own."""
    return i + 1 < len(mentions) and mentions[i + 1].role == role.PREPOSITION


def listed_after(mentions: Sequence[Mention], k: int) -> list[int]:
    """Return the people listed behind a word of including, over commas and "and"."""
    found: list[int] = []
    gap = 0
    while k < len(mentions):
        letter = mentions[k].role
        if letter == role.UNSURE and found and mentions[k - 1].role == role.PREPOSITION:
            gap += 1  # "including seven children, in three hamlets"
        elif letter in (role.VICTIM, role.COUNT, role.UNSURE, role.PEOPLE):
            placed = letter == role.COUNT and adjunct_behind(mentions, k)
            if placed and found and mentions[found[-1]].role != role.COUNT:
                break  # "five were killed in A, including a nurse, and two in B"
            found.append(k)
            gap = 0
        elif letter == role.OPEN and found:  # "nine women (adult female)"
            k = next((n for n in range(k, min(k + 12, len(mentions))) if mentions[n].role == role.CLOSE), k)
        elif letter in _BE and found[-1:] == [k - 1] and _says_who(mentions, k + 1):
            k += 1  # "of whom 60 were farmers and 52 guards"
        elif letter == role.PARTICIPLE and found[-1:] == [k - 1] and (go_on := told_of_one(mentions, k)):
            k, gap = go_on, 0
        elif letter in (role.COMMA, role.AND):
            gap = 0 if found else gap  # "most of them shot in the head, 30 guards" is no list of parts
        elif letter in (
            role.BREAK,
            role.SAID,
            role.BE_ONE,
            role.BE_MANY,
            role.HAVE,
            role.CLOSE,
            role.PARTICIPLE,
            role.ACTIVE,
            role.DIED,
        ) or (letter in (role.INCLUDING, role.EVENT) and found):
            break
        else:
            gap += 1
            if gap > 3:
                break
        k += 1
    return found


def told_of_one(mentions: Sequence[Mention], k: int) -> int:
    """Return the "and" behind what befell one listed: "including a boy killed by a shell and a man who was shot"; else 0."""
    if k + 1 >= len(mentions) or mentions[k + 1].role not in (role.BY, role.PREPOSITION):
        return 0
    for n in range(k + 1, min(k + _TELLS, len(mentions) - 2)):
        if mentions[n].role == role.AND:
            another, behind = mentions[n + 1], mentions[n + 2].role
            return n if another.role == role.VICTIM and behind not in _BEING else 0
        if mentions[n].role in _ENDS:
            return 0
    return 0


def also_of_them(mentions: Sequence[Mention], k: int) -> list[int]:
    """Return the figure that goes on with a part told before "of them": "25 of them women and 15 children".

    Mention k says who the first were. Whoever does or suffers something himself is no such part.
    """
    if k + 2 >= len(mentions) or not _says_who(mentions, k) or mentions[k + 1].role != role.AND:
        return []
    group = mentions[k + 2].group
    figure = (
        mentions[k + 2].role == role.VICTIM and group is not None and group.stated.low and not group.others
    )
    own = k + 3 < len(mentions) and mentions[k + 3].role in _DOES
    return [k + 2] if figure and not own else []


def _says_who(mentions: Sequence[Mention], k: int) -> bool:
    """Tell whether mention k names people without a figure."""
    group = mentions[k].group if k < len(mentions) else None
    return group is not None and group.stated.kind == "some"
