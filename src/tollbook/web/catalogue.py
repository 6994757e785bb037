"""catalogue: the interface's own words, from a file: English comes with the room, another language or direction is set for it.

A catalogue is a TOML file as `strings/en.toml`: rooms with keys and words, what stands in {braces} is put in. Its `[catalogue]`
tells the language and the direction of its script. What it does not have is said in English.
"""

import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from tollbook.errors import UsageError

_PLACE = re.compile(r"\{(\w+)\}")
_said: dict[str, str] = {}


def _flat(text: str) -> dict[str, str]:
    return {
        f"{room}.{key}": words for room, table in tomllib.loads(text).items() for key, words in table.items()
    }


def english() -> Mapping[str, str]:
    """Return the words that come with the room, "room.key" -> words."""
    return _flat((resources.files(__package__) / "strings" / "en.toml").read_text(encoding="utf-8"))


def speak(file: str | None) -> None:
    """Let the room speak by a catalogue from now on; English where none is given.

    Raises UsageError for a file that is no catalogue, that has keys the room does not know, or that puts in other values.
    """
    usual = english()
    given = {} if file is None else _read(file)
    for key, words in given.items():
        if key not in usual:
            raise UsageError(
                f"{file}: the room says nothing under '{key}' - take it out, or look for its name in en.toml"
            )
        if not set(_PLACE.findall(words)) <= set(_PLACE.findall(usual[key])):
            raise UsageError(f"{file}: '{key}' puts in other values than '{usual[key]}' does")
    if given.get("catalogue.direction", "ltr") not in ("ltr", "rtl"):
        raise UsageError(f"{file}: the direction of a script is ltr or rtl")
    _said.clear()
    _said.update({**usual, **given})


def _read(file: str) -> dict[str, str]:
    try:
        found = _flat(Path(file).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, AttributeError) as problem:
        raise UsageError(
            f"{file}: cannot be read as a catalogue ({problem}) - as strings/en.toml of the program"
        ) from None
    if not all(isinstance(words, str) for words in found.values()):
        raise UsageError(f"{file}: a catalogue has words under its keys, and nothing else")
    return found


def strings() -> Mapping[str, str]:
    """Return the words that the room says, "room.key" -> words."""
    if not _said:
        speak(None)
    return _said


def say(key: str, **values: object) -> str:
    """Return the interface's words for a key, with values put in; KeyError for a key that the catalogue lacks.

    Where the value `n` is one and the catalogue has words for one, under the key with `_one`, those are taken.
    """
    known = strings()
    words = known.get(f"{key}_one") if str(values.get("n")) == "1" else None
    return (words or known[key]).format(**values)


def term(name: str | None) -> str:
    """Return the interface's words for a name of the record, such as armed_forces; the name itself where it has none."""
    return "" if not name else strings().get(f"terms.{name.replace('.', '_')}") or name.replace("_", " ")


__all__ = ["english", "say", "speak", "strings", "term"]
