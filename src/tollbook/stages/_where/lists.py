"""lists: names that only commas and words for "and" keep apart -> what they share."""

from collections.abc import Sequence

from tollbook.grammar.view import View
from tollbook.stages._place_cues import Cues
from tollbook.stages._where.names import Named
from tollbook.stages._where.senses import senses_of
from tollbook.world.gazetteer import Entry

_APART = 4  # words from one name of a list to the next
FARTHEST = _APART + 3  # the same where a number in brackets stands between them, too
_REACH = 8  # names of a list that are looked at on either side
_TWO = 2  # names of a list that are plainly divisions of one country: then the others may be, too
_ONE = 1  # such a name is enough where the other is no namesake of the town of its name
_PLAINLY = 6  # times the people of the largest town of its name, from which a division is plainly meant


def joined(view: View, cues: Cues, pair: Sequence[Named]) -> bool:
    """Tell whether only commas and words for "and" stand between two stretches, no more than FARTHEST words apart."""
    before, after = pair
    between = view.folded[before.last + 1 : after.first]
    if len(between) > 3 and between[0] == "(" and between[2] == ")" and between[1].isdecimal():
        between = between[3:]  # "Dara (3), Suran (5)"
    return len(between) < _APART and cues.listing.issuperset(between)


def shared_kind(named: Sequence[Named], i: int, listed: Sequence[bool]) -> str | None:
    """Return the kind that a list shares: "provinces of Latakia and Tartus", "Aleppo and Idlib provinces".

    `listed` tells of each stretch, and of the end, whether it stands in one list with the one before it.
    """
    for step in (-1, 1):
        k = i
        while 0 <= k + step < len(named) and abs(k - i) < _REACH:
            if not listed[k if step < 0 else k + 1]:
                break
            k += step
            feature = named[k].feature
            if feature is not None:
                before = named[k].cue >= 3.0  # the word of kind stands before the list, or after it
                if (step < 0) == before and feature != "locality":
                    return feature
                break
    return None


def division_in_list(named: Sequence[Named], i: int, listed: Sequence[bool]) -> Entry | None:
    """Return the division that stretch i names in a list of a country's others: "Utah, Virginia and Georgia"."""
    name = named[i]
    if len(name.entries) < _TWO or name.demonym or all(e.level != "adm1" for e in name.entries):
        return None  # most
    senses = senses_of(name.key, name.entries)
    capital = (
        senses.capital if senses.apart is not None else None
    )  # Washington lies in no division of its name
    country = _divided_country(named, i, listed, capital)
    return next((e for e in name.entries if e.level == "adm1" and e.main and e.country == country), None)


def is_division(view: View, cues: Cues, name: Named, held: Named | None) -> bool:
    """Tell whether the words beside a name say that its division is meant, and not the capital far from it.

    So behind a town in it and a comma ("Oso, Washington"), behind a side of it ("eastern Washington"), before who governs
    it ("Washington Governor"). `held` is the place before it that it holds.
    """
    if not name.entries or senses_of(name.key, name.entries).apart is None:  # nearly all
        return False
    folded, first, last = view.folded, name.first, name.last
    if held is not None or (last + 1 < len(folded) and folded[last + 1] in cues.of_division):
        return True
    return first > 0 and folded[first - 1] in cues.sides


def _divided_country(
    named: Sequence[Named], i: int, listed: Sequence[bool], capital: Entry | None
) -> str | None:
    """Return the country of which two names or more, in one list with stretch i, are plainly divisions.

    One is enough where the name is that of a `capital` far from its division, but not the one in which that lies.
    """
    enough = _TWO if capital is None else _ONE
    told: dict[str, int] = {}
    for step in (-1, 1):
        k = i
        while 0 <= k + step < len(named) and abs(k - i) < _REACH and listed[k if step < 0 else k + 1]:
            k += step
            country = _plain_division(named[k])
            if country and (capital is None or named[k].entries[0].adm1 != capital.adm1):
                told[country] = told.get(country, 0) + 1
                if told[country] == enough:
                    return country
    return None


def _plain_division(name: Named) -> str:
    """Return the country of a name that is best known as one of its divisions, or nothing."""
    if not name.entries or name.demonym or name.entries[0].level != "adm1":
        return ""
    top = name.entries[0]
    towns = max((e.population for e in name.entries if e.level == "locality"), default=0)
    return top.country if top.population > _PLAINLY * towns else ""


def division_beside(name: Named, found: Sequence[tuple[Named, Entry | None]], i: int) -> Entry | None:
    """Return the first-level division named right after or right before stretch i, for a name in no gazetteer."""
    for k in (i + 1, i + 2, i - 1, i - 2):
        if 0 <= k < len(found):
            other, entry = found[k]
            gap = other.first - name.last if k > i else name.first - other.last
            if entry is not None and entry.level == "adm1" and gap <= 12 and other.sentence == name.sentence:
                return entry
    return None
