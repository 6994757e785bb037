"""form: mentions -> drafts of claims."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache

from tollbook.grammar import role
from tollbook.grammar.draft import Draft
from tollbook.grammar.mention import Group, Mention, Spelled
from tollbook.grammar.number import Stated
from tollbook.grammar.order import Found, Order, fits, orders_of
from tollbook.lang.pack import Pack
from tollbook.lang.tables import people_of
from tollbook.stages._parts import add_bracketed, add_parts, add_split, appositions, identified
from tollbook.stages._references import name_of, without_references
from tollbook.stages._told_once import add_compared, add_listed

_CLOSES = {role.OPEN: role.CLOSE, role.DASH: role.DASH}
_BEFORE_NAMES = frozenset(
    (role.COMMA, role.AND, role.ALONGSIDE, role.VICTIM, role.ADVERB, role.DASH, role.BESIDES)
)
_CLAUSE = frozenset(
    (role.BREAK, role.SAID, role.PARTICIPLE, role.ACTIVE, role.DIED, role.BE_ONE, role.BE_MANY)
)
_BOTH = frozenset(("killed", "injured"))


@cache
def orders_of_pack(pack: Pack) -> tuple[Order, ...]:
    """Compile a pack's orders once."""
    return orders_of(pack.parts["claims"])


def form(spelled: Iterable[Spelled], pack: Pack) -> list[Draft]:
    """Form the drafts of all sentences, in the order of the text, parts tied to their totals."""
    orders = orders_of_pack(pack)
    also, families, weak = (_small(pack, key) for key in ("also", "families", "weak"))
    drafts: list[Draft] = []
    names: list[frozenset[str]] = []
    for sentence in spelled:
        found = _sentence(sentence, orders, weak)
        if not found:
            drafts += identified(sentence, drafts)
            names += [frozenset()] * (len(drafts) - len(names))
            continue
        found.sort(key=lambda d: (d.stated.first, d.harm))
        add_bracketed(sentence, found)
        add_split(sentence, found, families)
        add_parts(sentence, found)
        add_listed(sentence, found)
        add_compared(sentence, found)
        found = appositions(found)
        found = _others_than(found, drafts[-1].harm if drafts else None)
        base = len(drafts)
        for draft in found:
            parent = None if draft.parent is None else draft.parent + base
            drafts.append(replace(_told_before(draft, sentence, pack), parent=parent))
            names.append(name_of(draft, sentence, pack))
            if draft.reference and not also.isdisjoint(sentence.folded[draft.first : draft.last + 1]):
                drafts[-1] = replace(drafts[-1], reference=False)  # "the driver was also killed"
    return without_references(drafts, names)


def _others_than(drafts: list[Draft], harm: str | None) -> list[Draft]:
    """Mark "others" who are others than those of another harm right before: "six were killed and twelve others hurt"."""
    out = []
    for draft in sorted(drafts, key=lambda d: d.stated.first) if any(d.others for d in drafts) else ():
        if draft.others and harm is not None and harm != draft.harm:
            out.append(draft)
        harm = draft.harm
    return [replace(d, other_harm=True) if d in out else d for d in drafts]


@cache
def _small(pack: Pack, key: str) -> frozenset[str]:
    """Return the folded forms of one list of the pack's small words."""
    return frozenset(
        " ".join(pack.fold(w) for w in form.split())
        for form in pack.parts["words"].get("small", {}).get(key, ())
    )


def _told_before(draft: Draft, spelled: Spelled, pack: Pack) -> Draft:
    """Give a bare figure the people that its words of harm name: "civilians killed: 27", "civilian deaths reached 40"."""
    if not draft.numbered or draft.noun_first <= draft.noun_last or draft.harm_first > draft.stated.first:
        return draft
    if draft.order not in ("toll", "label", "labels", "number of event"):
        return draft
    people, first = people_of(pack), max(draft.harm_first - 1, 0)
    for k in range(first, draft.stated.first):
        if people.get(spelled.folded[k]) is not None:
            return replace(draft, noun_first=k, noun_last=k)
    return draft


