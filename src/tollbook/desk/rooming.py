"""rooming: what the review room asks of the desk and nobody else does."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tollbook.desk.choosing import meant
from tollbook.desk.keeping import Tally, add_received
from tollbook.errors import Problem
from tollbook.model.answer import Wanted
from tollbook.model.report import report_of
from tollbook.register import chain, deciders, present
from tollbook.register.register import Register, name_of
from tollbook.sources import Options, Received, open_sources
from tollbook.stages.heed import in_force
from tollbook.world.gazetteer import key_of, open_gazetteer


def open_register(name: str | None) -> Register:
    """Open the register of a room; it is made where there is none, so that a first report can be pasted."""
    return Register(name_of(name), create=True)


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a name may mean, as a person chooses it; `value` is what a correction of a place carries."""

    name: str
    level: str
    country: str
    adm1: str
    lat: float
    lon: float
    id: str

    @property
    def value(self) -> str:
        """Return the place as a decision keeps it."""
        precision = {"point": 1, "locality": 1, "adm2": 3, "adm1": 4, "country": 6}.get(self.level, 7)
        parts = (self.name, self.level, self.country, self.adm1, self.lat, self.lon, self.id, precision)
        return "\t".join(map(str, parts))


def spots(name: str, *, most: int = 12) -> list[Spot]:
    """Return the places of the gazetteer that bear a name, the most populous first."""
    return [
        Spot(e.name, e.level, e.country, e.adm1 or "", e.lat, e.lon, e.id)
        for e in open_gazetteer().find(key_of(name))[:most]
        if e.level != "waters"
    ]


def country_name(code: str) -> str:
    """Return the name of a country by its ISO 3166-1 code; the code where there is none."""
    found = open_gazetteer().country(code)
    return found.name if found is not None else code


def division_name(country: str, code: str) -> str | None:
    """Return the record's name of a first-level division by its FIPS code within the country; None where there is none."""
    found = open_gazetteer().division(f"{country}.{code}")
    return found.name if found is not None else None


def paste(register: Register, text: str, known: Mapping[str, str | None], *, by: str) -> Tally:
    """Add a text that somebody pasted; its original is the text itself."""
    received = Received(report_of(text, **known), f"pasted by {by}", original=text.encode("utf-8", "replace"))
    tallies = list(add_received(register, iter([received]), by=by, said=bool(known.get("language"))))
    return tallies[-1]


def key_of_pasted(text: str, known: Mapping[str, str | None]) -> str:
    """Return the id that a pasted report has in the register."""
    from tollbook.register.parcel import key_of as report_key  # noqa: PLC0415  # another key than the gazetteer's

    return report_key(report_of(text, **known))


def receive(
    register: Register, sources: list[str], options: Options, *, by: str, hidden: Path | None = None
) -> Iterator[Tally]:
    """Add files and addresses in small batches; `hidden` is a folder that no custody should name."""

    def items() -> Iterator[Received | Problem]:
        for item in open_sources(sources, options):
            where = item.where if hidden is None else item.where.replace(f"{hidden}/", "uploaded: ")
            yield replace(item, where=where)

    yield from add_received(register, items(), by=by, batch=10)


def last_decisions(register: Register, ids: set[str]) -> dict[str, str]:
    """Return for ids the newest decision about each that is in force: the one that `undo` takes back."""
    with register.reading() as connection:
        return {
            target: review.id
            for review in in_force(deciders.decisions_about(connection, ids))
            for target in review.targets
            if target in ids
        }


def largest(register: Register, wanted: Wanted, limit: int) -> Sequence[Any]:
    """Return what a map shows of the incidents wanted: rows of `present.spots`, the largest first."""
    with register.reading() as connection:
        return present.spots(connection, meant(connection, wanted), limit)


def number(register: Register, wanted: Wanted) -> int:
    """Return how many incidents are wanted."""
    with register.reading() as connection:
        return present.count(connection, meant(connection, wanted))


def chain_state(register: Register) -> tuple[int, list[str]]:
    """Check the log's chain from its first entry; return how many entries there are and what is wrong with them."""
    with register.reading() as connection:
        found = list(chain.faults(connection))
    return len(found), [f"{n}: {wrong}" for n, wrong in found if wrong is not None]


__all__ = [
    "Register", "Spot", "chain_state", "country_name", "division_name", "key_of_pasted", "largest", "last_decisions",
    "number", "open_register", "paste", "receive", "spots",
]  # fmt: skip
