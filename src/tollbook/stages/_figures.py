"""_figures: two figures of one report -> how they stand to each other."""

from collections.abc import Sequence
from datetime import date

from tollbook.grammar.told import Told
from tollbook.model.claim import Claim
from tollbook.stages._toll import Node

LOOSE = ("at_least", "about", "vague")
_BY_CHANCE = 12  # persons up to which two or three figures add up to another by chance
_SEVERAL = 3  # persons from which a second figure of a report is hardly the same by chance
_HALF = 1.5  # how far two who count the same people may differ
_FORCES = ("armed_forces", "security_forces")
_TOWNS = ("locality", "adm2")
_AREAS = ("country", "adm1")
_MOST_SUMMED = 24  # figures that are summed up
_WEEK = 6  # days from which a figure is of a period


def with_parts(tops: Sequence[Node]) -> list[Node]:
    """Return each figure followed by its parts."""
    return [n for t in tops for n in (t, *t.parts)]


def repeats(old: Node, new: Node) -> bool:
    """Tell whether a figure says again what another said."""
    a, b = old.claim, new.claim
    if (
        old.value != new.value
        or old.value is None
        or not (same_people(old, new) or _of_one_state(old, new))
        or old.told.group == new.told.group
    ):
        return False
    next_to = new.told.sentence - old.told.sentence == 1 and not new.told.apart
    if new.told.definite and next_to and old.value >= _SEVERAL:
        return True  # "The 20 deaths near Mulanay", right behind them
    if _is_unlike_others(old.value) and not new.told.apart and not places_differ(a, b, strict=True):
        return True  # whatever its day: 10,797 people are not met twice
    if old.told.sentence == 0 and old.value > _BY_CHANCE and not places_differ(a, b):
        return True  # the headline's figure, whatever words of its sentence set others apart
    apart = places_differ(a, b) and not (old.told.sentence == 0 and _in_namesake(a, b))
    return new.told.total or not (new.told.apart or apart or days_differ(a, b))


def _in_namesake(a: Claim, b: Claim) -> bool:
    """Tell whether a claim may lie where a headline says: in the division that bears its town's name, or in its country.

    "15 killed in Kaduna", of the state; a village of a province may have its namesake in another.
    """
    town, within = a.where[0], b.where[0]
    if town.level == "adm1" and town.country == within.country and (a.count.best or 0) >= _SEVERAL:
        return True
    same = town.country == within.country and town.adm1 is not None and town.adm1 == within.adm1
    return same and town.level == "locality" and town.name.split()[0] == (town.adm1 or "").split()[0]


def _is_unlike_others(value: int) -> bool:
    """Tell whether a number is so particular that a second of it in one report is the same: four digits, none for show."""
    return len(str(value).rstrip("0")) > 3


def same_people(a: Node, b: Node) -> bool:
    """Tell whether two figures may be of the same people: one status, or one of them unsaid."""
    alike = a.claim.victims.status == b.claim.victims.status or a.generic or b.generic
    return alike and not _unlike_persons(a, b) and not _of_two_sides(a, b)


def _of_two_sides(a: Node, b: Node) -> bool:
    """Tell whether one sentence tells each by a verb of its own, of two bodies: "21 soldiers died and two of the front died"."""
    one, two = a.claim.victims, b.claim.victims
    beside = a.told.sentence == b.told.sentence and a.told.group != b.told.group
    return beside and not (a.generic or b.generic) and one.affiliation != two.affiliation


def _unlike_persons(a: Node, b: Node) -> bool:
    """Tell whether two single persons cannot be one: a man and a woman, a child and a grown man."""
    if a.value != 1 or b.value != 1:
        return False
    one, two = a.claim.victims, b.claim.victims
    if a.told.sentence == b.told.sentence and a.told.group != b.told.group and two.quote is None:
        return True  # "one died on the spot, and one died later"
    if None not in (one.sex, two.sex) and one.sex != two.sex:
        return True
    ages = {one.age_group, two.age_group}
    grown = any(v.sex is not None and v.age_group is None for v in (one, two))
    return (None not in ages and len(ages) > 1) or ("child" in ages and grown)


