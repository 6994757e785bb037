"""open: names of sources -> reports, one after the other; what cannot be read is a Problem, and the rest goes on."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tollbook.errors import Problem, SourceError
from tollbook.sources.forward import HEAD, Budget, Forward, forward_of
from tollbook.sources.gathering import KNOWN, Found, Gathering, readable
from tollbook.sources.lines import read_lines
from tollbook.sources.received import Item, Options

_STDIN = "standard input"


def open_sources(names: Sequence[str], options: Options) -> Iterator[Item]:
    """Yield a report or a Problem for each item of each source, in order, lazily.

    A name is a file, a folder (read with all below it, sorted), an http(s) address, or "-" for standard input. Archives,
    feeds, sitemaps and lists of addresses among them are opened, whatever they are called.
    """
    gathering = Gathering(options)
    for name in names:
        try:
            yield from _source(name, options, gathering)
        except SourceError as problem:
            yield Problem(_STDIN if name == "-" else name, str(problem))
        except OSError as problem:
            yield Problem(name, f"cannot be opened: {problem.strerror or problem}")


def _source(name: str, options: Options, gathering: Gathering) -> Iterator[Item]:
    if not name.strip():
        raise SourceError("an empty name - give a file, a folder, an address, or - for standard input")
    if name == "-":
        yield from _stream(options, gathering)
    elif "://" in name[:12]:
        yield from gathering.address(name)
    else:
        path = Path(name)
        if path.is_dir():
            yield from _folder(path, options, gathering)
        elif not path.exists():
            raise SourceError("no such file or folder - check the name")
        else:
            yield from _file(path, options, gathering)


def _file(path: Path, options: Options, gathering: Gathering) -> Iterator[Item]:
    with path.open("rb") as file:
        meter = options.meter
        stream = Forward(meter.counting(file.read) if meter else file.read, source=file)
        yield from gathering.stream(stream, Found(str(path), path.name, Budget(path.stat().st_size)))


def _folder(folder: Path, options: Options, gathering: Gathering) -> Iterator[Item]:
    """Read all below a folder, sorted; hidden files are left out, other kinds are told."""
    files, closed = _below(folder)
    yield from closed
    if not files and closed:
        return
    unknown = {p for p in files if not _readable(p)}
    if len(unknown) == len(files):
        raise SourceError(f"a folder without reports - it needs files of these kinds: {' '.join(KNOWN)}")
    for path in files:
        if path in unknown:
            yield Problem(str(path), f"not read: a kind that is not known - known: {' '.join(KNOWN)}")
            continue
        try:
            yield from _file(path, options, gathering)
        except SourceError as problem:
            yield Problem(str(path), str(problem))
        except OSError as problem:
            yield Problem(str(path), f"cannot be opened: {problem.strerror or problem}")


def _below(folder: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files below a folder, sorted, and what cannot be looked into; links to folders are not followed."""
    files: list[Path] = []
    closed: list[Problem] = []

    def refuse(problem: OSError) -> None:
        closed.append(Problem(str(problem.filename), f"cannot be opened: {problem.strerror or problem}"))

    for inside, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(inside, name)
            if name.startswith("."):
                continue
            if path.is_file():
                files.append(path)
            elif path.is_symlink():
                closed.append(Problem(str(path), "a link that leads nowhere - mend it or remove it"))
    return sorted(files), closed


def _readable(path: Path) -> bool:
    if path.suffix.lower() in KNOWN:
        return True
    try:
        with path.open("rb") as file:
            return readable(file.read(HEAD), path.name)
    except OSError:
        return True  # why it cannot be opened is told when it is read


def _stream(options: Options, gathering: Gathering) -> Iterator[Item]:
    """Read standard input: reports line by line where it is .jsonl, else whatever its content is."""
    stream = options.stdin
    if stream is None:
        raise SourceError("nothing on standard input")
    ahead = Forward(
        getattr(stream, "read1", stream.read)
    )  # what is there is read at once: a pipe may go on for long
    first = ahead.line(HEAD)
    if first.lstrip(b"\xef\xbb\xbf \t").startswith(b"{") and b'"text"' in first:
        ahead.push(first)
        yield from read_lines(ahead.lines(options.max_bytes), _STDIN, options)
        return
    data = first + ahead.read(options.max_bytes + 1 - len(first))
    if len(data) > options.max_bytes:
        raise SourceError(f"more than {options.max_bytes / 1e6:,.0f} MB - give --max-size or split it")
    yield from gathering.stream(forward_of(data), Found(_STDIN, budget=Budget(len(data))))
