"""watching: feeds, again and again -> each new or changed entry once, politely, until stopped."""

import hashlib
import random
import re
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tollbook.desk.watch_state import Feed, Memory
from tollbook.errors import LaterError, Problem, SourceError
from tollbook.sources import Options, Received
from tollbook.sources.entry import Entry
from tollbook.sources.gathering import Found, Gathering
from tollbook.sources.manners import Manners
from tollbook.sources.web import LATER, Response, ask, retry_after

Item = Received | Problem
Consume = Callable[[Sequence[Item]], None]
_LONGEST_BACK_OFF = 86_400.0
_LONGEST_DELAY = 3_600.0  # seconds between two pages that a site may ask for
_TRIES = 3  # polls in which an entry's page may fail before the feed's own words are taken
_TAG = re.compile(r"<[^>]{0,5000}>")


@dataclass(frozen=True, slots=True)
class Plan:
    """How to watch: seconds between two polls of a feed, where to remember, one round only, the seed of all chance."""

    every: float = 900.0
    state: Path | None = None
    once: bool = False
    seed: int = 0


@dataclass(frozen=True, slots=True)
class World:
    """The clock (seconds since 1970), how to wait (True: stop now), and whom to tell what goes on."""

    pause: Callable[[float], bool]
    tell: Callable[[str], None] = lambda words: None
    now: Callable[[], float] = time.time


@dataclass(slots=True)
class _Work:
    """One feed under watch: its memory, the entries that wait, and the answer that named them."""

    url: str
    known: Feed
    waiting: deque[Entry] = field(default_factory=deque)
    answer: Response | None = None
    failed: bool = False
    polled: bool = False


class _StoppedError(Exception):
    """Somebody asked to stop."""


