"""manifests: files that went out -> what vouches for them: size and SHA-256 of each, and what made them."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tollbook.model.folio import Edition


@dataclass(frozen=True, slots=True)
class Made:
    """A file that went out: its name within the folder, bytes, SHA-256."""

    name: str
    size: int
    digest: str


def file_of(path: Path, name: str) -> Made:
    """Return what there is to say of a file, under a name."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Made(name, path.stat().st_size, digest)


def files_of(folder: Path) -> list[Made]:
    """Return every file below a folder, by name."""
    return [file_of(p, p.relative_to(folder).as_posix()) for p in sorted(folder.rglob("*")) if p.is_file()]


def write_manifest(path: Path, edition: Edition, files: Iterable[Made], more: Mapping[str, Any]) -> None:
    """Write a manifest as JSON: what made the files, of which moment, by what question; some more; and the files."""
    told = {
        "program": edition.program, "reader": edition.reader, "packs": dict(edition.packs), "as_of": edition.as_of,
        "log_head": edition.head, "filters": dict(edition.filters),
        "review": edition.review, "redacted": list(edition.redacted), "profile": edition.profile, "rules": dict(edition.rules),
        **more,
        "files": [{"name": file.name, "bytes": file.size, "sha256": file.digest} for file in files],
    }  # fmt: skip
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


__all__ = ["Made", "file_of", "files_of", "write_manifest"]
