"""site_search: the words of incidents -> an index that a page can search from a folder, without any server.

Terms are letters and digits between other signs, without accents and case. Each term lists the incidents that hold it, by their
order in time, as steps from one to the next; a step is doubled, and one more where the word stands in the incident's head
(place, days, parties). Files hold the terms of one beginning and are as small as that allows; a page loads those it needs.
"""

import json
import re
import unicodedata
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

_WORD = re.compile(r"[^\W_]+")
_LARGEST = 150_000  # characters of a file of terms, above which it is parted by a longer beginning
_BLOCK = 250  # incidents in one file of heads
Doc = tuple[str, str, str, str, str, str]


def terms_of(text: str) -> set[str]:
    """Return the terms of a text; single Latin letters and digits are none."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if unicodedata.category(c)[0] != "M")
    found = _WORD.findall(bare.lower().replace("ς", "σ"))
    return {word for word in found if len(word) > 1 or not word.isascii()}


def script(name: str, value: Any) -> str:
    """Return a value as a script that hands it to the page: a page in a folder may load scripts, and nothing else."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f'tollbook("{name}",{told});\n'


class Index:
    """Grows incident by incident, oldest first; heads are written as they come, terms at the end."""

    def __init__(self, folder: Path) -> None:
        """Begin in a folder that is made."""
        folder.mkdir()
        self._folder = folder
        self._terms: dict[str, array[int]] = {}
        self._docs: list[Doc] = []
        self._count = 0

    def add(self, doc: Doc, head: Iterable[str], body: Iterable[str]) -> None:
        """Add an incident: what a result shows, the words of its head, all its other words."""
        first = terms_of(" ".join(head))
        for term in first:
            self._put(term, self._count * 2 + 1)
        for term in terms_of(" ".join(body)) - first:
            self._put(term, self._count * 2)
        self._docs.append(doc)
        self._count += 1
        if len(self._docs) == _BLOCK:
            self._flush()

    def _put(self, term: str, value: int) -> None:
        held = self._terms.get(term)
        if held is None:
            held = self._terms[term] = array("L")
        held.append(value)

    def _flush(self) -> None:
        name = f"search/heads-{(self._count - 1) // _BLOCK}"
        (self._folder / f"{name.partition('/')[2]}.js").write_text(script(name, self._docs), encoding="utf-8")
        self._docs.clear()

    def close(self) -> None:
        """Write the terms, and what files there are."""
        if self._docs:
            self._flush()
        begun: list[str] = []
        for prefix, terms in _parted(sorted(self._terms), self._size, 1):
            begun.append(prefix)
            name = f"search/terms-{prefix.encode().hex()}"
            told = {term: _steps(self._terms[term]) for term in terms}
            (self._folder / f"{name.partition('/')[2]}.js").write_text(script(name, told), encoding="utf-8")
        about = {"incidents": self._count, "block": _BLOCK, "begin": begun}
        (self._folder / "about.js").write_text(script("search/about", about), encoding="utf-8")

    def _size(self, term: str) -> int:
        return len(term) + 5 + 4 * len(self._terms[term])


def _parted(terms: list[str], size: Any, letters: int) -> Iterator[tuple[str, list[str]]]:
    """Yield sorted terms by their beginnings, of as few letters as keep a file small; a whole term stands for itself."""
    groups: dict[str, list[str]] = {}
    for term in terms:
        groups.setdefault(term[:letters], []).append(term)
    for prefix, some in groups.items():
        longer = [t for t in some if len(t) > letters]
        if not longer or sum(map(size, some)) <= _LARGEST:
            yield prefix, some
            continue
        if len(longer) < len(some):
            yield prefix, [prefix]
        yield from _parted(longer, size, letters + 1)


def _steps(values: "array[int]") -> list[int]:
    before, out = 0, []
    for value in values:
        n = value // 2
        out.append((n - before) * 2 + value % 2)
        before = n
    return out
