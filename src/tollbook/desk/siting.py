"""siting: the incidents wanted -> a static public site: pages, map, search, data to take away, and a manifest of every file.

Everything is read in one moment of the register and written as it is read. What the pages are made of (looks, typefaces, maps)
is that of the review room.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection

from tollbook.desk.adding_up import tolls
from tollbook.desk.areas import drawn_division
from tollbook.desk.asking import When, counted
from tollbook.desk.briefing import lands_of
from tollbook.desk.choosing import meant
from tollbook.desk.folders import new_folder
from tollbook.desk.formats import load_formats
from tollbook.desk.manifests import files_of, write_manifest
from tollbook.desk.methodology import methodology
from tollbook.desk.publishing import Order, cards, edition_of, export_in, names_told
from tollbook.desk.remembering import steps_of
from tollbook.desk.withholding import Veil, check_kinds
from tollbook.errors import UsageError
from tollbook.model.answer import CustodyStep, IncidentCard, IncidentLine, Wanted
from tollbook.model.brief import Dossier, Total
from tollbook.model.folio import Edition
from tollbook.model.incident import Incident
from tollbook.model.site import Download, Front, Leaf, Tie, Totals
from tollbook.register import find, neighbours, reports, stream
from tollbook.register.keep import chunks
from tollbook.register.moment import moment_of
from tollbook.register.register import Register
from tollbook.world.codes import land
from tollbook.writers.brief_casualties import title_of
from tollbook.writers.method_markdown import method_markdown
from tollbook.writers.site import Site
from tollbook.writers.site_search import script
from tollbook.writers.tables import PlainTables, Tables

DATA = ("tables", "xlsx", "geojson", "ged", "acled", "sdg")
_MANY = 100  # incidents in memory at a time
_LOOKS = ("room.css", "mark.svg", "vendor/leaflet.css", "vendor/leaflet.js", "vendor/topojson-client.js")
Step = Callable[[str, int, int], None]  # what is written, how many of how many


@dataclass(frozen=True, slots=True)
class SiteOrder:
    """What a site is to hold: see the options of `tollbook site`."""

    wanted: Wanted = field(default_factory=Wanted)
    as_of: When = None
    profile: str = "house"
    review: str = "confirmed"
    redact: tuple[str, ...] = ("names", "staff")
    data: tuple[str, ...] = DATA
    title: str = "Record of harm"


@dataclass(frozen=True, slots=True)
class Sited:
    """What a site holds."""

    folder: str
    incidents: int
    files: int
    size: int


def site(register: Register, order: SiteOrder, out: Path, step: Step | None = None) -> Sited:
    """Write a site to a folder, which is made and must not be there; what was begun is removed when it fails.

    Raises UsageError for unknown formats, kinds to withhold, dates, where the folder is there, or nothing is to be shown.
    """
    check_kinds(order.redact)
    formats = load_formats(list(dict.fromkeys(order.data)))
    formats = {name: PlainTables if made is Tables else made for name, made in formats.items()}
    with new_folder(out), register.reading() as connection:
        return _Maker(register, connection, order, out, step or (lambda *_: None)).make(formats)


class _Maker:
    """One site in the making."""

    def __init__(
        self, register: Register, connection: Connection, order: SiteOrder, out: Path, step: Step
    ) -> None:
        self._register, self._connection, self._order, self._out, self._step = (
            register,
            connection,
            order,
            out,
            step,
        )
        self._moment = moment_of(order.as_of)
        wanted = meant(connection, order.wanted, self._moment)
        self._wanted = replace(wanted, review="signed_off") if order.review == "confirmed" else wanted
        self._frames = stream.frames(connection, self._wanted, self._moment)
        self._hidden = names_told(connection, self._frames, self._moment, order.redact)

    def make(self, formats: Mapping[str, type]) -> Sited:
        order, out = self._order, self._out
        if not self._frames:
            more = (
                "sign off incidents in the room (tollbook serve), or " if order.review == "confirmed" else ""
            )
            raise UsageError(f"site: no incident is like that - {more}take --review all, or fewer filters")
        export = Order((*formats,), order.wanted, order.as_of, None, order.review, order.redact)
        edition = replace(edition_of(self._connection, export, self._moment), profile=order.profile)
        downloads, losses = self._data(formats, export)
        front = Front(order.title, edition, order.review == "confirmed", len(self._frames))
        writer = Site(out, front)
        for n, leaf in enumerate(self._leaves(edition), 1):
            writer.add(leaf)
            self._step("pages", n, len(self._frames))
        totals = self._totals(writer.days, edition)
        writer.close(totals, method_markdown(methodology(self._register)), downloads, losses)
        _furnish(out, writer.countries())
        files = files_of(out)
        write_manifest(
            out / "manifest.json", edition, files, {"incidents": front.incidents, "data": list(formats), "title": order.title}
        )  # fmt: skip
        return Sited(str(out), front.incidents, len(files) + 1, sum(file.size for file in files))

    def _data(self, formats: Mapping[str, type], export: Order) -> tuple[list[Download], int]:
        if not formats:
            return [], 0
        folder = self._out / "data"
        folder.mkdir()
        total = len(self._frames)
        done = export_in(
            self._connection, export, self._moment, dict(formats), folder,
            lambda count: self._step("data", count, total), raw=False,
        )  # fmt: skip
        return [Download(f"data/{f.name}", f.size, f.digest) for f in files_of(folder)], done.losses

    def _leaves(self, edition: Edition) -> Iterator[Leaf]:
        decisions = neighbours.reviews(self._connection, as_of=self._moment)
        for ids in chunks(self._frames, _MANY):
            several = list(cards(self._connection, ids, self._moment, decisions))
            custody = reports.custodies_of(
                self._connection, (line.key for card in several for line in card.reports)
            )
            texts = self._texts(several)
            ties = self._ties(several)
            for card in several:
                yield self._leaf(card, edition, custody, texts, ties)

    def _leaf(
        self, card: IncidentCard, edition: Edition, custody: Mapping[str, tuple[CustodyStep, ...]],
        texts: Mapping[str, str], ties: Mapping[str, Tie],
    ) -> Leaf:  # fmt: skip
        rule = self._order.profile
        members, decisions = list(card.testimonies), list(card.reviews)
        steps = steps_of(self._connection, card.incident, members, decisions, self._moment, rule)
        if rule != "house":
            card = replace(card, incident=counted(card.incident, members, decisions, rule), profile=rule)
        veil = Veil(card, self._order.redact, self._hidden)
        card, steps = veil.card, [replace(step, words=veil.words(step.words)) for step in steps]
        one = card.incident
        own = {line.key for line in card.reports}
        totals = tuple(Total(t.harm, t.status, t.low, t.best, t.high) for t in one.tolls)
        dossier = Dossier(
            title_of(one), (card,), totals, frozenset(), {key: texts[key] for key in own if key in texts},
            {key: custody[key] for key in own if key in custody}, tuple(steps), edition, rule,
            lands=lands_of((card,)),
        )  # fmt: skip
        country = (one.place and one.place.country) or next(
            (s.country for s in one.places if s.country), None
        )
        return Leaf(
            dossier, land(country) if country else None, drawn_division(one.place) if one.place else None,
            *_ties_of(one, ties, veil),
        )  # fmt: skip

    def _texts(self, several: Sequence[IncidentCard]) -> dict[str, str]:
        """Return the texts of reports, by which whole sentences are quoted; none where words or names are withheld."""
        if {"quotes", "names"} & set(self._order.redact):
            return {}
        keys = [line.key for card in several for line in card.reports]
        numbers = neighbours.numbers_of_reports(self._connection, keys)
        rows = reports.rows_by_number(self._connection, list(numbers.values()))
        return {row.key: row.content for row in rows.values()}

    def _ties(self, several: Sequence[IncidentCard]) -> dict[str, Tie]:
        near = {i for card in several for i in (card.incident.parent, *card.incident.children) if i}
        lines = find.some_incidents(self._connection, [i for i in near if i in self._frames], self._moment)
        return {line.id: self._tie(line) for line in lines}

    def _tie(self, line: IncidentLine) -> Tie:
        figures = (
            line.tolls if self._order.profile == "house" else ()
        )  # another rule's figures stand on its own page
        return Tie(line.id, line.title, line.start, line.end, figures)

    def _totals(self, days: tuple[str, str] | None, edition: Edition) -> Totals:
        unit = _unit(days)
        as_of = (
            self._order.as_of if self._order.as_of is not None else edition.as_of
        )  # of one moment with the pages
        whole, statuses, periods = tolls(
            self._register, (("harm",), ("harm", "status"), (unit, "harm")), self._wanted, as_of=as_of,
            profile=self._order.profile,
        )  # fmt: skip
        return Totals(
            whole.rows, statuses.rows, periods.rows, unit, len({left.incident for left in whole.left_out})
        )


def _ties_of(one: Incident, ties: Mapping[str, Tie], veil: Veil) -> tuple[Tie | None, tuple[Tie, ...]]:
    """Return the wider incident and those within, of those that are shown."""
    found = {
        id: replace(tie, title=veil.words(tie.title))
        for id, tie in ties.items()
        if id == one.parent or id in one.children
    }
    return found.get(one.parent or ""), tuple(found[c] for c in one.children if c in found)


def _unit(days: tuple[str, str] | None) -> Literal["day", "month", "year"]:
    if days is None:
        return "month"
    first, last = (int(day[:4]) * 12 + int(day[5:7]) for day in days)  # months
    return "day" if last - first < 3 else "month" if last - first < 240 else "year"


def _furnish(out: Path, countries: Sequence[str]) -> None:
    """Copy what the pages are made of; maps become scripts, since a page opened from a folder may load nothing else."""
    room, own = (
        resources.files("tollbook") / "web" / "static",
        resources.files("tollbook") / "writers" / "static" / "site",
    )
    assets = out / "assets"
    (assets / "fonts").mkdir(parents=True)
    (assets / "map").mkdir()
    for path in _LOOKS:
        _copy(room.joinpath(*path.split("/")), assets / path.rpartition("/")[2])
    for font in (room / "fonts").iterdir():
        _copy(font, assets / "fonts" / font.name)
    for file in own.iterdir():
        _copy(file, assets / file.name)
    maps = {"world": room / "map" / "world.json"} | {
        c: room / "map" / "divisions" / f"{c}.json" for c in countries
    }
    for name, file in maps.items():
        if file.is_file():
            value = json.loads(file.read_text(encoding="utf-8"))
            (assets / "map" / f"{name}.js").write_text(script(f"map/{name}", value), encoding="utf-8")


def _copy(file: Traversable, to: Path) -> None:
    to.write_bytes(file.read_bytes())


__all__ = ["DATA", "SiteOrder", "Sited", "site"]
