"""tables: incidents -> the whole record as CSV, Parquet and one DuckDB file, table by table.

Parquet and DuckDB hold text as it is; in CSV, text that a spreadsheet would run begins with an apostrophe.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from tollbook.model.folio import Edition, Folio
from tollbook.writers.cells import Table
from tollbook.writers.columns import csv_lines
from tollbook.writers.full_tables import TABLES, Row, rows_of

_TYPES = {"s": pa.string(), "i": pa.int64(), "f": pa.float64(), "b": pa.bool_()}
_MANY = 5_000  # rows held before they are written
_TAGS = {
    "start": "#date+start", "end": "#date+end", "country": "#country+code", "adm1": "#adm1+name", "place": "#loc+name",
    "lat": "#geo+lat", "lon": "#geo+lon", "incident": "#event+id", "title": "#description", "review": "#status",
    "url": "#meta+url", "publisher": "#meta+source", "low": "#affected+min", "best": "#affected+best", "high": "#affected+max",
}  # fmt: skip


class Tables:
    """Writes tables/NAME.csv, tables/NAME.parquet for each table, and tables/tollbook.duckdb with all of them."""

    database = True

    steps = True
    heavy = True

    def __init__(self, folder: str, edition: Edition) -> None:
        """Begin the files."""
        self._folder = Path(folder) / "tables"
        self._folder.mkdir()
        self._parts = {
            name: _Part(self._folder, name, columns, edition.hxl) for name, columns in TABLES.items()
        }
        self._known: dict[str, set[str]] = {"reports": set(), "decisions": set()}

    @staticmethod
    def told(folio: Folio, edition: Edition) -> tuple[list[tuple[str, str, Row]], tuple[str, ...]]:
        """Return the rows of an incident with their tables; these can say everything."""
        return list(rows_of(folio)), ()

    def put(self, rows: Iterable[tuple[str, str, Row]]) -> tuple[str, ...]:
        """Write what `told` returned; a report or decision that several incidents share is written once."""
        for table, key, row in rows:
            if table in self._known:
                if key in self._known[table]:
                    continue
                self._known[table].add(key)
            self._parts[table].add(row)
        return ()

    def add(self, folio: Folio) -> tuple[str, ...]:
        """Write one incident."""
        return self.put(rows_of(folio))

    def close(self) -> None:
        """Finish the files, and make the database of them."""
        for part in self._parts.values():
            part.close()
        if self.database:
            self._gather()

    def _gather(self) -> None:
        with duckdb.connect(str(self._folder / "tollbook.duckdb")) as base:
            base.execute("SET threads = 1")
            base.execute("SET memory_limit = '200MB'")
            for name in self._parts:
                base.read_parquet(str(self._folder / f"{name}.parquet")).create(name)


class PlainTables(Tables):
    """The same without the database, whose pages are in another order each time: for what must be the same bytes."""

    database = False


class _Part:
    """One table in both forms, written some thousand rows at a time."""

    def __init__(self, folder: Path, name: str, columns: dict[str, str], hxl: bool) -> None:
        self._kinds = tuple(columns.values())
        self._csv = Table(folder / f"{name}.csv", tuple(columns), _TAGS if hxl else None)
        self._schema = pa.schema([(column, _TYPES[kind]) for column, kind in columns.items()])
        self._parquet = pq.ParquetWriter(folder / f"{name}.parquet", self._schema, compression="zstd")
        self._rows: list[Row] = []

    def add(self, row: Row) -> None:
        self._rows.append(row)
        if len(self._rows) >= _MANY:
            self._flush()

    def _flush(self) -> None:
        columns = list(zip(*self._rows, strict=True)) or [()] * len(self._kinds)
        arrays = [pa.array(column, field.type) for column, field in zip(columns, self._schema, strict=True)]
        self._parquet.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
        if self._rows:
            self._csv.write(csv_lines(self._rows, self._kinds))
        self._rows.clear()

    def close(self) -> None:
        self._flush()
        self._csv.close()
        self._parquet.close()


def write_rows(
    path: Path, kinds: Mapping[str, str], parts: Iterable[Sequence[Sequence[Any]]]
) -> Iterator[None]:
    """Write rows as they are to a Parquet file, part by part, with a rest after each; see `desk/restoring.py`.

    `kinds` are the columns in their order, with s for text, i for whole numbers, f for numbers.
    """
    schema = pa.schema([(name, _TYPES[kind]) for name, kind in kinds.items()])
    with pq.ParquetWriter(path, schema, compression="zstd") as out:
        for part in parts:
            arrays = [pa.array(c, f.type) for c, f in zip(zip(*part, strict=True), schema, strict=True)]
            out.write_table(pa.Table.from_arrays(arrays, schema=schema))
            yield
