"""shared_out: a total told at the head of a sentence -> the parts that the rest of it tells."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Group, Mention, Spelled

_SHORTEST = 4  # mentions of a sentence that shares out a total
_HEAD = 14  # mentions within which what a total was told of ends
_FARTHEST = 3  # sentences back to the total that "of the dead" means
_BE = (role.BE_ONE, role.BE_MANY)
_HEAD_ENDS = (role.COMMA, *_BE)
_HELPING = (*_BE, role.HAVE, role.ADVERB)
_PARTING = (role.COMMA, role.AND)  # mentions between two shares
_LEADING = (*_PARTING, *_HELPING)  # and before the first of them
_HARMED = (role.STATE, role.PARTICIPLE, role.PEOPLE, role.DIED, role.EVENT)
_ENDS = (
    role.COMMA,
    role.AND,
    role.STOP,
    role.BREAK,
    role.RELATIVE,
    role.INCLUDING,
    role.PREPOSITION,
    role.BY,
)
_UNCOUNTED = ("some", "none", "vague")

_IS_REST = re.compile(
    f"{role.COUNT}[{role.BE_ONE}{role.BE_MANY}]{role.VICTIM}"
)  # "the remaining 75 were gang members"

_Part = tuple[Group, Group | None]  # the figure, and the people it is of where they have no figure themselves


def add_shared(spelled: Spelled, drafts: list[Draft], causes: frozenset[str]) -> None:
    """Tie to a total told at the head what shares it out: "Of the 30 dead, 12 died in Dara, nine in Homs".

    So too where the rest says who they were: "Of the 53 dead, 30 were civilians, 15 soldiers and 8 rebels"; `causes` are
    words of harm that then say of what some died.
    """
    mentions = spelled.mentions
    if not spelled.letters.startswith(role.OF) or len(mentions) < _SHORTEST:
        return
    whole = next(
        (i for i, d in enumerate(drafts) if mentions[1].first <= d.stated.first <= mentions[1].last), None
    )
    if whole is None or drafts[whole].parent is not None:
        return
    held = drafts[whole].stated.low or 0
    _died_of(drafts, whole, causes, spelled.folded)
    rest = [
        i
        for i, d in enumerate(drafts)
        if d.harm == drafts[whole].harm and d.parent is None and d.stated.first > drafts[whole].stated.last
    ]
    if sum(drafts[i].stated.low or 0 for i in rest) <= held:
        for i in rest:
            drafts[i] = replace(drafts[i], parent=whole, relation="partition", others=False)
    if not rest:
        drafts += _parts(drafts[whole], whole, _series(mentions, _head_end(mentions, drafts[whole])))


def _died_of(drafts: list[Draft], whole: int, causes: frozenset[str], folded: Sequence[str]) -> None:
    """Take those of the dead who were shot for dead, too, and not for hurt: "Of the 31 killed, 26 were shot"."""
    dead, held = drafts[whole], drafts[whole].stated.low or 0
    if dead.harm != "killed":
        return
    for i, draft in enumerate(drafts):
        behind = draft.harm == "injured" and draft.parent is None and draft.stated.first > dead.stated.last
        if behind and folded[draft.harm_first] in causes and (draft.stated.low or 0) <= held:
            drafts[i] = replace(draft, harm=dead.harm)


def shared_back(spelled: Spelled, drafts: Sequence[Draft]) -> list[Draft]:
    """Read "Of the dead, 30 were civilians and 15 soldiers": parts of the figure told of them before.

    So too behind "Among the dead," and "Of these deaths,".
    """
    mentions, letters = spelled.mentions, spelled.letters
    among = letters.startswith(role.STATE + role.COMMA)  # "among the dead," is one word of state
    if not (among or letters.startswith((role.OF, role.INCLUDING))) or len(letters) < _SHORTEST:
        return []
    told = next((m for m in mentions[not among : 4] if m.role in _HARMED and m.harm is not None), None)
    if told is None and mentions[0].role == role.INCLUDING:
        return _of_these(spelled, drafts)
    before = mentions[1 : mentions.at(told.first) + 1] if told is not None else ()
    if told is None or any(m.group is not None and m.group.stated.kind != "some" for m in before):
        return []
    near = [
        i
        for i, d in enumerate(drafts)
        if d.harm == told.harm and d.parent is None and spelled.sentence - d.sentence <= _FARTHEST
    ]
    if not near:
        return _of_nobody_told(spelled, told)
    whole = drafts[near[-1]]
    here = replace(whole, sentence=spelled.sentence, harm_first=told.first, harm_last=told.last)
    return _parts(here, near[-1], _series(mentions, _behind_head(spelled, mentions.at(told.first) + 1)))


def _behind_head(spelled: Spelled, k: int) -> int:
    """Return the comma that ends the head of a sentence, from mention k on: "Of those displaced by the fire, 140 were old"."""
    if k >= len(spelled.letters) or spelled.letters[k] in _LEADING:
        return k
    comma = spelled.letters.find(role.COMMA, k, k + _HEAD)
    return k if comma < 0 else comma


def _of_nobody_told(spelled: Spelled, told: Mention) -> list[Draft]:
    """Read "Of those killed, 30 were civilians" where no figure was told of them all: claims by themselves."""
    series = _series(spelled.mentions, spelled.mentions.at(told.first) + 1)
    return [
        Draft(
            told.harm or "",
            figure.stated,
            (who or figure).noun_first,
            (who or figure).noun_last,
            told.first,
            told.last,
            spelled.sentence,
            "of the dead",
        )
        for figure, who in series
    ]


def _of_these(spelled: Spelled, drafts: Sequence[Draft]) -> list[Draft]:
    """Read "Of these, 53 were civilians and the remaining 75 gang members": parts of the one figure told right before.

    Where the sentence before tells several harms nobody knows whom "these" are.
    """
    near = [i for i, d in enumerate(drafts) if d.sentence == spelled.sentence - 1 and d.parent is None]
    figures = [i for i in near if (drafts[i].stated.low or 0) > 1]
    if len(figures) != 1 or len({drafts[i].harm for i in near}) > 1:
        return []
    cue, told = spelled.mentions[0], spelled.mentions[1].group  # "of these victims, 53 were …"
    start = 2 if told is not None and told.stated.kind == "some" else 1
    here = replace(drafts[figures[0]], sentence=spelled.sentence, harm_first=cue.first, harm_last=cue.last)
    return _parts(here, figures[0], _series(spelled.mentions, start))


def rest_of(spelled: Spelled, drafts: Sequence[Draft]) -> list[Draft]:
    """Read "The remaining 75 were gang members": the last part of a figure told shortly before, where all make it up."""
    mentions = spelled.mentions
    if _IS_REST.search(spelled.letters) is None:  # most
        return []
    for k, mention in mentions.grouped():
        rest = mention.group
        if rest is None or not rest.others or mention.role != role.COUNT or k + 2 >= len(mentions):
            continue
        who = mentions[k + 2].group if mentions[k + 1].role in _BE else None
        if who is None or who.stated.kind != "some" or mentions[k + 2].role != role.VICTIM:
            continue
        for i in range(len(drafts) - 1, -1, -1):
            whole = drafts[i]
            if spelled.sentence - whole.sentence > _FARTHEST or whole.stated.first > rest.stated.first:
                break
            parts = [d for d in drafts if d.parent == i]
            told = sum(d.stated.low or 0 for d in parts) + (rest.stated.low or 0)
            if (
                parts
                and told == whole.stated.low
                and rest.stated.first not in {d.stated.first for d in drafts}
            ):
                cue = mentions[k + 1]
                here = replace(whole, sentence=spelled.sentence, harm_first=cue.first, harm_last=cue.last)
                part = here.with_people(rest, "part", i, "partition")
                return [replace(part, noun_first=who.noun_first, noun_last=who.noun_last)]
    return []


def _head_end(mentions: Sequence[Mention], whole: Draft) -> int:
    """Return the mention at which what the total was told of ends."""
    for k in range(2, min(_HEAD, len(mentions))):
        if mentions[k].role in _HEAD_ENDS and mentions[k].first > whole.last:
            return k
    return len(mentions)


def _parts(whole: Draft, at: int, found: Sequence[_Part]) -> list[Draft]:
    """Return the drafts of parts where all of them fit into the total."""
    held, total = whole.stated.low or 0, sum(figure.stated.low or 0 for figure, _ in found)
    if not found or total > held or held < 2:  # one person has no parts
        return []
    relation = "partition" if total == held and len(found) > 1 else None
    out = []
    for figure, who in found:
        order = (
            "part" if who is not None or figure.noun_first <= figure.noun_last else "listed"
        )  # a place each
        part = whole.with_people(figure, order, at, relation)
        out.append(part if who is None else replace(part, noun_first=who.noun_first, noun_last=who.noun_last))
    return out


def _series(mentions: Sequence[Mention], k: int) -> list[_Part]:
    """Return the figures of a series from mention k on: "30 were civilians, 15 soldiers and 8 rebels"."""
    found: list[_Part] = []
    verb = False
    while k < len(mentions):
        while k < len(mentions) and mentions[k].role in (_PARTING if found else _LEADING):
            verb = verb or mentions[k].role in _BE
            k += 1
        group = mentions[k].group if k < len(mentions) else None
        if (
            group is None
            or group.stated.kind in _UNCOUNTED
            or mentions[k].role not in (role.COUNT, role.VICTIM)
        ):
            break
        bare = mentions[k].role == role.COUNT
        k += 1
        while k < len(mentions) and mentions[k].role in _HELPING:
            verb = verb or mentions[k].role in _BE
            k += 1
        if not found and k < len(mentions) and mentions[k].role == role.OTHER:  # "1,200 came from Homs"
            return [(group, None)]
        k += bare and verb and k < len(mentions) and mentions[k].role == role.OF  # "12 were of children"
        who = mentions[k].group if k < len(mentions) else None
        placed = bare and verb and k < len(mentions) and mentions[k].role == role.PREPOSITION
        if placed:  # "12 were from Homs"
            who = None
        elif bare and (who is None or who.stated.kind != "some" or mentions[k].role != role.VICTIM):
            break
        k += bare and not placed
        if not verb or (k < len(mentions) and mentions[k].role not in _ENDS):
            break
        found.append((group, who if bare else None))
        while k < len(mentions) and mentions[k].role in (role.PREPOSITION, role.OTHER, role.NAME, role.OF):
            k += 1
    return found
