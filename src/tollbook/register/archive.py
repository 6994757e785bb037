"""archive: bytes as received <-> their SHA-256, in files beside the register that are never written twice.

An original lies at `ab/cd/abcd…`, the first letters of its digest, in the folder `<register>.originals`. It is written to a
file of its own, brought to disk, and only then given its name: a name in the archive is always a whole original, whatever
happens to the program. A register on a server keeps its archive in a folder that its users name (`TOLLBOOK_ARCHIVE`).
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tollbook.errors import RegisterError

_MANY = 8  # files from which the whole disk is brought up to date at once


class Archive:
    """A folder of originals, each under the SHA-256 of its bytes."""

    def __init__(self, folder: Path) -> None:
        """Stand for a folder, which is made when the first original comes."""
        self.folder = folder

    def keep(self, data: bytes) -> str:
        """Keep bytes and return their SHA-256; see `keep_all`."""
        return self.keep_all([data])[0]

    def keep_all(self, originals: Sequence[bytes]) -> list[str]:
        """Keep each of many originals and return their SHA-256; bytes that are there already are left alone.

        Disks take many small files far faster when they are asked for many at once. Raises RegisterError where the disk is
        full or the folder cannot be written.
        """
        digests = [hashlib.sha256(data).hexdigest() for data in originals]
        missing = {
            d: data for d, data in zip(digests, originals, strict=True) if not self._whole(d, len(data))
        }
        try:
            self._write(missing)
        except OSError as problem:
            raise RegisterError(
                f"{self.folder}: an original cannot be kept ({problem.strerror or problem}) - make room or allow writing, "
                "then add again: what was added before stands"
            ) from problem
        return digests

    def _whole(self, digest: str, size: int) -> bool:
        try:
            return self.path(digest).stat().st_size == size
        except OSError:
            return False

    def _write(self, originals: Mapping[str, bytes]) -> None:
        """Write files of their own, bring them to disk, give them their names, and bring the names to disk."""
        waiting: dict[str, Path] = {}
        try:
            for digest, data in originals.items():
                path = self.path(digest)
                path.parent.mkdir(parents=True, exist_ok=True)
                handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
                waiting[name] = path
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                os.chmod(name, 0o444)  # an original is never written again
            _settle(waiting)
            for name, path in waiting.items():
                os.replace(name, path)
            _settle(dict.fromkeys(str(path.parent) for path in waiting.values()))
        except BaseException:
            for name in waiting:
                with suppress(OSError):
                    os.unlink(name)
            raise

    def path(self, digest: str) -> Path:
        """Return where an original lies or would lie."""
        return self.folder / digest[:2] / digest[2:4] / digest

    def read(self, digest: str) -> bytes:
        """Return the bytes of an original; RegisterError where it is not there."""
        try:
            return self.path(digest).read_bytes()
        except OSError as problem:
            raise RegisterError(
                f"original {digest[:12]} cannot be read in {self.folder}: {problem.strerror}"
            ) from problem

    def check(self, digest: str) -> str | None:
        """Hash an original again; return what is wrong with it, or None."""
        try:
            with self.path(digest).open("rb") as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()
        except FileNotFoundError:
            return "is missing from the archive"
        except OSError as problem:
            return f"cannot be read: {problem.strerror}"
        return None if found == digest else f"is not what was received: its bytes hash to {found[:12]}…"

    def all(self) -> Iterator[str]:
        """Yield the digests of all originals that lie in the folder, sorted."""
        if self.folder.is_dir():
            for path in sorted(self.folder.glob("??/??/*")):
                if not path.name.startswith("."):
                    yield path.name


def _settle(names: Iterable[str]) -> None:
    """Bring files or folders to disk: few one by one, many by asking the system once for all, which is far faster."""
    some = list(names)
    if len(some) > _MANY and hasattr(os, "sync"):
        os.sync()
        return
    for name in some:
        handle = os.open(name, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
