"""The commands of the register, as a user types them: what they print, and how they end."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tollbook.cli import main

KANO = "At least 12 people were killed in Kano on Monday, police said. Three others were injured."
GOMA = "Rebels killed two soldiers in Goma on Tuesday, the army said."


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def lines(*words: str) -> list[Any]:
    found = run(*words, "--json")
    assert found.exit_code == 0, found.output
    return [json.loads(line) for line in found.stdout.splitlines()]


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    rows = [
        {
            "text": KANO,
            "published": "2025-03-05",
            "publisher": "Daily One",
            "url": "https://one.example/kano",
        },
        {
            "text": GOMA,
            "published": "2025-03-05",
            "publisher": "Daily Two",
            "url": "https://two.example/goma",
        },
    ]
    source = tmp_path / "reports.jsonl"
    source.write_text("".join(json.dumps({**row, "language": "en"}) + "\n" for row in rows), encoding="utf-8")
    monkeypatch.setenv("TOLLBOOK_REGISTER", str(tmp_path / "r"))
    first = run("add", str(source), "--jobs", "1")
    assert first.exit_code == 0
    assert first.stdout.startswith("2 reports added with 3 claims")
    assert (
        run("add", str(source), "--jobs", "1").stdout.strip()
        == "0 reports added with 0 claims; 2 there already"
    )
    return tmp_path / "r"


def test_lists_and_cards_fit_eighty_columns(register: Path) -> None:
    id = next(i["id"] for i in lines("incidents", "--place", "Kano"))
    for words in (["incidents"], ["show", id], ["toll", "--by", "country,harm"], ["search", "goma"], ["origins"],
                  ["conflicts"], ["history", id], ["verify"]):  # fmt: skip
        found = run(*words)
        assert found.exit_code == 0, found.output
        assert found.stdout.strip()
        assert max(map(len, found.stdout.splitlines())) <= 80, words


def test_filters_and_figures(register: Path) -> None:
    assert [i["country"] for i in lines("incidents", "--place", "Nigeria")] == ["NG"]
    assert lines("incidents", "--harm", "displaced") == []
    assert len(lines("incidents", "--from", "2025-03-04", "--to", "2025-03-04")) == 1
    (card,) = lines("show", lines("incidents", "--place", "Goma")[0]["id"])
    assert [(t["low"], t["high"]) for t in card["incident"]["tolls"] if t["status"] == "all"] == [(2, 2)]
    assert card["testimonies"][0]["claim"]["evidence"]["quote"] in GOMA
    (table,) = lines("toll", "--by", "country")
    assert {tuple(r["group"]): r["low"] for r in table["rows"]}["NG", "killed"] == 12
    assert lines("search", "soldiers")[0]["sentence"] == GOMA
    assert lines("incidents", "--as-of", "2020-01-01") == []


def test_merge_split_and_undo(register: Path) -> None:
    one, other = (i["id"] for i in lines("incidents"))
    merged = run("merge", one, other, "--reason", "one attack", "--by", "Ada")
    assert merged.exit_code == 0
    assert len(lines("incidents")) == 1
    review = merged.stdout.split()[-1]
    assert run("undo", review, "--reason", "two attacks", "--by", "Ada").exit_code == 0
    assert {i["id"] for i in lines("incidents")} == {one, other}
    kano = next(i["id"] for i in lines("incidents", "--place", "Kano"))
    claims = [t["id"] for t in lines("show", kano)[0]["testimonies"]]
    assert run("split", kano, "--claims", claims[0][:8], "--reason", "another raid").exit_code == 0
    assert len(lines("incidents")) == 3
    assert lines("verify", "--recount")[0]["faults"] == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "i000"], "tollbook incidents"),
        (["history", "nothing"], "no incident"),
        (["toll", "--by", "colour"], "there are: harm"),
        (["search", "a"], "3 letters"),
        (["incidents", "--as-of", "yesterday"], "year-month-day"),
        (["incidents", "--from", "05/03/2025"], "year-month-day"),
        (["merge", "i0001", "--reason", "x"], "two or more"),
        (["undo", "r0", "--reason", "x"], "tollbook decisions"),
        (["incidents", "--register", "nowhere.register"], "no register there"),
    ],
)
def test_wrong_use_is_told_in_words(register: Path, words: list[str], said: str) -> None:
    found = run(*words)
    assert found.exit_code == 2
    assert said in found.output
    assert "Traceback" not in found.output


def test_what_is_no_register_is_told(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a register at all " * 50)
    found = run("incidents", "--register", str(path))
    assert found.exit_code == 2
    assert "it is no register" in found.output


def test_a_register_in_no_folder_is_told_as_that(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Two people were killed in Kano.", encoding="utf-8")
    found = run("add", str(tmp_path / "a.txt"), "--register", str(tmp_path / "no such" / "x.register"))
    assert found.exit_code == 2
    assert "there is no folder" in found.output
    assert not (tmp_path / "no such").exists()


def test_a_broken_register_ends_with_one(register: Path) -> None:
    original = next(p for p in Path(f"{register}.originals").rglob("*") if p.is_file())
    original.chmod(0o644)
    original.write_bytes(b"changed")
    found = run("verify")
    assert found.exit_code == 1
    assert "broken: original" in found.output
    assert original.name in found.output
    assert "of report" in found.output


def test_what_cannot_be_read_is_told_and_the_rest_is_added(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(KANO)
    found = run(
        "add", str(tmp_path / "good.txt"), str(tmp_path / "none.txt"), "--register", str(tmp_path / "r")
    )
    assert found.exit_code == 1
    assert "1 report added with 2 claims; 1 not read" in found.stdout
    assert "none.txt" in found.stderr
