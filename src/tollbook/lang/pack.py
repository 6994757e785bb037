"""pack: a folder of TOML -> one frozen Pack, or what is wrong with it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from tollbook.errors import PackError

_MOST_KEPT, _LONGEST_KEPT = 50_000, 40
PARTS = (
    "pack",
    "numbers",
    "words",
    "coming",
    "people",
    "means",
    "claims",
    "time",
    "names",
    "voices",
    "effects",
    "furniture",
    "confidence",
)


@dataclass(frozen=True, eq=False)
class Pack:
    """What Tollbook knows of one language.

    `fold` makes the form in which words are compared; `sentence_ends`, `abbreviations`, those of them that may close a
    sentence and the words that then open the next serve the cutting into sentences; `parts` holds the parsed TOML of
    each file ("time", "names", …) for the stage that compiles it.
    """

    code: str
    name: str
    sentence_ends: frozenset[str]
    abbreviations: frozenset[str]
    closing_abbreviations: frozenset[str]
    sentence_openers: frozenset[str]
    letters: Mapping[int, str | None]
    folder: Traversable = field(repr=False)
    parts: Mapping[str, Mapping[str, Any]] = field(repr=False)
    _folds: dict[str, str] = field(default_factory=dict, repr=False)  # forms already made: words come back

    def fold(self, word: str) -> str:
        """Return the form of a word that is compared: small letters, letters that are the same made one."""
        known = self._folds.get(word)
        if known is None:
            known = word.lower()
            known = known.translate(self.letters) if self.letters else known
            if len(word) < _LONGEST_KEPT:
                if len(self._folds) > _MOST_KEPT:
                    self._folds.clear()
                self._folds[word] = known
        return known


@cache
def load_pack(code: str) -> Pack:
    """Read the pack of a language by its code; PackError when there is none or it is wrong."""
    folder = resources.files(__package__) / code
    if not code.isidentifier() or not (folder / "pack.toml").is_file():
        raise PackError(f"no language pack '{code}' - installed: {', '.join(installed_packs())}")
    return pack_from(folder)


@cache
def installed_packs() -> tuple[str, ...]:
    """Return the codes of the shipped packs, sorted."""
    root = resources.files(__package__)
    return tuple(sorted(f.name for f in root.iterdir() if f.is_dir() and (f / "pack.toml").is_file()))


def pack_from(folder: Traversable) -> Pack:
    """Read a folder as a pack; a missing file is an empty part, a broken one a PackError with its place."""
    parts = {part: _toml(folder / f"{part}.toml") for part in PARTS}
    about = parts["pack"]
    if "code" not in about:
        raise PackError(f"{folder.name}/pack.toml: no 'code' - say which language this is, as BCP 47")
    letters: dict[int, str | None] = {}
    for group in about.get("same_letters", []):
        letters.update({ord(c): group[0] for c in group[1:]})
    letters.update({ord(c): None for c in about.get("skip_marks", "")})
    return Pack(
        code=about["code"],
        name=about.get("name", about["code"]),
        sentence_ends=frozenset(about.get("sentence_ends", [".", "!", "?", "…"])),
        abbreviations=frozenset(about.get("abbreviations", [])),
        closing_abbreviations=frozenset(about.get("closing_abbreviations", [])),
        sentence_openers=frozenset(about.get("sentence_openers", [])),
        letters=letters,
        folder=folder,
        parts=parts,
    )


@cache
def order_lines(pack: Pack) -> Mapping[str, str]:
    """Return for each order of a pack where its file has it: "en/claims.toml, line 63"."""
    file = pack.folder / "claims.toml"
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if line.startswith("name = "):
            found.setdefault(
                line[len("name = ") :].strip().strip("\"'"), f"{pack.code}/claims.toml, line {number}"
            )
    return found


@cache
def common_words(pack: Pack) -> frozenset[str]:
    """Return the folded ordinary words of a language (common.txt), which tell names apart where all is capitals."""
    file = pack.folder / "common.txt"
    if not file.is_file():
        return frozenset()
    return frozenset(pack.fold(file.read_text(encoding="utf-8")).split())


def _toml(file: Traversable) -> Mapping[str, Any]:
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise PackError(f"{file.name}: not TOML: {problem}") from problem
