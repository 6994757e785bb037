"""examples: the bundled reports."""

import re
from importlib import resources
from pathlib import Path

_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")


def example_names() -> tuple[str, ...]:
    """Return the names of the bundled reports, sorted."""
    files = resources.files("tollbook.examples").iterdir()
    return tuple(sorted(f.name.rsplit(".", 1)[0] for f in files if f.name.endswith((".txt", ".md"))))


def example_path(name: str) -> Path:
    """Return the file of a bundled report; KeyError when there is none."""
    for file in resources.files("tollbook.examples").iterdir():
        if file.name.rsplit(".", 1)[0] == name and file.name.endswith((".txt", ".md")):
            return Path(str(file))
    raise KeyError(name)


def example_record() -> Path:
    """Return the file of the bundled reports that make a record together: the coast of Syria, March 2025, one a line."""
    return Path(str(resources.files("tollbook.examples") / "coast.jsonl"))


def published_of(path: Path) -> str | None:
    """Return the day that a bundled report names as its publication in its first lines."""
    found = _DATE.search("\n".join(path.read_text(encoding="utf-8").splitlines()[:4]))
    return found[0] if found else None
