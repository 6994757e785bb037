"""jobs: long work behind a page: it goes on while the page is closed, can be paused, stopped between two batches, and taken up
again where a server that was at it is no more.

What work is and how far it is stands in the register; here are the threads that do it, and their switches.
"""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from tollbook.desk import working
from tollbook.desk.rooming import Register
from tollbook.desk.working import Kept
from tollbook.errors import TollbookError, UsageError
from tollbook.model.rereading import Standing

_EVERY = 1.0  # seconds between two notes in the register of how far it is
_BEAT = 30.0  # seconds between two signs of life
_ALONE = ("compare", "take")  # of these one at a time


@dataclass(slots=True)
class Live:
    """Work that this server is at: how far it is, and the two switches of the person who watches it."""

    kept: Kept
    told: Standing
    state: str = "running"
    error: str = ""
    go: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True, slots=True)
class Seen:
    """Work as a page shows it; `state` is running, paused, elsewhere (another server is at it), left, stopped, done or failed."""

    kept: Kept
    told: Standing
    state: str
    error: str

    @property
    def moves(self) -> bool:
        """Tell whether it may be another in a moment."""
        return self.state in ("running", "paused", "elsewhere")


class Jobs:
    """The work of a room."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._live: dict[str, Live] = {}
        self._lock = threading.Lock()
        self._beating = False

    def start(self, kind: str, title: str, plan: dict[str, Any], *, by: str) -> str:
        """Begin work in the background; return its id. UsageError where work of this kind is under way already."""
        if kind in _ALONE and self._busy():
            raise UsageError(
                "reread: reports are being read anew already - wait until that is over, or cancel it"
            )
        return self._begun(working.begin(self._register, kind, title, plan, by=by))

    def _busy(self) -> bool:
        return any(
            one.kind in _ALONE and self._seen(one).moves for one in working.newest_work(self._register, 50)
        )

    def go_on(self, id: str) -> None:
        """Go on with work that was left, stopped or broken off. UsageError where that cannot be."""
        self._begun(working.take_up(self._register, id))

    def _begun(self, kept: Kept) -> str:
        live = Live(kept, kept.told)
        live.go.set()
        with self._lock:
            self._live = {i: one for i, one in self._live.items() if one.state == "running"}
            self._live[kept.id] = live
            if not self._beating:
                self._beating = True
                threading.Thread(target=self._beat, daemon=True).start()
        threading.Thread(target=self._work, args=(live,), daemon=True).start()
        return kept.id

    def switch(self, id: str, wish: str) -> None:
        """Pause, let go on or stop work that this server is at; UsageError where it is not."""
        live = self._live.get(id)
        if live is None or live.state != "running":
            raise UsageError("job: this server is not at it")
        if wish == "pause":
            live.go.clear()
        else:
            if wish == "stop":
                live.stop.set()
            live.go.set()
        with suppress(TollbookError):
            working.note(self._register, id, "paused" if wish == "pause" else "running", live.told)

    def find(self, id: str) -> Seen | None:
        """Return work by its id; None where there is none."""
        kept = working.find_work(self._register, id)
        return None if kept is None else self._seen(kept)

    def newest(self, limit: int = 10) -> list[Seen]:
        """Return the work that was begun last, newest first."""
        return [self._seen(one) for one in working.newest_work(self._register, limit)]

    def _seen(self, kept: Kept) -> Seen:
        live = self._live.get(kept.id)
        if live is not None:
            paused = live.state == "running" and not live.go.is_set()
            return Seen(kept, live.told, "paused" if paused else live.state, live.error)
        if kept.state in working.OVER:
            return Seen(kept, kept.told, kept.state, kept.error)
        return Seen(kept, kept.told, "left" if working.is_left(kept) else "elsewhere", kept.error)

    def _work(self, live: Live) -> None:
        noted = 0.0
        try:
            for told in working.steps(self._register, live.kept):
                live.told = told
                if time.monotonic() - noted > _EVERY:
                    working.note(self._register, live.kept.id, "running", told)
                    noted = time.monotonic()
                live.go.wait()
                if live.stop.is_set():
                    live.state = "stopped"
                    return
            live.state = "done"
        except TollbookError as problem:
            live.state, live.error = "failed", str(problem)
        finally:
            if live.state == "running":
                live.state, live.error = "failed", "the work broke off; what was kept stands"
            with suppress(TollbookError):
                working.note(self._register, live.kept.id, live.state, live.told, live.error)
            if live.state in ("done", "stopped"):
                working.clear(live.kept)

    def _beat(self) -> None:
        while True:
            time.sleep(_BEAT)
            at = [id for id, one in self._live.items() if one.state == "running"]
            if at:
                with suppress(TollbookError):
                    working.still_there(self._register, at)


__all__ = ["Jobs", "Live", "Seen"]