def _sentence(spelled: Spelled, orders: Sequence[Order], weak: frozenset[str]) -> list[Draft]:
    """Form the drafts of one sentence; no mention is spent twice for one harm."""
    mentions = spelled.mentions
    spent_counts: set[int] = set()
    spent_harms: set[int] = set()
    beside: set[tuple[int, str | None]] = set()
    drafts: list[Draft] = []
    for found in fits(orders, spelled):
        if not _free(found, spent_harms, mentions):
            continue
        if any((i, mentions[found.harms[0]].harm) in beside for i in found.counts):
            continue
        inserted = _inserted(mentions, found.counts)
        counted = [
            i for i in found.counts if i not in inserted and _countable(mentions, i, found, spent_counts)
        ]
        counted = [i for i in counted if not _names_follow(mentions, i)]
        named = [i for i in found.name if i not in spent_counts]
        if weak and _is_weak(spelled, found.harms[0], weak):
            counted = [i for i in counted if mentions[i].role in (role.VICTIM, role.COUNT)]
            named = [i for i in named if mentions[i].role == role.ONE_PERSON]
        counted = _after_verb(mentions, found, counted)
        counted = _not_apposed(mentions, counted, spent_counts)
        counted = _with_besides(mentions, counted, spent_counts)
        if not counted and not named:
            continue
        if _only_runs(found, mentions, counted, named):
            continue
        if found.order.numbered and not any(_stated(mentions[i]) for i in counted):
            continue
        if found.order.inner_harm and mentions[counted[0]].harm is None:
            continue
        for harm, first, last in _harms(found, mentions, counted):
            for i in counted:
                drafts.append(_draft(mentions[i], harm, first, last, spelled.sentence, found.order))
            if named:
                drafts.append(
                    _named(
                        mentions[named[0]],
                        mentions[named[-1]],
                        harm,
                        first,
                        last,
                        spelled.sentence,
                        found.order,
                    )
                )
        if found.order.relative:  # "the death of four students who had been kidnapped": both befell them
            beside.update((i, mentions[found.harms[0]].harm) for i in counted)
        else:
            spent_counts.update(counted)
            spent_counts.update(named)
        spent_harms.update(found.harms)
    return drafts


def _free(found: Found, spent: set[int], mentions: Sequence[Mention]) -> bool:
    """Tell whether the words of harm may still be used: once, but for words that carry their own people."""
    if found.order.inner_harm or found.order.again or mentions[found.harms[0]].role == role.PEOPLE:
        return True
    return not any(i in spent for i in found.harms)


def _is_weak(spelled: Spelled, harm: int, weak: frozenset[str]) -> bool:
    """Tell whether a word of harm is one that buildings and towns suffer too: burned, captured."""
    mention = spelled.mentions[harm]
    return " ".join(spelled.folded[mention.first : mention.last + 1]) in weak


def _inserted(mentions: Sequence[Mention], counts: range) -> set[int]:
    """Return the mentions of a list that stand in brackets or between dashes: they say more of those before them."""
    inside: set[int] = set()
    closing, since = "", 0
    for i in counts:
        letter = mentions[i].role
        if not closing and letter in _CLOSES and i > counts[0]:
            closing, since = _CLOSES[letter], i
        elif closing and letter == closing and not (letter == role.DASH and i == since + 1):
            inside.update(range(since, i))
            closing = ""
    return inside


