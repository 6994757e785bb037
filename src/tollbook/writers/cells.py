"""cells: values -> cells of a table that a spreadsheet shows and never runs; and the figures that tables ask of an incident."""

import csv
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from pathlib import Path

from tollbook.model.folio import Folio
from tollbook.model.incident import Incident
from tollbook.model.toll import Toll
from tollbook.writers.words import harmless

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide ones are run as well
NOT_WRITTEN = "not written: "  # how a loss begins that leaves out the whole incident


def safe(value: object) -> object:
    """Return a value as a cell: unknown is empty, text that a spreadsheet would run begins with an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, str):
        value = harmless(value)
        return "'" + value if value.startswith(FORMULA) else value
    return value


Cells = list[object]


def cells_of(row: Mapping[str, object], columns: Sequence[str]) -> Cells:
    """Return a row's cells in the order of some columns; KeyError for a name that is no column."""
    if not row.keys() <= set(columns):
        raise KeyError(f"no column {', '.join(sorted(row.keys() - set(columns)))}")
    return [safe(row.get(column)) for column in columns]


class Table:
    """A CSV file that grows row by row: UTF-8, a header, CRLF at the end of a line."""

    def __init__(self, path: Path, columns: Sequence[str], tags: Mapping[str, str] | None = None) -> None:
        """Begin the file; `tags` are HXL hashtags, written as a second row."""
        self._file = path.open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        self.columns = tuple(columns)
        self._writer.writerow(columns)
        if tags is not None:
            self._writer.writerow([tags.get(column, "") for column in columns])

    def add(self, row: Mapping[str, object]) -> None:
        """Write a row; a column that is not given is empty, a name that is no column is an error."""
        self.put(cells_of(row, self.columns))

    def put(self, cells: Cells) -> None:
        """Write a row whose cells are made already: see `cells_of`."""
        self._writer.writerow(cells)

    def write(self, lines: str) -> None:
        """Write lines that are made already: see `columns.csv_lines`."""
        self._file.write(lines)

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def toll_of(incident: Incident, harm: str, status: str = "all") -> Toll | None:
    """Return an incident's toll of a harm and a victim status, None where it has none."""
    return next((t for t in incident.tolls if t.harm == harm and t.status == status), None)


def whole_figures(toll: Toll) -> tuple[int, int, int, tuple[str, ...]] | None:
    """Return (low, best, high) for a table that takes numbers only, and what that hides; None where no figure is known.

    An unknown low is 0. An unknown best is the least that is told; where only "up to" is told, 0. An open high repeats the
    greatest figure known: no bound is made up.
    """
    if toll.low is None and toll.best is None and toll.high is None:
        return None
    losses = []
    low = toll.low
    if low is None:
        low = 0
        losses.append("no lower bound is known: 0 is written")
    best = toll.best
    if best is None:
        best = low
        losses.append(f"no best figure is known: {best} is written")
    high = toll.high
    if high is None:
        high = max(low, best)
        losses.append(f"no upper bound is known: {high} is written")
    low, high = min(low, best), max(best, high)
    return low, best, high, tuple(losses)


def other_harms(incident: Incident, carried: Iterable[str]) -> tuple[str, ...]:
    """Return the losses of a format that carries some harms only."""
    told = dict.fromkeys(t.harm for t in incident.tolls)
    return tuple(f"{harm}: this format has no place for it" for harm in told if harm not in carried)


def named_parties(incident: Incident) -> tuple[str, ...]:
    """Return the parties that reports connect with the harm, without those that are only denied."""
    return tuple(side.name for side in incident.parties if set(side.bases) != {"denied"})


def is_state(name: str) -> bool:
    """Tell whether a party is a state's, by the record's way of naming those."""
    return name.startswith("Government of ")


def sources_of(folio: Folio) -> str:
    """Return the outlets of an incident, each once."""
    return "; ".join(
        dict.fromkeys(r.reference.publisher for r in folio.card.reports if r.reference.publisher)
    )


@cache
def means_table() -> Mapping[str, Mapping[str, str]]:
    """Return what other people's tables call the record's weapons and methods."""
    text = (resources.files(__package__) / "data" / "means.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
