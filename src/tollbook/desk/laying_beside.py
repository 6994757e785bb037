"""laying_beside: the commands for others' data -> what was brought in, and how our incidents lie beside it."""

from pathlib import Path
from typing import Any

import click
import msgspec

from tollbook.desk.comparing import compare
from tollbook.desk.folders import new_folder
from tollbook.desk.importing import dataset, datasets, events_of, import_dataset
from tollbook.desk.manifests import files_of, write_manifest
from tollbook.desk.publishing import Order, edition_of
from tollbook.desk.showing import asked, user
from tollbook.errors import UsageError
from tollbook.model.answer import Wanted
from tollbook.model.published import Compared, Dataset, Published
from tollbook.register.moment import moment_of
from tollbook.register.register import Register, name_of
from tollbook.sources.published import read_published
from tollbook.writers.comparison import comparison_csv, comparison_html, comparison_lines, comparison_rows
from tollbook.writers.words import harmless

KINDS = ("ged", "acled", "airwars", "table")


def show_import(
    kind: str, path: Path, register: str | None, *, name: str | None, by: str | None, form: str | None
) -> int:
    """Bring a data set in and say what it holds; broken rows are kept, and named."""

    def task() -> int:
        with Register(name_of(register), create=True) as opened:
            done = import_dataset(opened, kind, path, by=by or user(), name=name)
        if form == "json":
            click.echo(msgspec.json.encode(done).decode())
            return 0
        found = done.dataset
        click.echo(
            f"{found.id}: {found.events:,} events of {kind}"
            + ("" if done.fresh else ", there already: nothing changed")
        )
        for words in done.warnings[:5]:
            click.echo(harmless(f"kept though broken: {words}"))
        if found.broken > 5:
            click.echo(
                f"… {found.broken - 5:,} more broken rows, all kept: tollbook compare {found.id} --out DIR lists them"
            )
        click.echo(
            f"none of them is a claim of ours; lay them beside your incidents: tollbook compare {found.id}"
        )
        return 0

    return asked(task)


def show_compared(
    which: str | None, file: Path | None, register: str | None, *, as_of: str | None, out: Path | None, form: str | None,
    **wanted: Any,
) -> int:  # fmt: skip
    """Lay our incidents beside a data set; say what is in both, only ours, only theirs. Without one, list those brought in."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            if which is None:
                return _list(datasets(opened, as_of=as_of), form)
            theirs, events = _theirs(opened, which, file, as_of)
            found = compare(opened, theirs.name if theirs else which, events, Wanted(**wanted), as_of=as_of)
            if form == "json":
                for row in comparison_rows(found):
                    click.echo(msgspec.json.encode(row).decode())
            else:
                for line in comparison_lines(found):
                    click.echo(line)
            if out is not None:
                with new_folder(out):
                    write_comparison(opened, found, theirs, Order((), Wanted(**wanted), as_of), out)
        return 0

    return asked(task)


def write_comparison(
    register: Register, found: Compared, theirs: Dataset | None, order: Order, out: Path
) -> None:
    """Write a comparison into a folder as a table, a page and JSON, with a manifest of them and of the data set."""
    comparison_csv(found, out / "comparison.csv")
    (out / "comparison.html").write_text(comparison_html(found), encoding="utf-8")
    rows = comparison_rows(found)
    (out / "comparison.jsonl").write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
    with register.reading() as connection:
        edition = edition_of(connection, order, moment_of(order.as_of))
    counts = {o: sum(p.outcome == o for p in found.pairs) for o in ("agree", "differ", "ours", "theirs")}
    more = {
        "dataset": msgspec.to_builtins(theirs) if theirs else {"name": found.dataset},
        "pairs": counts, "outside": found.outside, "broken": len(found.broken),
        "note": "What is theirs is shown beside ours, and is no part of this record.",
    }  # fmt: skip
    write_manifest(out / "manifest.json", edition, files_of(out), more)


def _theirs(
    register: Register, which: str, file: Path | None, as_of: str | None
) -> tuple[Dataset | None, list[Published]]:
    if file is None:
        found = dataset(register, which, as_of=as_of)
        return found, events_of(register, found)
    if which not in KINDS:
        raise UsageError(f"compare: no kind '{which}' - there are: {', '.join(KINDS)}")
    return None, read_published(which, file)


def _list(found: list[Dataset], form: str | None) -> int:
    for one in found:
        if form == "json":
            click.echo(msgspec.json.encode(one).decode())
        else:
            broken = f", {one.broken:,} broken" if one.broken else ""
            click.echo(
                harmless(f"{one.id}  {one.kind:8}{one.at[:10]}  {one.events:,} events{broken}  {one.name}")
            )
    if not found and form != "json":
        click.echo("no data set was brought in yet: tollbook import ged FILE")
    return 0


__all__ = ["show_compared", "show_import", "write_comparison"]
