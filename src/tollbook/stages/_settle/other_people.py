"""other_people: two figures of one report -> whether they can be of the same people."""

from collections.abc import Sequence

from tollbook.stages._hands import FORCE, GROUP
from tollbook.stages._settle.claims_apart import one_did_it, origins_differ
from tollbook.stages._settle.toll import Node

_FORCES = ("armed_forces", "security_forces")
_STEM = 5  # letters that one and many of a calling share: farmer and farmers
ARMED = (*_FORCES, "armed_group")


def same_people(a: Node, b: Node) -> bool:
    """Tell whether two figures may be of the same people: one status, or one of them unsaid."""
    alike = a.claim.victims.status == b.claim.victims.status or a.generic or b.generic
    if not alike or by_two_hands(a, b) or one_did_it(a.claim, b.claim):
        return False
    if _is_no_fighter(a, b) or _is_no_fighter(b, a):
        return False
    return not _unlike_persons(a, b) and not _of_two_sides(a, b) and not of_two_nations(a, b)


def _is_no_fighter(a: Node, b: Node) -> bool:
    """Tell whether people told by what they were stand beside fighters: four rebels are none of 35 sailors."""
    known = a.generic and a.told.particular and a.value != b.value
    return known and b.claim.victims.status == "armed_group"


def by_two_hands(a: Node, b: Node) -> bool:
    """Tell whether troops killed fighters, and an armed group others: "Boko Haram killed 23. Troops killed 17 rebels"."""
    return any(
        one.claim.victims.status == "armed_group"
        and (one.told.hand, two.told.hand) == (FORCE, GROUP)
        and one.told.group != two.told.group
        for one, two in ((a, b), (b, a))
    )


def of_two_nations(a: Node, b: Node) -> bool:
    """Tell whether two figures are of people of two countries: "37 Palestinians", a soldier of the Israeli army."""
    return None not in (a.told.nation, b.told.nation) and a.told.nation != b.told.nation


def killed_by_them(whole: Node, node: Node) -> bool:
    """Tell whether who speaks killed these fighters, and by other means than others were attacked by.

    "A wave of attacks killed 32 people. The army said that it killed 12 militants in air raids": not of the 32.
    """
    mine, theirs = node.claim, whole.claim
    deed = mine.origin is not None and any(
        p.name == mine.origin.name and p.basis == "stated" for p in mine.by
    )
    if not deed or mine.victims.status != "armed_group" or not (whole.told.attacked and whole.generic):
        return False
    told = {m.name for m in theirs.means} | {p.name for p in theirs.by}
    return bool(mine.means) and told.isdisjoint({m.name for m in mine.means} | {p.name for p in mine.by})


def _of_two_sides(a: Node, b: Node) -> bool:
    """Tell whether one sentence tells each by a verb of its own, of two bodies: "21 soldiers died and two of the front died"."""
    one, two = a.claim.victims, b.claim.victims
    beside = a.told.sentence == b.told.sentence and a.told.group != b.told.group
    return beside and not (a.generic or b.generic) and one.affiliation != two.affiliation


def _unlike_persons(a: Node, b: Node) -> bool:
    """Tell whether two single persons cannot be one: a man and a woman, a child and a grown man.

    Nor is a woman or a child, told of as new, one of six rebels or the sergeant.
    """
    if (a.value or 0) > 1 and (b.value or 0) > 1:
        return _are_unlike(a, b)
    if a.value == 1 and (b.value or 0) > 1:
        return _are_unlike(a, b) or (a.told.new and _told_as_another(a, b))
    if b.value != 1 or a.value is None or b.told.among:
        return False
    if b.told.new and a.told.sentence < b.told.sentence and a.claim.victims.status in ARMED:
        if b.generic and (b.claim.victims.sex == "female" or b.claim.victims.age_group == "child"):
            return True
    if a.value != 1:
        return _are_unlike(a, b)
    one, two = a.claim.victims, b.claim.victims
    if a.told.sentence == b.told.sentence and a.told.group != b.told.group and two.quote is None:
        return True  # "one died on the spot, and one died later"
    if (None not in (one.sex, two.sex) and one.sex != two.sex) or _told_as_another(a, b):
        return True
    ages = {one.age_group, two.age_group}
    grown = any(v.sex is not None and v.age_group is None for v in (one, two))
    return (None not in ages and len(ages) > 1) or ("child" in ages and grown)


