"""showing: a command about the register -> one question to the desk, and its answer on standard output.

Every function returns the exit status: 0 done, 1 something is broken or could not be read, 2 wrong usage or no register.
"""

import getpass
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import Any, BinaryIO

import click
import msgspec
from rich.console import Console

from tollbook.desk import adding_up, asking, deciding, remembering
from tollbook.desk.keeping import Tally, add
from tollbook.desk.receiving import options_of
from tollbook.desk.verifying import verify
from tollbook.errors import TollbookError
from tollbook.model.answer import Wanted
from tollbook.register.register import Register, name_of, upgraded
from tollbook.writers import answers
from tollbook.writers.words import number_of

_JSON = msgspec.json.Encoder()


def asked(task: Callable[[], int]) -> int:
    """Do a task; say an error in its own words and return 2."""
    try:
        return task()
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except TollbookError as problem:
        click.echo(f"Error: {problem}", err=True)
        return 2


def answer_console() -> Console:
    """Return where answers go: as wide as the terminal, 80 columns into a file or pipe unless COLUMNS says otherwise."""
    wide = sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return Console(highlight=False, width=None if wide else 80)


def print_lines(values: Iterable[Any]) -> None:
    """Print values as JSON, one a line."""
    for value in values:
        click.echo(_JSON.encode(value).decode())


def user() -> str:
    """Return who is at the keyboard, for the log; "somebody" where the system does not say."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "somebody"


def show_add(
    sources: Sequence[str],
    register: str | None,
    *,
    jobs: int,
    by: str | None,
    form: str | None,
    quiet: bool,
    stdin: BinaryIO | None,
    **options: Any,
) -> int:
    """Add sources to a register, which is made where there is none; say how it goes and how it went."""

    def task() -> int:
        given = options_of(stdin=stdin, **options)
        last = Tally()
        with Register(name_of(register), create=True) as opened:
            told = 0
            for last in add(opened, sources, given, by=by or user(), jobs=jobs):
                for problem in last.problems[told:]:
                    click.echo(f"not read: {problem.where}: {problem.what}", err=True)
                told = len(last.problems)
                if not quiet and sys.stderr.isatty():
                    click.echo(f"\r{_so_far(last)}".ljust(79), nl=False, err=True)
            if not quiet and sys.stderr.isatty():
                click.echo("\r" + " " * 79 + "\r", nl=False, err=True)
        _said(last, name_of(register), form, quiet=quiet)
        return 1 if last.problems else 0

    return asked(task)


def _so_far(tally: Tally) -> str:
    return f"{number_of(tally.added, 'report')} added, {tally.known:,} known already, {number_of(tally.claims, 'claim')}"


def _said(tally: Tally, name: str, form: str | None, *, quiet: bool) -> None:
    if form == "json":
        return print_lines([{
            "added": tally.added, "versions": tally.versions, "known": tally.known, "claims": tally.claims,
            "problems": [{"where": p.where, "error": p.what, "ref": p.ref} for p in tally.problems],
        }])  # fmt: skip
    parts = [f"{number_of(tally.added, 'report')} added with {number_of(tally.claims, 'claim')}"]
    parts += [f"{tally.versions:,} of them new versions of a page"] if tally.versions else []
    parts += [f"{tally.known:,} there already"] if tally.known else []
    parts += [f"{len(tally.problems):,} not read"] if tally.problems else []
    click.echo("; ".join(parts))
    if tally.added and not quiet:
        from tollbook.register.engine import shown  # noqa: PLC0415  # only the last line names it

        click.echo(f"in {shown(name)}: see tollbook incidents", err=True)
    return None


def show_incidents(
    register: str | None,
    *,
    as_of: str | None,
    profile: str,
    form: str | None,
    order: str,
    limit: int,
    page: int,
    **wanted: Any,
) -> int:
    """List incidents, a page at a time."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            found = asking.incidents(
                opened, Wanted(**wanted), as_of=as_of, profile=profile, order=order, limit=limit,
                offset=(page - 1) * limit,
            )  # fmt: skip
            names = asking.short_ids(opened, [line.id for line in found.lines])
        if form == "json":
            print_lines(found.lines)
        else:
            answers.write_incidents(found, answer_console(), f"--page {page + 1} shows more", names)
        return 0

    return asked(task)


