"""set_against: figures told before -> the one that a new figure is held against, or that it made grow."""

from collections.abc import Sequence

from tollbook.stages._own_place import own_place
from tollbook.stages._settle.claims_apart import (
    countries_apart,
    days_differ,
    length,
    origins_differ,
    outside,
    own_town,
)
from tollbook.stages._settle.figures import (
    apart_from,
    comparable,
    days_apart,
    has_room,
    is_partition,
    of_its_places,
    places_apart,
    telling,
)
from tollbook.stages._settle.held import of_another_line
from tollbook.stages._settle.other_people import same_people
from tollbook.stages._settle.toll import Node

_VAGUE = ("some", "none")
_MANY, _ABOVE = (
    1000,
    50,
)  # from how many people on, and how far above those told, a figure is not of the same event
_MONTH = 28  # days of a month, at the least
_LEAD = 3  # sentences with which a report begins
_WIDE = ("country", "adm1", "region")
_WITHIN = ("part_of", "set_aside")
_OF_A_WAR = "far above all that is told of the event: a war's, or of a longer time"
_OF_ANOTHER = "of an attack in another country that is told as known"
_OF_OTHERS = "told as some of people of whom no figure is so high; not added"
_LOOSELY = 1.1  # how far the parts of a total that is no exact figure reach above it
_SINCE = 3  # sentences from a raised toll to those who died since


