"""A made-up world whose truth is known: events, and the reports of many outlets on them, as text.

    python benchmarks/world.py --reports 200 --seed 1 [--easy] [--brief] > reports.jsonl

Each event is told by first reports, updates, corrections downward, other origins with other figures, syndicated copies
with small edits, round-ups of several events, summaries of a province over some days, with background of other years in
between. The hard setting puts events of the same kind into the same town one day apart and into neighbouring towns on
the same day; some of its reports name no day, or the wrong one, another spelling of the town, or only the province. In a
brief world one report, at times two, tell an event, for a register of many incidents. One seed gives the same world
everywhere.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

DATA = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
WORDS = [
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
BACKGROUND = [
    "In March {year}, an attack in the same district killed {n} people.",
    "More than {big:,} people have been killed since the conflict began in {year}.",
    "The area has changed hands several times in recent years.",
    "In {year}, {n} people died in a bombing in {other}.",
]
COLOUR = [
    "Rescue teams worked through the night, and shops stayed closed.",
    "Pictures shared online showed smoke above the roofs.",
    "Roads into the area were closed to traffic.",
    "Schools suspended classes until further notice.",
    "Aid workers asked for blood donations.",
    "The sound of ambulances was heard until the morning.",
    "Officials promised an inquiry; families asked for more than that.",
]


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of a report that tell one event; `event` is None for what is told as background."""

    start: int
    end: int
    event: str | None


@dataclass(frozen=True, slots=True)
class Told:
    """A report of the made-up world with what it tells where."""

    id: str
    text: str
    title: str
    publisher: str
    published: str
    url: str
    language: str
    stretches: tuple[Stretch, ...]
    copy_of: str | None = None


@dataclass(slots=True)
class Event:
    """What happened: the figures that origins give in the end, and the summaries that hold it."""

    id: str
    country: str
    province: str
    town: str
    day: date
    means: str
    spot: str
    killed: int
    injured: int
    origin: str
    hard: bool
    summaries: list[str] = field(default_factory=list)


@dataclass(slots=True)
class World:
    """Reports in the order of their publication, and the events behind them; `summaries` are events of a wider area."""

    reports: list[Told]
    events: dict[str, Event]
    summaries: dict[str, list[str]]


