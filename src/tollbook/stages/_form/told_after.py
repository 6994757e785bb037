"""told_after: figures of the same harm after one event and another -> one draft each."""

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Spelled

_FAR = 40  # mentions from a figure to the next
_UNCOUNTED = ("some", "none")
_JOINS = (role.COMMA, role.AND)


def add_after_others(spelled: Spelled, drafts: list[Draft], such: frozenset[str]) -> None:
    """Read "1,398 people fled after raids on A, 1,239 after those on B": the second fled as the first did."""
    mentions, folded = spelled.mentions, spelled.folded
    taken = {d.stated.first for d in drafts}
    for draft in list(drafts):
        k = mentions.behind(max(draft.harm_last, draft.stated.last))
        if draft.parent is not None or draft.stated.kind in _UNCOUNTED or k >= len(mentions):
            continue
        if mentions[k].role != role.BREAK:
            continue
        word = folded[mentions[k].first]
        for i in range(k + 1, min(k + _FAR, len(mentions) - 2)):
            group, after = mentions[i].group, mentions[i + 1]
            if mentions[i].role != role.COUNT or group is None or group.stated.first in taken:
                continue
            again = after.role == role.BREAK and folded[after.first] == word
            if mentions[i - 1].role in _JOINS and again and folded[after.last + 1] in such:
                taken.add(group.stated.first)
                drafts.append(draft.with_people(group, "listed"))