def in_a_clause_beside(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether "and" joins a figure's clause to one that tells of others: "a guard was killed and two men were killed"."""
    told = node.told
    if not told.joined or told.total or told.update or told.definite or told.among or told.later:
        return False
    used = [t for t in tops if t.use == "used" and t.told.attackers == told.attackers]
    if not used or used[-1].told.sentence != told.sentence or used[-1].told.group == told.group:
        return False
    last = used[-1]
    if last.value is None or node.value is None or last.told.total or last.told.update:
        return False
    if (
        last.told.recounted
        or last.told.among
        or origins_differ(last.claim, node.claim)
        or far_above(node, tops)
    ):
        return False
    return told.plainly or node.value > last.value  # not "12 were killed and three men were beheaded"


def set_against(node: Node, alike: Sequence[Node]) -> Node | None:
    """Return the figure that one is set against: the last told; a count of all by another, the greatest told by others."""
    fitting = [t for t in reversed(alike) if t.use == "used" and comparable(t, node)]
    counted = [t for t in fitting if t.claim.count.kind != "some"]
    if counted and (counted[0].value or 0) > 1:  # not against "many" where several are counted
        fitting = counted
    near = [t for t in fitting if not apart_from(t, node)]
    if not near and len(alike) > 1 and node.value == 1:
        return None  # one person, and nobody of his place and day among whom he could be
    fitting = near or fitting
    of_all = node.generic and (node.told.update or node.claim.victims.quote is not None)
    if of_all and len(fitting) > 1:
        others = [t for t in fitting if any(origins_differ(one.claim, node.claim) for one in telling(t))]
        if node.told.update:  # not of "elsewhere another 72"
            fitting = [t for t in fitting if not (t.told.apart or t.told.others)] or fitting
        return max(others or fitting[:1], key=lambda t: t.value or 0)
    return fitting[0] if fitting else None


def grown_by(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the toll that a figure of its own sentence made grow: "rose to 64 after nine people succumbed"."""
    for top in reversed(tops):
        told = next((t for t in telling(top) if t.told.sentence == node.told.sentence), None)
        if told is None or not (told.told.revised and told.generic):
            continue
        if top.use == "used" and (top.value or 0) > (node.value or 0) > 0:
            # "of whom 40 later died, bringing the toll to 298"
            before = told.claim.count.start < node.claim.count.start
            return top if before or node.told.later or node.told.others else None
    return (_raised_before(node, tops) or _died_later_of(node, tops)) if node.told.later else None


def _died_later_of(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the total that those who died at once, told as fewer, and those who died later make up.

    "At least 180 killed … The mission said 159 died on the spot. At least 30 of the wounded died later."
    """
    for top in tops:
        fewer = [r.value or 0 for r in top.rivals if r.use == "set_aside" and r.generic]
        most = (top.value or 0) * _LOOSELY
        if top.use == "used" and any((top.value or 0) <= n + (node.value or 0) <= most for n in fewer):
            return top
    return None


def _raised_before(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the toll raised shortly before by no fewer than died since: "raised it from seven to nine. Two of the hurt died"."""
    older = [t for t in tops if t.use == "superseded" and t.generic and t.value]
    for top in reversed(tops):
        near = 0 < node.told.sentence - top.told.sentence <= _SINCE
        if top.use == "used" and top.told.update and top.generic and near:
            if any((t.value or 0) + (node.value or 0) <= (top.value or 0) for t in older):
                return top
    return None


def shared_by_events(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the figure of several attacks, told last, of which one is told: "in two attacks. In the first, eight died"."""
    top = next((t for t in reversed(tops) if t.use == "used"), None)
    if (
        top is None
        or not (top.generic and any(t.told.several for t in telling(top)))
        or top.value is None
        or node.value is None
    ):
        return None
    if node.told.apart and any(_of_one_town(t) and _in_a_town_apart(t, node) for t in telling(top)):
        return None  # "Twin attacks in A killed 11. A separate attack in B killed two"
    # (a headline's figure is of what the text says that it is of)
    near = node.told.sentence > top.told.sentence and not countries_apart(top.claim, node.claim)
    return top if near and node.value < top.value and has_room(top, node) else None


def _of_one_town(node: Node) -> bool:
    """Tell whether a figure's own sentence names one town for it, and no more."""
    towns = [p for p in node.claim.where if p.level not in _WIDE]
    return own_town(node.claim) is not None and len(towns) == 1


def _in_a_town_apart(old: Node, node: Node) -> bool:
    """Tell whether a figure's own sentence names another town than that of a figure told before, and no other day."""
    town = own_town(node.claim)
    apart = town is not None and town not in {p.name for p in old.claim.where}
    return apart and not days_differ(old.claim, node.claim)


def filled_by(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return a report's first total that a figure and others make up: "seven dead, three of them children … four adults"."""
    if not node.value or node.told.among or (node.told.others and not node.told.other_harm):
        return None
    for top in tops:
        rest = (top.value or 0) - node.value
        if top.use != "used" or not same_people(top, node) or top.told.sentence > _LEAD or rest <= 0:
            continue
        if (
            node.told.sentence <= top.told.sentence
            or days_apart(top, node)
            or places_apart(top, node, strict=True)
        ):
            continue
        shared = sum(p.value or 0 for p in top.parts if is_partition(p))
        told = [p.value for p in (*top.parts, *top.rivals) if p.use in _WITHIN]
        if node.value > 1 and (rest in told or rest == shared):
            return top
    return None


def area_over(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the total of an area that opens a report and holds what is told of a town: "strikes across Gaza killed 33"."""
    town = node.claim.where[0] if node.claim.where else None
    if town is None or not node.told.placed or node.told.also_then or town.level in _WIDE or not node.value:
        return None
    for top in tops:
        area = next((t for t in telling(top) if _is_of_area(t)), None)
        if (
            area is None
            or top.use != "used"
            or top.told.attackers
            or node.told.sentence <= area.told.sentence
        ):
            continue
        alike = node.generic or node.claim.victims.status == top.claim.victims.status
        if not alike or outside(area.claim, node.claim) or days_apart(area, node):
            continue
        if node.value < (top.value or 0) and same_people(top, node) and has_room(top, node):
            return top
    return None


def place_over(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return a report's first total over several places named that holds what is told of one: "nine hurt in A and B"."""
    if not node.told.placed or not node.claim.where or not node.value or node.told.also_then:
        return None
    for top in tops:
        over = next((t for t in telling(top) if of_its_places(t, node)), None)
        if over is None or top.use != "used" or days_apart(over, node) or node.value >= (top.value or 0):
            continue
        alike = node.generic or node.claim.victims.status == top.claim.victims.status
        if alike and same_people(top, node) and has_room(top, node):
            return top
    return None


def month_over(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the total of a month, told of no town, that holds what is told of one place in its land.

    "A total of 761 Iraqis were killed in June. Baghdad was the worst affected, with 258 killed": whoever they were.
    """
    place = own_place(node.claim)
    if place is None or node.told.also_then or not node.value or not node.generic:
        return None
    for top in tops:
        month = next((t for t in telling(top) if _is_of_month(t)), None)
        if month is None or top.use != "used" or node.told.sentence <= month.told.sentence:
            continue
        land = next((p.country for p in month.claim.where if p.country), None)
        within = place.country == land and month.told.nation in (None, land)
        if within and not days_apart(month, node) and node.value < (top.value or 0):
            return top
    return None


def _is_of_month(node: Node) -> bool:
    """Tell whether a figure of all people that opens a report is of a month or more, and its sentence names no town."""
    when = node.claim.when
    if when is None or not when.start or not when.end or node.told.sentence >= _LEAD or not node.generic:
        return False
    return own_place(node.claim) is None and length(when.start, when.end) >= _MONTH


def opens_for_area(whole: Node, node: Node) -> bool:
    """Tell whether a report opens with the total of an area in which a figure set apart is placed: "In another skirmish"."""
    area = next((t for t in telling(whole) if _is_of_area(t)), None)
    placed = node.told.placed and bool(node.claim.where) and node.claim.where[0].level not in _WIDE
    return area is not None and placed and not node.told.also_then and not outside(area.claim, node.claim)


def _is_of_area(node: Node) -> bool:
    """Tell whether a figure opens a report and is told of a whole area, and of what went on in many places."""
    opens = node.told.spread and node.told.sentence < _LEAD
    return opens and bool(node.claim.where) and (node.claim.where[0].level in _WIDE or node.told.across)


def of_others(node: Node, tops: Sequence[Node]) -> bool:
    """Set aside a figure of other people than those counted: a war's, or some of more than there are."""
    some = node.told.among and not node.told.others and not of_another_line(node, tops)
    if some and (node.value or 0) > sum(t.value or 0 for t in tops):
        reason = _OF_OTHERS
    elif node.told.known and all(countries_apart(t.claim, node.claim) for t in tops):
        reason = _OF_ANOTHER
    elif far_above(node, tops):
        reason = _OF_A_WAR
    else:
        return False
    node.use, node.reason = "set_aside", reason
    tops[0].rivals.append(node)
    return True


def far_above(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether a figure without a day of its own is fifty times all told before, and over a thousand: a war's."""
    used = [t.value or 0 for t in tops if t.use == "used" and t.value and t.claim.count.kind not in _VAGUE]
    when, said = node.claim.when, node.claim.evidence.sentence
    dated = when is not None and said.start <= when.start_offset < said.end
    told = node.told.update or node.told.total or node.told.definite
    return bool(used) and not (dated or told) and (node.value or 0) >= max(_MANY, _ABOVE * sum(used))


def listed_beside_a_repeat(node: Node, tops: Sequence[Node]) -> bool:
    """Tell whether a figure is listed with one that said a headline again: "15 pupils taken", then "15 pupils and a teacher"."""
    again = (r for t in tops if t.use == "used" for r in t.rivals if r.use == "repeated")
    return any(r.told.group == node.told.group for r in again)


def outdated(node: Node, tops: Sequence[Node]) -> bool:
    """Set aside a figure that the text tells as given earlier than the one it has told: "police had first put it at eight"."""
    used = [t for t in tops if t.use == "used" and t.value is not None]
    newer = next((t for t in used if t.generic), None)
    if newer is None and len(used) == 1 and used[0].told.sentence == node.told.sentence:
        newer = used[0]  # "killed 18 civilians, up from an earlier count of 13 dead"
    if newer is None or not node.generic:
        return False
    node.use = "superseded"
    node.reason = f"told as an earlier figure than {newer.claim.id} (“{newer.claim.count.quote}”)"
    newer.rivals.append(node)
    return True
