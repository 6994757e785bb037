"""wire: a connection that stops at its limits, and remembers every byte that passed.

A read of the standard connection may wait as long as the server drips: its time-out is for each piece. Here every piece
shortens the time that is left. What is remembered is what passed over the wire (after TLS), in the order it passed.
"""

import io
import socket
import time
from typing import Any

from tollbook.errors import SourceError

_HEAD = 1_000_000  # room for headers and chunk marks beside the body


class Tap:
    """The limits of one exchange, and what passed so far: `sent` and `got`."""

    def __init__(self, deadline: float, most: int) -> None:
        """Allow `most` bytes of answer (on the wire, headers apart) until the monotonic time `deadline`."""
        self.deadline, self.most = deadline, most + _HEAD
        self.sent, self.got = bytearray(), bytearray()

    def left(self) -> float:
        """Return the seconds that are left, at least a moment so that a call can fail by itself."""
        return max(0.001, self.deadline - time.monotonic())

    def spent(self) -> bool:
        """Tell whether the time is over."""
        return time.monotonic() >= self.deadline


class _Tapped(io.RawIOBase):
    """A socket's stream, each read of which has only the time that is left."""

    def __init__(self, raw: io.RawIOBase, sock: socket.socket, tap: Tap) -> None:
        self._raw, self._sock, self._tap = raw, sock, tap

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self._tap.spent():
            raise TimeoutError("timed out")
        self._sock.settimeout(self._tap.left())
        count = self._raw.readinto(buffer) or 0
        self._tap.got += memoryview(buffer)[:count]
        if len(self._tap.got) > self._tap.most:
            raise SourceError(
                f"the response is larger than {(self._tap.most - _HEAD) / 1e6:,.0f} MB - give --max-size to allow it"
            )
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


def tapped(pool: Any, tap: Tap) -> Any:
    """Make the connections of a urllib3 pool keep to a tap, and return the pool."""
    import http.client  # noqa: PLC0415  # only addresses pay for it

    class Answer(http.client.HTTPResponse):
        def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
            super().__init__(sock, *args, **options)
            self.fp.close()
            self.fp = io.BufferedReader(_Tapped(sock.makefile("rb", buffering=0), sock, tap))

    class Connection(pool.ConnectionCls):  # type: ignore[misc]  # plain or secure, as the pool has it
        response_class = Answer

        def send(self, data: Any) -> None:
            tap.sent += bytes(data)
            super().send(data)

    pool.ConnectionCls = Connection
    return pool
