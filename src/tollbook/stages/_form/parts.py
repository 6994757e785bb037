"""parts: drafts of one sentence -> the parts that its words share a total out into."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Group, Mention, Spelled
from tollbook.grammar.people import People
from tollbook.stages._form.identified import add_names
from tollbook.stages._form.listed_parts import adjunct_behind, also_of_them, listed_after
from tollbook.stages._form.told_once import sharing

_FORCES = frozenset(("armed_forces", "security_forces"))


def add_parts(spelled: Spelled, drafts: list[Draft], people: People) -> None:
    """Read "including 3 soldiers and 8 assailants": drafts of parts, tied to the total before them.

    Soldiers are no part of militants: "21 militants, including 2 commanders, and 4 soldiers".
    """
    mentions = spelled.mentions
    taken, boxed = {d.stated.first for d in drafts}, role.OPEN in spelled.letters
    for k in [k for k, letter in enumerate(spelled.letters) if letter == role.INCLUDING]:
        mention = mentions[k]
        total = _half_within(drafts, mentions, k) if boxed else None
        if total is None:
            apart = _outside(drafts, mentions, max(0, k - 80), k) if boxed else dict(enumerate(drafts))
            total = _total_before(apart, mention.first)
        if total is None:
            continue
        at = _before_brackets(mentions, k)  # "22 (55 per cent) of whom were children"
        before = mentions[at] if at >= 0 else mention
        back = [at] if before.role == role.COUNT and mentions[at + 1].first == before.last + 1 else []
        total = _total_before(dict(enumerate(drafts)), before.first) if back else total
        if back and total is not None and _of_others(mentions, at, drafts[total], taken):
            continue
        listed = back + also_of_them(mentions, k + 1) if back else listed_after(mentions, k + 1)
        for i in listed:
            if total is None:
                break
            group = mentions[i].group
            if group is None or group.stated.first in taken or not _figure_or_one(group):
                continue
            if mentions[i - 1].role == role.BY:
                continue  # "including 42 by the Saudi-led coalition": who did it
            whole = drafts[total].stated.low
            beyond = (
                whole is not None and (group.stated.low or 0) > whole
            )  # cannot be a part: listed beside it
            if beyond and mentions[i - 1].role == role.OTHER:
                continue  # what another verb counts: "20 casualties … and the latter bring about 1,000 fighters"
            taken.add(group.stated.first)
            parent = drafts[total]
            beyond = beyond or (i != listed[0] and _are_foes(spelled, parent, group, people))
            drafts.append(_part(spelled, k, i, i in back, parent, None if beyond else total))
            if not beyond and mention.last + 1 == group.stated.first:
                _go_on(spelled, drafts, i, taken)


def _go_on(spelled: Spelled, drafts: list[Draft], i: int, taken: set[int]) -> None:
    """Read the next part that a verb told once shares out: "of which 71 were linked to the army and 36 to rebels".

    Mention i is the first of them, a bare figure; each stands before the same small word.
    """
    mentions, part = spelled.mentions, drafts[-1]
    behind = next(
        (k for k in range(i + 1, min(i + _VERB, len(mentions))) if mentions[k].role not in _TELLING), 0
    )
    if (
        mentions[i].role != role.COUNT
        or behind < i + 2
        or mentions[behind].role not in (role.PREPOSITION, role.BY)
    ):
        return
    for group in sharing(mentions, spelled.folded, behind):
        if group.stated.first not in taken:
            taken.add(group.stated.first)
            drafts.append(part.with_people(group, part.order, part.parent, part.relation))


def _part(spelled: Spelled, k: int, i: int, back: bool, parent: Draft, total: int | None) -> Draft:
    """Return the figure at mention i, behind "including" at mention k or before it (`back`), as a draft."""
    mentions = spelled.mentions
    group = mentions[i].group
    assert group is not None
    # "four of them children", "of whom 30 were children"
    who = _behind(mentions, k + 1) if back else _said_to_be(mentions, i) or group
    own = _own_harm(mentions, k + 1 if back else i + 1, parent)
    placed = not back and group.noun_last < group.noun_first and adjunct_behind(mentions, i)
    return Draft(
        parent.harm if own is None else own.harm or "",
        group.stated,
        who.noun_first if who is not None else group.noun_first,
        who.noun_last if who is not None else group.noun_last,
        parent.harm_first if own is None else own.first,
        parent.harm_last if own is None else own.last,
        spelled.sentence,
        "listed" if placed else "part",  # "including 683 in Latakia, 433 in Tartus"
        None if own is not None and parent.harm != "killed_or_injured" else total,
        others=group.others,
    )


def _are_foes(spelled: Spelled, whole: Draft, part: Group, people: People) -> bool:
    """Tell whether a figure is of fighters and the other of a state's forces."""

    def statuses(first: int, last: int) -> set[str]:
        nouns = (people.get(spelled.folded[k]) for k in range(first, last + 1))
        return {noun.status for noun in nouns if noun is not None} - {"unknown"}

    sides = statuses(whole.noun_first, whole.noun_last), statuses(part.noun_first, part.noun_last)
    return any(one == {"armed_group"} and bool(two) and two <= _FORCES for one, two in (sides, sides[::-1]))


