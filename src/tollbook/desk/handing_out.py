"""handing_out: a command that publishes -> files, and what was written on standard output."""

import sys
from pathlib import Path
from typing import Any

import click
import msgspec

from tollbook.desk.brief_files import FORMS, brief_bytes, write_brief
from tollbook.desk.briefing import brief
from tollbook.desk.folders import write_file
from tollbook.desk.methodology import methodology
from tollbook.desk.publishing import Exported, Order, export
from tollbook.desk.restoring import restore
from tollbook.desk.showing import asked
from tollbook.errors import UsageError
from tollbook.model.answer import Wanted
from tollbook.register.register import Register, name_of
from tollbook.writers.method_markdown import method_markdown
from tollbook.writers.words import number_of


def show_export(
    formats: tuple[str, ...], register: str | None, *, as_of: str | None, profile: str | None, review: str,
    redact: tuple[str, ...], hxl: bool, out: Path, form: str | None, quiet: bool, **wanted: Any,
) -> int:  # fmt: skip
    """Write an export and say what it holds."""

    def step(count: int) -> None:
        click.echo(f"\r{number_of(count, 'incident')} written".ljust(60), nl=False, err=True)

    def task() -> int:
        watched = not quiet and sys.stderr.isatty()
        order = Order(formats, Wanted(**wanted), as_of, profile, review, redact, hxl)
        with Register(name_of(register)) as opened:
            done = export(opened, order, out, step if watched else None)
        if watched:
            click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
        if form == "json":
            click.echo(msgspec.json.encode(done).decode())
        else:
            _say(done)
        return 0

    return asked(task)


def _say(done: Exported) -> None:
    click.echo(f"{number_of(done.incidents, 'incident')} in {done.folder}")
    for name, number in done.written:
        left = done.incidents - number
        click.echo(f"  {name}: {number:,}" + (f", {left:,} left out" if left else ""))
    if done.losses:
        click.echo(
            f"what these formats cannot say of each incident: {done.folder}/losses.csv ({done.losses:,} lines)"
        )


def show_brief(
    id: str | None, register: str | None, *, as_of: str | None, profile: str, review: str, redact: tuple[str, ...],
    form: str | None, out: Path | None, **wanted: Any,
) -> int:  # fmt: skip
    """Write a brief to a file, or as text to standard output; the form follows from the file's name where none is given."""

    def task() -> int:
        kind = form or (out.suffix.lstrip(".").lower().replace("htm", "html")[:4] if out else "md")
        if kind not in FORMS:
            raise UsageError(f"--format: '{kind}' is none - there are: {', '.join(FORMS)}")
        if out is None and kind in ("pdf", "docx"):
            raise UsageError(f"brief: {kind} is no text - give a file with --out")
        order = Order((), Wanted(**wanted), as_of, profile, review, redact)
        with Register(name_of(register)) as opened:
            made = brief(opened, id, order)
        if out is None:
            sys.stdout.buffer.write(brief_bytes(made, kind))
            sys.stdout.buffer.flush()
        else:
            write_brief(made, kind, out)
        return 0

    return asked(task)


def show_methodology(register: str | None, out: Path | None) -> int:
    """Write how the record is made, to a file or to standard output."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            page = method_markdown(methodology(opened))
        if out is None:
            click.echo(page, nl=False)
        else:
            write_file(out, page.encode())
        return 0

    return asked(task)


def show_restored(register: str | None, folder: Path) -> int:
    """Make a register again from an export."""

    def task() -> int:
        with Register(name_of(register), create=True) as opened:
            counts = restore(opened, folder)
        click.echo(
            f"{number_of(counts['report'], 'report')} with {number_of(counts['claim'], 'claim')} restored in "
            f"{name_of(register)}; "
            "copy the folder of originals beside it, then: tollbook verify"
        )
        return 0

    return asked(task)
