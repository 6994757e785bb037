"""makings: files that take a while to make, behind a page: one at a time, with how far it is, and a way to stop it.

What is made lies in a folder of this room's own until it is fetched; the oldest go first, and all of it when the room closes.
"""

import secrets
import shutil
import tempfile
import threading
import weakref
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tollbook.errors import TollbookError

_KEPT = 12  # finished works of a room
_DAY = (1980, 1, 1, 0, 0, 0)  # the same files make the same archive
Step = Callable[[str, int, int], None]
Make = Callable[[Path, Step], None]


class StoppedError(TollbookError):
    """Somebody does not want it any more."""


@dataclass(slots=True)
class Making:
    """One work: what it is, whose, how far, and where its archive is when it is done."""

    id: str
    title: str
    name: str
    by: str
    folder: Path
    state: str = "waiting"
    what: str = ""
    count: int = 0
    total: int = 0
    size: int = 0
    error: str = ""
    stop: threading.Event = field(default_factory=threading.Event)
    thread: threading.Thread | None = None

    @property
    def archive(self) -> Path:
        """Return where the archive lies or will lie."""
        return self.folder / self.name

    def step(self, what: str, count: int, total: int) -> None:
        """Note how far it is; raises StoppedError where it is not wanted any more."""
        if self.stop.is_set():
            raise StoppedError("it was stopped")
        self.what, self.count, self.total = what, count, total


class Makings:
    """The works of a room, by id."""

    def __init__(self) -> None:
        self.all: dict[str, Making] = {}
        self._home: Path | None = None
        self._turn = threading.Semaphore(1)

    def start(self, title: str, name: str, make: Make, *, by: str) -> Making:
        """Begin work in the background: `make` writes into a folder, which becomes the archive `name`."""
        for old in [m for m in self.all.values() if m.state not in ("waiting", "running")][:-_KEPT]:
            self.all.pop(old.id)
            shutil.rmtree(old.folder, ignore_errors=True)
        id = secrets.token_urlsafe(9)
        if self._home is None:
            self._home = Path(tempfile.mkdtemp(prefix="tollbook-out-"))
            weakref.finalize(self, shutil.rmtree, self._home, ignore_errors=True)
        made = Making(id, title, name, by, self._home / id)
        made.folder.mkdir()
        self.all[id] = made
        made.thread = threading.Thread(target=self._run, args=(made, make), daemon=True)
        made.thread.start()
        return made

    def _run(self, made: Making, make: Make) -> None:
        out = made.folder / "out"
        try:
            with self._turn:
                made.state = "running"
                made.step("", 0, 0)
                make(out, made.step)
                packed(out, made.archive)
            made.size = made.archive.stat().st_size
            made.state = "done"
        except StoppedError:
            made.state = "stopped"
        except (TollbookError, OSError) as problem:
            made.state, made.error = "failed", str(problem)
        finally:
            if made.state in ("waiting", "running"):
                made.state, made.error = "failed", "the work broke off; nothing of it is kept"
            shutil.rmtree(out, ignore_errors=True)


def packed(folder: Path, archive: Path) -> None:
    """Pack the files of a folder into a ZIP archive, by name; files that are packed already are only stored."""
    with zipfile.ZipFile(archive, "w") as out:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _DAY)
            stored = path.suffix in (".parquet", ".xlsx", ".docx", ".pdf", ".woff2")
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            with path.open("rb") as source, out.open(entry, "w", force_zip64=True) as target:
                shutil.copyfileobj(source, target, 1 << 20)


__all__ = ["Make", "Making", "Makings", "Step", "packed"]
