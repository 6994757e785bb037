"""A register made while the clock stands: the same reports make the same register; for tests against golden files."""

from pathlib import Path

import pytest

from tollbook.desk import keeping
from tollbook.register.register import Register
from tollbook.sources import Options


def add_at(moment: str, register: Register, file: Path) -> None:
    """Add the reports of a file as if all were kept at one moment, and counted at once on a busy machine too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keeping, "now", lambda: moment)
        patch.setattr(keeping, "_PATIENCE", 600)
        for _ in keeping.add(register, [str(file)], Options(), by="tests"):
            pass
