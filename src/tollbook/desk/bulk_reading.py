"""bulk_reading: many sources -> readings, in order, on as many cores as asked, in flat memory."""

import os
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace

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
    with ProcessPoolExecutor(workers) as pool:
        waiting: deque[Future[list[Result]]] = deque()
        batch: list[Received | Problem] = []
        for item in items:
            batch.append(item)
            if len(batch) == _BATCH:
                waiting.append(pool.submit(_read_batch, batch, profile, said))
                batch = []
            if len(waiting) >= workers * _WAITING:
                yield from waiting.popleft().result()
        if batch:
            waiting.append(pool.submit(_read_batch, batch, profile, said))
        while waiting:
            yield from waiting.popleft().result()


def _read_batch(batch: Sequence[Received | Problem], profile: str, said: bool) -> list[Result]:
    return [read_item(item, profile, said=said) for item in batch]
