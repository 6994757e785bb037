"""dating: times in the news style against the days that they mean."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import tollbook

TABLE = Path(__file__).parent / "dates.toml"


class Row(NamedTuple):
    """One time of a text, or a text without any: words and first and last day, None for no days."""

    published: str
    text: str
    words: str | None
    days: tuple[str, str] | None


def rows() -> Iterator[Row]:
    """Yield the table of times."""
    for published, texts in tomllib.loads(TABLE.read_text(encoding="utf-8")).items():
        for text, times in texts.items():
            for time in times:
                words, _, days = time.rpartition(" = ")
                first, _, last = days.partition("..")
                yield Row(published, text, words, None if first == "-" else (first, last or first))
            if not times:
                yield Row(published, text, None, None)


def given(row: Row) -> list[tuple[str, tuple[str, str] | None]]:
    """Return the times that the reader finds in a row's text, as words and days."""
    found = tollbook.read(row.text, published=row.published, language="en").dates
    return [(d.quote, (d.start, d.end) if d.start and d.end else None) for d in found]


def is_right(row: Row, times: list[tuple[str, tuple[str, str] | None]]) -> bool:
    """Tell whether what was found fits a row: the days of the words, or no days at all where there are none."""
    start = row.text.find(row.words) if row.words else 0
    end = start + len(row.words or "")
    near = [
        days
        for words, days in times
        if not row.words or (row.text.find(words) < end and start < row.text.find(words) + len(words))
    ]
    if row.days is None:
        return not any(near)
    return row.days in near
