"""The docs say what is there: commands, options, keys, columns, pictures, links; and their Python runs."""

import json
import re
from pathlib import Path

import click
import pytest

from tollbook.cli import main
from tollbook.writers.frames import COLUMNS
from tollbook.writers.schema import shipped_schema

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
ALL = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
PYTHON = [
    pytest.param(code, id=f"{page.name}-{n}")
    for page in PAGES
    for n, code in enumerate(re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.S), 1)
]


def commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, click.Command]]:
    found: list[tuple[str, click.Command]] = []
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found += commands(command, (*path, name))
        else:
            found.append((" ".join((*path, name)), command))
    return found


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_of_the_docs_runs(code: str) -> None:
    exec(compile(code, "docs", "exec"), {})


@pytest.mark.parametrize("name", [name for name, _ in commands(main)])
def test_each_command_is_in_the_docs(name: str) -> None:
    assert f"tollbook {name}" in ALL


def test_each_option_of_the_docs_is_one() -> None:
    known = {option for _, command in commands(main) for p in command.params for option in p.opts} | {
        "--help"
    }
    for line in re.findall(r"^(?:    )?(?:\./demo|tollbook) .*$", ALL, re.M):
        for option in re.findall(r"(?<=\s)--[a-z-]+", line.split("#")[0]):
            assert option in known, line


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = [*re.findall(r"\]\(([^)#\s]+)", text), *re.findall(r'src="([^"]+)"', text)]
    for target in targets:
        if "://" not in target:
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_file_named_is_there(page: Path) -> None:
    for name in re.findall(
        r"`((?:src|docs|tools|tests|benchmarks)/[\w./-]+\w)`", page.read_text(encoding="utf-8")
    ):
        assert (ROOT / name).exists(), name


def test_each_key_and_value_of_the_json_is_in_its_page() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    schema = json.loads(shipped_schema())
    for name, part in schema["$defs"].items():
        for key, value in part["properties"].items():
            assert f"`{key}`" in page, f"{name}.{key}"
            if name == "Entry":
                continue
            for word in value.get("enum", ()):
                if word is not None and name in ("Claim", "Count", "Party", "Statement"):
                    assert f"`{word}`" in page, f"{name}.{key}: {word}"


def test_each_column_is_in_its_page() -> None:
    page = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
    assert all(f"`{column}`" in page for column in COLUMNS)


def test_each_ledger_word_is_in_the_methodology() -> None:
    page = (ROOT / "docs" / "methodology.md").read_text(encoding="utf-8")
    uses = json.loads(shipped_schema())["$defs"]["Entry"]["properties"]["use"]["enum"]
    assert all(f"`{use}`" in page for use in uses)


def test_locks_name_versions_and_no_addresses() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        for line in lock.read_text(encoding="utf-8").splitlines():
            assert line.startswith("#") or re.fullmatch(r"[\w.-]+==[\w.+!]+", line), line


def test_the_licence_is_whole_and_the_data_is_credited() -> None:
    assert "END OF TERMS AND CONDITIONS" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    notice = (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert all(word in notice for word in ("GeoNames", "CC BY 4.0", "Unicode", "SCOWL"))


def test_the_test_command_of_the_readme_is_what_ci_calls() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "\n```sh\n./check\n```\n" in readme
    assert "\n./check\n" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
