"""Reports composed of sentences (composed.toml): a lead, what tells it again, other events; what they add up to is known."""

import random
import tomllib
from pathlib import Path
from typing import Any

import pytest

import tollbook

DATA: dict[str, Any] = tomllib.loads((Path(__file__).parent / "composed.toml").read_text(encoding="utf-8"))
KINDS: dict[str, list[str]] = DATA["kinds"]
REPORTS = 300
SMALL = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine"}
BEHIND = ("told_again", "some_of_them", "by_name", "context", "separate", "raised")
WEIGHTS = (4, 3, 2, 4, 1, 1)
LEFT = ("raised", "separate", "context")  # in this order
ONCE = ("separate", "raised")


def _words(chance: random.Random) -> tuple[dict[str, str], dict[str, int]]:
    """Draw a setting and figures that no two kinds of sentence share, so that a sum cannot be right by chance."""
    setting = dict(chance.choice(DATA["settings"]))
    dead, since = chance.choice([11, 13, 16, 17, 22, 26, 31]), chance.choice([2, 3])
    figures = {
        "k": dead, "w": chance.choice([8, 15, 19, 24, 27, 34, 41]), "x": chance.choice([5, 9, 37, 46]),
        "e": chance.choice([4, 6]), "u": dead + since, "d": since, "b": chance.choice([2, 3, 7]), "c": chance.choice([2, 3, 5]),
    }  # fmt: skip
    told = {name: SMALL.get(n, str(n)) for name, n in figures.items()}
    words = {**setting, **told, **{name.upper(): word.capitalize() for name, word in told.items()}}
    deed = ("an " if setting["deed"][0] in "aeiou" else "a ") + setting["deed"]
    words |= {
        "a_deed": deed,
        "A_deed": deed.capitalize(),
        "Doer": setting["doer"].capitalize(),
        "War": setting["war"].capitalize(),
    }
    return words, figures


def _in_order(kinds: list[str]) -> list[str]:
    """Put the raised toll before a separate event, and that before others, so that nobody doubts which is meant."""
    places = [i for i, kind in enumerate(kinds) if kind in LEFT]
    out = list(kinds)
    for i, kind in zip(places, sorted((kinds[i] for i in places), key=LEFT.index), strict=True):
        out[i] = kind
    return out


def composed(chance: random.Random) -> tuple[str, int, int | None]:
    """Compose a report; return it with its dead and, where it tells of any, its wounded."""
    words, figures = _words(chance)
    kinds: list[str] = []
    for kind in chance.choices(BEHIND, WEIGHTS, k=chance.randint(1, 4)):
        if kind not in ONCE or kind not in kinds:
            kinds.append(kind)
    kinds = _in_order(kinds)
    hurt = chance.random() < 0.6
    if hurt:
        kinds[:0] = ["wounded"]
        kinds += ["wounded_again"] if chance.random() < 0.5 else []
    told = [chance.choice(KINDS[kind]).format(**words) for kind in ("lead", *dict.fromkeys(kinds))]
    paragraphs = [" ".join(told[i : i + 2]) for i in range(0, len(told), 2)]
    if chance.random() < 0.35:
        paragraphs[:0] = [chance.choice(KINDS["headline"]).format(**words)]
    dead = figures["u"] if "raised" in kinds else figures["k"]
    dead += figures["e"] if "separate" in kinds else 0
    return "\n\n".join(paragraphs), dead, figures["w"] if hurt else None


def _reports() -> list[tuple[str, int, int | None]]:
    chance = random.Random(20241128)
    return [composed(chance) for _ in range(REPORTS)]


@pytest.mark.parametrize(("text", "dead", "hurt"), _reports())
def test_what_sentences_add_up_to(text: str, dead: int, hurt: int | None) -> None:
    reading = tollbook.read(text, published="2024-05-15", language="en")
    found = {
        row.harm: row.best if row.best is not None else row.low for row in reading.toll if row.status == "all"
    }
    assert (found.get("killed"), found.get("injured")) == (dead, hurt), text
