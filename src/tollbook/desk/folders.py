"""folders: a file or a folder that is to hold what is published: a folder is new, and gone again when the work fails."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tollbook.errors import UsageError


@contextmanager
def new_folder(out: Path) -> Iterator[Path]:
    """Make a folder to write into; what was begun is removed when the work within fails. UsageError where it holds something."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UsageError(f"--out {out}: is there already - give a new folder, so that nothing is overwritten")
    made = not out.exists()
    try:
        out.mkdir(parents=True, exist_ok=True)
        yield out
    except BaseException:
        if made:
            shutil.rmtree(out, ignore_errors=True)
        raise


def write_file(out: Path, data: bytes) -> None:
    """Write a file and make the folder it lies in; UsageError where that cannot be."""
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        replace_file(out, data)
    except OSError as problem:
        raise UsageError(f"--out {out}: cannot be written - {problem.strerror or problem}") from problem


def replace_file(out: Path, data: bytes) -> None:
    """Write a file whole or not at all: what stood in it stands until the new one is there; OSError where that cannot be."""
    if out.exists() and not (out.is_file() and os.access(out.parent, os.W_OK)):
        out.write_bytes(data)  # a pipe, a device, a folder that takes no new file
        return
    target = out.resolve()
    part = target.with_name(f".{target.name[:100]}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        if target.exists():
            shutil.copymode(target, part)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


__all__ = ["new_folder", "replace_file", "write_file"]
