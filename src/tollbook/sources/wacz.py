"""wacz: a WACZ archive -> the captures of the pages that it lists, its own check sums checked."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from tollbook.errors import Problem, SourceError
from tollbook.sources.forward import BROKEN, Budget, Forward
from tollbook.sources.received import MEGABYTE, Options
from tollbook.sources.warc import Captured, Wanted, captures_of

_MOST_LIST = 64 * MEGABYTE


def is_wacz(names: list[str]) -> bool:
    """Tell by the names of its members whether a ZIP archive is a WACZ."""
    return "datapackage.json" in names and any(_is_warc(name) for name in names)


def wacz_captures(
    archive: zipfile.ZipFile, where: str, options: Options, budget: Budget
) -> Iterator[Captured | Problem]:
    """Yield the captures of a WACZ: those of the pages it lists where it does, else all; what is missing is told."""
    listed, problems = _pages(archive, where, options)
    yield from problems
    wanted = Wanted(listed or None)
    said = _digests(archive)
    for item in archive.infolist():
        if not _is_warc(item.filename):
            continue
        place = f"{where}, {item.filename}"
        try:
            if not _holds(archive, item, said.get(item.filename)):
                yield Problem(
                    place, "its check sum is not the one the archive lists: it was changed after packing"
                )
            with archive.open(item) as stream:
                yield from captures_of(Forward(stream.read), place, options, budget, wanted)
        except SourceError as problem:
            if budget.spent():
                raise
            yield Problem(place, str(problem))
        except BROKEN as problem:
            yield Problem(place, f"cannot be unpacked: {problem}"[:300])
    for url in sorted(wanted.missing)[:1000]:
        yield Problem(f"{where}, {url}", "listed as a page of this archive, but no capture of it is in there")


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _pages(archive: zipfile.ZipFile, where: str, options: Options) -> tuple[set[str], list[Problem]]:
    """Return the addresses of the listed pages."""
    listed: set[str] = set()
    problems = []
    for name in archive.namelist():
        if not (name.startswith("pages/") and name.endswith(".jsonl")):
            continue
        try:
            with archive.open(name) as stream:
                for line in Forward(stream.read).lines(MEGABYTE):
                    listed |= _page(line)
                    if len(listed) * 100 > _MOST_LIST:
                        raise ValueError("it lists more pages than can be held")
        except BROKEN as problem:
            problems.append(Problem(f"{where}, {name}", f"the list of pages is broken: {problem}"[:300]))
    return listed, problems


def _page(line: bytes) -> set[str]:
    if not line.strip():
        return set()
    row: Any = json.loads(line)
    url = row.get("url") if isinstance(row, dict) else None
    return {url.partition("#")[0]} if isinstance(url, str) and url.startswith("http") else set()


def _digests(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the check sums that the archive lists of its members."""
    try:
        with archive.open("datapackage.json") as stream:
            package: Any = json.loads(stream.read(8 * MEGABYTE))
        rows = package["resources"]
        return {str(row["path"]): str(row["hash"]) for row in rows if "path" in row and "hash" in row}
    except (*BROKEN, KeyError, TypeError, RecursionError):
        return {}


def _holds(archive: zipfile.ZipFile, item: zipfile.ZipInfo, said: str | None) -> bool:
    """Tell whether a member's bytes have the check sum that is said of them."""
    name, _, value = (said or "").partition(":")
    if name not in ("sha256", "md5") or not value:
        return True
    digest = hashlib.new(name, usedforsecurity=False)
    with archive.open(item) as stream:
        while piece := stream.read(65_536):
            digest.update(piece)
    return digest.hexdigest() == value.lower()
