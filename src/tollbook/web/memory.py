"""memory: an answer that cost work is kept until the register's log moves on: where nothing was written, nothing has changed."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from starlette.requests import Request

_MOST = 64
T = TypeVar("T")


class Memory:
    """The answers kept, the oldest forgotten first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, object] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return the answer kept under a key, which names the state of the register it is of; else make it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return cast(T, self._kept[key])
        made = make()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > _MOST:
                self._kept.popitem(last=False)
        return made


def remembered(request: Request, key: Hashable, make: Callable[[], T]) -> T:
    """Return what the room remembers under a key, else make it."""
    memory = request.app.state.memory
    assert isinstance(memory, Memory)
    return memory.get(key, make)
