"""presence: who has what open, so that two people need not do the same work; forgotten after a minute and a half."""

import threading
import time

_KEPT = 90.0  # seconds
_MOST = 10_000


class Presence:
    """Remembers which browser looks at which incident or report. Only in memory: it is of the moment."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, str], tuple[str, float]] = {}
        self._lock = threading.Lock()

    def look(self, subject: str, browser: str, name: str) -> None:
        """Note that somebody looks at something now."""
        at = time.monotonic()
        with self._lock:
            if len(self._seen) > _MOST:
                self._seen = {k: v for k, v in self._seen.items() if at - v[1] < _KEPT}
            self._seen[subject, browser] = (name, at)

    def others(self, subject: str, browser: str) -> list[str]:
        """Return the names of those who look at something in other browsers."""
        at = time.monotonic()
        with self._lock:
            return sorted(
                {
                    name
                    for (what, whose), (name, seen) in self._seen.items()
                    if what == subject and whose != browser and at - seen < _KEPT
                }
            )