def _of_others(mentions: Sequence[Mention], at: int, total: Draft, taken: set[int]) -> bool:
    """Tell whether a part is of people without a figure, told of another harm right before it.

    "Seven men were beheaded and a score of women abducted, three of whom escaped": not three of the seven.
    """
    k = at - 1 if at > 0 and mentions[at - 1].role == role.COMMA else at
    if k < 2 or mentions[k - 1].role != role.PARTICIPLE or mentions[k - 1].harm in (None, total.harm):
        return False
    group = mentions[k - 2].group
    return group is not None and total.last < mentions[k - 2].first and group.stated.first not in taken


def _before_brackets(mentions: Sequence[Mention], k: int) -> int:
    """Return the mention before mention k, a share in brackets passed over; -1 for none."""
    if k == 0 or mentions[k - 1].role != role.CLOSE:
        return k - 1
    opened = next((n for n in range(k - 2, max(-1, k - _SHARE), -1) if mentions[n].role == role.OPEN), k)
    return opened - 1


def _own_harm(mentions: Sequence[Mention], k: int, whole: Draft) -> Mention | None:
    """Return the word of harm behind a part of killed and injured: "14 casualties, six of them dead"."""
    if whole.harm == "killed_or_injured":
        told = mentions[k] if k < len(mentions) else None
        return told if told is not None and told.role in _HARMED and told.harm in _OF_BOTH else None
    while k < len(mentions) and mentions[k].role in _HELPING:
        k += 1
    if whole.harm == "killed" or k >= len(mentions):
        return None
    told = mentions[k]  # "wounded 12, two of whom later died": the dead are no longer among the wounded only
    dead = told.role in (role.DIED, role.PARTICIPLE, role.STATE) and told.harm == "killed"
    return told if dead else None


def _behind(mentions: Sequence[Mention], k: int) -> Group | None:
    """Return the people named, without a figure, right at mention k or one on; who stands behind "by" did it."""
    for mention in mentions[k : k + 2]:
        if mention.role == role.BY:
            return None
        if mention.group is not None and mention.group.stated.kind == "some":
            return mention.group
    return None


def _said_to_be(mentions: Sequence[Mention], i: int) -> Group | None:
    """Return the people that the bare figure at mention i is said to have been: "of whom 30 were children"."""
    bare = mentions[i].role == role.COUNT and i + 1 < len(mentions)
    return _behind(mentions, i + 2) if bare and mentions[i + 1].role in (role.BE_ONE, role.BE_MANY) else None


_OF_BOTH = ("killed", "injured")
_VERB = 6  # mentions from a part to the small word behind its verb: "71 were attributed to"
_TELLING = (role.BE_ONE, role.BE_MANY, role.HAVE, role.ADVERB, role.OTHER)
_HELPING = (role.HAVE, role.ADVERB, role.TIME, role.BE_ONE, role.BE_MANY)
_HARMED = (role.STATE, role.PARTICIPLE, role.EVENT, role.DIED, role.PEOPLE)


