"""overlap: a table of persons, or of counts, by the lists they are on -> rows counted by labels and pattern.

A row is a person, or a number of persons alike where a column counts them. A column for each list says 1 or 0, other
columns hold labels such as sex and age; an empty label is a missing one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tollbook.errors import SourceError, UsageError
from tollbook.sources.lists import read_list

_ON = frozenset(("1", "1.0", "true", "t", "yes", "y", "x", "✓"))
_OFF = frozenset(("0", "0.0", "", "false", "f", "no", "n", "-"))
_NO_LABEL = frozenset(("", "na", "nan", "null", "none", "?", "-"))
_COUNTED = ("persons", "count", "counts", "n", "freq")


@dataclass(frozen=True, slots=True)
class Overlap:
    """Persons counted by (labels, pattern), with the names of the lists and labels, and where they are from.

    `guessed` tells, in words, what no option said; `hidden` are (pattern, limit) of counts given only as "<limit".
    """

    rows: Mapping[tuple[tuple[str, ...], str], int]
    lists: tuple[str, ...]
    strata: tuple[str, ...]
    name: str
    sha256: str
    guessed: tuple[str, ...] = ()
    hidden: tuple[tuple[str, int], ...] = ()


def read_overlap(
    path: Path, *, lists: Sequence[str] = (), strata: Sequence[str] = (), counts: str | None = None
) -> Overlap:
    """Read persons by list from .csv, .tsv, .xlsx or .parquet; what no option names is guessed, and the guess told.

    Raises SourceError for a file that cannot be read and for a row that says neither yes nor no, UsageError for a
    column that is not there.
    """
    header, body = read_list(path)
    guessed: list[str] = []
    if counts is None:
        counts = next((c for c in header if c.lower() in _COUNTED and c not in lists), None)
        if counts is not None:
            guessed.append(f"column '{counts}' counts persons")
    if not lists:
        lists = _guess(header, body, {counts, *strata})
        guessed.append(f"lists are {', '.join(lists)}")
    missing = [c for c in (*lists, *strata, *((counts,) if counts else ())) if c not in header]
    if missing:
        raise UsageError(
            f"no column {', '.join(map(repr, missing))} in {path.name} - there are: {', '.join(header)}"
        )
    if len(set(lists)) != len(lists):
        raise UsageError("a list is named twice - name each list once")
    rows, hidden = _count(path.name, header, body, lists, strata, counts)
    digest = sha256(path.read_bytes()).hexdigest()
    return Overlap(rows, tuple(lists), tuple(strata), path.name, digest, tuple(guessed), hidden)


def _guess(
    header: Sequence[str], body: Sequence[Sequence[str]], taken: Iterable[str | None]
) -> tuple[str, ...]:
    """Return the columns that say yes or no in every row and yes in some."""
    known = set(taken)
    found = []
    for at, name in enumerate(header):
        values = {row[at].strip().lower() for row in body}
        if name not in known and values <= _ON | _OFF and values & _ON:
            found.append(name)
    if len(found) < 2:
        raise UsageError(f"no columns of 1 and 0 found - name the lists with --lists: {', '.join(header)}")
    return tuple(found)


def _count(
    name: str,
    header: Sequence[str],
    body: Sequence[Sequence[str]],
    lists: Sequence[str],
    strata: Sequence[str],
    counts: str | None,
) -> tuple[dict[tuple[tuple[str, ...], str], int], tuple[tuple[str, int], ...]]:
    at = {column: i for i, column in enumerate(header)}
    summed: Counter[tuple[tuple[str, ...], str]] = Counter()
    hidden: dict[str, int] = {}
    for number, cells in enumerate(body, 2):
        row = [cell.strip() for cell in cells]
        where = f"{name}, row {number}"
        pattern = "".join(_digit(row[at[column]], where, column) for column in lists)
        if counts and row[at[counts]].startswith("<"):
            hidden[pattern] = _persons(row[at[counts]].lstrip("< "), where)
            continue
        persons = _persons(row[at[counts]], where) if counts else 1
        if "1" not in pattern and persons:
            raise SourceError(
                f"{where}: on no list - nobody can have counted those persons - leave the row out"
            )
        labels = tuple("" if row[at[column]].lower() in _NO_LABEL else row[at[column]] for column in strata)
        summed[labels, pattern] += persons
    return {key: count for key, count in summed.items() if count}, tuple(sorted(hidden.items()))


def _digit(word: str, where: str, column: str) -> str:
    if word.lower() in _ON:
        return "1"
    if word.lower() in _OFF:
        return "0"
    raise SourceError(f"{where}: '{word}' under '{column}' says neither yes nor no - use 1 and 0")


def _persons(word: str, where: str) -> int:
    try:
        number = float(word.replace(",", "") or 0)
    except ValueError as problem:
        raise SourceError(f"{where}: '{word}' is no number of persons") from problem
    if number < 0 or number != int(number):
        raise SourceError(f"{where}: {word} persons - a number of persons is whole and not negative")
    return int(number)
