"""figures: two figures of one report -> how they stand to each other."""

from collections.abc import Sequence

from tollbook.grammar.told import Told
from tollbook.model.claim import Claim
from tollbook.stages._settle.claims_apart import (
    countries_apart,
    day_within,
    days_differ,
    days_far_apart,
    in_another_town,
    in_namesake,
    may_hold,
    origins_differ,
    outside,
    own_town,
    places_differ,
    told_the_day_after,
)
from tollbook.stages._settle.other_people import (
    beside_all_told,
    counted_by_the_enemy,
    killed_by_them,
    of_one_state,
    of_two_nations,
    same_people,
)
from tollbook.stages._settle.toll import Node

LOOSE = ("at_least", "about", "vague")
_NO_FIGURE = ("vague", "some")
_LOOSELY = 4  # how far a word such as "dozens" reaches above its least
_FEW = 6  # persons up to which as many bodies may be others'
_SEVERAL = 3  # persons from which a second figure of a report is hardly the same by chance
HALF = 1.5  # how far two who count the same people may differ
_TOWNS = ("locality", "adm2")
_AREAS = ("country", "adm1")
_THOUSANDS = 1_000  # persons of whom no two equal figures are met
_TENS_OF_THOUSANDS = 10_000  # the same of those who fled, wherever they went
_BY_CHANCE = 12  # persons up to which two or three figures add up to another by chance
_MOST_SUMMED = 24  # figures that are summed up


def counts_otherwise(old: Node, new: Node) -> bool:
    """Tell whether another counts the same people: one known by name, or who puts far more than the outlet."""
    return origins_differ(old.claim, new.claim) or puts_far_more(old, new)


def puts_far_more(old: Node, new: Node) -> bool:
    """Tell whether somebody puts far more than the outlet tells, or counts so between it and another: "151", of 87."""
    if (
        new.claim.origin is None
        or old.claim.origin is not None
        or (new.value or 0) <= HALF * (old.value or 0)
    ):
        return False
    put = new.told.put and old.claim.count.high is not None  # not beside "at least nine"
    return put or any(r.use == "used" and (r.value or 0) >= (new.value or 0) for r in old.rivals)


def places_apart(old: Node, new: Node, *, strict: bool = False) -> bool:
    """Tell whether a figure's own words place it elsewhere than another."""
    known = old.told.placed or not old.claim.where or old.claim.where[0].level != "country"
    return known and new.told.placed and places_differ(old.claim, new.claim, strict=strict)


def days_apart(old: Node, new: Node) -> bool:
    """Tell whether a figure's own words give it another day than another has."""
    return new.told.dated and days_differ(old.claim, new.claim)


def with_parts(tops: Sequence[Node]) -> list[Node]:
    """Return each figure followed by its parts, those of who says it again, and who may be among its people."""
    out: list[Node] = []
    for top in tops:
        out += [top, *top.parts]
        for rival in top.rivals:
            out += rival.parts if rival.use == "repeated" else [rival] if rival.use == "set_aside" else ()
    return out


def repeats(old: Node, new: Node) -> bool:
    """Tell whether a figure says again what another said."""
    a, b = old.claim, new.claim
    if (
        old.value != new.value
        or old.value is None
        or not (same_people(old, new) or of_one_state(old, new))
        or old.told.group == new.told.group
        or _of_some(old, new)
    ):
        return False
    next_to = new.told.sentence - old.told.sentence == 1 and not new.told.apart
    away = places_apart(old, new, strict=True) or days_apart(old, new)
    if new.told.definite and next_to and old.value >= _SEVERAL and (new.told.bodies or not away):
        return True  # "The 20 deaths near Mulanay", right behind them; "The bodies of the five were found" anywhere
    below = b.evidence.sentence.start - a.evidence.sentence.end > 1
    many = old.value > _BY_CHANCE and not (new.told.apart or new.told.others or new.told.dated)
    lead = old.told.sentence == 0 and new.told.sentence == 1 and (below or many)
    if lead and old.generic and old.value >= _SEVERAL:
        return True  # a headline "Nine killed in Kurram", and in a paragraph of its own the lead: nine in a town of it
    if _is_unlike_others(old.value) and not new.told.apart and not places_apart(old, new, strict=True):
        return True  # whatever its day: 10,797 people are not met twice
    if old.told.sentence <= 1 and old.value > _FEW and new.told.bodies and not new.told.apart:
        towns = None not in (own_town(a), own_town(b)) and places_differ(a, b)
        return not (
            new.told.others or days_apart(old, new) or countries_apart(a, b) or towns
        )  # bodies found of all who died
    if old.value >= _SEVERAL and of_its_places(old, new) and not days_apart(old, new):
        return True  # "six killed in A and B", and then six in B: the total cannot be of fewer
    if _is_opening_again(old, new) and not away:
        return True
    if _is_told_share(old, new) and not away:
        return True  # "the first blast killed eight", of 12; "Two hours later eight were killed in a market"
    if _are_thousands(old, new):
        return True
    if old.told.sentence == 0 and old.value > _BY_CHANCE and not places_apart(old, new):
        return True  # the headline's figure, whatever words of its sentence set others apart
    one = old.value == 1 and not (new.told.particular or new.told.new or new.told.others)
    filed = old.told.filed and old.told.sentence <= 1 and (one or old.value >= _SEVERAL)
    apart = places_apart(old, new) and not (filed or (old.told.sentence == 0 and in_namesake(a, b)))
    return new.told.total or not (new.told.apart or apart or days_apart(old, new))


