"""memory: an answer that cost work is kept, with the state of the register it is of, until the register's log moves on.

Where nothing was written, nothing has changed. Where something was, the answer is made anew; on a large register that takes
longer than anybody waits for a page, so a page may be given the one of a moment ago meanwhile, and says so.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as LateError
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from starlette.requests import Request

_MOST = 64
_PATIENCE = 0.1  # seconds a page waits for the newest answer where there is an older one
_REST = 4.0  # times as long as an answer took, until it is made anew: who reads must not wait for who counts
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """An answer, the state of the register it is of, how long it took, and from when on it may be made anew."""

    value: T
    state: int
    seconds: float
    again: float


class Memory:
    """The answers kept, the oldest forgotten first; one at a time is made anew."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Kept[Any]] = OrderedDict()
        self._coming: dict[Hashable, Future[Kept[Any]]] = {}
        self._lock = threading.Lock()
        self._maker = ThreadPoolExecutor(1, thread_name_prefix="counting")

    def get(self, key: Hashable, state: int, make: Callable[[], T], *, exact: bool) -> Kept[T]:
        """Return the answer to a question at a state of the register; an older one, unless `exact`, where it takes too long."""
        with self._lock:
            old = self._kept.get(key)
            if old is not None:
                self._kept.move_to_end(key)
                if old.state == state or (not exact and time.monotonic() < old.again):
                    return old
            if exact or old is None:
                coming = None
            else:
                coming = self._coming.get(key)
                if coming is None:
                    coming = self._coming[key] = self._maker.submit(self._made, key, state, make)
        if coming is None or old is None:
            return self._made(key, state, make)
        try:
            return coming.result(_PATIENCE)
        except LateError:
            return old

    def _made(self, key: Hashable, state: int, make: Callable[[], T]) -> Kept[T]:
        begun = time.monotonic()
        try:
            value = make()
            now = time.monotonic()
            took = now - begun
            made = Kept(value, state, took, now + _REST * took if took > _PATIENCE else 0.0)
            with self._lock:
                self._kept[key] = made
                while len(self._kept) > _MOST:
                    self._kept.popitem(last=False)
            return made
        finally:
            with self._lock:
                self._coming.pop(key, None)


def remembered(
    request: Request, key: Hashable, state: int, make: Callable[[], T], *, exact: bool = False
) -> Kept[T]:
    """Return what the room remembers of a question at a state of the register, else make it."""
    memory = request.app.state.memory
    assert isinstance(memory, Memory)
    return memory.get(key, state, make, exact=exact)
