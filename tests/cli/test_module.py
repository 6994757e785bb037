"""python -m tollbook: the command where it is not on the path."""

import json
import subprocess
import sys


def test_the_package_is_the_command() -> None:
    """It reads standard input and writes a reading as JSON, as `tollbook` does."""
    words = [sys.executable, "-m", "tollbook", "read", "-", "--json", "--quiet"]
    run = subprocess.run(
        words, input="Nine farmers were killed in Goma.", capture_output=True, text=True, check=True
    )
    assert [c["count"]["best"] for c in json.loads(run.stdout)["claims"]] == [9]
