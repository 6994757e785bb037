"""A catalogue of no language, from right to left: every word of the interface in Arabic letters, its values where they were."""

import re
import tomllib
from pathlib import Path

_PIECE = re.compile(r"(\{\w+\})")
_LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "ابثدهفغحيجكلمنوبقرستعفوخيزابثدهفغحيجكلمنوبقرستعفوخيز",
)


def pseudo(words: str) -> str:
    """Return words of the interface in letters that are written from right to left."""
    return "".join(p if _PIECE.fullmatch(p) else p.translate(_LETTERS) for p in _PIECE.split(words))


def write(source: Path, to: Path) -> Path:
    """Write the catalogue; what is no word (the language, the direction, arrows) is set for it."""
    rooms = tomllib.loads(source.read_text(encoding="utf-8"))
    lines = []
    for room, table in rooms.items():
        lines.append(f"[{room}]")
        for key, words in table.items():
            said = {
                "catalogue.language": "ar",
                "catalogue.direction": "rtl",
                "figures.becomes": "←",
                "figures.from": "→",
            }
            lines.append(f'{key} = "{said.get(f"{room}.{key}", pseudo(words))}"'.replace("\\", "\\\\"))
    to.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return to
