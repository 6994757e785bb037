"""importing: a file of others' events -> a data set beside the register, kept as received, and never claims of ours."""

import hashlib
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path

from tollbook.desk.asking import When
from tollbook.desk.keeping import PROGRAM
from tollbook.errors import UsageError
from tollbook.model.published import Dataset, Published
from tollbook.register.datasets import datasets as kept
from tollbook.register.datasets import keep_dataset, path_of
from tollbook.register.moment import moment_of, now
from tollbook.register.register import Register
from tollbook.sources.published import published_events


@dataclass(frozen=True, slots=True)
class Imported:
    """What was brought in; `fresh` is False where the very bytes were there already. `warnings` are those of broken rows."""

    dataset: Dataset
    fresh: bool
    warnings: tuple[str, ...]


def import_dataset(
    register: Register, kind: str, path: Path, *, by: str = "", name: str | None = None
) -> Imported:
    """Bring in a file of a kind (ged, acled, airwars, table): its bytes into the archive, what it is into the log.

    A row that breaks its own format stays in, with a warning. Raises UsageError where the file is not of the kind, or tells no
    event.
    """
    with _open(path) as file:
        events = broken = 0
        warnings: list[str] = []
        for event in published_events(kind, file, path.name):
            events += 1
            if event.warnings:
                broken += 1
                warnings.append(warning_of(event))
        file.seek(0)
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if not events:
        raise UsageError(f"{path}: tells no event - is it of the kind {kind}?")
    id = "d" + hashlib.sha256(f"{kind} {digest}".encode()).hexdigest()[:12]
    with register.reading() as connection:
        here = next((d for d in kept(connection, moment_of(None)) if d.id == id), None)
    if here is not None:
        return Imported(here, False, tuple(warnings))
    found = Dataset(id, kind, name or path.name, digest, path.stat().st_size, events, broken, now(), by)
    if register.archive.keep(path.read_bytes()) != digest:
        raise UsageError(f"{path}: was written to while it was read - import it again")
    with register.writing() as connection:
        keep_dataset(connection, found, program=PROGRAM)
    return Imported(found, True, tuple(warnings))


def datasets(register: Register, *, as_of: When = None) -> list[Dataset]:
    """List the data sets that were brought in, the newest first."""
    moment = moment_of(as_of)
    with register.reading() as connection:
        return kept(connection, moment)


def dataset(register: Register, which: str, *, as_of: When = None) -> Dataset:
    """Return a data set by its id, the beginning of it, its name, or its kind (then the newest). UsageError where none is."""
    every = datasets(register, as_of=as_of)
    for fits in (
        [d for d in every if which in (d.id, d.name)], [d for d in every if d.kind == which],
        [d for d in every if len(which) > 3 and d.id.startswith(which)],
    ):  # fmt: skip
        if fits:
            return fits[0]
    there = ", ".join(f"{d.id} ({d.kind}, {d.name})" for d in every) or "none yet: tollbook import"
    raise UsageError(f"no data set '{which}' - there are: {there}")


def events_of(register: Register, found: Dataset) -> list[Published]:
    """Read the events of a data set from its bytes as they were received."""
    with _open(path_of(register.archive, found)) as file:
        return list(published_events(found.kind, file, found.name))


def warning_of(event: Published) -> str:
    """Say what a row breaks of its own format."""
    return f"row {event.row} ({event.id}): {'; '.join(event.warnings)}"


def _open(path: Path) -> BufferedReader:
    try:
        return path.open("rb")
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror} - give a file that can be read") from error


__all__ = ["Imported", "dataset", "datasets", "events_of", "import_dataset", "warning_of"]
