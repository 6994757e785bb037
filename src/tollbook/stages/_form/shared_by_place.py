"""shared_by_place: figures behind a total, each before a place -> its parts: "60 refugees (40 in A, 20 in B)"."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Group, Spelled
from tollbook.stages._form.told_once import sharing

_OPENS = (role.OPEN, role.DASH)
_UNCOUNTED = ("some", "none", "vague")
_LEAST = 2  # figures that share a total out
_FAR = 14  # mentions from a total to the bracket behind it
# what may stand between: where, when and how they live or were harmed, no other clause
_BETWEEN = (
    role.OTHER,
    role.UNSURE,
    role.NAME,
    role.PREPOSITION,
    role.OF,
    role.TIME,
    role.BE_ONE,
    role.BE_MANY,
    role.HAVE,
    role.ADVERB,
    role.PARTICIPLE,
    role.DIED,
    role.OPEN,
    role.CLOSE,
)


def add_shared_by_place(spelled: Spelled, drafts: list[Draft]) -> None:
    """Read figures in brackets, or behind a dash, that each stand before the same small word: parts of the total before.

    Behind a dash they must make it up. In brackets they may be less, where no number of things stands between whose parts
    they could be: "in 70 camps (40 in A".
    """
    mentions, letters = spelled.mentions, spelled.letters
    for k in [k for k, letter in enumerate(letters[:-3]) if letter in _OPENS]:
        if not letters.startswith(role.COUNT + role.PREPOSITION, k + 1):
            continue
        first = mentions[k + 1].group
        taken = {d.stated.first for d in drafts}
        groups = [] if first is None else [first, *sharing(mentions, spelled.folded, k + 2)]
        if len(groups) < _LEAST or any(_is_no_part(g, taken) for g in groups):
            continue
        whole = _total_before(spelled, drafts, k)
        if whole is None:
            continue
        made_up = _making_up(drafts[whole], groups)
        less = sum(g.stated.low or 0 for g in groups) < (drafts[whole].stated.low or 0)
        if not made_up and (letters[k] == role.DASH or not less or _counts_things(spelled, drafts[whole], k)):
            continue
        relation = "partition" if made_up else "overlay"
        drafts += [drafts[whole].with_people(g, "listed", whole, relation) for g in made_up or groups]


def _making_up(whole: Draft, groups: Sequence[Group]) -> Sequence[Group]:
    """Return the first of the figures that make up a total exactly; none where they do not."""
    total = 0
    for n, group in enumerate(groups, 1):
        total += group.stated.low or 0
        if total == whole.stated.low and n >= _LEAST:
            return groups[:n]
    return ()


def _is_no_part(group: Group, taken: set[int]) -> bool:
    return group.stated.kind in _UNCOUNTED or group.stated.first in taken or not group.stated.low


def _total_before(spelled: Spelled, drafts: Sequence[Draft], k: int) -> int | None:
    """Return the figure told last before mention k, where nothing but its own clause stands between."""
    word = spelled.mentions[k].first
    before = [i for i, d in enumerate(drafts) if d.stated.last < word and d.stated.kind not in _UNCOUNTED]
    last = max(before, key=lambda i: drafts[i].stated.first, default=None)
    if last is None or drafts[last].parent is not None or any(d.parent == last for d in drafts):
        return None
    end = max(drafts[last].stated.last, drafts[last].noun_last)
    between = spelled.letters[spelled.mentions.behind(end) : k]
    return last if len(between) <= _FAR and all(letter in _BETWEEN for letter in between) else None


def _counts_things(spelled: Spelled, whole: Draft, k: int) -> bool:
    """Tell whether a number of things may stand between a total and mention k: "12,000 refugees in 70 camps ("."""
    start = spelled.mentions.behind(max(whole.stated.last, whole.noun_last))
    return any(
        m.role == role.UNSURE
        or (m.role == role.OTHER and (m.last > m.first or spelled.folded[m.first].isdigit()))
        for m in spelled.mentions[start:k]
    )
