"""told_once: figures that share words of harm told once -> drafts of their own."""

from collections.abc import Sequence
from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Group, Mention, Mentions, Spelled

_UNCOUNTED = ("some", "none")
_JOINS = (role.COMMA, role.AND)
_VERBS, _DOER = ("active", "people"), 4  # the orders of a verb with its objects; words for another doer
_ADJUNCT = (role.OTHER, role.NAME, role.OF, role.POSSESSIVE, role.TIME)
_ADJUNCTS = (role.PREPOSITION, role.BY)
_ALL_ADJUNCTS = (*_ADJUNCT, *_ADJUNCTS)
_PEOPLE = (role.COUNT, role.VICTIM, role.UNSURE)
_BESIDE = (role.TIME, role.ADVERB)
_REPORTED = (
    *_BESIDE,
    role.BE_ONE,
    role.BE_MANY,
    role.HAVE,
    role.RISING,
)  # "one death was reported in A, two in B"
_NOMINAL = (role.EVENT, role.STATE)
_MOVED, _VERB = "displaced", 4  # a harm, and mentions of the verb behind those told by a word for it
_FAR = 10  # mentions over which words of place and time may reach
_ENDS = (role.COMMA, role.STOP, role.BREAK, role.PREPOSITION, role.CLOSE)
_ENDS_OR_MORE = (*_ENDS, role.AND)
_WITHIN = (
    role.OTHER,
    role.NAME,
    role.POSSESSIVE,
    role.PREPOSITION,
    role.BY,
    role.OF,
    role.TIME,
    role.ADVERB,
    role.COMMA,
    role.AND,
    role.VICTIM,
    role.RELATIVE,
)


def add_listed(spelled: Spelled, drafts: list[Draft], alone: frozenset[str]) -> None:
    """Read figures that share a verb told once: "one death in A, two in B", "17 died: eleven in A and six in B".

    Each figure must stand before the very word that stands behind the verb. Figures that make up the first are its
    parts; others are listed with it. A bare figure with its own adverb, "three were hurt, two seriously", is a part.
    """
    mentions, letters = spelled.mentions, spelled.letters
    taken, wholes = {d.stated.first for d in drafts}, {d.parent for d in drafts}
    counted = mentions.grouped()
    last = counted[-1][0] if counted else -1  # behind it no figure stands
    for first, draft in enumerate(list(drafts)):
        by_word = draft.order == "people"
        if draft.parent is not None or draft.stated.kind in _UNCOUNTED:
            continue
        if by_word and draft.harm != _MOVED:
            continue
        k = 1 + max(mentions.at(draft.harm_first), mentions.at(draft.stated.first))
        if k >= last:  # many
            continue
        k = _past_verb(mentions, k) if by_word else k
        nominal = _is_nominal(mentions, mentions.at(draft.harm_first), k)
        passed = _REPORTED if nominal else _BESIDE
        while 0 < k < len(letters) and (letters[k] in passed or (nominal and _is_received(mentions, k))):
            k += 1
        if not 0 < k < len(letters):
            continue
        k = _past_adjuncts(mentions, k) if letters.find(role.COLON, k + 1, k + _FAR) > 0 else k
        letter = letters[k]
        if first in wholes and not (letter in _ADJUNCTS and _only_aside(mentions, drafts, first)):
            continue
        groups = (
            sharing(mentions, spelled.folded, k) if letter in _ADJUNCTS else _split_up(mentions, k, draft)
        )
        if letter == role.COMMA and groups:
            _untie(drafts, draft, groups, taken)
        if not groups or taken & {g.stated.first for g in groups}:
            continue
        total = sum(g.stated.low or 0 for g in groups)
        held = letter not in _ADJUNCTS or (total == draft.stated.low and len(groups) > 1)
        held = held or (by_word and _is_some_alone(spelled, draft, groups, alone))
        relation = "partition" if total == draft.stated.low else "overlay"
        for group in groups:
            order = "people" if by_word else "listed"
            part = draft.with_people(group, order, first if held else None, relation if held else None)
            drafts.append(replace(part, others=group.others and not held))
            taken.add(group.stated.first)
            wholes.add(drafts[-1].parent)


def _is_some_alone(spelled: Spelled, whole: Draft, groups: Sequence[Group], alone: frozenset[str]) -> bool:
    """Tell whether one figure is that of a place among the whole's: "5,500 refugees came, 3,000 in the north alone"."""
    behind = spelled.folded[groups[0].stated.last + 1 : spelled.mentions[-1].last + 1]
    some = len(groups) == 1 and (groups[0].stated.low or 0) < (whole.stated.low or 0)
    return some and not alone.isdisjoint(behind)


def _past_verb(mentions: Sequence[Mention], k: int) -> int:
    """Return the adjunct behind people told by a word and their plain verb; 0 for none: "5,500 refugees have arrived in A"."""
    for n in range(k, min(k + _VERB, len(mentions))):
        if mentions[n].role in _ADJUNCTS:
            return n
        if mentions[n].role not in (role.HAVE, role.ADVERB, role.OTHER):
            break
    return 0


