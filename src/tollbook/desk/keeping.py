"""keeping: sources -> the register, in batches that are each kept whole or not at all.

Reading goes on in other processes while this one writes. What a batch changes is counted in the same transaction, so that
incidents and tolls are at every moment what the reports of that moment come to.
"""

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import chain
from multiprocessing.connection import wait

from sqlalchemy import Connection

from tollbook.desk.preparing import prepare, prepare_again, prepare_all
from tollbook.desk.recounting import find_copies, recount, sketches
from tollbook.errors import Problem
from tollbook.model.report import Report
from tollbook.model.version import VERSION
from tollbook.register import keep
from tollbook.register.incidents import Writer
from tollbook.register.moment import now
from tollbook.register.parcel import Added, Custody, Parcel, key_of, page_of
from tollbook.register.register import Register
from tollbook.register.sketch import Sketches
from tollbook.register.stories import claims_of
from tollbook.register.versions import Pages
from tollbook.sources import Options, Received, open_sources

PROGRAM = f"tollbook {VERSION}"
BATCH = 250  # reports that are kept together
_TRAVEL = 16  # reports that travel to a process together
_WAITING = 3  # such groups under way for each process
_MOST_BYTES = 32_000_000  # of originals that are in memory at once
_PATIENCE = (
    2.0  # seconds after which a batch is kept though it is not full: slow sources are seen as they come
)
Prepared = tuple[Parcel | Problem, Custody]


@dataclass(slots=True)
class Tally:
    """How an `add` went so far."""

    added: int = 0
    versions: int = 0
    known: int = 0
    claims: int = 0
    incidents: int = 0
    moved: int = 0
    problems: list[Problem] = field(default_factory=list)


def add(
    register: Register,
    sources: Sequence[str],
    options: Options,
    *,
    by: str = "",
    profile: str = "house",
    jobs: int = 1,
    batch: int = BATCH,
) -> Iterator[Tally]:
    """Add all reports of the sources; yield how it went after each batch that is kept.

    What is there already changes nothing; what cannot be read is a Problem of the tally, and the rest goes on. `jobs`
    processes read at once (0: one a core), `by` is who adds, for the log. Raises RegisterError where the register cannot be
    written: what was yielded before stands.
    """
    yield from add_received(register, open_sources(sources, options), by=by, profile=profile, jobs=jobs,
                            said=options.language is not None, batch=batch)  # fmt: skip


def add_received(
    register: Register,
    items: Iterator[Received | Problem],
    *,
    by: str = "",
    profile: str = "house",
    jobs: int = 1,
    said: bool = False,
    batch: int = BATCH,
) -> Iterator[Tally]:
    """Add reports as they are received; `said` tells that the user named their language. See `add`."""
    tally, memory = Tally(), sketches()
    waiting: list[tuple[Parcel, Custody]] = []
    since = time.monotonic()
    for parcel, custody in _prepared(register, items, tally, profile, jobs, said):
        if isinstance(parcel, Problem):
            tally.problems.append(parcel)
        else:
            waiting.append((parcel, custody))
        if len(waiting) >= batch or (waiting and time.monotonic() - since > _PATIENCE):
            keep_batch(register, waiting, tally, memory, by=by)
            yield tally
            waiting, since = [], time.monotonic()
    if waiting:
        keep_batch(register, waiting, tally, memory, by=by)
    yield tally


def keep_batch(
    register: Register,
    parcels: Sequence[tuple[Parcel, Custody]],
    tally: Tally,
    memory: Sketches,
    *,
    by: str = "",
    recorded: str | None = None,
) -> Added:
    """Keep parcels and count what they touch, in one transaction; `recorded` is the moment they count as known from."""
    with register.writing() as connection:
        at = now()
        total, parcels = len(parcels), _settled(connection, parcels)
        added = keep.keep(connection, parcels, at=at, by=by, program=PROGRAM, recorded=recorded)
        writer = Writer(at, by, PROGRAM, recorded or at)
        fresh = dict(zip(added.reports, _new(parcels, added), strict=True))
        moved = find_copies(connection, [(n, p.report.published, p.sketch) for n, p in fresh.items()], memory)
        retold = claims_of(connection, moved) | set(added.superseded) | set(added.claims)
        keys = " ".join(p.key for p in fresh.values() if not p.claims)[:64]
        changed = recount(
            connection, retold, writer, cause=f"report {keys}".strip(), fresh=added.claims, reports=added.keys
        )
    tally.added += len(added.reports)
    tally.known += total - len(added.reports)
    tally.claims += len(added.claims)
    tally.versions += added.versions
    tally.incidents += len(changed.new) - len(changed.gone)
    tally.moved += len(changed.moved)
    return added


