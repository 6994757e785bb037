"""Measure exports: python benchmarks/export.py [--reports 25000] [--register NAME] [--page docs/performance.md]

A register of a made-up world (benchmarks/world.py, hard setting) is added with the command, or `--register` names one that
is there. Each tabular format is exported by a process of its own; told are its seconds, as run and of the processor, and the
most memory it held, and what that comes to for 100,000 incidents: the start of the program and what is made once are
measured by an export of nothing, and only the rest is multiplied. Writes its section where a page is given.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from room import build, write_section

from tollbook.desk.publishing import Order, export
from tollbook.model.answer import Wanted
from tollbook.register.register import Register

FORMATS = ("ged", "acled", "sdg", "tables", "xlsx", "airwars", "geojson")
HEAVY = ("tables", "xlsx")  # which leave one core to the process that writes
ASKED = 100_000
BEGIN, END = "<!-- made by benchmarks/export.py -->", "<!-- end of what the export's benchmark makes -->"


@dataclass(frozen=True, slots=True)
class Run:
    """One export: incidents and bytes written, seconds as run and of the processor, the most memory in MB."""

    incidents: int
    size: int
    seconds: float
    processor: float
    memory: float


def exported(name: str, kind: str, nothing: bool) -> Run:
    """Export in this process; with `nothing` the incidents of a day on which there are none."""
    wanted = Wanted(start="1800-01-01", end="1800-01-02") if nothing else Wanted()
    with tempfile.TemporaryDirectory() as folder, Register(name) as register:
        begun, worked = time.perf_counter(), _worked()
        done = export(register, Order((kind,), wanted), Path(folder) / "out")
        seconds, processor = time.perf_counter() - begun, _worked() - worked
        size = sum(size for _, size in done.files)
    own, each = (
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    most = own + each * max(1, (os.cpu_count() or 1) - (kind in HEAVY)) * (
        not nothing
    )  # at most: all at once
    return Run(done.incidents, size, seconds, processor, most / 1024)


def _worked() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def in_a_process(name: str, kind: str, nothing: bool = False) -> Run:
    """Export in a process of its own."""
    line = [sys.executable, __file__, "--one", kind, "--register", name, *(["--nothing"] if nothing else [])]
    said = subprocess.run(line, check=True, capture_output=True, text=True).stdout
    return Run(**json.loads(said))


def row(kind: str, run: Run, empty: Run) -> str:
    """Return a format's line of the table."""

    def grown(whole: float, start: float) -> float:
        return start + (whole - start) * ASKED / run.incidents

    return (
        f"| {kind} | {run.size / 1e6:,.0f} MB | {run.seconds:.1f} s | {run.processor:.1f} s | {run.memory:,.0f} MB | "
        f"{grown(run.seconds, empty.seconds):,.0f} s | {grown(run.processor, empty.processor):,.0f} s | "
        f"{grown(run.memory, empty.memory):,.0f} MB |"
    )


def main() -> int:
    """Measure each format and write the section."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--reports", type=int, default=25_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--register", help="a register that is there already")
    parser.add_argument("--formats", nargs="*", default=FORMATS)
    parser.add_argument("--page", type=Path)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--nothing", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        run = exported(asked.register, asked.one, asked.nothing)
        print(json.dumps({name: getattr(run, name) for name in Run.__slots__}))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        name = asked.register or f"{folder}/a.register"
        if not asked.register:
            build(asked.reports, asked.seed, name)
        lines = []
        for kind in asked.formats:
            run = in_a_process(name, kind)
            lines.append(row(kind, run, in_a_process(name, kind, nothing=True)))
            print(lines[-1], flush=True)
        with Register(name) as register, register.reading() as connection:
            claims = connection.exec_driver_sql("SELECT count(*) FROM claim").scalar_one()
            reports = connection.exec_driver_sql("SELECT count(*) FROM report").scalar_one()
    if asked.page:
        load = f"{os.getloadavg()[2]:.1f} processes wanted to run on average"
        words = (
            f"## Exports\n\n{run.incidents:,} incidents with {claims:,} claims in {reports:,} reports, SQLite, "
            f"{os.cpu_count()} cores; {load} meanwhile. Asked are 60 s and 500 MB for 100,000 incidents.\n\n"
            "| | size | as run | of the processor | memory | 100,000, as run | of the processor | memory |\n"
            "|---|--:|--:|--:|--:|--:|--:|--:|\n" + "\n".join(lines)
        )
        write_section(asked.page, words, BEGIN, END)
    return 0


if __name__ == "__main__":
    sys.exit(main())
