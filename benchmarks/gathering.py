"""How fast archives and feeds are taken in, and in how much memory: python benchmarks/gathering.py [reports].

Each kind is made anew with so many reports (20,000 if not said) and read in a process of its own; nothing is read into
claims, so that what is measured is the taking in alone.
"""

import argparse
import gzip
import io
import json
import random
import resource
import subprocess
import sys
import tarfile
import tempfile
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tollbook.sources import Options, Received, open_sources

_WORDS = (
    "shelling",
    "market",
    "town",
    "evening",
    "officials",
    "residents",
    "hospital",
    "patrol",
    "road",
    "army",
    "school",
)


def texts(count: int) -> Iterator[tuple[int, str]]:
    """Yield numbered texts of some 2,000 letters, always the same."""
    chance = random.Random(1)
    for n in range(count):
        words = " ".join(chance.choice(_WORDS) for _ in range(270))
        yield n, f"{n % 90 + 2} people were killed on Monday. {words}."


def page(n: int, text: str) -> bytes:
    """Return a page around a text."""
    menu = "".join(f'<li><a href="/{k}">Section {k}</a></li>' for k in range(40))
    day = '<meta property="article:published_time" content="2025-03-07T10:00:00Z">'
    return (
        f"<!doctype html><html><head><title>Report {n}</title>{day}</head><body><nav><ul>{menu}</ul></nav>"
        f"<article><h1>Report number {n}</h1><p>{text}</p></article></body></html>"
    ).encode()


def as_warc(path: Path, count: int) -> None:
    """Write captures of pages."""
    from warcio.statusandheaders import StatusAndHeaders  # noqa: PLC0415  # only this kind needs it
    from warcio.warcwriter import WARCWriter  # noqa: PLC0415  # as above

    with path.open("wb") as out, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        writer = WARCWriter(out, gzip=True)
        for n, text in texts(count):
            head = StatusAndHeaders(
                "200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1"
            )
            body = io.BytesIO(page(n, text))
            writer.write_record(
                writer.create_warc_record(f"https://a.example/{n}", "response", body, http_headers=head)
            )


def as_zip(path: Path, count: int) -> None:
    """Write texts as members of a ZIP archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for n, text in texts(count):
            made.writestr(f"reports/{n}.txt", text)


def as_tar(path: Path, count: int) -> None:
    """Write texts as members of a packed tar archive."""
    with tarfile.open(path, "w:gz", compresslevel=6) as made:
        for n, text in texts(count):
            data = text.encode()
            item = tarfile.TarInfo(f"reports/{n}.txt")
            item.size = len(data)
            made.addfile(item, io.BytesIO(data))


def as_lines(path: Path, count: int) -> None:
    """Write texts as packed lines of JSON."""
    with gzip.open(path, "wt", encoding="utf-8") as out:
        for _, text in texts(count):
            out.write(json.dumps({"text": text}) + "\n")


KINDS: dict[str, Callable[[Path, int], None]] = {
    "reports.jsonl.gz": as_lines,
    "reports.zip": as_zip,
    "reports.tar.gz": as_tar,
    "pages.warc.gz": as_warc,
}


def measure(path: Path, keep: bool) -> None:
    """Read one source and print what it took."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    begun = time.perf_counter()
    count = letters = 0
    for item in open_sources([str(path)], Options(keep=keep)):
        assert isinstance(item, Received), item
        count += 1
        letters += len(item.report.text)
    took = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{path.name:20} {count:8,} reports {path.stat().st_size / 1e6:8.1f} MB  {count / took:8,.0f} a second"
        f"  {peak:6.0f} MB at most ({before:.0f} before){'  kept' if keep else ''}"
    )


def main() -> None:
    """Make each kind, and read it in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="?", type=int, default=20_000)
    parser.add_argument("--read", type=Path)
    parser.add_argument("--keep", action="store_true")
    said = parser.parse_args()
    if said.read:
        measure(said.read, said.keep)
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, made in KINDS.items():
            path = Path(folder) / name
            made(path, said.reports)
            for more in ([], ["--keep"]):
                subprocess.run([sys.executable, __file__, "--read", str(path), *more], check=True)


if __name__ == "__main__":
    main()
