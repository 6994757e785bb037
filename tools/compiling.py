"""compiling: a build hook that turns the reader into machine code, where somebody asks for it.

    make wheel       (which is: TOLLBOOK_COMPILE=1 pip wheel --no-deps --wheel-dir dist .)

`grammar/` and `stages/` are typed and pure, so mypyc compiles them as they stand: the same readings in less time
(docs/performance.md tells how much; tools/compiled.py proves it). It needs a C compiler and the headers of Python.
Without the variable nothing is compiled, and the wheel is the same on every machine. In a compiled one the source lies
beside the machine code, for whoever reads a traceback.
"""

import ast
import os
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ASKED = "TOLLBOOK_COMPILE"
ROOMS = ("tollbook.grammar.", "tollbook.stages.")
NEEDS = ["mypy>=1.15,<3", "setuptools>=75"]


def is_asked() -> bool:
    """Tell whether machine code is asked for."""
    return os.environ.get(ASKED, "0") not in ("", "0")


def modules(root: Path) -> list[str]:
    """Return the files that are compiled, from the root of the project: what a reading goes through, and nothing else."""
    source = root / "src"
    found: set[Path] = set()
    left = [source / "tollbook" / "pipeline.py"]
    while left:
        for node in ast.walk(ast.parse(left.pop().read_text(encoding="utf-8"))):
            names = (
                [f"{node.module}.{one.name}" for one in node.names]
                if isinstance(node, ast.ImportFrom)
                else []
            )
            if isinstance(node, ast.ImportFrom):
                names.append(node.module or "")
            files = [
                source.joinpath(*name.split(".")).with_suffix(".py")
                for name in names
                if name.startswith(ROOMS)
            ]
            new = {file for file in files if file.is_file()} - found
            found |= new
            left += new
    return [str(file.relative_to(root)) for file in sorted(found)]


def compiled(root: Path, into: Path) -> list[Path]:
    """Compile the reader below `into` and return the libraries made; an error of the compiler ends the build."""
    # both are there only where something is compiled
    from mypyc.build import mypycify  # noqa: PLC0415
    from setuptools import Distribution  # noqa: PLC0415

    options = ["--config-file", "pyproject.toml", "--follow-imports=silent"]
    # 40 MB of C: the compiler takes four minutes of one core and 1.3 GB for them
    extensions = mypycify(
        [*options, *modules(root)], opt_level="2", debug_level="0", target_dir=str(into / "c")
    )
    build = Distribution({"name": "tollbook", "ext_modules": extensions}).get_command_obj("build_ext")
    build.build_lib, build.build_temp = str(into / "lib"), str(into / "temp")
    build.ensure_finalized()
    build.run()
    return sorted(path for path in (into / "lib").rglob("*") if path.suffix in (".so", ".pyd"))


class CompilingHook(BuildHookInterface[Any]):
    """Adds the compiled reader to a wheel."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what such a build needs besides hatchling."""
        return NEEDS if is_asked() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the wheel is packed; an editable installation stays pure."""
        if not is_asked() or version == "editable":
            return
        self._into = tempfile.TemporaryDirectory(prefix="tollbook-compiling-")
        into, here = Path(self._into.name), Path.cwd()
        os.chdir(self.root)
        try:
            libraries = compiled(Path(self.root), into)
        finally:
            os.chdir(here)
        for library in libraries:
            build_data["force_include"][str(library)] = str(library.relative_to(into / "lib"))
        build_data["pure_python"] = False
        build_data["infer_tag"] = True

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Throw away what the compiler left."""
        if hasattr(self, "_into"):
            self._into.cleanup()
