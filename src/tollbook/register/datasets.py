"""datasets: others' data sets, as the register keeps them: the bytes as received, and an entry of the log that tells of them.

No table holds their events: what a data set tells is a function of its bytes, read when it is laid beside ours. So nothing of
theirs can be taken for a claim, and a better reader finds more in what was kept.
"""

from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import Connection, select

from tollbook.model.published import Dataset
from tollbook.register import chain, schema
from tollbook.register.archive import Archive
from tollbook.register.keep import insert_new

ACTION = "import"


def datasets(connection: Connection, as_of: str) -> list[Dataset]:
    """Return the data sets that were brought in by a moment, the newest first."""
    table = schema.log.c
    question = select(table.subject, table.at, table.by, table.detail).where(
        table.action == ACTION, table.at <= as_of
    )
    return [_dataset(row) for row in connection.execute(question.order_by(table.n.desc()))]


def _dataset(row: Any) -> Dataset:
    detail = msgspec.json.decode(row.detail)
    return Dataset(
        row.subject, detail["kind"], detail["name"], detail["original"], detail["size"], detail["events"], detail["broken"],
        row.at, row.by,
    )  # fmt: skip


def keep_dataset(connection: Connection, found: Dataset, *, program: str) -> None:
    """Enter a data set whose bytes are in the archive; one that is there already is left as it is."""
    original = {
        "sha256": found.original,
        "size": found.size,
        "media_type": f"data set, {found.kind}",
        "received": found.at,
    }
    insert_new(connection, schema.original, [original])
    detail = {"kind": found.kind, "name": found.name, "original": found.original, "size": found.size,
              "events": found.events, "broken": found.broken}  # fmt: skip
    chain.append(
        connection, [chain.Entry(ACTION, found.id, detail)], at=found.at, by=found.by, program=program
    )


def path_of(archive: Archive, found: Dataset) -> Path:
    """Return where the bytes of a data set lie."""
    return archive.path(found.original)


__all__ = ["datasets", "keep_dataset", "path_of"]
