"""watch_register: feeds -> the register, as they bring something, until a signal."""

import getpass
import hashlib
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from tollbook.desk.keeping import Tally, add_received
from tollbook.desk.receiving import options_of
from tollbook.desk.watch_readings import stopped_by_signal, watch
from tollbook.desk.watching import Item, Plan
from tollbook.errors import RegisterError, TollbookError, VersionError
from tollbook.register.engine import is_server, shown
from tollbook.register.register import Register, name_of
from tollbook.writers.words import number_of

_AGAIN = 60.0  # seconds after which a register that could not be written is tried again


def watch_register(
    feeds: Sequence[str],
    register: str | None,
    *,
    every: float,
    once: bool,
    state: Path | None,
    seed: int,
    by: str | None,
    quiet: bool = False,
    **said: Any,
) -> int:
    """Add what feeds bring to a register, which is made where there is none; return the exit status.

    A register that cannot be written for the moment is tried again every minute, and nothing is taken as added before it
    is; with `once` that ends the command. `said` is what `options_of` takes.
    """
    try:
        options = options_of(**said)
        name = name_of(register)
        plan = Plan(every, state or memory_of(name), once, seed)
        with Register(name, create=True) as opened, stopped_by_signal() as stop:
            keep = _Keeper(opened, by or user(), options.language is not None, None if once else stop, quiet)
            watch(feeds, options, plan, keep, stop, quiet=quiet)
            return 1 if once and keep.failed else 0
    except TollbookError as problem:
        click.echo(f"Error: {problem}", err=True)
        return 2


def memory_of(name: str) -> Path:
    """Return where a watch for a register remembers: beside it, or in this folder for one on a server."""
    if not is_server(name):
        return Path(f"{name}.watch.json")
    return Path(f"tollbook-{hashlib.sha256(shown(name).encode()).hexdigest()[:8]}.watch.json")


def user() -> str:
    """Return who is at the keyboard, for the log; "somebody" where the system does not say."""
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "somebody"


class _Keeper:
    """Adds what it is given to a register, and tells what that changed."""

    def __init__(
        self, register: Register, by: str, said: bool, stop: threading.Event | None, quiet: bool
    ) -> None:
        self._register, self._by, self._said, self._stop, self._quiet = register, by, said, stop, quiet
        self.failed = False

    def __call__(self, items: Sequence[Item]) -> None:
        tally = self._patiently(lambda: self._add(items))
        for problem in tally.problems:
            self.failed = True
            click.echo(f"not read: {problem.where}: {problem.what}", err=True)
        if tally.added and not self._quiet:
            more = f", {tally.versions:,} a new version" if tally.versions else ""
            click.echo(f"added: {items[0].where}: {number_of(tally.claims, 'claim')}{more}", err=True)

    def _add(self, items: Sequence[Item]) -> Tally:
        return list(add_received(self._register, iter(items), by=self._by, said=self._said))[-1]

    def _patiently(self, task: Callable[[], Tally]) -> Tally:
        while True:
            try:
                return task()
            except VersionError:
                raise
            except RegisterError as problem:
                if self._stop is None:
                    raise
                click.echo(f"not added, tried again in {_AGAIN:g} seconds: {problem}", err=True)
                if self._stop.wait(_AGAIN):
                    raise