def show_incident(register: str | None, id: str, *, as_of: str | None, profile: str, form: str | None) -> int:
    """Show one incident with everything behind it."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            card = asking.incident(opened, id, as_of=as_of, profile=profile)
        if form == "json":
            print_lines([card])
        else:
            answers.write_incident(card, answer_console())
        return 0

    return asked(task)


def show_toll(
    register: str | None,
    by: Sequence[str],
    *,
    as_of: str | None,
    profile: str,
    form: str | None,
    **wanted: Any,
) -> int:
    """Add up incidents by groups."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            table = adding_up.toll(opened, by, Wanted(**wanted), as_of=as_of, profile=profile)
        if form == "json":
            print_lines([table])
        else:
            answers.write_toll(table, answer_console())
        return 0

    return asked(task)


def show_search(
    register: str | None, words: Sequence[str], *, as_of: str | None, form: str | None, limit: int
) -> int:
    """Find reports by their words."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            hits = asking.search(opened, " ".join(words), limit=limit, as_of=as_of)
        if form == "json":
            print_lines(hits)
        else:
            answers.write_hits(hits, answer_console())
        return 0

    return asked(task)


def show_origins(
    register: str | None, words: str | None, *, as_of: str | None, form: str | None, limit: int
) -> int:
    """List the voices that give figures."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            found = asking.origins(opened, words, limit=limit, as_of=as_of)
        if form == "json":
            print_lines(found)
        else:
            answers.write_origins(found, answer_console())
        return 0

    return asked(task)


def show_conflicts(
    register: str | None, *, as_of: str | None, form: str | None, limit: int, **wanted: Any
) -> int:
    """List what disagrees."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            found = asking.conflicts(opened, Wanted(**wanted), limit=limit, as_of=as_of)
        if form == "json":
            print_lines(found)
        else:
            answers.write_conflicts(found, answer_console())
        return 0

    return asked(task)


def show_history(register: str | None, id: str, *, as_of: str | None, profile: str, form: str | None) -> int:
    """List each value that an incident's tolls had."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            steps = remembering.history(opened, id, as_of=as_of, profile=profile)
        if form == "json":
            print_lines(steps)
        else:
            answers.write_history(steps, answer_console())
        return 0

    return asked(task)


def show_merge(register: str | None, ids: Sequence[str], *, reason: str, by: str | None) -> int:
    """Say that incidents are one."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            review = deciding.merge(opened, ids, by=by or user(), reason=reason)
            led = asking.incident(opened, review.targets[0]).incident.id
        click.echo(
            f"merged into {led} by decision {review.id} - take it back with: tollbook undo {review.id}"
        )
        return 0

    return asked(task)


def show_split(register: str | None, id: str, claims: Sequence[str], *, reason: str, by: str | None) -> int:
    """Say that claims of an incident are another event."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            review = deciding.split(opened, id, claims, by=by or user(), reason=reason)
            made = asking.holding(opened, review.targets[0])
        click.echo(
            f"split off as {made} by decision {review.id} - take it back with: tollbook undo {review.id}"
        )
        return 0

    return asked(task)


def show_undo(register: str | None, review: str, *, reason: str, by: str | None) -> int:
    """Take a decision back."""

    def task() -> int:
        with Register(name_of(register)) as opened:
            done = deciding.undo(opened, review, by=by or user(), reason=reason)
        click.echo(f"{review} is taken back by decision {done.id}")
        return 0

    return asked(task)


def show_verified(register: str | None, *, recount: bool, form: str | None, quiet: bool) -> int:
    """Check a register, and say what is broken."""

    def step(kind: str, number: int) -> None:
        click.echo(f"\r{number:,} {kind} checked".ljust(60), nl=False, err=True)

    def task() -> int:
        watched = not quiet and sys.stderr.isatty()
        with Register(name_of(register)) as opened:
            found = verify(opened, recount=recount, step=step if watched else None)
        if watched:
            click.echo("\r" + " " * 60 + "\r", nl=False, err=True)
        if form == "json":
            print_lines([found])
        else:
            answers.write_verified(found, answer_console())
        return 1 if found.faults else 0

    return asked(task)


def show_upgrade(register: str | None) -> int:
    """Bring a register to this version."""

    def task() -> int:
        with upgraded(name_of(register)) as (before, after):
            pass
        same = f"the tables are of version {after} already: nothing to do"
        click.echo(same if before == after else f"upgraded from version {before} to {after}")
        return 0

    return asked(task)
