"""names: a name as a list wrote it -> the forms by which names are compared. Nothing here is for showing.

Steps and tables follow what practitioners document (Dalmasso et al. 2020 for Syria; the data of names.toml is our own):
letters that lists confuse are one, marks and titles go, a servant-name is one word, articles fall away, spellings of one
name share a key across scripts, and a consonant skeleton catches the rest.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from anyascii import anyascii

_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_SILENT = re.compile(r"(?:(?<=a)h|ه)$")  # a final h that only closes a vowel: Fatimah, فاطمة
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class NameForms:
    """A name made comparable.

    `tokens` are the keys of its words in order ("muhammad" for محمد and Mohamed), `skeletons` their consonants in one
    script, `kunya` the name behind "father of" or "mother of", `given`, `father`, `grandfather` and `family` the words by
    place or by "son of" ("" where the name has none).
    """

    tokens: tuple[str, ...]
    skeletons: tuple[str, ...]
    given: str = ""
    father: str = ""
    grandfather: str = ""
    family: str = ""
    kunya: str = ""


@dataclass(frozen=True, slots=True)
class _Tables:
    letters: Mapping[int, str]
    joined: frozenset[str]
    articles_arabic: tuple[str, ...]
    articles_latin: frozenset[str]
    lineage: frozenset[str]
    kunya: frozenset[str]
    dropped: frozenset[str]
    keys: Mapping[str, str]
    latin: Sequence[tuple[str, str]]
    arabic: Mapping[int, str]
    sexes: Mapping[str, str]
    known: frozenset[str]


@cache
def _tables() -> _Tables:
    table: dict[str, Any] = tomllib.loads(
        (resources.files(__package__) / "names.toml").read_text(encoding="utf-8")
    )
    letters = {ord(c): one for many, one in table["letters"].items() for c in many}
    keys: dict[str, str] = {}
    for first, *others in table["same"]["names"]:
        for form in (first, *others):
            keys.setdefault(form.translate(letters).replace(" ", ""), first)
    fold = {w.translate(letters) for group in ("titles", "particles") for w in table[group]["words"]}
    return _Tables(
        letters,
        frozenset(w.translate(letters) for group in table["joined"].values() for w in group),
        tuple(table["articles"]["arabic"]),
        frozenset(table["articles"]["latin"]),
        frozenset(w.translate(letters) for w in table["lineage"]["words"]),
        frozenset(w.translate(letters) for w in table["kunya"]["words"]),
        frozenset(fold),
        keys,
        [(a, b) for a, b in table["sounds"]["latin"]],
        {ord(a): b.upper() for a, b in table["sounds"]["arabic"]},
        {word.translate(letters): sex for sex, words in table["sex"].items() for word in words},
        frozenset(keys.values()),
    )


@lru_cache(maxsize=200_000)
def fold_name(text: str) -> str:
    """Return a name's letters for comparing: one case, one form of each letter, no marks, no tatweel."""
    text = unicodedata.normalize("NFKD", text).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c) and c != "\u0640")
    return unicodedata.normalize("NFC", text).translate(_tables().letters)


@lru_cache(maxsize=200_000)
def name_forms(text: str) -> NameForms:
    """Return the comparable forms of one whole name; all empty for a text without letters."""
    tables = _tables()
    raw = fold_name(text)
    turned = [part for part in raw.split(",") if part.strip()] if raw.count(",") == 1 else []
    if len(turned) == 2:  # "Haddad, Selim"
        raw = f"{turned[1]} {turned[0]}"
    words = [w for w in _WORD.findall(raw.replace("-", " ").replace(".", " ")) if w not in tables.dropped]
    kunya = ""
    tokens: list[str] = []
    fathers: set[int] = set()
    i = 0
    while i < len(words):
        word = words[i]
        if word in tables.kunya and i + 1 < len(words):
            if tokens and i + 1 == len(words) - 1 and len(words) < 4:  # a family called Abu Something
                tokens.append(word + _key(words[i + 1]))
            else:
                kunya = _key(words[i + 1])
            i += 2
            continue
        if word in tables.lineage and tokens and i + 1 < len(words):
            fathers.add(len(tokens))
            i += 1
            continue
        if word in tables.joined and i + 1 < len(words):
            skip = 1 + (words[i + 1] in tables.articles_latin and i + 2 < len(words))
            rest = words[i + skip]
            tokens.append(_key(("عبد" if _ARABIC.match(rest) else "abd") + rest, servant=True))
            i += skip + 1
            continue
        if word in tables.articles_latin and i + 1 < len(words):
            i += 1
            continue
        tokens.append(_key(word))
        i += 1
    return _by_place(tuple(t for t in tokens if t), fathers, kunya)


def _by_place(tokens: tuple[str, ...], fathers: set[int], kunya: str) -> NameForms:
    """Tell the parts by place: given, father, grandfather, family; "son of" fixes the father."""
    skeletons = tuple(skeleton(t) for t in tokens)
    given = tokens[0] if tokens else ""
    family = tokens[-1] if len(tokens) > 1 and len(tokens) - 1 not in fathers else ""
    father = tokens[1] if len(tokens) > 2 or (len(tokens) == 2 and 1 in fathers) else ""
    grandfather = tokens[2] if len(tokens) > 3 else ""
    return NameForms(tokens, skeletons, given, father, grandfather, family, kunya)


def _bare(word: str) -> str:
    """Drop an article grown onto a word: الحسن -> حسن, and al-Hassan's rest is bare already."""
    if _ARABIC.match(word):
        for article in _tables().articles_arabic:
            if word.startswith(article) and len(word) > len(article) + 2:
                return word[len(article) :]
    return word


@lru_cache(maxsize=200_000)
def _key(word: str, servant: bool = False) -> str:
    """Return the key of one word: of its row where spellings are listed, else the word without its article."""
    tables = _tables()
    known = tables.keys.get(word)
    if known is not None:
        return known
    if servant:
        rest = word.removeprefix("abd").removeprefix("عبد")
        for form in (f"عبدال{rest}", f"abd{rest}", f"abdul{rest}", f"abdel{rest}", f"abdal{rest}"):
            if form in tables.keys:
                return tables.keys[form]
        return word if rest == word else f"{word[: len(word) - len(rest)]}{_bare(rest)}"
    bare = _bare(word)
    return tables.keys.get(bare, bare)


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """Return the consonants of a word in one alphabet, doubled ones once: the same for حداد and Haddad.

    Made for finding candidates: it also merges names that differ (Hasan and Husayn), so it never decides alone.
    """
    tables = _tables()
    sounds = _SILENT.sub("", fold_name(word)).translate(tables.arabic)
    if not sounds.isascii():
        sounds = fold_name(anyascii(sounds))
    sounds = sounds.replace("'", "")
    for form, sound in tables.latin:
        if form in sounds:
            sounds = sounds.replace(form, sound.upper())  # capitals are done with
    sounds = _TWICE.sub(r"\1", sounds.lower())
    return sounds or anyascii(word)[:1].lower()


def sex_of(word: str) -> str | None:
    """Return "m" or "f" for a list's word for it; None for any other word."""
    return _tables().sexes.get(fold_name(word.strip()))


def is_known(key: str) -> bool:
    """Tell whether a key is that of a name whose spellings are listed: two such keys that differ are two names."""
    return key in _tables().known