def add_split(spelled: Spelled, drafts: list[Draft], families: frozenset[str]) -> None:
    """Read a total split up right behind it: "eight people (six farmers and two guards)", also between dashes.

    Families with the people they are made of, "40 families (200 people)", are those people; the families are a part.
    """
    mentions = spelled.mentions
    at = {m.group.stated.first: k for k, m in mentions.grouped() if m.group is not None}
    taken = {d.stated.first for d in drafts}
    for whole, draft in enumerate(list(drafts)):
        k = at.get(draft.stated.first, -1) + 1
        if spelled.folded[draft.noun_last] in families:
            k = _past_who_they_are(spelled, k)
        k = _bracket_of(spelled, draft, k)
        if 0 < k < len(mentions) - 3 and mentions[k + 2].role == role.CLOSE == _CLOSES.get(mentions[k].role):
            k += 3 * (mentions[k + 3].role == role.OPEN)  # 40 households (HH) (200 people)
        opened = mentions[k].role if 0 < k < len(mentions) else ""
        if opened == role.COLON and draft.parent is None:
            add_names(spelled, drafts, whole, k)
        if draft.parent is not None or opened not in _CLOSES or (draft.stated.low or 0) < 2:
            continue
        inner = _until(mentions, k + 1, _CLOSES[opened])
        if draft.harm == "killed_or_injured" and inner:
            _split_harms(drafts, whole, inner)
            continue
        groups = [m.group for m in inner if m.group is not None and m.role in _PEOPLE]
        if len(groups) == 1 and _is_of_families(spelled, groups[0], draft, families, taken):
            drafts.append(
                draft.with_people(groups[0], "part", whole, "overlay")
            )  # "3,700 refugees (343 families)"
            continue
        if len(groups) == 1 and spelled.folded[draft.noun_last] in families:
            people = groups[0]
            if (people.stated.low or 0) > (draft.stated.low or 0) and people.stated.first not in taken:
                drafts[whole] = draft.with_people(people, "part")
                drafts.append(replace(draft, parent=whole, relation="overlay"))
            continue
        figures = [g.stated.low or 0 for g in groups]
        if not groups or taken & {g.stated.first for g in groups} or not all(figures):
            continue
        if any(m.harm is not None for m in inner) or sum(figures) != draft.stated.low:
            continue
        for group in groups:
            placed = group.noun_last < group.noun_first and adjunct_behind(mentions, at[group.stated.first])
            order = "listed" if placed else "part"  # "two in A and one in B"
            drafts.append(draft.with_people(group, order, whole, "partition"))


def _is_of_families(
    spelled: Spelled, group: Group, draft: Draft, families: frozenset[str], taken: set[int]
) -> bool:
    """Tell whether the one figure in brackets behind people counts the families that they are."""
    told = group.noun_first <= group.noun_last and spelled.folded[group.noun_last] in families
    fewer = 0 < (group.stated.low or 0) < (draft.stated.low or 0) and group.stated.first not in taken
    return told and fewer and spelled.folded[draft.noun_last] not in families


def _bracket_of(spelled: Spelled, draft: Draft, k: int) -> int:
    """Return the mention that opens what is told of a figure: the one behind its people (k), or behind its harm.

    Words of time and place may stand before a bracket: "1,052 casualties in June (293 killed …)".
    """
    letters = spelled.letters
    after = max(k, spelled.mentions.behind(draft.harm_last))
    for start in (k, after) if letters[k : k + 1] not in (role.DASH, role.COLON) else ():
        for step in range(max(start, 1), min(start + 5, len(letters))):
            if letters[step] == role.OPEN or (letters[step] == role.DASH and step == start):
                return step
            if letters[step] not in (role.TIME, role.PREPOSITION, role.OTHER, role.NAME):
                break
    return k


def _past_who_they_are(spelled: Spelled, k: int) -> int:
    """Step over who families at mention k - 1 are, before the bracket that tells their people: "of Malian refugees ("."""
    letters = spelled.letters
    told = letters[k : k + 1] == role.OF and letters[k + 1 : k + 2] in (role.VICTIM, role.PEOPLE, role.OTHER)
    return k + 2 if told and letters[k + 2 : k + 3] == role.OPEN else k


def _split_harms(drafts: list[Draft], whole: int, inner: Sequence[Mention]) -> None:
    """Tie "(12 killed, 28 injured)" to the figure for both before it, where they make it up."""
    first, last = inner[0].first, inner[-1].last
    within = [i for i, d in enumerate(drafts) if first <= d.stated.first <= last and d.parent is None]
    harms = {drafts[i].harm for i in within}
    if (
        harms == {"killed", "injured"}
        and sum(drafts[i].stated.low or 0 for i in within) == drafts[whole].stated.low
    ):
        for i in within:
            drafts[i] = replace(drafts[i], parent=whole, relation="partition")


def pointed_back(spelled: Spelled, drafts: Sequence[Draft]) -> list[Draft]:
    """Read "Two of them were children": a part of the one figure told in the sentence before, by who they were.

    Where that sentence tells several harms nobody knows whom "them" means.
    """
    letters = spelled.letters
    found: list[Draft] = []
    k = letters.find(role.COUNT + role.INCLUDING, 0, _OPENING)
    while k >= 0:  # "and over 2,000 of them are women"
        part = _part_told_back(spelled, drafts, k)
        if part is None:
            break
        found.append(part)
        k = letters.find(role.AND + role.COUNT + role.INCLUDING, k + 1) + 1 or -1
    return found


