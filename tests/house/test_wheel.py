"""The wheel is whole: all data is in it, and it reads where there is nothing but it and what it depends on."""

import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
SOURCE = ROOT / "src"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("hatchling") is None:
        pytest.skip("hatchling is not installed: the wheel cannot be built")
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "-qq",
        "--no-deps",
        "--no-build-isolation",
        "-w",
        str(folder),
    ]
    run = subprocess.run([*build, str(ROOT)], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    (made,) = folder.glob("*.whl")
    return made


def test_every_file_of_the_source_is_in_it(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(SOURCE).as_posix()
        for path in (SOURCE / "tollbook").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted <= inside
    assert {
        "tollbook/py.typed",
        "tollbook/world/data/places.bin",
        "tollbook/writers/reading.schema.json",
    } <= inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert any(name.endswith("licenses/NOTICE") for name in inside)


def test_it_reads_on_its_own(wheel: Path, tmp_path: Path) -> None:
    place = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(place)
    code = (
        "import tollbook, sys; assert tollbook.__file__.startswith(sys.argv[1]), tollbook.__file__; "
        "from tollbook.cli import main; main(['example', 'coast'])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code, str(place)],
        env={"PYTHONPATH": str(place), "PATH": "/usr/bin:/bin"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert "745 + 125 + 148 = 1,018" in run.stdout