def _is_nominal(mentions: Sequence[Mention], at: int, k: int) -> bool:
    """Tell whether the word of harm at a mention needs another verb, which begins at mention k: "two deaths were reported"."""
    if mentions[at].role in _NOMINAL:
        return True
    after = k == at + 1 and k < len(mentions)  # "12 wounded were brought in"
    return after and mentions[at].role == role.PARTICIPLE and mentions[k].role in (role.BE_ONE, role.BE_MANY)


def _is_received(mentions: Sequence[Mention], k: int) -> bool:
    """Tell whether mention k is a plain verb behind "were" and before words of place or time: "12 wounded were brought in"."""
    plain = mentions[k].role == role.OTHER and mentions[k - 1].role in (role.BE_ONE, role.BE_MANY)
    return plain and k + 1 < len(mentions) and mentions[k + 1].role in _ADJUNCTS


def _past_adjuncts(mentions: Sequence[Mention], k: int) -> int:
    """Return the colon behind words of place or time from mention k on, k itself where none is near."""
    if mentions[k].role not in _ADJUNCTS:
        return k
    for n in range(k + 1, min(k + _FAR, len(mentions))):
        if mentions[n].role == role.COLON:
            return n
        group = mentions[n].group  # "the Syrian coast": a word that could be people
        if mentions[n].role not in _ALL_ADJUNCTS and (group is None or group.stated.kind != "some"):
            break
    return k


def _split_up(mentions: Sequence[Mention], k: int, whole: Draft) -> list[Group]:
    """Return the figures behind a colon that make up a total, or one behind a comma with an adverb of its own."""
    if mentions[k].role == role.COLON:
        rest = mentions[k + 1 : k + 60]
        groups = [m.group for m in rest if m.group is not None and m.role in _PEOPLE]
        if any(g.stated.kind in _UNCOUNTED for g in groups):
            return []
        made_up = sum(g.stated.low or 0 for g in groups) == whole.stated.low and len(groups) > 1
        return groups if made_up and not any(m.harm for m in rest) else []
    return _with_a_word_each(mentions, k, whole) if mentions[k].role == role.COMMA else []


def _with_a_word_each(mentions: Sequence[Mention], k: int, whole: Draft) -> list[Group]:
    """Return bare figures behind the comma at k that each have an adverb or adjunct: "20 hurt, 3 badly and 2 in the eye".

    Those with adjuncts only where all together make up the total; else they may be other people in other places.
    """
    found: list[Group] = []
    adjuncts = False
    while k + 2 < len(mentions) and mentions[k].role in (role.COMMA, role.AND):
        k += 1 + (mentions[k + 1].role == role.AND)
        group, after = mentions[k].group, mentions[k + 1] if k + 1 < len(mentions) else mentions[k]
        if group is None or mentions[k].role != role.COUNT or group.stated.kind in _UNCOUNTED:
            break
        if after.role not in (role.ADVERB, role.PREPOSITION):
            break
        k += 2
        if after.role == role.PREPOSITION:
            adjuncts = True
            while k < len(mentions) and mentions[k].role in _ADJUNCT:
                k += 1
        if k < len(mentions) and mentions[k].role not in _ENDS_OR_MORE:
            return []
        found.append(group)
    total, held = sum(g.stated.low or 0 for g in found), whole.stated.low or 0
    if not found or any((g.stated.low or 0) >= held for g in found) or total > held:
        return []
    return [] if adjuncts and (total != held or len(found) < 2) else found


def _untie(drafts: list[Draft], whole: Draft, groups: Sequence[Group], taken: set[int]) -> None:
    """Take back figures that were listed beside the total they are parts of: "injured 20 people, 3 critically"."""
    firsts = {g.stated.first for g in groups}
    same = [
        d
        for d in drafts
        if d.stated.first in firsts and d.harm_first == whole.harm_first and d.parent is None
    ]
    if (
        len(same) == len(drafts) - 1 - drafts.index(whole)
        and all(d in drafts[-len(same) :] for d in same)
        and same
    ):
        del drafts[-len(same) :]
        taken -= {d.stated.first for d in same}


def add_compared(spelled: Spelled, drafts: list[Draft]) -> None:
    """Read the figure of another time behind one of now: "1,659 killed (compared to 1,601 in 2019)"."""
    mentions = spelled.mentions
    taken = {d.stated.first for d in drafts}
    for k in [k for k, letter in enumerate(spelled.letters[:-1]) if letter == role.COMPARED]:
        own = _figure_behind(mentions, drafts, k)
        if own is not None:
            drafts[own] = replace(drafts[own], order="compared")
            continue
        before, mention = mentions[k], mentions[k + 1]
        group = mention.group
        if group is None or group.stated.kind in _UNCOUNTED:
            continue
        near = [d for d in drafts if d.stated.last < before.first and d.stated.kind not in _UNCOUNTED]
        if near and mention.role in (role.COUNT, role.VICTIM) and group.stated.first not in taken:
            drafts.append(near[-1].with_people(group, "compared"))


