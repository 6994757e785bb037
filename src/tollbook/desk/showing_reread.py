"""showing_reread: reading all reports anew at the keyboard: how far it is, what it found, what was taken over."""

import sys
from collections.abc import Iterator

import click

from tollbook.desk.rereading import compare, found_by, take_over
from tollbook.desk.showing import asked, print_lines, user
from tollbook.desk.working import begin, note
from tollbook.errors import UsageError
from tollbook.model.rereading import Difference, Standing, Sum
from tollbook.register.register import Register, name_of
from tollbook.writers.words import number_of


def show_reread(
    register: str | None,
    *,
    take_over: bool,
    reason: str,
    by: str | None,
    limit: int,
    form: str | None,
    quiet: bool,
) -> int:
    """Read all reports anew, print what is another, and take it over where that is asked for."""
    taking = take_over

    def task() -> int:
        if taking and not reason.strip():
            raise UsageError("reread: why? - give --reason, which is kept with each change")
        with Register(name_of(register)) as opened:
            job = begin(opened, "compare", "Comparison: all reports read anew", {}, by=by or user())
            last = _watched(compare(opened, job.id), quiet=quiet)
            note(opened, job.id, "done", last)
            summed, fields, found = found_by(opened, job.id, limit=limit)
            if form == "json":
                print_lines([summed, *found])
            else:
                _print(summed, fields, found, last)
            unread = last.unread
            if taking and summed.reports:
                last = _watched(_taking(opened, job.id, by or user(), reason), quiet=quiet)
                click.echo(f"{number_of(last.done, 'report')} taken over", err=form == "json")
                unread += last.unread
            for where, what in last.problems:
                click.echo(f"left as it was: {where}: {what}", err=True)
        return 1 if unread else 0

    return asked(task)


def _taking(opened: Register, job: str, by: str, reason: str) -> Iterator[Standing]:
    return take_over(opened, job, by=by, reason=reason)


def _watched(work: Iterator[Standing], *, quiet: bool) -> Standing:
    """Do work and say on a terminal how far it is; return how it ended."""
    shown = not quiet and sys.stderr.isatty()
    last = Standing()
    for last in work:
        if shown:
            click.echo(
                f"\r{last.done:,} of {number_of(last.total or 0, 'report')}".ljust(79), nl=False, err=True
            )
    if shown:
        click.echo("\r" + " " * 79 + "\r", nl=False, err=True)
    return last


def _print(summed: Sum, fields: dict[str, int], found: list[Difference], last: Standing) -> None:
    click.echo(
        f"{number_of(last.done, 'report')} read anew; {summed.reports:,} differ: "
        f"claims gained {summed.gained:,}, lost {summed.lost:,}, "
        f"changed {summed.changed:,}, kept by a decision {summed.kept:,}"
    )
    if fields:
        click.echo("changed in: " + ", ".join(f"{name} {n:,}" for name, n in fields.items()))
    for one in found:
        click.echo(
            f"\n{one.report[:12]}  {one.title or ''}  {one.publisher or ''} {(one.published or '')[:10]}".rstrip()
        )
        for claim in one.claims:
            parts = "; ".join(f"{p.name}: {p.before or '–'} -> {p.after or '–'}" for p in claim.parts)
            click.echo(
                f"  {claim.fate:8} {claim.harm}  “{claim.quote[:90]}”" + (f"  ({parts})" if parts else "")
            )
    if len(found) < summed.reports:
        click.echo(f"\n… and {summed.reports - len(found):,} more reports: --limit shows them")


__all__ = ["show_reread"]
