"""Measure the register at growing sizes: python benchmarks/register.py [--sizes 1000,10000,100000] [--seed 1] [--page FILE]

Makes a world whose truth is known (benchmarks/world.py, hard setting), adds it with the command as a user would, and asks.
Told are reports a second, seconds of processor a thousand reports, the largest memory of all processes together, the size of
the file and of its originals, the times of questions, and how well the incidents are those of the world: pairwise F1 and B³.
Writes its section of docs/performance.md.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

from grouping import Scores, compare
from sqlalchemy import text
from world import World, world

from tollbook.desk import adding_up, asking
from tollbook.desk.verifying import verify
from tollbook.model.answer import Wanted
from tollbook.register.register import Register

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- made by benchmarks/register.py -->", "<!-- end of what the register's benchmark makes -->"
TICK = os.sysconf("SC_CLK_TCK")
COMMAND = "import sys; from tollbook.cli import main; sys.argv[0] = 'tollbook'; main()"


class Watch(threading.Thread):
    """Looks twice a second at all processes of a group: what processor time they took, how much memory they hold together."""

    def __init__(self, group: int) -> None:
        super().__init__(daemon=True)
        self.group, self.ticks, self.memory = group, dict[int, int](), 0
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.5):
            self.look()

    def look(self) -> None:
        """Add up what the processes show now; shared pages are counted in parts."""
        held = 0
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
                if int(fields[2]) != self.group:
                    continue
                self.ticks[int(folder.name)] = int(fields[11]) + int(fields[12])
                shares = (folder / "smaps_rollup").read_text().split("Pss:")[1].split()[0]
                held += int(shares)
            except (OSError, IndexError, ValueError):
                continue
        self.memory = max(self.memory, held)


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured at one size; memory and sizes in MB, questions in milliseconds."""

    reports: int
    claims: int
    incidents: int
    seconds: float
    processor: float
    memory: float
    file: float
    originals: float
    page: float
    show: float
    show_largest: float
    toll: float
    search: float
    scores: Scores
    across: int
    faults: int


def add(source: Path, register: Path) -> tuple[float, float, float]:
    """Add a file of reports with the command; return seconds, seconds of processor, MB of memory."""
    start = time.perf_counter()
    line = [
        sys.executable,
        "-c",
        COMMAND,
        "add",
        str(source),
        "--register",
        str(register),
        "--jobs",
        "2",
        "--quiet",
    ]
    process = subprocess.Popen(line, start_new_session=True, stdout=subprocess.DEVNULL)
    watch = Watch(process.pid)
    watch.start()
    if process.wait():
        raise SystemExit("the reports could not be added")
    watch.done.set()
    return time.perf_counter() - start, sum(watch.ticks.values()) / TICK, watch.memory / 1024


def timed(task: Callable[[], object]) -> float:
    """Return the milliseconds of a task, the median of five."""
    times = []
    for _ in range(5):
        start = time.perf_counter()
        task()
        times.append(1000 * (time.perf_counter() - start))
    return median(times)


def scored(register: Register, made: World) -> tuple[Scores, int]:
    """Compare the incidents with the world's events; also count those that mix countries."""
    stretches = {r.url: r.stretches for r in made.reports}
    found: dict[str, str] = {}
    truth: dict[str, str] = {}
    with register.reading() as connection:
        rows = connection.execute(
            text(
                "SELECT c.id, c.body, r.url, m.incident FROM claim c JOIN report r ON c.report = r.n "
                "JOIN member m ON m.claim = c.n WHERE c.scope = 'incident'"
            )
        )
        for row in rows:
            at = json.loads(row.body)["claim"]["evidence"]["start"]
            event = next((s.event for s in stretches[row.url] if s.start <= at < s.end), None)
            if event is not None:
                truth[row.id], found[row.id] = event, row.incident
    countries: dict[str, set[str]] = {}
    for claim, event in truth.items():
        if event in made.events:
            countries.setdefault(found[claim], set()).add(made.events[event].country)
    return compare(found, truth), sum(len(own) > 1 for own in countries.values())


