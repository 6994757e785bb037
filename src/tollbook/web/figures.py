"""figures: numbers and days -> the words a page shows."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from tollbook.model.answer import Figures
from tollbook.model.claim import HARMS, Party
from tollbook.model.testimony import Site
from tollbook.model.toll import Toll
from tollbook.web.catalogue import say, term

AnyToll = TypeVar("AnyToll", Figures, Toll)


def grouped(number: int | None) -> str:
    """Return a number with its thousands apart; an en dash where it is unknown, which is never nought."""
    return "–" if number is None else f"{number:,}"


def figure(low: int | None, best: int | None, high: int | None) -> str:
    """Return low, best and high as people write them: 12 · 10–15 · at least 20 · up to 30."""
    if low is None and high is None:
        return "–" if best is None else f"{best:,}"
    if low is None:
        return say("figures.up_to", figure=f"{high:,}")
    if high is None:
        return say("figures.at_least", figure=f"{low:,}")
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def sure(confidence: float) -> str:
    """Return how sure the reader may be of a claim, as a word and a share: high 0.97 · doubtful 0.62."""
    bands = ((0.9, "sure_high"), (0.8, "sure_fair"), (0.7, "sure_low"), (0.0, "sure_doubtful"))
    band = next(band for least, band in bands if confidence >= least)
    return f"{say(f'figures.{band}')} {confidence:.2f}"


def toll_figure(low: int | None, best: int | None, high: int | None) -> str:
    """Return a toll in one phrase, best first where the three differ: 1,018 (at least 1,000)."""
    whole = figure(low, best, high)
    if best is None or whole == f"{best:,}" or (high is None and best == low):
        return whole
    return f"{best:,} ({whole})"


def in_order(tolls: Iterable[AnyToll]) -> list[AnyToll]:
    """Return tolls in the record's order of harms, those of all victims first; the killed come before all others."""
    order: tuple[str, ...] = HARMS
    return sorted(tolls, key=lambda t: (order.index(t.harm), t.status != "all", t.status))


def day(moment: str | None) -> str:
    """Return an ISO date or date-time as 9 March 2025; what is no date comes back as it is."""
    if not moment:
        return say("figures.no_date")
    try:
        found = date.fromisoformat(moment[:10])
    except ValueError:
        return moment
    return say("figures.date", day=found.day, month=say(f"figures.month_{found.month}"), year=found.year)


def kept(field: str | None, value: str | None) -> str:
    """Return an old or new value of a decision as people read it: a place by its name, parties with their footing."""
    if not value:
        return "–"
    if field == "place":
        parts = value.split("\t")
        return ", ".join(p for p in (parts[0], *parts[2:4]) if p)
    if field == "by":
        lines = (line.partition("\t") for line in value.splitlines())
        return "; ".join(f"{name} ({term(basis)})" if basis else name for name, _, basis in lines)
    return value


def place_value(site: Site | None) -> str:
    """Return a place as a decision keeps it, tabs between its parts; "" where there is none."""
    if site is None:
        return ""
    parts = (
        site.name,
        site.level,
        site.country,
        site.adm1,
        site.lat,
        site.lon,
        site.gazetteer_id,
        site.precision,
    )
    return "\t".join("" if part is None else str(part) for part in parts)


def parties_value(parties: Iterable[Party]) -> str:
    """Return who is said to have done it as a decision keeps it: a line for each, with the footing behind a tab."""
    return "\n".join(f"{party.name}\t{party.basis}" for party in parties)


def side(party: str | None, country: Callable[[str], str]) -> str:
    """Return for whom a voice speaks, a state by its country's name."""
    if party and party.startswith("state:"):
        return say("origin.state", country=country(party[6:]))
    return party or "–"


def days(start: str | None, end: str | None) -> str:
    """Return first and last day in one phrase: 6–12 March 2025 · 30 March – 2 April 2025; "no day known" where there is none."""
    if not start:
        return say("incident.no_day")
    try:
        first, last = date.fromisoformat(start[:10]), date.fromisoformat((end or start)[:10])
    except ValueError:
        return start
    if first == last:
        return day(start)
    if (first.year, first.month) == (last.year, last.month):
        month = say(f"figures.month_{last.month}")
        return say("figures.date", day=f"{first.day}–{last.day}", month=month, year=last.year)
    if first.year != last.year:
        return f"{day(start)} – {day(end)}"
    begin = say("figures.date_of_year", day=first.day, month=say(f"figures.month_{first.month}"))
    return f"{begin} – {day(end)}"
