"""with_their_share: figures told with the share that they are of one told before -> its parts: "2,600 fled … (858 or 33%)"."""

from collections.abc import Sequence

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Group, Mentions, Spelled
from tollbook.model.made import changed

_PEOPLE = (role.COUNT, role.VICTIM)
_SHORTLY = 2  # sentences back to the figure that shares are of
_INSIDE = 10  # mentions of brackets that hold a figure and its share
_SIGN = 2  # words from a sign of per cent back to its number: "33 per cent"
_ROUNDED = 1.0  # how far a share may stand from what the figures make
_SEVERAL = 2


def with_shares(
    spelled: Spelled, drafts: list[Draft], signs: frozenset[str], names: list[frozenset[str]]
) -> list[Draft]:
    """Return the drafts of a text with those figures of its last sentence that stand in brackets with their share.

    `names`, one set a draft, is kept in step.

    The share says what they are of: of a figure told shortly before they make so many in a hundred.
    """
    mentions = spelled.mentions
    if len(names) < len(drafts):
        names += [frozenset()] * (len(drafts) - len(names))
    if role.OPEN not in spelled.letters or not drafts:  # most
        return drafts
    first, last = mentions.bounds()
    if signs.isdisjoint(spelled.folded[first : last + 1]):
        return drafts
    out = list(drafts)
    at = {d.stated.first: i for i, d in enumerate(out) if d.sentence == spelled.sentence}
    for k in [k for k, letter in enumerate(spelled.letters) if letter == role.OPEN]:
        closed = next(
            (n for n in range(k + 1, min(k + _INSIDE, len(mentions))) if mentions[n].role == role.CLOSE), k
        )
        group = _figure(mentions, k, closed)
        share = None if group is None else _share(spelled, mentions[k].first, mentions[closed].first, signs)
        whole = None if group is None or share is None else _whole(out, group, spelled.sentence, share)
        if group is None or whole is None:
            continue
        own = at.get(group.stated.first)
        if own is None:
            out.append(_part(out[whole], whole, group, spelled, mentions[k].first))
        elif out[own].parent is None and out[own].harm == out[whole].harm:
            out[own] = changed(out[own], parent=whole, relation="overlay")
    names += [frozenset()] * (len(out) - len(names))
    return out


def _part(held: Draft, whole: int, group: Group, spelled: Spelled, opened: int) -> Draft:
    """Return some of those that a draft tells; told in a later sentence, by the brackets they stand in."""
    part = held.with_people(group, "part", whole, "overlay")
    if held.sentence == spelled.sentence:
        return part
    return changed(part, sentence=spelled.sentence, harm_first=opened, harm_last=opened)


def _figure(mentions: Mentions, k: int, closed: int) -> Group | None:
    """Return the one exact figure of people between two brackets."""
    groups = [(m.role, m.group) for m in mentions[k + 1 : closed] if m.group is not None]
    if len(groups) != 1 or groups[0][0] not in _PEOPLE:
        return None
    group = groups[0][1]
    return group if group.stated.kind == "exact" and group.stated.low else None


def _share(spelled: Spelled, opened: int, closed: int, signs: frozenset[str]) -> float | None:
    """Return the share told between two brackets, or right before them."""
    folded = spelled.folded
    inside = [w for w in range(opened + 1, closed) if folded[w] in signs]
    at = inside[0] if len(inside) == 1 else opened - 1
    if len(inside) > 1 or at < 1 or folded[at] not in signs:
        return None
    for word in folded[max(0, at - _SIGN) : at][::-1]:
        if word.replace(".", "", 1).isdecimal():
            return float(word)
    return None


def _whole(drafts: Sequence[Draft], group: Group, sentence: int, share: float) -> int | None:
    """Return the place of the figure last told of which a group makes so many in a hundred."""
    many = group.stated.low or 0
    for i in range(len(drafts) - 1, -1, -1):
        draft = drafts[i]
        if sentence - draft.sentence > _SHORTLY:
            return None
        held = draft.stated.low or 0
        if draft.parent is not None or draft.stated.first >= group.stated.first or held < max(many, _SEVERAL):
            continue
        if abs(100 * many / held - share) <= _ROUNDED:
            return i
    return None
