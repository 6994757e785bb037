"""watch_state: what a watch remembers between two runs, in one file that is whole at every moment."""

import fcntl
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from tollbook.errors import UsageError

_VERSION = 1
_REMEMBERED = 1_000  # entries of one feed, beside those that it shows: some feeds let an old one return


@dataclass(slots=True)
class Feed:
    """What is known of one feed: `seen` maps its entries to a digest of what they said, `tries` those that failed.

    `due` is when it is polled next (seconds since 1970), `failures` how often in a row it failed, `address` where it
    moved to for good, `gone` that its server took it away for good.
    """

    etag: str | None = None
    modified: str | None = None
    address: str | None = None
    due: float = 0.0
    failures: int = 0
    gone: bool = False
    seen: dict[str, str] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)

    def remember(self, key: str, digest: str) -> None:
        """Note that an entry was taken, the latest last."""
        self.tries.pop(key, None)
        self.seen.pop(key, None)
        self.seen[key] = digest

    def forget(self, shown: Iterable[str]) -> None:
        """Forget the oldest of the entries that the feed no longer shows."""
        kept = set(shown)
        old = [key for key in self.seen if key not in kept]
        for key in old[: max(0, len(old) - _REMEMBERED)]:
            del self.seen[key]
        for key in [key for key in self.tries if key not in kept]:
            del self.tries[key]


class Memory:
    """The memory of a watch: `feeds` by the address they were given, kept in a file and a journal of what came since."""

    def __init__(self, path: Path | None) -> None:
        """Load what was remembered; UsageError for a file that is another thing, or that another watch is using.

        Without a path nothing outlasts the run.
        """
        self._path = path
        self._journal: TextIO | None = None
        self.feeds: dict[str, Feed] = {}
        if path is None:
            return
        try:
            self._lock = _with(path, ".lock").open("w", encoding="utf-8")
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as problem:
            self._lock.close()
            raise UsageError(f"another watch is using {path} - stop it, or give another --state") from problem
        except OSError as problem:
            raise UsageError(
                f"{path} cannot be written: {problem.strerror} - give another --state"
            ) from problem
        try:
            self.feeds = _loaded(path)
        except UsageError:
            self._lock.close()
            raise

    def taken(self, url: str, key: str, digest: str) -> None:
        """Note at once, and for good, that an entry of a feed was taken."""
        self.feeds[url].remember(key, digest)
        if self._path is not None:
            if self._journal is None:
                self._journal = _with(self._path, ".journal").open("a", encoding="utf-8")
            self._journal.write(json.dumps([url, key, digest]) + "\n")
            self._journal.flush()
            os.fsync(self._journal.fileno())

    def save(self) -> None:
        """Write all that is to be remembered; a crash leaves the old file or the new one, never a part."""
        if self._path is None:
            return
        rows = {
            url: {name: getattr(feed, name) for name in Feed.__slots__} for url, feed in self.feeds.items()
        }
        draft = _with(self._path, ".new")
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"version": _VERSION, "feeds": rows}, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._path)
        if self._journal is not None:
            self._journal.truncate(0)

    def close(self) -> None:
        """Save, and let another watch use the file."""
        self.save()
        if self._path is not None:
            if self._journal is not None:
                self._journal.close()
            _with(self._path, ".journal").unlink(missing_ok=True)
            self._lock.close()


def _loaded(path: Path) -> dict[str, Feed]:
    feeds: dict[str, Feed] = {}
    try:
        if path.exists():
            found: Any = json.loads(path.read_text(encoding="utf-8"))
            if found["version"] != _VERSION:
                raise ValueError(f"it is of version {found['version']}")
            feeds = {url: Feed(**row) for url, row in found["feeds"].items()}
        journal = _with(path, ".journal")
        for line in journal.read_text(encoding="utf-8").splitlines() if journal.exists() else ():
            try:
                url, key, digest = json.loads(line)
            except ValueError:
                continue  # the last line of a run that was killed
            feeds.setdefault(url, Feed()).remember(key, digest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as problem:
        raise UsageError(
            f"{path} is not the memory of a watch: {problem} - give another --state, or remove the file"
        ) from problem
    return feeds


def _with(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)