def of_its_places(whole: Node, node: Node) -> bool:
    """Tell whether a figure is told of one of several places that the opening's was told of: "in A and B", and in B."""
    if whole.told.sentence > 1 or node.told.sentence <= whole.told.sentence or not node.told.placed:
        return False
    names = {p.name for p in whole.claim.where if p.level != "country"}
    return len(names) > 1 and bool(node.claim.where) and node.claim.where[0].name in names


def _is_opening_again(old: Node, new: Node) -> bool:
    """Tell whether a figure of a report's opening is told again at length, whatever sets it apart.

    "Nine dead, four hurt", and "Also Saturday, four were hurt in A"; "killed a judge", and "Also Saturday, Mr A, a judge, …";
    "three guerrillas", and "Fighting then broke out, and three guerrillas died".
    """
    if old.told.sentence > 1:
        return False
    one, two = ((n.claim.victims.quote or "").casefold().split()[-1:] for n in (old, new))
    alike = bool(one) and one == two and not old.generic
    if new.told.also_then:
        return (old.value or 0) > _SEVERAL or (old.value == 1 and alike)
    same_day = not new.told.dated or (old.claim.when is not None and not days_apart(old, new))
    return alike and old.told.sentence == 0 and (old.value or 0) >= _SEVERAL and same_day


def _are_thousands(old: Node, new: Node) -> bool:
    """Tell whether a later sentence tells so many again, whatever turns to it: "Meanwhile, more than 28,000 were displaced".

    Who fled is told again by where he went: of tens of thousands no two places are met.
    """
    value = old.value or 0
    if value < _THOUSANDS or new.told.sentence <= old.told.sentence or days_apart(old, new):
        return False
    moved = old.claim.harm == "displaced" and value >= _TENS_OF_THOUSANDS
    return (moved and not new.told.others) or not places_apart(old, new, strict=True)


def _is_told_share(old: Node, new: Node) -> bool:
    """Tell whether a figure may be that of one of several events whose dead a total told before holds, told at length."""
    told = is_partition(old) if old.use == "part_of" else old.use == "set_aside"
    return (
        told
        and old.generic
        and new.generic
        and (old.value or 0) > _SEVERAL
        and new.told.sentence > old.told.sentence
    )


def _of_some(old: Node, new: Node) -> bool:
    """Tell whether one figure is of some by sex or age, and the other of people of a calling: six women, six fighters."""
    one, two = old.claim.victims, new.claim.victims
    some = one.sex is not None or one.age_group is not None
    return old.use == "part_of" and some and not new.generic and two.status != one.status and two.sex is None


def _is_unlike_others(value: int) -> bool:
    """Tell whether a number is so particular that a second of it in one report is the same: four digits, none for show."""
    return len(str(value).rstrip("0")) > 3


def comparable(old: Node, new: Node) -> bool:
    """Tell whether two figures may be set against each other: the older has a value, the people may be the same.

    Those of whom another origin says "the dead were 23 farmers" are the same, whoever the first said that they were.
    """
    if beside_all_told(new, old) or killed_by_them(old, new):
        return False
    if old.value is None:
        return False
    told_anew = new.told.recounted and origins_differ(old.claim, new.claim)
    return told_anew or same_people(old, new) or counted_by_the_enemy(old, new)


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


def summed_in_list(node: Node, tops: Sequence[Node]) -> list[Node]:
    """Return the one figure told before that an item of a list of totals has within it: "in total, 12 soldiers and 10 rebels"."""
    status = node.claim.victims.status
    before = [t for t in tops if t.told.group != node.told.group and t.claim.victims.status == status]
    listed = node.told.in_all and not node.generic
    return before if listed and len(before) == 1 and is_total_of(node, before) else []


def sum_of_last(node: Node, tops: Sequence[Node]) -> list[Node]:
    """Return the figures that people told again are: "14 soldiers and six civilians died", "the 20 deaths".

    Those listed together in the sentence before, or all that were told.
    """
    used = [t for t in tops if t.use == "used" and t.value is not None]
    if not used or not (node.told.definite and node.generic) or node.told.others:
        return []
    last = [t for t in used if t.told.group == used[-1].told.group]
    near = 0 <= node.told.sentence - used[-1].told.sentence <= 1 and node.told.group != used[-1].told.group
    near = near and not any(days_far_apart(t.claim, node.claim) for t in last)
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
        if beside_all_told(node, top) or of_two_nations(top, node) or killed_by_them(top, node):
            continue
        if not same_people(top, node):
            continue
        if all(places_apart(t, node, strict=True) or days_apart(t, node) for t in telling(top)):
            continue
        if not may_hold(top.claim, node.claim):
            continue
        narrower = not node.generic or node.claim.victims.age_group or node.claim.victims.sex
        if narrower and node.value < top.value and has_room(top, node) and not node.told.others:
            return top
    return None


