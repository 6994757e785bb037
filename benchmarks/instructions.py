"""Count the instructions that a report costs: python benchmarks/instructions.py [--source FOLDER]

Seconds depend on the machine and its neighbours; instructions do not. Forty news reports of 3,000 characters (those of
benchmarks/reading.py) are read once, so that all caches are filled, and then once more; valgrind counts a run with the second
reading and one without, and the difference is what the reports cost. With --source the reader in the src/ of another checkout
is counted. It takes a minute, and needs Debian's valgrind and the sets beside the checkout.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from reading import NUMBER, ROOT, news, rows

_REPORTS = 40
_APART = 7  # of the news reports every seventh is taken


def read_again(sets: Path, times: int) -> None:
    """Read the reports once, and then so many times more."""
    from tollbook.pipeline import read_report  # noqa: PLC0415  # the reader of --source, where one is given

    reports = news(rows(sets), NUMBER)[::_APART][:_REPORTS]
    for _ in range(1 + times):
        for report in reports:
            read_report(report)


def counted(source: Path, sets: Path, times: int) -> int:
    """Return the instructions of a process that reads the reports once, and so many times more."""
    run = subprocess.run(
        ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", sys.executable,
         __file__, "--sets", str(sets), "--times", str(times)],
        env={**os.environ, "PYTHONPATH": str(source), "PYTHONHASHSEED": "0"}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.search(r"I\s+refs:\s+([\d,]+)", run.stderr)
    assert found is not None, run.stderr
    return int(found[1].replace(",", ""))


def main() -> int:
    """Count, and print what a report costs."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--source", type=Path, default=ROOT / "src", help="folder that holds tollbook/")
    arguments.add_argument(
        "--sets", type=Path, default=ROOT.parent / "shared" / "eval", help="folder of the sets"
    )
    arguments.add_argument("--times", type=int, help=argparse.SUPPRESS)
    given = arguments.parse_args()
    sets = given.sets.resolve()
    if given.times is not None:
        read_again(sets, given.times)
        return 0
    if shutil.which("valgrind") is None:
        print("no valgrind here - on Debian: sudo apt-get install valgrind")
        return 1
    if not (sets / "muc4_dev.jsonl.gz").exists():
        print(f"{sets}: no sets there - they are not part of the project; give their folder with --sets")
        return 1
    once, twice = (counted(given.source.resolve(), sets, times) for times in (0, 1))
    print(f"{(twice - once) / _REPORTS / 1e6:.1f} million instructions a report of 3,000 characters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