def _settled(
    connection: Connection, parcels: Sequence[tuple[Parcel, Custody]]
) -> list[tuple[Parcel, Custody]]:
    """Return the parcels that say something new, under the ids that they get; see register/versions.py."""
    pages = Pages(connection, (parcel.report for parcel, _ in parcels))
    settled = []
    for parcel, custody in parcels:
        key = pages.key(parcel.report)
        if key is not None:
            settled.append((parcel if key == parcel.key else prepare_again(parcel, key), custody))
    return settled


def _new(parcels: Sequence[tuple[Parcel, Custody]], added: Added) -> list[Parcel]:
    by_key = {parcel.key: parcel for parcel, _ in reversed(parcels)}
    return [by_key[key] for key in added.keys]


def _prepared(
    register: Register,
    items: Iterator[Received | Problem],
    tally: Tally,
    profile: str,
    jobs: int,
    said: bool,
) -> Iterator[Prepared]:
    """Archive what is new and read it, in order; what the register has already is counted and left alone."""
    workers = jobs or os.cpu_count() or 1
    groups = _groups(register, items, tally)
    first = next(groups, [])
    if workers == 1 or len(first) < _TRAVEL:
        for item, custody in first:
            yield prepare(item, profile, said), custody
        first = []
    if workers == 1:
        for group in groups:
            for item, custody in group:
                yield prepare(item, profile, said), custody
    else:
        yield from _in_parallel(chain([first], groups), profile, workers, said)


def _is_fresh(report: Report, known: set[str], pages: Pages, passed: set[int]) -> bool:
    """Tell whether a report may say something new; what is doubtful is decided when it is kept."""
    if key_of(report) in known and not report.retrieved:
        return False
    page = hash(page_of(report) or key_of(report))
    new = pages.key(report) is not None or page in passed
    passed.add(page)
    return new


Group = list[tuple[Received | Problem, Custody]]


def _in_parallel(groups: Iterator[Group], profile: str, workers: int, said: bool) -> Iterator[Prepared]:
    travels = (group[i : i + _TRAVEL] for group in groups for i in range(0, len(group), _TRAVEL))
    start = next(travels, None)
    if start is None:
        return
    context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        waiting: deque[tuple[Future[list[Parcel | Problem]], list[Custody]]] = deque()
        for group in chain([start], travels):
            sent = [item for item, _ in group]
            waiting.append((pool.submit(prepare_all, sent, profile, said), [c for _, c in group]))
            if len(waiting) >= workers * _WAITING:
                done, custodies = waiting.popleft()
                yield from zip(done.result(), custodies, strict=True)
        while waiting:
            done, custodies = waiting.popleft()
            yield from zip(done.result(), custodies, strict=True)


def _end_with_parent() -> None:
    """End a reading process when the one that writes is no more, however it ended."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=lambda: (wait([parent.sentinel]), os._exit(1)), daemon=True).start()


def _groups(register: Register, items: Iterator[Received | Problem], tally: Tally) -> Iterator[Group]:
    """Yield what is new in groups, its originals archived; the bytes themselves do not travel further."""
    pending: list[Received | Problem] = []
    size, since = 0, time.monotonic()
    passed: set[int] = (
        set()
    )  # hashes of the pages that came by: what they are by now, the register may not know yet
    for item in items:
        pending.append(item)
        size += len(item.original or b"") if isinstance(item, Received) else 0
        if len(pending) >= BATCH or size > _MOST_BYTES or time.monotonic() - since > _PATIENCE:
            yield _archived(register, pending, tally, passed)
            pending, size, since = [], 0, time.monotonic()
    if pending:
        yield _archived(register, pending, tally, passed)


def _archived(
    register: Register, items: Sequence[Received | Problem], tally: Tally, passed: set[int]
) -> Group:
    received = [item.report for item in items if isinstance(item, Received)]
    with register.reading() as connection:
        known = keep.known_keys(connection, map(key_of, received))
        pages = Pages(connection, received)
    fresh = [i for i in items if isinstance(i, Problem) or _is_fresh(i.report, known, pages, passed)]
    tally.known += len(items) - len(fresh)
    originals = [i.original for i in fresh if isinstance(i, Received) and i.original is not None]
    captures = [i.capture.warc for i in fresh if isinstance(i, Received) and i.capture is not None]
    digests = iter(register.archive.keep_all([*originals, *captures]))
    kept = [next(digests) for _ in originals]
    of_original, of_capture = iter(kept), digests
    group: Group = []
    for item in fresh:
        if isinstance(item, Problem):
            group.append((item, Custody(item.where)))
            continue
        custody = Custody(
            item.where,
            item.capture.url if item.capture else item.report.url,
            None if item.original is None else next(of_original),
            len(item.original or b""),
            None if item.capture is None else next(of_capture),
            len(item.capture.warc) if item.capture else 0,
        )
        group.append((replace(item, original=None, capture=None), custody))
    return group
