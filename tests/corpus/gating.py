"""gating: what the project's own texts yield now, against what they yielded at the last release; and the evidence law.

The snapshot has a line a text: its corpus, a digest of its words, and its claims. A text that was changed since is new.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, NamedTuple

import tollbook
from tollbook.model.claim import Claim
from tollbook.model.reading import Reading
from tollbook.writers.json import to_json

HERE = Path(__file__).parent
SNAPSHOT = HERE / "claims.snapshot"
TABLES = ("en", "tolls", "leads", "parties", "telling", "dates")
PUBLISHED = "2025-03-12"
Snapshot = Mapping[str, tuple[str, ...]]


class Item(NamedTuple):
    """One text of the corpora: the key of its line, and the day it came out."""

    key: str
    text: str
    published: str


class Difference(NamedTuple):
    """What one text gained and lost, and what moved: the same words with other figures, scope or modality."""

    key: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]


def items() -> Iterator[Item]:
    """Yield every text of the corpora in the repository, and the bundled examples."""
    seen = set()
    for name in TABLES:
        for text in _texts(tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))):
            key = _key(name, text)
            if key not in seen:
                seen.add(key)
                yield Item(key, text, PUBLISHED)
    for folder in ("reports", "held"):
        for file in sorted((HERE / folder).glob("*.expected.json")):
            told = json.loads(file.read_text(encoding="utf-8"))
            text = (file.parent / told["report"]).read_text(encoding="utf-8")
            yield Item(
                _key(f"{folder}/{file.name.removesuffix('.expected.json')}", text), text, told["published"]
            )
    for example in sorted(resources.files("tollbook.examples").iterdir(), key=lambda f: f.name):
        if example.name.endswith((".txt", ".md")):
            text = example.read_text(encoding="utf-8")
            yield Item(_key(f"examples/{example.name}", text), text, "2025-03-09")


def _texts(value: Any) -> Iterator[str]:
    """Yield the texts of a table: the value of "text", or a key that is a sentence."""
    if isinstance(value, list):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
            return
        for key, inner in value.items():
            if " " in key:
                yield key
            else:
                yield from _texts(inner)


def _key(name: str, text: str) -> str:
    return f"{name}:{hashlib.sha256(text.encode()).hexdigest()[:10]}"


def read(item: Item) -> Reading:
    """Read one text of the corpora."""
    return tollbook.read(item.text, published=item.published, language="en")


def line_of(claim: Claim) -> str:
    """Write a claim as its snapshot has it: harm, place and words of its figure, then what may move."""
    count = claim.count
    figures = "/".join("-" if v is None else str(v) for v in (count.low, count.best, count.high))
    told = [word for word in (claim.scope, claim.modality) if word not in ("incident", "asserted")]
    return " ".join((claim.harm, f"{count.start}", " ".join(count.quote.split()), "=", figures, *told))


def violations(reading: Reading) -> list[str]:
    """Return what breaks the law of evidence: a quote that is not the text, figures out of order, a toll without a claim."""
    told = json.loads(to_json(reading))
    text, claims = reading.report.text, {c.id for c in reading.claims}
    found = []
    for path, slot in _slots({k: v for k, v in told.items() if k != "report"}, ""):
        if slot.get("quote") is not None:
            start, end = (slot.get(f"{side}_offset", slot.get(side)) for side in ("start", "end"))
            if text[start:end] != slot["quote"]:
                found.append(f"{path}: “{slot['quote']}” is not the text at {start} to {end}")
        figures = [slot[k] for k in ("low", "best", "high") if isinstance(slot.get(k), int)]
        if figures != sorted(figures):
            found.append(f"{path}: low, best, high are {figures}")
    for toll in reading.toll:
        if not {entry.claim for entry in toll.ledger} & claims:
            found.append(f"toll of {toll.harm}, {toll.status}: no claim stands behind it")
    return found


def _slots(value: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from _slots(inner, f"{path}.{key}".strip("."))
    elif isinstance(value, list):
        for n, inner in enumerate(value):
            yield from _slots(inner, f"{path}[{n}]")


def compare(old: Snapshot, new: Snapshot) -> list[Difference]:
    """Return what each text that both have gained, lost and moved; texts without a difference are left out."""
    out = []
    for key, now in new.items():
        if key in old and now != old[key]:
            gained, lost = _beyond(now, old[key]), _beyond(old[key], now)
            heads = {line.split(" = ")[0]: line for line in gained}
            moved = tuple(
                (line, heads[line.split(" = ")[0]]) for line in lost if line.split(" = ")[0] in heads
            )
            before, after = {a for a, _ in moved}, {b for _, b in moved}
            out.append(
                Difference(
                    key,
                    tuple(line for line in gained if line not in after),
                    tuple(line for line in lost if line not in before),
                    moved,
                )
            )
    return out


def _beyond(some: Sequence[str], others: Sequence[str]) -> list[str]:
    """Return the lines that one has more often than the other."""
    rest = list(others)
    out = []
    for line in some:
        if line in rest:
            rest.remove(line)
        else:
            out.append(line)
    return out


def load(file: Path = SNAPSHOT) -> Snapshot:
    """Return the snapshot of the last release: the claims of each text."""
    lines = [
        line.split("\t") for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    return {key: tuple(claims) for key, *claims in lines}


def write(snapshot: Snapshot, version: str, file: Path = SNAPSHOT) -> None:
    """Write a snapshot, a text a line, its claims behind tabs."""
    head = (
        f"# What the corpora yielded at {version}; written by tools/gate.py --write, compared by make gate."
    )
    file.write_text(
        "\n".join([head, *("\t".join((k, *v)) for k, v in snapshot.items())]) + "\n", encoding="utf-8"
    )
