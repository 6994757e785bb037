"""versions: language packs as installed -> what exports and the methodology say of them, so that a reading can be made again."""

import hashlib
from functools import cache

from tollbook.lang.pack import installed_packs, load_pack


@cache
def pack_digest(code: str) -> str:
    """Return the digest of a pack's files: two packs of one digest read alike."""
    found = hashlib.sha256()
    for file in sorted(load_pack(code).folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:16]


@cache
def pack_versions() -> tuple[tuple[str, str], ...]:
    """Return each installed language pack by its code, with the digest of its files."""
    return tuple((code, pack_digest(code)) for code in installed_packs())


__all__ = ["pack_digest", "pack_versions"]
