"""places: tables of places -> gazetteers of the user's own."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tollbook.errors import SourceError
from tollbook.world.gazetteer import Gazetteer, open_gazetteer, own_places_folder
from tollbook.world.index import Row, key_of, write_index

_MOST = 500_000_000  # bytes of a table once unpacked; the largest country dump has 200 MB
_PCODE = re.compile(r"(?i)^adm(?:in)?_?(\d)_?pcode$")
_NAME = re.compile(r"(?i)^adm(?:in)?_?(\d)_?(?:name)?_?(?:[a-z]{2,3}\d?|alt\d?\w*)$")
_LAT = ("lat", "latitude", "y", "point_y", "center_lat", "centroid_lat")
_LON = ("lon", "long", "longitude", "x", "point_x", "center_lon", "centroid_lon")
_LEVELS = {1: "adm1", 2: "adm2"}


@dataclass(frozen=True, slots=True)
class Added:
    """How many places with how many names were added, how many had no position, and the gazetteer made of them."""

    places: int
    names: int
    without_position: int
    path: Path


def add_places(file: Path) -> Added:
    """Add the places of a GeoNames country dump (.txt, .zip) or an OCHA p-code table (.csv, .xlsx).

    Makes an index beside the user's others; adding a file again replaces it. Raises SourceError when the file is no
    such table.
    """
    shipped = open_gazetteer()
    kind = file.suffix.lower()
    if kind in (".txt", ".zip"):
        table = _Table(_dump_rows(_dump_text(file), shipped))
    elif kind in (".csv", ".xlsx"):
        table = _Table(_pcode_rows(_csv(file) if kind == ".csv" else _xlsx(file), shipped))
    else:
        raise SourceError(
            f"{file.name}: give a GeoNames dump (.txt, .zip) or an OCHA p-code table (.csv, .xlsx)"
        )
    if not table.rows:
        raise SourceError(
            f"{file.name}: no place with a position in it - see docs/gazetteer.md for what is read"
        )
    folder = own_places_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{re.sub(r'[^A-Za-z0-9_-]+', '-', file.stem)}.bin"
    _, names = write_index(path, table.rows, table.divisions)
    open_gazetteer.cache_clear()
    return Added(len(table.rows), names, table.without_position, path)


@dataclass(frozen=True, slots=True)
class _Place:
    """A place on its way: `adm1` by name; `point` None where nobody knows it."""

    id: str
    name: str
    level: str
    country: str
    adm1: str
    point: tuple[float, float] | None
    population: int
    names: Sequence[str]


class _Table:
    """Rows of an index with their divisions numbered."""

    def __init__(self, places: Iterator[_Place]) -> None:
        self.rows: list[Row] = []
        self.divisions: list[str] = [""]
        self.without_position = 0
        numbers: dict[str, int] = {"": 0}
        for place in places:
            if place.point is None:
                self.without_position += 1
                continue
            if place.adm1 not in numbers:
                numbers[place.adm1] = len(self.divisions)
                self.divisions.append(place.adm1)
            number = numbers[place.adm1]
            self.rows.append(
                Row(
                    place.id,
                    place.name,
                    place.level,
                    place.country,
                    number,
                    *place.point,
                    place.population,
                    place.names,
                )
            )


# ---------------------------------------------------------------- GeoNames


def _dump_text(file: Path) -> str:
    try:
        if file.suffix.lower() == ".txt":
            return file.read_text(encoding="utf-8")
        with zipfile.ZipFile(file) as archive:
            inner = [
                i
                for i in archive.infolist()
                if i.filename.endswith(".txt") and "readme" not in i.filename.lower()
            ]
            if not inner:
                raise SourceError(
                    f"{file.name}: no .txt in it - give a country dump of GeoNames, such as SY.zip"
                )
            if inner[0].file_size > _MOST:
                raise SourceError(f"{file.name}: {inner[0].file_size / 1e6:,.0f} MB unpacked - too large")
            return archive.read(inner[0]).decode("utf-8")
    except (UnicodeDecodeError, zipfile.BadZipFile) as problem:
        raise SourceError(f"{file.name}: cannot be read: {problem}") from problem


def _dump_rows(text: str, shipped: Gazetteer) -> Iterator[_Place]:
    """Read the 19 columns of a dump (download.geonames.org/export/dump/readme.txt): classes P and A are kept."""
    lines = [line.split("\t") for line in text.split("\n") if line.count("\t") >= 18]
    if not lines:
        raise SourceError(
            "no table of GeoNames: it has 19 columns apart by tabs - give a country dump, such as SY.txt"
        )
    first = {f"{c[8]}.{c[10]}": c[1] for c in lines if c[7] == "ADM1"}
    for columns in lines:
        level = _level_of(columns[6], columns[7])
        try:
            point, population = (float(columns[4]), float(columns[5])), int(columns[14] or 0)
        except ValueError:
            continue
        if level is None or not columns[0].isdecimal():
            continue
        code = f"{columns[8]}.{columns[10]}"
        known = shipped.division(code)
        adm1 = first.get(code) or (known.name if known is not None else "")
        names = [columns[1], columns[2], *columns[3].split(",")]
        yield _Place(
            f"geonames:{columns[0]}", columns[1], level, columns[8], adm1, point, population, [n for n in names if n]
        )  # fmt: skip


def _level_of(kind: str, code: str) -> str | None:
    if kind == "P":
        return "locality"
    return {"ADM1": "adm1", "ADM2": "adm2", "ADM3": "adm2"}.get(code) if kind == "A" else None


# ---------------------------------------------------------------- OCHA p-codes


def _csv(file: Path) -> Iterator[Sequence[str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        raise SourceError(f"{file.name}: not UTF-8 - save it as CSV UTF-8 and add it again") from problem
    yield from csv.reader(io.StringIO(text))


def _xlsx(file: Path) -> Iterator[Sequence[str]]:
    """Yield the rows of the sheet that goes deepest: the last one with a column of p-codes."""
    import openpyxl  # noqa: PLC0415  # only a workbook needs it

    try:
        book = openpyxl.load_workbook(file, read_only=True, data_only=True)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as problem:
        raise SourceError(f"{file.name}: cannot be read as a workbook: {problem}") from problem
    best: list[Sequence[str]] = []
    deepest = -1
    for sheet in book.worksheets:
        rows = [["" if v is None else str(v) for v in row] for row in sheet.iter_rows(values_only=True)]
        depth = max(
            (int(m[1]) for h in (rows[0] if rows else []) if (m := _PCODE.match(h.strip()))), default=-1
        )
        if depth > deepest:
            best, deepest = list(rows), depth
    yield from best


def _pcode_rows(rows: Iterator[Sequence[str]], shipped: Gazetteer) -> Iterator[_Place]:
    """Read a table with columns such as ADM1_EN, ADM1_PCODE, ADM2_EN, ADM2_PCODE: one place a code, at each level.

    A place without a position of its own takes that of the same name in the shipped gazetteer, in the same country.
    """
    head = [h.strip() for h in next(rows, ())]
    codes = {int(m[1]): i for i, h in enumerate(head) if (m := _PCODE.match(h))}
    names: dict[int, list[int]] = {}
    for i, h in enumerate(head):
        match = _NAME.match(h)
        if match and not _PCODE.match(h):
            names.setdefault(int(match[1]), []).append(i)
    if not any(level and names.get(level) for level in codes):
        raise SourceError(
            "no table of p-codes - it needs columns such as ADM1_EN, ADM1_PCODE, ADM2_EN, ADM2_PCODE"
        )
    lat, lon = (next((i for i, h in enumerate(head) if h.lower() in given), None) for given in (_LAT, _LON))
    seen: set[str] = set()
    for row in rows:
        cells = [cell.strip() for cell in row] + [""] * (len(head) - len(row))
        deepest = max((level for level in codes if cells[codes[level]]), default=0)
        adm1 = next((cells[i] for i in names.get(1, ()) if cells[i]), "")
        for level in sorted(codes):
            code = cells[codes[level]]
            called = [cells[i] for i in names.get(level, ()) if cells[i]]
            if level == 0 or not code or not called or code in seen:
                continue
            seen.add(code)
            own = _point(cells, lat, lon) if level == deepest else None
            country = code[:2].upper()
            point = own or _known_point(called, country, shipped)
            yield _Place(
                f"pcode:{code}", called[0], _LEVELS.get(level, "locality"), country, adm1, point, 0, called
            )


def _point(cells: Sequence[str], lat: int | None, lon: int | None) -> tuple[float, float] | None:
    if lat is None or lon is None:
        return None
    try:
        found = float(cells[lat]), float(cells[lon])
    except ValueError:
        return None
    return found if abs(found[0]) <= 90 and abs(found[1]) <= 180 else None


def _known_point(names: Sequence[str], country: str, shipped: Gazetteer) -> tuple[float, float] | None:
    for name in names:
        for entry in shipped.find(key_of(name)):
            if entry.country == country:
                return entry.lat, entry.lon
    return None
