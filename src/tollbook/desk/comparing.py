"""comparing: our incidents beside another data set's events: in both, only ours, only theirs; nothing of theirs becomes ours."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import asin, cos, radians, sin, sqrt

from tollbook.desk.asking import When
from tollbook.desk.choosing import meant
from tollbook.model.answer import Figures, IncidentLine, Wanted
from tollbook.model.published import Compared, Pair, Published
from tollbook.register import find
from tollbook.register.moment import moment_of
from tollbook.register.register import Register
from tollbook.world.codes import land
from tollbook.world.gazetteer import key_of, open_gazetteer
from tollbook.writers.words import number_of

# how far two tellings of one event may lie apart, by UCDP's scales of precision; the coarser of the two holds
KILOMETRES = {1: 15.0, 2: 35.0, 3: 60.0, 4: 150.0, 5: 150.0, 6: 1000.0, 7: 300.0}
DAYS = {1: 1, 2: 3, 3: 7, 4: 31, 5: 366}
_NEAR = 31  # days before and after an event within which incidents are looked for, however rough its day
_DEGREE = 111.0  # kilometres in a degree of latitude, a little less than there are


@dataclass(frozen=True, slots=True)
class _Fit:
    """How well an incident and an event go together: less is better."""

    cost: float
    ours: int
    theirs: int
    why: str


def compare(
    register: Register, dataset: str, events: Sequence[Published], wanted: Wanted, *, as_of: When = None
) -> Compared:
    """Lay incidents that have a toll of the killed beside events, one to one, the best fits first.

    Place, days and parties decide, never the figure: agreement would be made by what it is to show. An incident outside the
    days and countries of the data set is counted apart: that it is missing there says nothing. An event of theirs that lies
    outside what is wanted (days, place, party) can go together with an incident, and is not told as missing here.
    """
    moment = moment_of(as_of)
    with register.reading() as connection:
        asked = meant(connection, wanted, moment)
        lines = find.every(connection, asked, as_of=moment, named=True)
    ours = [line for line in lines if _killed(line) is not None]
    within = _covered(ours, events)
    fits = sorted(_fits(within, events), key=lambda f: (f.cost, f.ours, f.theirs))
    taken_ours: set[int] = set()
    taken_theirs: set[int] = set()
    pairs: list[Pair] = []
    for fit in fits:
        if fit.ours in taken_ours or fit.theirs in taken_theirs:
            continue
        taken_ours.add(fit.ours)
        taken_theirs.add(fit.theirs)
        one, other = within[fit.ours], events[fit.theirs]
        pairs.append(Pair("agree" if _meet(_killed(one), other) else "differ", one, other, fit.why))
    near = {f.theirs: within[f.ours].id for f in reversed(fits)}
    pairs += [Pair("ours", line, None, "") for n, line in enumerate(within) if n not in taken_ours]
    pairs += [
        Pair("theirs", None, event, f"may be told within {near[n]}" if n in near else "")
        for n, event in enumerate(events) if n not in taken_theirs and _asked(event, asked)
    ]  # fmt: skip
    order = ("differ", "theirs", "ours", "agree")
    pairs.sort(key=lambda p: (order.index(p.outcome), _first_day(p)))
    broken = tuple(f"row {e.row} ({e.id}): {'; '.join(e.warnings)}" for e in events if e.warnings)
    return Compared(dataset, tuple(pairs), len(ours) - len(within), broken)


def _asked(event: Published, wanted: Wanted) -> bool:
    """Tell whether an event lies within the days, place and parties wanted; what it does not tell is not outside."""
    if wanted.start and (event.end or event.start or "9") < wanted.start:
        return False
    if wanted.end and (event.start or "") > wanted.end:
        return False
    if wanted.country and event.country and not _is_in(wanted.country, event.country):
        return False
    if wanted.place and not any(
        _holds(words, wanted.place) for words in (event.place, event.adm1, event.country)
    ):
        return False
    return not wanted.party or any(_holds(side, wanted.party) for side in event.sides)


def _holds(words: str | None, asked: str) -> bool:
    return key_of(asked) in key_of(words or "")


def _first_day(pair: Pair) -> str:
    day = pair.ours.start if pair.ours else pair.theirs.start if pair.theirs else None
    return day or "9"


def _killed(line: IncidentLine) -> Figures | None:
    return next((t for t in line.tolls if (t.harm, t.status) == ("killed", "all")), None)


def _covered(lines: Sequence[IncidentLine], events: Sequence[Published]) -> list[IncidentLine]:
    """Return those incidents that lie on days and in countries which a data set covers."""
    days = [day for e in events for day in (e.start, e.end) if day]
    names = {e.country for e in events if e.country}
    if not days:
        return []
    first, last = min(days), max(days)
    told = {
        iso: any(_is_in(iso, name) for name in names)
        for iso in {line.country for line in lines if line.country}
    }
    return [
        line for line in lines
        if line.start is not None and line.start <= last and (line.end or line.start) >= first
        and (not names or line.country is None or told[line.country])
    ]  # fmt: skip


def _is_in(iso: str, name: str) -> bool:
    """Tell whether another data set's name of a country can mean one of ours, by its ISO code."""
    own = land(iso)
    return iso in _lands(name) or name.casefold() in {
        iso.casefold(),
        own.name.casefold(),
        own.alpha3.casefold(),
    }