def _of_one_state(a: Node, b: Node) -> bool:
    """Tell whether two figures are of a state's forces: who tells of troops, and who of border police, may mean the same."""
    return {a.claim.victims.status, b.claim.victims.status} == set(_FORCES)


def comparable(old: Node, new: Node) -> bool:
    """Tell whether two figures may be set against each other: the older has a value, the people may be the same.

    Those of whom another origin says "the dead were 23 farmers" are the same, whoever the first said that they were.
    """
    told_anew = new.told.recounted and origins_differ(old.claim, new.claim)
    return old.value is not None and (told_anew or same_people(old, new))


def is_total_of(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether a figure sums up those before it: of one alone only where words say so and another sentence told it."""
    used = [t for t in tops if t.use == "used" and t.value is not None]
    total = sum(t.value or 0 for t in used)
    if node.told.in_all and len(used) == 1 and node.value is not None:
        alone = used[0]
        alike = node.generic or node.claim.victims.status == alone.claim.victims.status
        apart = alone.told.sentence == node.told.sentence or countries_apart(alone.claim, node.claim)
        return alike and not apart and not node.told.others and node.value > total
    if node.told.in_all and not node.generic and len(used) > 1:  # "in all, five soldiers"
        alike = all(t.generic or t.claim.victims.status == node.claim.victims.status for t in used)
        return alike and not node.told.others and node.value == total
    if node.value is None or not node.generic or len(used) < 2:
        return False
    if node.told.total:
        return node.value >= total
    return node.value == total and not _by_chance(node.claim, [t.claim for t in used])


def sum_of_last(node: Node, tops: Sequence[Node]) -> list[Node]:
    """Return the figures that people told again are: "14 soldiers and six civilians died", "the 20 deaths".

    Those listed together in the sentence before, or all that were told.
    """
    used = [t for t in tops if t.use == "used" and t.value is not None]
    if not used or not (node.told.definite and node.generic) or node.told.others:
        return []
    last = [t for t in used if t.told.group == used[-1].told.group]
    near = 0 <= node.told.sentence - used[-1].told.sentence <= 1 and node.told.group != used[-1].told.group
    told = (some for some in (last, used) if len(some) > 1 and sum(t.value or 0 for t in some) == node.value)
    return next(told, []) if near else []


def _by_chance(claim: Claim, before: Sequence[Claim]) -> bool:
    """Tell whether a figure only happens to be the sum of those before it: of another day than one, or a town of its own.

    "5 March: seven died in A. 9 March: two died in B. 12 March: nine died in C": the nine are not the seven and the two.
    """
    towns = [c.where[0].name if c.where and c.where[0].level in _TOWNS else None for c in (claim, *before)]
    return any(days_differ(claim, c) for c in before) or (None not in towns and towns[0] not in towns[1:])


def summing_sentences(told: Sequence[Told]) -> set[int]:
    """Return the sentences that sum up what was told by places before: each of their figures is the sum of its harm so far.

    "In A one was killed and two hurt. In B three were hurt. Over the day one person was killed and five hurt": the one, too.
    A sentence of one figure is no such: that it is a sum may be chance.
    """
    fitting: dict[int, list[bool]] = {}  # for each figure of a sentence, whether it sums up several
    broken: set[int] = set()
    so_far: dict[str, list[Claim]] = {}
    for item in told:
        claim = item.claim
        if claim.scope != "incident" or claim.part_of is not None or claim.count.best is None:
            continue
        before = [c for c in so_far.get(claim.harm, ()) if c.evidence.sentence.end <= claim.evidence.start]
        if before and sum(c.count.best or 0 for c in before) == claim.count.best:
            apart = len({c.where[0].name for c in before if c.where}) > 1
            fitting.setdefault(item.sentence, []).append(len(before) > 1 and apart)
        else:
            broken.add(item.sentence)
        so_far.setdefault(claim.harm, []).append(claim)
        del so_far[claim.harm][:-_MOST_SUMMED]
    return {s for s, sums in fitting.items() if s not in broken and len(sums) > 1 and any(sums)}


def telling(node: Node) -> list[Node]:
    """Return a figure with those that say it again: a headline has the origin and the place that the text gives for it."""
    return [node, *(t for t in node.rivals if t.use == "repeated")]


def total_for(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the total that a narrower figure belongs to."""
    for top in reversed(tops):
        if top.use != "used" or not top.generic or top.value is None or node.value is None:
            continue
        if all(
            places_differ(t.claim, node.claim, strict=True) or days_differ(t.claim, node.claim)
            for t in telling(top)
        ):
            continue
        if not may_hold(top.claim, node.claim):
            continue
        narrower = not node.generic or node.claim.victims.age_group or node.claim.victims.sex
        if narrower and node.value < top.value and has_room(top, node) and not node.told.others:
            return top
    return None


def told_among(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the figure last told that holds people said to be among the dead, whoever says so: they are no second count."""
    if not node.told.among or node.told.others or not node.value:
        return None
    for top in reversed(tops):
        if top.use != "used" or top.told.attackers != node.told.attackers or (top.value or 0) <= node.value:
            continue
        apart = countries_apart(top.claim, node.claim) or not may_hold(top.claim, node.claim)
        if same_people(top, node) and not apart:
            return top
    return None


def may_hold(whole: Claim, part: Claim) -> bool:
    """Tell whether people of one sex or age may hold others: two women hold no boy."""
    a, b = whole.victims, part.victims
    return a.sex in (None, b.sex) and a.age_group in (None, b.age_group)


def day_within(whole: Claim, part: Claim) -> bool:
    """Tell whether one claim is of a week or more, and the other of a day or so in it."""
    period, day = whole.when, part.when
    if period is None or day is None or not period.start or not period.end or not day.start or not day.end:
        return False
    inside = period.start <= day.start and day.end <= period.end and day.end < period.end
    return inside and length(period.start, period.end) >= _WEEK and length(day.start, day.end) < _WEEK


def period_over(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the total of a week or more that a day of it belongs to: an event told singly in a periodic report."""
    for top in tops:
        if top.use != "used" or top.value is None or node.value is None:
            continue
        if day_within(top.claim, node.claim) and node.value <= top.value and same_people(top, node):
            return top if not _outside(top.claim, node.claim) else None
    return None


def _outside(whole: Claim, part: Claim) -> bool:
    """Tell whether a claim lies in none of the areas that another is told of: "across Darfur and Khartoum"."""
    if not whole.where or not part.where:
        return False
    town = part.where[0]
    areas = [p for p in whole.where if p.level != "country"] or whole.where
    return not any(
        town.country in (None, p.country) and (None in (town.adm1, p.adm1) or town.adm1 == p.adm1)
        for p in areas
    )


def length(start: str, end: str) -> int:
    """Return the days from one ISO date to another, both counted."""
    return (date.fromisoformat(end[:10]) - date.fromisoformat(start[:10])).days + 1


def countries_differ(a: Claim, b: Claim) -> bool:
    """Tell whether two claims lie in different countries, or in first-level divisions that are known and differ."""
    if not a.where or not b.where:
        return False
    one, two = a.where[0], b.where[0]
    if one.country and two.country and one.country != two.country:
        return True
    return bool(one.adm1 and two.adm1 and one.adm1 != two.adm1 and one.country == two.country)


def countries_apart(a: Claim, b: Claim) -> bool:
    """Tell whether two claims lie in different countries."""
    one, two = (c.where[0].country if c.where else None for c in (a, b))
    return one is not None and two is not None and one != two


def is_partition(node: Node) -> bool:
    """Tell whether a figure is one of the parts that sum up to a total."""
    return node.claim.part_of is not None and node.claim.part_of.relation == "partition"


def elsewhere(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether a figure is of another place or day than all before it."""
    used = [t for t in tops if t.use == "used"]
    return bool(used) and all(
        places_differ(t.claim, node.claim)
        or (days_differ(t.claim, node.claim) and not _told_the_day_after(t.claim, node.claim))
        for t in used
    )


def _told_the_day_after(a: Claim, b: Claim) -> bool:
    """Tell whether two origins count in one town on days next to each other: the day of one may be that on which it spoke."""
    x, y = a.when, b.when
    if x is None or y is None or not x.start or not y.start or not origins_differ(a, b):
        return False
    apart = abs((date.fromisoformat(x.start[:10]) - date.fromisoformat(y.start[:10])).days)
    return apart <= 1 and bool(a.where) and bool(b.where) and a.where[0].name == b.where[0].name


def told_by_another(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether "meanwhile" only turns to another who counts the same: of one place, and no more or fewer than by half."""
    if not node.told.turned or not node.claim.where or not node.value:
        return False
    same = [t for t in tops if t.use == "used" and t.value and t.claim.where and same_people(t, node)]
    return any(
        t.claim.where[0].name == node.claim.where[0].name
        and any(origins_differ(teller.claim, node.claim) for teller in telling(t))
        and 1 / _HALF <= (t.value or 0) / node.value <= _HALF
        for t in same
    )


def in_a_toll(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether a toll told before ("the death toll rose to 141") can hold a figure of the same people."""
    return any(
        t.use == "used"
        and t.told.update
        and t.generic
        and node.generic
        and (t.value or 0) >= (node.value or 0)
        for t in tops
    )


def places_differ(a: Claim, b: Claim, *, strict: bool = False) -> bool:
    """Tell whether two claims name places of which neither holds the other."""
    if not a.where or not b.where:
        return False
    names_a, names_b = ({p.name for p in c.where} for c in (a, b))
    if strict and countries_differ(a, b):
        return True
    if strict and (a.where[0].level in ("adm1", "country", "region") or a.where[0].level is None):
        return False
    first_a, first_b = a.where[0], b.where[0]
    if first_a.name in names_b or first_b.name in names_a or first_a.name == first_b.name:
        return False
    wide = ("country", "region")
    if first_a.level in wide or first_b.level in wide:
        return first_a.level == first_b.level and first_a.country != first_b.country
    if "adm1" in (first_a.level, first_b.level):  # a province holds the towns that lie in it
        return None not in (first_a.adm1, first_b.adm1) and first_a.adm1 != first_b.adm1
    return True


def in_towns_apart(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether few people and those that only happen to add up to them are told each of a town of their own.

    "Four were killed in A. In B a bomb killed two, and two died in C": not the four again. Of many such a chance is small.
    """
    towns = [_own_town(claim) for claim in (whole, *parts)]
    if towns[0] is not None and any(
        t is not None and countries_differ(whole, p) for t, p in zip(towns[1:], parts, strict=True)
    ):
        return True  # nor of many, where a town of another province is among them
    few = (whole.count.low or 0) <= _BY_CHANCE
    return few and None not in towns and towns[0] not in towns[1:]


def _own_town(claim: Claim) -> str | None:
    """Return the town that the sentence of a claim names for it."""
    sentence = claim.evidence.sentence
    first = claim.where[0] if claim.where else None
    if first is None or first.level not in _TOWNS or not sentence.start <= first.start < sentence.end:
        return None
    return first.name


def of_a_town_within(node: Node, whole: Node) -> bool:
    """Tell whether a figure is of a town of its own in the country or province of another that is far above it.

    "Attacks in Mexico killed a dozen. Six were shot in Celaya, prosecutors said": no second count of the dozen.
    """
    area = whole.claim.where[0] if whole.claim.where else None
    if not any(origins_differ(t.claim, node.claim) for t in telling(whole)):
        return False
    if area is None or area.level not in _AREAS or _own_town(node.claim) is None:
        return False
    return (whole.value or 0) > _HALF * (node.value or 0) and not _outside(whole.claim, node.claim)


def days_differ(a: Claim, b: Claim) -> bool:
    """Tell whether two claims have days with nothing in common."""
    x, y = a.when, b.when
    if x is None or y is None or x.start is None or y.start is None:
        return False
    return (x.end or x.start) < y.start or (y.end or y.start) < x.start


def origins_differ(a: Claim, b: Claim) -> bool:
    """Tell whether two claims are known to come from different origins."""
    return a.origin is not None and b.origin is not None and a.origin.name != b.origin.name


def has_room(whole: Node, part: Node) -> bool:
    """Tell whether a total can hold one more disjoint part; totals that are no exact figures are given a tenth."""
    if whole.value is None or part.value is None or whole.use != "used":
        return False
    taken = sum(p.value or 0 for p in whole.parts if is_partition(p))
    return part.value <= whole.value * (1.1 if whole.claim.count.kind in LOOSE else 1) - taken
