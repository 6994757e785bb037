"""compiled: take a compiled wheel apart, and prove that it reads as the source does: python tools/compiled.py [WHEEL]

The wheel (the newest that `make wheel` left in dist/) is unpacked into build/compiled. Then every report of the corpus, the
examples and, where it lies beside the checkout, the sets of ../shared is read by both, and each reading must be the same to
the letter; and the tests of reading run against the unpacked wheel. `benchmarks/reading.py --compiled build/compiled`
measures it.
"""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
TESTS = ("tests/grammar", "tests/stages", "tests/lang", "tests/corpus")
# What a process prints that reads texts with the package it is given: where the reader lies, then a reading a line.
READ = """
import json, sys
from tollbook.grammar import lexicon
from tollbook.model.report import report_of
from tollbook.pipeline import read_report
print(lexicon.__file__)
for line in sys.stdin:
    print(repr(read_report(report_of(**json.loads(line)))))
"""


def reports() -> list[dict[str, str]]:
    """Return what is read by both: texts with their language and day."""
    folders = [
        ROOT / "tests" / "corpus",
        ROOT / "src" / "tollbook" / "examples",
        ROOT.parent / "shared" / "cases",
    ]
    files = [file for folder in folders for file in sorted(folder.rglob("*.txt"))]
    found = [{"text": file.read_text("utf-8"), "language": "en", "published": "2025-03-10"} for file in files]
    for file in sorted((ROOT.parent / "shared" / "eval").glob("*.jsonl")):
        rows = (json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip())
        found += [
            {"text": row["text"], "language": "en", "published": "2025-03-10"}
            for row in rows
            if row.get("text")
        ]
    return found


def readings(package: Path, texts: str) -> list[str]:
    """Return where the reader of a package lies, then its readings of texts."""
    environment = {**os.environ, "PYTHONPATH": str(package), "PYTHONSAFEPATH": "1"}
    run = subprocess.run(
        [sys.executable, "-c", READ], input=texts, env=environment, capture_output=True, text=True, check=True
    )
    return run.stdout.splitlines()


def main() -> int:
    """Unpack, compare, test."""
    into = ROOT / "build" / "compiled"
    built = sorted((ROOT / "dist").glob("tollbook-*.whl"), key=lambda file: file.stat().st_mtime)
    wheel = Path(sys.argv[1]) if len(sys.argv) > 1 else built[-1] if built else None
    if wheel is None:
        print("dist/: no wheel there - build one with: make wheel")
        return 1
    shutil.rmtree(into, ignore_errors=True)
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(into)
    given = reports()
    texts = "".join(json.dumps(row) + "\n" for row in given)
    (at, *made), (_, *plain) = readings(into, texts), readings(ROOT / "src", texts)
    if at.endswith(".py") or not at.startswith(str(into)):
        print(f"{wheel}: no compiled reader in it - build it with TOLLBOOK_COMPILE=1 (make wheel)")
        return 1
    unlike = [k for k, (one, other) in enumerate(zip(made, plain, strict=True)) if one != other]
    print(f"{len(given):,} reports read by both: {len(unlike)} readings differ")
    for k in unlike[:5]:
        print(f"  {given[k]['text'][:100]!r}")
    environment = {**os.environ, "PYTHONPATH": str(into)}
    tests = subprocess.run([sys.executable, "-m", "pytest", *TESTS], env=environment, cwd=ROOT, check=False)
    return 1 if unlike or tests.returncode else 0


if __name__ == "__main__":
    sys.exit(main())