@cache
def _lands(name: str) -> frozenset[str]:
    """Return the countries that a name can mean; GED puts former names behind, in brackets: Myanmar (Burma)."""
    outside, _, inside = name.partition("(")
    gazetteer = open_gazetteer()
    for words in (name, outside, inside.rstrip(") ")):
        found = (
            {e.country for e in gazetteer.find(key_of(words)) if e.level == "country"}
            if words.strip()
            else set()
        )
        if found:
            return frozenset(found)
    return frozenset()


def _fits(ours: Sequence[IncidentLine], events: Sequence[Published]) -> list[_Fit]:
    """Return what can go together; only events near in time, then in latitude, are looked at closely: data sets are large."""
    by_day: dict[int, list[int]] = {}
    for n, event in enumerate(events):
        if event.start:
            near = min(DAYS.get(event.date_prec, _NEAR), _NEAR)
            for day in range(_day(event.start) - near, _day(event.end or event.start) + near + 1):
                by_day.setdefault(day, []).append(n)
    found = []
    for k, line in enumerate(ours):
        if line.start is None:
            continue
        days = range(_day(line.start), _day(line.end or line.start) + 1)
        for n in dict.fromkeys(n for day in days for n in by_day.get(day, ())):
            event = events[n]
            if (
                line.lat is not None
                and event.lat is not None
                and abs(line.lat - event.lat) * _DEGREE > _reach(line, event)
            ):
                continue
            fit = _fit(line, event, k, n)
            if fit is not None:
                found.append(fit)
    return found


def _reach(line: IncidentLine, event: Published) -> float:
    return KILOMETRES.get(max(event.where_prec, line.precision or 1), 150.0)


def _fit(line: IncidentLine, event: Published, k: int, n: int) -> _Fit | None:
    apart = max(
        _day(event.start) - _day(line.end or line.start), _day(line.start) - _day(event.end or event.start), 0
    )
    days = DAYS.get(event.date_prec, 366)
    if apart > days:
        return None
    reach = _reach(line, event)
    if None in (event.lat, event.lon, line.lat, line.lon):
        names = {w.casefold() for w in (event.place, event.adm1) if w}
        if not names & {w.casefold() for w in (line.place, line.adm1) if w}:
            return None
        far, where = reach / 2, "the same name of a place"
    else:
        far = _kilometres(line.lat or 0, line.lon or 0, event.lat or 0, event.lon or 0)
        where = f"{far:.0f} km apart"
        if far > reach:
            return None
    shared = _shared(line.parties, event.sides)
    when = "days overlap" if apart == 0 else f"{number_of(apart, 'day')} apart"
    why = "; ".join(w for w in (when, where, f"both name {shared}" if shared else "") if w)
    return _Fit(apart / (days + 1) + far / reach - (0.5 if shared else 0), k, n, why)


def _shared(parties: Sequence[str], sides: Sequence[str]) -> str:
    for party in parties:
        words = {w for w in party.casefold().split() if len(w) > 2}
        for side in sides:
            if len(words & set(side.casefold().split())) >= min(2, len(words)) and words:
                return party
    return ""


def _meet(ours: Figures | None, theirs: Published) -> bool:
    """Tell whether two ranges share a number; an open or unknown end is no bound."""
    assert ours is not None  # asked before
    low, high = ours.low or 0, ours.high
    other_low = theirs.low if theirs.low is not None else theirs.best or 0
    return (theirs.high is None or low <= theirs.high) and (high is None or other_low <= high)


def _day(words: str | None) -> int:
    return date.fromisoformat((words or "0001-01-01")[:10]).toordinal()


def _kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    a, b = radians(lat), radians(other_lat)
    half = sin((b - a) / 2) ** 2 + cos(a) * cos(b) * sin(radians(other_lon - lon) / 2) ** 2
    return 12742 * asin(sqrt(min(half, 1.0)))


__all__ = ["compare"]
