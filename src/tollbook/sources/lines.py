"""lines: .jsonl -> reports, one a line, streamed."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from tollbook.errors import Problem
from tollbook.model.report import report_of
from tollbook.sources.received import Item, Options, Received

_KNOWN = ("title", "url", "publisher", "author", "published", "language")


def read_lines(lines: Iterable[bytes], where: str, options: Options) -> Iterator[Item]:
    """Yield a report for each line; a line that cannot be read is a Problem with its number, and the rest goes on."""
    for number, line in enumerate(lines, 1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _line(line, f"{where}, line {number}", options)


def _line(line: bytes, where: str, options: Options) -> Item:
    if len(line) > options.max_bytes:
        return Problem(
            where, f"a line of {len(line) / 1e6:,.0f} MB - the limit is {options.max_bytes / 1e6:,.0f} MB"
        )
    try:
        row: Any = msgspec.json.decode(line.strip(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as problem:
        return Problem(where, f"not JSON: {problem}")
    if not isinstance(row, dict):
        return Problem(where, 'not a JSON object - give one report a line: {"text": …}')
    ref = None if row.get("id") is None else str(row["id"])
    text = row.get("text")
    if not isinstance(text, str):
        return Problem(where, "no 'text' - each report needs its text as a string", ref)
    if not text.strip():
        return Problem(where, "the text is empty", ref)
    known = {key: row[key] for key in _KNOWN if isinstance(row.get(key), str)}
    known = {**known, **given(options, known)}
    try:
        original = line.rstrip(b"\r\n")
        return Received(report_of(text, ref=ref, **known), where, original=original if options.keep else None)
    except UnicodeEncodeError:
        return Problem(where, "the text holds half a character (a lone surrogate)", ref)


def given(options: Options, known: dict[str, str]) -> dict[str, str]:
    """Return what the user said of the sources, which fills what they do not say themselves."""
    said = {"published": options.published, "publisher": options.publisher, "language": options.language}
    return {k: v for k, v in said.items() if v is not None and (k == "language" or k not in known)}
