"""publishing: the incidents wanted -> files in the formats asked for, with a manifest and a report of what each cannot say.

Everything streams: some hundred incidents are in memory at a time, whatever the size of the register. No clock is asked: an
export says up to which moment the register's knowledge counts, and the same register gives the same bytes.
"""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from sqlalchemy import Connection

from tollbook.desk.folders import new_folder
from tollbook.desk.folios import (
    MANY,
    Needs,
    Order,
    cards,
    counted_in,
    folios,
    folios_of,
    frames_of,
    names_told,
)
from tollbook.desk.formats import load_formats
from tollbook.desk.keeping import PROGRAM
from tollbook.desk.manifests import Made, files_of, write_manifest
from tollbook.desk.sharing_out import Job, can_share, shared_out
from tollbook.desk.versions import pack_versions
from tollbook.desk.withholding import WITHHELD, check_kinds
from tollbook.errors import UsageError
from tollbook.model.answer import Wanted
from tollbook.model.folio import Edition, Format
from tollbook.pipeline import READER
from tollbook.profiles.toll_rule import installed_toll_rules, load_toll_rule
from tollbook.register import neighbours, stream
from tollbook.register.engine import sparing
from tollbook.register.moment import NOW, moment_of
from tollbook.register.register import Register
from tollbook.register.rows import chunks
from tollbook.writers.cells import NOT_WRITTEN, Table
from tollbook.writers.tables import write_rows


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export holds: files by name with size, and for each format the incidents written and left out."""

    folder: str
    files: tuple[tuple[str, int], ...]
    incidents: int
    written: tuple[tuple[str, int], ...]
    losses: int


def export(
    register: Register, order: Order, out: Path, step: Callable[[int], None] | None = None
) -> Exported:
    """Write an export to a folder, which is made and must not be there; what was begun is removed when it fails.

    Raises UsageError for unknown formats, kinds to withhold, dates, or where the folder is there.
    """
    classes = load_formats(list(dict.fromkeys(order.formats)))
    check_kinds(order.redact)
    if not classes:
        raise UsageError("export: in which format? - give one or more")
    moment = moment_of(order.as_of)
    with new_folder(out), register.reading() as connection, sparing(connection), without_cycles():
        return export_in(connection, order, moment, classes, out, step, register=register.name)


@contextmanager
def without_cycles() -> Iterator[None]:
    """Look for no cycles of objects meanwhile: what an export makes refers only to what it is made of, and goes as it is written.

    The search would take as long as all the rest.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def export_in(
    connection: Connection, order: Order, moment: str, classes: dict[str, type[Format]], out: Path,
    step: Callable[[int], None] | None = None, *, raw: bool = True,
    register: str | None = None,
) -> Exported:  # fmt: skip
    """Write an export within a transaction, to a folder that is there; `raw` adds the register's own tables to a whole one.

    Given the name of the `register`, several processes word the incidents where there are many.
    """
    edition = edition_of(connection, order, moment)
    writers = {name: made(str(out), edition) for name, made in classes.items()}
    lost = Table(out / "losses.csv", ("format", "incident", "what"))
    count = losses = 0
    counts = dict.fromkeys(writers, 0)
    rules = {name: _rule(made, order) for name, made in classes.items()}
    needs = _needs(classes.values(), order, sorted(set(rules.values())))
    if "names" in order.redact:
        wide = frames_of(connection, order, moment)
        needs = replace(needs, hidden=names_told(connection, wide, moment, order.redact))
    job = Job(register or "", order, moment, edition, rules, needs)
    rest = _own_tables(connection, out) if raw and "tables" in writers and _is_whole(order) else iter(())
    for id, told in _written(connection, job, writers, rest):
        count += 1
        for name, lacking in told.items():
            counts[name] += not (lacking and lacking[0].startswith(NOT_WRITTEN))
            for what in lacking:
                losses += 1
                lost.add({"format": name, "incident": id, "what": what})
        if step and count % 100 == 0:
            step(count)
    for writer in writers.values():
        writer.close()
    lost.close()
    for _ in rest:
        pass
    files = files_of(out)
    _manifest(out, edition, count, counts, losses, rules, files)
    return Exported(
        str(out), tuple((file.name, file.size) for file in files), count, tuple(counts.items()), losses
    )