class Watcher:
    """Polls feeds and sitemaps, and hands on what is new in them."""

    def __init__(
        self, feeds: Sequence[str], options: Options, plan: Plan, world: World, consume: Consume
    ) -> None:
        """Watch feeds; UsageError for a state that cannot be read.

        `consume` is given the items of one entry at a time; when it returns they are remembered and never fetched again,
        so it must have kept them by then.
        """
        self._options, self._plan, self._world, self._consume = options, plan, world, consume
        self._chance = random.Random(plan.seed)
        self._manners = Manners(options, longest=_LONGEST_DELAY, clock=world.now, sleep=self._sleep)
        self._gathering = Gathering(options, manners=self._manners)
        self._memory = Memory(plan.state)
        known = self._memory.feeds
        self._work = [_Work(url, known.setdefault(url, Feed())) for url in dict.fromkeys(feeds)]

    def watch(self) -> None:
        """Watch until stopped; with `once`, until each feed was polled and its entries are taken."""
        try:
            while (chosen := self._next()) is not None:
                at, work = chosen
                self._sleep(at - self._world.now())
                if work.waiting:
                    self._take(work)
                else:
                    self._poll(work)
        except _StoppedError:
            pass
        finally:
            self._memory.close()

    def _next(self) -> tuple[float, _Work] | None:
        """Return what is to be done first, and when; None when nothing is left."""
        now, best = self._world.now(), None
        for work in self._work:
            if work.waiting:
                at = now + self._ready_in(work.waiting[0].url)
            elif work.known.gone or (self._plan.once and work.polled):
                continue
            elif self._plan.once and not work.known.failures:
                at = now
            elif self._plan.once and work.known.due > now:
                work.polled = True
                self._world.tell(f"{work.url}: failed of late, not asked before {_moment(work.known.due)}")
                continue
            else:
                at = max(now, work.known.due)
            if best is None or at < best[0]:
                best = (at, work)
        return best

    def _ready_in(self, url: str | None) -> float:
        try:
            return self._manners.ready_in(url) if url else 0.0
        except SourceError:
            return 0.0  # what is no address is told when it is its turn

    def _sleep(self, seconds: float) -> None:
        if self._world.pause(max(0.0, seconds)):
            raise _StoppedError

    def _poll(self, work: _Work) -> None:
        """Ask for a feed, and line up what is new in it."""
        known = work.known
        work.polled = True
        headers = {"If-None-Match": known.etag or "", "If-Modified-Since": known.modified or ""}
        asked = {name: value for name, value in headers.items() if value}
        try:
            answer = ask(
                known.address or work.url, self._options, headers=asked, gate=self._manners.pass_gate
            )
            if answer.status in LATER:
                raise LaterError(f"the server answers {answer.status}", retry_after(answer))
            if answer.status == 410:
                known.gone = True
                raise SourceError("the server says it is gone for good - it is not asked again")
            if answer.status >= 400:
                raise SourceError(f"the server answers {answer.status} - is it still there?")
            entries = () if answer.status == 304 else self._gathering.listing_at(answer).entries
        except SourceError as problem:
            self._failed(work, problem)
            return
        known.failures = 0
        known.due = self._world.now() + self._plan.every * self._chance.uniform(0.95, 1.05)
        self._moved(work, answer)
        work.answer, work.failed = answer, False
        work.waiting.extend(self._new(known, entries))
        if entries:
            known.forget(_key(entry) for entry in entries)
        self._world.tell(f"{work.url}: {_count(len(work.waiting), answer.status)}")
        self._finish(work)

    def _failed(self, work: _Work, problem: SourceError) -> None:
        """Tell a failure, and wait twice as long after each."""
        known = work.known
        known.failures += 1
        wait = min(self._plan.every * 2.0 ** min(known.failures, 20), _LONGEST_BACK_OFF)
        wait = max(wait * self._chance.uniform(0.75, 1.25), getattr(problem, "after", None) or 0.0)
        known.due = self._world.now() + wait
        self._consume([Problem(work.url, str(problem))])
        if not known.gone:
            self._world.tell(f"{work.url}: asked again in {wait:,.0f} seconds")
        self._memory.save()

    def _moved(self, work: _Work, answer: Response) -> None:
        """Note where a feed moved to for good: only permanent redirects led there."""
        if answer.redirects and all(status in (301, 308) for status, _ in answer.redirects):
            work.known.address = answer.url
            self._world.tell(f"{work.url}: moved for good to {answer.url}")

    def _new(self, known: Feed, entries: Sequence[Entry]) -> Iterator[Entry]:
        """Yield the entries that were not seen, or say something else than when they were; the oldest first."""
        since, chosen = self._options.since, dict[str, Entry]()
        for entry in entries:
            day = entry.day()
            if since is not None and day is not None and day < since:
                continue
            key = _key(entry)
            if known.seen.get(key) != _digest(entry):
                chosen.setdefault(key, entry)
        most = self._options.most
        yield from reversed(list(chosen.values())[:most])

    def _take(self, work: _Work) -> None:
        """Read one entry, hand it on, and remember it."""
        entry, known = work.waiting.popleft(), work.known
        key = _key(entry)
        answer = work.answer
        found = Found(
            work.url, capture=answer.capture if answer else None, retrieved=answer.time if answer else None
        )
        if not self._known_elsewhere(entry, work):
            patient = known.tries.get(key, 0) + 1 < _TRIES
            try:
                self._consume(list(self._gathering.entry(entry, found, patient=patient)))
            except LaterError as problem:
                known.tries[key] = known.tries.get(key, 0) + 1
                work.failed = True
                self._world.tell(f"{work.url}, {entry.url}: tried again with the next poll: {problem}")
                self._finish(work)
                return
        self._memory.taken(work.url, key, _digest(entry))
        self._finish(work)

    def _known_elsewhere(self, entry: Entry, work: _Work) -> bool:
        """Tell whether another feed brought the same page, which need not be fetched twice."""
        if entry.url is None or entry.whole or _key(entry) in work.known.seen:
            return False
        others = (feed for feed in self._memory.feeds.values() if feed is not work.known)
        return any(entry.url in other.seen for other in others)

    def _finish(self, work: _Work) -> None:
        """When all entries are taken, remember that this state of the feed need not be sent again."""
        answer = work.answer
        if work.waiting or answer is None:
            return
        work.answer = None
        if answer.status != 304:
            fit = not work.failed  # else the next poll must bring the entries that failed
            work.known.etag = answer.headers.get("etag") if fit else None
            work.known.modified = answer.headers.get("last-modified") if fit else None
            self._memory.save()


def _key(entry: Entry) -> str:
    return entry.url or entry.id or entry.title or _digest(entry)


def _digest(entry: Entry) -> str:
    """Return a digest of what a feed says of an entry: another one means that the entry changed."""
    words = " ".join(_TAG.sub(" ", entry.html or "").split())
    said = "\n".join((entry.title or "", entry.published or "", entry.updated or "", words))
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:20]


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _count(entries: int, status: int) -> str:
    if status == 304:
        return "unchanged"
    return "nothing new" if not entries else f"{entries:,} new or changed"
