"""opening_again: figures of a report's opening -> which later ones are of the same people, wherever they are placed."""

from collections.abc import Sequence

from tollbook.grammar.told import Told
from tollbook.model.made import changed
from tollbook.stages._settle.claims_apart import days_differ, own_town
from tollbook.stages._settle.figures import days_apart
from tollbook.stages._settle.other_people import of_two_nations
from tollbook.stages._settle.toll import Node

_OPENS = 1  # the last sentence of a headline and of the lead below it
_PEOPLE = 5  # persons from which a pair of figures, of two harms, is hardly met twice by chance
_EACH = 2  # persons of each of its harms from which it is a pair

_Pairs = dict[str, set[int]]


def as_opened(told: Sequence[Told]) -> Sequence[Told]:
    """Let what tells two figures of the opening again, of two harms, be of its event, wherever it is placed.

    "Three officers killed, two hurt in the hills": behind it, three killed and two hurt in a town of its own are the same,
    since one figure may be met twice, and a pair of them hardly is. A day of its own still sets it apart, and so do words,
    and a town of its own where the opening itself names one.
    """
    if len({item.claim.harm for item in told if item.sentence <= _OPENS}) < 2:  # most
        return told
    pairs: dict[int, _Pairs] = {}
    for item in told:
        low = item.claim.count.low
        if low and low >= _EACH and item.claim.scope == "incident":
            pairs.setdefault(item.sentence, {}).setdefault(item.claim.harm, set()).add(low)
    towns = {item.sentence for item in told if item.sentence <= _OPENS and own_town(item.claim) is not None}
    opened = [pair for s, pair in pairs.items() if s <= _OPENS and s not in towns and len(pair) > 1]
    if not opened:
        return told
    again = {s: _both(opened, pair) for s, pair in pairs.items() if len(pair) > 1}
    known = {(t.sentence, place.name) for t in told if t.sentence <= _OPENS for place in t.claim.where}
    out = list(told)
    for i, item in enumerate(told):
        same = again.get(item.sentence, {})
        names = {name for sentence, name in known if sentence < item.sentence}
        away = item.placed and bool(item.claim.where) and item.claim.where[0].name not in names
        if item.dated and item.claim.when is not None and _has_own_day(item, told):
            continue
        if own_town(item.claim) is not None and any(s < item.sentence for s in towns):
            continue
        if away and item.claim.count.low in same.get(item.claim.harm, ()):
            out[i] = changed(item, placed=False)
    return out


def _has_own_day(item: Told, told: Sequence[Told]) -> bool:
    """Tell whether a sentence behind the opening tells a day that the opening does not tell."""
    if item.sentence <= _OPENS:
        return False
    opening = [one for one in told if one.sentence <= _OPENS and one.dated and one.claim.when is not None]
    return not any(not days_differ(one.claim, item.claim) for one in opening)


def _both(opened: Sequence[_Pairs], pair: _Pairs) -> _Pairs:
    """Return the figures of a sentence that one of the opening's tells, too, where they are of two harms and of enough people."""
    for one in opened:
        if one is pair:
            continue
        same = {harm: values & pair[harm] for harm, values in one.items() if harm in pair}
        same = {harm: values for harm, values in same.items() if values}
        if len(same) > 1 and sum(max(values) for values in same.values()) >= _PEOPLE:
            return same
    return {}


def headline_of(node: Node, tops: Sequence[Node]) -> Node | None:
    """Return the headline's figure that one of a list says again, of the same calling.

    "Three rebels killed", and then "a guard and three rebels were killed": the three are listed, and yet no others. Not where
    the lead has told them already, nor behind it in a town or on a day of their own.
    """
    own = _calling(node)
    if node.told.sentence == 0 or node.generic or node.told.others or node.told.apart or not own:
        return None
    for top in tops:
        headline = top.use == "used" and top.told.sentence == 0 and top.told.attackers == node.told.attackers
        if not headline or top.value != node.value or own != _calling(top):
            continue
        if _told_between(top, node) or _of_its_own(top, node):
            continue
        if top.claim.victims.status == node.claim.victims.status and not of_two_nations(top, node):
            return None if days_apart(top, node) else top
    return None


def _told_between(top: Node, node: Node) -> bool:
    """Tell whether a sentence between the headline and a list says the headline's figure again."""
    return any(one.value == top.value and 0 < one.told.sentence < node.told.sentence for one in top.rivals)


def _of_its_own(top: Node, node: Node) -> bool:
    """Tell whether a list behind the lead has a day or a town of its own, which the headline has not."""
    if node.told.sentence <= _OPENS:
        return False
    town, when = own_town(node.claim), node.claim.when
    new_town = town is not None and all(place.name != town for place in top.claim.where)
    return new_town or (node.told.dated and when is not None and top.claim.when is None)


def _calling(node: Node) -> str:
    """Return the last word for the people of a figure."""
    return (node.claim.victims.quote or " ").split(" ")[-1].casefold()
