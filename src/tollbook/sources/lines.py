"""lines: .jsonl -> reports, one a line, streamed."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import msgspec

from tollbook.errors import Problem, SourceError
from tollbook.model.report import report_of
from tollbook.model.text import Warning
from tollbook.sources.received import Item, Options, Received

_KNOWN = ("title", "url", "publisher", "author", "published", "language")
_MAY_REPEAT = re.compile(rb'"(?:text|id|title|url|publisher|author|published|language)"\s*:')
_HOW = 'give one report a line: {"text": "…"}'


def read_lines(lines: Iterable[bytes], where: str, options: Options) -> Iterator[Item]:
    """Yield a report for each line; a line that cannot be read is a Problem with its number, and the rest goes on."""
    empty = True
    for number, line in enumerate(lines, 1):
        if line.strip(b" \t\r\n\xef\xbb\xbf"):
            empty = False
            yield _line(line, f"{where}, line {number:,}", options)
    if empty:
        yield Problem(where, f"no line in it - {_HOW}")


def _line(line: bytes, where: str, options: Options) -> Item:
    if len(line) > options.max_bytes:
        most = f"{options.max_bytes / 1e6:,.0f} MB"
        return Problem(where, f"a line of more than {most} - give --max-size to allow it")
    try:
        row, warnings = _row(line.strip(b"\xef\xbb\xbf"))
    except SourceError as problem:
        return Problem(where, str(problem))
    if not isinstance(row, dict):
        return Problem(where, f"not a JSON object - {_HOW}")
    ref = _ref(row.get("id"))
    text = row.get("text")
    if not isinstance(text, str):
        return Problem(where, "no 'text' - each report needs its text as a string", ref)
    if not text.strip():
        return Problem(where, "the text is empty - nothing to read", ref)
    known, unread = _fields(row)
    known = {**known, **given(options, known)}
    original = line.rstrip(b"\r\n") if options.keep else None
    return Received(report_of(text, ref=ref, **known), where, (*warnings, *unread), original=original)


def _row(line: bytes) -> tuple[Any, list[Warning]]:
    """Return what a line says, and what was mended to read it; SourceError where it is no JSON."""
    warnings: list[Warning] = []
    try:
        row = msgspec.json.decode(line)
    except RecursionError as problem:
        raise SourceError("JSON that nests too deep to be a report") from problem
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        row = _mended(line, str(problem), warnings)
    named = Counter(_MAY_REPEAT.findall(line)) if line.count(b'"text"') != 1 else {}
    if any(count > 1 for count in named.values()):
        repeated = _repeated(line.decode("utf-8", "replace"))
        told = "the line says '{}' more than once: the last is read"
        warnings += [Warning("repeated_key", told.format(key)) for key in repeated]
    return row, warnings


def _mended(line: bytes, why: str, warnings: list[Warning]) -> Any:
    """Read JSON in which bytes are no UTF-8, or halves of characters stand alone: both become U+FFFD, and are told."""
    text = line.decode("utf-8", "replace")
    try:
        row = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        raise SourceError(f"not JSON: {why} - {_HOW}") from None
    warnings.append(Warning("undecodable", f"read with faults mended ({why}); what was lost is U+FFFD"))
    return row


def _repeated(text: str) -> list[str]:
    """Return the keys of the outermost object that stand in it more than once."""
    pairs: list[list[tuple[str, Any]]] = []

    def seen(found: list[tuple[str, Any]]) -> dict[str, Any]:
        pairs.append(found)
        return dict(found)

    try:
        json.loads(text, object_pairs_hook=seen, strict=False)
    except (ValueError, RecursionError):
        return []
    counts = Counter(key for key, _ in pairs[-1]) if pairs else Counter[str]()
    return [key for key, count in counts.items() if count > 1]


def _ref(value: Any) -> str | None:
    """Return a giver's id as a string: a number as its digits, anything else as its JSON."""
    if value is None or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def _fields(row: dict[str, Any]) -> tuple[dict[str, str], list[Warning]]:
    """Return what a line says of its report, and a warning for each field that is not as it should be."""
    known: dict[str, str] = {}
    warnings: list[Warning] = []
    for key in _KNOWN:
        value = row.get(key)
        if value is None or value == "":
            continue
        if not isinstance(value, str):
            shown = json.dumps(value, ensure_ascii=False)[:60]
            warnings.append(Warning("field", f"'{key}' is no string ({shown}): left out"))
        elif key == "published" and not _is_day(value):
            told = f"'published' is no date (“{value[:60]}”): left out; give year-month-day, as 2025-03-09"
            warnings.append(Warning("published", told))
        else:
            known[key] = value
    return known, warnings


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return len(value) >= 10


def given(options: Options, known: dict[str, str]) -> dict[str, str]:
    """Return what the user said of the sources, which fills what they do not say themselves."""
    said = {"published": options.published, "publisher": options.publisher, "language": options.language}
    return {k: v for k, v in said.items() if v is not None and (k == "language" or k not in known)}