def world(reports: int, seed: int = 1, *, hard: bool = True, brief: bool = False) -> World:
    """Make a world of about so many reports (never fewer); a `brief` one tells each event once or twice."""
    rng = Random(f"{seed}-{hard}")
    per = 1.35 if brief else 5.2 if hard else 4.2
    events = _events(rng, max(3, int(reports / per)), hard)
    told: list[Told] = []
    at = 0
    while at < len(events):
        told += _reports_on(rng, events[at], hard, f"{seed}.{at}", brief)
        at += 1
    told += _roundups(rng, events, reports // 25, seed)
    summaries: dict[str, list[str]] = {}
    told += _summaries(rng, events, reports // 25, seed, summaries)
    while len(told) < reports:
        extra = _events(rng, 3, hard, before=events)
        for one in extra:
            told += _reports_on(rng, one, hard, f"{seed}.x{len(told)}", brief)
        events += extra
    told.sort(key=lambda r: (r.published, r.id))
    return World(told, {e.id: e for e in events}, summaries)


def _events(rng: Random, count: int, hard: bool, before: Sequence[Event] = ()) -> list[Event]:
    """Make events: apart from each other and those `before` when easy; crowding in towns and weeks when hard."""
    first = len(before)
    span = max(30, (count + first) // (2 if hard else 1))
    start = date(2021, 1, 4)
    taken: set[tuple[str, int]] = {(e.town, (e.day - start).days) for e in before}
    out: list[Event] = []
    countries = sorted(DATA["countries"])
    while len(out) < count:
        near = out[-1] if out and hard and rng.random() < 0.4 else None
        country = near.country if near else rng.choice(countries)
        provinces = DATA["countries"][country]["towns"]
        province = near.province if near else rng.choice(sorted(provinces))
        town = rng.choice(provinces[province])
        day = (near.day - start).days + rng.choice([0, 1, 1, 2, 3]) if near else rng.randrange(span)
        gap = 1 if hard else 8
        if any((town, d) in taken for d in range(day - gap + 1, day + gap)):
            span += 1
            continue
        taken.add((town, day))
        means = near.means if near and rng.random() < 0.5 else rng.choice(sorted(DATA["means"]))
        killed = min(int(rng.paretovariate(1.1) * 2) + (near is not None), 240)
        injured = int(killed * rng.uniform(0.5, 3)) if rng.random() < 0.75 else 0
        out.append(
            Event(
                f"e{first + len(out)}", country, province, town, start + timedelta(day), means,
                rng.choice(DATA["landmarks"]), killed, injured, _origin(rng, country), hard,
            )
        )  # fmt: skip
    return out


def _origin(rng: Random, country: str) -> str:
    own = DATA["countries"][country]
    choices = [
        "the health ministry",
        "police",
        "a hospital official",
        "the provincial governor",
        "residents",
        "officials",
    ]
    if "monitor" in own:
        choices += [own["monitor"]] * 4
    return rng.choice(choices)


class _Writer:
    """A text in the making: sentences, and which of them tell which event."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.stretches: list[Stretch] = []
        self.length = 0

    def say(self, words: str, event: str | None) -> None:
        if self.parts:
            self.parts.append(" ")
            self.length += 1
        self.parts.append(words)
        self.stretches.append(Stretch(self.length, self.length + len(words), event))
        self.length += len(words)

    def text(self) -> str:
        return "".join(self.parts)


def _number(rng: Random, n: int) -> str:
    return WORDS[n] if n <= 12 and rng.random() < 0.6 else f"{n:,}"


def _people(rng: Random, n: int) -> str:
    return f"{_number(rng, n)} {'person was' if n == 1 else 'people were'}"


def _day(rng: Random, event: Event, published: date) -> str:
    """Word the day; when hard, some reports are a day off and some name none."""
    day = event.day
    if event.hard and day < published and rng.random() < 0.1:
        day += timedelta(1)
    stated = f"{day.day} {day:%B}"
    if (published - day).days > 6:
        return f"on {stated}"
    if event.hard and (published - event.day).days < 2 and rng.random() < 0.2:
        return rng.choice(["overnight", "in the early hours", "while many slept"])
    return rng.choice([f"on {day:%A}", f"on {day:%A}", f"on {stated}", f"late on {day:%A}"])


def _place(rng: Random, event: Event) -> str:
    """Word the place; when hard, some spell it otherwise and some name only the province."""
    name = event.town
    spellings = DATA["spellings"].get(name, [])
    if event.hard and spellings and rng.random() < 0.3:
        name = rng.choice(spellings)
    chance = rng.random()
    country = DATA["countries"][event.country]["name"]
    if event.hard and chance < 0.08:
        return f"{event.province} province in {country}"
    if chance < 0.3:
        name = f"{name}, {event.province}"
    return f"{name} in {country}" if rng.random() < 0.5 else name


def _lead(
    rng: Random, event: Event, killed: int, published: date, origin: str, loose: bool, style: str = "first"
) -> str:
    act = rng.choice(DATA["means"][event.means]).format(spot=event.spot, place=_place(rng, event))
    when = _day(rng, event, published)
    n = ("at least " if loose else "") + _number(rng, killed)
    what = "person" if killed == 1 else "people"
    was = "was" if killed == 1 else "were"
    ways = [
        f"{n} {what} {was} killed in {act} {when}, {origin} said.",
        f"{act} killed {n} {what} {when}, according to {origin}.",
        f"{origin} said {n} {what} had been killed in {act} {when}.",
        f"{n} {what} died {when} in {act}, {origin} said.",
    ]
    if style != "first":
        verb = {"update": "rose", "correction": "was revised down"}[style]
        ways = [f"The death toll from {act} {when} {verb} to {killed}, {origin} said.", *ways[:2]]
    return _capital(rng.choice(ways))


def _capital(words: str) -> str:
    return words[0].upper() + words[1:]


def _report(
    rng: Random, event: Event, killed: int, published: date, origin: str, style: str, key: str
) -> Told:
    out = _Writer()
    if rng.random() < 0.3:
        city = (
            DATA["countries"][event.country]["capital"] if event.hard and rng.random() < 0.5 else event.town
        )
        out.say(f"{city.upper()} ({rng.choice(DATA['agencies'])}) —", None)
    loose = style == "first" and rng.random() < 0.5
    out.say(_lead(rng, event, killed, published, origin, loose, style), event.id)
    if style == "correction":
        out.say("It lowered its figure, saying that some of the dead had been counted twice.", event.id)
    if style == "update":
        out.say(
            f"The toll was higher than first reported; {origin} had earlier spoken of fewer dead.", event.id
        )
    if event.injured and rng.random() < 0.7:
        injured = max(1, int(event.injured * min(1.0, killed / max(event.killed, 1))))
        out.say(
            _capital(f"{_people(rng, injured)} injured and taken to {rng.choice(DATA['hospitals'])}."),
            event.id,
        )
    if killed > 4 and rng.random() < 0.3:
        out.say(f"The dead included {_number(rng, rng.randint(1, killed // 2))} children.", event.id)
    out.say(rng.choice(COLOUR), event.id)
    if rng.random() < 0.35:
        other = rng.choice([t for c in DATA["countries"].values() for ts in c["towns"].values() for t in ts])
        line = rng.choice(BACKGROUND)
        out.say(
            line.format(
                year=rng.randint(2011, 2018), n=rng.randint(5, 90), big=rng.randint(2, 90) * 1000, other=other
            ),
            None,
        )
    if rng.random() < 0.5:
        out.say(rng.choice(COLOUR), event.id)
    return _told(rng, out, f"{event.town}: {killed} dead", published, key)


def _told(
    rng: Random, out: _Writer, title: str, published: date, key: str, copy_of: str | None = None
) -> Told:
    outlet = rng.choice(DATA["outlets"])
    url = f"https://{''.join(c for c in outlet.lower() if c.isalnum())}.example/{published:%Y/%m/%d}/{key}"
    hour = f"T{rng.randint(5, 23):02d}:{rng.randint(0, 59):02d}:00Z"
    return Told(
        key, out.text(), title, outlet, published.isoformat() + hour, url, "en", tuple(out.stretches), copy_of
    )


def _reports_on(rng: Random, event: Event, hard: bool, key: str, brief: bool = False) -> Iterator[Told]:
    """Tell one event: a first report, updates of the same origin, another origin, copies; when `brief`, one or two of these."""
    if brief:
        made = [_report(rng, event, event.killed, event.day, event.origin, "first", f"{key}.0")]
        if rng.random() < 0.3:
            made.append(_copied(rng, made[0], f"{key}.c0"))
        return iter(made)
    steps = sorted({max(1, int(event.killed * rng.uniform(0.4, 1))) for _ in range(rng.randint(0, 2))})
    figures = [*steps, event.killed] if not steps or steps[-1] != event.killed else steps
    if event.killed > 6 and rng.random() < 0.1:
        figures.insert(-1, int(event.killed * 1.3))  # counted twice at first, taken back later
    made = []
    day = event.day
    for n, figure in enumerate(figures):
        style = "first" if n == 0 else "update" if figure >= figures[n - 1] else "correction"
        made.append(_report(rng, event, figure, day, event.origin, style, f"{key}.{n}"))
        day += timedelta(rng.choice([0, 1, 1]) if n + 2 < len(figures) else rng.choice([1, 1, 2]))
    last = date.fromisoformat(made[-1].published[:10])
    for n in range(rng.choice([0, 1, 1, 2, 3])):
        made.append(
            _report(
                rng,
                event,
                event.killed,
                last + timedelta(rng.choice([0, 0, 1])),
                event.origin,
                "first",
                f"{key}.s{n}",
            )
        )
    if hard and rng.random() < 0.35:
        other = _origin(rng, event.country)
        figure = max(1, int(event.killed * rng.uniform(0.7, 1.3)))
        if other != event.origin:
            made.append(_report(rng, event, figure, last, other, "first", f"{key}.o"))
    for n in range(rng.choice([0, 0, 1, 1, 2])):
        made.append(_copied(rng, rng.choice(made), f"{key}.c{n}"))
    return iter(made)


def _copied(rng: Random, source: Told, key: str) -> Told:
    """Copy a report into another outlet with the small edits of a desk."""
    out = _Writer()
    keep = len(source.stretches) - (1 if len(source.stretches) > 4 and rng.random() < 0.4 else 0)
    if rng.random() < 0.3:
        out.say(f"({rng.choice(DATA['agencies'])})", None)
    for stretch in source.stretches[:keep]:
        out.say(source.text[stretch.start : stretch.end], stretch.event)
    published = date.fromisoformat(source.published[:10]) + timedelta(rng.choice([0, 0, 1]))
    return _told(rng, out, source.title, published, key, source.copy_of or source.id)


def _roundups(rng: Random, events: Sequence[Event], count: int, seed: int) -> Iterator[Told]:
    """Tell several events of one country in one report."""
    by_country: dict[str, list[Event]] = {}
    for event in events:
        by_country.setdefault(event.country, []).append(event)
    for n in range(count):
        own = sorted(by_country[rng.choice(sorted(by_country))], key=lambda e: (e.day, e.id))
        at = rng.randrange(len(own))
        told = [e for e in own[at : at + 3] if (e.day - own[at].day).days <= 2]
        if len({e.town for e in told}) < 2:
            continue
        told = list({e.town: e for e in told}.values())
        published = max(e.day for e in told) + timedelta(1)
        out = _Writer()
        for event in told:
            out.say(_lead(rng, event, event.killed, published, event.origin, False), event.id)
            out.say(rng.choice(COLOUR), event.id)
        yield _told(
            rng, out, f"Violence in {DATA['countries'][own[0].country]['name']}", published, f"{seed}.r{n}"
        )


def _summaries(
    rng: Random, events: Sequence[Event], count: int, seed: int, summaries: dict[str, list[str]]
) -> Iterator[Told]:
    """Sum up a province over some days."""
    by_province: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        by_province.setdefault((event.country, event.province), []).append(event)
    used: set[tuple[str, str, date]] = set()
    for n in range(count):
        key = rng.choice(sorted(by_province))
        first = rng.choice(by_province[key]).day
        last = first + timedelta(rng.choice([2, 3, 4]))
        inside = [e for e in by_province[key] if first <= e.day <= last]
        if len({e.town for e in inside}) < 2 or any(
            (*key, first + timedelta(d)) in used for d in range(-6, 7)
        ):
            continue
        used.add((*key, first))
        total = sum(e.killed for e in inside)
        out = _Writer()
        name = f"{seed}.w{n}"
        country = DATA["countries"][key[0]]["name"]
        days = f"between {first.day} {first:%B} and {last.day} {last:%B}"
        out.say(
            f"{total:,} people were killed in attacks across {key[1]} province in {country} {days}, officials said.",
            name,
        )
        out.say(rng.choice(COLOUR), name)
        summaries[name] = [e.id for e in inside]
        for event in inside:
            event.summaries.append(name)
        yield _told(rng, out, f"{key[1]}: a week of violence", last + timedelta(1), name)


def rows(made: World) -> Iterator[dict[str, Any]]:
    """Give each report as a line of JSON Lines that `tollbook read` and `tollbook add` take."""
    for told in made.reports:
        row = asdict(told)
        del row["stretches"], row["copy_of"]
        yield row


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--reports", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--easy", action="store_true")
    parser.add_argument("--brief", action="store_true")
    given = parser.parse_args()
    for row in rows(world(given.reports, given.seed, hard=not given.easy, brief=given.brief)):
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
