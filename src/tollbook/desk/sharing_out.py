"""sharing_out: the incidents of an export -> what its formats say of each, worded by several processes, in their order.

Each process reads the register for itself. That all see the same is not left to chance: what is written is written with an
entry of the log, so where the newest entry is the same, everything is; a process that finds another one says so, and its
share is worded by the process that asked.
"""

import gc
import marshal
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from tollbook.desk.folios import MANY, Needs, Order, folios_of
from tollbook.desk.formats import load_formats
from tollbook.model.folio import Edition
from tollbook.register import neighbours, stream
from tollbook.register.engine import sparing
from tollbook.register.register import Register

_FEW = 8 * MANY  # incidents that are worded sooner than processes begin
_AHEAD = 2  # shares that wait beside those in work
_DONE = object()
HeldBy = Mapping[str, str | None]  # incidents, each with the wider one that it is counted in
Told = tuple[
    str, dict[str, tuple[Any, tuple[str, ...]]]
]  # incident -> format -> what it says, what it cannot say


@dataclass(frozen=True, slots=True)
class Job:
    """An export: of which register, what, with which rule for each format."""

    register: str
    order: Order
    moment: str
    edition: Edition
    rules: Mapping[str, str]
    needs: Needs


def can_share(job: Job, incidents: int) -> bool:
    """Tell whether several processes should word so many incidents: all formats must tell what they write from writing it."""
    classes = load_formats(list(job.rules)).values()
    return (
        bool(job.register)
        and incidents > _FEW
        and (os.cpu_count() or 1) > 1
        and all(hasattr(made, "told") and hasattr(made, "put") for made in classes)
    )


def shared_out(
    connection: Connection, job: Job, shares: Iterable[HeldBy], rest: Iterator[None]
) -> Iterator[Told]:
    """Yield what the formats of an export say of its incidents, share by share in their order.

    While there is none to yield, this process takes steps of the `rest` of its work.
    """
    classes = load_formats(list(job.rules)).values()
    heavy = any(getattr(made, "heavy", False) for made in classes)  # this process has enough to do
    workers = max(1, (os.cpu_count() or 1) - heavy)
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, context, _begin, (job,)) as pool:
        waiting: deque[tuple[HeldBy, Future[bytes]]] = deque()
        for share in shares:
            waiting.append((share, pool.submit(_in_a_process, dict(share))))
            if len(waiting) >= workers + _AHEAD:
                yield from _taken(connection, job, rest, *waiting.popleft())
        while waiting:
            yield from _taken(connection, job, rest, *waiting.popleft())


def _taken(
    connection: Connection, job: Job, rest: Iterator[None], share: HeldBy, future: Future[bytes]
) -> Iterator[Told]:
    while not future.done() and next(rest, _DONE) is not _DONE:
        pass
    said = future.result()
    yield from marshal.loads(said) if said else worded(connection, job, share)


def worded(connection: Connection, job: Job, share: HeldBy) -> Iterator[Told]:
    """Yield what the formats say of some incidents."""
    classes = load_formats(list(job.rules))
    decisions = neighbours.reviews(connection, as_of=job.moment)
    for folio in folios_of(connection, share, job.order, job.moment, job.needs, decisions):
        id = next(iter(folio.values())).card.incident.id
        yield (
            id,
            {
                name: made.told(folio[job.rules[name]], job.edition)  # type: ignore[attr-defined]  # asked by can_share
                for name, made in classes.items()
            },
        )


class _Worker:
    """What one process holds while it lives: the export, and its view of the register; None where that has moved on."""

    job: Job | None = None
    connection: Connection | None = None
    open = ExitStack()


def _begin(job: Job) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that asked hears it, and ends this one
    gc.disable()  # as in the process that asked: see `publishing.without_cycles`
    register = _Worker.open.enter_context(Register(job.register))
    connection = _Worker.open.enter_context(register.reading())
    _Worker.open.enter_context(sparing(connection))
    _Worker.job = job
    if stream.head_of(connection, job.moment)[0] == job.edition.head:
        _Worker.connection = connection


def _in_a_process(share: HeldBy) -> bytes:
    """Return what the formats say, packed; nothing where this process sees another state of the register."""
    if _Worker.job is None or _Worker.connection is None:
        return b""
    return marshal.dumps(list(worded(_Worker.connection, _Worker.job, share)))


__all__ = ["Job", "can_share", "shared_out", "worded"]
