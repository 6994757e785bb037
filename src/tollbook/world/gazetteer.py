"""gazetteer: a name -> the places that bear it.

One file, sorted by the hash of the name and mapped into memory: it opens at once, costs only the pages that are looked
at, and a name that is not there costs one binary search. Built by tools/build_gazetteer.py; docs/gazetteer.md says from what.
"""

import json
import mmap
import os
import struct
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import NamedTuple

FORMAT = 1
_MAGIC = b"TOLLPLC1"
_RECORD = struct.Struct("<IffIHB2sxI")  # geonames id, lat, lon, population, adm1, level, country, name offset
_LEVELS = ("locality", "adm1", "adm2", "country", "region", "point")
_MAIN = 1 << 31  # set in the number of a place where the key is its main name
_KEPT = 65536  # answers remembered; a name in the news comes back


class Row(NamedTuple):
    """One place on its way into the index."""

    geonames: int
    name: str
    level: str
    country: str
    adm1: int
    lat: float
    lon: float
    population: int
    names: list[str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer; `population` is persons (of a division: in its places), `adm1` an English name."""

    id: str
    name: str
    level: str
    country: str
    adm1: str
    lat: float
    lon: float
    population: int
    main: bool  # found under its own name, not under one of its others


def key_of(name: str) -> str:
    """Return the form under which a name is kept: no case, no marks, hyphens and apostrophes as blanks or nothing."""
    text = name.casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    out = "".join(" " if c in "-–_/" else "" if c in "'’‘ʼʻ`.،,\u0640" else c for c in text)
    return " ".join(out.split())


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


class Gazetteer:
    """An index of places, and any number of the user's own on top."""

    def __init__(self, path: Path, own: Sequence[Path] = ()) -> None:
        """Open an index; `own` are indexes of the same format that add to it."""
        self._indexes = [_Index(p) for p in (path, *own)]
        self._known: dict[str, tuple[Entry, ...]] = {}
        self.version = "+".join(index.digest for index in self._indexes)

    def find(self, key: str) -> tuple[Entry, ...]:
        """Return all places of a name, given as `key_of` writes it; the most populous first."""
        found = self._known.get(key)
        if found is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            entries = [e for index in self._indexes for e in index.find(key)]
            entries.sort(key=lambda e: -e.population)
            found = self._known[key] = tuple(entries)
        return found

    def country(self, iso: str) -> Entry | None:
        """Return a country by its ISO code."""
        return next((e for index in self._indexes for e in index.find(f"iso:{iso}")), None)


class _Index:
    """One mapped file."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        magic, head = struct.unpack_from("<8sI", self._data)
        if magic != _MAGIC:
            raise ValueError(f"{path}: not a gazetteer of format {FORMAT}")
        about = json.loads(self._data[12 : 12 + head])
        view = memoryview(self._data)
        self.digest: str = about["digest"]
        self._adm1: list[str] = about["adm1"]
        at = about["at"]
        self._hashes = view[at["hashes"] : at["ids"]].cast("Q")
        self._ids = view[at["ids"] : at["records"]].cast("I")
        self._records, self._names = at["records"], at["names"]

    def find(self, key: str) -> list[Entry]:
        """Return the places of one key."""
        wanted = _hash(key)
        hashes = self._hashes
        i = bisect_left(hashes, wanted)
        found = []
        while i < len(hashes) and hashes[i] == wanted:
            found.append(self._entry(self._ids[i] & ~_MAIN, bool(self._ids[i] & _MAIN)))
            i += 1
        return found

    def _entry(self, number: int, main: bool) -> Entry:
        fields = _RECORD.unpack_from(self._data, self._records + number * _RECORD.size)
        geonames, lat, lon, population, adm1, level, country, offset = fields
        size = self._data[self._names + offset]
        name = self._data[self._names + offset + 1 : self._names + offset + 1 + size].decode()
        kind = _LEVELS[level]
        code = country.decode().strip("\0")
        id_ = f"geonames:{geonames}" if geonames else f"{kind}:{code}:{key_of(name)}"
        return Entry(id_, name, kind, code, self._adm1[adm1], round(lat, 5), round(lon, 5), population, main)


def write_index(path: Path, rows: Iterable[Row], divisions: list[str]) -> tuple[int, int]:
    """Write an index; return (bytes, names). The same rows give the same bytes."""
    records, names, pairs = bytearray(), bytearray(), set()
    for number, row in enumerate(rows):
        name = row.name.encode()[:255]
        while True:
            try:
                name.decode()
                break
            except UnicodeDecodeError:
                name = name[:-1]
        records += _RECORD.pack(
            row.geonames, row.lat, row.lon, min(row.population, 2**32 - 1), row.adm1,
            _LEVELS.index(row.level), row.country.encode()[:2].ljust(2, b"\0"), len(names),
        )
        names += bytes([len(name)]) + name
        keys = {key_of(n) for n in row.names} - {""}
        if row.level == "country":
            keys.add(f"iso:{row.country}")
        own = key_of(row.name)
        pairs |= {(_hash(key), number | (_MAIN if key == own or row.level != "locality" else 0)) for key in keys}
    ordered = sorted(pairs)
    hashes = b"".join(h.to_bytes(8, "little") for h, _ in ordered)
    ids = b"".join(n.to_bytes(4, "little") for _, n in ordered)
    digest = blake2b(hashes + ids + records + names, digest_size=8).hexdigest()
    size = 0
    for _ in range(3):  # the head says where the parts begin, which depends on its own length
        at = {"hashes": _aligned(12 + size)}
        at["ids"] = at["hashes"] + len(hashes)
        at["records"] = at["ids"] + len(ids)
        at["names"] = at["records"] + len(records)
        head = json.dumps({"digest": digest, "adm1": divisions, "at": at}, ensure_ascii=False).encode()
        size = len(head)
    padding = b"\0" * (at["hashes"] - 12 - len(head))
    body = b"".join((struct.pack("<8sI", _MAGIC, len(head)), head, padding, hashes, ids, bytes(records), bytes(names)))
    temporary = path.with_suffix(".new")
    temporary.write_bytes(body)
    os.replace(temporary, path)
    return len(body), len(ordered)


def _aligned(offset: int) -> int:
    return (offset + 7) // 8 * 8


def own_places_folder() -> Path:
    """Return the folder of the user's own gazetteers: TOLLBOOK_PLACES, else the user's data folder."""
    given = os.environ.get("TOLLBOOK_PLACES")
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(given) if given else Path(base) / "tollbook" / "places"


@cache
def open_gazetteer() -> Gazetteer:
    """Open the shipped gazetteer with the user's own on top; once a process."""
    shipped = Path(str(resources.files(__package__) / "data" / "places.bin"))
    folder = own_places_folder()
    own = sorted(folder.glob("*.bin")) if folder.is_dir() else []
    return Gazetteer(shipped, own)
