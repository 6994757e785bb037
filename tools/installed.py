"""installed: install a compiled wheel as a user does, and read a report there: python tools/installed.py [WHEEL]

The wheel (the newest in dist/) goes with the pinned packages of requirements/run.txt into a new environment, made by what
./demo makes its own with. From an empty folder, with nothing of the checkout in sight, `tollbook read` reads the bundled
example there; its claims must be those of the source, and each module of the reader must be machine code. The packages
are fetched from the index that pip is set up for. PYTHON=/path/to/python3 tries another Python of the wheel's version.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "src"))
import tollbook  # noqa: E402  # the source, whatever is installed

DAY = "2025-03-09"
# What a process of the new environment prints that reads a file: where Tollbook lies, and what of its reader is no machine code.
LOADED = """
import sys, tollbook
tollbook.read(open(sys.argv[1], encoding="utf-8").read(), published=sys.argv[2])
reader = [m for n, m in sys.modules.items() if n.startswith(("tollbook.grammar.", "tollbook.stages."))]
reader = [m for m in reader if not m.__file__.endswith("__init__.py")]  # a folder of a verb's parts says what is in it
print(tollbook.__file__, len(reader), *(m.__name__ for m in reader if m.__file__.endswith(".py")), sep="\\n")
"""


def environment() -> dict[str, str]:
    """Return the environment of a user who knows nothing of the checkout."""
    return {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "TOLLBOOK_COMPILE")}


def run(*words: str | Path, cwd: Path) -> str:
    """Run a command and return what it prints; CalledProcessError when it fails, after its last words were shown."""
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, env=environment(), capture_output=True, text=True, check=False
    )
    if done.returncode:
        print(done.stderr[-2000:], file=sys.stderr)
    done.check_returncode()
    return done.stdout


def install(wheel: Path, folder: Path) -> Path:
    """Install a wheel with what it was proved with into a new environment; return the folder of its commands."""
    place = folder / "venv"
    make = 'PYTHON=${PYTHON:-$2}; . tools/setup.sh && make_venv "$1"'
    run("sh", "-c", make, "sh", place, sys.executable, cwd=ROOT)
    pip = [place / "bin" / "python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    run(*pip, "--no-deps", "-r", ROOT / "requirements" / "run.txt", cwd=folder)
    run(*pip, "--no-deps", wheel, cwd=folder)
    return place / "bin"


def main() -> int:
    """Install, read, compare."""
    built = sorted((ROOT / "dist").glob("tollbook-*.whl"), key=lambda file: file.stat().st_mtime)
    wheel = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else built[-1] if built else None
    if wheel is None:
        print("dist/: no wheel there - build one with: make wheel")
        return 1
    text = (ROOT / "src" / "tollbook" / "examples" / "coast.txt").read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="tollbook-installed-") as made:
        folder = Path(made)
        commands = install(wheel, folder)
        (folder / "report.txt").write_text(text, "utf-8")
        told = run(commands / "tollbook", "read", "report.txt", "--published", DAY, "--json", cwd=folder)
        at, number, *plain = run(
            commands / "python", "-c", LOADED, "report.txt", DAY, cwd=folder
        ).splitlines()
        python = run(commands / "python", "--version", cwd=folder).strip()
        outside = Path(at).is_relative_to(folder.resolve()) or Path(at).is_relative_to(folder)
    theirs, ours = json.loads(told), json.loads(tollbook.read(text, published=DAY).to_json())
    same = theirs["claims"] == ours["claims"] and theirs["toll"] == ours["toll"]
    print(f"{wheel.name} in a new environment ({python}): {len(theirs['claims'])} claims read", end=", ")
    print("as from source" if same else "not those of the source", end="; ")
    print(f"{int(number) - len(plain)} of the {number} modules of its reader are machine code", *plain)
    return 0 if same and outside and not plain and ours["claims"] else 1


if __name__ == "__main__":
    sys.exit(main())