def _part_told_back(spelled: Spelled, drafts: Sequence[Draft], k: int) -> Draft | None:
    """Return the part that the figure at mention k tells of those told in the sentence before."""
    mentions = spelled.mentions
    if k + 3 >= len(mentions):
        return None
    group, i = mentions[k].group, k + 2
    while i < len(mentions) and mentions[i].role in _HELPING:
        i += 1
    who = mentions[i].group if i < len(mentions) else None
    near = [n for n, d in enumerate(drafts) if d.sentence == spelled.sentence - 1]
    figures = [n for n in near if drafts[n].parent is None and (drafts[n].stated.low or 0) > 1]
    if group is None or not figures or len({drafts[n].harm for n in figures}) > 1:
        return None
    whole = figures[0]
    if i >= len(mentions) or group.stated.kind in ("some", "none"):
        return None
    state = mentions[i].harm == drafts[whole].harm and mentions[i].role in (role.DIED, role.STATE)
    told = i > k + 2 and who is not None and mentions[i].role == role.VICTIM and not _stated_anew(who)
    if (group.stated.low or 0) > (drafts[whole].stated.low or 0) or not (state or told):
        return None
    cue = mentions[k + 1]
    return Draft(
        drafts[whole].harm,
        group.stated,
        who.noun_first if told and who is not None else cue.first,
        who.noun_last if told and who is not None else cue.first - 1,
        cue.first if told else mentions[i].first,
        cue.last if told else mentions[i].last,
        spelled.sentence,
        "pointed back",
        whole,
    )


def _stated_anew(group: Group) -> bool:
    """Tell whether people have a figure of their own."""
    return group.stated.kind not in ("some",) and group.stated.low != 1


def _until(mentions: Sequence[Mention], k: int, closing: str) -> list[Mention]:
    """Return the mentions from k up to a closing one; none where it does not close soon."""
    start = k + (k < len(mentions) and mentions[k].role == role.DASH)  # two hyphens make a dash
    for end in range(start, min(start + _INNER, len(mentions))):
        if mentions[end].role == closing or (closing == role.DASH and mentions[end].role == role.STOP):
            return list(mentions[start:end])
    return []


_INNER = 40  # mentions of what brackets or dashes hold
_SHARE = 8  # mentions of a share in brackets: "(55 per cent)"
_OPENING = 4  # mentions of a sentence before which words point back
_BRACKETS = (role.OPEN, role.CLOSE)
_CLOSES = {role.OPEN: role.CLOSE, role.DASH: role.DASH}
_PEOPLE = (role.COUNT, role.VICTIM, role.UNSURE, role.PEOPLE)


def _figure_or_one(group: Group) -> bool:
    return group.stated.kind not in ("some", "none")


def _half_within(drafts: Sequence[Draft], mentions: Sequence[Mention], k: int) -> int | None:
    """Return the dead or hurt told last in brackets that are still open: "(32 deaths and 126 injured, including five boys)"."""
    opened = next((n for n in range(k - 1, max(-1, k - _INNER), -1) if mentions[n].role in _BRACKETS), k)
    if mentions[opened].role != role.OPEN:
        return None
    first, last = mentions[opened].first, mentions[k].first
    halves = [i for i, d in enumerate(drafts) if first < d.stated.first < last and d.parent is not None]
    half = max(halves, key=lambda i: drafts[i].stated.first, default=None)
    whole = None if half is None else drafts[half].parent
    return (
        half if whole is not None and half is not None and drafts[whole].harm != drafts[half].harm else None
    )


def _outside(drafts: Sequence[Draft], mentions: Sequence[Mention], since: int, k: int) -> dict[int, Draft]:
    """Return the drafts that stand in no brackets between two mentions: those in brackets are parts themselves."""
    closed: list[tuple[int, int]] = []
    opened = None
    for mention in mentions[since:k]:
        if mention.role == role.OPEN:
            opened = mention.first
        elif mention.role == role.CLOSE and opened is not None:
            closed.append((opened, mention.first))
            opened = None
    return {
        i: d
        for i, d in enumerate(drafts)
        if not any(a < d.stated.first and d.stated.last < b for a, b in closed)
    }


def _total_before(drafts: Mapping[int, Draft], word: int) -> int | None:
    """Return the nearest figure of more than one person before a word."""
    best = None
    for i, draft in drafts.items():
        before = draft.stated.last < word and draft.parent is None
        if before and (draft.stated.low is None or draft.stated.low > 1):
            if best is None or draft.stated.first > drafts[best].stated.first:
                best = i
    return best
