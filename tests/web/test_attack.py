"""A few hundred hostile requests; benchmarks/attack.py sends as many as one likes, docs/security.md tells what came of it."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent


def test_hostile_requests_change_nothing_they_may_not_and_break_nothing() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "attack.py"), "--requests", "500", "--share", "0.3", "--seed", "7"],
        env={"PYTHONPATH": str(ROOT / "src"), "PATH": "/usr/bin:/bin"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-3000:]
    assert done.stdout.startswith("500 requests")
