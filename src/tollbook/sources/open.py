"""open: names of sources -> reports, one after the other; what cannot be read is a Problem, and the rest goes on."""

import gzip
import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from tollbook.errors import Problem, SourceError
from tollbook.sources.files import LINE_KINDS, TYPES, received_of
from tollbook.sources.lines import read_lines
from tollbook.sources.received import Item, Options
from tollbook.sources.web import fetch

_STDIN = "standard input"


def open_sources(names: Sequence[str], options: Options) -> Iterator[Item]:
    """Yield a report or a Problem for each item of each source, in order, lazily.

    A name is a file, a folder (read with all below it, sorted), an http(s) address, or "-" for standard input.
    """
    for name in names:
        try:
            yield from _source(name, options)
        except SourceError as problem:
            yield Problem(_STDIN if name == "-" else name, str(problem))
        except OSError as problem:
            yield Problem(name, f"cannot be opened: {problem.strerror or problem}")


def _source(name: str, options: Options) -> Iterator[Item]:
    if name == "-":
        yield from _stream(options)
    elif "://" in name[:12]:
        answer = fetch(name, options)
        item = received_of(
            answer.data, name, options, name=answer.url, url=answer.url, charset=answer.charset
        )
        yield item
    else:
        path = Path(name)
        if path.is_dir():
            yield from _folder(path, options)
        elif not path.exists():
            raise SourceError("no such file or folder - check the name")
        else:
            yield from _file(path, options)


def _file(path: Path, options: Options) -> Iterator[Item]:
    name = path.name.lower()
    if name.endswith(LINE_KINDS):
        with path.open("rb") as lines:
            yield from read_lines(lines, str(path), options)
        return
    if name.endswith(tuple(f"{kind}.gz" for kind in LINE_KINDS)):
        with gzip.open(path, "rb") as lines:
            try:
                yield from read_lines(lines, str(path), options)
            except (EOFError, OSError) as problem:
                yield Problem(str(path), f"the gzip file is broken: {problem}")
        return
    size = path.stat().st_size
    if size > options.max_bytes:
        raise SourceError(
            f"a file of {size / 1e6:,.0f} MB - the limit is {options.max_bytes / 1e6:,.0f} MB; give --max-size or split it"
        )
    yield received_of(path.read_bytes(), str(path), options, name=path.name)


def _folder(folder: Path, options: Options) -> Iterator[Item]:
    """Read all below a folder, sorted; hidden files are left out, other kinds are told."""
    known = (*TYPES, *LINE_KINDS)
    files = sorted(
        p
        for p in folder.rglob("*")
        if p.is_file() and not any(part.startswith(".") for part in p.relative_to(folder).parts)
    )
    readable = [p for p in files if p.name.lower().endswith((*known, ".jsonl.gz", ".ndjson.gz"))]
    if not readable:
        raise SourceError(f"a folder without reports - it needs files of these kinds: {' '.join(known)}")
    for path in files:
        if path not in readable:
            yield Problem(str(path), f"not read: a kind that is not known - known: {' '.join(known)}")
            continue
        try:
            yield from _file(path, options)
        except SourceError as problem:
            yield Problem(str(path), str(problem))
        except OSError as problem:
            yield Problem(str(path), f"cannot be opened: {problem.strerror or problem}")


def _stream(options: Options) -> Iterator[Item]:
    """Read standard input: reports line by line where it is .jsonl, else one report."""
    stream = options.stdin
    if stream is None:
        raise SourceError("nothing on standard input")
    first = stream.readline(options.max_bytes)
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and b'"text"' in first:
        yield from read_lines(_chain(first, stream), _STDIN, options)
        return
    data = first + stream.read(options.max_bytes + 1 - len(first))
    if len(data) > options.max_bytes:
        raise SourceError(f"more than {options.max_bytes / 1e6:,.0f} MB - give --max-size or split it")
    yield received_of(data, _STDIN, options)


def _chain(first: bytes, stream: BinaryIO | io.BytesIO) -> Iterator[bytes]:
    yield first
    yield from stream
