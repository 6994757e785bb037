"""lists: a table of persons, or of counts, by the lists they are on -> rows counted by labels and pattern.

A row is a person, or a number of persons alike where a column counts them. A column for each list says 1 or 0, other
columns hold labels such as sex and age; an empty label is a missing one.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from tollbook.errors import SourceError, UsageError

_ON = frozenset(("1", "1.0", "true", "t", "yes", "y", "x", "✓"))
_OFF = frozenset(("0", "0.0", "", "false", "f", "no", "n", "-"))
_NO_LABEL = frozenset(("", "na", "nan", "null", "none", "?", "-"))
_COUNTED = ("persons", "count", "counts", "n", "freq")
_LARGEST = 200_000_000


@dataclass(frozen=True, slots=True)
class ListRows:
    """Persons counted by (labels, pattern), with the names of the lists and labels, and where they are from.

    `title` is what a file's own first comment says it is; `guessed` tells, in words, what no option said.
    """

    rows: Mapping[tuple[tuple[str, ...], str], int]
    lists: tuple[str, ...]
    strata: tuple[str, ...]
    name: str
    sha256: str
    title: str = ""
    guessed: tuple[str, ...] = ()


def read_lists(
    path: Path, *, lists: Sequence[str] = (), strata: Sequence[str] = (), counts: str | None = None
) -> ListRows:
    """Read persons by list from .csv, .tsv or .xlsx; columns that no option names are guessed, and the guess told.

    Raises SourceError for a file that cannot be read and for a row that says neither yes nor no, UsageError for a
    column that is not there.
    """
    try:
        raw = path.read_bytes()
    except OSError as problem:
        raise SourceError(f"{path}: cannot be opened ({problem.strerror})") from problem
    if len(raw) > _LARGEST:
        raise SourceError(f"{path}: {len(raw):,} bytes - more than a table of persons has - count rows first")
    title, header, body = _cells(path, raw)
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
    rows = _count(path.name, header, body, lists, strata, counts)
    digest = sha256(raw).hexdigest()
    return ListRows(rows, tuple(lists), tuple(strata), path.name, digest, title, tuple(guessed))


def _cells(path: Path, raw: bytes) -> tuple[str, list[str], list[list[str]]]:
    """Return the file's own title, the header and the rows, all words stripped."""
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        table = list(_sheet(path, raw))
    else:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError as problem:
            raise SourceError(
                f"{path.name}: not UTF-8 at byte {problem.start} - save it as UTF-8"
            ) from problem
        table = _lines(path, text)
    comments = [row[0].lstrip("# ").strip() for row in table if row and row[0].startswith("#")]
    kept = [row for row in table if any(row) and not row[0].startswith("#")]
    if len(kept) < 2:
        raise SourceError(f"{path.name}: no rows below a header - give one column a list, one row a person")
    header = kept[0]
    if len(set(header)) != len(header):
        raise SourceError(f"{path.name}: two columns of one name - name them apart")
    return (comments[0] if comments else ""), header, kept[1:]


def _lines(path: Path, text: str) -> list[list[str]]:
    lines = text.splitlines()
    first = next((line for line in lines if line.strip() and not line.startswith("#")), "")
    mark = max("\t;,", key=first.count) if path.suffix.lower() != ".tsv" else "\t"
    comments = [[line] for line in lines if line.startswith("#")]
    rest = "\n".join(line for line in lines if not line.startswith("#"))
    return comments + [
        [cell.strip() for cell in row] for row in csv.reader(io.StringIO(rest), delimiter=mark)
    ]


def _sheet(path: Path, raw: bytes) -> Iterator[list[str]]:
    from openpyxl import load_workbook  # noqa: PLC0415  # only a workbook needs it

    try:
        book = load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
    except Exception as problem:  # a broken workbook breaks in many ways
        raise SourceError(f"{path.name}: not a workbook that can be read ({problem})") from problem
    for row in book.worksheets[0].iter_rows(values_only=True):
        yield ["" if cell is None else str(cell).strip() for cell in row]


def _guess(
    header: Sequence[str], body: Sequence[Sequence[str]], taken: Iterable[str | None]
) -> tuple[str, ...]:
    """Return the columns that say yes or no in every row and yes in some."""
    known = set(taken)
    found = []
    for at, name in enumerate(header):
        values = {row[at].lower() if at < len(row) else "" for row in body}
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
) -> dict[tuple[tuple[str, ...], str], int]:
    at = {column: i for i, column in enumerate(header)}
    summed: Counter[tuple[tuple[str, ...], str]] = Counter()
    for number, short in enumerate(body, 2):
        row = [*short, *([""] * (len(header) - len(short)))]
        where = f"{name}, row {number}"
        pattern = "".join(_digit(row[at[column]], where, column) for column in lists)
        persons = _persons(row[at[counts]], where) if counts else 1
        if "1" not in pattern and persons:
            raise SourceError(
                f"{where}: on no list - nobody can have counted those persons - leave the row out"
            )
        labels = tuple("" if row[at[column]].lower() in _NO_LABEL else row[at[column]] for column in strata)
        summed[labels, pattern] += persons
    return {key: count for key, count in summed.items() if count}


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
