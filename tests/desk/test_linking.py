"""The folder of a linking: lists in, columns told, decisions kept for ever, every join reversible."""

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tollbook.cli import main
from tollbook.desk.linking import decide, doubts, link, read_decisions, relink
from tollbook.errors import SourceError, UsageError
from tollbook.people.columns import guess_columns
from tollbook.people.simulate import make_lists


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    made = make_lists(400, {"north": 0.6, "south": 0.6}, seed=11, latin=("south",))
    paths = []
    for name in ("north", "south"):
        rows = [r for r in made.rows if r.list == name]
        columns = ["id", "name", "sex", "age", "birth", "death", "place", "mother"]
        path = tmp_path / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(
                [
                    "ID",
                    "Full Name",
                    "Gender",
                    "Age",
                    "Date of Birth",
                    "Date of Death",
                    "Governorate",
                    "Mother's name",
                ]
            )
            writer.writerows([r.ref, *(r.fields.get(c, "") for c in columns[1:])] for r in rows)
        paths.append(path)
    return paths


def persons(folder: Path) -> list[dict[str, str]]:
    with (folder / "persons.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_columns_are_guessed_in_several_languages() -> None:
    assert guess_columns(["الرقم", "الاسم الكامل", "الجنس", "تاريخ الوفاة", "المحافظة"]) == {
        "name": "الاسم الكامل", "sex": "الجنس", "death": "تاريخ الوفاة", "place": "المحافظة", "ref": "الرقم",
    }  # fmt: skip
    assert (
        guess_columns(["rec_id", "given_name", "surname", "date_of_birth", "soc_sec_id"])["number"]
        == "soc_sec_id"
    )


def test_every_row_is_there_once_with_its_own_words(lists: list[Path], tmp_path: Path) -> None:
    linked = link(lists, tmp_path / "out", single=True)
    told = persons(tmp_path / "out")
    assert len(told) == len(linked.rows)
    assert {(r["list"], r["ref"]) for r in told} == {(r.list, r.ref) for r in linked.rows}
    own = {(r.list, r.ref): r.fields["name"] for r in linked.rows}
    assert all(row["name"] == own[row["list"], row["ref"]] for row in told)
    assert any(int(row["rows"]) == 2 for row in told)
    model = json.loads((tmp_path / "out" / "model.json").read_text(encoding="utf-8"))
    assert model["rules"][0]["pairs"] >= 0
    with (tmp_path / "out" / "table.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    assert len(table) == len(linked.persons)
    assert sum(int(r["north"]) for r in table) == len({r["person"] for r in told if r["list"] == "north"})


def test_decisions_hold_and_are_reversible(lists: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    linked = link(lists, folder, single=True)
    before = {p.rows for p in linked.persons}
    pair = next(p.rows for p in linked.persons if len(p.rows) == 2)
    one, two = ((linked.rows[i].list, linked.rows[i].ref) for i in pair)
    decide(folder, one, two, "different", by="ana", reason="other mother")
    parted = relink(folder)
    assert pair not in {p.rows for p in parted.persons}
    decide(folder, one, two, "same", by="ana", reason="mother was a slip")
    assert {p.rows for p in relink(folder).persons} == before
    assert [d.verdict for d in read_decisions(folder)] == ["different", "same"]
    assert all(p.probability not in (0.0, 1.0) for p in doubts(linked))


def test_a_decision_cut_off_by_a_crash_is_left_out_and_the_rest_stands(tmp_path: Path) -> None:
    decide(tmp_path, ("a", "1"), ("b", "2"), "same", by="ana")
    with (tmp_path / "decisions.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"one": ["a", "9"], "tw')
    decide(tmp_path, ("a", "3"), ("b", "4"), "different", by="ana")
    assert [(d.one[1], d.verdict) for d in read_decisions(tmp_path)] == [("1", "same"), ("3", "different")]


def test_a_changed_list_is_not_linked_in_silence(lists: list[Path], tmp_path: Path) -> None:
    link(lists, tmp_path / "out")
    lists[0].write_text(lists[0].read_text(encoding="utf-8") + "x,New One\n", encoding="utf-8")
    with pytest.raises(UsageError, match="has changed"):
        relink(tmp_path / "out")


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty"),
        ("broken.xlsx", b"not a workbook", "not a readable workbook"),
        ("broken.parquet", b"PAR1 not", "not readable as Parquet"),
        ("list.doc", b"x", "a list is read from"),
    ],
)
def test_what_is_no_list_says_so(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=words):
        link([path], tmp_path / "out")
    with pytest.raises(SourceError, match="no such file"):
        link([tmp_path / "gone.csv"], tmp_path / "out")


def test_formulas_in_names_are_tamed(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("name,place\n=HYPERLINK(1),Homs\nOmar Issa,Homs\nOmar Eissa,Hims\n", encoding="utf-8")
    link([path], tmp_path / "out")
    assert "\n=" not in (tmp_path / "out" / "persons.csv").read_text(encoding="utf-8").replace(",", "\n")


def test_the_commands(lists: list[Path], tmp_path: Path) -> None:
    folder = str(tmp_path / "out")
    run = CliRunner().invoke
    shown = run(main, ["people", "link", *map(str, lists), "--columns"])
    assert "name         <- Full Name" in shown.output
    told = run(main, ["people", "link", *map(str, lists), "--out", folder, "--single", "--quiet"])
    assert told.exit_code == 0, told.output
    assert "Candidate pairs by rule" in told.output
    assert "on 2 lists:" in told.output
    ref = persons(tmp_path / "out")[0]
    assert ref["name"][:10] in run(main, ["people", "show", folder, f"{ref['list']}:{ref['ref']}"]).output
    assert run(main, ["people", "show", folder, "nobody"]).exit_code == 1
    review = run(
        main, ["people", "review", folder, "--most", "2", "--by", "ana"], input="y\nsame mother\nn\n\n"
    )
    assert review.exit_code == 0, review.output
    assert len(read_decisions(tmp_path / "out")) == 2
    wrong = run(main, ["people", "link", str(lists[0]), "--map", "name=Nothing"])
    assert wrong.exit_code == 2
    assert "no column 'Nothing'" in wrong.output
