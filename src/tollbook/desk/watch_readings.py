"""watch_readings: feeds -> readings on standard output as they come, until a signal."""

import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import click

from tollbook.desk.bulk_reading import read_item
from tollbook.desk.receiving import options_of
from tollbook.desk.watching import Consume, Item, Plan, Watcher, World
from tollbook.errors import Problem, UsageError
from tollbook.sources import Options

_MEMORY = Path("tollbook-print.watch.json")


def watch_readings(
    feeds: Sequence[str],
    *,
    every: float,
    once: bool,
    state: Path | None,
    seed: int,
    form: str | None = None,
    quiet: bool = False,
    **said: Any,
) -> int:
    """Watch feeds and print what is read; return the exit status. `said` is what `options_of` takes."""
    failed = False

    def consume(items: Sequence[Item]) -> None:
        nonlocal failed
        for item in items:
            failed |= _print(item, form, said=said.get("language") is not None)

    try:
        options = options_of(**said, keep=False)
        plan = Plan(every, state or _MEMORY, once, seed)
        with stopped_by_signal() as stop:
            watch(feeds, options, plan, consume, stop, quiet=quiet)
    except UsageError as problem:
        click.echo(f"Error: {problem}", err=True)
        return 2
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    return 1 if once and failed else 0


def watch(
    feeds: Sequence[str],
    options: Options,
    plan: Plan,
    consume: Consume,
    stop: threading.Event,
    *,
    quiet: bool = False,
) -> None:
    """Watch feeds until the event is set; what is at hand is finished and remembered."""

    def tell(words: str) -> None:
        if not quiet:
            click.echo(words, err=True)

    Watcher(feeds, options, plan, World(stop.wait, tell), consume).watch()


@contextmanager
def stopped_by_signal() -> Iterator[threading.Event]:
    """Yield an event that SIGINT and SIGTERM set; a second signal does what it always does."""
    stop = threading.Event()
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def asked(number: int, frame: FrameType | None) -> None:
        stop.set()
        signal.signal(number, before[signal.Signals(number)])

    for number in before:
        signal.signal(number, asked)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _print(item: Item, form: str | None, *, said: bool) -> bool:
    """Print one item; return whether it could not be read."""
    from tollbook.writers.json import error_json, to_json  # noqa: PLC0415  # loaded when there is something to write

    result = read_item(item, "house", said=said)
    if isinstance(result, Problem):
        click.echo(f"not read: {result.where}: {result.what}", err=True)
    if form == "json":
        line = error_json(result) if isinstance(result, Problem) else to_json(result)
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()
    elif not isinstance(result, Problem):
        report, count = result.report, len(result.claims)
        day = (report.published or "no date")[:10]
        title = report.title or " ".join(report.text.split())[:70]
        click.echo(
            f"{day}  {count:3} claim{'s' if count != 1 else ' '}  {title}  {report.url or ''}".rstrip()
        )
    return isinstance(result, Problem)