def _countable(mentions: Sequence[Mention], i: int, found: Found, spent: set[int]) -> bool:
    """Tell whether a mention inside a match is people that its order may count."""
    if i in spent:
        return False
    mention, order = mentions[i], found.order
    if (
        mention.role == role.NAME
    ):  # a name in a list; not the name of a place within it: "the mayor of X, and …"
        return i == found.counts[0] or (
            mentions[i - 1].role in _BEFORE_NAMES
            and not _says_who(mentions, i, found)
            and not (i + 1 < len(mentions) and mentions[i + 1].role == role.VICTIM)  # a body's members
        )
    group = mention.group
    if group is None:
        return False
    if i == found.counts[-1] and _begins_clause(mentions, i, found):
        return False
    if i > found.counts[0] and mention.role == role.COUNT and i + 1 < len(mentions):
        if mentions[i + 1].role == role.INCLUDING:  # "15 soldiers, four of them badly": a part
            return False
    if (
        mention.role == role.VICTIM
        and i - 2 in found.counts
        and i + 1 in found.counts
        and mentions[i + 1].role == role.OF
    ):
        if mentions[i - 1].role == role.COMMA and mentions[i - 2].role == role.NAME:
            return False  # who the one named is: "Haddad, mayor of Dara, and …"
    return not order.numbered or _figure(group) or group.stated.kind == "exact"


def _begins_clause(mentions: Sequence[Mention], i: int, found: Found) -> bool:
    """Tell whether the last of a list without "and" does something itself: "the murder of the leaders, the president …"."""
    if (
        i == found.counts[0]
        or mentions[i - 1].role != role.COMMA
        or found.harms[0] > i
        or i + 1 >= len(mentions)
    ):
        return False
    if any(m.role == role.AND for m in mentions[found.counts[0] : i]):
        return False
    return mentions[i + 1].role in (role.OTHER, role.HAVE, role.BE_ONE, role.BE_MANY)


def _says_who(mentions: Sequence[Mention], i: int, found: Found) -> bool:
    """Tell whether a name between commas is that of the person right before it: "the mayor, Selim Haddad, …"."""
    if i < 2 or mentions[i - 1].role != role.COMMA or i - 2 not in found.counts or i + 1 >= len(mentions):
        return False
    group = mentions[i - 2].group
    if group is None or group.stated.low != 1 or group.stated.last > group.noun_last:
        return False
    return mentions[i + 1].role == role.COMMA and (i < 4 or mentions[i - 3].role != role.COMMA)


def _names_follow(mentions: Sequence[Mention], i: int) -> bool:
    """Tell whether people without a figure are told by name at once: "leaders Haddad and Khoury"."""
    group = mentions[i].group
    if group is None or group.stated.kind != "some" or i + 1 >= len(mentions):
        return False
    return mentions[i + 1].role == role.NAME


def _not_apposed(mentions: Sequence[Mention], counted: list[int], spent: set[int]) -> list[int]:
    """Count whom the words say more of: "two members of the escort, members of the police, were wounded"."""
    if len(counted) != 1 or counted[0] < 2 or mentions[counted[0] - 1].role != role.COMMA:
        return counted
    group = mentions[counted[0]].group
    if group is not None and group.stated.low == 1 and counted[0] + 1 < len(mentions):
        whole = mentions[counted[0] - 2].group
        enclosed = mentions[counted[0] + 1].role == role.COMMA and mentions[counted[0]].role == role.VICTIM
        if (
            whole is not None
            and whole.definite
            and whole.stated.low == 1
            and enclosed
            and counted[0] - 2 not in spent
        ):
            return [counted[0] - 2]  # "the attacker, a former guard, was shot dead"
    if group is None or group.stated.kind != "some":
        return counted
    for i in range(counted[0] - 2, max(-1, counted[0] - 12), -1):
        mention = mentions[i]
        if mention.role in _CLAUSE or i in spent:
            break
        if mention.group is not None and mention.role != role.OTHER and _figure(mention.group):
            return [i]
    return counted


def _with_besides(mentions: Sequence[Mention], counted: list[int], spent: set[int]) -> list[int]:
    """Add who stands before the people counted: "in addition to the assailant, six people"."""
    if not counted:
        return counted
    k = counted[0] - 1
    k -= k > 0 and mentions[k].role == role.COMMA
    besides = k > 0 and mentions[k - 1].role == role.BESIDES and mentions[k].group is not None
    return [k, *counted] if besides and k not in spent else counted


