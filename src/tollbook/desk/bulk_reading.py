"""bulk_reading: many sources -> readings, in order, on as many cores as asked, in flat memory."""

import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace

from tollbook.desk.language import in_its_language
from tollbook.errors import Problem
from tollbook.model.reading import Reading
from tollbook.pipeline import read_report
from tollbook.sources import Options, Received, open_sources

Result = Reading | Problem
_BATCH = 16  # reports that travel to a worker together
_WAITING = 4  # batches in flight for each worker: enough to keep it busy, few enough to stay small


def readings_of(
    names: Sequence[str], options: Options, *, profile: str = "house", jobs: int = 1
) -> Iterator[Result]:
    """Yield a reading or a Problem for each item of the sources, in their order.

    `jobs` processes read at once (0: one a core). What cannot be read never stops the rest.
    """
    items = open_sources(names, options)
    workers = jobs or os.cpu_count() or 1
    said = options.language is not None
    if workers == 1:
        for item in items:
            yield read_item(item, profile, said=said)
        return
    yield from _parallel(items, profile, workers, said)


def read_item(item: Received | Problem, profile: str, *, said: bool) -> Result:
    """Read one received report; a fault of our own becomes a Problem too, so that the rest goes on.

    `said` tells that the user named the language.
    """
    if isinstance(item, Problem):
        return item
    try:
        reading = read_report(in_its_language(item.report, said=said), profile=profile)
    except Exception as fault:  # the one broad except: around one item, at the desk
        return Problem(
            item.where, f"could not be read, which is a fault of Tollbook's: {fault!r}"[:500], item.report.ref
        )
    return replace(reading, warnings=(*item.warnings, *reading.warnings)) if item.warnings else reading


def _parallel(
    items: Iterator[Received | Problem], profile: str, workers: int, said: bool
) -> Iterator[Result]:
    pool = _Pool(workers, profile, said)
    try:
        waiting: deque[_Sent] = deque()
        batch: list[Received | Problem] = []
        for item in items:
            batch.append(item)
            if len(batch) == _BATCH:
                waiting.append(pool.send(batch))
                batch = []
            if len(waiting) >= workers * _WAITING:
                yield from pool.results(waiting.popleft())
        if batch:
            waiting.append(pool.send(batch))
        while waiting:
            yield from pool.results(waiting.popleft())
    finally:
        pool.close()


@dataclass(frozen=True, slots=True)
class _Sent:
    """A batch at work: what was sent, and what will come of it."""

    batch: Sequence[Received | Problem]
    future: Future[list[Result]]


class _Pool:
    """Workers that read batches; one that dies, as for want of memory, costs the report that it died of and no other."""

    def __init__(self, workers: int, profile: str, said: bool) -> None:
        self._workers, self._profile, self._said = workers, profile, said
        self._pool = self._new(workers)

    def send(self, batch: Sequence[Received | Problem]) -> _Sent:
        """Give a batch to the next free worker."""
        try:
            future = self._pool.submit(_read_batch, batch, self._profile, self._said)
        except BrokenProcessPool:
            self.close()
            self._pool = self._new(self._workers)
            future = self._pool.submit(_read_batch, batch, self._profile, self._said)
        return _Sent(batch, future)

    def results(self, sent: _Sent) -> list[Result]:
        """Wait for what came of a batch; where its worker died, read its reports one by one."""
        try:
            return sent.future.result()
        except BrokenProcessPool:
            return [self._alone(item) for item in sent.batch]

    def close(self) -> None:
        """Let the workers go, whatever still waits."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _alone(self, item: Received | Problem) -> Result:
        """Read one item in a process of its own."""
        pool = self._new(1)
        try:
            return pool.submit(_read_batch, [item], self._profile, self._said).result()[0]
        except BrokenProcessPool:
            where, ref = (
                (item.where, item.ref) if isinstance(item, Problem) else (item.where, item.report.ref)
            )
            return Problem(
                where, "reading it ended its process, as when memory runs out - split the text", ref
            )
        finally:
            pool.shutdown(wait=False, cancel_futures=True)

    @staticmethod
    def _new(workers: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(workers, initializer=_heed_no_interrupt)


def _heed_no_interrupt() -> None:
    """Leave Ctrl-C to the process that the user sees: it lets the workers go."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _read_batch(batch: Sequence[Received | Problem], profile: str, said: bool) -> list[Result]:
    return [read_item(item, profile, said=said) for item in batch]
