"""Pin what pyproject.toml asks for: python tools/lock.py run|dev, in an empty virtual environment (see `make locks`)."""

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
ABOUT = {"run": "to run", "dev": "to develop and test"}
OWN = ("pip", "setuptools", "wheel")
# followthemoney brings along types of an older SQLAlchemy, which hide those of ours from the type checker
TYPES = ("sqlalchemy2-stubs", "types-PyYAML")


def main(name: str) -> None:
    """Install the newest versions allowed, and write down which they are: names and versions, no addresses."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["build-system"]["requires"], "editables", *project["project"]["dependencies"]]
    if name == "dev":
        wanted += project["dependency-groups"]["dev"]
    pip = [sys.executable, "-m", "pip"]
    subprocess.run([*pip, "install", "--quiet", *wanted], check=True)
    left_out = [word for package in (*OWN, *TYPES) for word in ("--exclude", package)]
    pinned = subprocess.run(
        [*pip, "freeze", "--all", *left_out], check=True, capture_output=True, text=True
    ).stdout
    head = (
        f"# What Tollbook was last proved with ({ABOUT[name]}), every version pinned. Made by: make locks\n"
    )
    (ROOT / "requirements" / f"{name}.txt").write_text(head + pinned, encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
