"""Measure speed and memory of reading, and write docs/performance.md: python benchmarks/reading.py [--quick] [--only PART]

Ratios of one run on one core, not seconds of one machine, are what the page is about: the full reading of a text against
spaCy's blank English tokeniser (`pip install spacy`; it only splits the same texts into words) and against a naive reader
of a few regular expressions. The texts are the MUC-4 and HumQuant development sets, which lie beside the checkout. With
--quick the longest input, a million lines, is left out; with --compiled FOLDER the compiled reader that lies there (`make
compiled`) is measured in turn with the source, in a process of its own. Work on one core is counted in seconds of the
processor, which other programs on the machine do not lengthen much; with --only the other parts of the page stay as they
were measured before.
"""

import argparse
import gzip
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from tollbook.grammar import lexicon
from tollbook.model.report import Report, report_of
from tollbook.pipeline import read_report

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- made by benchmarks/reading.py -->", "<!-- end of what is made -->"
COMMAND = str(Path(sys.executable).with_name("tollbook"))
ROUNDS = 5  # interleaved, the least is shown: a busy moment of the machine falls on one round of all, not on one reader
PARTS = ("compare", "cold", "memory", "jobs")
NEWS = 3000  # characters of a news report
NUMBER = 300  # news reports of one round
OURS, COMPILED = "Tollbook, the whole reading", "the same, compiled"
TOKENS = "spaCy's blank English tokeniser"


def rows(sets: Path) -> list[dict[str, Any]]:
    """Return the rows of both sets."""
    out: list[dict[str, Any]] = []
    for name in ("muc4_dev.jsonl.gz", "humquant_dev.jsonl"):
        path = sets / name
        packed = path.read_bytes()
        text = (gzip.decompress(packed) if name.endswith(".gz") else packed).decode("utf-8")
        out += [json.loads(line) for line in text.splitlines() if line.strip()]
    return out


