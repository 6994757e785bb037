"""Every name that a text has for a place, and which place it is: tests/corpus/places.toml."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

import tollbook
from tollbook.model.place import Place

ROWS: list[dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("places.toml").read_text(encoding="utf-8")
)["place"]


def told(place: Place) -> str:
    """Write a place as the corpus does."""
    mark = "?" if place.lat is None else ""
    return f"{place.quote}: {mark}{place.level} {place.country or '-'} {place.adm1 or '-'}"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["why"])
def test_places_are_those_that_the_words_name(row: dict[str, Any]) -> None:
    reading = tollbook.read(row["text"], language="en")
    assert [told(place) for place in reading.places] == row["says"]