def measure(size: int, seed: int, folder: Path) -> Row:
    """Make a world of one size, add it, ask, score."""
    made = world(size, seed, hard=True)
    source, path = folder / f"{size}.jsonl", folder / f"{size}.register"
    with source.open("w", encoding="utf-8") as lines:
        for one in made.reports:
            head = {
                k: v
                for k, v in asdict(one).items()
                if k in ("text", "title", "publisher", "published", "url", "language")
            }
            lines.write(json.dumps(head, ensure_ascii=False) + "\n")
    seconds, processor, memory = add(source, path)
    with Register(str(path)) as register:
        page = asking.incidents(register, order="largest")
        middle = asking.incidents(register, limit=1, offset=page.total // 2).lines[0]
        wanted = Wanted(place=middle.country, harm="killed", start="2021-06-01")
        scores, across = scored(register, made)
        with register.reading() as connection:
            claims = connection.execute(text("SELECT count(*) FROM claim")).scalar_one()
        largest = max(page.lines, key=lambda line: line.reports)
        return Row(
            len(made.reports), claims, page.total, seconds, processor, memory, path.stat().st_size / 1e6,
            sum(f.stat().st_size for f in Path(f"{path}.originals").rglob("*") if f.is_file()) / 1e6,
            timed(lambda: asking.incidents(register, wanted)),
            timed(lambda: asking.incident(register, middle.id)),
            timed(lambda: asking.incident(register, largest.id)),
            timed(lambda: adding_up.toll(register, by=("country", "harm"))),
            timed(lambda: asking.search(register, f"{middle.place} hospital")),
            scores, across, len(verify(register).faults),
        )  # fmt: skip


def table(rows: list[Row]) -> str:
    """Write the rows as a table, one column a size."""
    head = f"| | {' | '.join(f'{r.reports:,} reports' for r in rows)} | asked |"
    lines = [head, "|---|" + "--:|" * (len(rows) + 1)]

    def line(name: str, value: Callable[[Row], str], asked: str = "") -> None:
        lines.append(f"| {name} | {' | '.join(value(r) for r in rows)} | {asked} |")

    line("claims · incidents", lambda r: f"{r.claims:,} · {r.incidents:,}")
    line("reports a second, as run", lambda r: f"{r.reports / r.seconds:,.0f}", "≥ 100")
    line("reports a second of one processor", lambda r: f"{r.reports / r.processor:,.0f}")
    line(
        "cost of a report against the first column", lambda r: f"{_cost(r) / _cost(rows[0]):.2f} ×", "≤ 1.5 ×"
    )
    line("memory, all processes together", lambda r: f"{r.memory:,.0f} MB", "< 1,000 MB")
    line("register · originals", lambda r: f"{r.file:,.0f} MB · {r.originals:,.0f} MB")
    line("a filtered page of `incidents`", lambda r: f"{r.page:,.0f} ms", "< 300 ms")
    line(
        "`show` of a usual incident · of the most told",
        lambda r: f"{r.show:,.0f} ms · {r.show_largest:,.0f} ms",
        "< 100 ms",
    )
    line("`toll --by country,harm`", lambda r: f"{r.toll:,.0f} ms")
    line("`search` of two words", lambda r: f"{r.search:,.0f} ms")
    line(
        "pairwise F1 (precision, recall)",
        lambda r: f"{r.scores.pair_f1:.3f} ({r.scores.pair_precision:.3f}, {r.scores.pair_recall:.3f})",
        "≥ 0.90",
    )
    line("B³ F1", lambda r: f"{r.scores.b3_f1:.3f}")
    line("incidents that mix countries", lambda r: f"{r.across:,}", "0")
    line("broken, by `verify`", lambda r: f"{r.faults:,}", "0")
    return "\n".join(lines)


def _cost(row: Row) -> float:
    return row.processor / row.reports


def write_block(page: Path, block: str) -> None:
    """Put the block between its marks, at the end where there are none yet, and leave what stands around it."""
    whole = page.read_text(encoding="utf-8")
    before, mark, rest = whole.partition(BEGIN)
    after = rest.partition(END)[2] if mark else "\n"
    page.write_text(f"{before.rstrip()}\n\n{BEGIN}\n\n{block.strip()}\n\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Measure all sizes and write the section."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    arguments.add_argument("--sizes", default="1000,10000,100000")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--page", type=Path, default=PAGE)
    given = arguments.parse_args()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, given.sizes.split(",")):
            rows.append(measure(size, given.seed, Path(folder)))
            print(rows[-1], flush=True)
    load = f"{os.getloadavg()[2]:.1f} processes wanted to run on average"
    about = (
        f"`tollbook add` of made-up worlds (benchmarks/world.py, hard, seed {given.seed}), two reading processes and the "
        f"writer on {os.cpu_count()} cores, Python {platform.python_version()}; {load} in the last quarter of an hour. Times of "
        "questions are medians of five, from Python, the register open."
    )
    write_block(given.page, f"## The register\n\n{about}\n\n{table(rows)}")


if __name__ == "__main__":
    main()
