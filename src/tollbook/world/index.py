"""index: rows of places <-> one compact file that is searched where it lies.

    magic, length of the head, head (JSON) · buckets · hashes · numbers · heads · lengths · pairs · reaches · records · names

A name is kept as the 64-bit hash of its key; `buckets` says where the hashes with given upper 16 bits begin; `numbers`
runs parallel to `hashes` and names the place (its top bit: this is the main name). `heads` are the hashes of words that
begin names of several words, `lengths` how many words at most; `pairs` and `reaches` tell the same of the first two words
of a name, by a short hash: two that share one are told the longer, which costs a look-up and no wrong answer.
"""

import json
import mmap
import os
import struct
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from tollbook.errors import PackError

FORMAT = 2
_MAGIC = b"TOLLPLC2"
_RECORD = struct.Struct("<IffIHB2sxI")  # geonames id, lat, lon, population, adm1, level, country, name offset
_LEVELS = ("locality", "adm1", "adm2", "country", "region", "point", "waters")
_MAIN = 1 << 31  # set in the number of a place where the key is its main name
_MOST_WORDS = 8
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("-–—_/", " "),
        **dict.fromkeys("'’‘ʼʻʿʾ`´.،,\u0640\u200b\u200e\u200f\u00ad"),
        **dict(zip("ıłøđðþəىةکی", ["i", "l", "o", "d", "d", "th", "e", "ي", "ه", "ك", "ي"], strict=True)),
    }
)


class Row(NamedTuple):
    """One place on its way into an index.

    `adm1` is a number in the list of divisions, 0 for none; the first `own` of the `names` are its main ones.
    """

    id: str
    name: str
    level: str
    country: str
    adm1: int
    lat: float
    lon: float
    population: int
    names: Sequence[str]
    own: int = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of a gazetteer.

    `population` is persons (of a division: in its places); `adm1` the English name of the first-level division; `main`
    tells that it was found under its own name, not one of its others. `level` is that of a Place, or "waters".
    """

    id: str
    name: str
    level: str
    country: str
    adm1: str
    lat: float
    lon: float
    population: int
    main: bool


def key_of(name: str) -> str:
    """Return the form under which a name is kept: no case, no marks, hyphens as blanks, apostrophes as nothing."""
    text = name.casefold()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    if text.isalnum() and text.isascii():
        return text
    return " ".join(text.translate(_LETTERS).split())


def _hash(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "little")


class Index:
    """One mapped file."""

    def __init__(self, path: Path) -> None:
        """Map a file; PackError when it is no index of this format."""
        try:
            with path.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            magic, head = struct.unpack_from("<8sI", self._data)
        except (OSError, ValueError, struct.error) as problem:
            raise PackError(f"{path}: cannot be opened as a gazetteer: {problem}") from problem
        if magic != _MAGIC:
            raise PackError(f"{path}: not a gazetteer of format {FORMAT} - build or add it again")
        about = json.loads(self._data[12 : 12 + head])
        at, view = about["at"], memoryview(self._data)
        self.digest: str = about["digest"]
        self._adm1: list[str] = about["adm1"]
        self._buckets = view[at["buckets"] : at["hashes"]].cast("I")
        self._hashes = view[at["hashes"] : at["numbers"]].cast("Q")
        self._numbers = view[at["numbers"] : at["heads"]].cast("I")
        self._heads = view[at["heads"] : at["lengths"]].cast("Q")
        self._lengths = view[at["lengths"] : at.get("pairs", at["records"])]
        self._pairs = view[at["pairs"] : at["reaches"]].cast("I") if "pairs" in at else None
        self._reaches = view[at.get("reaches", at["records"]) : at["records"]]
        self._records, self._names = at["records"], at["names"]

    def find(self, key: str) -> list[Entry]:
        """Return the places of one key."""
        wanted = _hash(key)
        hashes, bucket = self._hashes, wanted >> 48
        end = self._buckets[bucket + 1]
        i = bisect_left(hashes, wanted, self._buckets[bucket], end)
        found = []
        while i < end and hashes[i] == wanted:
            found.append(self._entry(self._numbers[i] & ~_MAIN, bool(self._numbers[i] & _MAIN)))
            i += 1
        return found

    def longest(self, key: str) -> int:
        """Return how many words the longest name has that begins with this word; 0 for no name of several words."""
        wanted = _hash(key)
        i = bisect_left(self._heads, wanted)
        return self._lengths[i] if i < len(self._heads) and self._heads[i] == wanted else 0

    def reach(self, pair: str) -> int:
        """Return how many words a name has at most that begins with these two words; 0 where surely none does."""
        if self._pairs is None:  # a file written before there were pairs
            return _MOST_WORDS
        wanted = crc32(pair.encode())
        i = bisect_left(self._pairs, wanted)
        return self._reaches[i] if i < len(self._pairs) and self._pairs[i] == wanted else 0

    def __len__(self) -> int:
        """Return how many names the index holds."""
        return len(self._hashes)

    def _entry(self, number: int, main: bool) -> Entry:
        fields = _RECORD.unpack_from(self._data, self._records + number * _RECORD.size)
        geonames, lat, lon, population, adm1, level, country, offset = fields
        start = self._names + offset
        name, _, code = self._data[start + 1 : start + 1 + self._data[start]].decode().partition("\t")
        id_ = f"geonames:{geonames}" if geonames else code
        place = (
            country.decode().strip("\0"),
            self._adm1[adm1],
            round(lat, 5),
            round(lon, 5),
            population,
            main,
        )
        return Entry(id_, name, _LEVELS[level], *place)


def write_index(path: Path, rows: Iterable[Row], divisions: Sequence[str]) -> tuple[int, int]:
    """Write an index; return its bytes and its names. The same rows give the same bytes."""
    records, names = bytearray(), bytearray()
    pairs: set[tuple[int, int]] = set()
    heads: dict[int, int] = {}
    reaches: dict[int, int] = {}
    for number, row in enumerate(rows):
        records += _packed(row, len(names))
        names += _label(row)
        keys = {key_of(name) for name in row.names} - {""}
        own = {key_of(row.name), *(key_of(name) for name in row.names[: row.own])}
        for key in keys:
            first, _, rest = key.partition(" ")
            if rest:
                words = min(key.count(" ") + 1, _MOST_WORDS)
                head, pair = _hash(first), crc32(f"{first} {rest.partition(' ')[0]}".encode())
                heads[head] = max(heads.get(head, 0), words)
                reaches[pair] = max(reaches.get(pair, 0), words)
        pairs |= {(_hash(key), number | (_MAIN if key in own else 0)) for key in keys}
        if row.level == "country":
            pairs.add((_hash(f"iso:{row.country}"), number | _MAIN))
        elif row.level == "adm1":
            pairs.add((_hash(f"code:{row.id.partition(':')[2]}"), number | _MAIN))
    begun = sorted(heads.items()), sorted(reaches.items())
    parts = _parts(sorted(pairs), *begun, bytes(records), bytes(names))
    body = _assembled(parts, divisions)
    temporary = path.with_suffix(".new")
    temporary.write_bytes(body)
    os.replace(temporary, path)
    return len(body), len(pairs)


def _packed(row: Row, offset: int) -> bytes:
    """Return the record of a place; the id is kept in the label unless it is a GeoNames number."""
    source, _, number = row.id.partition(":")
    geonames = int(number) if source == "geonames" and number.isdecimal() else 0
    population, country = max(0, min(row.population, 2**32 - 1)), row.country.encode()[:2].ljust(2, b"\0")
    level = _LEVELS.index(row.level)
    return _RECORD.pack(geonames, row.lat, row.lon, population, row.adm1, level, country, offset)


def _label(row: Row) -> bytes:
    """Return length and text of a place's name, followed by its id where that is no GeoNames number."""
    source, _, number = row.id.partition(":")
    code = b"" if source == "geonames" and number.isdecimal() else b"\t" + row.id.encode()[:100]
    name = row.name.replace("\t", " ").encode()[: 255 - len(code)].decode(errors="ignore").encode()
    return bytes([len(name + code)]) + name + code


