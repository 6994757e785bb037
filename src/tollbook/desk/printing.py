"""printing: sources -> readings -> standard output, in the form asked for."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from tollbook.desk.bulk_reading import Result, readings_of
from tollbook.desk.progress import Progress
from tollbook.desk.receiving import options_of
from tollbook.errors import Problem, TollbookError, UsageError
from tollbook.model.reading import Reading


def print_readings(
    sources: Sequence[str],
    *,
    profile: str = "house",
    form: str | None = None,
    html: Path | None = None,
    jobs: int = 1,
    quiet: bool = False,
    **said: Any,
) -> int:
    """Read sources and print them; return the exit status: 0 all read, 1 some not, 2 wrong usage.

    `said` is what `options_of` takes.
    """
    try:
        options = options_of(**said, keep=False)
    except UsageError as problem:
        click.echo(f"Error: {problem}", err=True)
        return 2
    results = Progress(readings_of(sources, options, profile=profile, jobs=jobs), quiet=quiet)
    try:
        if html is not None:
            return _page(results, html)
        if form == "json":
            return _lines(results)
        if form == "csv":
            return _table(results)
        return _people(results)
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except TollbookError as problem:
        click.echo(f"Error: {problem}", err=True)
        return 2


def _told(problem: Problem) -> None:
    click.echo(f"not read: {problem.where}: {problem.what}", err=True)


def _lines(results: Iterable[Result]) -> int:
    from tollbook.writers.json import error_json, to_json  # noqa: PLC0415  # each form loads its own writer

    out, failed = sys.stdout.buffer, 0
    for result in results:
        if isinstance(result, Problem):
            failed = 1
            _told(result)
            out.write(error_json(result) + b"\n")
        else:
            out.write(to_json(result) + b"\n")
    out.flush()
    return failed


def _table(results: Iterable[Result]) -> int:
    from tollbook.writers.csv import write_csv  # noqa: PLC0415  # as above

    failures: list[Problem] = []
    sys.stdout.reconfigure(newline="")  # type: ignore[union-attr]  # standard output is a text stream here
    write_csv(_only_readings(results, failures), sys.stdout)
    return 1 if failures else 0


def _page(results: Iterable[Result], file: Path) -> int:
    from tollbook.writers.html import to_html  # noqa: PLC0415  # as above

    failures: list[Problem] = []
    readings = list(_only_readings(results, failures))
    if not readings:
        return 1
    file.write_text(to_html(readings), encoding="utf-8")
    click.echo(f"{len(readings):,} report{'s' if len(readings) > 1 else ''} written to {file}", err=True)
    return 1 if failures else 0


def _only_readings(results: Iterable[Result], failures: list[Problem]) -> Iterator[Reading]:
    for result in results:
        if isinstance(result, Problem):
            failures.append(result)
            _told(result)
        else:
            yield result


def _people(results: Iterable[Result]) -> int:
    from rich.console import Console  # noqa: PLC0415  # as above

    from tollbook.writers.terminal import write_problem, write_terminal  # noqa: PLC0415  # as above

    console = Console(highlight=False, width=None if sys.stdout.isatty() else 80, soft_wrap=False)
    errors = Console(stderr=True, highlight=False)
    failed = count = 0
    for result in results:
        if isinstance(result, Problem):
            failed = 1
            write_problem(result, errors)
            continue
        if count:
            console.rule(style="bold")
        count += 1
        write_terminal(result, console)
    return failed