def _figure_behind(mentions: Sequence[Mention], drafts: Sequence[Draft], k: int) -> int | None:
    """Return the draft whose figure is the first behind "compared with" at mention k, words of time and place aside."""
    for i in range(k + 1, min(k + 5, len(mentions))):
        group = mentions[i].group
        if group is not None:
            first = group.stated.first
            return next((n for n, d in enumerate(drafts) if d.stated.first == first), None)
        if mentions[i].role not in _WITHIN:
            return None
    return None


def add_gapped(spelled: Spelled, drafts: list[Draft], done_to: frozenset[str]) -> None:
    """Read figures of other doers with the verb left out: "mines killed 88 villagers, airstrikes 34 and shelling 17".

    Behind one of the words `done_to` stands no other doer: "killed nine, rescued 21".
    """
    mentions = spelled.mentions
    taken = {d.stated.first for d in drafts}
    for draft in list(drafts):
        if draft.order not in _VERBS or draft.stated.kind in _UNCOUNTED or draft.parent is not None:
            continue
        at = mentions.at(draft.stated.first)
        joined = at >= 0 and spelled.letters[at + 1 : at + 2] in _JOINS  # few
        for group in _gapped(mentions, at + 1) if joined else ():
            if group.stated.first in taken or spelled.folded[group.stated.first - 1] in done_to:
                break
            taken.add(group.stated.first)
            drafts.append(draft.with_people(group, "gapped"))


def _gapped(mentions: Sequence[Mention], k: int) -> list[Group]:
    """Return the bare figures from mention k on that each stand behind a comma or "and" and up to four plain words."""
    found: list[Group] = []
    while k < len(mentions) and mentions[k].role in (role.COMMA, role.AND):
        while k < len(mentions) and mentions[k].role in (role.COMMA, role.AND):
            k += 1
        first = k
        while (
            k < len(mentions)
            and k - first <= _DOER
            and mentions[k].role == role.OTHER
            and mentions[k].group is None
        ):
            k += 1
        closed = k + 1 < len(mentions) and mentions[k + 1].role in (
            role.COMMA,
            role.AND,
            role.STOP,
            role.BREAK,
        )
        if not (1 <= k - first <= _DOER and closed and mentions[k].role == role.COUNT):
            break
        group = mentions[k].group
        if group is None or group.stated.kind in _UNCOUNTED or group.noun_first <= group.noun_last:
            break
        if mentions[k].first > mentions[k - 1].last + 1:  # "killed two and tied up the other six"
            break
        found.append(group)
        k += 1
    return found


def sharing(mentions: Sequence[Mention], folded: list[str], k: int) -> list[Group]:
    """Return the bare figures behind the adjunct at mention k that stand before its very word, or before another of time."""
    words, timed = {folded[mentions[k].first]}, _of_time(mentions, k)
    found: list[Group] = []
    for i in range(k + 1, min(k + 60, len(mentions) - 1)):
        mention = mentions[i]
        if mention.role in (role.COUNT, role.VICTIM) and mention.group is not None:
            listed = mentions[i - 1].role in (role.COMMA, role.AND, role.BREAK)
            bare = mention.group.noun_last < mention.group.noun_first or mention.group.others
            bare = bare or (
                mentions[i - 1].role == role.AND and mention.group.noun_first > mention.group.stated.last
            )
            if listed and bare and mention.group.stated.kind not in _UNCOUNTED:
                behind = _past_aside(mentions, i + 1)
                after = mentions[behind]
                if after.role not in _ADJUNCTS:
                    break
                if folded[after.first] not in words and not (timed and _of_time(mentions, behind)):
                    break
                found.append(mention.group)
                continue
        if mention.role not in _WITHIN and folded[mention.first] != ";" and not _opens_aside(mentions, i):
            break
        if not found and mention.role in _ADJUNCTS:  # "across the border into A and 40,000 into B"
            words.add(folded[mention.first])
    return found


def _of_time(mentions: Sequence[Mention], k: int) -> bool:
    """Tell whether the adjunct at mention k is one of time: "on Monday", "over the weekend"."""
    return k + 1 < len(mentions) and mentions[k + 1].role == role.TIME


def _only_aside(mentions: Mentions, drafts: Sequence[Draft], whole: int) -> bool:
    """Tell whether the parts told of a figure are less than it and of asides: "six in A and four, including a child, in B"."""
    parts = [d for d in drafts if d.parent == whole]
    if sum(d.stated.low or 0 for d in parts) >= (drafts[whole].stated.low or 0):
        return False
    return all(_opens_aside(mentions, mentions.at(d.stated.first) - 1) for d in parts if d.stated.first > 1)


def _opens_aside(mentions: Sequence[Mention], k: int) -> bool:
    return k > 0 and mentions[k].role == role.INCLUDING and mentions[k - 1].role == role.COMMA


def _past_aside(mentions: Sequence[Mention], k: int) -> int:
    """Return the mention behind an aside between commas at mention k, k itself where none is: "four, including a child, in B"."""
    if k + 1 >= len(mentions) or not _opens_aside(mentions, k + 1):
        return k
    end = next(
        (n for n in range(k + 2, min(k + _FAR, len(mentions) - 1)) if mentions[n].role == role.COMMA), k - 1
    )
    return end + 1
