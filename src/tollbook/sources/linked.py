"""linked: files of records and of pairs with their probability -> what whole linkages are drawn from.

Two shapes are read: records with an id and a list beside pairs of ids; and what `tollbook people link` writes, where a
record is named by its list and its place in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tollbook.errors import SourceError
from tollbook.sources.lists import read_list

_OWN_PERSONS = ("person", "list", "ref")
_OWN_PAIRS = ("list_1", "ref_1", "list_2", "ref_2", "probability")


@dataclass(frozen=True, slots=True)
class Linked:
    """Records as places of their lists, pairs of records with the probability that both are one person."""

    records: tuple[int, ...]
    pairs: tuple[tuple[int, int, float], ...]
    lists: tuple[str, ...]


def read_linked(records: Path, pairs: Path) -> Linked:
    """Read records and pairs.

    Rows of one list that were taken for one person are one record; a pair within a list is then decided and left out.
    Raises SourceError for an id that stands twice, a pair of no record, a probability that is none.
    """
    header, body = read_list(records)
    own = all(name in header for name in _OWN_PERSONS)
    if own:
        at = [header.index(name) for name in _OWN_PERSONS]
        rows = [((row[at[1]], row[at[2]]), row[at[1]], row[at[0]]) for row in body]
    else:
        _wide(records, header, 2)
        rows = [((row[0].strip(), ""), row[1].strip(), row[0].strip()) for row in body]
    lists = tuple(dict.fromkeys(name for _, name, _ in rows))
    known: dict[tuple[str, str], int] = {}
    ours: dict[tuple[str, str], int] = {}
    places: list[int] = []
    for key, name, person in rows:
        if key in known:
            raise SourceError(
                f"{records.name}: '{' '.join(key).strip()}' stands twice - give each record an id"
            )
        if (person, name) not in ours:
            ours[person, name] = len(places)
            places.append(lists.index(name))
        known[key] = ours[person, name]
    return Linked(tuple(places), tuple(_pairs(pairs, known, places)), lists)


def _pairs(
    path: Path, known: dict[tuple[str, str], int], places: Sequence[int]
) -> list[tuple[int, int, float]]:
    header, body = read_list(path)
    own = all(name in header for name in _OWN_PAIRS)
    at = [header.index(name) for name in _OWN_PAIRS] if own else []
    if not own:
        _wide(path, header, 3)
    found: dict[tuple[int, int], float] = {}
    for number, row in enumerate(body, 2):
        cells = (
            [row[i].strip() for i in at] if own else [row[0].strip(), "", row[1].strip(), "", row[2].strip()]
        )
        ends = []
        for key in ((cells[0], cells[1]), (cells[2], cells[3])):
            if key not in known:
                raise SourceError(
                    f"{path.name}, row {number}: '{' '.join(key).strip()}' is no id of a record"
                )
            ends.append(known[key])
        try:
            chance = float(cells[4])
        except ValueError as problem:
            raise SourceError(f"{path.name}, row {number}: '{cells[4]}' is no probability") from problem
        if places[ends[0]] != places[ends[1]]:
            pair = (min(ends), max(ends))
            found[pair] = max(chance, found.get(pair, 0.0))
    return [(one, other, chance) for (one, other), chance in found.items()]


def _wide(path: Path, header: Sequence[str], columns: int) -> None:
    if len(header) < columns:
        raise SourceError(
            f"{path.name}: {len(header)} columns - {columns} are needed: see docs/estimation.md"
        )
