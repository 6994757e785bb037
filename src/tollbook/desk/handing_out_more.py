"""handing_out_more: the command that writes a site -> the site, and what it holds on standard output."""

import sys
from pathlib import Path
from typing import Any

import click

from tollbook.desk.showing import asked
from tollbook.desk.siting import SiteOrder, site
from tollbook.model.answer import Wanted
from tollbook.register.register import Register, name_of
from tollbook.writers.words import number_of


def show_site(
    register: str | None, *, as_of: str | None, profile: str, review: str, redact: tuple[str, ...], data: tuple[str, ...],
    title: str, out: Path, quiet: bool, **wanted: Any,
) -> int:  # fmt: skip
    """Write a site and say what it holds."""
    watched = not quiet and sys.stderr.isatty()

    def step(what: str, count: int, total: int) -> None:
        if watched and (count % 50 == 0 or count == total):
            click.echo(f"\r{what}: {count:,} of {number_of(total, 'incident')}".ljust(60), nl=False, err=True)

    def task() -> int:
        order = SiteOrder(Wanted(**wanted), as_of, profile, review, redact, data, title)
        with Register(name_of(register)) as opened:
            done = site(opened, order, out, step)
        if watched:
            click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
        click.echo(
            f"{number_of(done.incidents, 'incident')}, {number_of(done.files, 'file')}, {done.size / 1e6:,.1f} MB "
            f"in {done.folder}"
        )
        if "names" not in redact:
            click.echo("Names of people in the words of reports are not withheld: look before you publish.")
        click.echo(f"open {out / 'index.html'}")
        return 0

    return asked(task)