def _own_tables(connection: Connection, out: Path) -> Iterator[None]:
    """Write the register's own tables beside those of the export, with a rest after each part."""
    folder = out / "tables" / "register"
    folder.mkdir()
    for name, kinds, parts in stream.everything(connection):
        yield from write_rows(folder / f"{name}.parquet", kinds, parts)


def _written(
    connection: Connection, job: Job, writers: dict[str, Format], rest: Iterator[None]
) -> Iterator[tuple[str, dict[str, tuple[str, ...]]]]:
    """Write the incidents of an export; yield each with what each format could not say of it.

    The `rest` of the export is made meanwhile, as far as time allows.
    """
    frames = frames_of(connection, job.order, job.moment)
    held_by = ({id: counted_in(id, frames) for id in ids} for ids in chunks(frames, MANY))
    if can_share(job, len(frames)):
        for id, told in shared_out(connection, job, held_by, rest):
            yield (
                id,
                {
                    name: (*losses, *writers[name].put(value))  # type: ignore[attr-defined]  # asked by can_share
                    for name, (value, losses) in told.items()
                },
            )
        return
    decisions = neighbours.reviews(connection, as_of=job.moment)
    for some in held_by:
        for folio in folios_of(connection, some, job.order, job.moment, job.needs, decisions):
            own = {name: folio[job.rules[name]] for name in writers}
            id = next(iter(own.values())).card.incident.id
            yield id, {name: writer.add(own[name]) for name, writer in writers.items()}


def _rule(made: type[Format], order: Order) -> str:
    return order.profile or str(getattr(made, "rule", "house"))


def _is_whole(order: Order) -> bool:
    return order.wanted == Wanted() and order.as_of is None and order.review == "all" and not order.redact


def edition_of(connection: Connection, order: Order, moment: str) -> Edition:
    """Return what an export says of itself."""
    head, at = stream.head_of(connection, moment)
    asked = {k: str(v) for k, v in asdict(order.wanted).items() if v not in (None, False)}
    if "names" in order.redact and "words" in asked:
        asked["words"] = WITHHELD  # who asks for a person's name must not tell it
    return Edition(
        PROGRAM, order.profile or "house",
        tuple((name, str(load_toll_rule(name).version)) for name in installed_toll_rules()),
        moment if moment != NOW else at or "1970-01-01T00:00:00.000000Z", head, tuple(sorted(asked.items())),
        order.review, order.redact, order.hxl, READER, pack_versions(),
    )  # fmt: skip


def _needs(classes: Iterable[type[Format]], order: Order, rules: list[str]) -> Needs:
    def asked(what: str, usual: bool) -> bool:
        return any(getattr(c, what, usual) for c in classes)

    claims = asked("claims", True) or rules != ["house"] or bool(order.redact)
    return Needs(
        rules,
        claims=claims,
        ledgers=claims and "house" in rules,  # counting anew writes them anew
        beside=asked("beside", True) or bool(order.redact),
        steps=asked("steps", False),
        areas=asked("areas", False),
        around=asked("around", False) and not {"quotes", "names"} & set(order.redact),
    )


def _manifest(
    out: Path, edition: Edition, count: int, counts: dict[str, int], losses: int, rules: dict[str, str],
    files: Sequence[Made],
) -> None:  # fmt: skip
    write_manifest(out / "manifest.json", edition, files, {
        "hxl": edition.hxl, "incidents": count,
        "formats": {
            name: {"written": number, "left_out": count - number, "rule": rules[name]} for name, number in counts.items()
        },
        "losses": losses,
        "note": "Files called shaped have the columns of other people's data sets and are not their data.",
    })  # fmt: skip


__all__ = ["Exported", "Needs", "Order", "cards", "edition_of", "export", "export_in", "folios", "names_told"]
