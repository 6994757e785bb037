"""The bundled record, as a new user meets it: added, listed, shown, merged, undone, verified, tampered with."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tollbook.cli import main


def run(*words: str, **env: str) -> Result:
    return CliRunner().invoke(main, list(words), env=env)


def lines(*words: str) -> list[Any]:
    found = run(*words, "--json")
    assert found.exit_code == 0, found.output
    return [json.loads(line) for line in found.stdout.splitlines()]


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("coast") / "r"
    found = run("add", "--example", "--jobs", "1", "--register", str(path))
    assert re.fullmatch(r"28 reports added with \d+ claims\n", found.stdout), found.output
    return path


@pytest.fixture
def coast(added: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TOLLBOOK_REGISTER", str(added))
    return added


def largest() -> Any:
    return next(i for i in lines("incidents") if i["reports"] == 19)


def test_the_list_names_incidents_by_beginnings_that_lead_to_them(coast: Path) -> None:
    for columns in ("80", "120"):
        told = run("incidents", COLUMNS=columns).stdout.splitlines()
        assert max(map(len, told)) <= int(columns)
        row = next(line for line in told if "803–1,656" in line)
        assert len(row.split()[0]) < 13
        assert run("show", row.split()[0]).stdout.splitlines()[1].startswith(largest()["id"])
        assert run("history", row.split()[0]).exit_code == 0


def test_the_last_value_told_is_the_toll_as_it_stands(coast: Path) -> None:
    id = largest()["id"]
    (card,) = lines("show", id)
    tolls = {(t["harm"], t["status"]): (t["low"], t["best"], t["high"]) for t in card["incident"]["tolls"]}
    last = {
        (f["harm"], f["status"]): (f["low"], f["best"], f["high"])
        for step in lines("history", id)
        if step["axis"] == "told" and step["end"] is None
        for f in [step["figures"]]
    }
    assert last == tolls
    assert last["killed", "all"] == (803, 1656, 1656)


def test_the_relations_of_claims_bear_the_names_that_stand_beside_them(coast: Path) -> None:
    shown = run("show", largest()["id"], COLUMNS="160").stdout
    assert "[part of t" in shown
    assert "[part of c" not in shown


def test_a_report_tells_where_it_came_from_and_what_became_of_its_claims(coast: Path) -> None:
    key = lines("search", "massacres")[0]["key"]
    shown = run("report", key[:8], "--text").stdout
    assert "coast.jsonl" in shown
    assert "one story" in shown
    assert largest()["id"][:8] in shown
    assert "about 30 massacres" in shown
    (card,) = lines("report", key[:8])
    assert card["key"] == key


def test_decisions_are_listed_and_taken_back_by_a_beginning(coast: Path) -> None:
    before = lines("incidents")
    one, other = (i["id"] for i in before if "Jablah" in i["title"] or "Mukhtariya" in i["title"])
    assert run("merge", one[:7], other[:7], "--reason", "one raid", "--by", "Ada").exit_code == 0
    (decision,) = lines("decisions", one[:7])
    assert (decision["action"], decision["in_force"], decision["lost"]) == ("merge", True, None)
    assert len(lines("incidents")) == len(before) - 1
    assert run("undo", decision["id"][:5], "--reason", "two raids", "--by", "Ada").exit_code == 0
    assert {i["id"] for i in lines("incidents")} == {i["id"] for i in before}
    assert "taken back" in run("decisions").stdout
    assert lines("decisions", "--lost") == []
    assert lines("verify", "--recount")[0]["faults"] == []


def test_a_changed_original_is_found_by_its_report(coast: Path) -> None:
    original = sorted(p for p in Path(f"{coast}.originals").rglob("*") if p.is_file())[3]
    kept = original.read_bytes()
    original.chmod(0o644)
    original.write_bytes(kept.replace(b"killed", b"hailed") if b"killed" in kept else kept + b"x")
    found = run("verify")
    original.write_bytes(kept)
    assert found.exit_code == 1
    assert "broken: original" in found.output
    assert original.name in "".join(found.output.split())
    assert run("verify").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add"], "tollbook add --example"),
        (["report", "0000"], "tollbook search"),
        (["undo", "r00", "--reason", "x"], "tollbook decisions"),
        (["decisions", "i000"], "tollbook search"),
        (["told", "killed", "--on", "yesterday"], "year-month-day"),
    ],
)
def test_each_refusal_says_what_to_do(coast: Path, words: list[str], said: str) -> None:
    found = run(*words)
    assert found.exit_code == 2
    assert said in found.output


def test_what_is_told_as_a_running_total_can_be_asked_for(tmp_path: Path) -> None:
    text = "At least 8,000 people have been killed in Syria since the war began, the health ministry said."
    source = tmp_path / "one.txt"
    source.write_text(text, encoding="utf-8")
    where = ("--register", str(tmp_path / "r"))
    assert run("add", str(source), "--published", "2023-10-29", "--jobs", "1", *where).exit_code == 0
    for asked in (
        (),
        ("--place", "syria"),
        ("--place", "SY"),
        ("--on", "2023-10-29"),
        ("--on", "2023-11-02", "--carry"),
    ):
        assert "≥ 8,000" in run("told", "killed", *asked, *where).stdout
    assert "No figure" in run("told", "killed", "--place", "Kano", *where).stdout