def news(given: Sequence[dict[str, Any]], number: int) -> list[Report]:
    """Make reports of 3,000 characters by joining texts of the sets and cutting at a paragraph's length."""
    text = "\n\n".join(row["text"] for row in given[:: max(1, len(given) // 1200)])
    step = max(1, (len(text) - NEWS) // number)
    cuts = [text[start : start + NEWS] for start in range(0, step * number, step)]
    return [report_of(cut, language="en", published="1990-01-15") for cut in cuts]


def timed(task: Callable[[], object]) -> float:
    """Return the seconds of the processor that a task takes."""
    start = process_time()
    task()
    return process_time() - start


def floor_reader(sets: Path) -> Callable[[dict[str, Any]], object]:
    """Load the naive reader that lies beside the sets."""
    spec = importlib.util.spec_from_file_location("floor", sets / "floor.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    reader: Callable[[dict[str, Any]], object] = module.read
    return reader


def reports_of(given: Sequence[dict[str, Any]]) -> list[Report]:
    """Return rows as reports."""
    return [
        report_of(
            row["text"], title=row.get("title"), published=row.get("published"), language=row["language"]
        )
        for row in given
    ]


def is_compiled() -> bool:
    """Tell whether the reader of this process is machine code."""
    return not str(lexicon.__file__).endswith(".py")


def reading_tasks(given: Sequence[dict[str, Any]]) -> dict[str, Callable[[], object]]:
    """Return the two tasks of a reader: all texts of both sets, and news reports."""
    reports, long = reports_of(given), news(given, NUMBER)
    return {
        "texts": lambda: [read_report(report) for report in reports],
        "news": lambda: [read_report(report) for report in long],
    }


def serve(sets: Path) -> None:
    """Read in this process what is asked for, a task a line, and answer with the seconds of the processor it took."""
    tasks = reading_tasks(rows(sets))
    print("compiled" if is_compiled() else "source", flush=True)
    for line in sys.stdin:
        print(timed(tasks[line.strip()]), flush=True)


def served(package: Path, sets: Path) -> Callable[[str], float]:
    """Start a process that reads with the compiled package in a folder; return what asks it for a task's seconds."""
    process = subprocess.Popen(
        [sys.executable, __file__, "--serve", "--sets", str(sets)],
        env={**os.environ, "PYTHONPATH": str(package)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    asking, answers = process.stdin, process.stdout
    if answers.readline().strip() != "compiled":
        raise SystemExit(f"{package}: no compiled reader there - make one with: make compiled")

    def ask(task: str) -> float:
        asking.write(task + "\n")
        asking.flush()
        return float(answers.readline())

    return ask


def compare(sets: Path, compiled: Path | None) -> Iterator[str]:
    """Compare full reading, also compiled, with a tokeniser and with the floor, on all texts of both sets."""
    import spacy  # noqa: PLC0415  # only the benchmark needs it

    given = rows(sets)
    reports = reports_of(given)
    size = sum(len(report.text) for report in reports)
    tokens, floor, reading = spacy.blank("en"), floor_reader(sets), reading_tasks(given)
    ask = None if compiled is None else served(compiled, sets)
    tasks: dict[str, Callable[[], float]] = {OURS: lambda: timed(reading["texts"])}
    long: dict[str, Callable[[], float]] = {OURS: lambda: timed(reading["news"])}
    if ask is not None:
        tasks[COMPILED], long[COMPILED] = lambda: ask("texts"), lambda: ask("news")
    tasks[TOKENS] = lambda: timed(lambda: [tokens.make_doc(report.text) for report in reports])
    tasks["the naive regex reader"] = lambda: timed(lambda: [floor(row) for row in given])
    best, most = least(tasks), least(long)
    ours = [name for name in (OURS, COMPILED) if name in best]
    yield f"### One core, the same {len(reports):,} texts ({size:,} characters), one run\n"
    heads = {OURS: "Tollbook's time is", COMPILED: "compiled, it is"}
    yield f"| | seconds | characters a second | {' | '.join(heads[name] for name in ours)} |"
    yield f"|---|--:|--:|{'--:|' * len(ours)}"
    for name, seconds in best.items():
        ratios = ["" if name in ours else f"**{best[own] / seconds:.2f} ×** its time" for own in ours]
        yield f"| {name} | {seconds:.2f} | {size / seconds:,.0f} | {' | '.join(ratios)} |"
    speeds = {name: f"**{NUMBER / seconds:,.0f} a second**" for name, seconds in most.items()}
    also = f"; compiled, {speeds[COMPILED]}" if COMPILED in speeds else ""
    yield f"\nNews reports of {NEWS:,} characters, one core: {speeds[OURS]}{also} (asked: 300).\n"


def least(tasks: dict[str, Callable[[], float]]) -> dict[str, float]:
    """Return the least seconds of each task, all done in turn in each round."""
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            times[name].append(task())
    return {name: min(values) for name, values in times.items()}


def cold() -> Iterator[str]:
    """Time the command from a cold start, the least of seven."""
    yield "### From a cold start\n\n| command | seconds | asked |\n|---|--:|--:|"
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder) / "short.txt"
        short.write_text("At least 12 people were killed in Kano on Monday, police said.\n", encoding="utf-8")
        for words, asked in ((["--help"], 0.3), (["read", str(short), "--published", "2025-03-05"], 1.0)):
            seconds = min(child([COMMAND, *words])[1] for _ in range(7))
            shown = " ".join("short.txt" if word == str(short) else word for word in words)
            yield f"| `tollbook {shown}` | {seconds:.2f} | {asked} |"


# A process's largest memory counts what it was forked from: so a small process stands between, and measures its child.
BETWEEN = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""


def child(words: Sequence[str]) -> tuple[float, float, float]:
    """Run a command, its output thrown away; return its seconds, those of the processor, and its largest memory in MB."""
    start = perf_counter()
    run = subprocess.run(
        [sys.executable, "-S", "-c", BETWEEN, *words], capture_output=True, text=True, check=True
    )
    seconds = perf_counter() - start
    status, used, size = run.stdout.split()
    if status != "0":
        raise SystemExit(f"{' '.join(words)}: exit status {status}")
    return seconds, float(used), int(size) / 1024


def memory(quick: bool) -> Iterator[str]:
    """Measure the memory of ever longer inputs: a stream must not grow."""
    harm = ("killed", "injured", "abducted")
    places = ("Kano", "Aleppo", "Goma", "Nyala", "Kharkiv", "Mosul", "Cali")
    yield "\n### Memory over a long .jsonl, one process\n\n| reports | seconds | largest resident memory |\n|--:|--:|--:|"
    for number in (10_000, 100_000) if quick else (10_000, 100_000, 1_000_000):
        with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
            for k in range(number):
                text = f"At least {k % 97 + 2} people were {harm[k % 3]} in {places[k % 7]} on Monday, police said."
                lines.write(
                    json.dumps({"id": str(k), "text": text, "language": "en", "published": "2025-03-05"})
                    + "\n"
                )
            lines.flush()
            _, seconds, size = child([COMMAND, "read", lines.name, "--json", "--quiet"])
        yield f"| {number:,} | {seconds:,.0f} | {size:,.0f} MB |"


def jobs(sets: Path) -> Iterator[str]:
    """Measure what more processes gain."""
    cores = os.cpu_count() or 1
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as lines:
        reports = news(rows(sets), 400)
        for report in islice(cycle(reports), 4000):
            lines.write(json.dumps({"text": report.text, "language": "en", "published": "1990-01-15"}) + "\n")
        lines.flush()
        one, _, _ = child([COMMAND, "read", lines.name, "--json", "--quiet"])
        many, _, _ = child([COMMAND, "read", lines.name, "--json", "--quiet", "--jobs", "0"])
    yield (
        f"\n### More processes\n\n4,000 news reports of {NEWS:,} characters, read from a .jsonl and written as JSON: "
        f"{one:.1f} s with `--jobs 1`, {many:.1f} s with `--jobs 0` on {cores} cores, **{one / many:.2f} ×** as fast, "
        "in the same order."
    )


def python_told() -> str:
    """Return the version of Python, and whose it is where a distribution packs it: how it was built tells in every figure."""
    version_told = f"Python {platform.python_version()}"
    if sys.base_prefix != "/usr":
        return version_told
    return f"{version_told} of {platform.freedesktop_os_release().get('NAME', 'the system')}"


def write_block(page: Path, head: str, parts: dict[str, str]) -> None:
    """Put parts between their marks, and leave what stands around them and the parts that were not measured."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    known = dict(zip(PARTS, old.split("### ")[1:], strict=False)) | parts
    block = "\n\n".join([head, *(f"### {known[name].strip()}" for name in PARTS if name in known)])
    page.write_text(f"{before}{BEGIN}\n\n{block.strip()}\n\n{END}{after}", encoding="utf-8")


def main() -> int:
    """Measure all and write the page."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument(
        "--sets", type=Path, default=ROOT.parent / "shared" / "eval", help="folder of the sets"
    )
    arguments.add_argument("--quick", action="store_true", help="leave the million lines out")
    arguments.add_argument(
        "--only", choices=PARTS, action="append", help="measure this part; may be repeated"
    )
    arguments.add_argument(
        "--compiled", type=Path, help="folder of a compiled package (make compiled), measured in turn"
    )
    arguments.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    given = arguments.parse_args()
    sets = given.sets.resolve()
    if not (sets / "floor.py").exists():
        print(f"{sets}: no sets there - they are not part of the project; give their folder with --sets")
        return 1
    if given.serve:
        serve(sets)
        return 0
    how = "compiled" if is_compiled() else "as Python source"
    head = (
        f"{python_told()}, spaCy {version('spacy')}, {os.cpu_count()} cores; where nothing else is said "
        f"the reader ran {how}."
    )
    measured = {
        "compare": lambda: compare(sets, given.compiled and given.compiled.resolve()),
        "cold": cold,
        "memory": lambda: memory(given.quick),
        "jobs": lambda: jobs(sets),
    }
    parts: dict[str, str] = {}
    for name in given.only or PARTS:
        parts[name] = "\n".join(measured[name]()).strip().removeprefix("### ")
        print(parts[name], flush=True)
    write_block(PAGE, head, parts)
    return 0


if __name__ == "__main__":
    sys.exit(main())
