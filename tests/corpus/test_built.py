"""Sentences built from parts (built.toml): each order with whatever may stand in it; what they add up to is known."""

import itertools
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import tollbook

PARTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "built.toml").read_text(encoding="utf-8"))
MOST = 500  # sentences of each kind, drawn alike in each run

Built = tuple[str, dict[str, int]]


def tolls(text: str) -> dict[str, int]:
    reading = tollbook.read(text, published="2024-03-05", language="en")
    return {
        row.harm: row.low if row.best is None else row.best
        for row in reading.toll
        if row.status == "all" and (row.best or row.low)
    }


def tidy(text: str) -> str:
    text = text.replace(",,", ",").replace(",.", ".").replace(" - ,", " -,").replace(" -.", ".")
    return text[0].upper() + text[1:]


def subjects() -> Iterator[Built]:
    (parts,) = PARTS["subjects"]
    every = itertools.product(parts["patterns"], parts["people"], parts["a"], parts["b"])
    for (pattern, killed, injured), people, a, b in every:
        told = {"killed": killed, "injured": injured}
        yield tidy(pattern.format(a14=people + a, b=b)), {k: n for k, n in told.items() if n}


def clauses() -> Iterator[Built]:
    (parts,) = PARTS["clauses"]
    keys = ("head", "figure", "people", "between", "verb", "tail")
    for head, (figure, value), people, between, (verb, harm), tail in itertools.product(
        *(parts[k] for k in keys)
    ):
        yield tidy(f"{head}{figure} {people}{between} {verb}{tail}."), {harm: value}


def deeds() -> Iterator[Built]:
    (parts,) = PARTS["deeds"]
    for head, doer, verb, (x, dead), (y, hurt), tail in itertools.product(
        *(parts[k] for k in ("head", "doer", "verb", "x", "y", "tail"))
    ):
        if "dead" in verb and "," in x:
            continue  # "left 14 people, including three children dead" is nobody's English
        if "family" in x and ", and {y}" in verb:
            continue  # not read: "killed members of a family, and six guards and two clerks were injured"
        told = {"killed": dead, "injured": hurt} if "{y}" in verb else {"killed": dead}
        yield tidy(f"{head}{doer} {verb.format(x=x, y=y)}{tail}."), told


def drawn(every: Iterator[Built]) -> list[Built]:
    built = list(every)
    return random.Random(20251127).sample(built, min(MOST, len(built)))


def wrong(every: Iterator[Built]) -> list[str]:
    found = []
    for text, told in drawn(every):
        read = tolls(text)
        if {k: read.get(k) for k in told} != told:
            found.append(f"{text} wanted {told}, got {read}")
    return found


def test_people_before_their_verb_are_counted_whatever_says_more_of_them() -> None:
    assert wrong(subjects()) == []


def test_what_stands_between_people_and_what_befell_them_changes_no_figure() -> None:
    assert wrong(clauses()) == []


def test_people_behind_a_verb_are_counted_whatever_says_more_of_them() -> None:
    assert wrong(deeds()) == []
