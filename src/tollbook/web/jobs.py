"""jobs: long work behind a page: it goes on while the page is closed, can be paused, and stopped between two batches."""

import secrets
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tollbook.desk.keeping import Tally
from tollbook.errors import TollbookError

_KEPT = 50  # finished jobs that are remembered


@dataclass(slots=True)
class Job:
    """One piece of work: what it is, how far it is, and the two switches of the person who watches it."""

    id: str
    title: str
    by: str
    tally: Tally = field(default_factory=Tally)
    state: str = "running"
    error: str = ""
    go: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    def shown(self) -> str:
        """Return its state in one word of the catalogue."""
        return "paused" if self.state == "running" and not self.go.is_set() else self.state


class Jobs:
    """The work of a room, by id."""

    def __init__(self) -> None:
        self.all: dict[str, Job] = {}

    def start(
        self, title: str, by: str, work: Callable[[], Iterator[Tally]], *, after: Path | None = None
    ) -> Job:
        """Begin work in the background; the folder `after` is removed when it has ended."""
        job = Job(secrets.token_urlsafe(8), title, by)
        job.go.set()
        for id in [i for i, j in self.all.items() if j.state != "running"][:-_KEPT]:
            del self.all[id]
        self.all[job.id] = job
        job.thread = threading.Thread(target=_run, args=(job, work, after), daemon=True)
        job.thread.start()
        return job


def _run(job: Job, work: Callable[[], Iterator[Tally]], after: Path | None) -> None:
    try:
        for tally in work():
            job.tally = tally
            job.go.wait()
            if job.stop.is_set():
                job.state = "stopped"
                return
        job.state = "done"
    except TollbookError as problem:
        job.state, job.error = "failed", str(problem)
    finally:
        if job.state == "running":
            job.state, job.error = "failed", job.error or "the work broke off; what was kept stands"
        if after is not None:
            shutil.rmtree(after, ignore_errors=True)
