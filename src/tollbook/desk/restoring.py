"""restoring: a folder that `tollbook export tables` wrote of a whole register -> the same register, row by row."""

from pathlib import Path

import pyarrow.parquet as pq

from tollbook.errors import UsageError
from tollbook.register import following, stream
from tollbook.register.register import Register

_ROWS = 2_000


def restore(register: Register, folder: Path) -> dict[str, int]:
    """Put the tables of an export into an empty register; return how many rows each had.

    `folder` is the export, or its folder `tables`. Originals are not in an export: copy their folder beside the register.
    Raises UsageError where the register holds something, or the export is of a part only.
    """
    found = next((f for f in (folder / "tables" / "register", folder / "register") if f.is_dir()), None)
    if found is None:
        raise UsageError(f"{folder}: no whole register - export tables without filters, --as-of or --redact")
    counts: dict[str, int] = {}
    with register.writing() as connection:
        if not stream.is_empty(connection):
            raise UsageError("restore: the register holds reports already - name a new one")
        for table in reversed(stream.record_tables()):
            connection.execute(table.delete())
        for table in stream.record_tables():
            file = found / f"{table.name}.parquet"
            if not file.is_file():
                raise UsageError(f"{folder}: {table.name}.parquet is missing - export again")
            for batch in pq.ParquetFile(file).iter_batches(batch_size=_ROWS):
                rows = batch.to_pylist()
                if rows:
                    connection.execute(table.insert(), rows)
                counts[table.name] = counts.get(table.name, 0) + len(rows)
        following.fill(connection)
    return counts
