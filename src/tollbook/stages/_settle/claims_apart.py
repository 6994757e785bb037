"""claims_apart: two claims of one report -> whether they are of other places, days, origins."""

from collections.abc import Sequence
from datetime import date

from tollbook.model.claim import Claim
from tollbook.stages._own_place import own_place

_SEVERAL = 3  # persons from which a second figure of a report is hardly the same by chance
_BY_CHANCE = 12  # persons up to which two or three figures add up to another by chance
_TOWNS = ("locality", "adm2")
_WEEK = 6  # days from which a figure is of a period


def may_hold(whole: Claim, part: Claim) -> bool:
    """Tell whether people of one sex or age may hold others: two women hold no boy, nor those whom one of them killed."""
    a, b = whole.victims, part.victims
    if one_did_it(whole, part):
        return False
    return a.sex in (None, b.sex) and a.age_group in (None, b.age_group)


def one_did_it(a: Claim, b: Claim) -> bool:
    """Tell whether those of one claim are said to have harmed those of the other: "two policemen who shot dead a woman"."""
    return _harmed_by(a, b) or _harmed_by(b, a)


def _harmed_by(doers: Claim, harmed: Claim) -> bool:
    who = doers.victims
    if not harmed.by or who.start is None or who.end is None:
        return False
    return any(p.basis == "stated" and who.start <= p.start < who.end for p in harmed.by)


def day_within(whole: Claim, part: Claim) -> bool:
    """Tell whether one claim is of a week or more, and the other of a day or so in it."""
    period, day = whole.when, part.when
    if period is None or day is None or not period.start or not period.end or not day.start or not day.end:
        return False
    inside = period.start <= day.start and day.end <= period.end and day.end < period.end
    return inside and length(period.start, period.end) >= _WEEK and length(day.start, day.end) < _WEEK


def outside(whole: Claim, part: Claim) -> bool:
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


def told_the_day_after(a: Claim, b: Claim) -> bool:
    """Tell whether two origins count in one town on days next to each other: the day of one may be that on which it spoke."""
    x, y = a.when, b.when
    if x is None or y is None or not x.start or not y.start or not origins_differ(a, b):
        return False
    apart = abs((date.fromisoformat(x.start[:10]) - date.fromisoformat(y.start[:10])).days)
    return apart <= 1 and bool(a.where) and bool(b.where) and a.where[0].name == b.where[0].name


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
        return countries_apart(a, b)
    if "adm1" in (first_a.level, first_b.level):  # a province holds the towns that lie in it
        known = None not in (first_a.adm1, first_b.adm1) and first_a.adm1 != first_b.adm1
        return known or countries_apart(a, b)
    return True


def in_towns_apart(whole: Claim, parts: Sequence[Claim]) -> bool:
    """Tell whether few people and those that only happen to add up to them are told each of a town of their own.

    "Four were killed in A. In B a bomb killed two, and two died in C": not the four again. Of many such a chance is small.
    What no gazetteer knows are the quarters of a town that it knows, or villages near it.
    """
    if whole.where and whole.where[0].lat is not None and all(_unknown(part) for part in parts):
        return False
    named = {place.name for place in whole.where}
    if len(named) > 1 and all(part.where and part.where[0].name in named for part in parts):
        return False  # "Bombings in A and B kill 22"
    towns = [own_town(claim) for claim in (whole, *parts)]
    placed = own_place(whole) is not None
    if placed and any(own_place(p) is not None and countries_differ(whole, p) for p in parts):
        return True  # nor of many, where a town of another province is among them, or that province
    few = (whole.count.low or 0) <= _BY_CHANCE
    return few and None not in towns and towns[0] not in towns[1:]


def _unknown(claim: Claim) -> bool:
    """Tell whether a claim is told of a place that no gazetteer knows."""
    return bool(claim.where) and all(place.lat is None for place in claim.where)


def own_town(claim: Claim) -> str | None:
    """Return the town that the sentence of a claim names for it."""
    first = own_place(claim)
    return first.name if first is not None and first.level in _TOWNS else None


def in_another_town(told: Claim, claim: Claim) -> bool:
    """Tell whether the sentence of a claim names a day and a place for it, and one told before is of a town that is not it.

    Where no day is named, a quarter or a town nearby may be meant: "the toll in Beirut rose to 16. In Dahiyeh, four died".
    """
    sentence, when = claim.evidence.sentence, claim.when
    dated = when is not None and sentence.start <= when.start_offset < sentence.end
    of_town = bool(told.where) and told.where[0].level in _TOWNS
    return dated and of_town and own_place(claim) is not None and places_differ(told, claim)


def days_differ(a: Claim, b: Claim) -> bool:
    """Tell whether two claims have days with nothing in common; a day told only behind a claim's sentence may be another's."""
    x, y = a.when, b.when
    if x is None or y is None or x.start is None or y.start is None:
        return False
    if x.start_offset >= a.evidence.sentence.end or y.start_offset >= b.evidence.sentence.end:
        return False
    return (x.end or x.start) < y.start or (y.end or y.start) < x.start


def days_far_apart(a: Claim, b: Claim) -> bool:
    """Tell whether the days of two claims differ by more than one: the day of one may be that on which somebody spoke."""
    x, y = a.when, b.when
    if not days_differ(a, b) or x is None or y is None or x.start is None or y.start is None:
        return False
    return abs((date.fromisoformat(x.start[:10]) - date.fromisoformat(y.start[:10])).days) > 1


def origins_differ(a: Claim, b: Claim) -> bool:
    """Tell whether two claims are known to come from different origins; "Torres" may be "Col. Galileo Torres"."""
    if a.origin is None or b.origin is None or a.origin.name == b.origin.name:
        return False
    one, two = a.origin.name.split(), b.origin.name.split()
    return one[-1:] != two and two[-1:] != one


def in_namesake(a: Claim, b: Claim) -> bool:
    """Tell whether a claim may lie where a headline says: in the division that bears its town's name, or in its country.

    "15 killed in Kaduna", of the state; a village of a province may have its namesake in another.
    """
    town, within = a.where[0], b.where[0]
    if town.level == "adm1" and town.country == within.country and (a.count.best or 0) >= _SEVERAL:
        return True
    same = town.country == within.country and town.adm1 is not None and town.adm1 == within.adm1
    return same and town.level == "locality" and town.name.split()[0] == (town.adm1 or "").split()[0]