def _parts(
    pairs: Sequence[tuple[int, int]],
    heads: Sequence[tuple[int, int]],
    reaches: Sequence[tuple[int, int]],
    records: bytes,
    names: bytes,
) -> dict[str, bytes]:
    """Return the parts of the file after its head, in their order."""
    starts = [0] * 65_537
    for hashed, _ in pairs:
        starts[(hashed >> 48) + 1] += 1
    for i in range(1, len(starts)):
        starts[i] += starts[i - 1]
    return {
        "buckets": struct.pack(f"<{len(starts)}I", *starts),
        "hashes": struct.pack(f"<{len(pairs)}Q", *(h for h, _ in pairs)),
        "numbers": struct.pack(f"<{len(pairs)}I", *(n for _, n in pairs)),
        "heads": struct.pack(f"<{len(heads)}Q", *(h for h, _ in heads)),
        "lengths": bytes(n for _, n in heads),
        "pairs": struct.pack(f"<{len(reaches)}I", *(h for h, _ in reaches)),
        "reaches": bytes(n for _, n in reaches),
        "records": bytes(records),
        "names": bytes(names),
    }


def _assembled(parts: dict[str, bytes], divisions: Sequence[str]) -> bytes:
    """Return the whole file: each part begins at a multiple of eight, which casting in place asks for."""
    digest = blake2b(b"".join(parts.values()) + "\n".join(divisions).encode(), digest_size=8).hexdigest()
    room = (
        16 + len(json.dumps({"digest": digest, "adm1": list(divisions)}, ensure_ascii=False).encode()) + 256
    )
    at: dict[str, int] = {}
    offset = (room + 7) // 8 * 8
    first = offset
    body = bytearray()
    for name, part in parts.items():
        at[name] = offset
        padded = part + b"\0" * (-len(part) % 8)
        body += padded
        offset += len(padded)
    return _headed(digest, divisions, at, first) + bytes(body)


def _headed(digest: str, divisions: Sequence[str], at: dict[str, int], size: int) -> bytes:
    """Return magic, length and head, filled up to the given size."""
    head = json.dumps({"digest": digest, "adm1": list(divisions), "at": at}, ensure_ascii=False).encode()
    return (struct.pack("<8sI", _MAGIC, len(head)) + head).ljust(size, b"\0")
