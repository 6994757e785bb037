"""Measure exports: python benchmarks/export.py [--reports 150000] [--register NAME] [--page docs/performance.md]

A register of a made-up world (benchmarks/world.py, hard and brief: many incidents, each told once or twice) is added with the
command, or `--register` names one that is there; 150,000 reports tell some 100,000 incidents. Each tabular format is exported
by a process of its own; told are its seconds, as run and of the processor, and the most memory that it and the processes that
it starts held at one time, pages that they share counted once (Linux alone tells that). Writes its section where a page is given.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from room import build, write_section

from tollbook.desk.publishing import Order, export
from tollbook.register.register import Register

FORMATS = ("ged", "acled", "sdg", "tables", "xlsx", "airwars", "geojson")
ASKED = 100_000
EVERY = 0.1  # seconds between two looks at the memory
BEGIN, END = "<!-- made by benchmarks/export.py -->", "<!-- end of what the export's benchmark makes -->"
SHARE = re.compile(r"^Pss:\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Run:
    """One export: incidents and bytes written, seconds as run and of the processor, the most memory in MB."""

    incidents: int
    size: int
    seconds: float
    processor: float
    memory: float = 0.0


def exported(name: str, kind: str) -> Run:
    """Export in this process."""
    with tempfile.TemporaryDirectory() as folder, Register(name) as register:
        begun, worked = time.perf_counter(), _worked()
        done = export(register, Order((kind,)), Path(folder) / "out")
        seconds, processor = time.perf_counter() - begun, _worked() - worked
        size = sum(size for _, size in done.files)
    return Run(done.incidents, size, seconds, processor)


def _worked() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def in_a_process(name: str, kind: str) -> Run:
    """Export in a process of its own, and look at the memory meanwhile."""
    line = [sys.executable, __file__, "--one", kind, "--register", name]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as running:
        most = 0.0
        while running.poll() is None:
            most = max(most, sum(_held(process) for process in _family(running.pid)))
            time.sleep(EVERY)
        said = running.stdout.read() if running.stdout else ""
    if running.returncode:
        raise SystemExit(f"{kind} failed")
    return Run(**(json.loads(said) | {"memory": most}))


def _family(process: int) -> Iterator[int]:
    """Yield a process and all that it started."""
    yield process
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with suppress(OSError):
            for child in task.read_text(encoding="ascii").split():
                yield from _family(int(child))


def _held(process: int) -> float:
    """Return the memory of a process in MB, of what it shares its share; 0 where it is gone."""
    with suppress(OSError):
        told = SHARE.search(Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii"))
        return int(told[1]) / 1024 if told else 0.0
    return 0.0


def row(kind: str, run: Run) -> str:
    """Return a format's line of the table."""
    return (
        f"| {kind} | {run.size / 1e6:,.0f} MB | {run.seconds:.1f} s | {run.processor:.1f} s | {run.memory:,.0f} MB | "
        f"{run.seconds * ASKED / run.incidents:,.0f} s |"
    )


def main() -> int:
    """Measure each format and write the section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--reports", type=int, default=150_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--register", help="a register that is there already")
    parser.add_argument("--formats", nargs="*", default=FORMATS)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(asdict(exported(asked.register, asked.one))))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        name = asked.register or f"{folder}/a.register"
        if not asked.register:
            build(asked.reports, asked.seed, name, brief=True)
        lines = []
        for kind in asked.formats:
            run = in_a_process(name, kind)
            lines.append(row(kind, run))
            print(lines[-1], flush=True)
        with Register(name) as register, register.reading() as connection:
            claims = connection.exec_driver_sql("SELECT count(*) FROM claim").scalar_one()
            reports = connection.exec_driver_sql("SELECT count(*) FROM report").scalar_one()
    if asked.page:
        load = f"{os.getloadavg()[2]:.1f} processes wanted to run on average"
        words = (
            f"## Exports\n\n{run.incidents:,} incidents with {claims:,} claims in {reports:,} reports, SQLite, "
            f"{os.cpu_count()} cores; {load} meanwhile. Asked are 60 s and 500 MB for 100,000.\n\n"
            "| | size | as run | of the processor | memory | for 100,000, as run |\n"
            "|---|--:|--:|--:|--:|--:|\n" + "\n".join(lines)
        )
        write_section(asked.page, words, BEGIN, END)
    return 0


if __name__ == "__main__":
    sys.exit(main())