def _only_runs(
    found: Found, mentions: Sequence[Mention], counted: Sequence[int], named: Sequence[int]
) -> bool:
    """Tell whether one person, or those who fight, only ran away: "the attacker fled" is no displacement."""
    verb = mentions[found.harms[0]]
    if verb.role != role.DIED or verb.harm != "displaced":
        return False
    groups = [mentions[i].group for i in counted]
    return bool(named) or all(g is None or g.fighters or g.stated.low == 1 for g in groups)


def _stated(mention: Mention) -> bool:
    return mention.group is not None and _figure(mention.group)


def _after_verb(mentions: Sequence[Mention], found: Found, counted: list[int]) -> list[int]:
    """Leave to a verb the people right behind it: "killed 20 people and another 29 were wounded"."""
    if not counted or not found.harms or found.harms[0] < counted[0]:
        return counted
    k = counted[0] - 1
    while k > 0 and mentions[k].role in (role.ADVERB, role.QUOTE):
        k -= 1
    verb = mentions[k] if k >= 0 else mentions[0]
    if k < 0 or verb.role not in (role.PARTICIPLE, role.ACTIVE) or verb.harm == mentions[found.harms[0]].harm:
        return counted
    for i in range(counted[0] + 1, found.harms[0]):  # behind the parts of a total
        group = mentions[i].group
        if i not in counted and group is not None and group.others and mentions[i - 1].role == role.AND:
            return [i]
    for n, i in enumerate(counted[1:], 1):
        group = mentions[i].group
        if mentions[i - 1].role == role.AND or (group is not None and group.others):
            return counted[n:]
    return counted


def _figure(group: Group) -> bool:
    """Tell whether words of number are stated, not just people named."""
    return group.noun_first > group.stated.last or group.noun_last < group.noun_first


def _harms(found: Found, mentions: Sequence[Mention], counted: Sequence[int]) -> list[tuple[str, int, int]]:
    """Return (harm, first word, last word): one, two side by side, or one figure for killed and injured."""
    if found.order.inner_harm:
        mention = mentions[counted[0]]
        return [(mention.harm or "", mention.first, mention.last)]
    told = [mentions[i] for i in found.harms if mentions[i].harm is not None]
    kinds = {m.harm for m in told}
    then = told[-1].role in (told[0].role, role.DIED) if told else False
    if (
        kinds >= _BOTH and told[0].harm != "killed" and then
    ):  # shot and killed, stabbed and later died: they are dead
        told = [m for m in told if m.harm != "injured"]
    elif kinds == _BOTH:
        return [("killed_or_injured", told[0].first, told[-1].last)]
    seen: dict[str, tuple[str, int, int]] = {}
    for m in told:
        if m.harm is not None:
            seen.setdefault(m.harm, (m.harm, m.first, m.last))
    return list(seen.values())


def _draft(mention: Mention, harm: str, first: int, last: int, sentence: int, order: Order) -> Draft:
    group = mention.group
    if group is None:  # a name in a list stands for one person
        return _named(mention, mention, harm, first, last, sentence, order)
    return Draft(
        harm,
        group.stated,
        group.noun_first,
        group.noun_last,
        first,
        last,
        sentence,
        order.name,
        reference=group.definite,
        others=group.others,
        again=order.again,
    )


def _named(
    start: Mention, end: Mention, harm: str, first: int, last: int, sentence: int, order: Order
) -> Draft:
    stated = Stated(start.first, end.last, "exact", 1, 1)
    pronoun = start.role == role.ONE_PERSON
    noun = (start.last + 1, start.last) if pronoun else (start.first, end.last)
    return Draft(harm, stated, *noun, first, last, sentence, order.name, reference=True)
