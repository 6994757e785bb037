"""published: a file of GED, ACLED, Airwars or a plain table -> its events; broken rows are kept, with what they break."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from tollbook.errors import UsageError
from tollbook.model.published import GED_COLUMNS, Published

Row = Mapping[str, Any]
_NEEDED = {
    "ged": ("id", "date_start", "latitude", "longitude", "best", "high", "low"),
    "acled": ("event_date", "event_type", "latitude", "longitude", "fatalities"),
    "airwars": ("code", "date"),
    "table": ("id", "start"),
}
_LISTS = ("incidents", "Result", "data", "events")  # under which Airwars, UCDP and ACLED answer
_GEO = {1: 1, 2: 3, 3: 4}  # ACLED's geo_precision on UCDP's scale
_TIME = {1: 1, 2: 3, 3: 4}  # ACLED's time_precision on UCDP's scale


def read_published(kind: str, path: Path) -> list[Published]:
    """Read the events of a file of a kind (ged, acled, airwars, table); UsageError where it has not the kind's columns.

    A row that breaks its own format (low above best, no day, a figure that is none) stays in, with a warning.
    """
    _check(kind)
    try:
        with path.open("rb") as file:
            return list(published_events(kind, file, path.name))
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror} - give a file that can be read") from error


def published_events(kind: str, file: BinaryIO, name: str) -> Iterator[Published]:
    """Yield the events of an open file, row by row; how its `name` ends tells JSON from a table. See `read_published`."""
    readers: dict[str, Callable[[int, Row, list[str]], Published]] = {
        "ged": _ged, "acled": _acled, "airwars": _airwars, "table": _table,
    }  # fmt: skip
    _check(kind)
    for number, row in enumerate(_rows(kind, file, name), 1):
        missing = [column for column in _NEEDED[kind] if column not in row]
        if missing:
            raise UsageError(f"{name}: row {number} has no {', '.join(missing)} - is it of the kind {kind}?")
        yield readers[kind](number, row, [])


def _check(kind: str) -> None:
    if kind not in _NEEDED:
        raise UsageError(f"no data set '{kind}' - there are: {', '.join(_NEEDED)}")


def _rows(kind: str, file: BinaryIO, name: str) -> Iterator[Row]:
    if name.lower().endswith((".json", ".jsonl")):
        yield from _objects(file.read().decode("utf-8-sig", "replace"), name)
        return
    csv.field_size_limit(10_000_000)
    first = file.readline().decode("utf-8-sig", "replace")
    file.seek(0)
    text = io.TextIOWrapper(file, "utf-8-sig", "replace", newline="")
    try:
        mark = ";" if first.count(";") > first.count(",") else ","
        bare = (
            kind == "ged" and first.partition(mark)[0].strip('" ').isdigit()
        )  # candidates came without the names of columns
        lines = csv.DictReader(text, GED_COLUMNS if bare else None, delimiter=mark)
        for row in lines:
            if not str(next(iter(row.values()), "")).startswith("#"):  # HXL's second row
                yield row
    except csv.Error as error:
        raise UsageError(f"{name}: no table - {error}") from error
    finally:
        text.detach()  # the file is the caller's to close


def _objects(text: str, name: str) -> Iterator[Row]:
    try:
        if name.lower().endswith(".json"):
            held = json.loads(text)
        else:
            held = [json.loads(line) for line in text.split("\n") if line.strip()]
    except ValueError as error:
        raise UsageError(f"{name}: no JSON - {error}") from error
    rows = held if isinstance(held, list) else next((held[key] for key in _LISTS if key in held), [])
    yield from (row for row in rows if isinstance(row, dict))


def _number(row: Row, column: str, warnings: list[str]) -> int | None:
    value = row.get(column)
    if value in (None, ""):
        return None
    try:
        return int(float(str(value).replace(",", "")))
    except (ValueError, OverflowError):
        warnings.append(f"{column}: '{value}' is no number")
        return None


def _degrees(row: Row, column: str, most: float, warnings: list[str]) -> float | None:
    value = row.get(column)
    if value in (None, ""):
        return None
    try:
        found = float(str(value))
    except ValueError:
        found = most + 1
    if not -most <= found <= most:
        warnings.append(f"{column}: '{value}' is no place on earth")
        return None
    return found


def _day(row: Row, column: str, warnings: list[str]) -> str | None:
    value = str(row.get(column) or "").strip()
    with suppress(ValueError):
        return date.fromisoformat(value[:10]).isoformat()
    with suppress(ValueError):
        return datetime.strptime(value, "%d %B %Y").date().isoformat()  # as ACLED's download has it
    warnings.append(f"{column}: '{value}' is no day" if value else f"{column} is empty")
    return None


def _text(row: Row, column: str) -> str | None:
    value = row.get(column)
    return str(value).strip() or None if value is not None else None


def _ordered(low: int | None, best: int | None, high: int | None, warnings: list[str]) -> None:
    known = [f for f in (low, best, high) if f is not None]
    if known != sorted(known):
        warnings.append(f"low {low}, best {best}, high {high} are not in their order")
    if any(f < 0 for f in known):
        warnings.append("a figure is below nought")


def _ged(number: int, row: Row, warnings: list[str]) -> Published:
    low, best, high = (_number(row, c, warnings) for c in ("low", "best", "high"))
    _ordered(low, best, high, warnings)
    start = _day(row, "date_start", warnings)
    return Published(
        "ged", number, str(row["id"]), start, _day(row, "date_end", warnings) if row.get("date_end") else start,
        _number(row, "date_prec", warnings) or 1, _text(row, "where_coordinates"), _text(row, "adm_1"), _text(row, "country"),
        _degrees(row, "latitude", 90, warnings), _degrees(row, "longitude", 180, warnings),
        _number(row, "where_prec", warnings) or 1, tuple(s for c in ("side_a", "side_b") if (s := _text(row, c))), low, best,
        high, tuple(warnings),
    )  # fmt: skip


def _acled(number: int, row: Row, warnings: list[str]) -> Published:
    deaths = _number(row, "fatalities", warnings)
    _ordered(deaths, deaths, deaths, warnings)
    day = _day(row, "event_date", warnings)
    return Published(
        "acled", number, _text(row, "event_id_cnty") or str(number), day, day,
        _TIME.get(_number(row, "time_precision", warnings) or 1, 5), _text(row, "location"), _text(row, "admin1"),
        _text(row, "country"), _degrees(row, "latitude", 90, warnings), _degrees(row, "longitude", 180, warnings),
        _GEO.get(_number(row, "geo_precision", warnings) or 1, 5),
        tuple(s for c in ("actor1", "actor2") if (s := _text(row, c))), deaths, deaths, deaths, tuple(warnings),
    )  # fmt: skip


def _airwars(number: int, row: Row, warnings: list[str]) -> Published:
    ends: list[int | None] = []
    for end in ("min", "max"):
        known = [_number(row, c, warnings) for c in row if c.endswith(f"_killed_{end}")]
        told = [f for f in known if f is not None]
        ends.append(sum(told) if told else None)
    low, high = ends
    _ordered(low, None, high, warnings)
    start = _day(row, "date", warnings)
    return Published(
        "airwars", number, str(row["code"]), start, _day(row, "date_end", warnings) if row.get("date_end") else start, 1,
        _text(row, "location_name"), _text(row, "region"), _text(row, "country_name"),
        _degrees(row, "latitude", 90, warnings), _degrees(row, "longitude", 180, warnings), 1, (), low, low, high,
        tuple(warnings),
    )  # fmt: skip


def _table(number: int, row: Row, warnings: list[str]) -> Published:
    low, best, high = (_number(row, c, warnings) for c in ("low", "best", "high"))
    _ordered(low, best, high, warnings)
    start = _day(row, "start", warnings)
    return Published(
        "table", number, str(row["id"]), start, _day(row, "end", warnings) if row.get("end") else start,
        _number(row, "date_prec", warnings) or 1, _text(row, "place"), _text(row, "adm1"), _text(row, "country"),
        _degrees(row, "lat", 90, warnings), _degrees(row, "lon", 180, warnings), _number(row, "where_prec", warnings) or 1,
        tuple(s for c in ("side_a", "side_b") if (s := _text(row, c))), low, best, high, tuple(warnings),
    )  # fmt: skip