def _are_unlike(a: Node, b: Node) -> bool:
    """Tell whether people are of another sex or age: women and men, children and women; sons may be children.

    Who is a boy to one voice is a man to another, and as many tell the same people again: "five men", "five teenagers".
    """
    one, two = a.claim.victims, b.claim.victims
    if b.told.among or b.told.recounted:
        return False
    plainly = a.told.plainly and b.told.plainly and a.value != b.value
    if plainly and _have_callings_apart(a, b) and _told_as_new(a, b):
        return True
    if None not in (one.sex, two.sex) and one.sex != two.sex:
        return True
    before, voice = a.claim.origin, b.claim.origin
    if a.value == b.value or (voice is not None and (before is None or before.name != voice.name)):
        return False
    if None not in (one.age_group, two.age_group):
        return one.age_group != two.age_group
    return any(
        young.claim.victims.age_group == "child"
        and grown.claim.victims.age_group is None
        and grown.claim.victims.sex is not None
        and not grown.told.particular
        for young, grown in ((a, b), (b, a))
    )


def _have_callings_apart(a: Node, b: Node) -> bool:
    """Tell whether a sentence and the next, of no headline, tell of several each by a calling: "Two clerks. Six teachers"."""
    if not (a.told.calling and b.told.calling):
        return False
    gap = b.claim.evidence.sentence.start - a.claim.evidence.sentence.end
    next_to = b.told.sentence - a.told.sentence == 1 and gap <= 1
    return next_to and a.told.calling[:_STEM] != b.told.calling[:_STEM]


def _told_as_new(a: Node, b: Node) -> bool:
    """Tell whether several are told in a later sentence by the same voice, of no other day, and as new."""
    voices = [n.claim.origin and n.claim.origin.name for n in (a, b)]
    one, two = (n.claim.when and (n.claim.when.start, n.claim.when.end) for n in (a, b))
    if two is not None and one != two:
        return False
    new = not (b.told.definite or b.told.total or b.told.update) and a.told.sentence < b.told.sentence
    return new and (b.value or 0) > 1 and (a.value or 0) > 1 and voices[0] == voices[1]


def _told_as_another(a: Node, b: Node) -> bool:
    """Tell whether others are told of as new, and as somebody else: "a husband"; "a driver was killed"; "five herders died"."""
    one, two = a.claim.victims, b.claim.victims
    several = (b.value or 0) > 1 and b.claim.victims.status not in ARMED
    if not (b.told.new or several) or a.told.sentence >= b.told.sentence or origins_differ(a.claim, b.claim):
        return False
    known = a.told.particular and (a.told.new or a.told.sentence > 0)
    if not (known and b.told.particular):
        return False
    word, other = ((v.quote or " ").split()[-1].casefold() for v in (one, two))
    return word[:_STEM] != other[:_STEM]


def of_one_state(a: Node, b: Node) -> bool:
    """Tell whether two figures are of a state's forces: who tells of troops, and who of border police, may mean the same."""
    return {a.claim.victims.status, b.claim.victims.status} == set(_FORCES)


def counted_by_the_enemy(old: Node, new: Node) -> bool:
    """Tell whether a group counts more of a state's forces than another told: "15 guards died", "we killed 40 soldiers".

    Not where the two tell of other weapons.
    """
    one, two = old.claim.origin, new.claim.origin
    fewer = (new.value or 0) <= (old.value or 0) and not new.told.known  # "in the Gao attack"
    if fewer or not (new.told.by_group and of_one_state(old, new)):
        return False
    by, with_ = ({m.name for m in n.claim.means} for n in (old, new))
    armed_alike = not (by and with_) or not by.isdisjoint(with_)
    return armed_alike and (one is None or two is None or one.name != two.name)


def beside_all_told(node: Node, top: Node) -> bool:
    """Tell whether one person is told of as new behind a figure whose people were all told singly: "a husband and wife"."""
    if not (node.told.new and node.told.particular) or node.value != 1:
        return False
    singly = [p for p in top.parts if p.value == 1 and p.told.sentence < node.told.sentence]
    return len(singly) == top.value and all(_told_as_another(p, node) for p in singly)


def with_one_told(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether one is told as of somebody harmed, the only one of the sentence before: "His driver was badly hurt"."""
    if not node.told.companion or node.told.apart:
        return False
    used = [t for t in tops if t.use == "used"]
    before = [t for t in used if t.told.sentence == node.told.sentence - 1]
    if len(before) != 1 or before[0].value != 1:
        return False
    own = _head(node)
    return bool(own) and all(_head(one) != own for t in tops for one in (t, *t.parts, *t.rivals))


def _head(node: Node) -> str:
    """Return the last word for the people of a figure."""
    return (node.claim.victims.quote or " ").split(" ")[-1].casefold()
