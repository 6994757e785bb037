"""printing: sources -> readings -> standard output, in the form asked for."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from tollbook.desk.bulk_reading import Result, readings_of
from tollbook.desk.folders import replace_file
from tollbook.desk.progress import Progress, size_of
from tollbook.desk.receiving import options_of
from tollbook.errors import Problem, TollbookError, UsageError
from tollbook.model.reading import Reading
from tollbook.sources import Meter

_INTERRUPTED = 130  # what a shell expects of a command that Ctrl-C ended


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
    """Read sources and print them; return the exit status: 0 all read, 1 some not, 2 wrong usage, 130 interrupted.

    `said` is what `options_of` takes. A reader that goes away ("| head") ends the work and is no error.
    """
    meter = Meter()
    try:
        _check_forms(form, html)
        options = options_of(**said, keep=False, meter=meter)
        results = Progress(
            readings_of(sources, options, profile=profile, jobs=jobs),
            share=_share_of(sources, meter),
            quiet=quiet or (form is None and html is None and sys.stdout.isatty()),
        )
        if html is not None:
            return _page(results, html)
        return {"json": _lines, "csv": _table}.get(form or "", _people)(results)
    except BrokenPipeError:
        _close_output()
        return 0
    except TollbookError as problem:
        click.echo(f"Error: {problem}", err=True)
        return 2
    except OSError as problem:
        click.echo(f"Error: the output cannot be written: {problem.strerror or problem}", err=True)
        _close_output()
        return 1
    except KeyboardInterrupt:
        click.echo("interrupted; what was printed is whole", err=True)
        return _INTERRUPTED


def _check_forms(form: str | None, html: Path | None) -> None:
    """Raise UsageError where the output cannot be what was asked for, before an hour is spent on reading."""
    if html is None:
        return
    if form is not None:
        raise UsageError(f"--{form} and --html were both given - give one, and call again for the other")
    if not html.parent.is_dir():
        raise UsageError(f"--html {html}: there is no folder {html.parent} - make it, or give another FILE")
    if not os.access(html if html.exists() else html.parent, os.W_OK):
        raise UsageError(f"--html {html}: may not be written - give another FILE")


def _share_of(sources: Sequence[str], meter: Meter) -> Callable[[], float | None]:
    """Return a function that tells how much of the sources was read; their size is asked for when it is called first."""
    sizes: list[int | None] = []

    def share() -> float | None:
        if not sizes:
            sizes.append(size_of(sources))
        return meter.done / sizes[0] if sizes[0] else None

    return share


def _close_output() -> None:
    """Let nothing be written to a standard output that takes nothing, at the end of the process either."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _prepare(**how: str) -> None:
    """Make standard output take every character, shown as "?" where its encoding has none."""
    sys.stdout.reconfigure(errors="replace", **how)  # type: ignore[union-attr]  # it is a text stream here


def _told(problem: Problem) -> None:
    from tollbook.writers.words import problem_words  # noqa: PLC0415  # as below

    click.echo(problem_words(problem), err=True)


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
    _prepare(newline="", encoding="utf-8")
    write_csv(_only_readings(results, failures), sys.stdout)
    return 1 if failures else 0


def _page(results: Iterable[Result], file: Path) -> int:
    from tollbook.writers.html import to_html  # noqa: PLC0415  # as above

    failures: list[Problem] = []
    readings = list(_only_readings(results, failures))
    if not readings:
        return 1
    replace_file(file, to_html(readings).encode())
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

    class Paper(Console):
        """A console that tells when its reader has gone, as any other file does."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    _prepare()
    console = Paper(highlight=False, width=None if sys.stdout.isatty() else 80, soft_wrap=False)
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
