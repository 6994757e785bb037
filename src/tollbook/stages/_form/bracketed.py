"""bracketed: figures in brackets behind the names of places -> drafts: "ten deaths in Dara (4), Suran (6)"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Group, Mention, Spelled

_NOMINAL = (role.EVENT, role.PEOPLE, role.TOLL)
_NAMES = (role.NAME, role.OTHER, role.VICTIM)
# two names with a figure each, or more
_RUN = re.compile(
    rf"(?:[{role.NAME}{role.OTHER}]{{1,4}}{role.COUNT}(?:{role.COMMA}{role.AND}?|{role.AND}))+[{role.NAME}{role.OTHER}]{{1,4}}{role.COUNT}"
)
_LEADING = 8  # mentions from a word for deaths to the colon behind it
_LEAST = 2  # figures that share out deaths


def add_beside_names(spelled: Spelled, drafts: list[Draft]) -> None:
    """Read figures behind names that share out deaths without brackets: "deaths by province: Homs 14, Hama 9, Idlib 8".

    A word for deaths must lead up to the colon before them, or stand behind the last of them: "Homs 14 and Hama 9 deaths".
    """
    mentions = spelled.mentions
    if spelled.letters.count(role.COUNT) < _LEAST:  # most
        return
    for run in _RUN.finditer(spelled.letters):
        last = run.end() - 1
        behind = mentions[last + 1] if last + 1 < len(mentions) else None
        told = behind if behind is not None and behind.role in _NOMINAL and behind.harm is not None else None
        before = spelled.letters[: run.start()]
        if told is None and before.endswith(role.COLON):
            near = range(len(before) - 2, max(-1, len(before) - _LEADING), -1)
            told = next((mentions[k] for k in near if mentions[k].role in _NOMINAL), None)
        if told is None or (before and not before.endswith((role.COLON, role.STOP))):
            continue
        groups = [g for k in range(run.start(), last + 1) if (g := mentions[k].group) is not None]
        taken = {d.stated.first for d in drafts}
        for group in groups:
            if group.stated.first not in taken and group.stated.kind == "exact":
                noun = group.noun_first, group.noun_last
                drafts.append(_draft(spelled, group, told.harm or "", told.first, told.last, None, noun))


def add_bracketed(spelled: Spelled, drafts: list[Draft]) -> None:
    """Read the figures in brackets behind names that share out deaths: "ten deaths in Dara (4), Suran (6)".

    They are parts of the total before them where they do not exceed it; where a verb tells the harm ("ten were killed in
    Dara (4) and Suran (6)"), only where they make it up, since figures in brackets may be ages. Without a total, "deaths
    were reported in Dara (4), Suran (6)", a preposition must say that the names are places.
    """
    mentions = spelled.mentions
    if role.OPEN not in spelled.letters:
        return
    found = list(_found(mentions, {d.stated.first for d in drafts}))
    if len(found) < _LEAST and not (found and drafts):
        return
    told = ((d, mentions.at(d.harm_first)) for d in drafts)
    source = next((d for d, k in told if k >= 0 and mentions[k].role in _NOMINAL), None)
    if source is None:
        source = next((d for d in drafts if _makes_up(d, [mentions[k].group for k in found])), None)
    if source is None:
        drafts += _alone(spelled, found) if len(found) >= _LEAST and not drafts else []
        return
    behind = [k for k in found if mentions[k].first > source.harm_last]
    known = sum(
        m.first in {d.stated.first for d in drafts} and m.first > source.harm_last
        for k, m in mentions.grouped()
        if _is_bracketed(mentions, k)
    )
    if not behind or len(behind) + known < _LEAST:
        return
    whole = drafts.index(source)
    groups = [g for k in behind if (g := mentions[k].group) is not None]
    held = sum(g.stated.low or 0 for g in groups) <= (source.stated.low or 0) and source.parent is None
    for group in groups:
        drafts.append(
            _draft(
                spelled,
                group,
                source.harm,
                source.harm_first,
                source.harm_last,
                whole if held else None,
                (group.noun_first, group.noun_last),
            )
        )


def others_in_brackets(spelled: Spelled, drafts: list[Draft]) -> list[Draft]:
    """Mark what befell people, in brackets behind them, as of others than those of a bracket before it.

    "Four clerks (1 killed and 3 wounded) and five guards (3 killed and 2 wounded)"
    """
    if spelled.letters.count(role.OPEN) < _LEAST:  # most
        return drafts
    mentions, told, out = spelled.mentions, dict[str, int](), []
    for draft in drafts:
        opened = _opened_behind_people(spelled.letters, mentions.at(draft.stated.first))
        bare = draft.noun_first > draft.noun_last and draft.parent is None
        if opened is None or not bare or draft.harm_first < mentions[opened].first:
            out.append(draft)
            continue
        other = told.setdefault(draft.harm, opened) != opened
        out.append(replace(draft, others=True) if other else draft)
    return out


def _opened_behind_people(letters: str, k: int) -> int | None:
    """Return the bracket in which mention k stands, where it opens right behind people who are counted."""
    opened = letters.rfind(role.OPEN, 1, k) if k > 1 else -1
    if opened < 0 or letters[opened - 1] != role.VICTIM:
        return None
    return opened if letters.find(role.CLOSE, opened, k) < 0 else None


def _is_bracketed(mentions: Sequence[Mention], k: int) -> bool:
    """Tell whether the number at mention k stands alone in brackets, exactly told."""
    mention = mentions[k]
    if not _LEAST <= k < len(mentions) - 1 or mention.role not in (role.COUNT, role.OTHER):
        return False
    exact = mention.group is not None and mention.group.stated.kind == "exact"
    return exact and mentions[k - 1].role == role.OPEN and mentions[k + 1].role == role.CLOSE


def _found(mentions: Sequence[Mention], taken: set[int]) -> list[int]:
    """Return the mentions of numbers that stand in brackets behind a name and are not counted yet."""
    return [
        k
        for k, m in mentions.grouped()  # type: ignore[attr-defined]  # Mentions
        if _is_bracketed(mentions, k) and mentions[k - 2].role in _NAMES and m.first not in taken
    ]


def _makes_up(draft: Draft, groups: Sequence[Group | None]) -> bool:
    """Tell whether figures make up a total exactly."""
    total = sum(g.stated.low or 0 for g in groups if g is not None)
    return len(groups) >= _LEAST and draft.parent is None and draft.stated.low == total


def _alone(spelled: Spelled, found: Sequence[int]) -> list[Draft]:
    """Return drafts of figures that no total holds, where words of harm and a preposition of place lead up to them."""
    mentions, first = spelled.mentions, found[0]
    k = first - 2
    while k > 0 and mentions[k].role in _NAMES and mentions[k].harm is None:
        k -= 1
    if k < 1 or mentions[k].role != role.PREPOSITION:
        return []
    told = next((n for n in range(k - 1, -1, -1) if mentions[n].harm is not None), None)
    if told is None or mentions[told].role not in _NOMINAL:
        return []
    harm, event = mentions[told].harm or "", mentions[told]
    who = mentions[told - 1].group if told > 0 else None
    noun = (0, -1) if who is None or who.stated.kind != "some" else (who.noun_first, who.noun_last)
    groups = [g for n in found if (g := mentions[n].group) is not None]
    return [_draft(spelled, g, harm, event.first, event.last, None, noun) for g in groups]


def _draft(
    spelled: Spelled,
    group: Group,
    harm: str,
    first: int,
    last: int,
    whole: int | None,
    noun: tuple[int, int],
) -> Draft:
    """Return the draft of one figure; words first..last tell the harm."""
    noun = noun if noun[0] <= noun[1] else (group.noun_first, group.noun_last)
    return Draft(
        harm,
        group.stated,
        *noun,
        first,
        last,
        spelled.sentence,
        "shared out",
        whole,
        relation=None if whole is None else "partition",
        shared_out=True,
    )