def left_of(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the figure last told of which these are the rest: "Of the 94, 24 died in A. The remaining 70 were shot"."""
    top = next((t for t in reversed(tops) if t.use == "used" and not t.told.attackers), None)
    if top is None or not node.told.rest or node.told.apart or not 1 < (node.value or 0) < (top.value or 0):
        return None
    apart = places_apart(top, node) or days_apart(top, node)
    return top if same_people(top, node) and has_room(top, node) and not apart else None


def period_over(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the total of a week or more that a day of it belongs to: an event told singly in a periodic report."""
    for top in tops:
        if top.use != "used" or top.value is None or node.value is None:
            continue
        if day_within(top.claim, node.claim) and node.value <= top.value and same_people(top, node):
            # "six were hurt this week" is not of the town that a later sentence names
            return None if top.told.placed and outside(top.claim, node.claim) else top
    return None


def is_partition(node: Node) -> bool:
    """Tell whether a figure is one of the parts that sum up to a total."""
    return node.claim.part_of is not None and node.claim.part_of.relation == "partition"


def in_figures(node: Node, loose: Node) -> bool:
    """Tell whether a figure says what a word without one said: "dozens were hurt", and then "60 people were hurt".

    Of a word such as "dozens" that another origin gave the toll keeps both.
    """
    kind, value = loose.claim.count.kind, node.value or 0
    if kind not in _NO_FIGURE or node.claim.count.kind in _NO_FIGURE or value < (loose.value or 0):
        return False
    by_others = kind == "vague" and any(origins_differ(t.claim, node.claim) for t in telling(loose))
    lead = (
        node.told.sentence == 1 and node.claim.evidence.sentence.start - loose.claim.evidence.sentence.end > 1
    )
    fits = kind == "some" or (lead and value <= _LOOSELY * (loose.value or 0))
    headline = loose.told.sentence == 0 and fits
    return not by_others and (node.generic or not loose.generic or headline)


def elsewhere(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether a figure is of another place or day than all before it, as those place it who say most of them."""
    used = [t for t in tops if t.use == "used"]
    return bool(used) and all(apart_from(t, node) for t in used)


def apart_from(top: Node, node: Node) -> bool:
    """Tell whether a figure is of another place or day than an older one, as who says most of that places it."""
    told = _placed_best(top)
    days = days_apart(told, node) and not told_the_day_after(told.claim, node.claim)
    return days or places_apart(told, node)


def _placed_best(top: Node) -> Node:
    """Return who tells a figure of a town and with a day, where a headline gives neither; else the figure itself."""
    return next((t for t in telling(top) if own_town(t.claim) is not None and t.claim.when is not None), top)


def in_a_toll(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether a toll told before ("the death toll rose to 141") can hold a figure of the same people."""
    tolls = [t for t in tops if t.use == "used" and t.told.update and t.generic] if node.generic else []
    return any(
        (t.value or 0) >= (node.value or 0) and not in_another_town(t.claim, node.claim) for t in tolls
    )


def of_a_spot_within(node: Node, whole: Node) -> bool:
    """Tell whether a figure is of a town in the country or province of another far above it, of bodies, or of one person.

    "Attacks in Mexico killed a dozen. Six were shot in Celaya, prosecutors said": no second count of the dozen.
    """
    area = whole.claim.where[0] if whole.claim.where else None
    if node.value == 1 and (whole.value or 0) >= _SEVERAL and whole.generic:
        return True  # no count of all: one of them, whoever tells of him
    if not any(origins_differ(t.claim, node.claim) for t in telling(whole)):
        return False
    bare = node.claim.victims.quote is None and not (node.told.update or node.told.total)
    if bare and whole.told.sentence <= 1 and any(t.told.spread for t in telling(whole)):
        return (whole.value or 0) > HALF * (
            node.value or 0
        )  # "clashes killed five"; "opened fire, killing two"
    if node.told.bodies and not whole.told.bodies and not places_apart(whole, node):
        return (whole.value or 0) > HALF * (node.value or 0)
    if area is None or area.level not in _AREAS or own_town(node.claim) is None:
        return False
    return (whole.value or 0) > HALF * (node.value or 0) and not outside(whole.claim, node.claim)


def has_room(whole: Node, part: Node) -> bool:
    """Tell whether a total can hold one more disjoint part; totals that are no exact figures are given a tenth."""
    if whole.value is None or part.value is None or whole.use != "used":
        return False
    taken = sum(p.value or 0 for p in whole.parts if is_partition(p) and p.claim.count.kind != "some")
    return part.value <= whole.value * (1.1 if whole.claim.count.kind in LOOSE else 1) - taken
